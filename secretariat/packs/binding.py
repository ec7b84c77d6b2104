"""Putting PDFs into one, in a child that holds no secrets and is bounded in time, memory and what it writes.

What people send is opened here. So each paper goes through a child of its own first (`cleaned`): what cannot be opened
ends that child and nothing else. Only what came out of one is bound (`bound`). A child is given its order as JSON on
standard input, reads and writes files of a temporary folder, and says on standard output what it did.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MOST_PAGES_OF_A_PAPER = 2_000
"""A longer one stands beside the pack: who prints a pack does not mean to print that."""
SECONDS_FOR_A_PAPER, SECONDS_TO_BIND = 60, 120
MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes of address space a child may take."""
MOST_OF_A_PAPER, MOST_OF_A_PACK = 256 * 1024 * 1024, 2 * 1024 * 1024 * 1024 - 1
"""Bytes a child may write."""
ENCRYPTED, BROKEN, TOO_LONG, LAYERED = "encrypted", "broken", "too_long", "layered"
MOST_BOOKMARKS, DEEPEST_BOOKMARK, LONGEST_BOOKMARK = 300, 3, 200
"""Of a paper's own bookmarks: how many stand in a pack, how deep, and how many signs of each."""
LINK = "pack:"
"""Links of the contents page name a paper by its place, `pack:3`; they become links to its first page."""
_SHOWN_ANNOTATIONS = ("/Link", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/FreeText", "/Stamp", "/Ink")
"""What may stay on a page; a file attached to it, a film, a sound or a program may not."""
_HARMLESS = ("/URI",)
"""Acts a link may do: a link inside its own file leads nowhere in another one."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """What is put onto each page of a paper: PDFs of one page, one for upright pages and one for those across."""

    upright: str
    across: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A paper to be bound: the file, its bookmark, and the bookmark it stands under (none: at the top)."""

    path: str
    title: str
    under: str = ""


class CannotBind(ValueError):
    """Why a paper cannot stand in a pack: one of `ENCRYPTED`, `BROKEN`, `TOO_LONG`, `LAYERED`."""


def clean_order(source: Path, out: Path, stamps: Stamps | None) -> bytes:
    """What the child of a paper is told."""
    return _order(act="clean", source=str(source), out=str(out), stamps=stamps and asdict(stamps))


def bind_order(contents: Path, papers: Sequence[Bound], out: Path, words: dict[str, str]) -> bytes:
    """What the child that binds is told; `words` are the bookmark of the contents and the title of the file."""
    return _order(act="bind", contents=str(contents), out=str(out), papers=[asdict(one) for one in papers], words=words)


def _order(**said: Any) -> bytes:
    return json.dumps(said).encode()


# --- a paper ------------------------------------------------------------------------------------------------------


def cleaned(source: str, out: str, stamps: Stamps | None) -> int:
    """The pages of a PDF as they are seen and nothing else of it - no program, no attached file, no form to be filled
    in -, stamped; how many they are. Raises CannotBind."""
    import pikepdf

    try:
        with pikepdf.open(source, access_mode=pikepdf.AccessMode.stream) as pdf:
            count = len(pdf.pages)
            if not count:
                raise CannotBind(BROKEN)
            if count > MOST_PAGES_OF_A_PAPER:
                raise CannotBind(TOO_LONG)
            if _shows_not_all(pdf):
                raise CannotBind(LAYERED)
            if pikepdf.Name.AcroForm in pdf.Root:
                pdf.flatten_annotations("print")
            headings = _headings(pdf)
            made = pikepdf.new()
            made.pages.extend(pdf.pages)
            for page in made.pages:
                _clean(page)
            if stamps is not None:
                _stamp(made, stamps)
            with made.open_outline() as outline:
                outline.root.extend(_item(one) for one in headings)
            made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return count
    except CannotBind:
        raise
    except pikepdf.PasswordError:
        raise CannotBind(ENCRYPTED) from None
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, MemoryError, OSError):
        raise CannotBind(BROKEN) from None


def _shows_not_all(pdf: Any) -> bool:
    """Whether parts of its pages are switched off: in another file they would be seen. A form drawn by a program, and a
    case of other files, show a page that only says so."""
    import pikepdf

    root = pdf.Root
    if pikepdf.Name.Collection in root:
        return True
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form and not len(form.get("/Fields", [])):
        return True
    layers = root.get("/OCProperties")
    shown = layers.get("/D") if isinstance(layers, pikepdf.Dictionary) else None
    if not isinstance(shown, pikepdf.Dictionary):
        return False
    return bool(len(shown.get("/OFF", []))) or shown.get("/BaseState") == pikepdf.Name.OFF


