"""Mails of meetings: the invitation, a change, and that one is called off. Every invitation is the reader's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update

from secretariat.core import clock
from secretariat.documents.models import Document, DocumentState, PaperAnswer
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.joint_models import JointSession, JointState
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.letters import ANSWERING
from secretariat.meetings.models import Invitation, ItemProposal, JoinLink, Meeting, MeetingState, NotedAnswer
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import KEEPING, SPEAKING, Occasion, Post, entry


def announced(post: Post) -> None:
    """Every meeting takes place: the reader before had them called off."""
    post.session.execute(update(Meeting).values(state=MeetingState.ANNOUNCED))
    post.session.expire_all()


def _invitations(post: Post) -> Iterator[tuple[str, Invitation, Meeting]]:
    """Every planted invitation, now one of whom the reader acts for, and its meeting."""
    acts_for = post.world.reader(post.role).acts_for
    if acts_for is not None and acts_for[0] == "participant":
        post.session.execute(update(Invitation).values(participant_id=acts_for[1]))
        post.session.expire_all()
    for spot, invitation in post.all_of(Invitation):
        yield spot, invitation, post.session.get_one(Meeting, invitation.meeting_id)


def _about(post: Post, **subject: Any) -> Iterator[tuple[Occasion, Meeting]]:
    acts_for = post.world.reader(post.role).acts_for
    for spot, invitation, meeting in _invitations(post):
        leaves = (
            acts_for == ("participant", invitation.participant_id)
            and post.is_appointed(meeting.track_id, SPEAKING)
            and post.reads(invitation.id, meeting.id)
        )
        fields: list[Any] = [meeting.title, meeting.place]
        join = post.session.scalar(select(JoinLink).where(JoinLink.meeting_id == meeting.id))
        if join is not None and post.reads(join.id) and meeting.is_live:
            fields.append(join.address)
        given = {"meeting": meeting.id, "invitation": invitation.id, "sequence": meeting.sequence, **subject}
        yield Occasion(spot, given, leaves, meeting.process_id, meeting.track_id, words_of(*fields)), meeting


@entry("meeting_invitation", says=("Invitation to a meeting",))
def invited(post: Post) -> Iterator[Occasion]:
    announced(post)
    for place, (one, _meeting) in enumerate(_about(post)):
        one.subject["alternate"] = place % 2 == 1
        yield one


@entry("meeting_changed", says=("Change to a meeting",))
def changed(post: Post) -> Iterator[Occasion]:
    announced(post)
    for one, _meeting in _about(post):
        yield one


@entry("meeting_answer_noted", says=("An answer to confirm",))
def answer_noted(post: Post) -> Iterator[Occasion]:
    """What was noted is planted in every invitation; its words stand in no mail."""
    announced(post)
    noted = {one.invitation_id: one for _spot, one in post.all_of(NotedAnswer)}
    for one, _meeting in _about(post):
        mine = noted.get(one.subject["invitation"])
        join_free = {"noted": mine.id} if mine is not None else {}
        yield replace(
            one, subject={**one.subject, **join_free}, leaves=one.leaves and mine is not None and post.reads(mine.id),
            words=words_of(_meeting.title, _meeting.place),
        )  # fmt: skip


@entry("item_answered", says=("Answer to a proposed item",))
def item_answered(post: Post) -> Iterator[Occasion]:
    """Every proposed item is the reader's own and answered; its words stand in no mail."""
    announced(post)
    acts_for = post.world.reader(post.role).acts_for
    for spot, proposal in post.all_of(ItemProposal):
        proposal.answered_at = clock.now()
        meeting = post.session.get_one(Meeting, proposal.meeting_id)
        leaves = (
            acts_for is not None and acts_for[0] == "participant"
            and post.is_appointed(meeting.track_id, SPEAKING)
            and post.reads(proposal.id, meeting.id)
        )  # fmt: skip
        given = {"meeting": meeting.id, "proposal": proposal.id}
        words = words_of(meeting.title, meeting.place)
        yield Occasion(spot, given, leaves, meeting.process_id, meeting.track_id, words)
    post.session.flush()


@entry("item_call", says=("Call for agenda items",))
def item_call(post: Post) -> Iterator[Occasion]:
    """Of every meeting; no invitation is needed."""
    announced(post)
    post.session.execute(update(Meeting).values(agenda_adopted_at=None))
    post.session.expire_all()
    for spot, meeting in post.all_of(Meeting):
        leaves = post.is_appointed(meeting.track_id, SPEAKING) and post.reads(meeting.id)
        given = {"meeting": meeting.id, "alternate": False, "by": None}
        words = words_of(meeting.title, meeting.place)
        yield Occasion(spot, given, leaves, meeting.process_id, meeting.track_id, words)


@entry("paper_answered", says=("Answer to a paper",))
def paper_answered(post: Post) -> Iterator[Occasion]:
    """Every paper is the reader's own and answered; its words, and those of the answer, stand in no mail."""
    announced(post)
    acts_for = post.world.reader(post.role).acts_for
    speaks = acts_for is not None and acts_for[0] == "participant"
    if acts_for is not None and speaks:
        post.session.execute(update(Document).values(author_id=acts_for[1]))
        post.session.expire_all()
    answers = {one.document_id: one for _spot, one in post.all_of(PaperAnswer)}
    for spot, document in post.all_of(Document):
        answer = answers.get(document.id)
        meeting = post.session.get_one(Meeting, document.meeting_id)
        leaves = (
            speaks and answer is not None
            and post.is_appointed(meeting.track_id, SPEAKING)
            and post.reads(document.id, meeting.id, answer.id)
        )  # fmt: skip
        given = {"meeting": meeting.id, "document": document.id}
        words = words_of(meeting.title, meeting.place)
        yield Occasion(spot, given, leaves, meeting.process_id, meeting.track_id, words)


