"""What of the format of a DOCX its library has no words for."""

from __future__ import annotations

from typing import Any


def rule(properties: Any) -> None:
    """Hairlines between rows and air around what stands in them, as in print."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for place in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{place}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "999999")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for place, width in (("top", "40"), ("left", "0"), ("bottom", "40"), ("right", "140")):
        margin = OxmlElement(f"w:{place}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = properties.find(qn("w:tblLook"))
    for one in (borders, margins):  # the order of the schema: borders, layout, margins, look
        if look is not None:
            look.addprevious(one)
        else:
            properties.append(one)


def decorative() -> Any:
    """What says of a picture that nobody need be told what it shows."""
    from docx.oxml import parse_xml

    return parse_xml(
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        "</a:ext></a:extLst>"
    )


_BEFORE = {
    "w:bidi": ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"),
    "w:bidiVisual": ("w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook"),
    "w:szCs": ("w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang"),
}
"""What stands behind an element in its parent: the format knows one order only."""


def flag(parent: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if parent.find(qn(name)) is None:
        parent.insert_element_before(OxmlElement(name), *_BEFORE.get(name, ()))


def value(parent: Any, name: str, value: str) -> None:
    from docx.oxml.ns import qn

    flag(parent, name)
    parent.find(qn(name)).set(qn("w:val"), value)


def add_field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.size = Pt(8.5)
    field.append(run._r)
    paragraph._p.append(field)
