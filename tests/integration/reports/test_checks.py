"""Before a report is issued each participant looks at its own entries; what it corrects is a new word of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from secretariat.core import awaited, clock
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.mail.models import OutboxMessage
from secretariat.plans.models import Commitment, ProgressUpdate
from secretariat.plans.status import Status
from secretariat.reports import composition, service
from secretariat.reports.models import ProgressReport, ReportCheck, ReportEdition
from tests.factories.meetings import in_days
from tests.factories.plans import acting, seeing
from tests.support.plans import Planned, Site


def _begin(planned: Planned, *, until: int = -3) -> UUID:
    """A report up to some days ago, so that what is said now is said after its last day."""
    with acting(planned.engine, planned.people.officer) as session:
        return service.begin_report(
            session, session.viewer, planned.the_plan(session), from_on=in_days(-30), to_on=in_days(until)
        ).id


def _made_earlier(planned: Planned, days: int = 10) -> None:
    """What was entered until now was entered some days ago."""
    at = clock.now() - timedelta(days=days)
    with system_unit(planned.engine, Reason.ARCHIVE) as system:
        system.execute(update(ProgressUpdate).values(stated_at=at, entered_at=at, confirmed_at=at))
        system.execute(update(Commitment).values(accepted_at=clock.now() - timedelta(days=60)))
        system.commit()


def _report(session: Any, key: UUID) -> ProgressReport:
    found: ProgressReport = session.scalars(select(ProgressReport).where(ProgressReport.id == key)).one()
    return found


def _ask(planned: Planned, key: UUID, until: date | None = None) -> int:
    with acting(planned.engine, planned.people.officer) as session:
        return service.ask_participants(session, session.viewer, _report(session, key), until or in_days(7))


def _check_of(planned: Planned, state: str) -> UUID:
    with seeing(planned.engine, planned.people.focal[state]) as session:
        return session.scalars(select(ReportCheck.id)).one()


@pytest.fixture
def asked(planned: Planned) -> UUID:
    """A report on a step of Guatemala's, a step to come of Mexico's and silence of Honduras; all three are asked."""
    planned.report(planned.own("gt", "Publish figures"), "gt", Status.IN_PROGRESS, "January publishd", obstacle="Ours")
    planned.report(planned.own("mx", "Name contacts"), "mx", Status.NOT_YET_STARTED)
    planned.own("hn", "Send the series")
    _made_earlier(planned)
    key = _begin(planned)
    assert _ask(planned, key) == 3
    return key


def test_each_participant_is_asked_once_and_sees_its_own_entries_alone(site: Site, asked: UUID) -> None:
    planned, people = site.planned, site.planned.people
    with system_unit(planned.engine, Reason.MAIL, writes=False) as system:
        told = {
            (one.person_id, one.hat)
            for one in system.scalars(select(OutboxMessage).where(OutboxMessage.notice == service.ASKED))
        }
    assert told == {(people.focal[key].person, str(people.focal[key].hat)) for key in ("gt", "hn", "mx")}
    assert _ask(planned, asked, in_days(9)) == 0, "more time asks nobody twice"
    page = site.page(people.focal["gt"], f"/reports/checks/{_check_of(planned, 'gt')}")
    assert "January publishd" in page
    assert "Publish figures" in page
    for other in ("Name contacts", "Send the series", "Ours"):
        assert other not in page
    for who in (people.focal["mx"], people.chair, people.focal["co"], people.administrator):
        assert site.client(who).get(f"/reports/checks/{_check_of(planned, 'gt')}").status_code == 404


def test_a_correction_is_a_new_word_that_stands_in_this_report_and_not_again_in_the_next(
    site: Site, asked: UUID
) -> None:
    planned, people, gt = site.planned, site.planned.people, site.planned.people.id["gt"]
    key = _check_of(planned, "gt")
    address = site.link(people.focal["gt"], "check", key)
    with seeing(planned.engine, people.focal["gt"]) as session:
        wrong = session.scalars(select(ProgressUpdate).join(Commitment).where(Commitment.participant_id == gt)).one()
        commitment = wrong.commitment_id
    sent = site.send(None, f"{address}/{commitment}", status="completed", step="January published")
    assert sent.status_code == 303
    page = site.page(None, address)
    assert "January published" in page
    assert "January publishd" not in page
    with seeing(planned.engine, people.focal["gt"]) as session:
        right = session.scalars(select(ProgressUpdate).where(ProgressUpdate.correction_of_id.is_not(None))).one()
        assert (right.correction_of_id, right.stated_at) == (wrong.id, wrong.stated_at)
        assert session.scalars(select(ProgressUpdate.step).where(ProgressUpdate.id == wrong.id)).one() == wrong.step
    with acting(planned.engine, people.officer) as session:
        [entry] = service.compose(session, _report(session, asked)).of(gt)
        assert (entry.status, str(entry.step)) == ("completed", "January published")
    _issue(planned, asked, all_answered=True)
    with acting(planned.engine, people.officer) as session:
        following = service.begin_report(
            session, session.viewer, planned.the_plan(session), from_on=in_days(-3), to_on=in_days(0)
        )
        assert service.compose(session, following).of(gt) == [], "completed before it began"


def test_what_was_said_for_the_first_time_in_the_check_is_reported(planned: Planned, asked: UUID) -> None:
    people = planned.people
    with acting(planned.engine, people.focal["hn"]) as session:
        [check] = session.scalars(select(ReportCheck)).all()
        [entry] = service.entries_of(session, check)
        assert entry.place is composition.Place.NOT_YET_REPORTED
        said = service.Said(Status.IN_PROGRESS, "Half of it is sent", "en", {})
        service.correct_entry(session, session.viewer, check, entry, said)
        [entry] = service.entries_of(session, check)
        assert (entry.place, entry.is_new) == (composition.Place.STEP, False)


def test_the_officer_sees_who_has_looked_and_whether_it_covers_what_stands_there_now(site: Site, asked: UUID) -> None:
    planned, people = site.planned, site.planned.people
    page = site.page(people.officer, f"/reports/drafts/{asked}/check")
    assert page.count("No word yet") == 3
    address = f"/reports/checks/{_check_of(planned, 'mx')}"
    form = site.client(people.focal["mx"]).get(address).get_data(as_text=True)
    seen = form.split('name="version" type="hidden" value="')[1].split('"')[0]
    assert site.send(people.focal["mx"], address, version=seen).status_code == 303
    page = site.page(people.officer, f"/reports/drafts/{asked}/check")
    assert page.count("No word yet") == 2
    assert "Its entries are right" in page
    assert "They have changed since" not in page
    site.page(None, site.link(people.focal["hn"], "check", _check_of(planned, "hn")))
    waits = site.page(people.officer, f"/reports/drafts/{asked}/issue")
    assert "may look at their entries until" in waits
    assert f"/reports/drafts/{asked}/check" in waits
    assert "csrf_token" not in waits.partition("<main")[2], "there is no button that cannot be pressed yet"
    with seeing(planned.engine, people.officer) as session:
        opened = {one.participant_id for one in session.scalars(select(ReportCheck)) if one.opened_at}
    assert opened == {people.id["mx"]}, "a scanner that follows the link of a mail has not looked"
    assert site.send(people.focal["mx"], address, version="of another page").status_code == 409


def test_what_is_awaited_ends_with_a_word_or_with_the_issue(planned: Planned, asked: UUID) -> None:
    def waiting() -> set[UUID | None]:
        with seeing(planned.engine, planned.people.officer) as session:
            found = awaited.awaited(session, clock.today())
            return {one.participant for one in found if one.kind == "report_check"}

    of = planned.people.id
    assert waiting() == {of["gt"], of["hn"], of["mx"]}
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        [check] = session.scalars(select(ReportCheck)).all()
        seen = composition.seen(service.entries_of(session, check))
        service.say_right(session, session.viewer, check, seen)
    assert waiting() == {of["hn"], of["mx"]}
    with pytest.raises(Refused, match="until"):
        _issue(planned, asked)
    with acting(planned.engine, planned.people.officer) as session:
        assert "until" in str(service.why_not_yet(session, _report(session, asked)))
    with system_unit(planned.engine, Reason.ARCHIVE) as system:
        system.execute(update(ProgressReport).values(answer_by=in_days(-1)))
        system.commit()
    _issue(planned, asked)
    assert waiting() == set()
    with acting(planned.engine, planned.people.focal["hn"]) as session:
        [check] = session.scalars(select(ReportCheck)).all()
        with pytest.raises(Refused, match="issued"):
            service.say_right(session, session.viewer, check, composition.seen(service.entries_of(session, check)))


def test_nobody_says_it_for_a_state(planned: Planned, asked: UUID) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        check = session.scalars(select(ReportCheck).where(ReportCheck.participant_id == planned.people.id["mx"])).one()
        with pytest.raises(NotAllowed):
            service.say_right(session, session.viewer, check, composition.seen(service.entries_of(session, check)))
    with seeing(planned.engine, planned.people.chair) as session:
        own = [one.participant_id for one in session.scalars(select(ReportCheck))]
    assert own == [planned.people.id["gt"]], "a chair is another state, and sees what is its own"


def test_days_stay_while_participants_look(planned: Planned, asked: UUID) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        report = _report(session, asked)
        with pytest.raises(Refused, match="days and body"):
            service.change_report(
                session, session.viewer, report, from_on=in_days(-20), to_on=report.to_on, body=None, meeting=None,
                introduction=None,
            )  # fmt: skip
        for day, why in ((in_days(0), "to come"), (in_days(2), "Participants were told")):
            with pytest.raises(Refused, match=why):
                service.ask_participants(session, session.viewer, report, day)


def test_what_is_said_on_a_day_two_reports_share_stands_in_one_of_them(planned: Planned) -> None:
    first, later = planned.own("gt", "Publish figures"), planned.own("mx", "Name contacts")
    planned.report(first, "gt", Status.IN_PROGRESS, "Said before it was issued")
    key = _begin(planned, until=0)
    _issue(planned, key)
    planned.report(later, "mx", Status.IN_PROGRESS, "Said on the same day, after it")
    with acting(planned.engine, planned.people.officer) as session:
        following = service.begin_report(
            session, session.viewer, planned.the_plan(session), from_on=in_days(0), to_on=in_days(0)
        )
        places = {str(one.words): one.place for one in service.compose(session, following).entries}
    assert places == {"Publish figures": "not_yet_reported", "Name contacts": "step"}


def _issue(planned: Planned, key: UUID, *, all_answered: bool = False) -> ReportEdition:
    with acting(planned.engine, planned.people.officer) as session:
        report = _report(session, key)
        if all_answered:
            for one in session.scalars(select(ReportCheck)):
                one.corrected_at = one.corrected_at or clock.now()
            session.flush()
        prepared = service.Prepared(service.compose(session, report), {"en": "words"})
        return service.issue(session, session.viewer, report, [prepared])[0]
