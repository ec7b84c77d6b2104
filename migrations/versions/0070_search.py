"""The index of what is found by its words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from secretariat.core.ddl import no_row_security, no_whole_texts, row_security, whole_texts

revision = '0070_search'
down_revision = '0069_listed_contacts'
branch_labels = None
depends_on = None

TABLE = 'search_entries'


def upgrade() -> None:
    stems = sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql')
    op.create_table(TABLE,
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('thing_kind', sa.String(), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('found_kind', sa.String(), nullable=False),
    sa.Column('found_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=True),
    sa.Column('dated_on', sa.Date(), nullable=True),
    sa.Column('dated_by', sa.Uuid(), nullable=True),
    sa.Column('title_words', stems, nullable=False),
    sa.Column('words', stems, nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_search_entries_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_search_entries_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entries')),
    sa.UniqueConstraint('thing_id', name=op.f('uq_search_entries_thing_id'))
    )
    op.create_index(op.f('ix_search_entries_label_id'), TABLE, ['label_id'], unique=False)
    op.create_index(op.f('ix_search_entries_dated_by'), TABLE, ['dated_by'], unique=False)
    op.create_index('ix_search_entries_found', TABLE, ['found_kind', 'found_id'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security(TABLE):
            op.execute(statement)
    else:
        for statement in whole_texts():
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security(TABLE):
            op.execute(statement)
    else:
        for statement in no_whole_texts():
            op.execute(statement)
    op.drop_table(TABLE)
