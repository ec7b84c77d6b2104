"""In which country an organization of a network works, and on what."""

import sqlalchemy as sa
from alembic import op

revision = '0076_organizations_of_networks'
down_revision = '0075_votes_by_rule'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('participations') as batch:
        batch.add_column(sa.Column('country_id', sa.Uuid(), nullable=True))
        batch.add_column(sa.Column('focus', sa.JSON(), nullable=True))
        batch.create_foreign_key(
            batch.f('fk_participations_country_id_participants'), 'participants', ['country_id'], ['id']
        )
        batch.create_index('ix_participations_country_id', ['country_id'])


def downgrade() -> None:
    with op.batch_alter_table('participations') as batch:
        batch.drop_index('ix_participations_country_id')
        batch.drop_constraint('fk_participations_country_id_participants', type_='foreignkey')
        batch.drop_column('focus')
        batch.drop_column('country_id')
