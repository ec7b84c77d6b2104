"""Makes the demonstration: a year of the process, each act by who would do it, through the services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Engine, select, update

from secretariat.civil_society.service.submitting import Written
from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.demonstration import (
    arrangements,
    consultation,
    content,
    correspondence,
    days,
    network,
    papers,
    people,
    reference_plans,
    texts,
)
from secretariat.demonstration.people import Actor, State
from secretariat.mail import outbox
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.meetings import queries as meeting_queries
from secretariat.meetings import service as meetings
from secretariat.meetings.models import Adoption, Answer, Attendance, AttributionRule, Meeting
from secretariat.plans import queries as plan_queries
from secretariat.plans import service as plans
from secretariat.plans.models import Activity, NotedAfter, Plan
from secretariat.plans.status import Status
from secretariat.processes import service as processes
from secretariat.processes.models import Body, Participant, Process, Track, TrackKind

T = TypeVar("T")
BEGUN = 380
LAST_MEETING = 150
PLAN_PROPOSED = 140
PLAN_ACCEPTED = 130
SUBMITTED, ANSWERED, ASKED = 75, 40, 12
SIGNED, AGREED, PUBLISHED = 35, 15, 14
CIRCULATED, OPENED, COMMENTED = 30, 22, 10
TOLD = 25
NEXT_MEETING = 33
LETTERS, CALLED, CHOSEN, WORKSHOP = 20, 18, 9, 61
TELL = Callable[[str], None]


def is_there(engine: Engine) -> bool:
    """Whether the demonstration was made before."""
    with system_unit(engine, Reason.REFERENCE, writes=False) as system:
        return bool(system.scalar(select(Process.demonstration).where(Process.slug == content.PROCESS)))


def build(engine: Engine, desk: papers.Desk, tell: TELL = lambda _said: None) -> None:
    """Make the demonstration on the reference data; its files are laid on `desk`. Raises LookupError where the data are
    not loaded."""
    demonstration = _Demonstration(engine, desk)
    with _days_ago(BEGUN):
        demonstration.appoint_people()
        tell("people")
        demonstration.open_body_and_chair()
        demonstration.open_public_page()
        demonstration.plans_of_reference()
        tell("plans of the reference data")
    with _days_ago(LAST_MEETING + 40):
        demonstration.invite_to_last_meeting()
    with _days_ago(LAST_MEETING - 2):
        demonstration.hold_last_meeting()
        tell("last meeting")
        demonstration.write_plan()
        demonstration.publish_plan()
    demonstration.fill_plan()
    tell("plan of action")
    demonstration.let_network_submit()
    demonstration.ask_everybody()
    demonstration.tell_of_days()
    tell("civil society")
    demonstration.write_letters()
    demonstration.hold_call_for_workshop()
    demonstration.receive_contributions()
    tell("letters, workshop and contributions")
    demonstration.let_old_mail_rest()
    demonstration.schedule_next_meeting()
    demonstration.invite_by_letter()
    demonstration.arrange_next_meeting()
    demonstration.issue_papers()
    demonstration.draft_text()
    tell("papers")
    demonstration.propose_what_is_open()
    demonstration.finish()
    tell("next meeting")


@contextmanager
def _days_ago(days: int) -> Iterator[None]:
    with clock.moved(-timedelta(days=days)):
        yield


class _Demonstration:
    """What is being made; keys only, because every act has its own session."""

    def __init__(self, engine: Engine, desk: papers.Desk) -> None:
        self.engine, self.desk = engine, desk
        with system_unit(engine, Reason.REFERENCE, writes=False) as system:
            process = system.scalar(select(Process).where(Process.slug == content.PROCESS))
            if process is None:
                raise LookupError(f"load the reference data first: there is no process {content.PROCESS}")
            tracks = {track.kind: track for track in process.tracks}
            self.process = process.id
            self.track = tracks[TrackKind.GOVERNMENT].id
            self.network = tracks[TrackKind.CIVIL_SOCIETY].id
            self.states: dict[str, State] = people.states_of(system, process, tracks[TrackKind.GOVERNMENT])
            self.iom = system.scalars(select(Participant.id).where(Participant.key == "iom")).one()
        self.actors: dict[str, Actor] = {}
        self.members: dict[str, Actor] = {}
        self.body: UUID
        self.notice: UUID
        self.last_meeting: UUID
        self.next_meeting: UUID
        self.plan: UUID

    def appoint_people(self) -> None:
        administrator = self.administrator = people.administrator(self.engine)
        self.officer = people.first_officer(self.engine, administrator, self.track)
        self._by(self.officer, self._speak_two_languages)
        self.actors = people.everyone_else(self.engine, self.officer, self.track, self.states)
        self.actors |= people.outsiders(self.engine, self.officer, self.track, self.iom)
        self.actors["coordinator"] = people.coordinator(self.engine, administrator, self.network)
        organizations = self._by(self.actors["coordinator"], self._join)
        self.members = people.representatives(self.engine, self.actors["coordinator"], self.network, organizations)
        self.actors["liaison"] = people.liaison_officer(self.engine, self.officer, self.track, self.states)

    def _join(self, session: ViewerSession) -> dict[str, UUID]:
        return network.join(session, self.network, {code: one.id for code, one in self.states.items()})

    def _speak_two_languages(self, session: ViewerSession) -> None:
        process = session.scalars(select(Process).where(Process.id == self.process)).one()
        process.languages, process.zone = ["en", "es"], "America/Costa_Rica"

    def plans_of_reference(self) -> None:
        """What the sources tell of three processes, as plans with commitments."""
        reference_plans.earlier_plan(self.engine, content.PROCESS, self.officer, self.actors)
        reference_plans.plans_of_others(self.engine, content.PROCESS, self.administrator)

    def open_body_and_chair(self) -> None:
        def act(session: ViewerSession) -> UUID:
            track = self._track(session)
            words = processes.BodyWords(
                name=content.BODY, kind="consultation-group", abbreviation="RCGM", level="senior", permanence="standing"
            )
            since = PartialDate.parse(clock.today())
            body = processes.open_body(session, session.viewer, track, words, since=since)
            chair = self.states[content.CHAIR].id
            term = processes.Term(since=since, decision="Conclusions of the Vice-Ministerial Meeting")
            processes.set_chair(session, session.viewer, track, chair, "chair", term)
            processes.set_chair(session, session.viewer, track, chair, "chair", term, body=body)
            return body.id

        self.body = self._by(self.officer, act)

    def open_public_page(self) -> None:
        def act(session: ViewerSession) -> None:
            process = self._track(session).process
            processes.open_public_page(
                session, session.viewer, process, since=clock.today(process.zone), decision=content.PUBLIC_BY
            )

        self._by(self.officer, act)

    def invite_to_last_meeting(self) -> None:
        def act(session: ViewerSession) -> UUID:
            meeting = self._schedule(session, self._day(-LAST_MEETING), content.CHAIR)
            self._announce_and_invite(session, meeting)
            return meeting.id

        self.last_meeting = self._by(self.officer, act)
        for post in content.POSTS:
            self._by(self.actors[post.state], self._attend)

    def _announce_and_invite(self, session: ViewerSession, meeting: Meeting) -> None:
        meetings.announce_meeting(session, meeting)
        members = {self.states[post.state].id for post in content.POSTS}
        offered = {one.participant for one in meeting_queries.invitable(session, meeting, clock.today())}
        first = meeting.starts_on.first_day if meeting.starts_on else clock.today()
        meetings.invite(session, meeting, members & offered, answer_by=first - timedelta(days=14))

    def _attend(self, session: ViewerSession) -> None:
        invitation = meeting_queries.own_invitation(session, self.last_meeting, session.viewer.participant)
        if invitation is not None:
            reply = meetings.Reply(answer=Answer.ATTENDS, persons=3, head_function="Head of delegation")
            meetings.answer_invitation(session, invitation, reply)

    def hold_last_meeting(self) -> None:
        def act(session: ViewerSession) -> None:
            meeting = self._meeting(session, self.last_meeting)
            came = {one.id: Attendance.PRESENT for one in meeting_queries.invitations_of(session, meeting.id)}
            meetings.record_attendance(session, meeting, dict(came))
            for kind, text in content.OUTCOMES:
                confirmation = meetings.Confirmation(adoption=Adoption.CONSENSUS, word="The Chair, at the meeting")
                words = meetings.OutcomeWords(kind=kind, text=text)
                meetings.record_outcome(session, meeting, words, confirmation=confirmation)
            meetings.close_meeting(session, meeting)

        self._by(self.officer, act)

    def write_plan(self) -> None:
        def act(session: ViewerSession) -> UUID:
            viewer, track = session.viewer, self._track(session)
            first = clock.today()
            plan = plans.begin_plan(
                session, viewer, track.process, track, content.PLAN_TITLE,
                period_from=PartialDate.parse(first.year), period_until=PartialDate.parse(first.year + 2),
            )  # fmt: skip
            for field in content.FIELDS:
                area = plans.add_area(session, viewer, plan, field.title)
                for aim in field.aims:
                    objective = plans.add_objective(session, viewer, plan, aim.title, above=area)
                    for work in aim.works:
                        plans.add_activity(session, viewer, plan, work.title, above=objective)
            plans.adopt_plan(session, viewer, plan, self._day(-LAST_MEETING), meeting_id=self.last_meeting)
            return plan.id

        self.plan = self._by(self.officer, act)

    def fill_plan(self) -> None:
        """What states have accepted, and what they have said of it since, each at its time."""
        said: list[tuple[int, UUID, content.Promise, content.Step]] = []
        for title, promise in self._promises(proposals=False):
            with _days_ago(PLAN_PROPOSED):
                commitment = self._propose(title, promise)
            with _days_ago(PLAN_ACCEPTED):
                self._by(self.actors[promise.state], partial(self._accept, key=commitment))
            said += [(step.days_ago, commitment, promise, step) for step in promise.steps]
            if promise.noted:
                with _days_ago(promise.noted.days_ago):
                    self._note(commitment, promise.noted)
        for days_ago, commitment, promise, step in sorted(said, key=lambda one: -one[0]):
            with _days_ago(days_ago):
                self._report(commitment, promise, step)

    def propose_what_is_open(self) -> None:
        for title, promise in self._promises(proposals=True):
            self._propose(title, promise)

    def let_old_mail_rest(self) -> None:
        """What would have been sent in the past is on record and not sent now."""
        with system_unit(self.engine, Reason.MAIL) as system:
            for key in system.scalars(select(OutboxMessage.id).where(OutboxMessage.state == MailState.WAITING)):
                outbox.record(system, key, MailState.SKIPPED, "demonstration")
            system.execute(
                update(OutboxMessage).where(OutboxMessage.state == MailState.WAITING).values(state=MailState.SKIPPED)
            )

    def let_network_submit(self) -> None:
        """Recommendations that a government has answered, and a question that awaits its answer."""
        with _days_ago(SUBMITTED):
            self._by(self.officer, partial(network.set_rules, network=self.network))
            key = self._by(self.actors["coordinator"], partial(self._submit, written=network.ANSWERED))
        with _days_ago(ANSWERED):
            self._by(self.actors["liaison"], partial(network.answer, key=key))
        with _days_ago(ANSWERED - 2):
            self._by(self.actors["coordinator"], partial(network.reply, key=key))
        self._let_network_adopt()
        self._publish(self.actors["liaison"], key)
        self._let_network_comment()
        with _days_ago(ASKED):
            self._by(self.actors["coordinator"], partial(self._submit, written=network.AWAITED))

    def tell_of_days(self) -> None:
        """Each side tells the other on which days it meets, and they agree to a session at the next meeting."""
        first, coordinator = _working_day(self._day(NEXT_MEETING)), self.actors["coordinator"]
        with _days_ago(TOLD):
            self._by(self.officer, partial(days.publish, track=self.track))
            self._by(coordinator, partial(days.publish, track=self.network))
            self._by(coordinator, partial(days.assemble, track=self.network, on=first - timedelta(days=7)))
            asked = partial(days.propose, track=self.network, other=self.track, on=first)
            key = self._by(coordinator, asked)
            self._by(self.officer, partial(days.agree, track=self.track, key=key))

    def _let_network_adopt(self) -> None:
        """A position that organizations have signed, sent with the dissent of one, and answered for the process."""
        coordinator, until = self.actors["coordinator"], self._day(-SIGNED)
        with _days_ago(SIGNED + 12):
            key = self._by(coordinator, partial(network.open_position, network=self.network, until=until))
        with _days_ago(SIGNED + 5):
            for state, member in self.members.items():
                act = network.dissent if state == network.DISSENTING else network.sign
                self._by(member, partial(act, key=key))
        with _days_ago(SIGNED - 2):
            sent = self._by(coordinator, partial(network.adopt_and_send, key=key))
        with _days_ago(AGREED):
            self._by(self.officer, partial(self._answer_for_process, key=sent))
        self._publish(self.officer, sent)

    def _publish(self, answered_by: Actor, key: UUID) -> None:
        """Both sides let everybody read a submission and its answers."""
        with _days_ago(PUBLISHED):
            self._by(self.actors["coordinator"], partial(network.publish, key=key))
            self._by(answered_by, partial(network.publish_answer, key=key))

    def _let_network_comment(self) -> None:
        """A comment by paragraph on a notice that both sides read; and something confided to the coordinator."""
        with _days_ago(CIRCULATED):
            document = self._by(self.officer, partial(network.circulate_notice, process=self.process))
            self.notice = document
        with _days_ago(COMMENTED):
            commenting, confiding = (self.members[one] for one in (network.COMMENTING, network.CONFIDING))
            act = partial(network.comment, network=self.network, document=document)
            key = self._by(commenting, act)
            self._by(self.actors["coordinator"], partial(network.send, key=key))
            to = self.actors["coordinator"].person
            self._by(confiding, partial(network.confide, network=self.network, coordinator=to))

    def ask_everybody(self) -> None:
        """By the members' decision anybody comments on the notice, still for some weeks."""
        with _days_ago(OPENED):
            until = _working_day(self._day(OPENED))
            key = self._by(self.officer, partial(consultation.open_notice, document=self.notice, until=until))
        with _days_ago(COMMENTED):
            for number, writer in enumerate(consultation.WRITERS, 1):
                consultation.comment(self.engine, key, writer, number)
        self._by(self.officer, partial(consultation.answer, key=key))

    def _answer_for_process(self, session: ViewerSession, *, key: UUID) -> None:
        parts = plan_queries.outline(session, self.plan)
        network.answer_for_process(session, key, next(one.id for one in parts if isinstance(one, Activity)))

    def _submit(self, session: ViewerSession, *, written: Written) -> UUID:
        return network.submit(session, self.network, written)

    def schedule_next_meeting(self) -> None:
        first = _working_day(self._day(NEXT_MEETING))

        def act(session: ViewerSession) -> UUID:
            meeting = self._schedule(session, first, content.NEXT_HOST)
            for minutes, title in content.AGENDA:
                meetings.add_item(session, meeting, meetings.ItemWords(title=title, minutes=minutes))
            self._announce_and_invite(session, meeting)
            return meeting.id

        self.next_meeting = self._by(self.officer, act)

    def arrange_next_meeting(self) -> None:
        def act(session: ViewerSession) -> UUID:
            return arrangements.host_list(session, self._meeting(session, self.next_meeting))

        arrangements.protocol_officer(self.engine, self.officer, self.track, self._by(self.officer, act))

    def publish_plan(self) -> None:
        def act(session: ViewerSession) -> None:
            papers.plan_for_all(session, self.desk, self._track(session), self.plan)

        self._by(self.officer, act)

    def issue_papers(self) -> None:
        """The papers of the next meeting: an agenda and its revision, one whose translation is awaited. Beside them, a
        note that waits for its day."""

        def act(session: ViewerSession) -> None:
            meeting = self._meeting(session, self.next_meeting)
            first = papers.agenda_of(session, self.desk, meeting)
            meetings.issue_agenda(session, meeting)
            papers.revised_agenda_of(session, self.desk, meeting, first)
            papers.state_of_plan(session, self.desk, meeting, self.plan, self._day(12))
            papers.note_for_later(session, self.desk, self._track(session), self.plan, self._day(20))

        self._by(self.officer, act)

    def write_letters(self) -> None:
        """A circular that was sent, and what came and went, all some days ago."""
        with _days_ago(LETTERS):
            guatemala = self.states["GT"].id
            self._by(self.officer, partial(correspondence.letters, track=self.track, guatemala=guatemala))

    def hold_call_for_workshop(self) -> None:
        """Who comes is chosen; the workshop itself is still to come."""
        with _days_ago(CALLED):
            first = _working_day(self._day(WORKSHOP))
            act = partial(correspondence.workshop, track=self.track, first=first, states=self.states)
            key = self._by(self.officer, act)
            for state, names in correspondence.NAMED.items():
                self._by(self.actors[state], partial(correspondence.name_people, key=key, names=names))
        with _days_ago(CHOSEN):
            self._by(self.officer, partial(correspondence.choose_people, key=key))

    def receive_contributions(self) -> None:
        with _days_ago(LETTERS):
            for state, gift in correspondence.gifts(self.states, clock.today()):
                key = self._by(self.officer, partial(correspondence.contribution, track=self.track, gift=gift))
                self._by(self.actors[state], partial(correspondence.confirm, key=key))

    def invite_by_letter(self) -> None:
        act = partial(correspondence.invitations, key=self.next_meeting, states=self.states)
        self._by(self.officer, act)

    def draft_text(self) -> None:
        """Guidelines that governments comment on before the next meeting."""

        def act(session: ViewerSession) -> UUID:
            return texts.circulate_guidelines(session, self._meeting(session, self.next_meeting), self._day(15))

        texts.replies(self._by, self.actors, self._by(self.officer, act))

    def finish(self) -> None:
        reference_plans.mark(self.engine)

    # --- single acts ----------------------------------------------------------------------------------------------

    def _by(self, actor: Actor, act: Callable[[ViewerSession], T]) -> T:
        with actor.session(self.engine) as session:
            done = act(session)
            session.commit()
            return done

    def _day(self, ahead: int) -> date:
        """A day counted from the true today, also while the clock is moved."""
        with clock.moved(timedelta()):
            return clock.today() + timedelta(days=ahead)

    def _track(self, session: ViewerSession) -> Track:
        return session.scalars(select(Track).where(Track.id == self.track)).one()

    def _meeting(self, session: ViewerSession, key: UUID) -> Meeting:
        return session.scalars(select(Meeting).where(Meeting.id == key)).one()

    def _plan(self, session: ViewerSession) -> Plan:
        return session.scalars(select(Plan).where(Plan.id == self.plan)).one()

    def _schedule(self, session: ViewerSession, first: date, host: str) -> Meeting:
        track = self._track(session)
        particulars = meetings.Particulars(
            title=content.BODY,
            starts_on=first,
            ends_on=first + timedelta(days=1),
            zone=content.CITIES[host][0],
            begins=time(9),
            ends=time(17),
            last_ends=time(12, 30),
            place=content.CITIES[host][1],
            host_id=self.states[host].id,
            languages=("es", "en"),
            attribution=AttributionRule.CHATHAM_HOUSE,
        )
        body = session.scalars(select(Body).where(Body.id == self.body)).one()
        return meetings.schedule_meeting(session, track.process, track, particulars, body=body)

    def _promises(self, *, proposals: bool) -> Iterator[tuple[str, content.Promise]]:
        for field in content.FIELDS:
            for aim in field.aims:
                for work in aim.works:
                    for promise in work.promises:
                        if promise.proposal is proposals:
                            yield str(work.title), promise

    def _propose(self, activity: str, promise: content.Promise) -> UUID:
        def act(session: ViewerSession) -> UUID:
            plan = self._plan(session)
            part = next(one for one in plan_queries.outline(session, plan.id) if str(one.title) == activity)
            draft = plans.Draft(
                participant_id=self.states[promise.state].id,
                words=promise.words,
                lead=next(post.ministry for post in content.POSTS if post.state == promise.state),
                due_on=None if promise.due_in is None else self._day(promise.due_in),
                part=part,
            )
            return plans.propose_commitment(session, session.viewer, plan, draft).id

        return self._by(self.officer, act)

    def _accept(self, session: ViewerSession, *, key: UUID) -> None:
        commitment = plan_queries.commitment_by_id(session, key)
        if commitment is not None:
            plans.accept(session, session.viewer, commitment)

    def _report(self, key: UUID, promise: content.Promise, step: content.Step) -> None:
        language = next(post.language for post in content.POSTS if post.state == promise.state)

        def act(session: ViewerSession) -> None:
            commitment = plan_queries.commitment_by_id(session, key)
            if commitment is not None:
                plans.report_progress(
                    session, session.viewer, commitment, Status(step.status), step.words,
                    language=language, obstacle=step.obstacle,
                )  # fmt: skip

        self._by(self.actors[promise.state], act)

    def _note(self, key: UUID, step: content.Step) -> None:
        def act(session: ViewerSession) -> None:
            commitment = plan_queries.commitment_by_id(session, key)
            if commitment is not None:
                plans.note_progress(
                    session, session.viewer, commitment, Status(step.status), step.words,
                    language="es", after=NotedAfter.CALL,
                )  # fmt: skip

        self._by(self.officer, act)


def _working_day(day: date) -> date:
    """The first Tuesday on or after a day: meetings do not begin on a Sunday."""
    return day + timedelta(days=(1 - day.weekday()) % 7)
