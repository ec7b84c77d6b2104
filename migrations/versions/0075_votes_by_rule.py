"""How a network votes by its own rule, and for which day of a meeting the days of a vote were set."""

import sqlalchemy as sa
from alembic import op

revision = '0075_votes_by_rule'
down_revision = '0074_input_in_confidence'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('engagement_rules') as batch:
        batch.add_column(
            sa.Column(
                'ballots', sa.Enum('either', 'open', 'secret', name='ballots', native_enum=False, length=40),
                server_default='either', nullable=False,
            )
        )
    with op.batch_alter_table('choices') as batch:
        batch.add_column(sa.Column('days_for', sa.Date(), nullable=True))
        batch.add_column(sa.Column('shifted_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('choices') as batch:
        batch.drop_column('shifted_at')
        batch.drop_column('days_for')
    with op.batch_alter_table('engagement_rules') as batch:
        batch.drop_column('ballots')