@dataclass(frozen=True, slots=True)
class Heading:
    """A bookmark inside a paper: its words, and the page it leads to, from 0."""

    title: str
    page: int
    inside: tuple[Heading, ...] = ()


def _headings(pdf: Any) -> list[Heading]:
    """The bookmarks of a PDF that lead to its own pages, as far as anybody would use them: so many, so deep, so long.
    None where they cannot be read: the pages stand all the same."""
    import pikepdf

    places = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
    named = _named_places(pdf)
    left = MOST_BOOKMARKS

    def taken(items: Any, depth: int) -> Iterator[Heading]:
        nonlocal left
        for one in items:
            inside = tuple(taken(one.children, depth + 1)) if depth < DEEPEST_BOOKMARK else ()
            page = places.get(_leads_to(one, named))
            title = " ".join(str(one.title).split())[:LONGEST_BOOKMARK]
            if page is None or not title:
                yield from inside
            elif left > 0:
                left -= 1
                yield Heading(title, page, inside)

    try:
        return list(taken(pdf.open_outline(max_depth=DEEPEST_BOOKMARK, strict=False).root, 1))
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, IndexError):
        return []


def _named_places(pdf: Any) -> dict[str, Any]:
    """What a PDF calls places in itself by name."""
    import pikepdf

    found = {str(name).removeprefix("/"): place for name, place in dict(pdf.Root.get("/Dests", {})).items()}
    names = pdf.Root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    if isinstance(tree, pikepdf.Dictionary):
        found |= {str(name): place for name, place in pikepdf.NameTree(tree).items()}
    return found


def _leads_to(item: Any, named: dict[str, Any]) -> tuple[int, int] | None:
    """The page a bookmark leads to, as the file numbers its objects."""
    import pikepdf

    place = item.destination
    if place is None and item.action is not None and str(item.action.get("/S")) == "/GoTo":
        place = item.action.get("/D")
    if isinstance(place, (pikepdf.String, pikepdf.Name, str)):
        place = named.get(str(place).removeprefix("/"))
    if isinstance(place, pikepdf.Dictionary):
        place = place.get("/D")
    page = place[0] if isinstance(place, pikepdf.Array) and len(place) else None
    return page.objgen if isinstance(page, pikepdf.Dictionary) else None


def _item(heading: Heading, first: int = 0) -> Any:
    """A heading as a bookmark of a file in which its paper begins at a page."""
    from pikepdf import OutlineItem

    item = OutlineItem(heading.title, first + heading.page)
    item.is_closed = True
    item.children.extend(_item(one, first) for one in heading.inside)
    return item


def _clean(page: Any) -> None:
    import pikepdf

    for name in ("/AA", "/B", "/PZ", "/Thumb", "/PieceInfo", "/Metadata", "/AF", "/StructParents", "/Tabs"):
        if name in page.obj:
            del page.obj[name]
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    kept = [one for one in annotations if isinstance(one, pikepdf.Dictionary) and _stays(one)]
    for one in kept:
        for name in ("/AA", "/Popup", "/AF", "/StructParent", "/P", "/Dest"):
            if name in one:
                del one[name]
    page.obj.Annots = pikepdf.Array(kept)


def _stays(annotation: Any) -> bool:
    if str(annotation.get("/Subtype")) not in _SHOWN_ANNOTATIONS:
        return False
    act = annotation.get("/A")
    if act is None:
        return str(annotation.get("/Subtype")) != "/Link"
    leads = str(act.get("/URI", ""))
    return (
        str(act.get("/S")) in _HARMLESS and "/Next" not in act and leads.startswith(("http://", "https://", "mailto:"))
    )


def _stamp(pdf: Any, stamps: Stamps) -> None:
    """The marking over each page, in its content and not as a note that a reader could hide."""
    import pikepdf

    forms = {}
    for name in ("upright", "across"):
        with pikepdf.open(getattr(stamps, name)) as other:
            forms[name] = pdf.copy_foreign(other.pages[0].as_form_xobject())
    for page in pdf.pages:
        page.add_overlay(forms["across" if _is_across(page) else "upright"], pikepdf.Rectangle(page.trimbox))


def _is_across(page: Any) -> bool:
    left, bottom, right, top = (float(one) for one in page.trimbox)
    turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    wide, high = abs(right - left), abs(top - bottom)
    return (high if turned else wide) > (wide if turned else high)


# --- the pack -----------------------------------------------------------------------------------------------------


