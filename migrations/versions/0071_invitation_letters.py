"""Letters of invitation, and bodies that invite by them."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0071_invitation_letters'
down_revision = '0070_search'
branch_labels = None
depends_on = None

TABLES = ('invitation_words', 'invitation_letters')


def _labelled(table: str) -> list:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f(f'fk_{table}_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f(f'fk_{table}_own_label_id_labels')),
        sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f(f'fk_{table}_process_id_processes')),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f(f'fk_{table}_track_id_tracks')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def upgrade() -> None:
    with op.batch_alter_table('bodies') as batch:
        batch.add_column(sa.Column('invites_by_letter', sa.Boolean(), server_default=sa.false(), nullable=False))
    words = 'invitation_words'
    op.create_table(words,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('signatory', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.UniqueConstraint('meeting_id', name=op.f(f'uq_{words}_meeting_id')),
    *_labelled(words)
    )
    letters = 'invitation_letters'
    op.create_table(letters,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('invitation_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('addressee', sa.String(length=1000), nullable=False),
    sa.Column('salutation', sa.String(length=200), nullable=False),
    sa.Column('copy_to', sa.String(length=1000), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('went_on', sa.Date(), nullable=True),
    sa.Column('note_verbale', sa.String(length=200), nullable=False),
    sa.Column('registered_id', sa.Uuid(), nullable=True),
    sa.Column('sent_words', sa.Text(), nullable=False),
    sa.Column('sent_signatory', sa.String(length=500), nullable=False),
    sa.Column('symbol', sa.String(length=160), nullable=True),
    sa.Column('symbol_stem', sa.String(length=160), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('sequence_label_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f(f'fk_{letters}_participant_id_participants')),
    sa.ForeignKeyConstraint(['sequence_label_id'], ['labels.id'], name=op.f(f'fk_{letters}_sequence_label_id_labels')),
    sa.UniqueConstraint('process_id', 'symbol', name=op.f(f'uq_{letters}_process_id_symbol')),
    sa.UniqueConstraint('meeting_id', 'participant_id', name=op.f(f'uq_{letters}_meeting_id_participant_id')),
    *_labelled(letters)
    )
    for name, columns in ((words, ('label_id', 'process_id')), (letters, ('label_id', 'participant_id', 'process_id'))):
        for column in columns:
            op.create_index(op.f(f'ix_{name}_{column}'), name, [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for name in TABLES:
            for statement in row_security(name):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for name in reversed(TABLES):
            for statement in no_row_security(name):
                op.execute(statement)
    for name in reversed(TABLES):
        op.drop_table(name)
    with op.batch_alter_table('bodies') as batch:
        batch.drop_column('invites_by_letter')
