"""A word to the chair: asked by an officer, told to the focal point first, where the members have decided it may be."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0042_chair_words'
down_revision = '0041_noted_milestones'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'chair_words',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('participant_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('words', sa.String(length=1000), nullable=False),
        sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('told_mail_id', sa.Uuid(), nullable=True),
        sa.Column('sends_from', sa.Date(), nullable=False),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('spoken_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_chair_words_process_id_processes')),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_chair_words_track_id_tracks')),
        sa.ForeignKeyConstraint(
            ['participant_id'], ['participants.id'], name=op.f('fk_chair_words_participant_id_participants')
        ),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_chair_words_person_id_persons')),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_chair_words_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_chair_words_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_chair_words')),
    )
    with op.batch_alter_table('chair_words') as batch_op:
        for column in ('label_id', 'track_id'):
            batch_op.create_index(batch_op.f(f'ix_chair_words_{column}'), [column], unique=False)
    with op.batch_alter_table('follow_up_policies') as batch_op:
        batch_op.add_column(sa.Column('chair_rule', sa.String(length=500), server_default='', nullable=False))
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('chair_words'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("SELECT set_config('secretariat.system', 'on', true)")
        for statement in no_row_security('chair_words'):
            op.execute(statement)
    with op.batch_alter_table('follow_up_policies') as batch_op:
        batch_op.drop_column('chair_rule')
    op.drop_table('chair_words')
