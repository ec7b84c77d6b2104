"""The secretariat's page of follow-up: the next round as its recipients will read it, and the policy behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.heartbeats import last
from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import ContactCard
from secretariat.directory.queries import telephones_of
from secretariat.follow_up import chair_word, letters, policy, queries, service
from secretariat.follow_up.chair_models import ChairWord
from secretariat.follow_up.forms import RecipientForm, SeveralForm
from secretariat.follow_up.service import Planned, Recipient
from secretariat.follow_up.views import blueprint
from secretariat.mail.views import settings
from secretariat.meetings.milestone_words import of_status
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, shown
from secretariat.processes.models import Process, Track
from secretariat.processes.names import names_of


@dataclass(frozen=True, slots=True)
class Row:
    """One recipient on the page."""

    participant: str
    name: str
    planned: Planned
    address: str

    @property
    def on(self) -> date | None:
        return self.planned.on

    @property
    def key(self) -> str:
        """By which a form names it."""
        return f"{self.planned.who.hat.id}:{self.planned.who.person}"


@blueprint.route("/processes/<slug>/follow-up/", methods=["GET", "POST"])
@permission("look after follow-up", policy.keeps_follow_up)
def next_round(slug: str) -> ResponseReturnValue:
    """Who will be written to within a week, and who has something open; what is done about several of them at once."""
    process, track = kept(slug)
    things = service.open_things(unit.db(), process, track)
    rows = _rows(process, track, service.next_round(unit.db(), process, track, things))
    form = SeveralForm()
    form.who.offer([(row.key, row.participant) for row in rows])
    if form.ready() and not _without_line(form):
        said = _act_on_several([row.planned.who for row in rows if row.key in form.who.data], form)
        return done(said, url_for("follow_up.next_round", slug=slug))
    return shown(
        form,
        "follow_up/next_round.html",
        process=process,
        soon=[row for row in rows if row.on is not None],
        others=[row for row in rows if row.on is None],
        milestones=[one for one in things if one.kind == "milestone"],
        milestone=of_status,
        today=clock.today(process.zone),
        calls_too=policy.logs_contacts(unit.viewer()),
        replies_too=policy.logs_contacts(unit.viewer()) and settings().reads_answers,
        manner=service.manner_of(queries.policy_of(unit.db(), process.id, track.id)),
        unusable=queries.unusable_words(unit.db(), process.id, track.id),
        scanned_at=last(unit.engine(), "scan"),
        delivered_at=last(unit.engine(), "delivery"),
    )


@blueprint.route("/processes/<slug>/follow-up/<uuid:participant>/<uuid:person>", methods=["GET", "POST"])
@unit.writes_on_get
@permission("look after follow-up", policy.keeps_follow_up)
def recipient(slug: str, participant: UUID, person: UUID) -> ResponseReturnValue:
    """The next message to one person, as she or he will read it, and what can be done about it."""
    process, track = kept(slug)
    who = Recipient(person, Hat(HatKind.PARTICIPANT, participant), process.id, track.id)
    planned = {one.who: one for one in service.next_round(unit.db(), process, track)}
    one = found(planned.get(who))
    form = RecipientForm(data={"line": one.personal_line})
    if form.ready():
        return done(_act(who, form), url_for("follow_up.next_round", slug=slug))
    [row] = _rows(process, track, [one])
    letter = letters.shown_letter(unit.db(), settings(), who)
    numbers = telephones_of(unit.db(), [person], process.id).get(person, []) if one.ring_asked_at else []
    return shown(
        form,
        "follow_up/recipient.html",
        process=process,
        row=row,
        planned=one,
        letter=letter,
        numbers=numbers,
        chair=_chair(process, track, participant),
    )


def _chair(process: Process, track: Track, participant: UUID) -> tuple[bool, ChairWord | None]:
    """Whether the chair can be asked for a word here, and the word that is under way."""
    if not policy.logs_contacts(unit.viewer()):
        return False, None
    allowed = bool(chair_word.rule_of(unit.db(), process.id, track.id))
    return allowed, chair_word.open_word_about(unit.db(), track.id, participant)


def _without_line(form: SeveralForm) -> bool:
    """Say so, where a line is to be kept and none was written."""
    if form.act.data == "line" and not form.line.data:
        form.refuse(_("Write the line that is to stand in these messages."), "line")
    return bool(form.wrong())


def _act_on_several(chosen: list[Recipient], form: SeveralForm) -> str:
    """Do the same about each, in one transaction: all of it or nothing. What to say of it."""
    db, viewer, act = unit.db(), unit.viewer(), form.act.data
    if form.line.data and act in ("send", "line"):
        for who in chosen:
            service.add_line(db, viewer, who, form.line.data)
    if act == "send":
        sent = sum(service.send_now(db, viewer, who) for who in chosen)
        if sent == 0:
            return _("Nothing was sent: a message went today, or nothing is awaited any more.")
        return ngettext("%(num)s message is on its way.", "%(num)s messages are on their way.", sent)
    if act == "skip":
        skipped = sum(service.skip(db, viewer, who) > 0 for who in chosen)
        return ngettext(
            "This round is skipped for %(num)s person.", "This round is skipped for %(num)s persons.", skipped
        )
    if act in ("hold", "let go"):
        for who in chosen:
            service.hold(db, viewer, who, held=act == "hold")
        if act == "hold":
            return ngettext(
                "Held for %(num)s person until you let go.", "Held for %(num)s persons until you let go.", len(chosen)
            )
        return ngettext("Let go for %(num)s person.", "Let go for %(num)s persons.", len(chosen))
    return ngettext(
        "Kept for the next message to %(num)s person.", "Kept for the next messages to %(num)s persons.", len(chosen)
    )


def _act(who: Recipient, form: RecipientForm) -> str:
    db, viewer, act = unit.db(), unit.viewer(), request.form.get("act", "")
    if act == "send":
        service.add_line(db, viewer, who, form.line.data or "")
        if service.send_now(db, viewer, who):
            return _("On its way. Nothing more goes to this person before the time the policy keeps.")
        return _("Nothing was sent: a message went today, or nothing is awaited any more.")
    if act == "rung":
        service.have_rung(db, viewer, who)
        return _("Noted. What is open is asked again in its time; write down what was said where it belongs.")
    if act == "skip":
        service.skip(db, viewer, who)
        return _("This round is skipped. The next step comes in its time.")
    if act in ("hold", "let go"):
        service.hold(db, viewer, who, held=act == "hold")
        return _("Held. Nothing goes to this person until you let go.") if act == "hold" else _("Let go.")
    service.add_line(db, viewer, who, form.line.data or "")
    return _("Kept for the next message.")


def kept(slug: str) -> tuple[Process, Track]:
    """The process of this slug and the track of it that the viewer keeps; otherwise the 404 of what does not exist."""
    process = found(unit.db().scalar(select(Process).where(Process.slug == slug)))
    track = found(
        unit.db().scalar(select(Track).where(Track.id == unit.viewer().hat.id, Track.process_id == process.id))
    )
    authorise(unit.viewer().keeps(track.id))
    place.enter(process, track=track)
    return process, track


def _rows(process: Process, track: Track, planned: Iterable[Planned]) -> list[Row]:
    listed = list(planned)
    names = names_of(unit.db(), [one.who.hat.id for one in listed], process=process.id)
    cards = {
        card.person_id: card.name
        for card in unit.db().scalars(
            select(ContactCard).where(
                ContactCard.process_id == process.id,
                ContactCard.track_id == track.id,
                ContactCard.person_id.in_([one.who.person for one in listed]),
            )
        )
    }
    listed.sort(key=lambda one: (one.on or date.max, names[one.who.hat.id].order if one.who.hat.id else (0, ("", ""))))
    return [
        Row(
            str(names[one.who.hat.id]) if one.who.hat.id else "",
            cards.get(one.who.person, ""),
            one,
            url_for("follow_up.recipient", slug=process.slug, participant=one.who.hat.id, person=one.who.person),
        )
        for one in listed
    ]
