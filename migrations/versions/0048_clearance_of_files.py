"""A common paper that is a file is cleared as a document, and released by the chair."""

import sqlalchemy as sa
from alembic import op

revision = '0048_clearance_of_files'
down_revision = '0047_what_is_typed'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('clearances') as batch_op:
        batch_op.add_column(sa.Column('document_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('released_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('released_named', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('released_word', sa.String(length=500), server_default='', nullable=False))
        batch_op.add_column(sa.Column('released_by_id', sa.Uuid(), nullable=True))
        batch_op.alter_column('edition_id', existing_type=sa.Uuid(), nullable=True)
    op.execute(sa.text(
        'UPDATE clearances SET document_id ='
        ' (SELECT document_id FROM text_editions WHERE text_editions.id = clearances.edition_id)'
    ))
    with op.batch_alter_table('clearances') as batch_op:
        batch_op.alter_column('document_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column('released_named', existing_type=sa.JSON(), server_default=None)
        batch_op.alter_column('released_word', existing_type=sa.String(length=500), server_default=None)
        batch_op.create_foreign_key(batch_op.f('fk_clearances_document_id_documents'), 'documents', ['document_id'], ['id'])
        batch_op.create_unique_constraint(batch_op.f('uq_clearances_document_id'), ['document_id'])


def downgrade() -> None:
    op.execute(sa.text(
        'DELETE FROM clearance_answers WHERE clearance_id IN (SELECT id FROM clearances WHERE edition_id IS NULL)'
    ))
    op.execute(sa.text('DELETE FROM clearances WHERE edition_id IS NULL'))
    with op.batch_alter_table('clearances') as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_clearances_document_id'), type_='unique')
        batch_op.drop_constraint(batch_op.f('fk_clearances_document_id_documents'), type_='foreignkey')
        batch_op.alter_column('edition_id', existing_type=sa.Uuid(), nullable=False)
        for column in ('released_by_id', 'released_word', 'released_named', 'released_on', 'document_id'):
            batch_op.drop_column(column)
