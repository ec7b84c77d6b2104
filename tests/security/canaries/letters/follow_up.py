"""The digest: all that is awaited of whom the reader acts for, and nothing the reader may not read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from secretariat.civil_society.position_models import Position
from secretariat.confidentiality.models import LoweringState, ProposedLowering
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.directory.models import Person
from secretariat.follow_up import service
from secretariat.follow_up.models import DigestKind, DigestSeries
from secretariat.follow_up.planner import Due, Item, Step
from secretariat.follow_up.service import digests
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.models import Invitation, Meeting, MeetingState
from secretariat.plans.models import Commitment, CommitmentState, Plan, PlanState, ProgressUpdate
from secretariat.processes.models import Process, Track
from secretariat.texts.models import CommentRound
from tests.security import oracle
from tests.security.canaries.letters.civil_society import positions_run, text_of
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.letters.meetings import announced
from tests.security.canaries.letters.texts import document_of, nobody_has_replied
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry, level_of
from tests.security.canaries.world import Canary, new_word
from tests.security.oracle import Rule

Open = tuple[str, UUID, UUID, UUID, LocalText | None]
"""What is awaited: kind, thing, track, what it is about, and the words by which it is called."""


@entry("digest", says=("Where things stand",), repeats_named=False)
def digest(post: Post) -> Iterator[Occasion]:
    """One on each side of the wall, which asks for everything there is; and one that is somebody else's."""
    announced(post)
    _last_said_to_few(post)
    post.session.execute(update(LentDraft).values(lent_at=clock.now() - timedelta(days=5)))  # named in it, by no title
    post.session.expire_all()
    everything = list(_awaited(post))
    began = {one.id: one.invited_at.date().isoformat() for one in post.session.scalars(select(Invitation))}
    began |= {one.id: one.ends_on.isoformat() for one in post.session.scalars(select(CommentRound))}
    began |= {one.id: one.ends_on.isoformat() for one in post.session.scalars(select(Position))}
    began |= {
        one.id: one.due_on.isoformat()
        for one in post.session.scalars(select(Commitment))
        if one.due_on is not None and one.state is not CommitmentState.PROPOSED
    }
    for side in ("government", "network"):
        track = post.session.get_one(Track, post.world.ids[side])
        series = _series(post, track, post.official.person)
        due = [
            Due(Item(kind, key, clock.today(), cycle=began.get(key, "")), Step(f"asked, {side}", clock.today()))
            for kind, key, *_ in everything
        ]
        window = clock.today() + timedelta(1)  # what was said until today does not still it
        made = digests.put(post.session, series, window, due, DigestKind.BY_HAND)
        line = words_of(made.personal_line)
        here = [one for one in everything if one[2] == track.id and post.reads(one[1], one[3])]
        if not post.is_appointed(track.id, SPEAKING):
            here = []
        elif not post.takes_part(track.id):
            here = [one for one in here if one[0] == "invitation" and post.is_invited(track.id)]
        named = {key for _kind, key, *_ in here if level_of(post.world, post.role, key) == "named"}
        words = words_of(*(title for _kind, key, _track, _about, title in here if key not in named))
        yield Occasion(
            side, {"digest": made.id}, bool(here), track.process_id, track.id, words | line,
            own=frozenset({series.id, made.id}), entries=len(here),
        )  # fmt: skip
        somebody = Person()
        post.session.add(somebody)
        post.session.flush()
        others = digests.put(post.session, _series(post, track, somebody.id), window, due, DigestKind.BY_HAND)
        yield Occasion(f"{side}, somebody else’s", {"digest": others.id}, False, track.process_id, track.id)


def _last_said_to_few(post: Post) -> None:
    """The last word on a commitment that many read is for named readers."""
    before = clock.now() - timedelta(days=2)
    post.session.execute(update(ProgressUpdate).values(stated_at=before))
    post.session.expire_all()
    last = post.session.get_one(ProgressUpdate, post.world.at["ProgressUpdate", "a named member"])
    last.stated_at = before + timedelta(hours=1)


def _series(post: Post, track: Track, person: UUID) -> DigestSeries:
    word, process = new_word(), post.session.get_one(Process, track.process_id)
    series = DigestSeries(
        person_id=person, hat=str(post.official.hat), process_id=process.id, track_id=track.id, personal_line=word
    )
    attach(post.session, series, [service.readers(process, track, person)])
    post.session.flush()
    readers = (("secretariat", track.id), ("person", person))
    post.world.oracle.things[series.id] = oracle.Thing(
        series.id, (Rule(process.id, "named", (track.id,), audience=readers),)
    )
    post.world.canaries[word] = Canary(word, "DigestSeries", series.id, "of the mail")
    return series


def _awaited(post: Post) -> Iterator[Open]:
    """Made of whom the reader acts for, and read from the rows: what the product would ask for."""
    acts_for = post.world.reader(post.role).acts_for
    participant = acts_for[1] if acts_for is not None and acts_for[0] == "participant" else None
    if participant is not None:
        for model in (Commitment, Invitation, ProposedLowering):
            post.session.execute(update(model).values(participant_id=participant))
        post.session.expire_all()
    for one in post.session.scalars(select(Commitment)):
        plan = post.session.get_one(Plan, one.plan_id)
        if plan.state is PlanState.ADOPTED and one.participant_id == participant:
            kind = "proposal" if one.state is CommitmentState.PROPOSED else "commitment"
            yield kind, one.id, plan.track_id, plan.id, one.words
    for invitation in post.session.scalars(select(Invitation)):
        meeting = post.session.get_one(Meeting, invitation.meeting_id)
        if meeting.state is MeetingState.ANNOUNCED and invitation.participant_id == participant:
            yield "invitation", invitation.id, meeting.track_id, meeting.id, meeting.title
    nobody_has_replied(post)
    for found in post.session.scalars(select(CommentRound)):
        if participant is not None and post.is_member(found.track_id):
            document = document_of(post, found)
            yield "comments", found.id, found.track_id, document.id, document.title
    positions_run(post)
    for position in post.session.scalars(select(Position)):
        if participant is not None and post.is_member(position.track_id):
            about = text_of(post, position)
            yield "position", position.id, position.track_id, about.id, about.title
    for row in post.session.scalars(select(ProposedLowering)):
        if row.state is LoweringState.PROPOSED and row.participant_id == participant:
            yield "lowering", row.id, row.track_id, row.thing_id, None
