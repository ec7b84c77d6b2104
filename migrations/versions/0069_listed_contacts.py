"""People from lists, and lists of contacts that are brought in."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0069_listed_contacts'
down_revision = '0068_joint_changes'
branch_labels = None
depends_on = None

TABLES = ('listed_contacts', 'contact_lists')


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
    table = 'listed_contacts'
    op.create_table(table,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('function', sa.String(length=300), nullable=False),
    sa.Column('ministry', sa.String(length=300), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('numbers', sa.JSON(), nullable=False),
    sa.Column('also', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('listed_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    *_labelled(table),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f(f'fk_{table}_participant_id_participants'))
    )
    lists = 'contact_lists'
    op.create_table(lists,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('state', sa.Enum('looked_at', 'confirmed', 'done', name='liststate', native_enum=False, length=40), nullable=False),
    sa.Column('shape', sa.JSON(), nullable=False),
    sa.Column('became', sa.JSON(), nullable=False),
    sa.Column('kept', sa.LargeBinary(), nullable=True),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    *_labelled(lists)
    )
    for name, columns in (
        (table, ('label_id', 'participant_id', 'process_id', 'track_id')),
        (lists, ('label_id', 'process_id', 'track_id')),
    ):
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
