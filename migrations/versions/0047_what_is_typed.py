"""What is typed is kept for new paragraphs, and for comments of a network, too."""

import sqlalchemy as sa
from alembic import op

revision = '0047_what_is_typed'
down_revision = '0046_who_follows_as_what'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('unsaved_words') as batch_op:
        batch_op.alter_column('paragraph_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.add_column(sa.Column('text_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_unsaved_words_text_id_draft_texts'), 'draft_texts', ['text_id'], ['id'])
        batch_op.create_unique_constraint(batch_op.f('uq_unsaved_words_text_id_person_id'), ['text_id', 'person_id'])
    with op.batch_alter_table('unsaved_comments') as batch_op:
        batch_op.alter_column('round_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.add_column(sa.Column('opened_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_unsaved_comments_opened_id_opened_rounds'), 'opened_rounds', ['opened_id'], ['id'])
        batch_op.create_unique_constraint(batch_op.f('uq_unsaved_comments_opened_id_person_id_about'), ['opened_id', 'person_id', 'about'])


def downgrade() -> None:
    op.execute(sa.text('DELETE FROM unsaved_comments WHERE round_id IS NULL'))
    op.execute(sa.text('DELETE FROM unsaved_words WHERE paragraph_id IS NULL'))
    with op.batch_alter_table('unsaved_comments') as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_unsaved_comments_opened_id_person_id_about'), type_='unique')
        batch_op.drop_constraint(batch_op.f('fk_unsaved_comments_opened_id_opened_rounds'), type_='foreignkey')
        batch_op.drop_column('opened_id')
        batch_op.alter_column('round_id', existing_type=sa.Uuid(), nullable=False)
    with op.batch_alter_table('unsaved_words') as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_unsaved_words_text_id_person_id'), type_='unique')
        batch_op.drop_constraint(batch_op.f('fk_unsaved_words_text_id_draft_texts'), type_='foreignkey')
        batch_op.drop_column('text_id')
        batch_op.alter_column('paragraph_id', existing_type=sa.Uuid(), nullable=False)
