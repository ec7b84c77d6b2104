"""When the owner of a contact card is asked again whether it is right."""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = '0060_details_again'
down_revision = '0059_answer_replies'
branch_labels = None
depends_on = None

YEAR, SOON = timedelta(days=365), timedelta(days=90)


def upgrade() -> None:
    op.add_column('contact_cards', sa.Column('look_again_on', sa.Date(), nullable=True))
    cards = sa.table(
        'contact_cards', sa.column('id', sa.Uuid()), sa.column('confirmed_on', sa.Date()), sa.column('look_again_on', sa.Date())
    )
    connection = op.get_bind()
    for key, confirmed_on in connection.execute(sa.select(cards.c.id, cards.c.confirmed_on)).all():
        # Nobody is asked the day after an update of the product; who never said so is asked in three months.
        again = max(confirmed_on + YEAR if confirmed_on else date.min, date.today() + SOON)
        connection.execute(sa.update(cards).where(cards.c.id == key).values(look_again_on=again))


def downgrade() -> None:
    with op.batch_alter_table('contact_cards') as table:
        table.drop_column('look_again_on')
