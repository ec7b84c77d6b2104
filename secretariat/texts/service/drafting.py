"""Writing a text: its paragraphs, their order and languages, and what somebody has not saved yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.documents.models import COMMON_PAPER, KINDS
from secretariat.documents.service import Place, label_chosen
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Process, Track
from secretariat.texts import brackets, policy, queries
from secretariat.texts.editions import Content, digest_of
from secretariat.texts.models import DraftText, TextParagraph, TextState
from secretariat.texts.paragraphs import DEEPEST, LONGEST_PARAGRAPH, MOST_PARAGRAPHS, ParagraphKind, Piece
from secretariat.texts.service.bracketing import check_brackets
from secretariat.texts.service.half_written import forget_unsaved
from secretariat.texts.service.record import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the form of a text says. `readers` are those of its editions (none: those of what it stands in); `forum` and
    its day are asked of a common paper alone."""

    title: LocalText
    kind: str
    original: str
    languages: Sequence[str]
    authentic: Sequence[str] = ()
    drafting: Sequence[UUID] = ()
    readers: frozenset[Clause] = frozenset()
    forum: LocalText | None = None
    forum_due_on: date | None = None


def begin(session: ViewerSession, place: Place, particulars: Particulars) -> DraftText:
    """A new text, without a paragraph yet, for the secretariat and the drafting group. Raises NotAllowed, Refused."""
    require(policy.may_begin(session.viewer, place.track.id))
    text = DraftText(
        process_id=place.process.id,
        track_id=place.track.id,
        body_id=place.body.id if place.body else None,
        meeting_id=place.meeting.id if place.meeting else None,
        state=TextState.DRAFTING,
    )
    _write(session, text, particulars)
    attach(session, text, [_writers(place.process, place.track, particulars.drafting)], container=place.container)
    session.flush()
    record(session, "text begun", text, what=particulars.kind)
    session.flush()
    return text


def change(session: ViewerSession, text: DraftText, particulars: Particulars) -> None:
    """Change what is said of a text, and who drafts it. Raises NotAllowed, Refused."""
    require(policy.may_change(session.viewer, text))
    before = text.drafters
    if text.first_document_id is not None and particulars.original != text.original:
        raise Refused(
            _("The text was circulated already; the language of its original can no longer be changed."), "original"
        )
    _write(session, text, particulars)
    session.flush()
    if before != text.drafters:
        writers = _writers(text.process, text.track, particulars.drafting)
        relabel(session, text, [writers], why="another drafting group")
    record(session, "text changed", text)
    session.flush()


def set_aside(session: ViewerSession, text: DraftText) -> None:
    """Work on it no more; what was circulated stays as it is. Raises NotAllowed."""
    require(policy.may_change(session.viewer, text))
    text.state = TextState.SET_ASIDE
    session.flush()
    record(session, "text set aside", text)
    session.flush()


def take_up_again(session: ViewerSession, text: DraftText) -> None:
    """Go on with a text that was set aside. Raises NotAllowed."""
    require(policy.may_keep(session.viewer, text) and text.state is TextState.SET_ASIDE)
    text.state = TextState.DRAFTING
    session.flush()
    record(session, "text taken up again", text)
    session.flush()


# --- paragraphs ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the form of a paragraph says."""

    kind: ParagraphKind
    depth: int
    words: LocalText


def add_paragraphs(
    session: ViewerSession,
    text: DraftText,
    paragraphs: Sequence[Words],
    *,
    after: TextParagraph | None = None,
    first: bool = False,
) -> list[TextParagraph]:
    """New paragraphs behind another, at the end or, if they are to be `first`, at the beginning. Raises NotAllowed,
    Refused."""
    require(policy.may_write(session.viewer, text))
    present = list(queries.paragraphs_of(session, text.id))
    if len(present) + len(paragraphs) > MOST_PARAGRAPHS:
        raise Refused(
            _(
                "A text has at most %(most)s paragraphs; with these it would have %(number)s. Nothing was added.",
                most=MOST_PARAGRAPHS,
                number=len(present) + len(paragraphs),
            )
        )
    for one in paragraphs:
        _check(text, one)
    made = [_new(session, text, one) for one in paragraphs]
    place = 0 if first else present.index(after) + 1 if after in present else len(present)
    _in_this_order([*present[:place], *made, *present[place:]])
    session.flush()
    record(session, "paragraphs added", text, number=len(made))
    session.flush()
    return made


