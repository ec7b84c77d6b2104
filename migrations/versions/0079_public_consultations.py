"""Texts opened to everybody for comments: the copy that is read, who has written, and what is said."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0079_public_consultations'
down_revision = '0078_givers_by_name'
branch_labels = None
depends_on = None

BECAME = ('taken_up', 'in_part', 'in_brackets', 'not_this_time')
TABLES = ('public_consultations', 'public_writers', 'public_comments')


def _label(*, versioned: bool = True) -> list[sa.Column]:
    return [
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        *([sa.Column('version', sa.Integer(), nullable=False)] if versioned else []),
    ]


def _keys(table: str, *more: tuple[str, str]) -> list[sa.Constraint]:
    return [
        *(
            sa.ForeignKeyConstraint([column], [f'{of}.id'], name=op.f(f'fk_{table}_{column}_{of}'))
            for column, of in (('label_id', 'labels'), ('own_label_id', 'labels'), *more)
        ),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def upgrade() -> None:
    op.create_table('public_consultations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.Uuid(), nullable=False),
    sa.Column('track_id', sa.Uuid(), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('about', sa.JSON(), nullable=True),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('for_readers', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('ends_hour', sa.Time(), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('response', sa.JSON(), nullable=True),
    sa.Column('responded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    *_label(),
    *_keys('public_consultations', ('process_id', 'processes'), ('track_id', 'tracks'), ('edition_id', 'text_editions')),
    )
    op.create_table('public_writers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('writer_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('organization', sa.String(length=200), nullable=False),
    sa.Column('organization_shown', sa.Boolean(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    *_label(versioned=False),
    *_keys('public_writers', ('consultation_id', 'public_consultations'), ('writer_id', 'persons')),
    sa.UniqueConstraint('writer_id', name=op.f('uq_public_writers_writer_id')),
    )
    op.create_table('public_comments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('source_id', sa.Uuid(), nullable=True),
    sa.Column('paragraph_id', sa.Uuid(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('organization', sa.String(length=200), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('became', sa.Enum(*BECAME, name='became', native_enum=False, length=40), nullable=True),
    sa.Column('answer', sa.JSON(), nullable=True),
    *_label(),
    *_keys('public_comments', ('edition_id', 'text_editions'), ('consultation_id', 'public_consultations')),
    )
    for table, columns in (
        ('public_consultations', ('edition_id', 'label_id', 'process_id')),
        ('public_writers', ('consultation_id', 'label_id')),
        ('public_comments', ('consultation_id', 'edition_id', 'label_id', 'source_id')),
    ):
        for column in columns:
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for table in TABLES:
            for statement in row_security(table):
                op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table in reversed(TABLES):
            for statement in no_row_security(table):
                op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)
