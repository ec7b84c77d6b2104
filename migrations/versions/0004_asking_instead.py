"""What a focal point can do instead of answering: be rung, pass a commitment to a colleague, say who follows now."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0004_asking_instead'
down_revision = '0003_kept_forms_sealed'
branch_labels = None
depends_on = None

NEW = ("lent_updates", "proposed_successors")


def upgrade() -> None:
    with op.batch_alter_table('digest_series', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ring_asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('ring_word', sa.String(length=300), nullable=False, server_default=''))
    with op.batch_alter_table('digest_series', schema=None) as batch_op:
        batch_op.alter_column('ring_word', server_default=None)
    op.create_table('lent_updates',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('commitment_id', sa.Uuid(), nullable=False),
    sa.Column('lent_by_person_id', sa.Uuid(), nullable=False),
    sa.Column('lent_by_hat', sa.String(length=60), nullable=False),
    sa.Column('lent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('colleague_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('status', sa.Enum('not_yet_started', 'in_progress', 'completed', 'postponed', 'withdrawn', name='status', native_enum=False, length=40), nullable=True),
    sa.Column('words', sa.String(length=2000), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['colleague_id'], ['persons.id'], name=op.f('fk_lent_updates_colleague_id_persons')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitments.id'], name=op.f('fk_lent_updates_commitment_id_commitments')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_lent_updates_label_id_labels')),
    sa.ForeignKeyConstraint(['lent_by_person_id'], ['persons.id'], name=op.f('fk_lent_updates_lent_by_person_id_persons')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_lent_updates_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lent_updates'))
    )
    with op.batch_alter_table('lent_updates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lent_updates_commitment_id'), ['commitment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lent_updates_label_id'), ['label_id'], unique=False)
    op.create_table('proposed_successors',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('appointment_id', sa.Uuid(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('ministry', sa.String(length=300), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('word', sa.String(length=500), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointments.id'], name=op.f('fk_proposed_successors_appointment_id_appointments')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_proposed_successors_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_proposed_successors_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_proposed_successors_participant_id_participants')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_proposed_successors_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_proposed_successors_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposed_successors'))
    )
    with op.batch_alter_table('proposed_successors', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposed_successors_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposed_successors_process_id'), ['process_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for table in NEW:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    for table in NEW:
        if op.get_bind().dialect.name == "postgresql":
            for statement in no_row_security(table):
                op.execute(statement)
        op.drop_table(table)
    with op.batch_alter_table('digest_series', schema=None) as batch_op:
        batch_op.drop_column('ring_word')
        batch_op.drop_column('ring_asked_at')
