"""The contact log: what was agreed in a call, with whom, and about what."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0031_contact_notes'
down_revision = '0030_follow_up_rules'
branch_labels = None
depends_on = None

WAYS = sa.Enum('call', 'mail', 'in_person', name='contactway', native_enum=False, length=40)
OUTCOMES = sa.Enum(
    'will_report', 'noted', 'ring_again', 'not_reached', name='contactoutcome', native_enum=False, length=40
)


def upgrade() -> None:
    op.create_table(
        'contact_notes',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('participant_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('hat', sa.String(length=60), nullable=False),
        sa.Column('way', WAYS, nullable=False),
        sa.Column('contacted_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('outcome', OUTCOMES, nullable=False),
        sa.Column('agreed', sa.String(length=1000), nullable=False),
        sa.Column('next_on', sa.Date(), nullable=True),
        sa.Column('logged_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('logged_by_id', sa.Uuid(), nullable=True),
        sa.Column('correction', sa.String(length=500), nullable=False),
        sa.Column('correction_asked_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_contact_notes_process_id_processes')),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_contact_notes_track_id_tracks')),
        sa.ForeignKeyConstraint(
            ['participant_id'], ['participants.id'], name=op.f('fk_contact_notes_participant_id_participants')
        ),
        sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_contact_notes_person_id_persons')),
        sa.ForeignKeyConstraint(['logged_by_id'], ['persons.id'], name=op.f('fk_contact_notes_logged_by_id_persons')),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_contact_notes_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_contact_notes_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_notes')),
    )
    with op.batch_alter_table('contact_notes') as batch_op:
        for column in ('ends_on', 'label_id', 'person_id'):
            batch_op.create_index(batch_op.f(f'ix_contact_notes_{column}'), [column], unique=False)
        batch_op.create_index('ix_contact_notes_place', ['process_id', 'track_id', 'participant_id'], unique=False)
    op.create_table(
        'contact_items',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('note_id', sa.Uuid(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('subject_id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['note_id'], ['contact_notes.id'], name=op.f('fk_contact_items_note_id_contact_notes')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_items')),
    )
    with op.batch_alter_table('contact_items') as batch_op:
        for column in ('note_id', 'subject_id'):
            batch_op.create_index(batch_op.f(f'ix_contact_items_{column}'), [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('contact_notes'):
            op.execute(statement)


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == 'postgresql'
    if on_postgresql:
        op.execute("SELECT set_config('secretariat.system', 'on', true)")
    # What was asked in a call is told as a round that was let pass: the step is not asked again.
    op.execute("UPDATE digests SET kind = 'skipped' WHERE kind = 'by_call'")
    if on_postgresql:
        for statement in no_row_security('contact_notes'):
            op.execute(statement)
    op.drop_table('contact_items')
    op.drop_table('contact_notes')
