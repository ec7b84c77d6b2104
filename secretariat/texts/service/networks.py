"""A round of comments opened to the civil-society network by an officer, and the comments the network gives.

Nothing of the round crosses the wall but a copy of its text, its title and its end, for the network's coordination.
What the network sends comes back by its coordinator's act: to the readers of the text, or to the secretariat alone.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel, renew
from secretariat.core.labels import Addressee, Clause, Named
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.directory.contacts import coordination_of
from secretariat.mail import outbox
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Process, Track
from secretariat.texts import network_queries, policy
from secretariat.texts.deadline import Deadline
from secretariat.texts.editions import Content
from secretariat.texts.models import CommentFor, CommentRound
from secretariat.texts.network_models import NetworkComment, OpenedRound
from secretariat.texts.service.record import record_round
from secretariat.texts.service.replying import Said, check_wording

ASKED = "network_comments_asked"
"""The mail to who coordinates the network."""
ANSWERED = "network_comments_answered"
"""That it stands there what became of its comments."""
ENDS = "network_round_ends"
"""That the time it has is another."""
CLOSED = "closed"
"""What such a mail is about where the round was closed by hand."""
SETTLES = timedelta(hours=1)
"""How long a mail waits while more of the same is done."""


def deadline_of(opened: OpenedRound) -> Deadline:
    """When the network's time ends: with the round."""
    return Deadline(opened.ends_on, opened.ends_hour, opened.zone)


def is_running(opened: OpenedRound) -> bool:
    """Whether comments of the network are still taken."""
    return opened.closed_at is None and clock.now() < deadline_of(opened).at


def open_to(session: ViewerSession, found: CommentRound, network: Track) -> OpenedRound:
    """Open a round that runs to a network: a copy of the text, and one mail to each who coordinates it.

    Raises NotAllowed, Refused.
    """
    require(policy.may_keep_round(session.viewer, found))
    if not policy.is_running(found, Deadline(found.ends_on, found.ends_hour, found.zone).at, clock.now()):
        raise Refused(_("This round of comments is over."))
    if all(one.id != network.id for one in network_queries.networks_to_open_to(session, found)):
        raise Refused(_("The round is open to the network already."))
    document = found.edition.document
    before = next((one for one in network_queries.opened_of(session, found.id) if one.network_id == network.id), None)
    made = before or OpenedRound(
        process_id=found.process_id,
        track_id=found.track_id,
        network_id=network.id,
        round_id=found.id,
        title=document.title,
        content=found.edition.content,
    )
    made.opened_at, made.closed_at = clock.now(), None
    made.ends_on, made.ends_hour, made.zone = found.ends_on, found.ends_hour, found.zone
    if before is None:
        audience = [_coordination(network.id), clauses_of.secretariat(document.track)]
        attach(session, made, [clauses_of.named(document.process, document.track, audience=audience)])
    session.flush()
    if before is not None:
        renew(session, made, why="a round opened to the network again")
    record_round(session, "round opened to the network", found, network=str(network.id))
    for one in coordination_of(session, network.id, clock.today(document.process.zone)):
        outbox.put(
            session,
            ASKED,
            key=f"{ASKED}:{made.id}:{made.opened_at.isoformat()}:{one.person}",
            process=document.process,
            track=network,
            person=one.person,
            hat=one.hat,
            subject={"opened": made.id},
        )
    session.flush()
    return made


def take_back(session: ViewerSession, found: CommentRound, opened: OpenedRound) -> None:
    """Close a round to a network: nothing more is taken; what was sent stays. Raises NotAllowed."""
    require(policy.may_keep_round(session.viewer, found) and opened.round_id == found.id)
    if opened.closed_at is None:
        opened.closed_at = clock.now()
        session.flush()
        record_round(session, "round closed to the network", found, network=str(opened.network_id))
        session.flush()


