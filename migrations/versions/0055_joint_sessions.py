"""Sessions that both sides of the wall hold together, and the notice each side has."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0055_joint_sessions'
down_revision = '0054_released_without'
branch_labels = None
depends_on = None

TABLES = ('joint_sessions', 'joint_notices')
STATES = ('proposed', 'agreed', 'declined', 'taken_back')


def _hours() -> list[sa.Column]:
    return [
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('begins', sa.Time(), nullable=False),
        sa.Column('ends', sa.Time(), nullable=False),
        sa.Column('zone', sa.String(length=60), nullable=False),
    ]


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


def upgrade() -> None:
    op.create_table('joint_sessions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('government_id', sa.Uuid(), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=False),
    sa.Column('by_network', sa.Boolean(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('about', sa.JSON(), nullable=True),
    *_hours(),
    sa.Column('place', sa.JSON(), nullable=True),
    sa.Column('state', sa.Enum(*STATES, name='jointstate', native_enum=False, length=40), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reply', sa.JSON(), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_joint_sessions_process_id_processes')),
    sa.ForeignKeyConstraint(['government_id'], ['tracks.id'], name=op.f('fk_joint_sessions_government_id_tracks')),
    sa.ForeignKeyConstraint(['network_id'], ['tracks.id'], name=op.f('fk_joint_sessions_network_id_tracks')),
    *_labels('joint_sessions'))
    op.create_table('joint_notices',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('about', sa.JSON(), nullable=True),
    *_hours(),
    sa.Column('place', sa.JSON(), nullable=True),
    sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['session_id'], ['joint_sessions.id'], name=op.f('fk_joint_notices_session_id_joint_sessions')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_joint_notices_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_joint_notices_track_id_tracks')),
    sa.UniqueConstraint('session_id', 'track_id', name=op.f('uq_joint_notices_session_id_track_id')),
    *_labels('joint_notices'))
    for table in TABLES:
        op.create_index(op.f(f'ix_{table}_label_id'), table, ['label_id'], unique=False)
        op.create_index(f'ix_{table}_days', table, ['process_id', 'held_on'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in no_row_security(table):
                op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)
