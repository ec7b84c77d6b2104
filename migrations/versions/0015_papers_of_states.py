"""Papers which participants send in and what they are answered; drafts of items and papers passed to a colleague."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0015_papers_of_states'
down_revision = '0014_item_proposals'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('documents') as batch_op:
        batch_op.add_column(sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('item_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_documents_item_id'), ['item_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_documents_item_id_agenda_items'), 'agenda_items', ['item_id'], ['id'], ondelete='SET NULL')
    with op.batch_alter_table('item_proposals') as batch_op:
        batch_op.add_column(sa.Column('meant_for', sa.String(length=20), nullable=False, server_default='deciding'))
    with op.batch_alter_table('item_proposals') as batch_op:
        batch_op.alter_column('meant_for', server_default=None)
    op.create_table('paper_answers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.Uuid(), nullable=False),
    sa.Column('is_taken_up', sa.Boolean(), nullable=False),
    sa.Column('word', sa.JSON(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_paper_answers_document_id_documents')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_paper_answers_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_paper_answers_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_answers')),
    sa.UniqueConstraint('document_id', name=op.f('uq_paper_answers_document_id')),
    )
    with op.batch_alter_table('paper_answers') as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_answers_label_id'), ['label_id'], unique=False)
    op.create_table('lent_drafts',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.Uuid(), nullable=True),
    sa.Column('proposal_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('asked', sa.String(length=2000), nullable=False),
    sa.Column('word', sa.String(length=2000), nullable=False),
    sa.Column('lent_by_person_id', sa.Uuid(), nullable=False),
    sa.Column('lent_by_hat', sa.String(length=60), nullable=False),
    sa.Column('lent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('colleague_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['colleague_id'], ['persons.id'], name=op.f('fk_lent_drafts_colleague_id_persons')),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_lent_drafts_document_id_documents')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_lent_drafts_label_id_labels')),
    sa.ForeignKeyConstraint(['lent_by_person_id'], ['persons.id'], name=op.f('fk_lent_drafts_lent_by_person_id_persons')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_lent_drafts_own_label_id_labels')),
    sa.ForeignKeyConstraint(['proposal_id'], ['item_proposals.id'], name=op.f('fk_lent_drafts_proposal_id_item_proposals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lent_drafts')),
    )
    with op.batch_alter_table('lent_drafts') as batch_op:
        for column in ('document_id', 'label_id', 'proposal_id'):
            batch_op.create_index(batch_op.f(f'ix_lent_drafts_{column}'), [column], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for statement in (*row_security("paper_answers"), *row_security("lent_drafts")):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in (*no_row_security("lent_drafts"), *no_row_security("paper_answers")):
            op.execute(statement)
    op.drop_table('lent_drafts')
    op.drop_table('paper_answers')
    with op.batch_alter_table('item_proposals') as batch_op:
        batch_op.drop_column('meant_for')
    with op.batch_alter_table('documents') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_documents_item_id_agenda_items'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_documents_item_id'))
        batch_op.drop_column('item_id')
        batch_op.drop_column('submitted_at')
