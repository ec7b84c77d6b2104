"""What a process calls a commitment, by language."""

import sqlalchemy as sa
from alembic import op

revision = '0032_commitment_words'
down_revision = '0031_contact_notes'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing wrote the column of before: no page set it, and no page showed it."""
    with op.batch_alter_table('processes') as batch_op:
        batch_op.add_column(sa.Column('commitment_words', sa.JSON(), server_default='{}', nullable=False))
        batch_op.drop_column('commitment_word')


def downgrade() -> None:
    with op.batch_alter_table('processes') as batch_op:
        batch_op.add_column(sa.Column('commitment_word', sa.JSON(), nullable=True))
        batch_op.drop_column('commitment_words')
