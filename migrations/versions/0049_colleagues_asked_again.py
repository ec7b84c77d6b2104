"""A colleague who was passed a commitment can be asked again."""

import sqlalchemy as sa
from alembic import op

revision = '0049_colleagues_asked_again'
down_revision = '0048_clearance_of_files'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('lent_updates') as batch_op:
        batch_op.add_column(sa.Column('reminders', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('reminded_on', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('lent_updates') as batch_op:
        batch_op.drop_column('reminded_on')
        batch_op.drop_column('reminders')
