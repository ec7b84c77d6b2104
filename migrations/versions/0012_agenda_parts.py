"""Items of an agenda have parts, annotations and an origin; an agenda is issued and adopted; an outcome goes on."""

import sqlalchemy as sa
from alembic import op

revision = '0012_agenda_parts'
down_revision = '0011_milestones'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('agenda_items') as batch_op:
        batch_op.add_column(sa.Column('within_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('annotation', sa.JSON(), nullable=True))
        batch_op.create_index(batch_op.f('ix_agenda_items_within_id'), ['within_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_agenda_items_within_id_agenda_items'), 'agenda_items', ['within_id'], ['id'])
        batch_op.add_column(sa.Column('from_outcome_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_agenda_items_from_outcome_id'), ['from_outcome_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_agenda_items_from_outcome_id_outcomes'), 'outcomes', ['from_outcome_id'], ['id'])
    with op.batch_alter_table('outcomes') as batch_op:
        batch_op.add_column(sa.Column('sent_to_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('seen_to_on', sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f('ix_outcomes_sent_to_id'), ['sent_to_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_outcomes_sent_to_id_bodies'), 'bodies', ['sent_to_id'], ['id'])
    with op.batch_alter_table('meetings') as batch_op:
        batch_op.add_column(sa.Column('agenda_issued_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('agenda_adopted_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('meetings') as batch_op:
        batch_op.drop_column('agenda_adopted_at')
        batch_op.drop_column('agenda_issued_at')
    with op.batch_alter_table('outcomes') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_outcomes_sent_to_id_bodies'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_outcomes_sent_to_id'))
        batch_op.drop_column('seen_to_on')
        batch_op.drop_column('sent_at')
        batch_op.drop_column('sent_to_id')
    with op.batch_alter_table('agenda_items') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_agenda_items_from_outcome_id_outcomes'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_agenda_items_from_outcome_id'))
        batch_op.drop_column('from_outcome_id')
        batch_op.drop_constraint(batch_op.f('fk_agenda_items_within_id_agenda_items'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_agenda_items_within_id'))
        batch_op.drop_column('annotation')
        batch_op.drop_column('within_id')
