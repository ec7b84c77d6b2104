"""Each thing keeps the generation it was made in; what stands here is of the latest its label knows."""

import sqlalchemy as sa
from alembic import op

revision = '0009_generation_of_things'
down_revision = '0008_nonces_digested'
branch_labels = None
depends_on = None

LABELLED = (
    'activities',
    'agenda_items',
    'appointments',
    'areas',
    'audit_contents',
    'bodies',
    'body_memberships',
    'chair_terms',
    'commitments',
    'commitment_partners',
    'commitment_revisions',
    'consultations',
    'contact_cards',
    'contact_numbers',
    'declassifications',
    'delegates',
    'digests',
    'digest_series',
    'emergency_accesses',
    'evidence',
    'follow_up_policies',
    'invitations',
    'jobs',
    'join_links',
    'label_reviews',
    'lent_updates',
    'loaded_files',
    'meetings',
    'meeting_notes',
    'meeting_notices',
    'objectives',
    'obstacles',
    'outbox_messages',
    'outcomes',
    'outcome_parties',
    'outcome_statements',
    'participations',
    'phases',
    'pillars',
    'plans',
    'processes',
    'process_texts',
    'progress_reports',
    'progress_updates',
    'proposals',
    'proposed_lowerings',
    'proposed_successors',
    'report_editions',
    'secretariat_hosts',
    'sittings',
    'support_needed',
    'tracks',
    'update_notes',
)


def upgrade() -> None:
    for table in LABELLED:
        op.add_column(table, sa.Column('made_in_generation', sa.Integer(), server_default='1', nullable=False))
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("SELECT set_config('secretariat.system', 'on', true)")  # rows are behind their wall for the owner too
    of_label = _generations()
    for generation in sorted(set(of_label.values()) - {1}):
        labels = [label for label, latest in of_label.items() if latest == generation]
        for table in LABELLED:
            things = sa.table(table, sa.column('label_id'), sa.column('made_in_generation'))
            here = things.c.label_id.in_(sa.bindparam('labels', expanding=True))
            op.get_bind().execute(
                things.update().where(here).values(made_in_generation=generation), {'labels': labels}
            )


def downgrade() -> None:
    for table in reversed(LABELLED):
        op.drop_column(table, 'made_in_generation')


def _generations() -> dict[int, int]:
    """The latest generation among the clauses of each label."""
    clauses = sa.table('label_clauses', sa.column('label_id'), sa.column('content', sa.JSON))
    found: dict[int, int] = {}
    for label, content in op.get_bind().execute(sa.select(clauses.c.label_id, clauses.c.content)):
        found[label] = max(found.get(label, 1), content['generation'])
    return found
