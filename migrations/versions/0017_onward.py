"""Objectives and activities that come from an outcome; outcomes asked of the secretariat, and the word on them."""

import sqlalchemy as sa
from alembic import op

revision = '0017_onward'
down_revision = '0016_guests_and_letters'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ('objectives', 'activities'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('outcome_id', sa.Uuid(), nullable=True))
            batch_op.create_index(batch_op.f(f'ix_{table}_outcome_id'), ['outcome_id'], unique=False)
            batch_op.create_foreign_key(
                batch_op.f(f'fk_{table}_outcome_id_outcomes'), 'outcomes', ['outcome_id'], ['id'])
    with op.batch_alter_table('outcomes') as batch_op:
        batch_op.add_column(sa.Column('asked_of_secretariat_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('seen_to_word', sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('outcomes') as batch_op:
        batch_op.drop_column('seen_to_word')
        batch_op.drop_column('asked_of_secretariat_at')
    for table in ('activities', 'objectives'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_outcome_id_outcomes'), type_='foreignkey')
            batch_op.drop_index(batch_op.f(f'ix_{table}_outcome_id'))
            batch_op.drop_column('outcome_id')
