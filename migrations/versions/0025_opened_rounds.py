"""Rounds of comments opened to the civil-society network."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0025_opened_rounds'
down_revision = '0024_report_checks'
branch_labels = None
depends_on = None


TABLES = ('opened_rounds', 'network_comments')


def upgrade() -> None:
    op.create_table('opened_rounds',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('ends_hour', sa.Time(), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_opened_rounds_label_id_labels')),
    sa.ForeignKeyConstraint(['network_id'], ['tracks.id'], name=op.f('fk_opened_rounds_network_id_tracks')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_opened_rounds_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_opened_rounds_process_id_processes')),
    sa.ForeignKeyConstraint(['round_id'], ['comment_rounds.id'], name=op.f('fk_opened_rounds_round_id_comment_rounds')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_opened_rounds_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opened_rounds')),
    sa.UniqueConstraint('round_id', 'network_id', name=op.f('uq_opened_rounds_round_id_network_id'))
    )
    with op.batch_alter_table('opened_rounds') as batch_op:
        batch_op.create_index(batch_op.f('ix_opened_rounds_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_opened_rounds_network_id'), ['network_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_opened_rounds_process_id'), ['process_id'], unique=False)
    op.create_table('network_comments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('opened_id', sa.Uuid(), nullable=True),
    sa.Column('round_id', sa.Uuid(), nullable=True),
    sa.Column('paragraph_id', sa.Uuid(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('read_by', sa.Enum('readers', 'unnamed', 'secretariat', name='commentfor', native_enum=False, length=40), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_network_comments_label_id_labels')),
    sa.ForeignKeyConstraint(['opened_id'], ['opened_rounds.id'], name=op.f('fk_network_comments_opened_id_opened_rounds')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_network_comments_own_label_id_labels')),
    sa.ForeignKeyConstraint(['round_id'], ['comment_rounds.id'], name=op.f('fk_network_comments_round_id_comment_rounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_comments'))
    )
    with op.batch_alter_table('network_comments') as batch_op:
        batch_op.create_index(batch_op.f('ix_network_comments_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_network_comments_opened_id'), ['opened_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_network_comments_round_id'), ['round_id'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in reversed(TABLES):
            for statement in no_row_security(table):
                op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)
