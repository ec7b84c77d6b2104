"""The list, the page of a meeting, and what its secretariat does with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from flask import Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from config import Settings
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.refusals import Refused
from secretariat.documents import queries as documents
from secretariat.documents.lines import lines as document_lines
from secretariat.documents.lines import papers_by_item
from secretariat.documents.queries import ListedDocument
from secretariat.mail.views.letters_first import letters_first, with_letters
from secretariat.meetings import forms, joint_queries, milestone_words, policy, queries, service
from secretariat.meetings import words as in_words
from secretariat.meetings.back_planning import milestones_of, papers_wait
from secretariat.meetings.calendar_entry import Method
from secretariat.meetings.calendar_file import calendar_file
from secretariat.meetings.life import Act, Next, Standing, back_plan, cycle, what_comes_next
from secretariat.meetings.models import Meeting, MeetingState, OutcomeState, PartyRole
from secretariat.meetings.queries import page as reading
from secretariat.meetings.service import NoticeReaders
from secretariat.meetings.views.base import (
    blueprint,
    languages_of,
    names,
    page,
    party_named,
    the_meeting,
    the_opened,
    the_process,
)
from secretariat.meetings.views.lines import agenda_days, by_standing, labels_on_page, times_of
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import done
from secretariat.pages.lists import ROWS, pages_of
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import in_order, names_of
from secretariat.processes.wording import shown_labels


@blueprint.get("/processes/<slug>/meetings/")
@signed_in
def index(slug: str) -> ResponseReturnValue:
    """Meetings to come and past ones."""
    process = the_process(slug)
    listed = queries.meetings_of(db(), process.id)
    coming, undated, past = queries.coming_and_past(listed, clock.today(process.zone))
    pages = pages_of(len(past))
    return render_template(
        "meetings/index.html",
        process=process,
        coming=coming,
        past=(past + undated)[pages.offset : pages.offset + pages.rows] if pages.count > 1 else past + undated,
        pages=pages,
        words=in_words,
        joint=joint_queries.notices_of(db(), process.id, clock.today(process.zone)),
        may_schedule=queries.track_kept(db(), process.id, viewer()) is not None,
    )


@blueprint.get("/meetings/<uuid:meeting_id>")
@signed_in
def show(meeting_id: UUID) -> ResponseReturnValue:
    """The page of a meeting, with what comes next for its reader."""
    opened = the_opened(meeting_id)
    meeting, sittings = opened.meeting, opened.sittings
    me = viewer()
    invitations = reading.invitations_of(db(), meeting.id)
    items = reading.items_of(db(), meeting.id)
    outcomes = reading.outcomes_of(db(), meeting.id) if opened.has_outcomes else []
    proposals = reading.proposals_of(db(), meeting.id) if opened.has_proposals else ()
    chairs = reading.chairing(db(), meeting, clock.today())
    papers = documents.documents_of_meeting(db(), meeting.id)
    own = next((one for one in invitations if one.participant_id == me.participant), None)
    on = clock.today(meeting.zone or "UTC")
    milestones = milestones_of(db(), meeting, invitations, papers=papers, on=on)
    standing = Standing(meeting, invitations, outcomes, bool(items), on, milestones, papers_wait(papers))
    mentioned = reading.participants_named(items, invitations, outcomes, chairs, proposals)
    named = names([meeting.host_id, *mentioned], meeting)
    of_items = papers_by_item(papers)  # of all papers: one beyond those listed stands under its item too
    beside = [one for of_item in of_items.values() for one in of_item]
    shown_labels(db(), labels_on_page(meeting, outcomes, proposals, [*papers[:ROWS], *beside]))
    return page(
        "show",
        meeting,
        names=named,
        proposals=proposals,
        chairs=chairs,
        words=in_words,
        cycle=cycle(standing, me),
        back_plan=back_plan(standing, me),
        milestone_words=milestone_words,
        next=what_comes_next(standing, me, own),
        next_address=_next_address,
        standing=standing,
        days=agenda_days(items, sittings, named, _first_day(meeting), of_items),
        groups=by_standing(invitations, named),
        own=own,
        may=_allowed(meeting),
        posted=POSTED,
        may_with=_allowed_of_outcomes(meeting, outcomes),
        parties=lambda outcome, role: [party_named(one, named) for one in outcome.parties_as(PartyRole(role))],
        times=times_of(sittings),
        join_address=reading.join_address(db(), meeting.id) if meeting.is_online else None,
        notice=service.notice_readers_of(db(), meeting) if policy.may_keep(me, meeting) else NoticeReaders.SAME,
        documents=list(document_lines(_with_versions(meeting, papers))),
        documents_in_all=len(papers),
        has_notes=opened.has_notes and policy.keeps_notes(meeting) and reading.has_notes(db(), meeting.id),
    )


@blueprint.post("/meetings/<uuid:meeting_id>/announce")
@permission("announce a meeting")
def announce(meeting_id: UUID) -> ResponseReturnValue:
    """Let the readers of a meeting see it."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_announce(viewer(), meeting))
    try:
        told = service.announce_meeting(db(), meeting)
    except Refused as problem:
        return done(problem.sentence, url_for("meetings.show", meeting_id=meeting_id), "attend")
    said = _("Announced. Its readers see it from now on; nobody has been written to yet.")
    if told:
        said = ngettext("Announced again. One person is told.", "Announced again. %(num)s persons are told.", told)
    return done(said, url_for("meetings.show", meeting_id=meeting_id))


