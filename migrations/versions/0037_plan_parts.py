"""Parts of a plan are moved, taken out and put back by amendments."""

import sqlalchemy as sa
from alembic import op

revision = '0037_plan_parts'
down_revision = '0036_tasks'
branch_labels = None
depends_on = None

PARTS = ('areas', 'objectives', 'activities')
NEW_KINDS = "('moved', 'taken_out', 'put_back')"


def upgrade() -> None:
    for table in PARTS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('taken_out_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('amendments') as batch_op:
        batch_op.add_column(sa.Column('number_before', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('with_numbers', sa.JSON(), server_default='[]', nullable=False))


def downgrade() -> None:
    # Earlier versions know neither these amendments nor parts that are out: what was taken out stands in the text again.
    op.execute(f'DELETE FROM amendments WHERE kind IN {NEW_KINDS}')  # noqa: S608 - constants
    with op.batch_alter_table('amendments') as batch_op:
        batch_op.drop_column('with_numbers')
        batch_op.drop_column('number_before')
    for table in reversed(PARTS):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('taken_out_at')
