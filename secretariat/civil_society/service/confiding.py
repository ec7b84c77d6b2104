"""Input in confidence: an organization confides something to one person of an office, which answers without knowing, or
telling, who it was.

What crosses is written with all eyes, for the organization does not read what lies with the office, nor the office what
the organization keeps. Nothing of it goes on the trail: an entry would say who wrote it and at what hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from secretariat.civil_society import circles, confided_queries, policy, queries
from secretariat.civil_society.confided_models import Confided, ConfidedCopy, ConfidedName, ConfidedTo
from secretariat.civil_society.confided_queries import To
from secretariat.core import audit, clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.directory.contacts import coordination_of
from secretariat.mail import outbox
from secretariat.processes.models import Process, Track
from secretariat.processes.names import names_of

RECEIVED = "confided"
"""The mail to the one person: that something lies there."""
ANSWERED = "confided_answered"
"""The mail to who represents the organization: that an answer stands there."""
LONGEST, LONGEST_ANSWER = 60_000, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """What the form of an input in confidence says. `addressee` is the coordinator it is for; None for the liaison
    officer named for its theme."""

    addressee: UUID | None
    theme: str
    title: LocalText
    words: LocalText


def draft(session: ViewerSession, process: Process, network: Track, said: Confidence) -> ConfidedCopy:
    """Begin an input in confidence: the organization alone reads it. Raises NotAllowed, Refused."""
    require(policy.may_confide(session.viewer, network))
    _check(said)
    organization = session.viewer.participant
    assert organization is not None  # who may confide represents one
    made = ConfidedCopy(process_id=process.id, track_id=network.id, participant_id=organization)
    _write(made, said)
    attach(session, made, [circles.own_of(process, network, organization)], container=process)
    session.flush()
    return made


def rewrite(session: ViewerSession, copy: ConfidedCopy, said: Confidence) -> None:
    """Change it before it is sent. Raises NotAllowed, Refused."""
    require(policy.may_write_confided(session.viewer, copy))
    _check(said)
    _write(copy, said)
    session.flush()


def throw_away(session: ViewerSession, copy: ConfidedCopy) -> None:
    """Keep nothing of a draft, or of what was withdrawn. Raises NotAllowed."""
    require(policy.may_throw_confided_away(session.viewer, copy))
    session.delete(copy)
    session.flush()


def send(session: ViewerSession, copy: ConfidedCopy) -> None:
    """Confide it: the words to the office, the name to one person of it. Raises NotAllowed, Refused."""
    require(policy.may_write_confided(session.viewer, copy))
    to = _addressee(session, copy)
    process, network = copy.process, copy.track
    side, circle = _side(session, copy, to)
    today = clock.today(process.zone)
    name = str(names_of(session, [copy.participant_id], process=process.id)[copy.participant_id])
    with _by_nobody(session) as system:
        confided = Confided(
            process_id=process.id,
            track_id=side.id,
            network_id=network.id,
            theme=copy.theme,
            title=copy.title,
            words=copy.words,
            received_on=today,
        )
        attach(system, confided, circle, container=system.get_one(Process, process.id))
        system.flush()
        told = ConfidedName(
            confided_id=confided.id,
            person_id=to.person,
            participant_id=copy.participant_id,
            name=name[:300],
            copy_id=copy.id,
        )
        attach(system, told, [circles.one_person(process, side, to.person)], container=confided)
        system.flush()
        _tell(system, process, side, to, confided.id)
    copy.sent_on, copy.government_id = today, to.government
    session.flush()


def withdraw(session: ViewerSession, copy: ConfidedCopy) -> None:
    """Take it back: the name is erased, so that nothing leads from the words to the organization any more; the words
    stay with those who had them, as withdrawn. Raises NotAllowed."""
    require(policy.may_withdraw_confided(session.viewer, copy))
    today = clock.today(copy.process.zone)
    with system_access(session, Reason.LABELLING) as system:
        name = _name_behind(system, copy)
        if name is not None:
            system.get_one(Confided, name.confided_id).withdrawn_on = today
            system.delete(name)
            system.flush()
    copy.withdrawn_on = today
    session.flush()


def tell_name_anew(session: ViewerSession, copy: ConfidedCopy) -> None:
    """Say who confided it to the person who holds the office now, and to nobody else from then on. Of another
    government than the one that has the words nobody is told. Raises NotAllowed, Refused."""
    require(policy.may_withdraw_confided(session.viewer, copy))
    to = _now_there(session, copy)
    process = copy.process
    side, _circle = _side(session, copy, to)
    with _by_nobody(session) as system:
        name = _name_behind(system, copy)
        if name is None:
            raise Refused(_("Nothing leads to your organization any more; write it anew."))
        name.person_id, key = to.person, name.confided_id
        relabel(system, name, [circles.one_person(process, side, to.person)], why="told to who holds the office now")
        system.flush()
        _tell(system, process, side, to, key)
    if copy.to is ConfidedTo.COORDINATION:
        copy.addressee_id = to.person
    session.flush()


def answer(session: ViewerSession, one: Confided, words: LocalText) -> None:
    """Answer what was confided to one's office: the organization reads it, whoever that is. Raises NotAllowed,
    Refused where it was withdrawn, or answered already."""
    require(policy.may_answer_confided(session.viewer, one))
    if one.withdrawn_on is not None:
        raise Refused(_("It was withdrawn: nobody is known any more to whom an answer could be brought."))
    if one.answered_on is not None:
        raise Refused(_("It was answered already. What more there is to say can be confided and answered anew."))
    if any(len(each) > LONGEST_ANSWER for each in words.texts.values()):
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST_ANSWER), "words")
    one.answer, one.answered_on = words, clock.today(one.process.zone)
    session.flush()
    chain = audit.chain_name(one.process.slug, one.track.slug)
    audit.record(session, "input in confidence answered", chain=chain, clauses=_circle_of(session, one), subject=one)
    with system_access(session, Reason.LABELLING) as system:
        copy = system.scalar(
            select(ConfidedCopy)
            .join(ConfidedName, ConfidedName.copy_id == ConfidedCopy.id)
            .where(ConfidedName.confided_id == one.id)
        )
        if copy is None:
            return
        copy.answer, copy.answered_on = words, one.answered_on
        system.flush()
        key, organization, network = copy.id, copy.participant_id, copy.track_id
    _tell_organization(session, one, key, organization, network)


@contextmanager
def _by_nobody(session: ViewerSession) -> Iterator[SystemSession]:
    """With all eyes, and in nobody's name: the history of the label of a mail that is put now would say who wrote what
    it tells of, also once the name is erased."""
    with system_access(session, Reason.LABELLING) as system:
        system.info["acting"] = None
        yield system


def _tell(session: SystemSession, process: Process, side: Track, to: To, key: UUID) -> None:
    outbox.put(
        session,
        RECEIVED,
        key=f"{RECEIVED}:{key}:{to.person}",
        process=process,
        track=side,
        person=to.person,
        hat=to.hat,
        subject={"confided": key},
        known_to=circles.one_person(process, side, to.person),
    )


def _tell_organization(session: ViewerSession, one: Confided, copy: UUID, organization: UUID, network: UUID) -> None:
    track = next(each for each in queries.networks_of(session, one.process_id) if each.id == network)
    for each in queries.people_of_network(session, network, clock.today(one.process.zone)):
        if each.hat.id == organization:
            outbox.put(
                session,
                ANSWERED,
                key=f"{ANSWERED}:{copy}:{each.person}",
                process=one.process,
                track=track,
                person=each.person,
                hat=each.hat,
                subject={"copy": copy},
                known_to=circles.own_of(one.process, track, organization),
            )


def _addressee(session: ViewerSession, copy: ConfidedCopy) -> To:
    to = confided_queries.addressee_of(session, copy)
    if to is None and copy.to is ConfidedTo.LIAISON:
        raise Refused(
            _(
                "For this theme it is not clear which liaison officer is meant, so that nothing was sent. Give another "
                "theme, or address it to the coordination."
            )
        )
    if to is None:
        raise Refused(_("This coordinator is not in office any more. Choose anew to whom it goes."))
    return to


def _now_there(session: ViewerSession, copy: ConfidedCopy) -> To:
    """Who holds the office now: of the same government; of the coordination the one who has held it longest."""
    today = clock.today(copy.process.zone)
    if copy.to is ConfidedTo.COORDINATION:
        found = [To(one.person, one.hat) for one in coordination_of(session, copy.track_id, today)]
    else:
        officers = queries.liaison_officers(session, copy.process_id, today)
        found = [To(one.person, one.hat, one.participant) for one in officers if one.participant == copy.government_id]
    if not found:
        raise Refused(_("Nobody holds this office now. Your name stays where it is."))
    return found[0]


def _side(session: ViewerSession, copy: ConfidedCopy, to: To) -> tuple[Track, list[Clause]]:
    """On which side of the wall it is read, and by which office."""
    process = copy.process
    if to.government is None:
        return copy.track, circles.confided_to_coordination(process, copy.track)
    government = queries.government_of(session, process.id)
    return government, circles.confided_to_liaison(process, government, to.government)


def _circle_of(session: ViewerSession, one: Confided) -> list[Clause]:
    """For whom an entry on the trail is: the person who acted."""
    person = session.viewer.person
    assert person is not None  # who may answer is somebody
    return [circles.one_person(one.process, one.track, person)]


def _name_behind(system: SystemSession, copy: ConfidedCopy) -> ConfidedName | None:
    return system.scalar(select(ConfidedName).where(ConfidedName.copy_id == copy.id))


def _write(copy: ConfidedCopy, said: Confidence) -> None:
    copy.to = ConfidedTo.LIAISON if said.addressee is None else ConfidedTo.COORDINATION
    copy.addressee_id, copy.theme = said.addressee, said.theme.strip()
    copy.title, copy.words = said.title, said.words


def _check(said: Confidence) -> None:
    if any(len(each) > LONGEST for each in said.words.texts.values()):
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST), "words")
