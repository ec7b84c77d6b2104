"""Participants look at their own entries before a progress report is issued."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0024_report_checks'
down_revision = '0023_commitment_fields'
branch_labels = None
depends_on = None

TABLE = 'report_checks'


def upgrade() -> None:
    with op.batch_alter_table('progress_reports') as batch_op:
        batch_op.add_column(sa.Column('answer_by', sa.Date(), nullable=True))
    op.create_table(TABLE,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('right_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('right_of', sa.String(length=64), nullable=False),
    sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('given', sa.JSON(), nullable=False),
    sa.Column('by_person_id', sa.Uuid(), nullable=True),
    sa.Column('by_hat', sa.String(length=60), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_report_checks_body_id_bodies')),
    sa.ForeignKeyConstraint(['by_person_id'], ['persons.id'], name=op.f('fk_report_checks_by_person_id_persons')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_report_checks_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_report_checks_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_report_checks_participant_id_participants')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_report_checks_plan_id_plans')),
    sa.ForeignKeyConstraint(['report_id'], ['progress_reports.id'], name=op.f('fk_report_checks_report_id_progress_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_checks')),
    sa.UniqueConstraint('report_id', 'participant_id', name=op.f('uq_report_checks_report_id_participant_id'))
    )
    with op.batch_alter_table(TABLE) as batch_op:
        for column in ('label_id', 'participant_id', 'plan_id'):
            batch_op.create_index(batch_op.f(f'ix_report_checks_{column}'), [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security(TABLE):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security(TABLE):
            op.execute(statement)
    op.drop_table(TABLE)
    with op.batch_alter_table('progress_reports') as batch_op:
        batch_op.drop_column('answer_by')
