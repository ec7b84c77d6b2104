"""What a commitment says besides: baseline, milestones, where it comes from, networks as partners; whether the process
helped; the phase of governance, for the officers of the secretariat."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0023_commitment_fields'
down_revision = '0022_plans_over_time'
branch_labels = None
depends_on = None

ADDED = {
    'commitments': ('milestones', 'baseline', 'meeting_id', 'origin_words'),
    'commitment_partners': ('track_id',),
    'proposals': ('milestones',),
    'commitment_revisions': (
        'milestones_before', 'milestones_after', 'indicator_before', 'indicator_after', 'baseline_before',
        'baseline_after'),
    'progress_updates': ('helped',),
}
POINTING = {('commitments', 'meeting_id'): 'meetings', ('commitment_partners', 'track_id'): 'tracks'}


def _column(name: str) -> sa.Column:
    if name.endswith('_id'):
        return sa.Column(name, sa.Uuid(), nullable=True)
    if name.startswith('milestones'):
        return sa.Column(name, sa.JSON(), server_default='[]', nullable=False)
    return sa.Column(name, sa.JSON(), nullable=True)


def upgrade() -> None:
    for table, names in ADDED.items():
        with op.batch_alter_table(table) as batch_op:
            for name in names:
                batch_op.add_column(_column(name))
    for (table, name), other in POINTING.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_foreign_key(batch_op.f(f'fk_{table}_{name}_{other}'), other, [name], ['id'])
    with op.batch_alter_table('commitments') as batch_op:
        batch_op.create_index(batch_op.f('ix_commitments_meeting_id'), ['meeting_id'], unique=False)
    op.create_table('commitment_phases',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('commitment_id', sa.Uuid(), nullable=False),
    sa.Column('phase', sa.Enum('agenda-setting', 'consensus-building', 'policy-change', name='phase', native_enum=False, length=40), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitments.id'], name=op.f('fk_commitment_phases_commitment_id_commitments')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_commitment_phases_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_commitment_phases_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment_phases')),
    sa.UniqueConstraint('commitment_id', name=op.f('uq_commitment_phases_commitment_id'))
    )
    with op.batch_alter_table('commitment_phases') as batch_op:
        batch_op.create_index(batch_op.f('ix_commitment_phases_label_id'), ['label_id'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('commitment_phases'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('commitment_phases'):
            op.execute(statement)
    op.drop_table('commitment_phases')
    with op.batch_alter_table('commitments') as batch_op:
        batch_op.drop_index(batch_op.f('ix_commitments_meeting_id'))
    for (table, name), other in POINTING.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_{name}_{other}'), type_='foreignkey')
    for table, names in reversed(ADDED.items()):
        with op.batch_alter_table(table) as batch_op:
            for name in reversed(names):
                batch_op.drop_column(name)
