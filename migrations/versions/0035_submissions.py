"""Submissions of a network, their routing and answers, and the rules of engagement."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0035_submissions'
down_revision = '0034_letter_templates'
branch_labels = None
depends_on = None


TABLES = ('engagement_rules', 'submissions', 'submission_answers', 'answers_shown')


def upgrade() -> None:
    op.create_table('engagement_rules',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=True),
    sa.Column('stem', sa.String(length=40), nullable=False),
    sa.Column('answer_days', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_engagement_rules_label_id_labels')),
    sa.ForeignKeyConstraint(['network_id'], ['tracks.id'], name=op.f('fk_engagement_rules_network_id_tracks')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_engagement_rules_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_engagement_rules_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_engagement_rules_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_engagement_rules')),
    sa.UniqueConstraint('network_id', name=op.f('uq_engagement_rules_network_id'))
    )
    with op.batch_alter_table('engagement_rules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_engagement_rules_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_engagement_rules_process_id'), ['process_id'], unique=False)

    op.create_table('submissions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('organization_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Enum('declaration', 'recommendation', 'comment', 'question', 'contribution', name='submissionkind', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'sent', 'withdrawn', name='submissionstate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('theme', sa.String(length=200), nullable=False),
    sa.Column('on_document', sa.String(length=160), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_word', sa.String(length=500), nullable=False),
    sa.Column('routed_to_id', sa.Uuid(), nullable=True),
    sa.Column('routed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expected_on', sa.Date(), nullable=True),
    sa.Column('symbol', sa.String(length=160), nullable=True),
    sa.Column('symbol_stem', sa.String(length=160), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('sequence_label_id', sa.Integer(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_submissions_label_id_labels')),
    sa.ForeignKeyConstraint(['organization_id'], ['participants.id'], name=op.f('fk_submissions_organization_id_participants')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_submissions_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_submissions_process_id_processes')),
    sa.ForeignKeyConstraint(['routed_to_id'], ['participants.id'], name=op.f('fk_submissions_routed_to_id_participants')),
    sa.ForeignKeyConstraint(['sequence_label_id'], ['labels.id'], name=op.f('fk_submissions_sequence_label_id_labels')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_submissions_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submissions'))
    )
    with op.batch_alter_table('submissions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_submissions_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submissions_process_id'), ['process_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submissions_routed_to_id'), ['routed_to_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submissions_track_id'), ['track_id'], unique=False)

    op.create_table('submission_answers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('says', sa.Enum('received', 'considered', 'taken_up', 'in_part', 'noted', 'not_taken_up', name='answersays', native_enum=False, length=40), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=True),
    sa.Column('agreed_word', sa.String(length=500), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_submission_answers_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_submission_answers_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_submission_answers_participant_id_participants')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_submission_answers_process_id_processes')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_submission_answers_submission_id_submissions')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_submission_answers_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission_answers'))
    )
    with op.batch_alter_table('submission_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_submission_answers_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submission_answers_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submission_answers_process_id'), ['process_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_submission_answers_submission_id'), ['submission_id'], unique=False)

    op.create_table('answers_shown',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['submission_answers.id'], name=op.f('fk_answers_shown_answer_id_submission_answers')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_answers_shown_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_answers_shown_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_answers_shown_participant_id_participants')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_answers_shown_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answers_shown')),
    sa.UniqueConstraint('answer_id', 'participant_id', name=op.f('uq_answers_shown_answer_id_participant_id'))
    )
    with op.batch_alter_table('answers_shown', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answers_shown_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answers_shown_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answers_shown_process_id'), ['process_id'], unique=False)
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
