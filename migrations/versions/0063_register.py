"""The register of letters, with their scans."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0063_register'
down_revision = '0062_host_lists'
branch_labels = None
depends_on = None

TABLES = ('registered_letters', 'letter_scans')


def _labelled(table: str) -> list:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f(f'fk_{table}_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f(f'fk_{table}_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def upgrade() -> None:
    table = 'registered_letters'
    op.create_table(table,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('symbol', sa.String(length=160), nullable=True),
    sa.Column('symbol_stem', sa.String(length=160), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('sequence_label_id', sa.Integer(), nullable=True),
    sa.Column('direction', sa.Enum('in', 'out', name='direction', native_enum=False, length=40), nullable=False),
    sa.Column('kind', sa.Enum('letter', 'note_verbale', 'circular', 'invitation', name='letterkind', native_enum=False, length=40), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('passed_on', sa.Date(), nullable=False),
    sa.Column('correspondent_id', sa.Uuid(), nullable=True),
    sa.Column('correspondent', sa.String(length=300), nullable=False),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('subject', sa.String(length=500), nullable=False),
    sa.Column('decided', sa.String(length=500), nullable=False),
    sa.Column('earlier_id', sa.Uuid(), nullable=True),
    sa.Column('appointment_id', sa.Uuid(), nullable=True),
    sa.Column('invitation_id', sa.Uuid(), nullable=True),
    sa.Column('circular_id', sa.Uuid(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    *_labelled(table),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f(f'fk_{table}_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f(f'fk_{table}_track_id_tracks')),
    sa.ForeignKeyConstraint(['sequence_label_id'], ['labels.id'], name=op.f(f'fk_{table}_sequence_label_id_labels')),
    sa.ForeignKeyConstraint(['correspondent_id'], ['participants.id'], name=op.f(f'fk_{table}_correspondent_id_participants')),
    sa.ForeignKeyConstraint(['earlier_id'], ['registered_letters.id'], name=op.f(f'fk_{table}_earlier_id_registered_letters')),
    sa.UniqueConstraint('process_id', 'symbol', name=op.f(f'uq_{table}_process_id_symbol'))
    )
    scans = 'letter_scans'
    op.create_table(scans,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('letter_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    *_labelled(scans),
    sa.ForeignKeyConstraint(['letter_id'], ['registered_letters.id'], name=op.f(f'fk_{scans}_letter_id_registered_letters')),
    sa.UniqueConstraint('key', name=op.f(f'uq_{scans}_key')),
    sa.UniqueConstraint('letter_id', 'position', name=op.f(f'uq_{scans}_letter_id_position'))
    )
    for name, columns in (
        (table, ('appointment_id', 'circular_id', 'correspondent_id', 'earlier_id', 'invitation_id', 'label_id', 'process_id', 'track_id')),
        (scans, ('label_id', 'letter_id')),
    ):
        for column in columns:
            op.create_index(op.f(f'ix_{name}_{column}'), name, [column], unique=False)
    op.create_index('ix_registered_letters_place', table, ['process_id', 'track_id', 'passed_on'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for name in TABLES:
            for statement in row_security(name):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for name in reversed(TABLES):
            for statement in no_row_security(name):
                op.execute(statement)
    for name in ('letter_scans', 'registered_letters'):
        op.drop_table(name)
