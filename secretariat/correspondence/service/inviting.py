"""Acts on letters of invitation: what they say, to whom each is, and that one has gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secretariat.core import clock
from secretariat.core.labelling import attach, intern, would_be_in
from secretariat.core.labels import Clause
from secretariat.core.languages import dates, reading_in
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.numbering import give_symbol
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.correspondence import invitation_queries as queries
from secretariat.correspondence import letterheads
from secretariat.correspondence.invitation_models import InvitationLetter, InvitationWords
from secretariat.correspondence.register_models import Direction, LetterKind, RegisteredLetter
from secretariat.correspondence.service import putting, registering
from secretariat.correspondence.service.record import record
from secretariat.correspondence.service.registering import Particulars
from secretariat.documents import symbols
from secretariat.meetings.models import Invitation, Meeting
from secretariat.meetings.policy import may_invite_by_letter
from secretariat.processes import clauses

PATTERN = "{process}/INV/{year}/{series}{number}"


@dataclass(frozen=True, slots=True)
class Style:
    """To whom a letter is, in which words, and who has a copy."""

    language: str
    addressee: str
    salutation: str
    copy_to: str = ""
    dated: date | None = None


def write_words(session: ViewerSession, meeting: Meeting, words: LocalText, signatory: str) -> InvitationWords:
    """What all letters of a meeting say, and who signs them. Raises NotAllowed."""
    require(may_invite_by_letter(session.viewer, meeting))
    there = queries.words_of(session, meeting.id)
    if there is not None:
        there.words, there.signatory = words, signatory
    else:
        there = InvitationWords(
            process_id=meeting.process_id,
            track_id=meeting.track_id,
            meeting_id=meeting.id,
            words=words,
            signatory=signatory,
        )
        attach(session, there, [_keepers(meeting)], container=meeting.process)
    session.flush()
    record(session, "letters of invitation written", meeting.process, meeting.track, there)
    return there


def write_letter(
    session: ViewerSession, meeting: Meeting, invitation: Invitation, style: Style, words: InvitationWords
) -> InvitationLetter:
    """To whom the letter to a participant is; it has its number at once. Raises NotAllowed; Refused where the letters
    say nothing in its language, or where it has gone."""
    require(may_invite_by_letter(session.viewer, meeting))
    if style.language not in words.words.texts:
        raise Refused(_("The letters have no words in this language yet. Write them first."), "language")
    there = queries.letter_to(session, meeting.id, invitation.participant_id)
    is_new = there is None
    if there is None:
        there = InvitationLetter(
            process_id=meeting.process_id,
            track_id=meeting.track_id,
            meeting_id=meeting.id,
            participant_id=invitation.participant_id,
            symbol=None,
        )
    elif there.went_on is not None:
        raise Refused(_("This letter has gone; it stays as it was."))
    there.invitation_id = invitation.id
    there.language, there.addressee, there.salutation = style.language, style.addressee, style.salutation
    there.copy_to, there.dated = style.copy_to, style.dated
    if is_new:
        attach(session, there, [_keepers(meeting)], container=meeting.process)
        session.flush()
        _number(session, there, meeting)
    session.flush()
    record(session, "letter of invitation written", meeting.process, meeting.track, there, symbol=there.symbol)
    return there


def dispatch(
    session: ViewerSession, meeting: Meeting, letter: InvitationLetter, on: date, note_verbale: str
) -> RegisteredLetter:
    """A letter has gone, by a note verbale of this number: it enters the register, and stays as it is from now on.
    Raises NotAllowed; Refused where it went before, or the day lies ahead."""
    require(may_invite_by_letter(session.viewer, meeting))
    if letter.went_on is not None:
        raise Refused(_("This letter has gone; it stays as it was."))
    words = queries.words_of(session, meeting.id)
    if words is None:
        raise Refused(_("Write first what the letters say."))
    said = Particulars(
        Direction.OUT,
        LetterKind.INVITATION,
        on,
        _("Letter of invitation %(symbol)s: %(meeting)s", symbol=letter.symbol, meeting=local_text(meeting.title))[
            :500
        ],
        dated=min(letter.dated or on, on),
        correspondent_id=letter.participant_id,
        reference=note_verbale,
        invitation_id=letter.invitation_id,
    )
    entry = registering.enter(session, meeting.process, meeting.track, said)
    letter.went_on, letter.note_verbale, letter.registered_id = on, note_verbale, entry.id
    letter.dated = said.dated
    letter.sent_words, letter.sent_signatory = words.words.in_language(letter.language)[0], words.signatory
    session.flush()
    return entry


def on_paper(session: ViewerSession, meeting: Meeting, letter: InvitationLetter, words: InvitationWords) -> bytes:
    """The letter in Word, on the letterhead of its language; on a plain one where the track has none. It bears no
    marking: it leaves the house, for whom it is addressed to (ADR 51)."""
    text = letter.sent_words or words.words.in_language(letter.language)[0]
    day = letter.dated or clock.today(meeting.process.zone)
    with reading_in(letter.language):
        values = {
            "symbol": letter.symbol or "",
            "date": dates.day_in_full(day, weekday=False),
            "addressee": letter.addressee,
            "salutation": letter.salutation,
            "attachments": "",
            "copy": _copy(letter.copy_to),
            "process": local_text(meeting.process.name),
            "signature": letter.sent_signatory or words.signatory,
        }
    letter_lines = [each.strip() for each in text.split("\n\n") if each.strip()]
    written = putting.written_on(session, letter.track_id, letter.language, values, letter_lines)
    return written or letterheads.filled(letterheads.example(meeting.process.acronym), values, letter_lines)


def _copy(copy_to: str) -> str:
    return _("Copy: %(names)s", names=copy_to) if copy_to else ""


def _number(session: ViewerSession, letter: InvitationLetter, meeting: Meeting) -> None:
    future = would_be_in(session, meeting.process, [_keepers(meeting)])
    year = clock.today(meeting.process.zone).year
    code = registering.code_of(meeting.process, meeting.track)
    stem = symbols.stem(PATTERN, symbols.Parts(code, "", year, future.level))
    label = intern(session, future)
    give_symbol(session, letter, stem=stem, label=label, spoken=lambda number: f"{stem}{number}")


def _keepers(meeting: Meeting) -> Clause:
    return clauses.named(meeting.process, meeting.track, audience=[clauses.secretariat(meeting.track)])
