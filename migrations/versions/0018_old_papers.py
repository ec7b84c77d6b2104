"""Reminders to a colleague, revisions by a paper's own author, and lists of old papers."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0018_old_papers'
down_revision = '0017_onward'
branch_labels = None
depends_on = None

STATE = sa.Enum('looked_at', 'confirmed', 'done', name='liststate', native_enum=False, length=40)


def upgrade() -> None:
    # Not in a batch, and the defaults stay: SQLite would make the tables anew, which what points to their rows forbids.
    op.add_column('lent_drafts', sa.Column('reminders', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('lent_drafts', sa.Column('reminded_on', sa.Date(), nullable=True))
    op.add_column('documents', sa.Column('by_its_author', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        'paper_lists',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('process_id', sa.Uuid(), nullable=False),
        sa.Column('track_id', sa.Uuid(), nullable=False),
        sa.Column('asked_by_id', sa.Uuid(), nullable=True),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('archive_name', sa.String(length=200), nullable=False),
        sa.Column('archive_key', sa.String(length=64), nullable=True),
        sa.Column('state', STATE, nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('became', sa.JSON(), nullable=False),
        sa.Column('job_id', sa.Uuid(), nullable=True),
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['process_id'], ['processes.id'], name=op.f('fk_paper_lists_process_id_processes')),
        sa.ForeignKeyConstraint(['track_id'], ['tracks.id'], name=op.f('fk_paper_lists_track_id_tracks')),
        sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_paper_lists_label_id_labels')),
        sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_paper_lists_own_label_id_labels')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_lists')),
    )
    with op.batch_alter_table('paper_lists') as batch_op:
        for column in ('label_id', 'track_id'):
            batch_op.create_index(batch_op.f(f'ix_paper_lists_{column}'), [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('paper_lists'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('paper_lists'):
            op.execute(statement)
    op.drop_table('paper_lists')
    op.drop_column('documents', 'by_its_author')
    op.drop_column('lent_drafts', 'reminded_on')
    op.drop_column('lent_drafts', 'reminders')
