"""The foundation: every table of the first version, its row-level security, and the rows nobody can read without."""

import sqlalchemy as sa
from alembic import op

revision = '0001_foundation'
down_revision = None
branch_labels = None
depends_on = None

LABELLED = (
    "activities",
    "agenda_items",
    "appointments",
    "areas",
    "audit_contents",
    "bodies",
    "body_memberships",
    "chair_terms",
    "commitment_partners",
    "commitment_revisions",
    "commitments",
    "consultations",
    "contact_cards",
    "contact_numbers",
    "delegates",
    "digest_series",
    "digests",
    "evidence",
    "follow_up_policies",
    "invitations",
    "jobs",
    "join_links",
    "loaded_files",
    "meeting_notices",
    "meetings",
    "objectives",
    "obstacles",
    "outbox_messages",
    "outcome_parties",
    "outcome_statements",
    "outcomes",
    "participations",
    "phases",
    "pillars",
    "plans",
    "process_texts",
    "processes",
    "progress_reports",
    "progress_updates",
    "proposals",
    "report_editions",
    "secretariat_hosts",
    "sittings",
    "support_needed",
    "tracks",
    "update_notes",
)
BEHIND = ("label_changes",)
"""Read by the product itself alone."""
SYSTEM = "current_setting('secretariat.system', true) = 'on'"
READABLE = SYSTEM + (
    " OR EXISTS (SELECT 1 FROM readable_labels r"
    " WHERE r.viewer_id = nullif(current_setting('secretariat.viewer', true), '')::int"
    " AND r.label_id = {table}.label_id)"
)


