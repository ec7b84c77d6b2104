"""Objectives of a plan point to outside frameworks."""

import sqlalchemy as sa
from alembic import op

revision = '0039_frameworks'
down_revision = '0038_support_given'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('plans') as batch_op:
        batch_op.add_column(sa.Column('framework_name', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('framework_goals', sa.JSON(), server_default='[]', nullable=False))
    with op.batch_alter_table('objectives') as batch_op:
        batch_op.add_column(sa.Column('points_to', sa.JSON(), server_default='[]', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('objectives') as batch_op:
        batch_op.drop_column('points_to')
    with op.batch_alter_table('plans') as batch_op:
        batch_op.drop_column('framework_goals')
        batch_op.drop_column('framework_name')
