"""Packs: all papers of a meeting in one file."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0029_packs'
down_revision = '0028_handover'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'packs',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('meeting_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('hat', sa.String(length=60), nullable=False),
        sa.Column('language', sa.String(length=12), nullable=False),
        sa.Column('form', sa.Enum('pdf', 'zip', name='packform', native_enum=False, length=40), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('parts', sa.JSON(), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=True),
        sa.Column('size', sa.BigInteger(), nullable=False),
        sa.Column('pages', sa.Integer(), nullable=False),
        sa.Column('job_id', sa.Uuid(), nullable=True),
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_packs_meeting_id_meetings')),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_packs_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_packs_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_packs')),
        sa.UniqueConstraint('key', name=op.f('uq_packs_key')),
    )
    with op.batch_alter_table('packs') as batch_op:
        for column in ('label_id', 'meeting_id', 'person_id'):
            batch_op.create_index(batch_op.f(f'ix_packs_{column}'), [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('packs'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('packs'):
            op.execute(statement)
    op.drop_table('packs')
