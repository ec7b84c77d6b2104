"""To what a submission led: answers are linked to items, outcomes, activities, commitments and documents."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0051_answer_links'
down_revision = '0050_positions'
branch_labels = None
depends_on = None

TABLE = 'answer_links'


def upgrade() -> None:
    op.create_table(TABLE,
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('agenda_item', 'outcome', 'activity', 'commitment', 'document', name='ledto', native_enum=False, length=40), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['submission_answers.id'], name=op.f('fk_answer_links_answer_id_submission_answers')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_answer_links_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_answer_links_own_label_id_labels')),
    sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_answer_links_submission_id_submissions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_links')),
    sa.UniqueConstraint('answer_id', 'thing_id', name=op.f('uq_answer_links_answer_id_thing_id'))
    )
    for column in ('label_id', 'submission_id', 'thing_id'):
        op.create_index(op.f(f'ix_{TABLE}_{column}'), TABLE, [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security(TABLE):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security(TABLE):
            op.execute(statement)
    op.drop_table(TABLE)
