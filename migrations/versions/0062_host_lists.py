"""The host's list of a meeting, and each person on it."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0062_host_lists'
down_revision = '0061_circulars'
branch_labels = None
depends_on = None

TABLES = ('host_lists', 'hosted_persons')
BADGES = ('delegation', 'secretariat', 'host', 'interpreter', 'speaker', 'other')


def _label() -> list[sa.Column]:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
    ]


def _of_label(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f(f'fk_{table}_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f(f'fk_{table}_own_label_id_labels')),
        sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f(f'fk_{table}_process_id_processes')),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f(f'fk_{table}_track_id_tracks')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def upgrade() -> None:
    op.create_table('host_lists',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('place', sa.JSON(), nullable=True),
    sa.Column('is_off', sa.Boolean(), nullable=False),
    sa.Column('languages', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('starting_letter', sa.String(length=8), nullable=False),
    sa.Column('interpretation', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('booths', sa.String(length=1000), nullable=False),
    sa.Column('word', sa.String(length=1000), nullable=False),
    sa.Column('erased_on', sa.Date(), nullable=True),
    *_label(),
    *_of_label('host_lists'),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_host_lists_meeting_id'))
    )
    op.create_table('hosted_persons',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('list_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('delegate_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('function', sa.String(length=300), nullable=False),
    sa.Column('body', sa.String(length=300), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('is_unlisted', sa.Boolean(), nullable=False),
    sa.Column('arrives_on', sa.Date(), nullable=True),
    sa.Column('arrival', sa.String(length=300), nullable=False),
    sa.Column('leaves_on', sa.Date(), nullable=True),
    sa.Column('departure', sa.String(length=300), nullable=False),
    sa.Column('hotel', sa.String(length=300), nullable=False),
    sa.Column('diet', sa.String(length=500), nullable=False),
    sa.Column('access', sa.String(length=500), nullable=False),
    sa.Column('wants_visa_letter', sa.Boolean(), nullable=False),
    sa.Column('listens_in', sa.String(length=10), nullable=False),
    sa.Column('visa_letter_on', sa.Date(), nullable=True),
    sa.Column('badge', sa.Enum(*BADGES, name='badgekind', native_enum=False, length=40), nullable=False),
    sa.Column('may_enter', sa.Boolean(), nullable=False),
    sa.Column('seat', sa.String(length=100), nullable=False),
    sa.Column('travel_paid_by', sa.String(length=300), nullable=False),
    sa.Column('allowance', sa.Numeric(precision=12, scale=2), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    *_label(),
    *_of_label('hosted_persons'),
    sa.ForeignKeyConstraint(['list_id'], ['host_lists.id'], name=op.f('fk_hosted_persons_list_id_host_lists')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_hosted_persons_participant_id_participants')),
    sa.UniqueConstraint('delegate_id', name=op.f('uq_hosted_persons_delegate_id'))
    )
    for table, columns in (
        ('host_lists', ('ends_on', 'label_id', 'process_id')),
        ('hosted_persons', ('label_id', 'participant_id')),
    ):
        for column in columns:
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column], unique=False)
    op.create_index('ix_hosted_persons_list_participant', 'hosted_persons', ['list_id', 'participant_id'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in reversed(TABLES):
            for statement in no_row_security(table):
                op.execute(statement)
    op.drop_table('hosted_persons')
    op.drop_table('host_lists')
