"""Notes of meetings: one text an item, by nobody, at no hour."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0002_meeting_notes'
down_revision = '0001_foundation'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('meeting_notes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('text', sa.JSON(), nullable=True),
    sa.Column('is_circulated', sa.Boolean(), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_meeting_notes_item_id_agenda_items')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_meeting_notes_label_id_labels')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_notes_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_meeting_notes_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_notes')),
    sa.UniqueConstraint('meeting_id', 'item_id', name=op.f('uq_meeting_notes_meeting_id_item_id')),
    sqlite_with_rowid=False,
    )
    with op.batch_alter_table('meeting_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_notes_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_notes_meeting_id'), ['meeting_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security("meeting_notes"):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in no_row_security("meeting_notes"):
            op.execute(statement)
    op.drop_table('meeting_notes')
