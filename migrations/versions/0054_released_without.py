"""A paper that was released is awaited in no other language any more."""

import sqlalchemy as sa
from alembic import op

revision = '0054_released_without'
down_revision = '0053_counting_commitments'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.text(
        "UPDATE document_versions SET state = 'not_made' WHERE state = 'awaited' AND document_id IN "
        "(SELECT document_id FROM clearances WHERE released_on IS NOT NULL)"
    ))


def downgrade() -> None:
    op.execute(sa.text("UPDATE document_versions SET state = 'awaited' WHERE state = 'not_made'"))
