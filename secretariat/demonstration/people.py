"""The demonstration's people: by function, never by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.accounts import passwords
from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, SystemSession, ViewerSession, reading_as, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.demonstration.content import CHAIR, POSTS, Post, both
from secretariat.demonstration.network import LIAISON, MEMBERS
from secretariat.demonstration.network import SUBJECT as LIAISON_SUBJECT
from secretariat.directory import service, viewers
from secretariat.directory.models import ContactCard, RoleName
from secretariat.processes import names
from secretariat.processes.models import Participant, Participation, Process, Track

PASSWORD = "plain paper and ink"  # noqa: S105 - the demonstration's, printed to whoever starts it
LETTER = service.Letter("Note verbale 12/2024")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the key of a person and a hat."""

    person: UUID
    hat: Hat

    def session(self, engine: Engine) -> ViewerSession:
        """A session that writes, with this person's eyes as of the clock's day."""
        return reading_as(engine, viewers.viewer(engine, self.person, self.hat, clock.today()), writes=True)


def administrator(engine: Engine) -> Actor:
    """The administrator, with an account."""
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        person = _person(system, "administrator", "en", "UTC")
        service.appoint_administrator(system, person, letter=service.Letter("Demonstration"))
    return Actor(person, Hat(HatKind.ADMINISTRATOR))


def first_officer(engine: Engine, by: Actor, track: UUID, process: str = "") -> Actor:
    """The first officer of a track's secretariat, appointed by the administrator; `process` where it is another one."""
    name, zone = (f"officer-{process}", "UTC") if process else ("officer", "America/Costa_Rica")
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        person = _person(system, name, "en", zone)
    with by.session(engine) as session:
        service.appoint_first(session, track, person, letter=LETTER)
        session.commit()
    officer = Actor(person, Hat(HatKind.SECRETARIAT, track))
    _give_card(engine, officer, track, both("Technical Secretariat, officer", "Secretaría Técnica, oficial"), "en")
    return officer


@dataclass(frozen=True, slots=True)
class State:
    """A participant of the demonstration and what it is called."""

    id: UUID
    name: LocalText

    def after(self, en: str, es: str) -> LocalText:
        """`Focal point, Guatemala`."""
        return both(f"{en}, {self.name.in_language('en')[0]}", f"{es}, {self.name.in_language('es')[0]}")


def everyone_else(engine: Engine, officer: Actor, track: UUID, states: dict[str, State]) -> dict[str, Actor]:
    """Focal points of all members, an alternate and the chair; by ISO code and role."""
    found = {}
    for post in POSTS:
        state = states[post.state]
        words = state.after("Focal point", "Punto focal")
        found[post.state] = _appointed(engine, officer, track, RoleName.FOCAL_POINT, state.id, post, words)
    second = next(post for post in POSTS if post.state == "GT")
    words = states["GT"].after("Alternate", "Suplente")
    found["GT alternate"] = _appointed(engine, officer, track, RoleName.ALTERNATE, states["GT"].id, second, words)
    post = next(post for post in POSTS if post.state == CHAIR)
    words = states[CHAIR].after("Office of the Chair", "Presidencia")
    found["chair"] = _appointed(engine, officer, track, RoleName.CHAIR, states[CHAIR].id, post, words)
    return found


def liaison_officer(engine: Engine, officer: Actor, track: UUID, states: dict[str, State]) -> Actor:
    """The liaison officer for civil society of one government."""
    post = next(post for post in POSTS if post.state == LIAISON)
    words = states[LIAISON].after("Liaison officer for civil society", "Oficial de enlace para la sociedad civil")
    return _appointed(
        engine, officer, track, RoleName.LIAISON_OFFICER, states[LIAISON].id, post, words, subject=LIAISON_SUBJECT
    )


def outsiders(engine: Engine, officer: Actor, track: UUID, iom: UUID) -> dict[str, Actor]:
    """An observer's focal point."""
    post = Post("IOM", both("Regional Office", "Oficina Regional"), "en", "America/Costa_Rica")
    words = both("Focal point, IOM", "Punto focal, OIM")
    return {"IOM": _appointed(engine, officer, track, RoleName.FOCAL_POINT, iom, post, words)}


def focal_point(engine: Engine, officer: Actor, track: UUID, state: State, post: Post, process: str) -> Actor:
    """A state's focal point in another process: an account of its own, `focal-point-th-bali@...`."""
    words = state.after("Focal point", "Punto focal")
    return _appointed(engine, officer, track, RoleName.FOCAL_POINT, state.id, post, words, process=process)


