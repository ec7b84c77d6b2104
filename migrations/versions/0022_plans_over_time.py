"""Amendments of adopted plans; commitments carried over from one plan into the next."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0022_plans_over_time'
down_revision = '0021_rounds'
branch_labels = None
depends_on = None


TABLES = ('amendments',)


def upgrade() -> None:
    op.create_table('amendments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('objective_id', sa.Uuid(), nullable=True),
    sa.Column('activity_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Enum('changed', 'added', name='amendmentkind', native_enum=False, length=40), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('words_before', sa.JSON(), nullable=True),
    sa.Column('words_after', sa.JSON(), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('adopted_where', sa.JSON(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_amendments_activity_id_activities')),
    sa.ForeignKeyConstraint(['area_id'], ['areas.id'], name=op.f('fk_amendments_area_id_areas')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_amendments_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_amendments_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['objective_id'], ['objectives.id'], name=op.f('fk_amendments_objective_id_objectives')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_amendments_own_label_id_labels')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_amendments_plan_id_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_amendments'))
    )
    with op.batch_alter_table('amendments') as batch_op:
        batch_op.create_index(batch_op.f('ix_amendments_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_amendments_plan_id'), ['plan_id'], unique=False)
    with op.batch_alter_table('commitments') as batch_op:
        batch_op.add_column(sa.Column('carried_from_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('carried_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_commitments_carried_from_id'), ['carried_from_id'], unique=True)
        batch_op.create_foreign_key(
            batch_op.f('fk_commitments_carried_from_id_commitments'), 'commitments', ['carried_from_id'], ['id'])
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in reversed(TABLES):
            for statement in no_row_security(table):
                op.execute(statement)
    with op.batch_alter_table('commitments') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_commitments_carried_from_id_commitments'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_commitments_carried_from_id'))
        batch_op.drop_column('carried_at')
        batch_op.drop_column('carried_from_id')
    for table in reversed(TABLES):
        op.drop_table(table)
