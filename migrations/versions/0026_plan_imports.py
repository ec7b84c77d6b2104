"""Tables that are brought into plans."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0026_plan_imports'
down_revision = '0025_opened_rounds'
branch_labels = None
depends_on = None

STATE = sa.Enum('looked_at', 'confirmed', 'done', 'undoing', 'undone', name='importstate', native_enum=False, length=40)
TABLES = ('plan_imports', 'plan_import_habits')


def upgrade() -> None:
    op.create_table(
        'plan_imports',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('plan_id', sa.Uuid(), nullable=False),
        sa.Column('asked_by_id', sa.Uuid(), nullable=True),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('state', STATE, nullable=False),
        sa.Column('shape', sa.JSON(), nullable=False),
        sa.Column('became', sa.JSON(), nullable=False),
        sa.Column('kept', sa.LargeBinary(), nullable=True),
        sa.Column('job_id', sa.Uuid(), nullable=True),
        *_label('plan_imports'),
        sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_plan_imports_process_id_processes')),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_plan_imports_track_id_tracks')),
        sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_plan_imports_plan_id_plans')),
    )
    op.create_table(
        'plan_import_habits',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('columns', sa.JSON(), nullable=False),
        sa.Column('names', sa.JSON(), nullable=False),
        *_label('plan_import_habits'),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_plan_import_habits_track_id_tracks')),
        sa.UniqueConstraint('track_id', name=op.f('uq_plan_import_habits_track_id')),
    )
    for table, columns in (('plan_imports', ('label_id', 'plan_id')), ('plan_import_habits', ('label_id',))):
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.create_index(batch_op.f(f'ix_{table}_{column}'), [column], unique=False)
        if op.get_bind().dialect.name == 'postgresql':
            for statement in row_security(table):
                op.execute(statement)


def _label(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f(f'fk_{table}_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f(f'fk_{table}_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def downgrade() -> None:
    for table in reversed(TABLES):
        if op.get_bind().dialect.name == 'postgresql':
            for statement in no_row_security(table):
                op.execute(statement)
        op.drop_table(table)
