"""The forms of a page, read as a browser reads them, and filled in as somebody fills them in who means it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID

from secretariat.core import clock

Data = dict[str, list[str]]
UPLOAD = "a file: paper.txt"
"""In the place of a value: a small text file is sent."""
LISTING, ARCHIVE = "a file: list.csv", "a file: papers.zip"
"""The same: a list of old papers, and an archive of their files."""
NO_INPUT = frozenset({"csrf_token", "nonce"})
OF_THE_FORM = frozenset({"typed_as"})
"""Keys that a form gives itself: they name no thing."""


@dataclass
class Control:
    """One control of a form. `offered`: values of a list, of radio buttons or boxes; `chosen` those that stand."""

    name: str
    kind: str
    offered: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    needed: bool = False

    @property
    def is_choice(self) -> bool:
        return self.kind in ("select", "radio", "checkbox")

    @property
    def offers_keys(self) -> bool:
        """Whether things are chosen here, or carried along unseen."""
        return any(is_key(part) for value in [*self.offered, *self.chosen] for part in re.split(r"[:|/ ]", value))


@dataclass
class Form:
    """A form: where it goes (empty: where it stands) and what is in it."""

    action: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def choices(self) -> Iterator[Control]:
        """Controls that give the key of a thing."""
        for one in self.controls.values():
            if one.name not in NO_INPUT | OF_THE_FORM and (one.is_choice or one.kind == "hidden") and one.offers_keys:
                yield one


def forms_of(page: str, path: str, *, stands_there: bool = True) -> list[Form]:
    """The forms of a page that are posted to this path: by name, or because they stand there."""
    reader = _Reader()
    reader.feed(page)
    wanted = ("", path) if stands_there else (path,)
    return [one for one in reader.forms if urlsplit(one.action).path in wanted]


def filled(form: Form, said: Mapping[str, str | list[str] | None], asked: Collection[str] = ()) -> Data:
    """What is sent: what stands there, what must be said, and what was `asked` for, by the names of controls.

    `said` gives values by the name of a control; None leaves one out.
    """
    data: Data = {}
    for one in form.controls.values():
        if one.name in said:
            data[one.name] = _as_list(said[one.name])
        elif any(one.chosen) or one.kind == "hidden":
            data[one.name] = list(one.chosen)
        elif one.needed or one.kind == "radio" or _is_asked(one, asked):
            data[one.name] = [value for value in (_proposed(one),) if value is not None]
        elif not one.is_choice:
            data[one.name] = [""]
    if form.buttons and all(name for name, _value in form.buttons):  # the act itself has no name where it has a rival
        name, value = form.buttons[0]
        data.setdefault(name, [value])
    for name in said.keys() - data.keys():  # a button further down, or what a script would add
        data[name] = _as_list(said[name])
    return data


def _as_list(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value


def _is_asked(one: Control, asked: Collection[str]) -> bool:
    """By its own name; or, of a text in several languages, by that of them all, for the first."""
    return one.name in asked or (one.name.endswith("-en") and one.name.removesuffix("-en") in asked)


def with_other(data: Data, control: Control, forged: str) -> Data:
    """The same with this in the place of what was chosen."""
    before = next(iter([*data.get(control.name, []), *control.offered, *control.chosen]), "")
    keys = [part for part in re.split(r"[:|/ ]", before) if is_key(part)]
    return data | {control.name: [before.replace(keys[0], forged) if keys else forged]}


def is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _proposed(one: Control) -> str | None:
    if one.is_choice:
        return next((value for value in one.offered if value), None)
    today = clock.today()
    if one.kind in _TYPED:
        return _TYPED[one.kind]
    if one.kind == "date" or _A_DAY.search(one.name):
        return today.isoformat()
    return "Words for it"


_A_DAY = re.compile(r"(^|_)(since|until|from|on|day)$")
_TYPED = {
    "email": "somebody.new@ministry.example",
    "time": "10:00",
    "number": "1",
    "url": "https://ministry.example/paper",
    "tel": "+50255501234",
    "password": "copper lantern orchard tide",
}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._called: dict[str, dict[str, Control]] = {}
        self._form: Form | None = None
        self._control: Control | None = None
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self._form = Form(said.get("action", "")) if said.get("method", "").lower() == "post" else None
            if self._form is not None:
                self.forms.append(self._form)
                self._called[said.get("id", "")] = self._form.controls
        elif tag == "button" and said.get("formaction"):  # of a form elsewhere; it says itself where it goes
            button = (said.get("name", ""), said.get("value", ""))
            buttons = [] if button[0] in NO_INPUT else [button]
            self.forms.append(Form(said["formaction"], dict(self._called.get(said.get("form", ""), {})), buttons))
        elif self._form is None:
            return
        elif tag == "input":
            self._input(self._form, said)
        elif tag == "button":
            self._form.buttons.append((said.get("name", ""), said.get("value", "")))
        elif tag in ("select", "textarea") and said.get("name"):
            self._control = self._add(self._form, Control(said["name"], tag, needed=_is_needed(said)))
            self._text = [] if tag == "textarea" else None
        elif tag == "option" and self._control is not None:
            value = said.get("value", "")
            self._control.offered.append(value)
            if "selected" in said:
                self._control.chosen.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "textarea" and self._control is not None and self._text is not None:
            self._control.chosen = ["".join(self._text).removeprefix("\r").removeprefix("\n")]
            self._text = None
        if tag in ("select", "textarea"):
            self._control = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _input(self, form: Form, said: dict[str, str]) -> None:
        name, kind, value = said.get("name", ""), said.get("type", "text"), said.get("value", "")
        if not name:
            return
        if kind in ("radio", "checkbox"):
            one = self._add(form, Control(name, kind, needed=_is_needed(said)))
            one.offered.append(value or "on")
            if "checked" in said:
                one.chosen.append(value or "on")
        elif kind in ("submit", "button"):
            form.buttons.append((name, value))
        else:
            self._add(form, Control(name, kind, needed=_is_needed(said))).chosen = [value]

    @staticmethod
    def _add(form: Form, control: Control) -> Control:
        return form.controls.setdefault(control.name, control)


def _is_needed(said: dict[str, str]) -> bool:
    return "required" in said or said.get("aria-required") == "true"
