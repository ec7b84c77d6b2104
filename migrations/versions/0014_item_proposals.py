"""Items which participants propose for an agenda."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0014_item_proposals'
down_revision = '0013_delegations'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('item_proposals',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=True),
    sa.Column('state', sa.Enum('proposed', 'taken_up', 'not_taken_up', 'withdrawn', name='itemstate', native_enum=False, length=40), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.JSON(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_item_proposals_item_id_agenda_items'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_item_proposals_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_item_proposals_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_item_proposals_own_label_id_labels')),
    sa.ForeignKeyConstraint(['participant_id'], ['participants.id'], name=op.f('fk_item_proposals_participant_id_participants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_proposals')),
    )
    with op.batch_alter_table('item_proposals') as batch_op:
        for column in ('item_id', 'label_id', 'meeting_id', 'participant_id'):
            batch_op.create_index(batch_op.f(f'ix_item_proposals_{column}'), [column], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security("item_proposals"):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in no_row_security("item_proposals"):
            op.execute(statement)
    op.drop_table('item_proposals')
