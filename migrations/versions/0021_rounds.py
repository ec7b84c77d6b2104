"""Common papers for outside forums, which their members clear; comments asked of colleagues."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0021_rounds'
down_revision = '0020_silence'
branch_labels = None
depends_on = None


TABLES = ('clearances', 'clearance_answers', 'lent_comments')


def upgrade() -> None:
    op.create_table('clearances',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('forum', sa.JSON(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('clear_by', sa.Date(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('sent_word', sa.String(length=500), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['text_editions.id'], name=op.f('fk_clearances_edition_id_text_editions')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_clearances_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_clearances_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_clearances_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_clearances_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clearances')),
    sa.UniqueConstraint('edition_id', name=op.f('uq_clearances_edition_id'))
    )
    with op.batch_alter_table('clearances') as batch_op:
        batch_op.create_index(batch_op.f('ix_clearances_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_clearances_process_id'), ['process_id'], unique=False)
    op.create_table('clearance_answers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('clearance_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('says', sa.Enum('not_yet', 'cleared', 'with_comments', name='clearancesays', native_enum=False, length=40), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('noted_word', sa.String(length=500), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clearance_id'], ['clearances.id'], name=op.f('fk_clearance_answers_clearance_id_clearances')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_clearance_answers_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_clearance_answers_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_clearance_answers_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clearance_answers')),
    sa.UniqueConstraint('clearance_id', 'participant_id', name=op.f('uq_clearance_answers_clearance_id_participant_id'))
    )
    with op.batch_alter_table('clearance_answers') as batch_op:
        batch_op.create_index(batch_op.f('ix_clearance_answers_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_clearance_answers_participant_id'), ['participant_id'], unique=False)
    op.create_table('lent_comments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('paragraph_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('asked', sa.String(length=2000), nullable=False),
    sa.Column('lent_by_person_id', sa.Uuid(), nullable=False),
    sa.Column('lent_by_hat', sa.String(length=60), nullable=False),
    sa.Column('lent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('colleague_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['colleague_id'], ['persons.id'], name=op.f('fk_lent_comments_colleague_id_persons')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_lent_comments_label_id_labels')),
    sa.ForeignKeyConstraint(['lent_by_person_id'], ['persons.id'], name=op.f('fk_lent_comments_lent_by_person_id_persons')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_lent_comments_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_lent_comments_participant_id_participants')),
    sa.ForeignKeyConstraint(['round_id'], ['comment_rounds.id'], name=op.f('fk_lent_comments_round_id_comment_rounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lent_comments'))
    )
    with op.batch_alter_table('lent_comments') as batch_op:
        batch_op.create_index(batch_op.f('ix_lent_comments_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lent_comments_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lent_comments_round_id'), ['round_id'], unique=False)
    with op.batch_alter_table('comments') as batch_op:
        batch_op.add_column(sa.Column('lent_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_comments_lent_id'), ['lent_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_comments_lent_id_lent_comments'), 'lent_comments', ['lent_id'], ['id'])
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in reversed(TABLES):
            for statement in no_row_security(table):
                op.execute(statement)
    with op.batch_alter_table('comments') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_comments_lent_id_lent_comments'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_comments_lent_id'))
        batch_op.drop_column('lent_id')
    for table in reversed(TABLES):
        op.drop_table(table)