@blueprint.post("/meetings/<uuid:meeting_id>/hold")
@permission("enter a meeting as held")
def hold(meeting_id: UUID) -> ResponseReturnValue:
    """A meeting that was over before anybody entered it: its readers see it, and nobody is written to."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_enter_as_held(viewer(), meeting, clock.today(meeting.zone or "UTC")))
    service.enter_as_held(db(), meeting)
    said = _("Entered as held. Its readers see it from now on; nobody is written to.")
    return done(said, url_for("meetings.show", meeting_id=meeting_id))


@blueprint.route("/meetings/<uuid:meeting_id>/call-off", methods=["GET", "POST"])
@permission("postpone or cancel a meeting")
def call_off(meeting_id: UUID) -> ResponseReturnValue:
    """Postpone or cancel; the page names who will be told."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_call_off(viewer(), meeting))
    form = forms.call_off_form(languages_of(meeting.process))()
    named_in_it: list[str] = []
    before = None
    if form.ready() and not (named_in_it := form.to_ask(service.names_to_query(db(), meeting, form.word.data))):
        state = MeetingState(form.state.data)
        act = partial(service.call_off_meeting, db(), meeting, state, form.word.data)
        before = letters_first(meeting.process_id, act)
        if before is None:
            act()
            said = _("The meeting is cancelled.") if state is MeetingState.CANCELLED else _("The meeting is postponed.")
            return done(said, url_for("meetings.show", meeting_id=meeting_id))
    letters, recipients = _told_of_it(meeting)
    return with_letters(
        form, before, "meetings/call_off.html", meeting=meeting, letters=letters, recipients=recipients,
        named_in_it=named_in_it,
    )  # fmt: skip


def _told_of_it(meeting: Meeting) -> tuple[int, list[str]]:
    """How many letters leave when a meeting is called off, and to whom: those invited, and guests at single items."""
    told = service.people_told(db(), meeting) if meeting.announced_at else []
    guests = service.guests_told(db(), meeting)
    participants = {one.participant for one in told} | {key for key, _letters in guests if key is not None}
    named = names_of(db(), participants, process=meeting.process_id)
    recipients = [str(named[one]) for one in in_order(named)]
    if any(key is None for key, _letters in guests):
        recipients.append(_("the civil-society network"))
    return len(told) + sum(number for _key, number in guests), recipients


@blueprint.post("/meetings/<uuid:meeting_id>/close")
@permission("close a meeting")
def close(meeting_id: UUID) -> ResponseReturnValue:
    """Nothing more is expected of it."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_close(viewer(), meeting))
    service.close_meeting(db(), meeting)
    return done(_("The meeting is closed; everything stays readable."), url_for("meetings.show", meeting_id=meeting_id))


@blueprint.get("/meetings/<uuid:meeting_id>/calendar.ics")
@signed_in
def calendar(meeting_id: UUID) -> ResponseReturnValue:
    """The entry for one's own calendar, with what one may read."""
    meeting = the_meeting(meeting_id)
    found(in_words.first_and_last(meeting))
    settings: Settings = current_app.extensions["settings"]
    address = f"{settings.base_url}{url_for('meetings.show', meeting_id=meeting_id)}"
    content = calendar_file(
        meeting,
        Method.PUBLISH,
        page=address,
        acronym=meeting.process.acronym,
        sender=settings.mail_sender,
        lines=[address],
    )
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


