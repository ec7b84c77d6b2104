"""Circulars: what they say, what goes with them, who has which copy and opened it."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0061_circulars'
down_revision = '0060_details_again'
branch_labels = None
depends_on = None

TABLES = ('circulars', 'circular_attachments', 'circular_copies')
PLAIN = 'circular_openings'


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
    op.create_table('circulars',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('symbol', sa.String(length=160), nullable=True),
    sa.Column('symbol_stem', sa.String(length=160), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('sequence_label_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('to', sa.JSON(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('asks_word', sa.Boolean(), nullable=False),
    sa.Column('word_by', sa.Date(), nullable=True),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    *_labelled('circulars'),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_circulars_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_circulars_track_id_tracks')),
    sa.ForeignKeyConstraint(['sequence_label_id'], ['labels.id'], name=op.f('fk_circulars_sequence_label_id_labels')),
    sa.UniqueConstraint('process_id', 'symbol', name=op.f('uq_circulars_process_id_symbol'))
    )
    op.create_table('circular_attachments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('circular_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    *_labelled('circular_attachments'),
    sa.ForeignKeyConstraint(['circular_id'], ['circulars.id'], name=op.f('fk_circular_attachments_circular_id_circulars')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_circular_attachments_document_id_documents')),
    sa.UniqueConstraint('circular_id', 'document_id', name=op.f('uq_circular_attachments_circular_id_document_id'))
    )
    op.create_table('circular_copies',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('circular_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('is_alternate', sa.Boolean(), nullable=False),
    sa.Column('mail_id', sa.Uuid(), nullable=True),
    sa.Column('word_at', sa.DateTime(timezone=True), nullable=True),
    *_labelled('circular_copies'),
    sa.ForeignKeyConstraint(['circular_id'], ['circulars.id'], name=op.f('fk_circular_copies_circular_id_circulars')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_circular_copies_person_id_persons')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_circular_copies_participant_id_participants')),
    sa.UniqueConstraint('circular_id', 'person_id', 'hat', name=op.f('uq_circular_copies_circular_id_person_id_hat'))
    )
    op.create_table(PLAIN,
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('copy_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['copy_id'], ['circular_copies.id'], name=op.f('fk_circular_openings_copy_id_circular_copies')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_circular_openings'))
    )
    for table, columns in (
        ('circulars', ('label_id', 'process_id', 'track_id')),
        ('circular_attachments', ('document_id', 'label_id')),
        ('circular_copies', ('label_id', 'participant_id', 'person_id')),
        (PLAIN, ('copy_id',)),
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
    for table in (PLAIN, 'circular_copies', 'circular_attachments', 'circulars'):
        op.drop_table(table)
