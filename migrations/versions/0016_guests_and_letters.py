"""Letters that name a delegation, the list of delegations with readers of its own, and guests at single items."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0016_guests_and_letters'
down_revision = '0015_papers_of_states'
branch_labels = None
depends_on = None

ANSWER = sa.Enum('awaited', 'attends', 'regrets', 'will_answer', name='answer', native_enum=False, length=40)
STATE = sa.Enum('draft', 'announced', 'held', 'closed', 'postponed', 'cancelled', name='meetingstate', native_enum=False, length=40)


def _labelled(table: str, *columns: sa.Column) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column('id', sa.Uuid(), nullable=False),
        *columns,
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f(f'fk_{table}_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f(f'fk_{table}_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}_{other}'))


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f'ix_{table}_{column}'), [column], unique=False)


def upgrade() -> None:
    for table, column, kind, default in (
        ('bodies', 'names_by_letter', sa.Boolean(), sa.false()),
        ('delegates', 'is_by_letter', sa.Boolean(), sa.false()),
        ('invitations', 'letter_reference', sa.String(length=200), ''),
    ):
        # Not in a batch, and the default stays: SQLite would make the table anew, which what points to its rows forbids.
        op.add_column(table, sa.Column(column, kind, nullable=False, server_default=default))
    op.add_column('invitations', sa.Column('letter_on', sa.Date(), nullable=True))
    op.create_table('delegation_lists', *_labelled('delegation_lists',
        sa.Column('meeting_id', sa.Uuid(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
    ), _to('delegation_lists', 'meeting_id', 'meetings'),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_delegation_lists_meeting_id')))
    _index('delegation_lists', 'label_id')
    op.create_table('meeting_guests', *_labelled('meeting_guests',
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('meeting_id', sa.Uuid(), nullable=False),
        sa.Column('participant_id', sa.Uuid(), nullable=True),
        sa.Column('network_id', sa.Uuid(), nullable=True),
        sa.Column('standing', sa.String(length=40), nullable=False),
        sa.Column('title', sa.JSON(), nullable=False),
        sa.Column('place', sa.JSON(), nullable=True),
        sa.Column('is_online', sa.Boolean(), nullable=False),
        sa.Column('zone', sa.String(length=60), nullable=False),
        sa.Column('state', STATE, nullable=False),
        sa.Column('sequence', sa.Integer(), nullable=False),
        sa.Column('told_digest', sa.String(length=64), nullable=False),
        sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('answer_by', sa.Date(), nullable=True),
        sa.Column('answer', ANSWER, nullable=False),
        sa.Column('names', sa.Text(), nullable=False),
        sa.Column('will_answer_by', sa.Date(), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_by_id', sa.Uuid(), nullable=True),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('last_on', sa.Date(), nullable=True),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
    ), _to('meeting_guests', 'process_id', 'processes'), _to('meeting_guests', 'track_id', 'tracks'),
    _to('meeting_guests', 'meeting_id', 'meetings'), _to('meeting_guests', 'participant_id', 'participants'),
    _to('meeting_guests', 'network_id', 'tracks'),
    sa.UniqueConstraint('meeting_id', 'participant_id', name=op.f('uq_meeting_guests_meeting_id_participant_id')),
    sa.UniqueConstraint('meeting_id', 'network_id', name=op.f('uq_meeting_guests_meeting_id_network_id')))
    _index('meeting_guests', 'label_id', 'participant_id', 'network_id', 'ends_on')
    op.create_index('ix_meeting_guests_answer', 'meeting_guests', ['process_id', 'answer'])
    op.create_table('guest_items', *_labelled('guest_items',
        sa.Column('guest_id', sa.Uuid(), nullable=False),
        sa.Column('item_id', sa.Uuid(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('title', sa.JSON(), nullable=False),
        sa.Column('day', sa.Date(), nullable=True),
        sa.Column('begins', sa.Time(), nullable=True),
        sa.Column('ends', sa.Time(), nullable=True),
        sa.Column('opened_label_id', sa.Integer(), nullable=False),
    ), _to('guest_items', 'guest_id', 'meeting_guests'), _to('guest_items', 'item_id', 'agenda_items'),
    sa.ForeignKeyConstraint(['opened_label_id'], ['labels.id'], name=op.f('fk_guest_items_opened_label_id_labels')),
    sa.UniqueConstraint('guest_id', 'item_id', name=op.f('uq_guest_items_guest_id_item_id')))
    _index('guest_items', 'label_id', 'item_id')
    op.create_table('guest_seats', *_labelled('guest_seats',
        sa.Column('item_id', sa.Uuid(), nullable=False),
        sa.Column('guest_id', sa.Uuid(), nullable=False),
        sa.Column('participant_id', sa.Uuid(), nullable=True),
        sa.Column('network_id', sa.Uuid(), nullable=True),
        sa.Column('standing', sa.String(length=40), nullable=False),
        sa.Column('answer', ANSWER, nullable=False),
        sa.Column('names', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
    ), _to('guest_seats', 'item_id', 'agenda_items'), _to('guest_seats', 'participant_id', 'participants'),
    _to('guest_seats', 'network_id', 'tracks'),
    sa.UniqueConstraint('guest_id', 'item_id', name=op.f('uq_guest_seats_guest_id_item_id')))
    _index('guest_seats', 'label_id', 'item_id')
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


TABLES = ('delegation_lists', 'meeting_guests', 'guest_items', 'guest_seats')


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in reversed(TABLES):
            for statement in no_row_security(table):
                op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)
    for table, column in (
        ('invitations', 'letter_on'),
        ('invitations', 'letter_reference'),
        ('delegates', 'is_by_letter'),
        ('bodies', 'names_by_letter'),
    ):
        op.drop_column(table, column)
