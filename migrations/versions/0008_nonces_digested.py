"""Of a form already answered a digest is kept, its words sealed; SQLite keeps the rows in the order of the digests.

Those kept in clear at this moment are thrown away: of a form sent before this and once more after it, both count.
"""

import sqlalchemy as sa
from alembic import op

revision = '0008_nonces_digested'
down_revision = '0007_labels_beforehand'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _anew(sa.Column('said', sa.Text(), nullable=True), sqlite_with_rowid=False)


def downgrade() -> None:
    _anew(sa.Column('said', sa.JSON(), nullable=True))


def _anew(said: sa.Column, **options: bool) -> None:
    """PostgreSQL keeps its table, which the application's role has rights on; SQLite cannot change how rows are kept."""
    op.execute("DELETE FROM used_nonces")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column('used_nonces', 'said')
        op.add_column('used_nonces', said)
        return
    op.drop_index('ix_used_nonces_at', table_name='used_nonces')
    op.drop_table('used_nonces')
    op.create_table('used_nonces',
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(length=500), nullable=False),
    said,
    sa.PrimaryKeyConstraint('nonce', name=op.f('pk_used_nonces')),
    **options,
    )
    op.create_index(op.f('ix_used_nonces_at'), 'used_nonces', ['at'], unique=False)
