"""Workshops: called, named for, chosen, held, and what was made of them."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0065_workshops'
down_revision = '0064_letterheads'
branch_labels = None
depends_on = None

TABLES = ('workshops', 'workshop_calls', 'workshop_seats', 'capacity_built')
STATES = ('nominated', 'chosen', 'reserve')


def _label() -> list[sa.Column]:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
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
    op.create_table('workshops',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('about', sa.JSON(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('place', sa.JSON(), nullable=True),
    sa.Column('places_each', sa.Integer(), nullable=False),
    sa.Column('nominate_by', sa.Date(), nullable=False),
    sa.Column('paid_by', sa.String(length=300), nullable=False),
    sa.Column('called_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('papers', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('remarks', sa.JSON(), server_default='[]', nullable=False),
    *_label(),
    *_keys('workshops', ('process_id', 'processes'), ('track_id', 'tracks')),
    )
    op.create_table('workshop_calls',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('regrets', sa.Boolean(), nullable=False),
    sa.Column('evaluated', sa.Integer(), nullable=False),
    *_label(),
    *_keys('workshop_calls', ('workshop_id', 'workshops'), ('participant_id', 'participants')),
    sa.UniqueConstraint('workshop_id', 'participant_id', name=op.f('uq_workshop_calls_workshop_id_participant_id'))
    )
    op.create_table('workshop_seats',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('function', sa.String(length=300), nullable=False),
    sa.Column('body', sa.String(length=300), nullable=False),
    sa.Column('paid_by', sa.String(length=300), nullable=False),
    sa.Column('state', sa.Enum(*STATES, name='seatstate', native_enum=False, length=40), nullable=False),
    sa.Column('attended', sa.Boolean(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=False),
    *_label(),
    *_keys('workshop_seats', ('workshop_id', 'workshops'), ('participant_id', 'participants')),
    )
    op.create_table('capacity_built',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    *_label(),
    *_keys('capacity_built', ('workshop_id', 'workshops'), ('participant_id', 'participants')),
    sa.UniqueConstraint('workshop_id', 'participant_id', name=op.f('uq_capacity_built_workshop_id_participant_id'))
    )
    for table, columns in (
        ('workshops', ('label_id', 'process_id', 'track_id')),
        ('workshop_calls', ('label_id', 'participant_id')),
        ('workshop_seats', ('ends_on', 'label_id', 'participant_id', 'workshop_id')),
        ('capacity_built', ('label_id', 'participant_id')),
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
