"""What was circulated: read paragraph by paragraph, beside another language, or compared with another edition."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from secretariat.jobs.views import hand_out
from secretariat.pages.access import found, signed_in
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import names_of
from secretariat.texts import (
    clearance_queries,
    compilation,
    consultation_queries,
    policy,
    queries,
    service,
    silence_queries,
    silence_words,
    works,
)
from secretariat.texts.editions import Content
from secretariat.texts.models import TextEdition
from secretariat.texts.paragraphs import direction_of
from secretariat.texts.service import consultations
from secretariat.texts.views.base import (
    blueprint,
    language_asked_for,
    page,
    shown_paragraphs,
    the_edition,
)
from secretariat.texts.wording import compared_paragraphs


@blueprint.get("/documents/<uuid:document_id>/text")
@signed_in
def edition(document_id: UUID) -> ResponseReturnValue:
    """An edition, with the rounds of comments on it, and what became of those on the edition before."""
    this = the_edition(document_id)
    content = Content.from_json(this.content)
    language = language_asked_for(content)
    beside = request.args.get("beside", "")
    others = queries.editions_of(db(), this.text_id)
    before = next((one for one in others if one.number == this.number - 1), None)
    answered = _answered(before)
    me = viewer()
    counted = content.counted()
    adoption = silence_queries.adoption_of(db(), this.id)
    silences = silence_queries.silences_of_edition(db(), this.id)
    return page(
        "edition",
        edition=this,
        document=this.document,
        content=content,
        language=language,
        beside=beside if beside in content.languages and beside != language else "",
        rows=shown_paragraphs(counted, language),
        opposite={one.id: one for one in shown_paragraphs(counted, beside)} if beside in content.languages else {},
        others=[one for one in others if one.id != this.id],
        rounds=queries.rounds_of(db(), this.id),
        is_running=service.is_running,
        deadline_of=service.deadline_of,
        answered=answered,
        places={one.piece.id: one.cited(language) for one in counted},
        names=names_of(db(), [one.participant for one in answered], process=this.document.process_id),
        clearance=clearance_queries.clearance_of(db(), this.document_id),
        consultations=consultation_queries.consultations_on(db(), this.id),
        is_consulted=consultations.is_running,
        silences=silences,
        stand=silence_queries.all_stand(db(), silences),
        silence_words=silence_words,
        adoption=adoption,
        may={
            "silence": policy.may_open_silence(me, this.document),
            "clearance": policy.may_ask_clearance(me, this.document),
            "public": policy.may_open_to_public(me, this.document),
            "adopt": policy.may_pronounce(me, this.document),
            "open": adoption is None and policy.may_open_round(me, this.document),
            "text": queries.text_by_id(db(), this.text_id) is not None,
        },
    )


def _answered(before: TextEdition | None) -> list[queries.ListedComment]:
    """The comments on the edition before of which it is said what became."""
    if before is None:
        return []
    rounds = [one.id for one in queries.rounds_of(db(), before.id)]
    answered = [one for one in queries.comments_of(db(), rounds) if one.became is not None]
    return compilation.in_order_of(answered, Content.from_json(before.content))


@blueprint.get("/documents/<uuid:document_id>/text/compared")
@signed_in
def compared(document_id: UUID) -> ResponseReturnValue:
    """An edition compared with another, word by word; with the one before where the address names none."""
    this = the_edition(document_id)
    asked = request.args.get("with", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else this.number - 1
    other = found(queries.edition_by_number(db(), this.text_id, number))
    content, earlier = Content.from_json(this.content), Content.from_json(other.content)
    language = language_asked_for(content)
    return page(
        "compared",
        edition=this,
        document=this.document,
        other=other,
        content=content,
        language=language,
        direction=direction_of(language),
        others=[one for one in queries.editions_of(db(), this.text_id) if one.id != this.id],
        rows=list(compared_paragraphs(earlier.counted(), content.counted(), language)),
    )


@blueprint.route("/documents/<uuid:document_id>/text/paper.<form>", methods=["GET", "POST"])
@signed_in
def paper(document_id: UUID, form: str) -> ResponseReturnValue:
    """An edition as PDF or DOCX."""
    this = the_edition(document_id)
    return hand_out(works.EDITION, this, this.document.process, this.document.track, form)
