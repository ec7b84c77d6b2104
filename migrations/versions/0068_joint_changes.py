"""Joint sessions that take the place of others, and how often the notices of one were changed."""

import sqlalchemy as sa
from alembic import op

revision = '0068_joint_changes'
down_revision = '0067_published'
branch_labels = None
depends_on = None

NAME = 'fk_joint_sessions_instead_of_id_joint_sessions'


def upgrade() -> None:
    with op.batch_alter_table('joint_sessions') as batch:
        batch.add_column(sa.Column('instead_of_id', sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f(NAME), 'joint_sessions', ['instead_of_id'], ['id'])
    with op.batch_alter_table('joint_notices') as batch:
        batch.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('joint_notices') as batch:
        batch.drop_column('sequence')
    with op.batch_alter_table('joint_sessions') as batch:
        batch.drop_constraint(op.f(NAME), type_='foreignkey')
        batch.drop_column('instead_of_id')