def _drafts(post: Post, owner: str) -> Iterator[tuple[str, LentDraft, Document, Meeting]]:
    """Every draft that is lent: the paper is prepared, and of whom a role acts for where that is a participant."""
    announced(post)
    acts_for = post.world.reader(owner).acts_for
    whose = acts_for[1] if acts_for is not None and acts_for[0] == "participant" else post.world.ids["state member"]
    post.session.execute(update(Document).values(author_id=whose, state=DocumentState.PREPARED))
    post.session.expire_all()
    for spot, lent in post.all_of(LentDraft):
        document = post.session.get_one(Document, lent.document_id)
        yield spot, lent, document, post.session.get_one(Meeting, document.meeting_id)


@entry("draft_lent", says=("A draft is passed to you",), shows=False)
def draft_lent(post: Post) -> Iterator[Occasion]:
    """The member lends; whoever receives it is told nothing but where."""
    lender = Post(post.world, post.session, "member")
    for spot, lent, document, meeting in _drafts(post, "member"):
        leaves = lender.is_appointed(meeting.track_id, SPEAKING) and lender.reads(lent.id, document.id, meeting.id)
        yield Occasion(
            spot, {"lent": lent.id}, leaves, meeting.process_id, meeting.track_id,
            own=frozenset({lent.id}), address="colleague@elsewhere.example",
        )  # fmt: skip


@entry("draft_reminded", says=("A draft is with you",), shows=False)
def draft_reminded(post: Post) -> Iterator[Occasion]:
    """As when it was lent: nothing but where."""
    yield from draft_lent(post)


@entry("draft_returned", says=("A draft has come back to you",))
def draft_returned(post: Post) -> Iterator[Occasion]:
    """To whoever lent it; its words, and those of the colleague, stand in no mail."""
    for spot, lent, document, meeting in _drafts(post, post.role):
        leaves = post.is_appointed(meeting.track_id, SPEAKING) and post.reads(lent.id, document.id, meeting.id)
        words = words_of(meeting.title, meeting.place)
        yield Occasion(spot, {"lent": lent.id}, leaves, meeting.process_id, meeting.track_id, words)


@entry("meeting_called_off", says=("Meeting cancelled", "Meeting postponed"), is_last=True)
def called_off(post: Post) -> Iterator[Occasion]:
    """Afterwards every meeting is cancelled or postponed."""
    for place, (_spot, meeting) in enumerate(post.all_of(Meeting)):
        meeting.state = MeetingState.CANCELLED if place % 2 else MeetingState.POSTPONED
        meeting.state_word = meeting.note
    post.session.flush()
    for one, meeting in _about(post):
        yield Occasion(
            one.spot, one.subject, one.leaves, one.process, one.track, one.words | words_of(meeting.state_word)
        )


def _guests(post: Post, **fields: Any) -> Iterator[Occasion]:
    """Every planted guest, now one of whom the reader acts for."""
    acts_for = post.world.reader(post.role).acts_for
    for spot, guest in post.all_of(Guest):
        for name, value in fields.items():
            setattr(guest, name, value)
        if acts_for is not None and acts_for[0] == "participant":
            guest.participant_id = acts_for[1]
        post.session.flush()
        track = post.world.ids[post.world.track_of(post.role)]
        leaves = post.is_appointed(track, ANSWERING) and post.reads(guest.id)
        said: list[Any] = [guest.title]
        if guest.withdrawn_at is None:
            said.append(guest.place)
            said += [item.title for item in guest.items if post.reads(item.id)]
        given = {"guest": guest.id, "sequence": guest.sequence, "alternate": False}
        yield Occasion(spot, given, leaves, guest.process_id, track, words_of(*said))


@entry("guest_invitation", says=("Invitation to a meeting",))
def guest_invited(post: Post) -> Iterator[Occasion]:
    yield from _guests(post, state=MeetingState.ANNOUNCED, withdrawn_at=None)


@entry("guest_changed", says=("Change to a meeting",))
def guest_changed(post: Post) -> Iterator[Occasion]:
    yield from _guests(post, state=MeetingState.ANNOUNCED, withdrawn_at=None)


@entry("guest_called_off", says=("Not as you were invited",), is_last=True)
def guest_called_off(post: Post) -> Iterator[Occasion]:
    """Afterwards every guest's invitation is taken back."""
    yield from _guests(post, withdrawn_at=clock.now())


@entry("joint_proposed", says=("A joint session is proposed",))
def joint_proposed(post: Post) -> Iterator[Occasion]:
    """The network proposed them all; they go to the officers of the governments' side."""
    yield from _joint(post, JointState.PROPOSED, "government")


@entry("joint_answered", says=("A joint session was answered",))
def joint_answered(post: Post) -> Iterator[Occasion]:
    """The governments take part in all of them."""
    yield from _joint(post, JointState.AGREED, "network")


@entry("joint_taken_back", says=("A joint session was taken back",))
def joint_taken_back(post: Post) -> Iterator[Occasion]:
    """The network has taken all of them back."""
    yield from _joint(post, JointState.TAKEN_BACK, "government")


def _joint(post: Post, state: JointState, to: str) -> Iterator[Occasion]:
    post.session.execute(update(JointSession).values(state=state))
    post.session.expire_all()
    track = post.world.ids[to]
    for spot, one in post.all_of(JointSession):
        leaves = post.is_appointed(track, KEEPING) and post.reads(one.id)
        yield Occasion(spot, {"joint": one.id}, leaves, one.process_id, track, words_of(one.title))