def write_paragraph(session: ViewerSession, paragraph: TextParagraph, words: Words, *, in_step: bool = True) -> None:
    """Write a paragraph anew. Translations made from other words of the original are told apart from then on; one
    written now is one of the original as it is now, unless the languages are not said to be `in_step`: then somebody
    looks first. Raises NotAllowed, Refused."""
    text = paragraph.text
    require(policy.may_write(session.viewer, text))
    check_standing(paragraph)
    _check(text, words)
    before = paragraph.words
    paragraph.kind, paragraph.depth, paragraph.words = words.kind, words.depth, words.words
    paragraph.translated_from = _translated(text, before, words.words, paragraph.translated_from, in_step=in_step)
    session.flush()
    forget_unsaved(session, paragraph)
    record(session, "paragraph written", text, paragraph)
    session.flush()


def confirm_translation(session: ViewerSession, paragraph: TextParagraph, language: str) -> None:
    """Say that the words in a language still hold for what the original says now. Raises NotAllowed."""
    text = paragraph.text
    require(policy.may_write(session.viewer, text) and language in paragraph.words.texts)
    digest = digest_of(paragraph.words.texts.get(text.original, ""))
    paragraph.translated_from = {**paragraph.translated_from, language: digest}
    session.flush()
    record(session, "translation confirmed", text, paragraph, language=language)
    session.flush()


def take_out(session: ViewerSession, paragraph: TextParagraph) -> None:
    """Take a paragraph out; it can be brought back, and what was said of it stays. Raises NotAllowed."""
    require(policy.may_write(session.viewer, paragraph.text))
    paragraph.taken_out_at = paragraph.taken_out_at or clock.now()
    session.flush()
    record(session, "paragraph taken out", paragraph.text, paragraph)
    session.flush()


def bring_back(session: ViewerSession, paragraph: TextParagraph) -> None:
    """Put back what was taken out, at the end. Raises NotAllowed."""
    require(policy.may_write(session.viewer, paragraph.text))
    if paragraph.taken_out_at is not None:
        others = queries.paragraphs_of(session, paragraph.text_id)
        paragraph.taken_out_at = None
        _in_this_order([*others, paragraph])
        session.flush()
        record(session, "paragraph brought back", paragraph.text, paragraph)
    session.flush()


