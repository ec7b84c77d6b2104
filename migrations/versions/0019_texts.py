"""Texts by paragraph, their editions, rounds of comments and what governments say in them."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0019_texts'
down_revision = '0018_old_papers'
branch_labels = None
depends_on = None


TABLES = (
    'draft_texts', 'text_editions', 'text_paragraphs', 'comment_rounds', 'unsaved_words', 'comment_replies',
    'unnamed_comments', 'comments')


def upgrade() -> None:
    op.create_table('draft_texts',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('original', sa.String(length=12), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('authentic', sa.JSON(), nullable=False),
    sa.Column('drafting', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('drafting', 'set_aside', name='textstate', native_enum=False, length=40), nullable=False),
    sa.Column('readers_label_id', sa.Integer(), nullable=True),
    sa.Column('first_document_id', sa.Uuid(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_draft_texts_body_id_bodies')),
    sa.ForeignKeyConstraint(['first_document_id'], ['documents.id'], name=op.f('fk_draft_texts_first_document_id_documents')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_draft_texts_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_draft_texts_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_draft_texts_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_draft_texts_process_id_processes')),
    sa.ForeignKeyConstraint(['readers_label_id'], ['labels.id'], name=op.f('fk_draft_texts_readers_label_id_labels')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_draft_texts_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_texts'))
    )
    with op.batch_alter_table('draft_texts') as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_texts_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_texts_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_texts_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_texts_process_id'), ['process_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_texts_track_id'), ['track_id'], unique=False)
    op.create_table('text_editions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.Uuid(), nullable=False),
    sa.Column('text_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_text_editions_document_id_documents')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_text_editions_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_text_editions_own_label_id_labels')),
    sa.ForeignKeyConstraint(['text_id'], ['draft_texts.id'], name=op.f('fk_text_editions_text_id_draft_texts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_editions')),
    sa.UniqueConstraint('document_id', name=op.f('uq_text_editions_document_id')),
    sa.UniqueConstraint('text_id', 'number', name=op.f('uq_text_editions_text_id_number'))
    )
    with op.batch_alter_table('text_editions') as batch_op:
        batch_op.create_index(batch_op.f('ix_text_editions_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_editions_text_id'), ['text_id'], unique=False)
    op.create_table('text_paragraphs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('text_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('heading', 'preamble', 'operative', 'plain', name='paragraphkind', native_enum=False, length=40), nullable=False),
    sa.Column('depth', sa.Integer(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('translated_from', sa.JSON(), nullable=False),
    sa.Column('taken_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_text_paragraphs_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_text_paragraphs_own_label_id_labels')),
    sa.ForeignKeyConstraint(['text_id'], ['draft_texts.id'], name=op.f('fk_text_paragraphs_text_id_draft_texts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_paragraphs'))
    )
    with op.batch_alter_table('text_paragraphs') as batch_op:
        batch_op.create_index(batch_op.f('ix_text_paragraphs_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_paragraphs_text_id'), ['text_id'], unique=False)
    op.create_table('comment_rounds',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('observers_may', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('ends_hour', sa.Time(), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['text_editions.id'], name=op.f('fk_comment_rounds_edition_id_text_editions')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_comment_rounds_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_comment_rounds_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_comment_rounds_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_comment_rounds_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment_rounds'))
    )
    with op.batch_alter_table('comment_rounds') as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_rounds_edition_id'), ['edition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_rounds_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_rounds_process_id'), ['process_id'], unique=False)
    op.create_table('unsaved_words',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('paragraph_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('based_on', sa.Integer(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_unsaved_words_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_unsaved_words_own_label_id_labels')),
    sa.ForeignKeyConstraint(['paragraph_id'], ['text_paragraphs.id'], name=op.f('fk_unsaved_words_paragraph_id_text_paragraphs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unsaved_words')),
    sa.UniqueConstraint('paragraph_id', 'person_id', name=op.f('uq_unsaved_words_paragraph_id_person_id'))
    )
    with op.batch_alter_table('unsaved_words') as batch_op:
        batch_op.create_index(batch_op.f('ix_unsaved_words_label_id'), ['label_id'], unique=False)
    op.create_table('comment_replies',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_comment_replies_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_comment_replies_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_comment_replies_participant_id_participants')),
    sa.ForeignKeyConstraint(['round_id'], ['comment_rounds.id'], name=op.f('fk_comment_replies_round_id_comment_rounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment_replies')),
    sa.UniqueConstraint('round_id', 'participant_id', name=op.f('uq_comment_replies_round_id_participant_id'))
    )
    with op.batch_alter_table('comment_replies') as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_replies_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_replies_participant_id'), ['participant_id'], unique=False)
    op.create_table('unnamed_comments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('paragraph_id', sa.Uuid(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('became', sa.Enum('taken_up', 'in_part', 'in_brackets', 'not_this_time', name='became', native_enum=False, length=40), nullable=True),
    sa.Column('answer', sa.JSON(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_unnamed_comments_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_unnamed_comments_own_label_id_labels')),
    sa.ForeignKeyConstraint(['round_id'], ['comment_rounds.id'], name=op.f('fk_unnamed_comments_round_id_comment_rounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unnamed_comments'))
    )
    with op.batch_alter_table('unnamed_comments') as batch_op:
        batch_op.create_index(batch_op.f('ix_unnamed_comments_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unnamed_comments_paragraph_id'), ['paragraph_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unnamed_comments_round_id'), ['round_id'], unique=False)
    op.create_table('comments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('reply_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('read_by', sa.Enum('readers', 'unnamed', 'secretariat', name='commentfor', native_enum=False, length=40), nullable=False),
    sa.Column('noted', sa.String(length=300), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paragraph_id', sa.Uuid(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('became', sa.Enum('taken_up', 'in_part', 'in_brackets', 'not_this_time', name='became', native_enum=False, length=40), nullable=True),
    sa.Column('answer', sa.JSON(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_comments_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_comments_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_comments_participant_id_participants')),
    sa.ForeignKeyConstraint(['reply_id'], ['comment_replies.id'], name=op.f('fk_comments_reply_id_comment_replies')),
    sa.ForeignKeyConstraint(['round_id'], ['comment_rounds.id'], name=op.f('fk_comments_round_id_comment_rounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comments'))
    )
    with op.batch_alter_table('comments') as batch_op:
        batch_op.create_index(batch_op.f('ix_comments_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comments_paragraph_id'), ['paragraph_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comments_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comments_reply_id'), ['reply_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comments_round_id'), ['round_id'], unique=False)
    op.add_column('documents', sa.Column('by_paragraph', sa.Boolean(), server_default=sa.false(), nullable=False))
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in reversed(TABLES):
            for statement in no_row_security(table):
                op.execute(statement)
    op.drop_column('documents', 'by_paragraph')
    for table in ('comments', 'unnamed_comments', 'comment_replies', 'unsaved_words', 'comment_rounds',
                  'text_paragraphs', 'text_editions', 'draft_texts'):
        op.drop_table(table)
