"""Putting an edition under silence."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import language_name, list_text
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.documents.models import DocumentState
from secretariat.processes.names import in_order, names_of
from secretariat.texts import membership, policy, silence_queries
from secretariat.texts.deadline import Deadline
from secretariat.texts.editions import Content
from secretariat.texts.models import TextEdition
from secretariat.texts.service import state
from secretariat.texts.service.silence.ends import check_end, days_not_counted, last_version_at
from secretariat.texts.service.silence.telling import OPENED, record, write_to
from secretariat.texts.silence import SilenceState
from secretariat.texts.silence_models import SilenceProcedure


def open_silence(session: ViewerSession, edition: TextEdition, ends: Deadline) -> SilenceProcedure:
    """Put an edition under silence until an hour of a place, and write to the members. Raises NotAllowed, Refused."""
    document = edition.document
    require(policy.may_open_silence(session.viewer, document))
    state.lock(session, edition.text_id)
    session.refresh(document, ["state"])
    rules = silence_queries.rules_of(session, document.process_id, document.track_id)
    if rules is None or not rules.is_on(clock.today(document.process.zone)):
        raise Refused(_("The rules of the process do not provide for silence. Where the members decide so, they do."))
    _check_edition(session, edition)
    check_end(ends, rules)
    members = check_members(session, edition)
    opened_at = clock.now()
    made = SilenceProcedure(
        edition_id=edition.id,
        process_id=document.process_id,
        track_id=document.track_id,
        opened_at=opened_at,
        ends_on=ends.on,
        ends_hour=ends.hour,
        zone=ends.zone,
        reasons_to=rules.reasons_to,
        not_counted=days_not_counted(last_version_at(edition), ends, rules),
    )
    attach(session, made, container=edition)
    session.flush()
    session.refresh(made, ["edition", "process", "track"])
    record(session, "silence opened", made, ends=ends.at.isoformat())
    write_to(session, made, OPENED, members)
    session.flush()
    return made


def _check_edition(session: ViewerSession, edition: TextEdition) -> None:
    document = edition.document
    check_stands(session, edition)
    if document.state is not DocumentState.ISSUED or not document.is_released:
        raise Refused(_("Its readers do not have it yet; put it under silence once they do."))
    if state.is_adopted(session, edition.text_id):
        raise Refused(_("This text is adopted already."))
    content = Content.from_json(edition.content)
    came = silence_queries.languages_that_came(session, document.id)
    awaited = [one for one in content.authentic or (content.original,) if one not in came]
    if awaited:
        raise Refused(
            _(
                "Silence is counted from the last official-language version. Not there yet: %(languages)s.",
                languages=list_text([language_name(one) for one in awaited]),
            )
        )
    before = silence_queries.silences_of_edition(session, edition.id)
    states = silence_queries.all_stand(session, before)
    if any(states[one.id].state is not SilenceState.CALLED_OFF for one in before):
        raise Refused(_("This text is or was under silence already; extend that, or call it off first."))


def check_stands(session: Session, edition: TextEdition) -> None:
    """Raises Refused, with the symbol of what took its place, for an edition that stands no more."""
    document = edition.document
    if document.state is DocumentState.WITHDRAWN:
        raise Refused(_("%(symbol)s was withdrawn.", symbol=document.symbol or ""))
    if document.state is not DocumentState.SUPERSEDED:
        return
    latest = silence_queries.latest_edition(session, edition.text_id)
    if latest is None or latest.id == edition.id or latest.document.symbol is None:
        raise Refused(_("%(symbol)s gave way to a later text.", symbol=document.symbol or ""))
    raise Refused(
        _(
            "%(symbol)s gave way to %(latest)s; what you say is for that one.",
            symbol=document.symbol or "",
            latest=latest.document.symbol,
        )
    )


def check_members(session: ViewerSession, edition: TextEdition) -> frozenset[UUID]:
    """Those whose silence it is: each of them reads the text."""
    document, today = edition.document, clock.today()
    members = silence_queries.members_on(session, document.process_id, document.track_id, document.body_id, today)
    if not members:
        raise Refused(_("There are no members whose silence it could be."))
    blind = membership.who_do_not_read(session, edition.label_id, members, today)
    if blind:
        named = names_of(session, blind, process=document.process_id)
        raise Refused(
            _(
                "Nobody is silent on what it does not read: %(participants)s. Give them the text first.",
                participants=list_text([str(named[one]) for one in in_order(named)]),
            )
        )
    return members
