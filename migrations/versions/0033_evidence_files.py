"""Files as evidence of an update, and those a colleague sends with a draft."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0033_evidence_files'
down_revision = '0032_commitment_words'
branch_labels = None
depends_on = None

TABLES = {'evidence_files': ('update_id', 'progress_updates'), 'lent_files': ('lent_id', 'lent_updates')}


def upgrade() -> None:
    for table, (column, of) in TABLES.items():
        op.create_table(
            table,
            sa.Column('id', sa.Uuid(), nullable=False),
            sa.Column(column, sa.Uuid(), nullable=False),
            sa.Column('key', sa.String(length=64), nullable=False),
            sa.Column('name', sa.String(length=200), nullable=False),
            sa.Column('media_type', sa.String(length=100), nullable=False),
            sa.Column('size', sa.BigInteger(), nullable=False),
            sa.Column('sha256', sa.String(length=64), nullable=False),
            sa.Column('position', sa.Integer(), nullable=False),
            sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
            sa.Column('label_id', sa.Integer(), nullable=False),
            sa.Column('own_label_id', sa.Integer(), nullable=True),
            sa.Column('widened', sa.Boolean(), nullable=False),
            sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
            sa.ForeignKeyConstraint([column], [f'{of}.id'], name=op.f(f'fk_{table}_{column}_{of}')),
            sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f(f'fk_{table}_label_id_labels')),
            sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f(f'fk_{table}_own_label_id_labels')),
            sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
            sa.UniqueConstraint('key', name=op.f(f'uq_{table}_key')),
            sa.UniqueConstraint(column, 'position', name=op.f(f'uq_{table}_{column}_position')),
        )
        with op.batch_alter_table(table) as batch_op:
            for indexed in ('label_id', column):
                batch_op.create_index(batch_op.f(f'ix_{table}_{indexed}'), [indexed], unique=False)
        if op.get_bind().dialect.name == 'postgresql':
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        if op.get_bind().dialect.name == 'postgresql':
            for statement in no_row_security(table):
                op.execute(statement)
        op.drop_table(table)
