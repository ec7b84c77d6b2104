"""A submission that comments on an exact version, paragraph by paragraph."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0073_comments_on_versions'
down_revision = '0072_contributions'
branch_labels = None
depends_on = None

KINDS = ('heading', 'preamble', 'operative', 'plain')


def upgrade() -> None:
    op.create_table('paragraph_comments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('paragraph_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('place', sa.JSON(), nullable=False),
    sa.Column('kind', sa.Enum(*KINDS, name='paragraphkind', native_enum=False, length=40), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('of_earlier', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_paragraph_comments_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_paragraph_comments_own_label_id_labels')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_paragraph_comments_submission_id_submissions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paragraph_comments')),
    sa.UniqueConstraint('submission_id', 'paragraph_id', name=op.f('uq_paragraph_comments_submission_id_paragraph_id'))
    )
    op.create_index(op.f('ix_paragraph_comments_label_id'), 'paragraph_comments', ['label_id'], unique=False)
    with op.batch_alter_table('submissions') as batch:
        batch.add_column(sa.Column('on_document_id', sa.Uuid(), nullable=True))
        batch.add_column(sa.Column('on_opened_id', sa.Uuid(), nullable=True))
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('paragraph_comments'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('paragraph_comments'):
            op.execute(statement)
    with op.batch_alter_table('submissions') as batch:
        batch.drop_column('on_opened_id')
        batch.drop_column('on_document_id')
    op.drop_table('paragraph_comments')
