"""Milestones a body keeps, those noted as reached at a meeting, busy days of a track, calendar feeds."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0011_milestones'
down_revision = '0010_documents'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('milestone_rules',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('anchor', sa.String(length=40), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('in_use', sa.Boolean(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_milestone_rules_body_id_bodies')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_milestone_rules_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_milestone_rules_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone_rules')),
    sa.UniqueConstraint('body_id', 'kind', name=op.f('uq_milestone_rules_body_id_kind'))
    )
    op.create_index(op.f('ix_milestone_rules_body_id'), 'milestone_rules', ['body_id'])
    op.create_index(op.f('ix_milestone_rules_label_id'), 'milestone_rules', ['label_id'])
    op.add_column('meetings', sa.Column('noted', sa.JSON(), server_default='{}', nullable=False))
    op.create_table('busy_days',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_busy_days_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_busy_days_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_busy_days_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_busy_days_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_busy_days_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_busy_days'))
    )
    op.create_index(op.f('ix_busy_days_label_id'), 'busy_days', ['label_id'])
    op.create_index(op.f('ix_busy_days_meeting_id'), 'busy_days', ['meeting_id'])
    op.create_index(op.f('ix_busy_days_process_id'), 'busy_days', ['process_id'])
    op.create_table('calendar_feeds',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=True),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_calendar_feeds_body_id_bodies')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_calendar_feeds_person_id_persons')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_calendar_feeds_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feeds')),
    sa.UniqueConstraint('digest', name=op.f('uq_calendar_feeds_digest'))
    )
    op.create_index(op.f('ix_calendar_feeds_person_id'), 'calendar_feeds', ['person_id'])
    op.add_column('tracks', sa.Column('busy_days_since', sa.Date(), nullable=True))
    if op.get_bind().dialect.name == 'postgresql':
        for table in ('milestone_rules', 'busy_days'):
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    op.drop_table('calendar_feeds')
    op.drop_column('tracks', 'busy_days_since')
    op.drop_column('meetings', 'noted')
    for table in ('busy_days', 'milestone_rules'):
        if op.get_bind().dialect.name == 'postgresql':
            for statement in no_row_security(table):
                op.execute(statement)
        op.drop_table(table)
