"""A note of the secretariat names milestones it was told are reached."""

import sqlalchemy as sa
from alembic import op

revision = '0041_noted_milestones'
down_revision = '0040_text_changes'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('update_notes') as batch_op:
        batch_op.add_column(sa.Column('reached', sa.JSON(), server_default='[]', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('update_notes') as batch_op:
        batch_op.drop_column('reached')
