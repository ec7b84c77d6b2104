"""The two mails of a word to the chair: to the focal point, who is told first, and to the chair, once it is sent.
Neither repeats its words, nor names a state: both stand behind sign-in."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.directory.models import RoleName
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.follow_up import chair_word
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending


def chair_word_told(session: Session, sending: Sending) -> Letter | None:
    """To the focal point: before anything goes to the chair. Nothing where it was called off meanwhile."""
    one = chair_word.word_by_id(session, sending.id_of("word"))
    if one is None or not one.is_open or one.sent_at is not None:
        return None
    return sending.letter(
        _("Before we ask the chair"),
        level=Level.NAMED,
        sends_from=one.sends_from,
        page=sending.page(f"/chair-words/{one.id}"),
    )


def chair_word_asked(session: Session, sending: Sending) -> Letter | None:
    """To the chair: a word is asked. Nothing where it was called off meanwhile."""
    one = chair_word.word_by_id(session, sending.id_of("word"))
    if one is None or not one.is_open or one.sent_at is None:
        return None
    return sending.letter(
        _("A word with a colleague"),
        level=Level.NAMED,
        page=sending.page(f"/chair-words/{one.id}"),
    )


composition.register(chair_word.TOLD, chair_word_told, roles=SPEAKING_ROLES)
composition.register(chair_word.ASKED, chair_word_asked, roles=(RoleName.CHAIR,))
