"""Emergency access to one track, what was opened under it; who suspended an account; the office of a chair."""

import sqlalchemy as sa
from alembic import op

revision = "0005_emergency_access"
down_revision = "0004_asking_instead"
branch_labels = None
depends_on = None

TABLE = "emergency_accesses"
READABLE = (
    "current_setting('secretariat.system', true) = 'on' OR EXISTS (SELECT 1 FROM readable_labels r"
    " WHERE r.viewer_id = nullif(current_setting('secretariat.viewer', true), '')::int"
    f" AND r.label_id = {TABLE}.label_id)"
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hat", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("label_id", sa.Integer(), nullable=False),
        sa.Column("own_label_id", sa.Integer(), nullable=True),
        sa.Column("widened", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=f"fk_{TABLE}_{name}_{other}")
            for name, other in (
                ("process_id", "processes"),
                ("track_id", "tracks"),
                ("person_id", "persons"),
                ("confirmed_by_id", "persons"),
                ("ended_by_id", "persons"),
                ("label_id", "labels"),
                ("own_label_id", "labels"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
    )
    for name in ("hat", "label_id", "person_id", "process_id"):
        op.create_index(f"ix_{TABLE}_{name}", TABLE, [name])
    op.create_table(
        "emergency_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("access_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["access_id"], [f"{TABLE}.id"], name=f"fk_emergency_openings_access_id_{TABLE}"),
        sa.PrimaryKeyConstraint("id", name="pk_emergency_openings"),
    )
    op.create_index("ix_emergency_openings_access_id", "emergency_openings", ["access_id"])
    op.add_column("appointments", sa.Column("chairs_for_id", sa.Uuid(), nullable=True))
    with op.batch_alter_table("appointments") as batch:
        batch.create_foreign_key("fk_appointments_chairs_for_id_participants", "participants", ["chairs_for_id"], ["id"])
    op.add_column("users", sa.Column("suspended_by_id", sa.Uuid(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {TABLE}_read ON {TABLE} FOR SELECT USING ({READABLE})")
        op.execute(f"CREATE POLICY {TABLE}_add ON {TABLE} FOR INSERT WITH CHECK (true)")
        op.execute(f"CREATE POLICY {TABLE}_change ON {TABLE} FOR UPDATE USING ({READABLE}) WITH CHECK (true)")
        op.execute(f"CREATE POLICY {TABLE}_erase ON {TABLE} FOR DELETE USING ({READABLE})")


def downgrade() -> None:
    """What was asked for and opened goes; a hat for an emergency stays behind in no open session. Who served in the
    office of a chair serves in none: the older product would give it all its officers have."""
    op.execute(
        "UPDATE appointments SET until = since WHERE role = 'chairs_office' AND (until IS NULL OR until > since)"
    )
    op.execute("UPDATE appointments SET role = 'colleague' WHERE role = 'chairs_office'")
    op.execute("UPDATE open_sessions SET hat = 'nobody' WHERE hat LIKE 'emergency:%'")
    with op.batch_alter_table("users") as batch:
        batch.drop_column("suspended_by_id")
    with op.batch_alter_table("appointments") as batch:
        batch.drop_constraint("fk_appointments_chairs_for_id_participants", type_="foreignkey")
        batch.drop_column("chairs_for_id")
    op.drop_table("emergency_openings")
    op.drop_table(TABLE)
