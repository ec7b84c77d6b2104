"""Papers of texts: an edition, and the compilation of what was said in a round."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession
from secretariat.documents.models import Document
from secretariat.jobs import papers
from secretariat.prints.sheet import Head, Issuer, Sheet, as_wide_as, set_sheet
from secretariat.processes.names import in_order, names_of
from secretariat.texts import (
    brackets,
    compilation,
    consultation_queries,
    network_queries,
    queries,
    service,
    silence_queries,
    silence_words,
)
from secretariat.texts import words as in_words
from secretariat.texts.editions import Content
from secretariat.texts.membership import is_co_chaired
from secretariat.texts.paragraphs import direction_of
from secretariat.texts.silence_models import AdoptionStatement, SilenceReaction, TextAdoption

EDITION = "text_edition"
COMPILATION = "comments"


def edition_paper(session: ViewerSession, edition_id: UUID) -> Sheet | None:
    """An edition as it was frozen, in the reader's language or that of its original."""
    edition = queries.edition_by_id(session, edition_id)
    if edition is None:
        return None
    document, content = edition.document, Content.from_json(edition.content)
    language = _language(content)
    adoption = silence_queries.adoption_of(session, edition.id)
    return set_sheet(
        session,
        "text",
        document,
        issuer_of(document),
        Head(content.title.in_language(language)[0], document.symbol or "", edition.frozen_at),
        content=content,
        in_language=language,
        direction=direction_of(language),
        direction_of=direction_of,
        rows=content.counted(),
        parts=brackets.parts,
        sha256=edition.sha256,
        edition=edition,
        document=document,
        adoption=adoption,
        **(_how_adopted(session, adoption) if adoption is not None else {}),
    )


def _how_adopted(session: ViewerSession, adoption: TextAdoption) -> dict[str, Any]:
    """How an edition was adopted and what was said with it, as far as that is read by whoever reads the edition."""
    document = adoption.edition.document
    spoken: list[AdoptionStatement | SilenceReaction] = [
        *silence_queries.statements_of(session, adoption.id),
        *(silence_queries.statements_on_silence(session, adoption.silence_id) if adoption.silence_id else []),
    ]
    statements = as_wide_as(session, document, spoken)
    keys = {*adoption.by, *(one.participant_id for one in statements)}
    names = names_of(session, keys, process=document.process_id)
    co_chaired = is_co_chaired(session, document, adoption.adopted_on)
    return {
        "how": silence_words.adopted(co_chaired=co_chaired)[adoption.how],
        "by": [str(names[key]) for key in in_order({key: names[key] for key in adoption.by})],
        "statements": statements,
        "kinds": {**silence_words.STATEMENT, **silence_words.REACTION},
        "names": names,
    }


def comments_paper(session: ViewerSession, round_id: UUID) -> Sheet | None:
    """What was said in a round, beside each paragraph, as far as its reader may read it; what is kept to a narrower
    circle than the text leaves it when it is printed."""
    found = queries.round_by_id(session, round_id)
    if found is None:
        return None
    document, content = found.edition.document, Content.from_json(found.edition.content)
    said = as_wide_as(session, document, queries.comments_of(session, [found.id]))
    names = names_of(session, [one.participant for one in said], process=document.process_id)
    language = _language(content)
    title = _("Comments on %(text)s", text=content.title.in_language(language)[0])
    return set_sheet(
        session,
        "comments",
        document,
        issuer_of(document),
        Head(title, document.symbol or ""),
        content=content,
        in_language=language,
        rows=content.counted(),
        parts=brackets.parts,
        said=compilation.compiled(said, names),
        names=names,
        became=in_words.BECAME,
        proposed=in_words.PROPOSED,
        direction_of=direction_of,
        of_public=compilation.compiled_public(
            as_wide_as(session, document, consultation_queries.said_of(session, edition=found.edition_id))
        ),
        of_network=as_wide_as(session, document, network_queries.said_in_round(session, found.id)),
        places={one.piece.id: one.cited(language) for one in content.counted()},
        running=service.is_running(found),
        document=document,
    )


def _language(content: Content) -> str:
    own = current_reading().language.code
    return own if own in content.languages else content.original


def issuer_of(document: Document) -> Issuer:
    """The process a paper of a text is from."""
    process = document.process
    return Issuer(process.id, process.acronym, local_text(process.name), document.track.kind.value)


papers.register(EDITION, _l("Text"), edition_paper, file="text")
papers.register(COMPILATION, _l("Comments on a text"), comments_paper, file="comments")
