"""Follow-up, mail, reports and what was loaded: rows of the secretariat's own desk."""

from datetime import date, timedelta
from uuid import uuid4

from secretariat.core import clock
from secretariat.directory.models import Person
from secretariat.follow_up.chair_models import ChairWord
from secretariat.follow_up.contact_models import ContactNote, ContactOutcome, ContactWay
from secretariat.follow_up.models import (
    Digest,
    DigestKind,
    DigestSeries,
    FollowUpPolicy,
    LetterTemplate,
    PlanFollowUpPolicy,
)
from secretariat.follow_up.reply_models import MailReply
from secretariat.follow_up.task_models import Absence, Task
from secretariat.mail.models import OutboxMessage
from secretariat.plans.models import Plan
from secretariat.reference.models import LoadedFile
from secretariat.reports.models import ChairAdvice, ProgressReport, ReportCheck, ReportEdition
from tests.security.canaries.world import SPOTS, Plot, plants


@plants(FollowUpPolicy, spots=SPOTS[13:14], why_unseen="numbers of days; it carries no words")
def policy(plot: Plot) -> FollowUpPolicy:
    return FollowUpPolicy(
        process_id=plot.process,
        track_id=plot.track,
        before_due=[14],
        after_due=[7],
        answer_after=[14],
        check_in_every=90,
        apart=7,
        most_a_quarter=3,
        grace=3,
    )


@plants(LetterTemplate, spots=SPOTS[13:14], why_unseen="met in the letters written with it, and by who writes them")
def letter_template(plot: Plot) -> LetterTemplate:
    return LetterTemplate(
        process_id=plot.process, track_id=plot.track, language="fr", text="{asked}\n\n{link}", written_at=clock.now()
    )


@plants(PlanFollowUpPolicy, inside=Plan, spots=(), why_unseen="numbers of days; it carries no words")
def plan_policy(plot: Plot) -> PlanFollowUpPolicy:
    return PlanFollowUpPolicy(
        plan_id=plot.inside.id, before_due=[14], after_due=[7], answer_after=[14], check_in_every=90, grace=7
    )


@plants(DigestSeries, inside=None, why_unseen="read by the worker; its line stands in the mail")
def series(plot: Plot) -> DigestSeries:
    person = Person()
    plot.session.add(person)
    plot.session.flush()
    return DigestSeries(
        person_id=person.id, hat="nobody", process_id=plot.process, track_id=plot.track, personal_line=plot.word()
    )


@plants(Digest, inside=DigestSeries, spots=(), why_unseen="read by the worker; its line stands in the mail")
def digest(plot: Plot) -> Digest:
    return Digest(
        series_id=plot.inside.id, window=date(2026, 1, 5), kind=DigestKind.BY_POLICY, personal_line=plot.word()
    )


@plants(ContactNote, inside=None, spots=SPOTS[12:16])
def contact_note(plot: Plot) -> ContactNote:
    """About the observer's focal point, who may ask to have it put right."""
    official = plot.world.officials["observer"]
    assert official is not None
    return ContactNote(
        process_id=plot.process,
        track_id=plot.track,
        participant_id=plot.id("state observer"),
        person_id=official.person,
        hat=str(official.hat),
        way=ContactWay.CALL,
        contacted_at=clock.now() - timedelta(days=3),
        outcome=ContactOutcome.NOTED,
        agreed=plot.word(),
        logged_at=clock.now() - timedelta(days=3),
        correction=plot.word(),
        ends_on=clock.today() + timedelta(days=300),
    )


@plants(MailReply, inside=None, spots=SPOTS[12:16])
def mail_reply(plot: Plot) -> MailReply:
    """Of the observer's focal point, who answered a message."""
    official = plot.world.officials["observer"]
    assert official is not None
    return MailReply(
        process_id=plot.process,
        track_id=plot.track,
        key=uuid4().hex,
        person_id=official.person,
        hat=str(official.hat),
        participant_id=plot.id("state observer"),
        sender="observer@ministry.example",
        words=plot.word(),
        left_out=[plot.word()],
        received_at=clock.now() - timedelta(days=1),
        ends_on=clock.today() + timedelta(days=300),
    )


