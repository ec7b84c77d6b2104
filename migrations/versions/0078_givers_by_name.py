"""Contributions of givers that take no part, by name, and where these said that what was entered is right."""

import sqlalchemy as sa
from alembic import op

revision = '0078_givers_by_name'
down_revision = '0077_workshop_letters'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('contributions') as batch:
        batch.alter_column('participant_id', existing_type=sa.Uuid(), nullable=True)
        batch.add_column(sa.Column('giver', sa.String(length=300), server_default='', nullable=False))
        batch.add_column(sa.Column('noted', sa.String(length=300), server_default='', nullable=False))


def downgrade() -> None:
    op.execute('DELETE FROM contributions WHERE participant_id IS NULL')
    with op.batch_alter_table('contributions') as batch:
        batch.drop_column('noted')
        batch.drop_column('giver')
        batch.alter_column('participant_id', existing_type=sa.Uuid(), nullable=False)
