"""The mails of the civil-society track. Of positions: that one is open to an organization's signature. Of submissions:
acknowledged to the network, routed to a liaison officer, shown to whom an answer tells of, answered to the network."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.civil_society import choice_queries, confided_queries, policy, position_queries, published, queries
from secretariat.civil_society.models import SubmissionState
from secretariat.civil_society.service import (
    answering,
    choosing,
    confiding,
    positions,
    publishing,
    replying,
    routing,
    submitting,
)
from secretariat.core import clock
from secretariat.core.labelling import label_value
from secretariat.core.languages import gettext as _
from secretariat.directory.models import RoleName
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.documents.models import DocumentState
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending

OF_NETWORK = (RoleName.COORDINATOR, RoleName.REPRESENTATIVE)
WHO_ANSWERS = (RoleName.LIAISON_OFFICER, RoleName.OFFICER, RoleName.CHAIRS_OFFICE)
"""Who answers submissions: for a government, or for the process."""


def submission_acknowledged(session: Session, sending: Sending) -> Letter | None:
    """To the network: it has arrived, under which number, and by when an answer is expected."""
    one = queries.submission_by_id(session, sending.id_of("submission"))
    if one is None or one.state is not SubmissionState.SENT:
        return None
    return sending.letter(
        _("A submission has arrived"),
        thread=str(one.id),
        submission=one,
        page=sending.page(f"/submissions/{one.id}"),
    )


def submission_routed(session: Session, sending: Sending) -> Letter | None:
    """To a liaison officer: a submission awaits the answer of its government. Nothing once another is to answer."""
    one = queries.submission_by_id(session, sending.id_of("submission"))
    if one is None or one.state is not SubmissionState.SENT or one.routed_to_id != sending.hat.id:
        return None
    return sending.letter(
        _("A submission awaits your answer"),
        thread=str(one.id),
        submission=one,
        page=sending.page(f"/submissions/{one.id}"),
    )


def answer_to_see(session: Session, sending: Sending) -> Letter | None:
    """To who speaks for a participant: an answer tells of it, and leaves soon. Its words stand behind sign-in."""
    answer = queries.answer_by_id(session, sending.id_of("answer"))
    if answer is None or answer.given_at is not None:
        return None
    return sending.letter(
        _("An answer that tells of your government"), answer=answer, page=sending.page(f"/answers/{answer.id}")
    )


def submission_answered(session: Session, sending: Sending) -> Letter | None:
    """To everybody in the network: a submission was answered."""
    answer = queries.answer_by_id(session, sending.id_of("answer"))
    if answer is None or answer.submission is None or answer.given_at is None:
        return None
    one = answer.submission
    return sending.letter(
        _("An answer to a submission"),
        thread=str(one.id),
        submission=one,
        answer=answer,
        page=sending.page(f"/submissions/{one.id}"),
    )


def answer_replied(session: Session, sending: Sending) -> Letter | None:
    """To the liaison officers of the government that answered, or to the Secretariat where the process did: the network
    has replied. Its words stand behind sign-in."""
    reply = queries.reply_by_id(session, sending.id_of("reply"))
    answer = reply.answer if reply is not None else None
    if answer is None or answer.submission is None or (answer.participant_id or answer.track_id) != sending.hat.id:
        return None
    one = answer.submission
    return sending.letter(
        _("A reply to your answer"),
        thread=str(one.id),
        submission=one,
        of_process=answer.participant_id is None,
        page=sending.page(f"/submissions/{one.id}"),
    )


def published_by_both(session: Session, sending: Sending) -> Letter | None:
    """To whoever published first: the other side has published too. Nothing once either took its part back."""
    one = queries.submission_by_id(session, sending.id_of("submission"))
    if one is None or published.of_network(session, one.id) is None:
        return None
    if published.of_answer(session, sending.id_of("answer")) is None:
        return None
    return sending.letter(
        _("Published by both sides"),
        thread=str(one.id),
        submission=one,
        to_network=sending.hat.id == one.track_id,
        page=sending.page(f"/submissions/{one.id}"),
    )


def position_to_sign(session: Session, sending: Sending) -> Letter | None:
    """To who represents a member organization: a position is open to its signature, and until when. Nothing once it is
    over, another text took its place, or the organization has signed or said that it does not."""
    one = position_queries.position_by_id(session, sending.id_of("position"))
    if one is None or one.edition.document.state is not DocumentState.ISSUED:
        return None
    ends = position_queries.deadline_of(one)
    if not policy.is_signed_now(one, ends.at, clock.now()):
        return None
    if sending.hat.id in position_queries.heard_from(session, one.id):
        return None
    document = one.edition.document
    return sending.letter(
        _("A position to sign"),
        level=label_value(session, one.label_id).level,
        thread=str(document.first_id),
        document=document,
        ends=ends,
        page=sending.page(f"/positions/{one.id}"),
    )


def choice_opened(session: Session, sending: Sending) -> Letter | None:
    """To who represents a member organization: whom does it name, and until when. Nothing once that is over."""
    one = choice_queries.choice_by_id(session, sending.id_of("choice"))
    if one is None or one.settled_at is not None or one.ended_at is not None:
        return None
    if clock.today(one.process.zone) > one.named_until:
        return None
    return sending.letter(
        _("Who goes for the network"), thread=str(one.id), choice=one, page=sending.page(f"/choices/{one.id}")
    )


def choice_settled(session: Session, sending: Sending) -> Letter | None:
    """To the same: who goes. The names stand behind sign-in."""
    one = choice_queries.choice_by_id(session, sending.id_of("choice"))
    if one is None or one.settled_at is None or one.ended_at is not None:
        return None
    return sending.letter(
        _("The network has chosen who goes"), thread=str(one.id), choice=one, page=sending.page(f"/choices/{one.id}")
    )


def choice_changed(session: Session, sending: Sending) -> Letter | None:
    """To the same: the choice was called off, its days were shifted, or the coordination has answered otherwise than
    was chosen. Why stands behind sign-in."""
    one = choice_queries.choice_by_id(session, sending.id_of("choice"))
    if one is None or (one.called_off_at is None and one.departed_at is None and one.shifted_at is None):
        return None
    return sending.letter(
        _("Who goes for the network"), thread=str(one.id), choice=one, page=sending.page(f"/choices/{one.id}")
    )


def confided(session: Session, sending: Sending) -> Letter | None:
    """To the one person something was confided to: where it stands, and nothing of it. Nothing once it is withdrawn, or
    where that person does not read by whom it is any more."""
    key = sending.id_of("confided")
    one = confided_queries.confided_by_id(session, key)
    if one is None or one.withdrawn_on is not None or not confided_queries.names_of_confided(session, [key]):
        return None
    return sending.letter(_("Something was confided to you"), page=sending.page(f"/confided/{key}"))


def confided_answered(session: Session, sending: Sending) -> Letter | None:
    """To who represents the organization: where the answer stands. Nothing of it, nor of what it answers."""
    copy = confided_queries.copy_by_id(session, sending.id_of("copy"))
    if copy is None or copy.answer is None or copy.participant_id != sending.hat.id:
        return None
    return sending.letter(_("What you confided has been answered"), page=sending.page(f"/confidences/{copy.id}"))


composition.register(confiding.RECEIVED, confided, roles=(RoleName.COORDINATOR, RoleName.LIAISON_OFFICER), across=True)
composition.register(confiding.ANSWERED, confided_answered, roles=(RoleName.REPRESENTATIVE,), across=True)
composition.register(choosing.CHANGED, choice_changed, roles=(RoleName.REPRESENTATIVE,))
composition.register(choosing.OPENED, choice_opened, roles=(RoleName.REPRESENTATIVE,))
composition.register(choosing.TOLD, choice_settled, roles=(RoleName.REPRESENTATIVE,))
composition.register(positions.TO_SIGN, position_to_sign, roles=(RoleName.REPRESENTATIVE,))
composition.register(submitting.ACKNOWLEDGED, submission_acknowledged, roles=OF_NETWORK, across=True)
composition.register(routing.ROUTED, submission_routed, roles=(RoleName.LIAISON_OFFICER,))
composition.register(replying.REPLIED, answer_replied, roles=WHO_ANSWERS)
composition.register(publishing.BY_BOTH, published_by_both, roles=(RoleName.COORDINATOR, *WHO_ANSWERS), across=True)
composition.register(answering.TO_SEE, answer_to_see, roles=SPEAKING_ROLES)
composition.register(answering.GIVEN, submission_answered, roles=OF_NETWORK, across=True)
