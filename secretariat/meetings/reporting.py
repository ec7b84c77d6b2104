"""The report of a meeting, compiled from its agenda, attendance, circulated notes and confirmed outcomes, as paragraphs
of a text: numbered, in every language of the meeting, and under its attribution rule.

What fewer read than the meeting itself - a narrower item, a note on it, an outcome - is left out: the report is for the
readers of the meeting. Who said what stands nowhere, since notes have no speaker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from secretariat.core.languages import gettext as _
from secretariat.core.languages import reading_in
from secretariat.core.languages.templating import local_text
from secretariat.core.languages.words import list_text
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.meetings import queries
from secretariat.meetings import words as in_words
from secretariat.meetings.models import (
    Adoption,
    AgendaItem,
    Attendance,
    Meeting,
    MeetingNote,
    Outcome,
    OutcomeState,
    OutcomeStatement,
    PartyRole,
    StatementKind,
)
from secretariat.prints.sheet import as_wide_as
from secretariat.processes.names import Name, in_order, names_of
from secretariat.texts.paragraphs import ParagraphKind
from secretariat.texts.service import Words

Say = Callable[[], str]


@dataclass(frozen=True, slots=True)
class _Material:
    """What a report is compiled from."""

    meeting: Meeting
    languages: Sequence[str]
    names: Mapping[str, Mapping[UUID, Name]]
    items: Sequence[AgendaItem]
    notes: Mapping[UUID | None, MeetingNote]
    outcomes: Sequence[Outcome]
    attendance: Mapping[Attendance, Sequence[UUID]]


def title_of(meeting: Meeting, languages: Sequence[str]) -> LocalText:
    """`Report: 21st Vice-Ministerial Meeting`."""
    return _in_each(meeting, languages, lambda: _("Report: %(meeting)s", meeting=local_text(meeting.title)))


def compiled(session: ViewerSession, meeting: Meeting, languages: Sequence[str]) -> list[Words]:
    """The paragraphs of the report, in these languages, the first being that of its original."""
    return list(_report(_material(session, meeting, languages)))


def _material(session: ViewerSession, meeting: Meeting, languages: Sequence[str]) -> _Material:
    items = as_wide_as(session, meeting, [one for one in queries.agenda_of(session, meeting.id) if not one.is_break])
    told = as_wide_as(session, meeting, [one for one in queries.notes_of(session, meeting.id) if one.is_circulated])
    produced = as_wide_as(session, meeting, [one for one in queries.outcomes_of(session, meeting.id) if _stands(one)])
    came: dict[Attendance, list[UUID]] = {}
    for one in queries.invitations_of(session, meeting.id):
        if one.attendance is not None:
            came.setdefault(one.attendance, []).append(one.participant_id)
    named = [key for keys in came.values() for key in keys]
    named += [party.participant_id for one in produced for party in one.parties if party.participant_id]
    named += [said.participant_id for one in produced for said in one.statements]
    names = {}
    for language in languages:
        with reading_in(language, meeting.zone or "UTC"):
            names[language] = names_of(session, named, process=meeting.process_id)
    notes = {one.item_id: one for one in told if one.text}
    return _Material(meeting, languages, names, items, notes, produced, came)


def _stands(one: Outcome) -> bool:
    return one.state is OutcomeState.CONFIRMED


def _report(of: _Material) -> Iterator[Words]:
    yield _heading(of, lambda: _("Opening and attendance"))
    yield from _opening(of)
    if of.items:
        yield _heading(of, lambda: _("Agenda"))
        yield _numbered(of, lambda: _agenda_stood(of.meeting))
        for item in of.items:
            yield _written(item.title, of, ParagraphKind.OPERATIVE, 3 if item.within_id else 2)
    told = set[UUID]()
    for item in of.items:
        told |= {one.id for one in _of_item(of, item.id)}
        yield from _on(of, item)
    rest = [one for one in of.outcomes if one.id not in told]
    if rest or None in of.notes:
        yield _heading(of, lambda: _("Conclusions"))
        yield from _note(of, None)
        yield from _outcomes(of, rest)


def _opening(of: _Material) -> Iterator[Words]:
    yield _numbered(of, lambda: _held(of.meeting))
    sentences: Sequence[tuple[Attendance, Callable[[str], str]]] = (
        (Attendance.PRESENT, lambda named: _("The following took part: %(participants)s.", participants=named)),
        (Attendance.REPRESENTED, lambda named: _("Represented by others were: %(participants)s.", participants=named)),
        (Attendance.REGRETS, lambda named: _("Regrets were received from: %(participants)s.", participants=named)),
    )
    for kind, sentence in sentences:
        if of.attendance.get(kind):
            yield _numbered_of(of, of.attendance[kind], sentence)


def _held(meeting: Meeting) -> str:
    days, place = in_words.days_in_words(meeting), local_text(meeting.place)
    if place:
        return _("The meeting was held in %(place)s on %(days)s.", place=place, days=days)
    if meeting.is_online:
        return _("The meeting was held online on %(days)s.", days=days)
    return _("The meeting was held on %(days)s.", days=days)


def _agenda_stood(meeting: Meeting) -> str:
    if meeting.agenda_adopted_at is not None:
        return _("The meeting adopted the following agenda:")
    return _("The meeting had the following agenda before it:")


def _on(of: _Material, item: AgendaItem) -> Iterator[Words]:
    """What is told of one item; nothing where there is neither a note nor an outcome."""
    outcomes = _of_item(of, item.id)
    if item.id not in of.notes and not outcomes:
        return
    yield _written(item.title, of, ParagraphKind.HEADING, 2 if item.within_id else 1)
    yield from _note(of, item.id)
    yield from _outcomes(of, outcomes)


def _note(of: _Material, item: UUID | None) -> Iterator[Words]:
    note = of.notes.get(item)
    if note is not None and note.text:
        yield _written(note.text, of, ParagraphKind.OPERATIVE, 1)


def _of_item(of: _Material, item: UUID) -> list[Outcome]:
    return [one for one in of.outcomes if one.item_id == item]


def _outcomes(of: _Material, outcomes: Iterable[Outcome]) -> Iterator[Words]:
    for one in outcomes:
        lead = _lead_of(of, one)
        if lead is not None:
            yield lead
        yield _written(one.text, of, ParagraphKind.OPERATIVE, 2 if lead is not None else 1)
        for said in one.statements:
            yield _statement(of, said)


def _lead_of(of: _Material, one: Outcome) -> Words | None:
    """What stands before an outcome: its verb, or by whom alone it is, or that it is ad referendum."""
    if one.adoption is Adoption.NAMED_PARTICIPANTS:
        by = [party.participant_id for party in one.parties_as(PartyRole.BY) if party.participant_id is not None]
        return _numbered_of(
            of, by, lambda named: _("By these participants alone, %(participants)s:", participants=named)
        )
    if one.adoption is Adoption.CHAIRS_SUMMARY:
        return _numbered(of, lambda: _("As summed up by the chair:"))
    if one.adoption is Adoption.AD_REFERENDUM:
        return _numbered(of, lambda: _("Ad referendum:"))
    if one.operative_verb in in_words.VERB:
        return _numbered(of, lambda: _("%(verb)s:", verb=in_words.VERB[one.operative_verb]))
    return None


def _statement(of: _Material, said: OutcomeStatement) -> Words:
    """A reservation or explanation, word for word in the language it was made in."""

    def sentence(named: str) -> str:
        words = said.text.in_language(said.text.original)[0]
        if said.kind is StatementKind.RESERVATION:
            return _("Reservation of %(participant)s: “%(words)s”", participant=named, words=words)
        return _("Explanation of position of %(participant)s: “%(words)s”", participant=named, words=words)

    return _numbered_of(of, [said.participant_id], sentence, kind=ParagraphKind.PLAIN)


# --- paragraphs in each language --------------------------------------------------------------------------------------


def _heading(of: _Material, say: Say) -> Words:
    return Words(kind=ParagraphKind.HEADING, depth=1, words=_in_each(of.meeting, of.languages, say))


def _numbered(of: _Material, say: Say) -> Words:
    return Words(kind=ParagraphKind.OPERATIVE, depth=1, words=_in_each(of.meeting, of.languages, say))


def _numbered_of(
    of: _Material,
    participants: Iterable[UUID],
    sentence: Callable[[str], str],
    *,
    kind: ParagraphKind = ParagraphKind.OPERATIVE,
) -> Words:
    """A sentence about participants, in alphabetical order of each language."""
    keys = set(participants)
    texts = {}
    for language in of.languages:
        with reading_in(language, of.meeting.zone or "UTC"):
            here = {key: name for key, name in of.names[language].items() if key in keys}
            texts[language] = sentence(list_text([str(here[key]) for key in in_order(here)]))
    return Words(kind=kind, depth=1, words=LocalText(texts, of.languages[0]))


def _written(words: LocalText, of: _Material, kind: ParagraphKind, depth: int) -> Words:
    """Words that are there already, in the languages they have; where the original is not among these, as they are."""
    first = of.languages[0]
    texts = {language: words.texts[language] for language in of.languages if language in words.texts}
    texts.setdefault(first, words.in_language(first)[0])
    return Words(kind=kind, depth=depth, words=LocalText(texts, first))


def _in_each(meeting: Meeting, languages: Sequence[str], say: Say) -> LocalText:
    texts = {}
    for language in languages:
        with reading_in(language, meeting.zone or "UTC"):
            texts[language] = say()
    return LocalText(texts, languages[0])