# --- the page of a meeting ----------------------------------------------------------------------------------------


def _first_day(meeting: Meeting) -> date | None:
    days = in_words.first_and_last(meeting)
    return days[0] if days else None


def _with_versions(meeting: Meeting, papers: Sequence[ListedDocument]) -> Sequence[ListedDocument]:
    """The first papers of a meeting with their languages."""
    if len(papers) > ROWS:
        return documents.with_versions(db(), papers[:ROWS])
    return documents.with_all_versions(db(), meeting.id, papers)


def _allowed(meeting: Meeting) -> dict[str, bool]:
    """What this reader may do with the meeting."""
    me = viewer()
    begun = meeting.starts_on is not None and meeting.starts_on.first_day <= clock.today(meeting.zone or "UTC")
    return {
        "keep": policy.may_keep(me, meeting),
        "change": policy.may_change(me, meeting),
        "call_off": policy.may_call_off(me, meeting) and meeting.announced_at is not None,
        "close": policy.may_close(me, meeting),
        "call_for_items": policy.may_call_for_items(me, meeting, clock.today(meeting.zone or "UTC")),
        "invite": policy.may_invite(me, meeting),
        "letters": policy.may_invite_by_letter(me, meeting),
        "note_milestone": policy.may_note_milestone(me, meeting),
        "agenda": policy.may_keep_agenda(me, meeting),
        "attendance": policy.may_record_attendance(me, meeting) and begun,
        "record": policy.may_record_outcome(me, meeting),
        "draft": policy.may_draft_outcome(me, meeting),
        "report": policy.may_begin_report(me, meeting),
        "notes": policy.may_write_notes(me, meeting),
        "propose_item": policy.may_propose_item(me, meeting, clock.today(meeting.zone or "UTC")),
        "rule": policy.may_change_rule(me, meeting),
        "sees_all": policy.sees_all_replies(me, meeting),
    }


def _allowed_of_outcomes(meeting: Meeting, outcomes: Sequence[reading.ListedOutcome]) -> dict[OutcomeState, set[str]]:
    """What this reader may do with the outcomes of each state there is: the state decides, and whose meeting it is."""
    me = viewer()
    return {
        one.state: {
            act
            for act, may in (
                ("confirm", policy.may_confirm_outcome(me, meeting, one)),
                ("change", policy.may_change_outcome(me, meeting, one)),
                ("propose", policy.may_propose_from(me, meeting, one)),
            )
            if may
        }
        for one in {one.state: one for one in outcomes}.values()
    }


_ENDPOINTS = {
    Act.ANNOUNCE: "meetings.announce",
    Act.NEW_DAYS: "meetings.edit",
    Act.INVITE: "meetings.invite",
    Act.AGENDA: "meetings.add_item",
    Act.ISSUE_AGENDA: "meetings.issue_agenda",
    Act.CALL_FOR_ITEMS: "meetings.call_for_items",
    Act.HOLD: "meetings.hold",
    Act.ATTENDANCE: "meetings.attendance",
    Act.RECORD: "meetings.record_outcome",
    Act.CLOSE: "meetings.close",
    Act.ANSWER: "meetings.reply",
}
POSTED = (Act.ANNOUNCE, Act.CLOSE, Act.HOLD, Act.ISSUE_AGENDA, Act.NOTE)
"""Acts that one button takes, without a page of their own."""


def _next_address(meeting: Meeting, step: Next) -> str:
    """Where the button of the next step leads."""
    if step.act is Act.LOOK_AT_REPLIES:
        return "#invitations"
    if step.act is Act.PAPERS:
        return "#documents"
    if step.milestone is not None:
        return url_for("meetings.note_milestone", meeting_id=meeting.id, milestone=step.milestone.value)
    if step.act is Act.CONFIRM and step.outcome is not None:
        return url_for("meetings.confirm", meeting_id=meeting.id, outcome_id=step.outcome.id)
    return url_for(_ENDPOINTS[step.act], meeting_id=meeting.id) if step.act else ""
