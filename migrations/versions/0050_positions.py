"""Positions of a network: who signs them, dissent on record, by what rule they are adopted, and sent."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0050_positions'
down_revision = '0049_colleagues_asked_again'
branch_labels = None
depends_on = None

TABLES = ('positions', 'position_signatures', 'position_dissents')
RULES = ('consensus', 'silence', 'majority')


def upgrade() -> None:
    with op.batch_alter_table('engagement_rules') as batch_op:
        batch_op.add_column(
            sa.Column('adopts_by', sa.Enum(*RULES, name='adoptsby', native_enum=False, length=40), server_default='consensus', nullable=False)
        )
    with op.batch_alter_table('submissions') as batch_op:
        batch_op.add_column(sa.Column('adopted_by', sa.Enum(*RULES, name='adoptsby', native_enum=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('adopted_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('signatories', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('dissents', sa.JSON(), server_default='[]', nullable=False))

    op.create_table('positions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('adopts_by', sa.Enum(*RULES, name='adoptsby', native_enum=False, length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('ends_hour', sa.Time(), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('adopted_on', sa.Date(), nullable=True),
    sa.Column('word', sa.String(length=500), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['text_editions.id'], name=op.f('fk_positions_edition_id_text_editions')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_positions_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_positions_own_label_id_labels')),
    sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_positions_process_id_processes')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_positions_submission_id_submissions')),
    sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_positions_track_id_tracks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_positions')),
    sa.UniqueConstraint('edition_id', name=op.f('uq_positions_edition_id'))
    )
    op.create_table('position_signatures',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('position_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_position_signatures_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_position_signatures_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_position_signatures_participant_id_participants')),
    sa.ForeignKeyConstraint(['position_id'], ['positions.id'], name=op.f('fk_position_signatures_position_id_positions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position_signatures')),
    sa.UniqueConstraint('position_id', 'participant_id', name=op.f('uq_position_signatures_position_id_participant_id'))
    )
    op.create_table('position_dissents',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('position_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('objects', sa.Boolean(), nullable=False),
    sa.Column('goes_along', sa.Boolean(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_position_dissents_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_position_dissents_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_position_dissents_participant_id_participants')),
    sa.ForeignKeyConstraint(['position_id'], ['positions.id'], name=op.f('fk_position_dissents_position_id_positions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position_dissents')),
    sa.UniqueConstraint('position_id', 'participant_id', name=op.f('uq_position_dissents_position_id_participant_id'))
    )
    for table, columns in (
        ('positions', ('label_id', 'process_id', 'track_id')),
        ('position_signatures', ('label_id', 'participant_id', 'position_id')),
        ('position_dissents', ('label_id', 'participant_id', 'position_id')),
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
    for table in ('position_dissents', 'position_signatures', 'positions'):
        op.drop_table(table)
    with op.batch_alter_table('submissions') as batch_op:
        for column in ('dissents', 'signatories', 'adopted_on', 'adopted_by'):
            batch_op.drop_column(column)
    with op.batch_alter_table('engagement_rules') as batch_op:
        batch_op.drop_column('adopts_by')
