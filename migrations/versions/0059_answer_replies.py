"""What a network replies to an answer."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0059_answer_replies'
down_revision = '0058_choices_anew'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('answer_replies',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['submission_answers.id'], name=op.f('fk_answer_replies_answer_id_submission_answers')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_answer_replies_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_answer_replies_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_answer_replies_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_answer_replies_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_replies')),
    sa.UniqueConstraint('answer_id', name=op.f('uq_answer_replies_answer_id'))
    )
    for column in ('label_id', 'process_id'):
        op.create_index(op.f(f'ix_answer_replies_{column}'), 'answer_replies', [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('answer_replies'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('answer_replies'):
            op.execute(statement)
    op.drop_table('answer_replies')
