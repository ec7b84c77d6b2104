"""Items of an agenda have parts and annotations; an agenda is issued and adopted."""

import sqlalchemy as sa
from alembic import op

revision = '0012_agenda_parts'
down_revision = '0009_generation_of_things'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('agenda_items') as batch_op:
        batch_op.add_column(sa.Column('within_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('annotation', sa.JSON(), nullable=True))
        batch_op.create_index(batch_op.f('ix_agenda_items_within_id'), ['within_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_agenda_items_within_id_agenda_items'), 'agenda_items', ['within_id'], ['id'])
    with op.batch_alter_table('meetings') as batch_op:
        batch_op.add_column(sa.Column('agenda_issued_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('agenda_adopted_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('meetings') as batch_op:
        batch_op.drop_column('agenda_adopted_at')
        batch_op.drop_column('agenda_issued_at')
    with op.batch_alter_table('agenda_items') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_agenda_items_within_id_agenda_items'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_agenda_items_within_id'))
        batch_op.drop_column('annotation')
        batch_op.drop_column('within_id')
