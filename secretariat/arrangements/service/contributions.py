"""Acts on contributions: entered by the secretariat, confirmed or put in doubt by the giver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from secretariat.arrangements import policy
from secretariat.arrangements.contribution_models import Contribution
from secretariat.core import audit, clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.meetings.queries import participants_today
from secretariat.processes import clauses
from secretariat.processes.models import Process, StandingKind, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What was typed of a contribution; `more_is_right` where more is received than pledged, and that is no slip."""

    participant: UUID | None = None
    giver: str = ""
    pledged: Decimal | None = None
    received: Decimal | None = None
    currency: str = ""
    in_kind: str = ""
    earmark: str = ""
    pledged_on: date | None = None
    received_on: date | None = None
    more_is_right: bool = False

    @property
    def is_more(self) -> bool:
        """Whether more was received than pledged."""
        return self.pledged is not None and self.received is not None and self.received > self.pledged


def enter(session: ViewerSession, process: Process, track: Track, gift: Gift) -> Contribution:
    """Enter what a participant gives, or somebody that takes no part; the giver and the secretariat alone read it until
    the giver has said that it is right. Raises NotAllowed, Refused."""
    require(policy.may_keep_contributions(session.viewer, track.id))
    _check(process, gift)
    made = Contribution(
        process_id=process.id, track_id=track.id, participant_id=gift.participant, entered_at=clock.now()
    )
    made.process, made.track = process, track
    _write(made, gift)
    attach(session, made, [_narrow(made)], container=process)
    session.flush()
    _record(session, "contribution entered", made)
    return made


def change(session: ViewerSession, one: Contribution, gift: Gift) -> None:
    """Enter what changed, as more that was received: the giver is asked anew, and until it answers reads it alone with
    the secretariat. The giver stays who it is. Raises NotAllowed, Refused."""
    require(policy.may_keep_contributions(session.viewer, one.track_id))
    _check(one.process, gift)
    require(gift.participant == one.participant_id)
    was_confirmed = one.confirmed_at is not None
    _write(one, gift)
    one.confirmed_at, one.confirmed_by_id, one.word, one.noted = None, None, "", ""
    session.flush()
    if was_confirmed:
        relabel(session, one, [_narrow(one)], why="changed, and not yet confirmed")
    _record(session, "contribution changed", one)


def confirm(session: ViewerSession, one: Contribution) -> None:
    """The giver says that it is right: the members read it from now on. Raises NotAllowed."""
    require(policy.may_answer_contribution(session.viewer, one))
    one.confirmed_at, one.confirmed_by_id, one.word = clock.now(), session.viewer.person, ""
    session.flush()
    relabel(session, one, [wide(session, one)], why="confirmed by the giver")
    _record(session, "contribution confirmed", one)


def note_word(session: ViewerSession, one: Contribution, said: str) -> None:
    """The secretariat notes where a giver that takes no part said that it is right: the members read it from now on.
    Raises NotAllowed."""
    require(policy.may_note_givers_word(session.viewer, one))
    one.confirmed_at, one.confirmed_by_id, one.noted = clock.now(), session.viewer.person, said
    session.flush()
    relabel(session, one, [wide(session, one)], why="the giver's word noted")
    _record(session, "word of a giver noted", one)


def doubt(session: ViewerSession, one: Contribution, word: str) -> None:
    """The giver says what is not right; the secretariat reads it, and enters it anew. Raises NotAllowed."""
    require(policy.may_answer_contribution(session.viewer, one))
    one.word = word
    session.flush()
    _record(session, "contribution put in doubt", one)


def take_away(session: ViewerSession, one: Contribution) -> None:
    """Take away what was entered by mistake, as long as the giver has not confirmed it. Raises NotAllowed."""
    require(policy.may_take_contribution_away(session.viewer, one))
    _record(session, "contribution taken away", one)
    session.delete(one)
    session.flush()


def is_of_a_member(session: ViewerSession, one: Contribution) -> bool:
    """Whether the giver is a member today."""
    today = participants_today(session, one.process_id, one.track_id, clock.today(one.process.zone))
    return one.participant_id is not None and today.get(one.participant_id) is StandingKind.MEMBER


def wide(session: ViewerSession, one: Contribution) -> Clause:
    """Who reads it once it is right: the members; of a participant that is none, all participants, or it would not read
    on what it gives itself (ADR 55)."""
    for_members = one.participant_id is None or is_of_a_member(session, one)
    readers = clauses.members_of if for_members else clauses.participants_of
    return readers(one.process, one.track)


def _narrow(one: Contribution) -> Clause:
    audience = [clauses.secretariat(one.track)]
    if one.participant_id is not None:
        audience.append(clauses.participant(one.participant_id))
    return clauses.named(one.process, one.track, audience=audience)


def _write(one: Contribution, gift: Gift) -> None:
    for name in ("giver", "pledged", "received", "currency", "in_kind", "earmark", "pledged_on", "received_on"):
        setattr(one, name, getattr(gift, name))


def _check(process: Process, gift: Gift) -> None:
    if gift.participant is None and not gift.giver:
        raise Refused(_("Choose who gives it, or give the name of a giver that takes no part"), "participant")
    if gift.participant is not None and gift.giver:
        raise Refused(_("Choose a participant or give a name, not both"), "giver")
    money = gift.pledged is not None or gift.received is not None
    if not money and not gift.in_kind:
        raise Refused(_("Give an amount, or say what is given in kind."), "pledged")
    if money and not gift.currency:
        raise Refused(_("Give the currency of the amount, for example USD"), "currency")
    if gift.is_more and not gift.more_is_right:
        raise Refused(_("More is received than was pledged. Look at both amounts, or say that this is right"), "more")
    if gift.received_on is not None and gift.received_on > clock.today(process.zone):
        raise Refused(_("This day lies ahead; give the day on which it was received"), "received_on")


def _record(session: ViewerSession, kind: str, one: Contribution, **content: Any) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(one.process.slug, one.track.slug),
        clauses=[_narrow(one)],
        subject=one,
        content=content,
    )
