"""What is being written of a paragraph in a submission is kept for its writer; replies are published with answers."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0080_unsaved_and_replies'
down_revision = '0079_public_consultations'
branch_labels = None
depends_on = None

TABLES = ('unsaved_paragraphs', 'published_replies')


def _label() -> list[sa.Column]:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    ]


def _keys(table: str, *more: tuple[str, str]) -> list[sa.Constraint]:
    return [
        *(
            sa.ForeignKeyConstraint([column], [f'{of}.id'], name=op.f(f'fk_{table}_{column}_{of}'))
            for column, of in (('label_id', 'labels'), ('own_label_id', 'labels'), *more)
        ),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def upgrade() -> None:
    op.create_table('unsaved_paragraphs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('paragraph_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    *_label(),
    *_keys('unsaved_paragraphs', ('submission_id', 'submissions')),
    sa.UniqueConstraint('submission_id', 'paragraph_id', 'person_id', name=op.f('uq_unsaved_paragraphs_submission_id_paragraph_id_person_id')),
    )
    op.create_table('published_replies',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    *_label(),
    *_keys('published_replies', ('process_id', 'processes'), ('network_id', 'tracks'), ('submission_id', 'submissions'), ('answer_id', 'submission_answers')),
    sa.UniqueConstraint('answer_id', name=op.f('uq_published_replies_answer_id')),
    )
    for table, columns in (
        ('unsaved_paragraphs', ('label_id',)),
        ('published_replies', ('label_id', 'process_id', 'submission_id')),
    ):
        for column in columns:
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in reversed(TABLES):
            for statement in no_row_security(table):
                op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)
