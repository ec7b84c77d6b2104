"""What networks are told of liaison officers, and how much of their numbers."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0066_liaison_listings'
down_revision = '0065_workshops'
branch_labels = None
depends_on = None

TABLES = ('liaison_listings', 'liaison_numbers')


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


def upgrade() -> None:
    op.create_table('liaison_listings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=False),
    sa.Column('appointment_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.JSON(), nullable=True),
    sa.Column('department', sa.JSON(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('function', sa.JSON(), nullable=True),
    sa.Column('ministry', sa.JSON(), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    *(_points('liaison_listings', column, to) for column, to in (
        ('process_id', 'processes'), ('network_id', 'tracks'), ('appointment_id', 'appointments'), ('person_id', 'persons'),
    )),
    sa.UniqueConstraint('network_id', 'appointment_id', name=op.f('uq_liaison_listings_network_id_appointment_id')),
    *_labels('liaison_listings'))
    op.create_index(op.f('ix_liaison_listings_process_id'), 'liaison_listings', ['process_id'], unique=False)
    op.create_table('liaison_numbers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('listing_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('value', sa.String(length=254), nullable=False),
    _points('liaison_numbers', 'listing_id', 'liaison_listings'),
    *_labels('liaison_numbers'))
    op.create_index(op.f('ix_liaison_numbers_listing_id'), 'liaison_numbers', ['listing_id'], unique=False)
    for table in TABLES:
        op.create_index(op.f(f'ix_{table}_label_id'), table, ['label_id'], unique=False)
    with op.batch_alter_table('contact_numbers') as batch:
        batch.add_column(sa.Column('beyond', sa.String(length=20), nullable=True))
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in no_row_security(table):
                op.execute(statement)
    with op.batch_alter_table('contact_numbers') as batch:
        batch.drop_column('beyond')
    for table in reversed(TABLES):
        op.drop_table(table)
