"""Forms kept over an expired session are sealed. Those kept in clear at this moment, a day old at most, are thrown away."""

import sqlalchemy as sa
from alembic import op

revision = '0003_kept_forms_sealed'
down_revision = '0002_meeting_notes'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM kept_forms")
    with op.batch_alter_table('kept_forms', schema=None) as batch_op:
        batch_op.drop_column('path')
        batch_op.drop_column('fields')
        batch_op.add_column(sa.Column('sealed', sa.Text(), nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM kept_forms")
    with op.batch_alter_table('kept_forms', schema=None) as batch_op:
        batch_op.drop_column('sealed')
        batch_op.add_column(sa.Column('path', sa.String(length=500), nullable=False))
        batch_op.add_column(sa.Column('fields', sa.JSON(), nullable=False))
