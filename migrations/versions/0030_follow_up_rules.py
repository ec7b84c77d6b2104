"""Rounds before meetings, quiet days, and policies of single plans."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0030_follow_up_rules'
down_revision = '0029_packs'
branch_labels = None
depends_on = None

ADDED = ('check_ins', 'before_meeting', 'meeting_bodies', 'quiet_holidays', 'quiet_periods')


def upgrade() -> None:
    with op.batch_alter_table('follow_up_policies') as batch_op:
        batch_op.add_column(sa.Column('check_ins', sa.Integer(), server_default='4', nullable=False))
        batch_op.add_column(sa.Column('before_meeting', sa.JSON(), server_default='[56, 14]', nullable=False))
        batch_op.add_column(sa.Column('meeting_bodies', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('quiet_holidays', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('quiet_periods', sa.JSON(), server_default='[]', nullable=False))
    op.create_table(
        'plan_follow_up_policies',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('plan_id', sa.Uuid(), nullable=False),
        sa.Column('stopped', sa.Boolean(), nullable=False),
        sa.Column('before_due', sa.JSON(), nullable=False),
        sa.Column('after_due', sa.JSON(), nullable=False),
        sa.Column('answer_after', sa.JSON(), nullable=False),
        sa.Column('check_in_every', sa.Integer(), nullable=False),
        sa.Column('check_ins', sa.Integer(), server_default='4', nullable=False),
        sa.Column('before_meeting', sa.JSON(), server_default='[56, 14]', nullable=False),
        sa.Column('meeting_bodies', sa.JSON(), server_default='[]', nullable=False),
        sa.Column('grace', sa.Integer(), nullable=False),
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_plan_follow_up_policies_plan_id_plans')),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_plan_follow_up_policies_label_id_labels')),
        sa.ForeignKeyConstraint(
            ['own_label_id'], ['labels.id'], name=op.f('fk_plan_follow_up_policies_own_label_id_labels')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_follow_up_policies')),
        sa.UniqueConstraint('plan_id', name=op.f('uq_plan_follow_up_policies_plan_id')),
    )
    with op.batch_alter_table('plan_follow_up_policies') as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_follow_up_policies_label_id'), ['label_id'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('plan_follow_up_policies'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('plan_follow_up_policies'):
            op.execute(statement)
    op.drop_table('plan_follow_up_policies')
    with op.batch_alter_table('follow_up_policies') as batch_op:
        for column in ADDED:
            batch_op.drop_column(column)
