"""What is typed as a new paragraph is kept by the form it is typed in."""

import sqlalchemy as sa
from alembic import op

revision = '0052_forms_of_new_paragraphs'
down_revision = '0051_answer_links'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('unsaved_words') as batch_op:
        batch_op.add_column(sa.Column('form_id', sa.Uuid(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_unsaved_words_text_id_person_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_unsaved_words_text_id_person_id_form_id'), ['text_id', 'person_id', 'form_id'])
    op.execute(sa.text('UPDATE unsaved_words SET form_id = id WHERE text_id IS NOT NULL'))


def downgrade() -> None:
    op.execute(sa.text('DELETE FROM unsaved_words WHERE text_id IS NOT NULL'))
    with op.batch_alter_table('unsaved_words') as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_unsaved_words_text_id_person_id_form_id'), type_='unique')
        batch_op.drop_column('form_id')
        batch_op.create_unique_constraint(batch_op.f('uq_unsaved_words_text_id_person_id'), ['text_id', 'person_id'])
