"""Tasks of officers, and who stands in for whom."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0036_tasks'
down_revision = '0035_submissions'
branch_labels = None
depends_on = None

LABELLED = ('tasks', 'officer_absences')
PERSONS = {'tasks': ('made_by_id', 'holder_id', 'closed_by_id'), 'officer_absences': ('person_id', 'stand_in_id')}


def labelled(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f(f'fk_{table}_process_id_processes')),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f(f'fk_{table}_track_id_tracks')),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f(f'fk_{table}_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f(f'fk_{table}_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ] + [
        sa.ForeignKeyConstraint([column], ['persons.id'], name=op.f(f'fk_{table}_{column}_persons'))
        for column in PERSONS[table]
    ]


def upgrade() -> None:
    op.create_table(
        'tasks',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('words', sa.String(length=300), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_by_id', sa.Uuid(), nullable=False),
        sa.Column('holder_id', sa.Uuid(), nullable=False),
        sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('closed_by_id', sa.Uuid(), nullable=True),
        *labelled('tasks'),
    )
    op.create_table(
        'officer_absences',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('stand_in_id', sa.Uuid(), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('until', sa.Date(), nullable=False),
        *labelled('officer_absences'),
    )
    with op.batch_alter_table('tasks') as batch_op:
        for column in ('holder_id', 'label_id'):
            batch_op.create_index(batch_op.f(f'ix_tasks_{column}'), [column], unique=False)
        batch_op.create_index('ix_tasks_open', ['track_id', 'closed_at'], unique=False)
    with op.batch_alter_table('officer_absences') as batch_op:
        for column in ('label_id', 'person_id'):
            batch_op.create_index(batch_op.f(f'ix_officer_absences_{column}'), [column], unique=False)
        batch_op.create_index('ix_officer_absences_place', ['track_id', 'until'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for table in LABELLED:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    for table in LABELLED:
        if op.get_bind().dialect.name == 'postgresql':
            for statement in no_row_security(table):
                op.execute(statement)
        op.drop_table(table)
