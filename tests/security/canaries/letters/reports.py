"""The mail of reports: who is asked to look at its own entries is told of the plan and the days, of no entry."""

from __future__ import annotations

from collections.abc import Iterator

from secretariat.plans.models import Plan
from secretariat.reports.models import ReportCheck
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry


@entry("report_check", says=("Your entries in the progress report",))
def check_asked(post: Post) -> Iterator[Occasion]:
    for spot, check in post.all_of(ReportCheck):
        plan = post.session.get_one(Plan, check.plan_id)
        leaves = post.is_appointed(plan.track_id, SPEAKING) and post.reads(check.id, plan.id)
        given = {"check": check.id, "alternate": False}
        yield Occasion(spot, given, leaves, plan.process_id, plan.track_id, words_of(plan.title))
