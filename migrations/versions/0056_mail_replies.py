"""Replies by mail, and that an absence notice answered a message."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0056_mail_replies'
down_revision = '0055_joint_sessions'
branch_labels = None
depends_on = None

STATES = sa.Enum('waiting', 'noted', 'set_aside', name='replystate', native_enum=False, length=40)


def upgrade() -> None:
    op.add_column('digests', sa.Column('away_on', sa.Date(), nullable=True))
    op.create_table(
        'mail_replies',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('mail_id', sa.Uuid(), nullable=True),
        sa.Column('person_id', sa.Uuid(), nullable=True),
        sa.Column('hat', sa.String(length=60), nullable=False),
        sa.Column('participant_id', sa.Uuid(), nullable=True),
        sa.Column('sender', sa.String(length=254), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('left_out', sa.JSON(), nullable=False),
        sa.Column('is_cut', sa.Boolean(), nullable=False),
        sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('state', STATES, nullable=False),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_by_id', sa.Uuid(), nullable=True),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_mail_replies_process_id_processes')),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_mail_replies_track_id_tracks')),
        sa.ForeignKeyConstraint(
            ['participant_id'], ['participants.id'], name=op.f('fk_mail_replies_participant_id_participants')
        ),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_mail_replies_person_id_persons')),
        sa.ForeignKeyConstraint(['settled_by_id'], ['persons.id'], name=op.f('fk_mail_replies_settled_by_id_persons')),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_mail_replies_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_mail_replies_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_replies')),
        sa.UniqueConstraint('key', name=op.f('uq_mail_replies_key')),
    )
    with op.batch_alter_table('mail_replies') as batch_op:
        for column in ('ends_on', 'label_id', 'person_id'):
            batch_op.create_index(batch_op.f(f'ix_mail_replies_{column}'), [column], unique=False)
        batch_op.create_index('ix_mail_replies_place', ['track_id', 'state'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('mail_replies'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('mail_replies'):
            op.execute(statement)
    op.drop_table('mail_replies')
    op.drop_column('digests', 'away_on')
