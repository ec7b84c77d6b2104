"""What is being written of a paragraph in a submission is kept for its writer."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0080_unsaved_paragraphs'
down_revision = '0079_public_consultations'
branch_labels = None
depends_on = None

TABLE = 'unsaved_paragraphs'


def upgrade() -> None:
    op.create_table(TABLE,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('paragraph_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_unsaved_paragraphs_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_unsaved_paragraphs_own_label_id_labels')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_unsaved_paragraphs_submission_id_submissions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unsaved_paragraphs')),
    sa.UniqueConstraint('submission_id', 'paragraph_id', 'person_id', name=op.f('uq_unsaved_paragraphs_submission_id_paragraph_id_person_id'))
    )
    op.create_index(op.f('ix_unsaved_paragraphs_label_id'), TABLE, ['label_id'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security(TABLE):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security(TABLE):
            op.execute(statement)
    op.drop_table(TABLE)
