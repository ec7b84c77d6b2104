"""Input in confidence: the words, the name, and what the organization keeps."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0074_input_in_confidence'
down_revision = '0073_comments_on_versions'
branch_labels = None
depends_on = None

TABLES = ('confided_inputs', 'confided_names', 'confided_copies')


def _label(*, versioned: bool = True) -> list[sa.Column]:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        *([sa.Column('version', sa.Integer(), nullable=False)] if versioned else []),
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
    op.create_table('confided_inputs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=False),
    sa.Column('theme', sa.String(length=200), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.JSON(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    *_label(),
    *_keys('confided_inputs', ('process_id', 'processes'), ('track_id', 'tracks'), ('network_id', 'tracks')),
    sqlite_with_rowid=False,
    )
    op.create_table('confided_names',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('confided_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('copy_id', sa.Uuid(), nullable=False),
    *_label(versioned=False),
    *_keys('confided_names', ('confided_id', 'confided_inputs'), ('participant_id', 'participants')),
    sa.UniqueConstraint('confided_id', name=op.f('uq_confided_names_confided_id')),
    sqlite_with_rowid=False,
    )
    op.create_table('confided_copies',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('to', sa.Enum('coordination', 'liaison', name='confidedto', native_enum=False, length=40), nullable=False),
    sa.Column('addressee_id', sa.Uuid(), nullable=True),
    sa.Column('government_id', sa.Uuid(), nullable=True),
    sa.Column('theme', sa.String(length=200), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.JSON(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    *_label(),
    *_keys(
        'confided_copies', ('process_id', 'processes'), ('track_id', 'tracks'), ('participant_id', 'participants'),
        ('government_id', 'participants'),
    ),
    sqlite_with_rowid=False,
    )
    for table, columns in (
        ('confided_inputs', ('label_id', 'process_id')),
        ('confided_names', ('copy_id', 'label_id')),
        ('confided_copies', ('label_id', 'process_id')),
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
    for table in ('confided_copies', 'confided_names', 'confided_inputs'):
        op.drop_table(table)