@plants(ChairWord, inside=None, spots=SPOTS[12:18])
def chair_word(plot: Plot) -> ChairWord:
    """About the observer, and sent."""
    official = plot.world.officials["observer"]
    assert official is not None
    return ChairWord(
        process_id=plot.process,
        track_id=plot.track,
        participant_id=plot.id("state observer"),
        person_id=official.person,
        words=plot.word(),
        told_at=clock.now() - timedelta(days=9),
        sends_from=clock.today() - timedelta(days=2),
        sent_at=clock.now() - timedelta(days=1),
    )


@plants(Task, inside=None, spots=(SPOTS[13], SPOTS[15]), why_unseen="shown to whoever keeps the track, among its tasks")
def task(plot: Plot) -> Task:
    """Of a colleague who keeps the track no longer: whoever keeps it takes it over."""
    person = Person()
    plot.session.add(person)
    plot.session.flush()
    return Task(
        process_id=plot.process,
        track_id=plot.track,
        words=plot.word(),
        made_at=clock.now(),
        made_by_id=person.id,
        holder_id=person.id,
        accepted_at=clock.now(),
    )


@plants(Absence, inside=None, spots=(SPOTS[13], SPOTS[15]), why_unseen="days and persons; it carries no words")
def absence(plot: Plot) -> Absence:
    person, stand_in = Person(), Person()
    plot.session.add_all([person, stand_in])
    plot.session.flush()
    return Absence(
        process_id=plot.process,
        track_id=plot.track,
        person_id=person.id,
        stand_in_id=stand_in.id,
        since=clock.today(),
        until=clock.today() + timedelta(days=30),
    )


@plants(OutboxMessage, inside=None, why_unseen="shown to the secretariat by number and address")
def message(plot: Plot) -> OutboxMessage:
    member = plot.world.officials["member"]
    assert member is not None
    return OutboxMessage(
        key=plot.word(),
        notice="planted",
        number=uuid4().hex[:12],
        process_id=plot.process,
        track_id=plot.track,
        person_id=member.person,
        hat=str(member.hat),
        address=f"{plot.word()}@ministry.example",
        state="dead",
        reason="address",
        detail=plot.word(),
    )


@plants(LoadedFile, spots=SPOTS[3:4], why_unseen="read by the loader")
def loaded_file(plot: Plot) -> LoadedFile:
    return LoadedFile(process_id=plot.process, name=plot.word(), digest="0" * 64, facts=[plot.word()])


@plants(ProgressReport, inside=Plan)
def report(plot: Plot) -> ProgressReport:
    return ProgressReport(
        plan_id=plot.inside.id,
        from_on=date(2025, 1, 1),
        to_on=date(2026, 1, 1),
        introduction=plot.text(),
        wider_introduction=plot.text(),
        remarks={},
    )


@plants(ReportEdition, inside=Plan)
def edition(plot: Plot) -> ReportEdition:
    report_id = plot.world.planted["ProgressReport"][0]
    return ReportEdition(
        report_id=report_id,
        plan_id=plot.inside.id,
        standing="members",
        symbol=plot.word(),
        from_on=date(2025, 1, 1),
        to_on=date(2026, 1, 1),
        issued_at=clock.now(),
        content={},
        texts={"en": plot.word()},
        digest="0" * 64,
    )


@plants(ReportCheck, inside=Plan, spots=(), why_unseen="a participant and days; its page shows entries of the plan")
def report_check(plot: Plot) -> ReportCheck:
    place = len(plot.world.planted.get("ReportCheck", []))
    return ReportCheck(
        report_id=plot.world.planted["ProgressReport"][place],
        plan_id=plot.inside.id,
        participant_id=plot.id("state member"),
        from_on=date(2025, 1, 1),
        to_on=clock.today(),
        asked_at=clock.now(),
        answer_by=date(2099, 1, 1),
        given=[],
    )


@plants(ChairAdvice, inside=Plan)
def advice(plot: Plot) -> ChairAdvice:
    place = len(plot.world.planted.get("ChairAdvice", []))
    return ChairAdvice(
        report_id=plot.world.planted["ProgressReport"][place],
        plan_id=plot.inside.id,
        from_on=date(2025, 1, 1),
        to_on=date(2026, 1, 1),
        words=plot.text(),
        written_at=clock.now(),
    )