def for_one_meeting(engine: Engine, officer: Actor, track_id: UUID, role: RoleName, hat: Hat, name: str) -> Actor:
    """Who is named for one meeting alone, by its host."""
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        person = _person(system, name, "en", "America/Costa_Rica")
    with officer.session(engine) as session:
        track = session.scalars(select(Track).where(Track.id == track_id)).one()
        service.appoint(session, track, role, hat, person, letter=LETTER)
        session.commit()
    actor = Actor(person, hat)
    _give_card(
        engine, actor, track_id, both("Protocol officer of the host", "Oficial de protocolo del anfitrión"), "en"
    )
    return actor


def coordinator(engine: Engine, by: Actor, track: UUID) -> Actor:
    """The coordinator of the civil-society network, appointed like any first keeper of a track."""
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        person = _person(system, "coordinator", "es", "America/Costa_Rica")
    with by.session(engine) as session:
        service.appoint_first(session, track, person, letter=service.Letter("Rules of engagement"))
        session.commit()
    actor = Actor(person, Hat(HatKind.SECRETARIAT, track))
    _give_card(engine, actor, track, both("Coordinator of the network", "Coordinación de la red"), "es")
    return actor


def representatives(engine: Engine, by: Actor, network: UUID, organizations: dict[str, UUID]) -> dict[str, Actor]:
    """Who represents each member organization of the network, by the code of its state."""
    found = {}
    for state, key in organizations.items():
        home = next(post for post in POSTS if post.state == state)
        post = Post(state, both(MEMBERS[state], MEMBERS[state]), home.language, home.zone)
        words = both(f"Representative, {MEMBERS[state]}", f"Representante, {MEMBERS[state]}")
        found[state] = _appointed(engine, by, network, RoleName.REPRESENTATIVE, key, post, words)
    return found


def address_of(role: str) -> str:
    """The demonstration's address of a role: `focal-point-gt@demonstration.example`."""
    return f"{role.lower().replace(' ', '-')}@demonstration.example"


def _appointed(
    engine: Engine,
    officer: Actor,
    track_id: UUID,
    role: RoleName,
    participant: UUID,
    post: Post,
    words: LocalText,
    *,
    subject: LocalText | None = None,
    process: str = "",
) -> Actor:
    hat = Hat(HatKind.PARTICIPANT, participant)
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        name = "-".join(filter(None, (_address_name(role, post.state), process)))
        person = _person(system, name, post.language, post.zone)
    with officer.session(engine) as session:
        track = session.scalars(select(Track).where(Track.id == track_id)).one()
        service.appoint(
            session, track, role, hat, person,
            letter=LETTER, since=_appointed_on(), department=post.ministry, subject=subject,
        )  # fmt: skip
        session.commit()
    actor = Actor(person, hat)
    _give_card(engine, actor, track_id, words, post.language, post)
    return actor


def _appointed_on() -> date:
    return clock.today() - timedelta(days=1)


def _address_name(role: RoleName, state: str) -> str:
    return "chair" if role is RoleName.CHAIR else f"{role.value.replace('_', '-')}-{state.lower()}"


def _person(system: SystemSession, name: str, language: str, zone: str) -> UUID:
    person = service.new_person(system)
    now = clock.now()
    system.add(
        User(
            id=new_key(),
            person_id=person,
            email=address_of(name),
            password_hash=_hash(),
            language=language,
            zone=zone,
            invited_at=now,
            activated_at=now,
        )
    )
    system.flush()
    return person


_hashed: list[str] = []


def _hash() -> str:
    """All accounts of the demonstration share a password; hashing it once is enough."""
    if not _hashed:
        _hashed.append(passwords.hashed(PASSWORD))
    return _hashed[0]


def _give_card(
    engine: Engine, actor: Actor, track_id: UUID, function: LocalText, language: str, post: Post | None = None
) -> None:
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        track = system.get_one(Track, track_id)
        user = system.scalars(select(User).where(User.person_id == actor.person)).one()
        details = service.Details(
            name=function.in_language("en")[0],
            mail=user.email,
            telephone="+1 202 555 0100",
            function=function,
            ministry=post.ministry if post else None,
            languages=(language,),
        )
        card = service.card_for(system, track, actor.hat, actor.person, details, confirmed=True)
        _set_zone(system, card, post.zone if post else user.zone)


def _set_zone(system: SystemSession, card_id: UUID, zone: str) -> None:
    system.get_one(ContactCard, card_id).zone = zone


def states_of(session: Session, process: Process, track: Track) -> dict[str, State]:
    """The participants on a track, by ISO code, or by key where they have none."""
    rows = session.execute(
        select(Participant.id, Participant.iso, Participant.key)
        .join(Participation, Participation.participant_id == Participant.id)
        .where(Participation.track_id == track.id)
    ).all()
    spoken = {
        language: names.names_of(session, [row.id for row in rows], process=process.id, language=language)
        for language in ("en", "es")
    }
    return {
        row.iso or row.key: State(row.id, both(str(spoken["en"][row.id]), str(spoken["es"][row.id]))) for row in rows
    }
