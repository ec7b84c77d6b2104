"""The handover file of a chair's term."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0028_handover'
down_revision = '0027_report_editions'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'handovers',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('body_id', sa.Uuid(), nullable=True),
        sa.Column('term_id', sa.Uuid(), nullable=False),
        sa.Column('participant_id', sa.Uuid(), nullable=False),
        sa.Column('theme', sa.JSON(), nullable=True),
        sa.Column('promises', sa.JSON(), nullable=True),
        sa.Column('advice', sa.JSON(), nullable=True),
        sa.Column('left_out', sa.JSON(), nullable=False),
        sa.Column('listed', sa.JSON(), nullable=False),
        sa.Column('receivers', sa.JSON(), nullable=False),
        sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('cleared_by_id', sa.Uuid(), nullable=True),
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_handovers_process_id_processes')),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_handovers_track_id_tracks')),
        sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_handovers_body_id_bodies')),
        sa.ForeignKeyConstraint(['term_id'], ['chair_terms.id'], name=op.f('fk_handovers_term_id_chair_terms')),
        sa.ForeignKeyConstraint(
            ['participant_id'], ['participants.id'], name=op.f('fk_handovers_participant_id_participants')
        ),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_handovers_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_handovers_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_handovers')),
        sa.UniqueConstraint('term_id', name=op.f('uq_handovers_term_id')),
    )
    with op.batch_alter_table('handovers') as batch_op:
        for column in ('label_id', 'process_id'):
            batch_op.create_index(batch_op.f(f'ix_handovers_{column}'), [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('handovers'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('handovers'):
            op.execute(statement)
    op.drop_table('handovers')
