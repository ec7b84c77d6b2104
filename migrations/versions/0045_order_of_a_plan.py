"""The commitments of a plan are found in its order: a page of the table reads a hundred rows and no more."""

from alembic import op

revision = '0045_order_of_a_plan'
down_revision = '0044_region_framework'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_commitments_list', table_name='commitments')
    op.create_index('ix_commitments_list', 'commitments', ['plan_id', 'place', 'number', 'id', 'state'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_commitments_list', table_name='commitments')
    op.create_index('ix_commitments_list', 'commitments', ['plan_id', 'state', 'place', 'number'], unique=False)
