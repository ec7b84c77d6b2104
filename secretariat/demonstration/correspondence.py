"""Letters and logistics of the demonstration: a letterhead, a circular, the register, letters of invitation, a workshop
and contributions - each in a state in which nothing more is awaited of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from secretariat.arrangements import contribution_queries, workshop_queries
from secretariat.arrangements.contribution_models import Contribution
from secretariat.arrangements.service import contributions, resource_persons, workshops
from secretariat.arrangements.service.contributions import Gift
from secretariat.arrangements.service.workshops import SeatWords, WorkshopWords
from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.correspondence import invitation_queries, letterheads
from secretariat.correspondence.addressing import Chosen
from secretariat.correspondence.invitation_words import proposed_words, salutation
from secretariat.correspondence.register_models import Direction, LetterKind
from secretariat.correspondence.service import circulars, inviting, putting, registering
from secretariat.correspondence.service.circulars import Written
from secretariat.correspondence.service.inviting import Style
from secretariat.correspondence.service.registering import Particulars
from secretariat.demonstration.people import State
from secretariat.meetings.models import Meeting
from secretariat.processes.models import Body, Track


def both(english: str, spanish: str) -> LocalText:
    return LocalText({"en": english, "es": spanish}, "es")


CIRCULAR = Written(
    title=both("Closing days of the offices in December", "Días de cierre de las oficinas en diciembre"),
    words=both(
        "The offices of the Secretariat are closed from 24 December to 2 January.\n\n"
        "In urgent cases the telephone of the officer on duty is answered at any hour.",
        "Las oficinas de la Secretaría permanecen cerradas del 24 de diciembre al 2 de enero.\n\n"
        "En casos urgentes se atiende a toda hora el teléfono de guardia.",
    ),
    chosen=Chosen(("member",)),
)
SIGNATORY = "The Executive Secretary\nof the Regional Conference on Migration"
STYLES = {
    "GT": ("Her Excellency\nthe Minister of Foreign Affairs\nGuatemala City", "es", "Embassy of Guatemala in San José"),
    "PA": ("His Excellency\nthe Minister of Public Security\nPanama City", "es", "Embassy of Panama in San José"),
}
NAMED = {"GT": ("Adviser on reception", "Head of consular protection", "Psychologist"), "HN": ("Adviser on return",)}


def letters(session: ViewerSession, track: UUID, guatemala: UUID) -> UUID:
    """The letterhead, a circular to the members, and what came and went."""
    on = session.scalars(select(Track).where(Track.id == track)).one()
    process = on.process
    putting.put(session, process, on, "", "letterhead.docx", letterheads.example(process.acronym))
    one = circulars.draft(session, process, on, CIRCULAR)
    circulars.send(session, one)
    today = clock.today()
    came = registering.enter(
        session, process, on,
        Particulars(
            Direction.IN, LetterKind.NOTE_VERBALE, today - timedelta(days=3), "Nomination of a focal point",
            dated=today - timedelta(days=6), correspondent_id=guatemala, reference="DGM/214",
            decided="A nomination",
        ),
    )  # fmt: skip
    registering.enter(
        session, process, on,
        Particulars(
            Direction.OUT, LetterKind.LETTER, today, "Acknowledgement of the nomination", dated=today,
            correspondent_id=guatemala, earlier_id=came.id,
        ),
    )  # fmt: skip
    return one.id


def invitations(session: ViewerSession, key: UUID, states: Mapping[str, State]) -> None:
    """The next meeting invites by letter: one has gone by note verbale, one waits for signature."""
    meeting = session.scalars(select(Meeting).where(Meeting.id == key)).one()
    body = session.scalars(select(Body).where(Body.id == meeting.body_id)).one()
    body.invites_by_letter = True
    session.flush()
    said = inviting.write_words(session, meeting, proposed_words(meeting, meeting.process.languages), SIGNATORY)
    invited = {one.participant_id: one for one in invitation_queries.invited(session, meeting.id)}
    for number, (state, (addressee, language, copy_to)) in enumerate(STYLES.items()):
        invitation = invited.get(states[state].id)
        if invitation is None:
            continue
        style = Style(language, addressee, salutation(language), copy_to)
        letter = inviting.write_letter(session, meeting, invitation, style, said)
        if number == 0:
            inviting.dispatch(session, meeting, letter, clock.today(), "SE/NV/31")


def workshop(session: ViewerSession, track: UUID, first: date, states: Mapping[str, State]) -> UUID:
    """A workshop that calls two states for nominees, with an academic in a personal capacity."""
    on = session.scalars(select(Track).where(Track.id == track)).one()
    words = WorkshopWords(
        title=both("Reception of returned children", "Recepción de niñas y niños retornados"),
        about=both(
            "For who receives them on the first day: registration, first conversation, referral.",
            "Para quienes los reciben el primer día: registro, primera conversación, derivación.",
        ),
        starts_on=first,
        ends_on=first + timedelta(days=1),
        nominate_by=clock.today() + timedelta(days=7),
        places_each=2,
        place=both("San José", "San José"),
        paid_by="IOM",
    )
    one = workshops.prepare(session, on.process, on, words)
    academic = SeatWords(name="Professor of child psychology", body="A university", paid_by="The university")
    resource_persons.put_down(session, one, academic)
    workshops.call(session, one, [states[state].id for state in NAMED])
    return one.id


def name_people(session: ViewerSession, key: UUID, names: tuple[str, ...]) -> None:
    """A focal point names people, in the order of preference."""
    called = workshop_queries.own_call(session, key, session.viewer.participant)
    assert called is not None
    for name in names:
        workshops.nominate(session, called, SeatWords(name=name, body="Ministry of Foreign Affairs"))


def choose_people(session: ViewerSession, key: UUID) -> None:
    """The first two of each come; who is named behind them stands in reserve."""
    one = workshop_queries.workshop_by_id(session, key)
    assert one is not None
    chosen = {seat.id for seat in workshop_queries.seats_of(session, one.id) if seat.rank <= 2}
    workshops.choose(session, one, chosen, ends_call=True)


def contribution(session: ViewerSession, track: UUID, gift: Gift) -> UUID:
    """What a participant gives, as the secretariat enters it."""
    on = session.scalars(select(Track).where(Track.id == track)).one()
    return contributions.enter(session, on.process, on, gift).id


def confirm(session: ViewerSession, key: UUID) -> None:
    """The giver says that it is right."""
    one = contribution_queries.contribution_by_id(session, key)
    assert isinstance(one, Contribution)
    contributions.confirm(session, one)


def gifts(states: Mapping[str, State], on: date) -> list[tuple[str, Gift]]:
    """Money for the workshop, and a venue, each by who gives it."""
    money = Gift(
        participant=states["CA"].id, pledged=Decimal("40000.00"), received=Decimal("25000.00"), currency="CAD",
        earmark="Workshops on the protection of children", pledged_on=on, received_on=on,
    )  # fmt: skip
    venue = Gift(
        participant=states["PA"].id, in_kind="Venue and interpretation of the next meeting", pledged_on=on,
        earmark="The next meeting",
    )  # fmt: skip
    return [("CA", money), ("PA", venue)]
