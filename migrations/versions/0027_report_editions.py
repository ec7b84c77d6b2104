"""Editions of a progress report for more readers, remarks on areas, advice to the chair."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0027_report_editions'
down_revision = '0026_plan_imports'
branch_labels = None
depends_on = None

PUBLIC_REPORTS = sa.Enum('none', 'activities', 'all_public', name='publicreports', native_enum=False, length=40)


def upgrade() -> None:
    with op.batch_alter_table('progress_reports') as batch_op:
        batch_op.add_column(sa.Column('wider_introduction', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('remarks', sa.JSON(), nullable=False, server_default='{}'))
    with op.batch_alter_table('progress_reports') as batch_op:
        batch_op.alter_column('remarks', server_default=None)
    with op.batch_alter_table('tracks') as batch_op:
        batch_op.add_column(sa.Column('public_reports', PUBLIC_REPORTS, nullable=False, server_default='none'))
    op.create_table('chair_advice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_chair_advice_body_id_bodies')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_chair_advice_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_chair_advice_own_label_id_labels')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_chair_advice_plan_id_plans')),
    sa.ForeignKeyConstraint(['report_id'], ['progress_reports.id'], name=op.f('fk_chair_advice_report_id_progress_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chair_advice')),
    sa.UniqueConstraint('report_id', name=op.f('uq_chair_advice_report_id'))
    )
    with op.batch_alter_table('chair_advice') as batch_op:
        for column in ('label_id', 'plan_id'):
            batch_op.create_index(batch_op.f(f'ix_chair_advice_{column}'), [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('chair_advice'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('chair_advice'):
            op.execute(statement)
    op.drop_table('chair_advice')
    with op.batch_alter_table('tracks') as batch_op:
        batch_op.drop_column('public_reports')
    with op.batch_alter_table('progress_reports') as batch_op:
        for column in ('remarks', 'wider_introduction'):
            batch_op.drop_column(column)
