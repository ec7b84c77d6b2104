"""What was given for a support need."""

import sqlalchemy as sa
from alembic import op

from secretariat.core.ddl import no_row_security, row_security

revision = '0038_support_given'
down_revision = '0037_plan_parts'
branch_labels = None
depends_on = None

TABLE = 'support_given'
STATES = sa.Enum('noted', 'confirmed', 'set_aside', name='givenstate', native_enum=False, length=40)
POINTS_AT = {
    'need_id': 'support_needed', 'giver_id': 'participants', 'noted_by_person_id': 'persons',
    'answered_by_person_id': 'persons', 'label_id': 'labels', 'own_label_id': 'labels',
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('need_id', sa.Uuid(), nullable=False),
        sa.Column('giver_id', sa.Uuid(), nullable=True),
        sa.Column('giver_text', sa.String(length=300), nullable=False),
        sa.Column('words', sa.JSON(), nullable=False),
        sa.Column('given_on', sa.Date(), nullable=True),
        sa.Column('state', STATES, nullable=False),
        sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('noted_by_person_id', sa.Uuid(), nullable=True),
        sa.Column('noted_by_hat', sa.String(length=60), nullable=False),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answered_by_person_id', sa.Uuid(), nullable=True),
        sa.Column('label_id', sa.Integer(), nullable=False),
        sa.Column('own_label_id', sa.Integer(), nullable=True),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f'{of}.id'], name=op.f(f'fk_{TABLE}_{column}_{of}'))
            for column, of in POINTS_AT.items()
        ),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{TABLE}')),
    )
    with op.batch_alter_table(TABLE) as batch_op:
        for column in ('label_id', 'need_id'):
            batch_op.create_index(batch_op.f(f'ix_{TABLE}_{column}'), [column], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for statement in row_security(TABLE):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for statement in no_row_security(TABLE):
            op.execute(statement)
    op.drop_table(TABLE)