def write(session: ViewerSession, opened: OpenedRound, said: Said) -> NetworkComment | None:
    """What the network thinks of a paragraph or of the whole: kept for its coordination until it is sent, changed by
    being written anew, thrown away where nothing is left of it. Also when the round is over: it is kept, and not taken.
    Raises NotAllowed, Refused."""
    require(policy.may_answer_opened(session.viewer, opened))
    if said.paragraph is not None and all(one.id != said.paragraph for one in Content.from_json(opened.content).pieces):
        raise Refused(_("This paragraph does not stand in the text that comments are asked for."), "words")
    check_wording(said)
    waiting = [one for one in network_queries.comments_of(session, opened.id) if one.sent_at is None]
    before = next((one for one in waiting if one.paragraph_id == said.paragraph), None)
    if not said.words and not said.wording:
        if before is None:
            raise Refused(_("Write what you think of it, or the words you propose."), "words")
        session.delete(before)
        session.flush()
        return None
    comment = before or NetworkComment(opened_id=opened.id, paragraph_id=said.paragraph)
    comment.language, comment.words, comment.wording = said.language, said.words, said.wording
    if before is None:
        attach(session, comment, [_own(session, opened)], container=opened)
    session.flush()
    return comment


def send(session: ViewerSession, opened: OpenedRound, read_by: CommentFor) -> int:
    """Send what is written: to whoever reads the text, or to the secretariat alone; how many comments that were.

    Raises NotAllowed; Refused once the round is over: what is written stays with the network.
    """
    require(policy.may_answer_opened(session.viewer, opened))
    _check_running(opened)
    waiting = [one for one in network_queries.comments_of(session, opened.id) if one.sent_at is None]
    if not waiting:
        raise Refused(_("There is nothing left to send."))
    opened.sent_at = clock.now()
    for one in waiting:
        one.sent_at, one.read_by = opened.sent_at, read_by
    session.flush()
    for one in waiting:
        relabel(session, one, (), why="sent by the network")
    if read_by is CommentFor.READERS:
        _copy_to_readers(session, opened, waiting)
    session.flush()
    return len(waiting)


def tell_what_became(session: ViewerSession, comment: NetworkComment) -> None:
    """What became of a comment is said where the network reads it, and its coordination is written to: one mail a day,
    however much is answered on it."""
    own = comment
    if comment.copied_from is not None:
        first = network_queries.comment_by_id(session, comment.copied_from)
        if first is None:
            return
        own = first
        own.became, own.answer = comment.became, comment.answer
    session.flush()
    opened = own.opened
    if opened is None:
        return
    on = clock.today(opened.process.zone)
    for one in coordination_of(session, opened.network_id, on):
        outbox.put(
            session,
            ANSWERED,
            key=f"{ANSWERED}:{opened.id}:{on.isoformat()}:{one.person}",
            process=opened.process,
            track=opened.network,
            person=one.person,
            hat=one.hat,
            subject={"opened": opened.id},
            not_before=clock.now() + SETTLES,
        )


def tell_end(session: Session, opened: OpenedRound) -> None:
    """That the time of the round has changed: to who coordinates the network, once for each end."""
    about = CLOSED if opened.closed_at is not None else deadline_of(opened).at.isoformat()
    for one in coordination_of(session, opened.network_id, clock.today(opened.process.zone)):
        outbox.put(
            session,
            ENDS,
            key=f"{ENDS}:{opened.id}:{about}:{one.person}",
            process=opened.process,
            track=opened.network,
            person=one.person,
            hat=one.hat,
            subject={"opened": opened.id, "about": about},
        )


def _copy_to_readers(session: ViewerSession, opened: OpenedRound, comments: list[NetworkComment]) -> None:
    """The readers of the text have their own copy, in the round: with all eyes, for the network does not read it."""
    said = [(one.id, one.paragraph_id, one.language, one.words, one.wording, one.sent_at) for one in comments]
    with system_access(session, Reason.LABELLING) as system:
        found = system.get_one(CommentRound, opened.round_id)
        for key, paragraph, language, words, wording, at in said:
            copy = NetworkComment(
                round_id=found.id,
                copied_from=key,
                paragraph_id=paragraph,
                language=language,
                words=words,
                wording=wording,
                read_by=CommentFor.READERS,
                sent_at=at,
            )
            attach(system, copy, container=found)
        system.flush()


def _check_running(opened: OpenedRound) -> None:
    if not is_running(opened):
        raise Refused(
            _(
                "The round was over when this reached us. What you wrote is kept; tell the Secretariat if you wish it "
                "to be considered."
            )
        )


def _coordination(network: UUID) -> Addressee:
    return Addressee(Named.SECRETARIAT, network)


def _own(session: Session, opened: OpenedRound) -> Clause:
    """What the network's coordination alone reads."""
    with system_access(session, Reason.LABELLING) as system:
        process, track = system.get_one(Process, opened.process_id), system.get_one(Track, opened.track_id)
        return clauses_of.named(process, track, audience=[_coordination(opened.network_id)])
