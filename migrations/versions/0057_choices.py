"""Who goes to what was opened to a network: its organizations name and vote."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0057_choices'
down_revision = '0056_mail_replies'
branch_labels = None
depends_on = None

TABLES = ('choices', 'choice_candidates', 'choice_ballots')


def _label() -> list[sa.Column]:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    ]


def upgrade() -> None:
    op.create_table('choices',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('guest_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('on', sa.Date(), nullable=True),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('secret', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('named_until', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('papers', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('word', sa.String(length=500), nullable=False),
    *_label(),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_choices_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_choices_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_choices_process_id_processes')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_choices_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choices')),
    sa.UniqueConstraint('guest_id', name=op.f('uq_choices_guest_id'))
    )
    op.create_table('choice_candidates',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('choice_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('function', sa.String(length=160), nullable=False),
    sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('chosen', sa.Boolean(), nullable=False),
    *_label(),
    sa.ForeignKeyConstraint(['choice_id'], ['choices.id'], name=op.f('fk_choice_candidates_choice_id_choices')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_choice_candidates_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_choice_candidates_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_choice_candidates_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choice_candidates'))
    )
    op.create_table('choice_ballots',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('choice_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('candidates', sa.JSON(), server_default='[]', nullable=False),
    sa.Column('cast_on', sa.Date(), nullable=False),
    *_label(),
    sa.ForeignKeyConstraint(['choice_id'], ['choices.id'], name=op.f('fk_choice_ballots_choice_id_choices')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_choice_ballots_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_choice_ballots_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_choice_ballots_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choice_ballots')),
    sa.UniqueConstraint('choice_id', 'participant_id', name=op.f('uq_choice_ballots_choice_id_participant_id'))
    )
    for table, columns in (
        ('choices', ('label_id', 'process_id', 'track_id')),
        ('choice_candidates', ('choice_id', 'label_id', 'participant_id')),
        ('choice_ballots', ('choice_id', 'label_id', 'participant_id')),
    ):
        for column in columns:
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in reversed(TABLES):
            for statement in no_row_security(table):
                op.execute(statement)
    for table in ('choice_ballots', 'choice_candidates', 'choices'):
        op.drop_table(table)
