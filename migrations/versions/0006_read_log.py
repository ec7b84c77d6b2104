"""The read log: who opened what is for named readers, behind the wall, kept a year."""

import sqlalchemy as sa
from alembic import op

revision = '0006_read_log'
down_revision = '0005_emergency_access'
branch_labels = None
depends_on = None

SYSTEM = "current_setting('secretariat.system', true) = 'on'"


def upgrade() -> None:
    op.create_table('readings',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('hat', sa.String(length=60), nullable=False),
    sa.Column('thing_kind', sa.String(length=60), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('as_paper', sa.Boolean(), nullable=False),
    sa.Column('keep_until', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_readings'))
    )
    op.create_index('ix_readings_thing', 'readings', ['thing_kind', 'thing_id'])
    op.create_index('ix_readings_person', 'readings', ['person_id', 'hat'])
    op.create_index(op.f('ix_readings_keep_until'), 'readings', ['keep_until'])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE readings ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE readings FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY readings_read ON readings FOR SELECT USING ({SYSTEM})")
        op.execute("CREATE POLICY readings_add ON readings FOR INSERT WITH CHECK (true)")
        op.execute(f"CREATE POLICY readings_change ON readings FOR UPDATE USING ({SYSTEM}) WITH CHECK (true)")
        op.execute(f"CREATE POLICY readings_erase ON readings FOR DELETE USING ({SYSTEM})")


def downgrade() -> None:
    op.drop_table('readings')
