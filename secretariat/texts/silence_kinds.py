"""What of silence and adoption a person meets: the rules, a silence, who is held open, what was said; an adoption, what
was said with it, and the word of capitals. What a participant said is its own; for the rest the secretariat answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.texts.silence_models import (
    AdoptionConfirmation,
    AdoptionStatement,
    SilenceHold,
    SilenceProcedure,
    SilenceReaction,
    SilenceRules,
    TextAdoption,
)


def _by_secretariat(_session: Session, one: Any) -> Origin:
    return Origin(OriginKind.SECRETARIAT, one.track_id)


def _of_silence(session: Session, one: SilenceHold) -> Origin:
    track = session.scalar(select(SilenceProcedure.track_id).where(SilenceProcedure.id == one.silence_id))
    return Origin(OriginKind.SECRETARIAT, track or one.silence_id)


def _by_participant(_session: Session, one: Any) -> Origin:
    return Origin(OriginKind.PARTICIPANT, one.participant_id)


def _title_of(one: Any) -> str:
    document = one.edition.document if one is not None and one.edition is not None else None
    return local_text(document.title) if document is not None else ""


def _title_of_silence(one: Any) -> str:
    title = _title_of(one)
    return _("Silence on %(text)s", text=title) if title else _("Silence")


def _in_silence(one: Any) -> str | None:
    return f"/silence/{one.silence_id}" if one.silence is not None else None


def _in_adoption(one: Any) -> str | None:
    return f"/adoptions/{one.adoption_id}" if one.adoption is not None else None


register(
    Kind(
        SilenceRules,
        _l("Rules of silence"),
        lambda one: _("Rules of silence"),
        lambda _one: None,  # the secretariat alone opens the page of its form; each silence tells the others
        _by_secretariat,
    )
)
register(
    Kind(
        SilenceProcedure, _l("Silence on a text"), _title_of_silence, lambda one: f"/silence/{one.id}", _by_secretariat
    )
)
register(
    Kind(
        SilenceHold,
        _l("Silence held open for a member"),
        lambda one: _title_of_silence(one.silence),
        _in_silence,
        _of_silence,
    )
)
register(Kind(SilenceReaction, _l("Reaction to a silence"), lambda one: one.words, _in_silence, _by_participant))
register(Kind(TextAdoption, _l("Adoption of a text"), _title_of, lambda one: f"/adoptions/{one.id}", _by_secretariat))
register(
    Kind(AdoptionStatement, _l("Statement on an adopted text"), lambda one: one.words, _in_adoption, _by_participant)
)
register(
    Kind(
        AdoptionConfirmation,
        _l("Word of a capital on an adopted text"),
        lambda one: _title_of(one.adoption),
        _in_adoption,
        _by_participant,
    )
)
