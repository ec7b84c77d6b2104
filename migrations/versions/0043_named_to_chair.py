"""By the members' decision the chair reads by name what participants bring."""

import sqlalchemy as sa
from alembic import op

revision = '0043_named_to_chair'
down_revision = '0042_chair_words'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('processes') as batch_op:
        batch_op.add_column(sa.Column('named_to_chair_decision', sa.String(length=500), server_default='', nullable=False))
        batch_op.add_column(sa.Column('named_to_chair_since', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('processes') as batch_op:
        batch_op.drop_column('named_to_chair_since')
        batch_op.drop_column('named_to_chair_decision')
