"""What a network and who answered it let everybody read."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0067_published'
down_revision = '0066_liaison_listings'
branch_labels = None
depends_on = None

TABLES = ('published_submissions', 'published_answers')
KINDS = ('declaration', 'recommendation', 'comment', 'question', 'contribution')
ADOPTS = ('consensus', 'silence', 'majority')
SAYS = ('received', 'considered', 'taken_up', 'in_part', 'noted', 'not_taken_up')


def _labels(table: str) -> list:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f(f'fk_{table}_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f(f'fk_{table}_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def _points(table: str, column: str, to: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint([column], [f'{to}.id'], name=op.f(f'fk_{table}_{column}_{to}'))


def _one_of(words: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, length=40)


def upgrade() -> None:
    table = 'published_submissions'
    op.create_table(table,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.String(length=160), nullable=False),
    sa.Column('kind', _one_of(KINDS, 'submissionkind'), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('adopted_by', _one_of(ADOPTS, 'adoptsby'), nullable=True),
    sa.Column('adopted_on', sa.Date(), nullable=True),
    sa.Column('signatories', sa.JSON(), nullable=False),
    sa.Column('dissents', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    _points(table, 'process_id', 'processes'),
    _points(table, 'network_id', 'tracks'),
    _points(table, 'submission_id', 'submissions'),
    sa.UniqueConstraint('submission_id', name=op.f(f'uq_{table}_submission_id')),
    *_labels(table))
    table = 'published_answers'
    op.create_table(table,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('says', _one_of(SAYS, 'answersays'), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=True),
    sa.Column('agreed_word', sa.String(length=500), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    _points(table, 'process_id', 'processes'),
    _points(table, 'track_id', 'tracks'),
    _points(table, 'submission_id', 'submissions'),
    _points(table, 'answer_id', 'submission_answers'),
    _points(table, 'participant_id', 'participants'),
    sa.UniqueConstraint('answer_id', name=op.f(f'uq_{table}_answer_id')),
    *_labels(table))
    op.create_index(op.f('ix_published_answers_submission_id'), table, ['submission_id'], unique=False)
    for table in TABLES:
        op.create_index(op.f(f'ix_{table}_process_id'), table, ['process_id'], unique=False)
        op.create_index(op.f(f'ix_{table}_label_id'), table, ['label_id'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in no_row_security(table):
                op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)