def move(session: ViewerSession, paragraph: TextParagraph, by: int) -> bool:
    """Move a paragraph up (-1) or down (1) by one place; whether it moved: at the end it stays. Raises NotAllowed,
    Refused."""
    require(policy.may_write(session.viewer, paragraph.text))
    check_standing(paragraph)
    order = list(queries.paragraphs_of(session, paragraph.text_id))
    here = order.index(paragraph)
    there = min(max(here + by, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    _moved(session, paragraph, order)
    return here != there


def place(session: ViewerSession, paragraph: TextParagraph, beside: TextParagraph, *, after: bool) -> None:
    """Put a paragraph before or after another of its text. Raises NotAllowed; Refused where one of them was taken out
    since the page was opened."""
    require(policy.may_write(session.viewer, paragraph.text))
    check_standing(paragraph)
    if beside.taken_out_at is not None:
        raise Refused(
            _(
                "The paragraph you put it beside was taken out in the meantime. Nothing was moved; it stands where it "
                "did."
            )
        )
    order = [one for one in queries.paragraphs_of(session, paragraph.text_id) if one is not paragraph]
    if beside is paragraph:
        return
    order.insert(order.index(beside) + after, paragraph)
    _moved(session, paragraph, order)


def _moved(session: ViewerSession, paragraph: TextParagraph, order: Sequence[TextParagraph]) -> None:
    _in_this_order(order)
    session.flush()
    record(session, "paragraph moved", paragraph.text, paragraph)
    session.flush()


def check_standing(paragraph: TextParagraph) -> None:
    """Raises Refused for a paragraph that was taken out since a page showed it."""
    if paragraph.taken_out_at is not None:
        raise Refused(
            _("This paragraph was taken out in the meantime. It stands at the end of the text’s page, and can be "
              "brought back.")
        )  # fmt: skip


def put_beside(session: ViewerSession, paragraph: TextParagraph, language: str, wording: str) -> None:
    """Put a proposed wording beside the words that stand, both in brackets: neither is agreed. Raises NotAllowed,
    Refused."""
    text = paragraph.text
    standing = paragraph.words.texts.get(language, "")
    both = f"{_in_brackets(standing)} {_in_brackets(wording)}".strip()
    words = Words(kind=paragraph.kind, depth=paragraph.depth, words=paragraph.words.with_text(language, both))
    require(policy.may_write(session.viewer, text))
    write_paragraph(session, paragraph, words, in_step=False)


def _in_brackets(words: str) -> str:
    stripped = words.strip()
    held = list(brackets.parts(stripped))
    if not stripped or all(one.open or not one.words.strip() for one in held):
        return stripped  # it stands in brackets already
    return f"[{stripped}]"


# --- the text as it stands ----------------------------------------------------------------------------------------


def content_of(text: DraftText, paragraphs: Iterable[TextParagraph], languages: Sequence[str] | None = None) -> Content:
    """The text as it stands now, in all its languages or in some of them."""
    spoken = tuple(languages if languages is not None else text.languages)
    pieces = tuple(Piece(one.id, one.kind, one.depth, _only(one.words, spoken)) for one in paragraphs)
    authentic = tuple(one for one in text.authentic if one in spoken)
    return Content(_only(text.title, spoken), text.original, spoken, authentic, pieces)


def awaits_translation(text: DraftText, paragraph: TextParagraph, language: str) -> bool:
    """Whether a paragraph has no words in a language, or has those of what the original said before."""
    if language == text.original:
        return not paragraph.words.texts.get(language)
    return not paragraph.words.texts.get(language) or is_behind(text, paragraph, language)


def is_behind(text: DraftText, paragraph: TextParagraph, language: str) -> bool:
    """Whether the original has changed since it was translated into this language."""
    if language == text.original or not paragraph.words.texts.get(language):
        return False
    return paragraph.translated_from.get(language) != digest_of(paragraph.words.texts.get(text.original, ""))


def _only(words: LocalText, languages: Sequence[str]) -> LocalText:
    return LocalText({code: said for code, said in words.texts.items() if code in languages}, words.original)


def _writers(process: Process, track: Track, drafting: Iterable[UUID]) -> Clause:
    """Who reads a text that is written: the secretariat of its track, and the drafting group."""
    group = [clauses_of.participant(one) for one in drafting]
    return clauses_of.named(process, track, audience=[clauses_of.secretariat(track), *group])


def _write(session: ViewerSession, text: DraftText, particulars: Particulars) -> None:
    if particulars.kind not in KINDS:
        raise Refused(_("Choose what kind of text it is"), "kind")
    text.title, text.kind, text.original = particulars.title, particulars.kind, particulars.original
    text.languages = list(dict.fromkeys([particulars.original, *particulars.languages]))
    if not set(particulars.authentic) <= set(text.languages):
        raise Refused(_("An authentic language is one of the languages of the text."), "authentic")
    text.authentic = [one for one in text.languages if one in particulars.authentic]
    text.drafting = sorted(str(one) for one in particulars.drafting)
    text.readers_label_id = label_chosen(session, particulars.readers)
    if particulars.kind != COMMON_PAPER and (particulars.forum or particulars.forum_due_on):
        raise Refused(_("A forum is named for a common paper alone; choose that kind, or leave the forum out"), "forum")
    due_on = particulars.forum_due_on
    if due_on is not None and due_on != text.forum_due_on and due_on < clock.today():
        raise Refused(_("That day is past; give one to come"), "forum_due_on")
    text.forum, text.forum_due_on = particulars.forum, particulars.forum_due_on


def _check(text: DraftText, paragraph: Words) -> None:
    if not 1 <= paragraph.depth <= DEEPEST:
        raise Refused(_("Choose how far the paragraph is indented"), "depth")
    if not paragraph.words.texts.get(text.original):
        raise Refused(_("Write the paragraph in the language of the original first."), "words")
    for words in paragraph.words.texts.values():
        if len(words) > LONGEST_PARAGRAPH:
            raise Refused(
                _(
                    "A paragraph has at most %(most)s characters in a language; divide this one.",
                    most=LONGEST_PARAGRAPH,
                ),
                "words",
            )
        check_brackets(words, "words")


def _new(session: ViewerSession, text: DraftText, words: Words) -> TextParagraph:
    made = TextParagraph(
        text_id=text.id,
        position=0,
        kind=words.kind,
        depth=words.depth,
        words=words.words,
        translated_from=_translated(text, LocalText({}, text.original), words.words, {}),
    )
    attach(session, made, container=text)
    return made


def _translated(
    text: DraftText, before: LocalText, after: LocalText, known: dict[str, str], *, in_step: bool = True
) -> dict[str, str]:
    """From which words of the original each language was translated: one that is written now, from those of now; from
    none that is known where what is written came from elsewhere."""
    now = digest_of(after.texts.get(text.original, ""))
    kept = {code: known[code] for code in after.texts if code in known}
    written = {code for code in after.texts if code != text.original and after.texts[code] != before.texts.get(code)}
    if not in_step:
        return {code: of for code, of in kept.items() if code not in written}
    return kept | dict.fromkeys(written, now)


def _in_this_order(paragraphs: Sequence[TextParagraph]) -> None:
    """Only what moved is written: two who add at different places do not undo each other's saves."""
    for place, one in enumerate(paragraphs, 1):
        if one.position != place:
            one.position = place