def bound(contents: str, papers: Sequence[Bound], out: str, words: dict[str, str]) -> int:
    """One PDF of the contents and the papers, with bookmarks and the number of each page; how many pages it has."""
    import pikepdf

    with ExitStack() as open_files, pikepdf.open(contents) as pdf:
        starts, inside = [], []
        for one in papers:
            source = open_files.enter_context(pikepdf.open(one.path, access_mode=pikepdf.AccessMode.stream))
            starts.append(len(pdf.pages))
            inside.append(_headings(source))
            pdf.pages.extend(source.pages)
        _lead(pdf, starts)
        _bookmark(pdf, papers, starts, inside, words["contents"])
        first = starts[0] if starts else len(pdf.pages)
        _number(pdf, first)
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]  # it says of the contents page alone what is not true of all papers
        pdf.docinfo["/Title"] = words["title"]
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pages = len(pdf.pages)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return pages


def count(content: bytes) -> int:
    """Pages of a PDF of our own."""
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def _lead(pdf: Any, starts: Sequence[int]) -> None:
    """The links of the contents page lead to the first page of each paper."""
    import pikepdf

    for page in list(pdf.pages)[: starts[0] if starts else None]:
        for one in page.obj.get("/Annots", []):
            act = one.get("/A")
            named = str(act.get("/URI", "")) if act is not None else ""
            if named.startswith(LINK):
                place = int(named.removeprefix(LINK))
                del one["/A"]
                one.Dest = pikepdf.make_page_destination(pdf, starts[place], "XYZ")


def _bookmark(
    pdf: Any, papers: Sequence[Bound], starts: Sequence[int], inside: Sequence[Sequence[Heading]], contents: str
) -> None:
    """One for each paper, under the item it is on, with its own bookmarks below it."""
    from pikepdf import OutlineItem

    with pdf.open_outline() as outline:
        outline.root.clear()
        outline.root.append(OutlineItem(contents, 0))
        headings: dict[str, Any] = {}
        for one, start, own in zip(papers, starts, inside, strict=True):
            item = OutlineItem(one.title, start)
            item.is_closed = True
            item.children.extend(_item(each, start) for each in _below_title(own))
            if not one.under:
                outline.root.append(item)
                continue
            if one.under not in headings:
                headings[one.under] = OutlineItem(one.under, start)
                outline.root.append(headings[one.under])
            headings[one.under].children.append(item)


def _below_title(own: Sequence[Heading]) -> Sequence[Heading]:
    """The bookmarks of a paper without one of its first page that stands over all others: that is its title, which its
    own bookmark in the pack says already."""
    return own[0].inside if len(own) == 1 and own[0].page == 0 else own


def _number(pdf: Any, first: int) -> None:
    """The number of the page in the pack, small, in the upper corner at the right as the page is seen."""
    import pikepdf

    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    for place, page in enumerate(pdf.pages):
        if place < first:
            continue
        name = page.add_resource(font, pikepdf.Name.Font)
        said = str(place + 1)
        matrix = _at_the_corner(page, len(said) * 4.5)
        drawing = f"/Artifact <</Type /Pagination>> BDC q {matrix} cm BT {name} 8 Tf 0 g ({said}) Tj ET Q EMC"
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(f"\nQ\n{drawing}\n".encode())


def _at_the_corner(page: Any, wide: float, edge: float = 18) -> str:
    """Where a line of this width stands upright in the upper right corner of a page, however the page is turned."""
    left, bottom, right, top = (float(one) for one in page.cropbox)
    turned = int(page.obj.get("/Rotate", 0)) % 360
    if turned == 90:
        return f"0 1 -1 0 {left + edge:.2f} {top - edge - wide:.2f}"
    if turned == 180:
        return f"-1 0 0 -1 {left + edge + wide:.2f} {bottom + edge:.2f}"
    if turned == 270:
        return f"0 -1 1 0 {right - edge:.2f} {bottom + edge + wide:.2f}"
    return f"1 0 0 1 {right - edge - wide:.2f} {top - edge:.2f}"


# --- the child ----------------------------------------------------------------------------------------------------


def _main() -> None:
    order = json.load(sys.stdin)
    cleans = order["act"] == "clean"
    seconds = SECONDS_FOR_A_PAPER if cleans else SECONDS_TO_BIND
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    most = MOST_OF_A_PAPER if cleans else MOST_OF_A_PACK
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if cleans:
        stamps = Stamps(**order["stamps"]) if order["stamps"] else None
        try:
            said: dict[str, Any] = {"pages": cleaned(order["source"], order["out"], stamps)}
        except CannotBind as problem:
            said = {"problem": str(problem)}
    else:
        papers = [Bound(**one) for one in order["papers"]]
        said = {"pages": bound(order["contents"], papers, order["out"], order["words"])}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    _main()