def build_second_wall(table: str, readable: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({readable})")
    op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK (true)")
    op.execute(f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({readable}) WITH CHECK (true)")
    op.execute(f"CREATE POLICY {table}_erase ON {table} FOR DELETE USING ({readable})")


def upgrade() -> None:
    op.create_table('audit_chains',
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('head', sa.String(length=64), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_audit_chains'))
    )
    op.create_table('heartbeats',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_heartbeats'))
    )
    op.create_table('kept_forms',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('path', sa.String(length=500), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_forms'))
    )
    with op.batch_alter_table('kept_forms', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_forms_user_id'), ['user_id'], unique=False)

    op.create_table('labels',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_labels')),
    sa.UniqueConstraint('digest', name=op.f('uq_labels_digest'))
    )
    op.create_table('participants',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('state', 'territory', 'international-organization', 'regional-body', 'network', 'agency', 'ngo', 'donor', 'other', name='participantkind', native_enum=False, length=40), nullable=False),
    sa.Column('iso', sa.String(length=2), nullable=True),
    sa.Column('aliases', sa.JSON(), nullable=False),
    sa.Column('secretariat_of', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participants')),
    sa.UniqueConstraint('key', name=op.f('uq_participants_key'))
    )
    with op.batch_alter_table('participants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participants_iso'), ['iso'], unique=False)

    op.create_table('password_requests',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_password_requests'))
    )
    op.create_table('persons',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('merged_into_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['merged_into_id'], ['persons.id'], name=op.f('fk_persons_merged_into_id_persons')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_persons'))
    )
    op.create_table('rights_state',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('labels', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rights_state'))
    )
    op.create_table('security_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('source', sa.String(length=64), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_security_events'))
    )
    with op.batch_alter_table('security_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_security_events_at'), ['at'], unique=False)

    op.create_table('sending_state',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('epoch', sa.String(length=64), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sending_state'))
    )
    op.create_table('throttles',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('window_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_throttles'))
    )
    op.create_table('used_nonces',
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(length=500), nullable=False),
    sa.Column('said', sa.JSON(), nullable=True),
    sa.PrimaryKeyConstraint('nonce', name=op.f('pk_used_nonces'))
    )
    with op.batch_alter_table('used_nonces', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_used_nonces_at'), ['at'], unique=False)

    op.create_table('viewers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('labels', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_viewers')),
    sa.UniqueConstraint('person_id', 'hat', name=op.f('uq_viewers_person_id_hat'))
    )
    op.create_table('audit_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chain', sa.String(length=80), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['chain'], ['audit_chains.name'], name=op.f('fk_audit_entries_chain_audit_chains')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries')),
    sa.UniqueConstraint('chain', 'place', name=op.f('uq_audit_entries_chain_place'))
    )
    op.create_table('jobs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('arguments', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'running', 'done', 'failed', name='jobstate', native_enum=False, length=40), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('problem', sa.String(length=500), nullable=False),
    sa.Column('result_name', sa.String(length=200), nullable=False),
    sa.Column('result_type', sa.String(length=100), nullable=False),
    sa.Column('result', sa.LargeBinary(), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_jobs_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_jobs_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs'))
    )
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_jobs_label_id'), ['label_id'], unique=False)

    op.create_table('label_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('thing_kind', sa.String(length=60), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('old_label_id', sa.Integer(), nullable=True),
    sa.Column('new_label_id', sa.Integer(), nullable=False),
    sa.Column('by_person_id', sa.Uuid(), nullable=True),
    sa.Column('by_hat', sa.String(length=60), nullable=False),
    sa.Column('why', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['new_label_id'], ['labels.id'], name=op.f('fk_label_changes_new_label_id_labels')),
    sa.ForeignKeyConstraint(['old_label_id'], ['labels.id'], name=op.f('fk_label_changes_old_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_label_changes'))
    )
    with op.batch_alter_table('label_changes', schema=None) as batch_op:
        batch_op.create_index('ix_label_changes_thing', ['thing_kind', 'thing_id'], unique=False)

    op.create_table('label_clauses',
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_label_clauses_label_id_labels')),
    sa.PrimaryKeyConstraint('label_id', 'digest', name=op.f('pk_label_clauses'))
    )
    with op.batch_alter_table('label_clauses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_label_clauses_process_id'), ['process_id'], unique=False)

    op.create_table('processes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('acronym', sa.String(length=60), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('other_names', sa.JSON(), nullable=False),
    sa.Column('established', sa.String(length=10), nullable=True),
    sa.Column('region', sa.JSON(), nullable=True),
    sa.Column('theme_based', sa.Boolean(), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('secretariat_arrangement', sa.String(length=40), nullable=False),
    sa.Column('chair_mode', sa.String(length=40), nullable=False),
    sa.Column('civil_society_involvement', sa.String(length=60), nullable=False),
    sa.Column('source', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('active', 'dormant', 'concluded', name='lifestate', native_enum=False, length=40), nullable=False),
    sa.Column('state_decision', sa.String(length=500), nullable=False),
    sa.Column('state_since', sa.Date(), nullable=True),
    sa.Column('public_page_decision', sa.String(length=500), nullable=False),
    sa.Column('public_page_since', sa.Date(), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('level_words', sa.JSON(), nullable=False),
    sa.Column('commitment_word', sa.JSON(), nullable=True),
    sa.Column('former_members_keep', sa.Boolean(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_processes_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_processes_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_processes')),
    sa.UniqueConstraint('slug', name=op.f('uq_processes_slug'))
    )
    with op.batch_alter_table('processes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_processes_label_id'), ['label_id'], unique=False)

    op.create_table('readable_labels',
    sa.Column('viewer_id', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_readable_labels_label_id_labels')),
    sa.ForeignKeyConstraint(['viewer_id'], ['viewers.id'], name=op.f('fk_readable_labels_viewer_id_viewers')),
    sa.PrimaryKeyConstraint('viewer_id', 'label_id', name=op.f('pk_readable_labels'))
    )
    with op.batch_alter_table('readable_labels', schema=None) as batch_op:
        batch_op.create_index('ix_readable_labels_label_id', ['label_id'], unique=False)

    op.create_table('users',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('activated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('suspended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('session_number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_users_person_id_persons')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email')),
    sa.UniqueConstraint('person_id', name=op.f('uq_users_person_id'))
    )
    op.create_table('address_changes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('number_id', sa.Uuid(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['persons.id'], name=op.f('fk_address_changes_asked_by_persons')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_address_changes_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_address_changes'))
    )
    with op.batch_alter_table('address_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_address_changes_user_id'), ['user_id'], unique=False)

    op.create_table('audit_contents',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('subject_kind', sa.String(length=60), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=True),
    sa.Column('by_person_id', sa.Uuid(), nullable=True),
    sa.Column('by_hat', sa.String(length=60), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('salt', sa.String(length=64), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['audit_entries.id'], name=op.f('fk_audit_contents_entry_id_audit_entries')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_audit_contents_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_audit_contents_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_contents')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_audit_contents_entry_id'))
    )
    with op.batch_alter_table('audit_contents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_contents_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_contents_subject_id'), ['subject_id'], unique=False)

    op.create_table('loaded_files',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('loaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_loaded_files_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_loaded_files_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_loaded_files_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loaded_files')),
    sa.UniqueConstraint('process_id', name=op.f('uq_loaded_files_process_id'))
    )
    with op.batch_alter_table('loaded_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_loaded_files_label_id'), ['label_id'], unique=False)

    op.create_table('open_sessions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_open_sessions_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_open_sessions')),
    sa.UniqueConstraint('digest', name=op.f('uq_open_sessions_digest'))
    )
    with op.batch_alter_table('open_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_open_sessions_seen_at'), ['seen_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_open_sessions_user_id'), ['user_id'], unique=False)

    op.create_table('participant_names',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=True),
    sa.Column('since', sa.String(length=10), nullable=True),
    sa.Column('until', sa.String(length=10), nullable=True),
    sa.Column('ranks', sa.JSON(), nullable=False),
    sa.Column('origin', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_participant_names_participant_id_participants')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_participant_names_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant_names'))
    )
    with op.batch_alter_table('participant_names', schema=None) as batch_op:
        batch_op.create_index('ix_participant_names_lookup', ['participant_id', 'language', 'process_id'], unique=False)

    op.create_table('phases',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('note', sa.JSON(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('since', sa.String(length=10), nullable=True),
    sa.Column('until', sa.String(length=10), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_phases_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_phases_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_phases_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phases'))
    )
    with op.batch_alter_table('phases', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phases_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_phases_process_id'), ['process_id'], unique=False)

    op.create_table('pillars',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('subject', sa.JSON(), nullable=True),
    sa.Column('areas', sa.JSON(), nullable=False),
    sa.Column('note', sa.JSON(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_pillars_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_pillars_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_pillars_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pillars'))
    )
    with op.batch_alter_table('pillars', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pillars_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pillars_process_id'), ['process_id'], unique=False)

    op.create_table('process_texts',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_process_texts_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_process_texts_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_process_texts_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process_texts')),
    sa.UniqueConstraint('process_id', 'kind', name=op.f('uq_process_texts_process_id_kind'))
    )
    with op.batch_alter_table('process_texts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_process_texts_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_process_texts_process_id'), ['process_id'], unique=False)

    op.create_table('secretariat_hosts',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('name_text', sa.String(length=300), nullable=False),
    sa.Column('since', sa.String(length=10), nullable=True),
    sa.Column('until', sa.String(length=10), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_secretariat_hosts_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_secretariat_hosts_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_secretariat_hosts_participant_id_participants')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_secretariat_hosts_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_secretariat_hosts'))
    )
    with op.batch_alter_table('secretariat_hosts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_secretariat_hosts_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_secretariat_hosts_process_id'), ['process_id'], unique=False)

    op.create_table('tracks',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('government', 'civil_society', name='trackkind', native_enum=False, length=40), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_tracks_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_tracks_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_tracks_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tracks')),
    sa.UniqueConstraint('process_id', 'slug', name=op.f('uq_tracks_process_id_slug'))
    )
    with op.batch_alter_table('tracks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tracks_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tracks_process_id'), ['process_id'], unique=False)

    op.create_table('bodies',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.JSON(), nullable=False),
    sa.Column('abbreviation', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('permanence', sa.String(length=20), nullable=False),
    sa.Column('frequency', sa.String(length=120), nullable=False),
    sa.Column('membership', sa.Enum('process', 'own', name='bodymembershiprule', native_enum=False, length=40), nullable=False),
    sa.Column('note', sa.JSON(), nullable=True),
    sa.Column('state', sa.Enum('active', 'dormant', 'concluded', name='lifestate', native_enum=False, length=40), nullable=False),
    sa.Column('state_decision', sa.String(length=500), nullable=False),
    sa.Column('state_since', sa.Date(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('since', sa.String(length=10), nullable=True),
    sa.Column('until', sa.String(length=10), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_bodies_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_bodies_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_bodies_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_bodies_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bodies'))
    )
    with op.batch_alter_table('bodies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bodies_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bodies_process_id'), ['process_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bodies_track_id'), ['track_id'], unique=False)

    op.create_table('contact_cards',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('function', sa.JSON(), nullable=True),
    sa.Column('ministry', sa.JSON(), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('address_as', sa.JSON(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_contact_cards_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_contact_cards_own_label_id_labels')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_contact_cards_person_id_persons')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_contact_cards_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_contact_cards_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_cards'))
    )
    with op.batch_alter_table('contact_cards', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_cards_label_id'), ['label_id'], unique=False)
        batch_op.create_index('ix_contact_cards_person', ['person_id', 'process_id', 'track_id'], unique=True)
        batch_op.create_index(batch_op.f('ix_contact_cards_process_id'), ['process_id'], unique=False)

    op.create_table('digest_series',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('not_before', sa.Date(), nullable=True),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('personal_line', sa.String(length=500), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_digest_series_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_digest_series_own_label_id_labels')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_digest_series_person_id_persons')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_digest_series_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_digest_series_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digest_series')),
    sa.UniqueConstraint('person_id', 'hat', 'process_id', 'track_id', name=op.f('uq_digest_series_person_id_hat_process_id_track_id'))
    )
    with op.batch_alter_table('digest_series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_digest_series_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_digest_series_process_id'), ['process_id'], unique=False)

    op.create_table('follow_up_policies',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('stopped', sa.Boolean(), nullable=False),
    sa.Column('before_due', sa.JSON(), nullable=False),
    sa.Column('after_due', sa.JSON(), nullable=False),
    sa.Column('answer_after', sa.JSON(), nullable=False),
    sa.Column('check_in_every', sa.Integer(), nullable=False),
    sa.Column('apart', sa.Integer(), nullable=False),
    sa.Column('most_a_quarter', sa.Integer(), nullable=False),
    sa.Column('grace', sa.Integer(), nullable=False),
    sa.Column('quiet_weekends', sa.Boolean(), nullable=False),
    sa.Column('sending_hour', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_follow_up_policies_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_follow_up_policies_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_follow_up_policies_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_follow_up_policies_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_policies')),
    sa.UniqueConstraint('process_id', 'track_id', name=op.f('uq_follow_up_policies_process_id_track_id'))
    )
    with op.batch_alter_table('follow_up_policies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_up_policies_label_id'), ['label_id'], unique=False)

    op.create_table('mail_links',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=True),
    sa.Column('track_id', sa.Uuid(), nullable=True),
    sa.Column('subjects', sa.JSON(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('renewable', sa.Boolean(), nullable=False),
    sa.Column('single_use', sa.Boolean(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_mail_links_person_id_persons')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_mail_links_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_mail_links_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_links')),
    sa.UniqueConstraint('key', name=op.f('uq_mail_links_key'))
    )
    with op.batch_alter_table('mail_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_links_person_id'), ['person_id'], unique=False)

    op.create_table('outbox_messages',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('notice', sa.String(length=60), nullable=False),
    sa.Column('number', sa.String(length=12), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=True),
    sa.Column('track_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.JSON(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=True),
    sa.Column('put_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'leased', 'held', 'in_doubt', 'sent', 'skipped', 'dead', name='mailstate', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('detail', sa.String(length=500), nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.String(length=200), nullable=True),
    sa.Column('lease_token', sa.String(length=32), nullable=True),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('transmitting_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_outbox_messages_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_outbox_messages_own_label_id_labels')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_outbox_messages_person_id_persons')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_outbox_messages_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_outbox_messages_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_messages')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_messages_key')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_messages_message_id')),
    sa.UniqueConstraint('number', name=op.f('uq_outbox_messages_number'))
    )
    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_messages_due', ['state', 'next_attempt_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_messages_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_messages_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_outbox_messages_place', ['process_id', 'track_id', 'state'], unique=False)

    op.create_table('participations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('category', sa.String(length=300), nullable=False),
    sa.Column('category_kind', sa.String(length=40), nullable=False),
    sa.Column('standing', sa.Enum('member', 'observer', 'partner', 'participant', 'partner_for_activities', 'invited_ad_hoc', 'candidate', 'suspended', 'former', name='standingkind', native_enum=False, length=40), nullable=False),
    sa.Column('name_at_the_time', sa.String(length=300), nullable=False),
    sa.Column('note', sa.JSON(), nullable=True),
    sa.Column('basis', sa.String(length=20), nullable=False),
    sa.Column('decision', sa.String(length=500), nullable=False),
    sa.Column('last_generation', sa.Integer(), nullable=True),
    sa.Column('since', sa.String(length=10), nullable=True),
    sa.Column('until', sa.String(length=10), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_participations_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_participations_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_participations_participant_id_participants')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_participations_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_participations_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participations'))
    )
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participations_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participations_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participations_process_id'), ['process_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participations_track_id'), ['track_id'], unique=False)

    op.create_table('appointments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('role', sa.Enum('focal_point', 'alternate', 'colleague', 'chair', 'liaison_officer', 'representative', 'officer', 'coordinator', 'administrator', name='rolename', native_enum=False, length=40), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=True),
    sa.Column('track_id', sa.Uuid(), nullable=True),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('subject', sa.JSON(), nullable=True),
    sa.Column('department', sa.JSON(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('letter', sa.String(length=300), nullable=False),
    sa.Column('letter_on', sa.Date(), nullable=True),
    sa.Column('ended_why', sa.String(length=300), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_appointments_body_id_bodies')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_appointments_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_appointments_own_label_id_labels')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_appointments_person_id_persons')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_appointments_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_appointments_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointments'))
    )
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointments_hat'), ['hat'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointments_label_id'), ['label_id'], unique=False)
        batch_op.create_index('ix_appointments_person_hat', ['person_id', 'hat'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointments_process_id'), ['process_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointments_role'), ['role'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointments_track_id'), ['track_id'], unique=False)

    op.create_table('body_memberships',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('name_text', sa.String(length=300), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('since', sa.String(length=10), nullable=True),
    sa.Column('until', sa.String(length=10), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_body_memberships_body_id_bodies')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_body_memberships_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_body_memberships_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_body_memberships_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body_memberships'))
    )
    with op.batch_alter_table('body_memberships', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_body_memberships_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_body_memberships_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_body_memberships_participant_id'), ['participant_id'], unique=False)

    op.create_table('chair_terms',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('name_text', sa.String(length=300), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.JSON(), nullable=True),
    sa.Column('theme', sa.JSON(), nullable=True),
    sa.Column('term', sa.String(length=40), nullable=False),
    sa.Column('note', sa.JSON(), nullable=True),
    sa.Column('decision', sa.String(length=500), nullable=False),
    sa.Column('since', sa.String(length=10), nullable=True),
    sa.Column('until', sa.String(length=10), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_chair_terms_body_id_bodies')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_chair_terms_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_chair_terms_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_chair_terms_participant_id_participants')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_chair_terms_process_id_processes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chair_terms'))
    )
    with op.batch_alter_table('chair_terms', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_chair_terms_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chair_terms_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chair_terms_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_chair_terms_process_id'), ['process_id'], unique=False)

    op.create_table('contact_numbers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('card_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('value', sa.String(length=254), nullable=False),
    sa.Column('for_mail', sa.Boolean(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['card_id'], ['contact_cards.id'], name=op.f('fk_contact_numbers_card_id_contact_cards')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_contact_numbers_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_contact_numbers_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_numbers'))
    )
    with op.batch_alter_table('contact_numbers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_numbers_card_id'), ['card_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_numbers_label_id'), ['label_id'], unique=False)

    op.create_table('digests',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('series_id', sa.Uuid(), nullable=False),
    sa.Column('window', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('by_policy', 'by_hand', 'skipped', name='digestkind', native_enum=False, length=40), nullable=False),
    sa.Column('personal_line', sa.String(length=500), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('mail_id', sa.Uuid(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_digests_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_digests_own_label_id_labels')),
    sa.ForeignKeyConstraint(['series_id'], ['digest_series.id'], name=op.f('fk_digests_series_id_digest_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digests')),
    sa.UniqueConstraint('series_id', 'window', name=op.f('uq_digests_series_id_window'))
    )
    with op.batch_alter_table('digests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_digests_label_id'), ['label_id'], unique=False)

    op.create_table('mail_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'leased', 'held', 'in_doubt', 'sent', 'skipped', 'dead', name='mailstate', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('detail', sa.String(length=500), nullable=False),
    sa.Column('by_person_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['message_id'], ['outbox_messages.id'], name=op.f('fk_mail_attempts_message_id_outbox_messages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_attempts'))
    )
    with op.batch_alter_table('mail_attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_attempts_message_id'), ['message_id'], unique=False)

    op.create_table('meetings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('body_kind', sa.String(length=60), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('starts_on', sa.String(length=10), nullable=True),
    sa.Column('ends_on', sa.String(length=10), nullable=True),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('place', sa.JSON(), nullable=True),
    sa.Column('country_iso', sa.String(length=2), nullable=False),
    sa.Column('is_online', sa.Boolean(), nullable=False),
    sa.Column('host_id', sa.Uuid(), nullable=True),
    sa.Column('host_text', sa.String(length=300), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('attribution', sa.Enum('open', 'chatham_house', 'off_the_record', name='attributionrule', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'announced', 'held', 'closed', 'postponed', 'cancelled', name='meetingstate', native_enum=False, length=40), nullable=False),
    sa.Column('state_word', sa.JSON(), nullable=True),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('note', sa.JSON(), nullable=True),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_meetings_body_id_bodies')),
    sa.ForeignKeyConstraint(['host_id'], ['participants.id'], name=op.f('fk_meetings_host_id_participants')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_meetings_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_meetings_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_meetings_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_meetings_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings'))
    )
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meetings_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meetings_ends_on'), ['ends_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_meetings_label_id'), ['label_id'], unique=False)
        batch_op.create_index('ix_meetings_process_days', ['process_id', 'starts_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_meetings_track_id'), ['track_id'], unique=False)

    op.create_table('agenda_items',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('day', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('is_break', sa.Boolean(), nullable=False),
    sa.Column('led_by_id', sa.Uuid(), nullable=True),
    sa.Column('led_by_text', sa.String(length=300), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_agenda_items_label_id_labels')),
    sa.ForeignKeyConstraint(['led_by_id'], ['participants.id'], name=op.f('fk_agenda_items_led_by_id_participants')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_agenda_items_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_agenda_items_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_items'))
    )
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_items_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_items_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('invitations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('standing', sa.Enum('member', 'observer', 'partner', 'participant', 'partner_for_activities', 'invited_ad_hoc', 'candidate', 'suspended', 'former', name='standingkind', native_enum=False, length=40), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('answer', sa.Enum('awaited', 'attends', 'regrets', 'will_answer', name='answer', native_enum=False, length=40), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=True),
    sa.Column('will_answer_by', sa.Date(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Uuid(), nullable=True),
    sa.Column('attendance', sa.Enum('present', 'represented', 'regrets', 'not_represented', name='attendance', native_enum=False, length=40), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_invitations_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_invitations_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_invitations_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_invitations_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('meeting_id', 'participant_id', name=op.f('uq_invitations_meeting_id_participant_id'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitations_answer'), ['answer'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_participant_id'), ['participant_id'], unique=False)

    op.create_table('join_links',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=500), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_join_links_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_join_links_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_join_links_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_join_links')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_join_links_meeting_id'))
    )
    with op.batch_alter_table('join_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_join_links_label_id'), ['label_id'], unique=False)

    op.create_table('meeting_notices',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('starts_on', sa.String(length=10), nullable=True),
    sa.Column('ends_on', sa.String(length=10), nullable=True),
    sa.Column('place', sa.JSON(), nullable=True),
    sa.Column('is_online', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'announced', 'held', 'closed', 'postponed', 'cancelled', name='meetingstate', native_enum=False, length=40), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_meeting_notices_body_id_bodies')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_meeting_notices_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_notices_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_meeting_notices_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_meeting_notices_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_meeting_notices_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_notices')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_meeting_notices_meeting_id'))
    )
    with op.batch_alter_table('meeting_notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_notices_label_id'), ['label_id'], unique=False)
        batch_op.create_index('ix_meeting_notices_process_days', ['process_id', 'starts_on'], unique=False)

    op.create_table('plans',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('symbol', sa.String(length=60), nullable=False),
    sa.Column('period_from', sa.String(length=10), nullable=True),
    sa.Column('period_until', sa.String(length=10), nullable=True),
    sa.Column('state', sa.Enum('draft', 'adopted', 'closed', name='planstate', native_enum=False, length=40), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=True),
    sa.Column('adopted_meeting_id', sa.Uuid(), nullable=True),
    sa.Column('adopted_where', sa.JSON(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['adopted_meeting_id'], ['meetings.id'], name=op.f('fk_plans_adopted_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_plans_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_plans_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_plans_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_plans_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plans'))
    )
    with op.batch_alter_table('plans', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plans_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plans_process_id'), ['process_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plans_track_id'), ['track_id'], unique=False)

    op.create_table('reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.String(length=40), nullable=False),
    sa.Column('cycle', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['digest_id'], ['digests.id'], name=op.f('fk_reminders_digest_id_digests')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_reminders_person_id_persons')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('person_id', 'hat', 'kind', 'subject_id', 'step', 'cycle', name=op.f('uq_reminders_person_id_hat_kind_subject_id_step_cycle'))
    )
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminders_digest_id'), ['digest_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminders_subject_id'), ['subject_id'], unique=False)

    op.create_table('sittings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('begins', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_sittings_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_sittings_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_sittings_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sittings'))
    )
    with op.batch_alter_table('sittings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sittings_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sittings_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('areas',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_areas_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_areas_own_label_id_labels')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_areas_plan_id_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_areas'))
    )
    with op.batch_alter_table('areas', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_areas_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_areas_plan_id'), ['plan_id'], unique=False)

    op.create_table('commitment_sequences',
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('readers', sa.String(length=20), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_commitment_sequences_plan_id_plans')),
    sa.PrimaryKeyConstraint('plan_id', 'place', 'readers', name=op.f('pk_commitment_sequences'))
    )
    op.create_table('delegates',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('invitation_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('head', 'delegate', 'adviser', name='delegaterole', native_enum=False, length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('function', sa.String(length=300), nullable=False),
    sa.Column('ministry', sa.String(length=300), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_delegates_invitation_id_invitations')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_delegates_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_delegates_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegates'))
    )
    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegates_invitation_id'), ['invitation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegates_label_id'), ['label_id'], unique=False)

    op.create_table('outcomes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('operative_verb', sa.String(length=40), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('addressed_to', sa.String(length=20), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('dated', sa.String(length=10), nullable=True),
    sa.Column('state', sa.Enum('draft', 'confirmed', 'withdrawn', name='outcomestate', native_enum=False, length=40), nullable=False),
    sa.Column('adoption', sa.Enum('consensus', 'ad_referendum', 'chairs_summary', 'named_participants', name='adoption', native_enum=False, length=40), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Uuid(), nullable=True),
    sa.Column('confirmed_word', sa.String(length=500), nullable=False),
    sa.Column('phase', sa.String(length=60), nullable=False),
    sa.Column('note', sa.JSON(), nullable=True),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_outcomes_item_id_agenda_items')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_outcomes_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_outcomes_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_outcomes_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_outcomes_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_outcomes_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcomes'))
    )
    with op.batch_alter_table('outcomes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcomes_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outcomes_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index('ix_outcomes_process', ['process_id', 'dated'], unique=False)

    op.create_table('progress_reports',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('introduction', sa.JSON(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_progress_reports_body_id_bodies')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_progress_reports_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_progress_reports_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_progress_reports_own_label_id_labels')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_progress_reports_plan_id_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_reports'))
    )
    with op.batch_alter_table('progress_reports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_progress_reports_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_progress_reports_plan_id'), ['plan_id'], unique=False)

    op.create_table('objectives',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['areas.id'], name=op.f('fk_objectives_area_id_areas')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_objectives_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_objectives_own_label_id_labels')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_objectives_plan_id_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objectives'))
    )
    with op.batch_alter_table('objectives', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objectives_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objectives_plan_id'), ['plan_id'], unique=False)

    op.create_table('outcome_parties',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('outcome_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('addressee', 'by', name='partyrole', native_enum=False, length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('name_text', sa.String(length=300), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_outcome_parties_label_id_labels')),
    sa.ForeignKeyConstraint(['outcome_id'], ['outcomes.id'], name=op.f('fk_outcome_parties_outcome_id_outcomes')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_outcome_parties_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_outcome_parties_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome_parties'))
    )
    with op.batch_alter_table('outcome_parties', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcome_parties_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outcome_parties_outcome_id'), ['outcome_id'], unique=False)

    op.create_table('outcome_statements',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('outcome_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('reservation', 'explanation_of_position', name='statementkind', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_outcome_statements_label_id_labels')),
    sa.ForeignKeyConstraint(['outcome_id'], ['outcomes.id'], name=op.f('fk_outcome_statements_outcome_id_outcomes')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_outcome_statements_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_outcome_statements_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome_statements'))
    )
    with op.batch_alter_table('outcome_statements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcome_statements_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outcome_statements_outcome_id'), ['outcome_id'], unique=False)

    op.create_table('report_editions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('standing', sa.String(length=20), nullable=False),
    sa.Column('symbol', sa.String(length=60), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_report_editions_body_id_bodies')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_report_editions_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_report_editions_own_label_id_labels')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_report_editions_plan_id_plans')),
    sa.ForeignKeyConstraint(['report_id'], ['progress_reports.id'], name=op.f('fk_report_editions_report_id_progress_reports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_editions'))
    )
    with op.batch_alter_table('report_editions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_editions_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_editions_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_editions_report_id'), ['report_id'], unique=False)

    op.create_table('activities',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('objective_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['areas.id'], name=op.f('fk_activities_area_id_areas')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_activities_label_id_labels')),
    sa.ForeignKeyConstraint(['objective_id'], ['objectives.id'], name=op.f('fk_activities_objective_id_objectives')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_activities_own_label_id_labels')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_activities_plan_id_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activities'))
    )
    with op.batch_alter_table('activities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activities_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_activities_plan_id'), ['plan_id'], unique=False)

    op.create_table('commitments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('objective_id', sa.Uuid(), nullable=True),
    sa.Column('activity_id', sa.Uuid(), nullable=True),
    sa.Column('part_number', sa.String(length=40), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'accepted', 'declined', 'taken_back', 'withdrawn', name='commitmentstate', native_enum=False, length=40), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('lead', sa.JSON(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('indicator', sa.JSON(), nullable=True),
    sa.Column('outcome_id', sa.Uuid(), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_commitments_activity_id_activities')),
    sa.ForeignKeyConstraint(['area_id'], ['areas.id'], name=op.f('fk_commitments_area_id_areas')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_commitments_label_id_labels')),
    sa.ForeignKeyConstraint(['objective_id'], ['objectives.id'], name=op.f('fk_commitments_objective_id_objectives')),
    sa.ForeignKeyConstraint(['outcome_id'], ['outcomes.id'], name=op.f('fk_commitments_outcome_id_outcomes')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_commitments_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_commitments_participant_id_participants')),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_commitments_plan_id_plans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitments'))
    )
    with op.batch_alter_table('commitments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commitments_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitments_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitments_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitments_label_id'), ['label_id'], unique=False)
        batch_op.create_index('ix_commitments_list', ['plan_id', 'state', 'place', 'number'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitments_objective_id'), ['objective_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitments_outcome_id'), ['outcome_id'], unique=False)
        batch_op.create_index('ix_commitments_owner', ['participant_id', 'state'], unique=False)

    op.create_table('commitment_partners',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('commitment_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('name_text', sa.String(length=300), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitments.id'], name=op.f('fk_commitment_partners_commitment_id_commitments')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_commitment_partners_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_commitment_partners_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_commitment_partners_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment_partners'))
    )
    with op.batch_alter_table('commitment_partners', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commitment_partners_commitment_id'), ['commitment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitment_partners_label_id'), ['label_id'], unique=False)

    op.create_table('commitment_revisions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('commitment_id', sa.Uuid(), nullable=False),
    sa.Column('revised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('words_before', sa.JSON(), nullable=False),
    sa.Column('words_after', sa.JSON(), nullable=False),
    sa.Column('due_before', sa.Date(), nullable=True),
    sa.Column('due_after', sa.Date(), nullable=True),
    sa.Column('lead_before', sa.JSON(), nullable=True),
    sa.Column('lead_after', sa.JSON(), nullable=True),
    sa.Column('reason', sa.JSON(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitments.id'], name=op.f('fk_commitment_revisions_commitment_id_commitments')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_commitment_revisions_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_commitment_revisions_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment_revisions'))
    )
    with op.batch_alter_table('commitment_revisions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commitment_revisions_commitment_id'), ['commitment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitment_revisions_label_id'), ['label_id'], unique=False)

    op.create_table('progress_updates',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('commitment_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.Enum('not_yet_started', 'in_progress', 'completed', 'postponed', 'withdrawn', name='status', native_enum=False, length=40), nullable=False),
    sa.Column('step', sa.JSON(), nullable=True),
    sa.Column('postponed_to', sa.Date(), nullable=True),
    sa.Column('what_changed', sa.Enum('law', 'policy', 'practice', 'project', 'nothing_yet', name='change', native_enum=False, length=40), nullable=True),
    sa.Column('state', sa.Enum('noted', 'confirmed', 'corrected', name='updatestate', native_enum=False, length=40), nullable=False),
    sa.Column('stated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_person_id', sa.Uuid(), nullable=True),
    sa.Column('by_hat', sa.String(length=60), nullable=False),
    sa.Column('correction_of_id', sa.Uuid(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_person_id'], ['persons.id'], name=op.f('fk_progress_updates_by_person_id_persons')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitments.id'], name=op.f('fk_progress_updates_commitment_id_commitments')),
    sa.ForeignKeyConstraint(['correction_of_id'], ['progress_updates.id'], name=op.f('fk_progress_updates_correction_of_id_progress_updates')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_progress_updates_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_progress_updates_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progress_updates'))
    )
    with op.batch_alter_table('progress_updates', schema=None) as batch_op:
        batch_op.create_index('ix_progress_updates_in_force', ['commitment_id', 'state', 'stated_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_progress_updates_label_id'), ['label_id'], unique=False)

    op.create_table('proposals',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('commitment_id', sa.Uuid(), nullable=False),
    sa.Column('drafted_by_person_id', sa.Uuid(), nullable=True),
    sa.Column('drafted_by_hat', sa.String(length=60), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('lead', sa.JSON(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Enum('accepted', 'amended', 'declined', name='answerkind', native_enum=False, length=40), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_person_id', sa.Uuid(), nullable=True),
    sa.Column('word', sa.String(length=2000), nullable=False),
    sa.Column('ring_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_person_id'], ['persons.id'], name=op.f('fk_proposals_answered_by_person_id_persons')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitments.id'], name=op.f('fk_proposals_commitment_id_commitments')),
    sa.ForeignKeyConstraint(['drafted_by_person_id'], ['persons.id'], name=op.f('fk_proposals_drafted_by_person_id_persons')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_proposals_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_proposals_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposals')),
    sa.UniqueConstraint('commitment_id', name=op.f('uq_proposals_commitment_id'))
    )
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposals_label_id'), ['label_id'], unique=False)

    op.create_table('consultations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('proposal_id', sa.Uuid(), nullable=False),
    sa.Column('asked_by_person_id', sa.Uuid(), nullable=False),
    sa.Column('asked_by_hat', sa.String(length=60), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('colleague_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('reply', sa.String(length=2000), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_person_id'], ['persons.id'], name=op.f('fk_consultations_asked_by_person_id_persons')),
    sa.ForeignKeyConstraint(['colleague_id'], ['persons.id'], name=op.f('fk_consultations_colleague_id_persons')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_consultations_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_consultations_own_label_id_labels')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_consultations_proposal_id_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultations'))
    )
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultations_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultations_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('evidence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('update_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=500), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_evidence_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_evidence_own_label_id_labels')),
    sa.ForeignKeyConstraint(['update_id'], ['progress_updates.id'], name=op.f('fk_evidence_update_id_progress_updates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('update_id', 'position', name=op.f('uq_evidence_update_id_position'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_update_id'), ['update_id'], unique=False)

    op.create_table('obstacles',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('update_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_obstacles_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_obstacles_own_label_id_labels')),
    sa.ForeignKeyConstraint(['update_id'], ['progress_updates.id'], name=op.f('fk_obstacles_update_id_progress_updates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_obstacles')),
    sa.UniqueConstraint('update_id', name=op.f('uq_obstacles_update_id'))
    )
    with op.batch_alter_table('obstacles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_obstacles_label_id'), ['label_id'], unique=False)

    op.create_table('support_needed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('update_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_support_needed_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_support_needed_own_label_id_labels')),
    sa.ForeignKeyConstraint(['update_id'], ['progress_updates.id'], name=op.f('fk_support_needed_update_id_progress_updates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_needed')),
    sa.UniqueConstraint('update_id', name=op.f('uq_support_needed_update_id'))
    )
    with op.batch_alter_table('support_needed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_support_needed_label_id'), ['label_id'], unique=False)

    op.create_table('update_notes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('update_id', sa.Uuid(), nullable=False),
    sa.Column('after', sa.Enum('call', 'mail', 'meeting', name='notedafter', native_enum=False, length=40), nullable=False),
    sa.Column('noted_by_person_id', sa.Uuid(), nullable=True),
    sa.Column('noted_by_hat', sa.String(length=60), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_update_notes_label_id_labels')),
    sa.ForeignKeyConstraint(['noted_by_person_id'], ['persons.id'], name=op.f('fk_update_notes_noted_by_person_id_persons')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_update_notes_own_label_id_labels')),
    sa.ForeignKeyConstraint(['update_id'], ['progress_updates.id'], name=op.f('fk_update_notes_update_id_progress_updates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_update_notes')),
    sa.UniqueConstraint('update_id', name=op.f('uq_update_notes_update_id'))
    )
    with op.batch_alter_table('update_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_update_notes_label_id'), ['label_id'], unique=False)


    op.execute("INSERT INTO rights_state (id, epoch, labels) VALUES (1, 1, 0)")
    op.execute("INSERT INTO viewers (id, person_id, hat, epoch, labels) VALUES (1, NULL, 'nobody', 0, 0)")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('viewers', 'id'), 100)")
        for table in LABELLED:
            build_second_wall(table, READABLE.format(table=table))
        for table in BEHIND:
            build_second_wall(table, SYSTEM)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in (*LABELLED, *BEHIND):
            for act in ("read", "add", "change", "erase"):
                op.execute(f"DROP POLICY {table}_{act} ON {table}")
    with op.batch_alter_table('update_notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_update_notes_label_id'))

    op.drop_table('update_notes')
    with op.batch_alter_table('support_needed', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_support_needed_label_id'))

    op.drop_table('support_needed')
    with op.batch_alter_table('obstacles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_obstacles_label_id'))

    op.drop_table('obstacles')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_update_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_label_id'))

    op.drop_table('evidence')
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultations_proposal_id'))
        batch_op.drop_index(batch_op.f('ix_consultations_label_id'))

    op.drop_table('consultations')
    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposals_label_id'))

    op.drop_table('proposals')
    with op.batch_alter_table('progress_updates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_progress_updates_label_id'))
        batch_op.drop_index('ix_progress_updates_in_force')

    op.drop_table('progress_updates')
    with op.batch_alter_table('commitment_revisions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_commitment_revisions_label_id'))
        batch_op.drop_index(batch_op.f('ix_commitment_revisions_commitment_id'))

    op.drop_table('commitment_revisions')
    with op.batch_alter_table('commitment_partners', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_commitment_partners_label_id'))
        batch_op.drop_index(batch_op.f('ix_commitment_partners_commitment_id'))

    op.drop_table('commitment_partners')
    with op.batch_alter_table('commitments', schema=None) as batch_op:
        batch_op.drop_index('ix_commitments_owner')
        batch_op.drop_index(batch_op.f('ix_commitments_outcome_id'))
        batch_op.drop_index(batch_op.f('ix_commitments_objective_id'))
        batch_op.drop_index('ix_commitments_list')
        batch_op.drop_index(batch_op.f('ix_commitments_label_id'))
        batch_op.drop_index(batch_op.f('ix_commitments_due_on'))
        batch_op.drop_index(batch_op.f('ix_commitments_area_id'))
        batch_op.drop_index(batch_op.f('ix_commitments_activity_id'))

    op.drop_table('commitments')
    with op.batch_alter_table('activities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activities_plan_id'))
        batch_op.drop_index(batch_op.f('ix_activities_label_id'))

    op.drop_table('activities')
    with op.batch_alter_table('report_editions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_editions_report_id'))
        batch_op.drop_index(batch_op.f('ix_report_editions_plan_id'))
        batch_op.drop_index(batch_op.f('ix_report_editions_label_id'))

    op.drop_table('report_editions')
    with op.batch_alter_table('outcome_statements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcome_statements_outcome_id'))
        batch_op.drop_index(batch_op.f('ix_outcome_statements_label_id'))

    op.drop_table('outcome_statements')
    with op.batch_alter_table('outcome_parties', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcome_parties_outcome_id'))
        batch_op.drop_index(batch_op.f('ix_outcome_parties_label_id'))

    op.drop_table('outcome_parties')
    with op.batch_alter_table('objectives', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_objectives_plan_id'))
        batch_op.drop_index(batch_op.f('ix_objectives_label_id'))

    op.drop_table('objectives')
    with op.batch_alter_table('progress_reports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_progress_reports_plan_id'))
        batch_op.drop_index(batch_op.f('ix_progress_reports_label_id'))

    op.drop_table('progress_reports')
    with op.batch_alter_table('outcomes', schema=None) as batch_op:
        batch_op.drop_index('ix_outcomes_process')
        batch_op.drop_index(batch_op.f('ix_outcomes_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_outcomes_label_id'))

    op.drop_table('outcomes')
    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delegates_label_id'))
        batch_op.drop_index(batch_op.f('ix_delegates_invitation_id'))

    op.drop_table('delegates')
    op.drop_table('commitment_sequences')
    with op.batch_alter_table('areas', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_areas_plan_id'))
        batch_op.drop_index(batch_op.f('ix_areas_label_id'))

    op.drop_table('areas')
    with op.batch_alter_table('sittings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sittings_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_sittings_label_id'))

    op.drop_table('sittings')
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminders_subject_id'))
        batch_op.drop_index(batch_op.f('ix_reminders_digest_id'))

    op.drop_table('reminders')
    with op.batch_alter_table('plans', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plans_track_id'))
        batch_op.drop_index(batch_op.f('ix_plans_process_id'))
        batch_op.drop_index(batch_op.f('ix_plans_label_id'))

    op.drop_table('plans')
    with op.batch_alter_table('meeting_notices', schema=None) as batch_op:
        batch_op.drop_index('ix_meeting_notices_process_days')
        batch_op.drop_index(batch_op.f('ix_meeting_notices_label_id'))

    op.drop_table('meeting_notices')
    with op.batch_alter_table('join_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_join_links_label_id'))

    op.drop_table('join_links')
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitations_participant_id'))
        batch_op.drop_index(batch_op.f('ix_invitations_label_id'))
        batch_op.drop_index(batch_op.f('ix_invitations_answer'))

    op.drop_table('invitations')
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agenda_items_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_agenda_items_label_id'))

    op.drop_table('agenda_items')
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meetings_track_id'))
        batch_op.drop_index('ix_meetings_process_days')
        batch_op.drop_index(batch_op.f('ix_meetings_label_id'))
        batch_op.drop_index(batch_op.f('ix_meetings_ends_on'))
        batch_op.drop_index(batch_op.f('ix_meetings_body_id'))

    op.drop_table('meetings')
    with op.batch_alter_table('mail_attempts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_attempts_message_id'))

    op.drop_table('mail_attempts')
    with op.batch_alter_table('digests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_digests_label_id'))

    op.drop_table('digests')
    with op.batch_alter_table('contact_numbers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_numbers_label_id'))
        batch_op.drop_index(batch_op.f('ix_contact_numbers_card_id'))

    op.drop_table('contact_numbers')
    with op.batch_alter_table('chair_terms', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_chair_terms_process_id'))
        batch_op.drop_index(batch_op.f('ix_chair_terms_participant_id'))
        batch_op.drop_index(batch_op.f('ix_chair_terms_label_id'))
        batch_op.drop_index(batch_op.f('ix_chair_terms_body_id'))

    op.drop_table('chair_terms')
    with op.batch_alter_table('body_memberships', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_body_memberships_participant_id'))
        batch_op.drop_index(batch_op.f('ix_body_memberships_label_id'))
        batch_op.drop_index(batch_op.f('ix_body_memberships_body_id'))

    op.drop_table('body_memberships')
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appointments_track_id'))
        batch_op.drop_index(batch_op.f('ix_appointments_role'))
        batch_op.drop_index(batch_op.f('ix_appointments_process_id'))
        batch_op.drop_index('ix_appointments_person_hat')
        batch_op.drop_index(batch_op.f('ix_appointments_label_id'))
        batch_op.drop_index(batch_op.f('ix_appointments_hat'))

    op.drop_table('appointments')
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_participations_track_id'))
        batch_op.drop_index(batch_op.f('ix_participations_process_id'))
        batch_op.drop_index(batch_op.f('ix_participations_participant_id'))
        batch_op.drop_index(batch_op.f('ix_participations_label_id'))

    op.drop_table('participations')
    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_messages_place')
        batch_op.drop_index(batch_op.f('ix_outbox_messages_person_id'))
        batch_op.drop_index(batch_op.f('ix_outbox_messages_label_id'))
        batch_op.drop_index('ix_outbox_messages_due')

    op.drop_table('outbox_messages')
    with op.batch_alter_table('mail_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_links_person_id'))

    op.drop_table('mail_links')
    with op.batch_alter_table('follow_up_policies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_up_policies_label_id'))

    op.drop_table('follow_up_policies')
    with op.batch_alter_table('digest_series', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_digest_series_process_id'))
        batch_op.drop_index(batch_op.f('ix_digest_series_label_id'))

    op.drop_table('digest_series')
    with op.batch_alter_table('contact_cards', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_cards_process_id'))
        batch_op.drop_index('ix_contact_cards_person')
        batch_op.drop_index(batch_op.f('ix_contact_cards_label_id'))

    op.drop_table('contact_cards')
    with op.batch_alter_table('bodies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bodies_track_id'))
        batch_op.drop_index(batch_op.f('ix_bodies_process_id'))
        batch_op.drop_index(batch_op.f('ix_bodies_label_id'))

    op.drop_table('bodies')
    with op.batch_alter_table('tracks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tracks_process_id'))
        batch_op.drop_index(batch_op.f('ix_tracks_label_id'))

    op.drop_table('tracks')
    with op.batch_alter_table('secretariat_hosts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_secretariat_hosts_process_id'))
        batch_op.drop_index(batch_op.f('ix_secretariat_hosts_label_id'))

    op.drop_table('secretariat_hosts')
    with op.batch_alter_table('process_texts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_process_texts_process_id'))
        batch_op.drop_index(batch_op.f('ix_process_texts_label_id'))

    op.drop_table('process_texts')
    with op.batch_alter_table('pillars', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pillars_process_id'))
        batch_op.drop_index(batch_op.f('ix_pillars_label_id'))

    op.drop_table('pillars')
    with op.batch_alter_table('phases', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phases_process_id'))
        batch_op.drop_index(batch_op.f('ix_phases_label_id'))

    op.drop_table('phases')
    with op.batch_alter_table('participant_names', schema=None) as batch_op:
        batch_op.drop_index('ix_participant_names_lookup')

    op.drop_table('participant_names')
    with op.batch_alter_table('open_sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_open_sessions_user_id'))
        batch_op.drop_index(batch_op.f('ix_open_sessions_seen_at'))

    op.drop_table('open_sessions')
    with op.batch_alter_table('loaded_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_loaded_files_label_id'))

    op.drop_table('loaded_files')
    with op.batch_alter_table('audit_contents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_contents_subject_id'))
        batch_op.drop_index(batch_op.f('ix_audit_contents_label_id'))

    op.drop_table('audit_contents')
    with op.batch_alter_table('address_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_address_changes_user_id'))

    op.drop_table('address_changes')
    op.drop_table('users')
    with op.batch_alter_table('readable_labels', schema=None) as batch_op:
        batch_op.drop_index('ix_readable_labels_label_id')

    op.drop_table('readable_labels')
    with op.batch_alter_table('processes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_processes_label_id'))

    op.drop_table('processes')
    with op.batch_alter_table('label_clauses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_label_clauses_process_id'))

    op.drop_table('label_clauses')
    with op.batch_alter_table('label_changes', schema=None) as batch_op:
        batch_op.drop_index('ix_label_changes_thing')

    op.drop_table('label_changes')
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_jobs_label_id'))

    op.drop_table('jobs')
    op.drop_table('audit_entries')
    op.drop_table('viewers')
    with op.batch_alter_table('used_nonces', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_used_nonces_at'))

    op.drop_table('used_nonces')
    op.drop_table('throttles')
    op.drop_table('sending_state')
    with op.batch_alter_table('security_events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_security_events_at'))

    op.drop_table('security_events')
    op.drop_table('rights_state')
    op.drop_table('persons')
    op.drop_table('password_requests')
    with op.batch_alter_table('participants', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_participants_iso'))

    op.drop_table('participants')
    op.drop_table('labels')
    with op.batch_alter_table('kept_forms', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_forms_user_id'))

    op.drop_table('kept_forms')
    op.drop_table('heartbeats')
    op.drop_table('audit_chains')
