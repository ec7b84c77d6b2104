"""Delegations: level, language and needs of each delegate; who stands on no circulated list; the letter drawn; answers
noted after a call."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0013_delegations'
down_revision = '0012_agenda_parts'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('delegates') as batch_op:
        batch_op.add_column(sa.Column('level', sa.String(length=20), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('language', sa.String(length=10), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('is_unlisted', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('delegates') as batch_op:
        batch_op.alter_column('level', server_default=None)
        batch_op.alter_column('language', server_default=None)
        batch_op.alter_column('is_unlisted', server_default=None)
    with op.batch_alter_table('meetings') as batch_op:
        batch_op.add_column(sa.Column('starting_letter', sa.String(length=8), nullable=False, server_default=''))
    with op.batch_alter_table('meetings') as batch_op:
        batch_op.alter_column('starting_letter', server_default=None)
    op.create_table('delegate_needs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('delegate_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.String(length=2000), nullable=False),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_delegate_needs_delegate_id_delegates')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_delegate_needs_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_delegate_needs_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegate_needs')),
    sa.UniqueConstraint('delegate_id', name=op.f('uq_delegate_needs_delegate_id')),
    )
    with op.batch_alter_table('delegate_needs') as batch_op:
        batch_op.create_index(batch_op.f('ix_delegate_needs_label_id'), ['label_id'], unique=False)
    op.create_table('noted_answers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('invitation_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.Enum('awaited', 'attends', 'regrets', 'will_answer', name='answer', native_enum=False, length=40), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=True),
    sa.Column('will_answer_by', sa.Date(), nullable=True),
    sa.Column('word', sa.String(length=500), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('noted_by_id', sa.Uuid(), nullable=True),
    sa.Column('label_id', sa.Integer(), nullable=False),
    sa.Column('own_label_id', sa.Integer(), nullable=True),
    sa.Column('widened', sa.Boolean(), nullable=False),
    sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_noted_answers_invitation_id_invitations')),
    sa.ForeignKeyConstraint(['label_id'], ['labels.id'], name=op.f('fk_noted_answers_label_id_labels')),
    sa.ForeignKeyConstraint(['own_label_id'], ['labels.id'], name=op.f('fk_noted_answers_own_label_id_labels')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_noted_answers')),
    sa.UniqueConstraint('invitation_id', name=op.f('uq_noted_answers_invitation_id')),
    )
    with op.batch_alter_table('noted_answers') as batch_op:
        batch_op.create_index(batch_op.f('ix_noted_answers_label_id'), ['label_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        for statement in (*row_security("delegate_needs"), *row_security("noted_answers")):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in (*no_row_security("noted_answers"), *no_row_security("delegate_needs")):
            op.execute(statement)
    op.drop_table('noted_answers')
    op.drop_table('delegate_needs')
    with op.batch_alter_table('meetings') as batch_op:
        batch_op.drop_column('starting_letter')
    with op.batch_alter_table('delegates') as batch_op:
        batch_op.drop_column('is_unlisted')
        batch_op.drop_column('language')
        batch_op.drop_column('level')
