"""The bookmarks of a paper stand in a pack below its own."""

from pathlib import Path
from typing import Any

import pikepdf
from pypdf import PdfReader

from secretariat.packs import binding
from secretariat.packs.binding import Bound


def paper(path: Path, pages: int, *bookmarks: Any) -> Path:
    """A PDF of so many pages with these bookmarks."""
    pdf = pikepdf.new()
    for _page in range(pages):
        pdf.add_blank_page()
    with pdf.open_outline() as outline:
        outline.root.extend(bookmarks)
    pdf.Root.Dests = pikepdf.Dictionary(Annex=pikepdf.make_page_destination(pdf, pages - 1))
    pdf.save(path)
    return path


def bound(folder: Path, *papers: Path) -> list[Any]:
    """The bookmarks of the pack of these: titles with their pages, those below one in a list behind it."""
    cleaned = []
    for place, one in enumerate(papers):
        out = folder / f"clean-{place}.pdf"
        binding.cleaned(str(one), str(out), None)
        cleaned.append(Bound(str(out), f"Paper {place + 1}"))
    contents = paper(folder / "contents.pdf", 1)
    words = {"contents": "Contents", "title": "Papers"}
    binding.bound(str(contents), cleaned, str(folder / "pack.pdf"), words)
    reader = PdfReader(folder / "pack.pdf")

    def told(entries: list[Any]) -> list[Any]:
        return [
            told(one) if isinstance(one, list) else (one.title, (reader.get_destination_page_number(one) or 0) + 1)
            for one in entries
        ]

    return told(reader.outline)


def test_bookmarks_of_papers_stand_below_theirs(tmp_path: Path) -> None:
    chapter = pikepdf.OutlineItem("Return", 1)
    chapter.children.append(pikepdf.OutlineItem("Costs", 2))
    title = pikepdf.OutlineItem("The whole paper", 0)
    title.children.extend([pikepdf.OutlineItem("Protection", 0), chapter])
    first = paper(tmp_path / "first.pdf", 3, title)
    second = paper(tmp_path / "second.pdf", 2, pikepdf.OutlineItem("Annex", 1))
    assert bound(tmp_path, first, second) == [
        ("Contents", 1),
        ("Paper 1", 2), [("Protection", 2), ("Return", 3), [("Costs", 4)]],
        ("Paper 2", 5), [("Annex", 6)],
    ]  # fmt: skip


def test_places_by_name_are_followed_and_what_leads_elsewhere_is_left_out(tmp_path: Path) -> None:
    by_name = pikepdf.OutlineItem("By name")
    by_name.action = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Name.Annex)
    out = pikepdf.OutlineItem("A web page")
    out.action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://elsewhere.example"))
    nowhere = pikepdf.OutlineItem("Nowhere")
    nowhere.children.append(pikepdf.OutlineItem("Below it", 0))
    one = paper(tmp_path / "one.pdf", 2, by_name, out, nowhere, pikepdf.OutlineItem("  ", 0))
    assert bound(tmp_path, one) == [("Contents", 1), ("Paper 1", 2), [("By name", 3), ("Below it", 2)]]


def test_a_paper_with_too_many_or_spoilt_bookmarks_stands_all_the_same(tmp_path: Path) -> None:
    many = paper(tmp_path / "many.pdf", 1, *(pikepdf.OutlineItem(f"Line {one}", 0) for one in range(400)))
    spoilt = paper(tmp_path / "spoilt.pdf", 1, pikepdf.OutlineItem("Around", 0))
    with pikepdf.open(spoilt, allow_overwriting_input=True) as pdf:
        first = pdf.Root.Outlines.First
        first.Next = first  # it follows itself
        pdf.save(spoilt)
    _contents, paper_1, inside, paper_2, *rest = bound(tmp_path, many, spoilt)
    assert (paper_1, len(inside), paper_2) == (("Paper 1", 2), binding.MOST_BOOKMARKS, ("Paper 2", 3))
    assert rest == []
