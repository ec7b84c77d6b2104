"""A choice of who goes follows its invitation, can be called off, and be held once more."""

import sqlalchemy as sa
from alembic import op

revision = '0058_choices_anew'
down_revision = '0057_choices'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('choices') as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_choices_guest_id'), type_='unique')
        batch_op.create_index(batch_op.f('ix_choices_guest_id'), ['guest_id'], unique=False)
        batch_op.add_column(sa.Column('chosen_for', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('departed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('departed_word', sa.String(length=500), server_default='', nullable=False))
        batch_op.add_column(sa.Column('stands', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('lapsed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('called_off_word', sa.String(length=500), server_default='', nullable=False))
    choices = sa.table('choices', sa.column('chosen_for'), sa.column('on'), sa.column('settled_at'))
    op.execute(choices.update().where(choices.c.settled_at.is_not(None)).values(chosen_for=choices.c.on))


def downgrade() -> None:
    """Of several choices for one invitation the latest stays."""
    op.execute(
        'DELETE FROM choice_ballots WHERE choice_id IN (SELECT c.id FROM choices c JOIN choices d'
        ' ON d.guest_id = c.guest_id AND (d.opened_at > c.opened_at OR (d.opened_at = c.opened_at AND d.id < c.id)))'
    )
    op.execute(
        'DELETE FROM choice_candidates WHERE choice_id IN (SELECT c.id FROM choices c JOIN choices d'
        ' ON d.guest_id = c.guest_id AND (d.opened_at > c.opened_at OR (d.opened_at = c.opened_at AND d.id < c.id)))'
    )
    op.execute(
        'DELETE FROM choices WHERE id IN (SELECT c.id FROM choices c JOIN choices d'
        ' ON d.guest_id = c.guest_id AND (d.opened_at > c.opened_at OR (d.opened_at = c.opened_at AND d.id < c.id)))'
    )
    with op.batch_alter_table('choices') as batch_op:
        for column in (
            'called_off_word', 'called_off_at', 'lapsed_at', 'stands', 'departed_word', 'departed_at', 'chosen_for'
        ):
            batch_op.drop_column(column)
        batch_op.drop_index(batch_op.f('ix_choices_guest_id'))
        batch_op.create_unique_constraint(batch_op.f('uq_choices_guest_id'), ['guest_id'])
