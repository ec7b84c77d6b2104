"""Documents, their language versions and files, the words of these; how the symbols of a track are made."""

import sqlalchemy as sa
from alembic import op

revision = '0010_documents'
down_revision = '0009_generation_of_things'
branch_labels = None
depends_on = None

LABELLED = ("documents", "document_versions", "document_files", "document_texts")
READABLE = (
    "current_setting('secretariat.system', true) = 'on'"
    " OR EXISTS (SELECT 1 FROM readable_labels r"
    " WHERE r.viewer_id = nullif(current_setting('secretariat.viewer', true), '')::int"
    " AND r.label_id = {table}.label_id)"
)


def upgrade() -> None:
    op.create_table('documents',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('line_id', sa.Uuid(), nullable=True),
    sa.Column('revision', sa.Enum('first', 'rev', 'corr', 'add', name='revision', native_enum=False, length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('dated', sa.String(length=10), nullable=True),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('author_text', sa.String(length=300), nullable=False),
    sa.Column('state', sa.Enum('draft', 'issued', 'superseded', 'withdrawn', name='documentstate', native_enum=False, length=40), nullable=False),
    sa.Column('readers_label_id', sa.Integer(), nullable=True),
    sa.Column('release_on', sa.Date(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_word', sa.JSON(), nullable=True),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('symbol', sa.String(length=160), nullable=True),
    sa.Column('symbol_stem', sa.String(length=160), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('sequence_label_id', sa.Integer(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['participants.id'], name=op.f('fk_documents_author_id_participants')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_documents_body_id_bodies')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_documents_label_id_labels')),
    sa.ForeignKeyConstraint(['line_id'], ['documents.id'], name=op.f('fk_documents_line_id_documents')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_documents_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_documents_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_documents_process_id_processes')),
    sa.ForeignKeyConstraint(['readers_label_id'], ['labels.id'], name=op.f('fk_documents_readers_label_id_labels')),
    sa.ForeignKeyConstraint(['sequence_label_id'], ['labels.id'], name=op.f('fk_documents_sequence_label_id_labels')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_documents_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents')),
    sa.UniqueConstraint('process_id', 'symbol', name=op.f('uq_documents_process_id_symbol'))
    )
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_documents_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_line_id'), ['line_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index('ix_documents_process_stem', ['process_id', 'symbol_stem'], unique=False)
        batch_op.create_index('ix_documents_release', ['state', 'release_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_documents_track_id'), ['track_id'], unique=False)

    op.create_table('document_versions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_original', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('original', 'awaited', 'final', name='versionstate', native_enum=False, length=40), nullable=False),
    sa.Column('translator', sa.String(length=300), nullable=False),
    sa.Column('translator_person_id', sa.Uuid(), nullable=True),
    sa.Column('translator_of_id', sa.Uuid(), nullable=True),
    sa.Column('word_count', sa.Integer(), nullable=True),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_versions_document_id_documents')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_document_versions_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_document_versions_own_label_id_labels')),
    sa.ForeignKeyConstraint(['translator_of_id'], ['participants.id'], name=op.f('fk_document_versions_translator_of_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_versions')),
    sa.UniqueConstraint('document_id', 'language', name=op.f('uq_document_versions_document_id_language'))
    )
    with op.batch_alter_table('document_versions', schema=None) as batch_op:
        batch_op.create_index('ix_document_versions_awaited', ['state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_versions_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_versions_translator_of_id'), ['translator_of_id'], unique=False)

    op.create_table('document_files',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('uploaded_by_id', sa.Uuid(), nullable=True),
    sa.Column('text_state', sa.Enum('waiting', 'read', 'unreadable', name='textstate', native_enum=False, length=40), nullable=False),
    sa.Column('text_attempts', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_document_files_document_id_documents')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_document_files_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_document_files_own_label_id_labels')),
    sa.ForeignKeyConstraint(['version_id'], ['document_versions.id'], name=op.f('fk_document_files_version_id_document_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_files')),
    sa.UniqueConstraint('key', name=op.f('uq_document_files_key'))
    )
    with op.batch_alter_table('document_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_files_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_files_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_files_text_state'), ['text_state'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_files_version_id'), ['version_id'], unique=False)

    op.create_table('document_texts',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['document_files.id'], name=op.f('fk_document_texts_file_id_document_files')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_document_texts_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_document_texts_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_texts')),
    sa.UniqueConstraint('file_id', name=op.f('uq_document_texts_file_id'))
    )
    with op.batch_alter_table('document_texts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_texts_label_id'), ['label_id'], unique=False)

    op.add_column('tracks', sa.Column('symbol_pattern', sa.String(length=120), server_default='', nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        for table in LABELLED:
            readable = READABLE.format(table=table)
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({readable})")
            op.execute(f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK (true)")
            op.execute(f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({readable}) WITH CHECK (true)")
            op.execute(f"CREATE POLICY {table}_erase ON {table} FOR DELETE USING ({readable})")



def downgrade() -> None:
    """The files themselves stay where they lie; the older product knows nothing of them."""
    op.drop_column('tracks', 'symbol_pattern')
    for table in reversed(LABELLED):
        op.drop_table(table)
