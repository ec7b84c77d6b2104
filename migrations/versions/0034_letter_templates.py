"""The words of digests, by track and language."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0034_letter_templates'
down_revision = '0033_evidence_files'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'letter_templates',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('language', sa.String(length=12), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['process_id'], ['processes.id'], name=op.f('fk_letter_templates_process_id_processes')
        ),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_letter_templates_track_id_tracks')),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_letter_templates_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_letter_templates_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_templates')),
        sa.UniqueConstraint(
            'process_id', 'track_id', 'language', name=op.f('uq_letter_templates_process_id_track_id_language')
        ),
    )
    with op.batch_alter_table('letter_templates') as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_templates_label_id'), ['label_id'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('letter_templates'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('letter_templates'):
            op.execute(statement)
    op.drop_table('letter_templates')
