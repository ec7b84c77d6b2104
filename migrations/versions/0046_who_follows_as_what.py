"""Who follows is told of an alternate's office too."""

import sqlalchemy as sa
from alembic import op

revision = '0046_who_follows_as_what'
down_revision = '0045_order_of_a_plan'
branch_labels = None
depends_on = None

ROLES = (
    'focal_point', 'alternate', 'colleague', 'chair', 'liaison_officer', 'representative', 'officer', 'chairs_office',
    'coordinator', 'administrator',
)


def upgrade() -> None:
    role = sa.Enum(*ROLES, name='rolename', native_enum=False, length=40)
    with op.batch_alter_table('proposed_successors') as batch_op:
        batch_op.add_column(sa.Column('role', role, server_default='focal_point', nullable=False))
    op.execute(
        "UPDATE proposed_successors SET role = "
        "(SELECT role FROM appointments WHERE appointments.id = proposed_successors.appointment_id)"
    )
    with op.batch_alter_table('proposed_successors') as batch_op:
        batch_op.alter_column('role', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('proposed_successors') as batch_op:
        batch_op.drop_column('role')
