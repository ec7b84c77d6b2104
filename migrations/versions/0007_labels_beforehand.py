"""What is decided about labels beforehand: lowerings to come, days to look again, lowerings proposed."""

import sqlalchemy as sa
from alembic import op

revision = '0007_labels_beforehand'
down_revision = '0006_read_log'
branch_labels = None
depends_on = None

LABELLED = ("declassifications", "label_reviews", "proposed_lowerings")
READABLE = (
    "current_setting('secretariat.system', true) = 'on'"
    " OR EXISTS (SELECT 1 FROM readable_labels r"
    " WHERE r.viewer_id = nullif(current_setting('secretariat.viewer', true), '')::int"
    " AND r.label_id = {table}.label_id)"
)


def upgrade() -> None:
    op.create_table('declassifications',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=True),
    sa.Column('event', sa.String(length=60), nullable=False),
    sa.Column('event_subject', sa.Uuid(), nullable=True),
    sa.Column('decision', sa.String(length=300), nullable=False),
    sa.Column('state', sa.Enum('planned', 'done', 'held', 'called_off', name='declassificationstate', native_enum=False, length=40), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('thing_kind', sa.String(length=60), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('why', sa.String(length=500), nullable=False),
    sa.Column('by_person_id', sa.Uuid(), nullable=True),
    sa.Column('by_hat', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('widens', sa.Boolean(), nullable=False),
    sa.Column('lowered_to_id', sa.Integer(), nullable=True),
    sa.Column('from_label_id', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['from_label_id'], ['labels.id'], name=op.f('fk_declassifications_from_label_id_labels')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_declassifications_label_id_labels')),
    sa.ForeignKeyConstraint(['lowered_to_id'], ['labels.id'], name=op.f('fk_declassifications_lowered_to_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_declassifications_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_declassifications_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_declassifications_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declassifications'))
    )
    with op.batch_alter_table('declassifications', schema=None) as batch_op:
        batch_op.create_index('ix_declassifications_due', ['state', 'on'], unique=False)
        batch_op.create_index(batch_op.f('ix_declassifications_event_subject'), ['event_subject'], unique=False)
        batch_op.create_index(batch_op.f('ix_declassifications_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_declassifications_process_id'), ['process_id'], unique=False)
        batch_op.create_index('ix_declassifications_thing', ['thing_kind', 'thing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_declassifications_track_id'), ['track_id'], unique=False)

    op.create_table('label_reviews',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('looked_by_person_id', sa.Uuid(), nullable=True),
    sa.Column('thing_kind', sa.String(length=60), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('why', sa.String(length=500), nullable=False),
    sa.Column('by_person_id', sa.Uuid(), nullable=True),
    sa.Column('by_hat', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_label_reviews_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_label_reviews_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_label_reviews_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_label_reviews_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_label_reviews'))
    )
    with op.batch_alter_table('label_reviews', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_label_reviews_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_label_reviews_on'), ['on'], unique=False)
        batch_op.create_index(batch_op.f('ix_label_reviews_process_id'), ['process_id'], unique=False)
        batch_op.create_index('ix_label_reviews_thing', ['thing_kind', 'thing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_label_reviews_track_id'), ['track_id'], unique=False)

    op.create_table('proposed_lowerings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'accepted', 'declined', 'taken_back', name='loweringstate', native_enum=False, length=40), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.String(length=500), nullable=False),
    sa.Column('thing_kind', sa.String(length=60), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('why', sa.String(length=500), nullable=False),
    sa.Column('by_person_id', sa.Uuid(), nullable=True),
    sa.Column('by_hat', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('widens', sa.Boolean(), nullable=False),
    sa.Column('lowered_to_id', sa.Integer(), nullable=True),
    sa.Column('from_label_id', sa.Integer(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['from_label_id'], ['labels.id'], name=op.f('fk_proposed_lowerings_from_label_id_labels')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_proposed_lowerings_label_id_labels')),
    sa.ForeignKeyConstraint(['lowered_to_id'], ['labels.id'], name=op.f('fk_proposed_lowerings_lowered_to_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_proposed_lowerings_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_proposed_lowerings_participant_id_participants')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_proposed_lowerings_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_proposed_lowerings_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposed_lowerings'))
    )
    with op.batch_alter_table('proposed_lowerings', schema=None) as batch_op:
        batch_op.create_index('ix_proposed_lowerings_awaited', ['participant_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposed_lowerings_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposed_lowerings_process_id'), ['process_id'], unique=False)
        batch_op.create_index('ix_proposed_lowerings_thing', ['thing_kind', 'thing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposed_lowerings_track_id'), ['track_id'], unique=False)

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
    if op.get_bind().dialect.name == "postgresql":
        for table in LABELLED:
            for act in ("read", "add", "change", "erase"):
                op.execute(f"DROP POLICY {table}_{act} ON {table}")
    with op.batch_alter_table('proposed_lowerings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposed_lowerings_track_id'))
        batch_op.drop_index('ix_proposed_lowerings_thing')
        batch_op.drop_index(batch_op.f('ix_proposed_lowerings_process_id'))
        batch_op.drop_index(batch_op.f('ix_proposed_lowerings_label_id'))
        batch_op.drop_index('ix_proposed_lowerings_awaited')

    op.drop_table('proposed_lowerings')
    with op.batch_alter_table('label_reviews', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_label_reviews_track_id'))
        batch_op.drop_index('ix_label_reviews_thing')
        batch_op.drop_index(batch_op.f('ix_label_reviews_process_id'))
        batch_op.drop_index(batch_op.f('ix_label_reviews_on'))
        batch_op.drop_index(batch_op.f('ix_label_reviews_label_id'))

    op.drop_table('label_reviews')
    with op.batch_alter_table('declassifications', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_declassifications_track_id'))
        batch_op.drop_index('ix_declassifications_thing')
        batch_op.drop_index(batch_op.f('ix_declassifications_process_id'))
        batch_op.drop_index(batch_op.f('ix_declassifications_label_id'))
        batch_op.drop_index(batch_op.f('ix_declassifications_event_subject'))
        batch_op.drop_index('ix_declassifications_due')

    op.drop_table('declassifications')
