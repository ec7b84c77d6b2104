"""Taking into a draft what somebody proposed - a comment of a round, or a change in a Word file that came back - by an
act, so that nobody writes it a second time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import language_name
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.texts import policy, queries
from secretariat.texts.changes import Change
from secretariat.texts.models import DraftText, Proposes, TextParagraph
from secretariat.texts.paragraphs import ParagraphKind
from secretariat.texts.service.drafting import Words, add_paragraphs, put_beside, take_out, write_paragraph


def take_in(session: ViewerSession, text: DraftText, change: Change) -> TextParagraph:
    """Do what a change proposes; the paragraph it did it to. What is written in one language leaves the others as they
    are, and these are marked to be looked at. Raises NotAllowed, Refused."""
    require(policy.may_write(session.viewer, text))
    _check_language(text, change)
    if change.proposes is Proposes.BEHIND:
        return _put_in(session, text, change)
    paragraph = _standing(session, text, change)
    if change.proposes is Proposes.OUT:
        take_out(session, paragraph)
    else:
        words = paragraph.words.with_text(change.language, change.wording)
        write_paragraph(
            session, paragraph, Words(kind=paragraph.kind, depth=paragraph.depth, words=words), in_step=False
        )
    return paragraph


def take_in_all(session: ViewerSession, text: DraftText, changes: Iterable[Change]) -> int:
    """Do several at once, in their order: all of them, or none; how many. New paragraphs behind the same one stand as
    they came. Raises NotAllowed, Refused."""
    last: dict[UUID | None, UUID] = {}
    number = 0
    for one in changes:
        behind = one.proposes is Proposes.BEHIND
        placed = replace(one, paragraph=last.get(one.paragraph, one.paragraph)) if behind else one
        made = take_in(session, text, placed)
        if behind:
            last[one.paragraph] = made.id
        number += 1
    if not number:
        raise Refused(_("Choose at least one change"))
    return number


def set_beside(session: ViewerSession, text: DraftText, change: Change) -> None:
    """Put the proposed words beside those that stand, both in brackets. Raises NotAllowed, Refused."""
    require(policy.may_write(session.viewer, text))
    _check_language(text, change)
    if change.proposes is not Proposes.INSTEAD or not change.wording:
        raise Refused(_("Only words that are to stand in place of others can be put beside them."), "draft")
    put_beside(session, _standing(session, text, change), change.language, change.wording)


def _put_in(session: ViewerSession, text: DraftText, change: Change) -> TextParagraph:
    if change.language != text.original:
        raise Refused(
            _(
                "A new paragraph begins in %(language)s, the language of the original; write it there first.",
                language=language_name(text.original),
            ),
            "draft",
        )
    after = _standing(session, text, change) if change.paragraph is not None else None
    kind = change.kind or (after.kind if after is not None else ParagraphKind.OPERATIVE)
    depth = change.depth if change.kind is not None or after is None else after.depth
    words = Words(kind=kind, depth=depth, words=LocalText.of(change.wording, text.original))
    (made,) = add_paragraphs(session, text, [words], after=after, first=change.paragraph is None)
    return made


def _standing(session: ViewerSession, text: DraftText, change: Change) -> TextParagraph:
    paragraph = queries.paragraph_of(session, text.id, change.paragraph) if change.paragraph is not None else None
    if paragraph is None or paragraph.taken_out_at is not None:
        raise Refused(_("This paragraph no longer stands in the draft."), "draft")
    return paragraph


def _check_language(text: DraftText, change: Change) -> None:
    if change.proposes is not Proposes.OUT and change.language not in text.languages:
        raise Refused(
            _("The draft is not written in %(language)s any more.", language=language_name(change.language)), "draft"
        )
