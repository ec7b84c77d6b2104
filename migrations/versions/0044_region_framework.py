"""A regional community's framework stands with the track, in its languages, for all its plans."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0044_region_framework"
down_revision = "0043_named_to_chair"
branch_labels = None
depends_on = None

PLANS = sa.table(
    "plans",
    sa.column("id", sa.Uuid()),
    sa.column("track_id", sa.Uuid()),
    sa.column("period_from", sa.String()),
    sa.column("framework_name", sa.JSON()),
    sa.column("framework_goals", sa.JSON()),
)
TRACKS = sa.table(
    "tracks",
    sa.column("id", sa.Uuid()),
    sa.column("framework_name", sa.JSON()),
    sa.column("framework_goals", sa.JSON()),
)


OBJECTIVES = sa.table(
    "objectives",
    sa.column("id", sa.Uuid()),
    sa.column("plan_id", sa.Uuid()),
    sa.column("points_to", sa.JSON()),
)


def _with_all_eyes() -> Any:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT set_config('secretariat.system', 'on', true)"))
    return connection


def _point_no_more(connection: Any, plan: Any, keys: set[str]) -> None:
    """Objectives of a plan point to nothing rather than to another goal of the same number."""
    for one in connection.execute(sa.select(OBJECTIVES).where(OBJECTIVES.c.plan_id == plan)).all():
        if keys.intersection(one.points_to):
            left = [key for key in one.points_to if key not in keys]
            connection.execute(sa.update(OBJECTIVES).where(OBJECTIVES.c.id == one.id).values(points_to=left))


def upgrade() -> None:
    with op.batch_alter_table("tracks") as batch_op:
        batch_op.add_column(sa.Column("framework_name", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("framework_goals", sa.JSON(), server_default="[]", nullable=False))
    connection = _with_all_eyes()
    entered: dict[Any, tuple[Any, dict[str, Any]]] = {}
    latest_first = PLANS.c.period_from.desc().nulls_last()
    for plan in connection.execute(sa.select(PLANS).order_by(latest_first, PLANS.c.id)).all():
        if plan.framework_name and plan.framework_goals:
            language = plan.framework_name["original"]
            _name, goals = entered.setdefault(plan.track_id, (plan.framework_name, {}))
            others = set()
            for one in plan.framework_goals:
                words = {"original": language, "texts": {language: one["title"]}}
                standing = goals.setdefault(one["number"], {"number": one["number"], "title": words})
                if standing["title"] != words:
                    others.add(f"own:{one['number']}")
            _point_no_more(connection, plan.id, others)
    for track, (name, goals) in entered.items():
        values = {"framework_name": name, "framework_goals": list(goals.values())}
        connection.execute(sa.update(TRACKS).where(TRACKS.c.id == track).values(values))
    with op.batch_alter_table("plans") as batch_op:
        batch_op.drop_column("framework_goals")
        batch_op.drop_column("framework_name")


def downgrade() -> None:
    with op.batch_alter_table("plans") as batch_op:
        batch_op.add_column(sa.Column("framework_name", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("framework_goals", sa.JSON(), server_default="[]", nullable=False))
    connection = _with_all_eyes()
    for track in connection.execute(sa.select(TRACKS)).all():
        if track.framework_name and track.framework_goals:
            goals = [
                {"number": one["number"], "title": one["title"]["texts"][one["title"]["original"]]}
                for one in track.framework_goals
            ]
            values = {"framework_name": track.framework_name, "framework_goals": goals}
            connection.execute(sa.update(PLANS).where(PLANS.c.track_id == track.id).values(values))
    with op.batch_alter_table("tracks") as batch_op:
        batch_op.drop_column("framework_goals")
        batch_op.drop_column("framework_name")
