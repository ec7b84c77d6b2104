"""Counting the commitments of a plan by participant reads an index and no rows."""

from alembic import op

revision = '0053_counting_commitments'
down_revision = '0052_forms_of_new_paragraphs'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_commitments_counted', 'commitments', ['plan_id', 'participant_id', 'state', 'label_id'], unique=False
    )


def downgrade() -> None:
    op.drop_index('ix_commitments_counted', table_name='commitments')
