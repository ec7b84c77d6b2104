"""Silence procedures, what participants say to them, and the adoption of texts."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0020_silence'
down_revision = '0019_texts'
branch_labels = None
depends_on = None


TABLES = (
    'silence_rules', 'silence_procedures', 'silence_holds', 'silence_reactions', 'text_adoptions',
    'adoption_confirmations', 'adoption_statements')


def upgrade() -> None:
    op.create_table('silence_rules',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('decision', sa.String(length=500), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('hour', sa.Time(), nullable=False),
    sa.Column('reasons_to', sa.Enum('readers', 'secretariat', name='reasonsto', native_enum=False, length=40), nullable=False),
    sa.Column('quiet_days', sa.JSON(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_silence_rules_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_silence_rules_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_silence_rules_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_silence_rules_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_silence_rules')),
    sa.UniqueConstraint('track_id', name=op.f('uq_silence_rules_track_id'))
    )
    with op.batch_alter_table('silence_rules') as batch_op:
        batch_op.create_index(batch_op.f('ix_silence_rules_label_id'), ['label_id'], unique=False)
    op.create_table('silence_procedures',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('ends_hour', sa.Time(), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('reasons_to', sa.Enum('readers', 'secretariat', name='reasonsto', native_enum=False, length=40), nullable=False),
    sa.Column('not_counted', sa.JSON(), nullable=False),
    sa.Column('extensions', sa.JSON(), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('called_off_word', sa.JSON(), nullable=True),
    sa.Column('recorded_state', sa.Enum('running', 'broken', 'waiting', 'passed', 'called_off', name='silencestate', native_enum=False, length=40), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['text_editions.id'], name=op.f('fk_silence_procedures_edition_id_text_editions')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_silence_procedures_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_silence_procedures_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_silence_procedures_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_silence_procedures_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_silence_procedures'))
    )
    with op.batch_alter_table('silence_procedures') as batch_op:
        batch_op.create_index(batch_op.f('ix_silence_procedures_edition_id'), ['edition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_silence_procedures_label_id'), ['label_id'], unique=False)
        batch_op.create_index('ix_silence_procedures_open', ['recorded_at', 'called_off_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_silence_procedures_process_id'), ['process_id'], unique=False)
    op.create_table('silence_holds',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('silence_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('cause', sa.Enum('bounced', 'vacant', 'asked_for_time', name='holdcause', native_enum=False, length=40), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_silence_holds_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_silence_holds_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_silence_holds_participant_id_participants')),
    sa.ForeignKeyConstraint(['silence_id'], ['silence_procedures.id'], name=op.f('fk_silence_holds_silence_id_silence_procedures')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_silence_holds'))
    )
    with op.batch_alter_table('silence_holds') as batch_op:
        batch_op.create_index(batch_op.f('ix_silence_holds_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_silence_holds_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_silence_holds_silence_id'), ['silence_id'], unique=False)
    op.create_table('silence_reactions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('silence_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('objection', 'asks_for_time', 'comment', 'interpretation', 'explanation', name='reactionkind', native_enum=False, length=40), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_silence_reactions_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_silence_reactions_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_silence_reactions_participant_id_participants')),
    sa.ForeignKeyConstraint(['silence_id'], ['silence_procedures.id'], name=op.f('fk_silence_reactions_silence_id_silence_procedures')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_silence_reactions'))
    )
    with op.batch_alter_table('silence_reactions') as batch_op:
        batch_op.create_index(batch_op.f('ix_silence_reactions_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_silence_reactions_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_silence_reactions_silence_id'), ['silence_id'], unique=False)
    op.create_table('text_adoptions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('text_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('how', sa.Enum('consensus', 'ad_referendum', 'silence', 'chairs_summary', 'named_participants', name='adoptedby', native_enum=False, length=40), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('silence_id', sa.Uuid(), nullable=True),
    sa.Column('named', sa.JSON(), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=False),
    sa.Column('confirm_by', sa.Date(), nullable=True),
    sa.Column('pronounced_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('pronounced_by_id', sa.Uuid(), nullable=True),
    sa.Column('word', sa.String(length=500), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['text_editions.id'], name=op.f('fk_text_adoptions_edition_id_text_editions')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_text_adoptions_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_text_adoptions_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_text_adoptions_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_text_adoptions_process_id_processes')),
    sa.ForeignKeyConstraint(['silence_id'], ['silence_procedures.id'], name=op.f('fk_text_adoptions_silence_id_silence_procedures')),
    sa.ForeignKeyConstraint(['text_id'], ['draft_texts.id'], name=op.f('fk_text_adoptions_text_id_draft_texts')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_text_adoptions_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_adoptions')),
    sa.UniqueConstraint('edition_id', name=op.f('uq_text_adoptions_edition_id'))
    )
    with op.batch_alter_table('text_adoptions') as batch_op:
        batch_op.create_index(batch_op.f('ix_text_adoptions_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_adoptions_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_adoptions_process_id'), ['process_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_text_adoptions_text_id'), ['text_id'], unique=False)
    op.create_table('adoption_confirmations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('adoption_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('says', sa.Enum('awaited', 'confirmed', 'not_confirmed', name='capitalsays', native_enum=False, length=40), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('noted_word', sa.String(length=500), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['adoption_id'], ['text_adoptions.id'], name=op.f('fk_adoption_confirmations_adoption_id_text_adoptions')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_adoption_confirmations_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_adoption_confirmations_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_adoption_confirmations_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoption_confirmations')),
    sa.UniqueConstraint('adoption_id', 'participant_id', name=op.f('uq_adoption_confirmations_adoption_id_participant_id'))
    )
    with op.batch_alter_table('adoption_confirmations') as batch_op:
        batch_op.create_index(batch_op.f('ix_adoption_confirmations_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoption_confirmations_participant_id'), ['participant_id'], unique=False)
    op.create_table('adoption_statements',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('adoption_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('reservation', 'explanation', 'interpretation', name='statementkind', native_enum=False, length=40), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['adoption_id'], ['text_adoptions.id'], name=op.f('fk_adoption_statements_adoption_id_text_adoptions')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_adoption_statements_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_adoption_statements_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_adoption_statements_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoption_statements'))
    )
    with op.batch_alter_table('adoption_statements') as batch_op:
        batch_op.create_index(batch_op.f('ix_adoption_statements_adoption_id'), ['adoption_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoption_statements_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adoption_statements_participant_id'), ['participant_id'], unique=False)
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
