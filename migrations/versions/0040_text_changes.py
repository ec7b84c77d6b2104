"""What a comment proposes is said beside its words; what becomes of the network's comments, too; comments that are being
written are kept; colleagues are reminded once; a common paper has its forum from its draft on."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0040_text_changes'
down_revision = '0039_frameworks'
branch_labels = None
depends_on = None

PROPOSES = sa.Enum('instead', 'behind', 'out', name='proposes', native_enum=False, length=40)
BECAME = sa.Enum('taken_up', 'in_part', 'in_brackets', 'not_this_time', name='became', native_enum=False, length=40)
COMMENTS = ('comments', 'unnamed_comments')


def upgrade() -> None:
    for table in COMMENTS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('proposes', PROPOSES, server_default='instead', nullable=False))
    with op.batch_alter_table('lent_comments') as batch_op:
        batch_op.add_column(sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('network_comments') as batch_op:
        batch_op.add_column(sa.Column('copied_from', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('became', BECAME, nullable=True))
        batch_op.add_column(sa.Column('answer', sa.JSON(), nullable=True))
    with op.batch_alter_table('draft_texts') as batch_op:
        batch_op.add_column(sa.Column('forum', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('forum_due_on', sa.Date(), nullable=True))
    op.create_table('unsaved_comments',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('about', sa.String(length=36), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_unsaved_comments_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_unsaved_comments_own_label_id_labels')),
    sa.ForeignKeyConstraint(['round_id'], ['comment_rounds.id'], name=op.f('fk_unsaved_comments_round_id_comment_rounds')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unsaved_comments')),
    sa.UniqueConstraint('round_id', 'person_id', 'about', name=op.f('uq_unsaved_comments_round_id_person_id_about'))
    )
    with op.batch_alter_table('unsaved_comments') as batch_op:
        batch_op.create_index(batch_op.f('ix_unsaved_comments_label_id'), ['label_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unsaved_comments_round_id'), ['round_id'], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security('unsaved_comments'):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security('unsaved_comments'):
            op.execute(statement)
    op.drop_table('unsaved_comments')
    with op.batch_alter_table('draft_texts') as batch_op:
        batch_op.drop_column('forum_due_on')
        batch_op.drop_column('forum')
    with op.batch_alter_table('network_comments') as batch_op:
        batch_op.drop_column('answer')
        batch_op.drop_column('became')
        batch_op.drop_column('copied_from')
    with op.batch_alter_table('lent_comments') as batch_op:
        batch_op.drop_column('reminded_at')
    for table in COMMENTS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('proposes')
