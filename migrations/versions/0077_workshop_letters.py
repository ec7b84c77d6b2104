"""What participants were told of their people for a workshop; where resource persons are written to, and their answers."""

import sqlalchemy as sa
from alembic import op

revision = '0077_workshop_letters'
down_revision = '0076_organizations_of_networks'
branch_labels = None
depends_on = None

PEOPLE = ('invited_by_person_id', 'invitee_id')
INDEX = 'ix_workshop_seats_invitee_id'


def _key(column: str) -> str:
    return op.f(f'fk_workshop_seats_{column}_persons')


def upgrade() -> None:
    with op.batch_alter_table('workshop_calls') as batch:
        batch.add_column(sa.Column('told', sa.Integer(), server_default='0', nullable=False))
    with op.batch_alter_table('workshop_seats') as batch:
        batch.add_column(sa.Column('address', sa.String(length=254), server_default='', nullable=False))
        batch.add_column(sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('invited_by_hat', sa.String(length=60), server_default='', nullable=False))
        batch.add_column(sa.Column('comes', sa.Boolean(), nullable=True))
        batch.add_column(sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('word', sa.String(length=1000), server_default='', nullable=False))
        for column in PEOPLE:
            batch.add_column(sa.Column(column, sa.Uuid(), nullable=True))
            batch.create_foreign_key(_key(column), 'persons', [column], ['id'])
        batch.create_index(INDEX, ['invitee_id'])


def downgrade() -> None:
    op.execute("UPDATE workshop_seats SET state = 'reserve' WHERE state = 'not_chosen'")
    with op.batch_alter_table('workshop_seats') as batch:
        batch.drop_index(INDEX)
        for column in PEOPLE:
            batch.drop_constraint(_key(column), type_='foreignkey')
        for column in ('word', 'replied_at', 'comes', 'invited_by_hat', 'invited_at', 'address', *PEOPLE):
            batch.drop_column(column)
    with op.batch_alter_table('workshop_calls') as batch:
        batch.drop_column('told')
