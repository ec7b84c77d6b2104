"""The one control that sets a label, and the forms of the page on which a label is changed.

    form_type = with_label(MeetingForm, offered)      # fields `readers`, `named_offices`, `named_participants` ...
    form = form_type(obj=values)
    form.given                                        # the clauses chosen; none: those of the container

What is not offered is not somebody's to give: whoever sends it all the same is answered as if the page did not exist,
and it stands in the security log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Any, cast

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import HiddenField

from secretariat.confidentiality import choices
from secretariat.confidentiality.choices import NAMED, Offered
from secretariat.core import journal
from secretariat.core.labels import Clause, LabelValue
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import access, refusals, unit
from secretariat.pages.fields import (
    ChoiceField,
    DayField,
    LongTextField,
    Needed,
    Optional,
    PickField,
    PicksField,
    TextField,
    YesField,
)
from secretariat.pages.forms import Form, shown

LOOK = "look"
"""The value of the button that shows who will read, and stores nothing."""


class _OnlyWhatIsOffered:
    """A forged choice - another's label, audience, track or process - is not answered at the field."""

    def pre_validate(self, _form: Any) -> None:
        field = cast("Any", self)
        offered = {choice.value for choice in field.iter_choices()}
        chosen = field.data if isinstance(field.data, list) else [field.data]
        if any(one is not None and one not in offered for one in chosen):
            refuse_as_forged(field.name)


class LabelField(_OnlyWhatIsOffered, PickField):
    """One of the labels that can be given here."""

    is_label = True


class ReadersField(_OnlyWhatIsOffered, PicksField):
    """Named readers of one sort."""


class OccasionField(_OnlyWhatIsOffered, ChoiceField):
    """An event still to come."""


def refuse_as_forged(what: str) -> None:
    """Nothing is stored, the security log has it, and the answer is that of a page that does not exist."""
    unit.note(
        journal.security_event(
            "label not theirs to give",
            user=getattr(current_user, "id", None),
            source=refusals.source(),
            endpoint=request.endpoint or "",
            field=what,
        )
    )
    access.not_found()


class LabelledForm(Form):
    """A form with the control that sets a label."""

    offered: Offered
    seen = HiddenField()

    @property
    def named(self) -> list[str]:
        """The readers ticked, as addressees."""
        return [key for sort in _SORTS for key in self[sort].data or ()] if NAMED in self._keys else []

    @property
    def _keys(self) -> Collection[str]:
        return {one.key for one in self.offered.choices}

    @property
    def given(self) -> frozenset[Clause]:
        """The clauses of what is chosen. Only of a form whose label is well filled in (`has_label`)."""
        return self.offered.clauses(self["readers"].data, self.named)

    @property
    def looks(self) -> bool:
        """Whether the button was pressed that shows who will read and stores nothing."""
        return request.method == "POST" and request.form.get("act") == LOOK

    def has_label(self) -> bool:
        """Whether a label is chosen, and with named readers at least one; says beside the field what is missing."""
        chosen = [name for name in ("readers", *_SORTS, "occasion") if name in self]
        if not all(self[name].validate(self) for name in chosen):
            return False
        return self._names_somebody()

    def _names_somebody(self) -> bool:
        if self["readers"].data != NAMED or self.named:
            return True
        self.refuse(_("Tick at least one reader, or choose another line."), "readers")
        return False

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and self._names_somebody()

    def was_seen(self, readers: object, *labels: LabelValue) -> bool:
        """Whether whoever sends this has looked at just this label, and at just these readers.

        Notes what is shown now, so that sending the form again says yes.
        """
        shown = hashlib.sha256(f"{[one.digest for one in labels]}{readers!r}".encode()).hexdigest()
        before, self["seen"].data = self["seen"].data, shown
        return bool(before == shown)


def looked(form: LabelledForm, template: str, **context: Any) -> ResponseReturnValue:
    """The page of a form, with what was typed; 200 where its sender only wanted to see who will read."""
    if form.looks and not form.wrong():
        return make_response(render_template(template, form=form, **context))
    return shown(form, template, **context)


_SORTS = ("named_offices", "named_participants", "named_persons")


def with_label(base: type[Form], offered: Offered, label: Any = None, *, missing: Any = None) -> type[LabelledForm]:
    """A form with the control added, for what can be chosen in one place. Its data: `label_data`."""
    fields: dict[str, Any] = {
        "offered": offered,
        "readers": LabelField(
            label or _l("Who may read it"),
            [Needed(missing or _l("Choose who may read it."))],
            choices=offered.pairs,
        ),
    }
    if any(one.key == NAMED for one in offered.choices):
        fields |= {
            "named_offices": ReadersField(_l("Offices"), choices=offered.offices),
            "named_participants": ReadersField(_l("Participants"), choices=offered.participants),
            "named_persons": ReadersField(_l("Persons"), choices=offered.persons),
        }
    bases = (LabelledForm,) if base is Form else (LabelledForm, base)
    return type(f"{base.__name__}WithLabel", bases, fields)


def label_data(offered: Offered, own: Iterable[Clause] | None) -> dict[str, Any]:
    """What stands in the control for a label; the secretariat is ticked beforehand, so that nobody forgets it."""
    key, named = offered.chosen(frozenset(own)) if own is not None else (None, [])
    ticked = named or [key for key, _words in offered.offices[:1]]
    kinds = {"named_participants": "participant", "named_persons": "person"}
    sorted_in = {
        sort: [one for one in ticked if one.partition(":")[0] == kind] for sort, kind in kinds.items()
    }  # fmt: skip
    others = [one for one in ticked if one.partition(":")[0] not in kinds.values()]
    return {"readers": key, "named_offices": others, **sorted_in}


NOW, DAY, EVENT = "now", "day", "event"


def change_form(
    offered: Offered, *, widens: str, joint: bool, plans: bool, occasions: choices.Pairs
) -> type[LabelledForm]:
    """The form of the page on which a label is changed, as far as its reader may.

    `widens` names what the thing stands in, `joint` asks for the decision of a body, `plans` offers a later day or one
    of `occasions`.
    """

    class ChangeForm(Form):
        why = LongTextField(
            _l("Why"),
            [Needed(_l("Say why in a word; it stays on record with the change."))],
            longest=400,
        )

    fields: dict[str, Any] = {}
    if widens:
        fields["widens"] = YesField(
            _l("Also for those of them who do not read what it stands in, “%(within)s”", within=widens)
        )
    if joint:
        fields["decision"] = TextField(_l("Decision of the body that adopted it"), [Optional()], longest=200)
    if plans:
        when = [(NOW, _l("Now")), (DAY, _l("On a day to come"))]
        when += [(EVENT, _l("With an event"))] if occasions else []
        fields["when"] = PickField(_l("When"), choices=when, default=NOW)
        fields["on"] = DayField(_l("Day"), [Optional()])
        if occasions:
            fields["occasion"] = OccasionField(_l("Event"), [Optional()], choices=occasions)
    return with_label(type("ChangeLabelForm", (ChangeForm,), fields), offered)


class ReviewForm(Form):
    """A day on which to look at a label again."""

    on = DayField(_l("Look at it again on"), [Needed(_l("Give the day on which to look at the label again."))])
    why = TextField(_l("Why"), [Optional()], longest=400)


class AnswerLoweringForm(Form):
    """A participant's answer to a lowering that is proposed for its paper."""

    answer = PickField(
        _l("Your answer"),
        [Needed(_l("Choose one of the answers"))],
        choices=[
            ("accept", _l("It may be opened to them")),
            ("decline", _l("It stays as it is")),
        ],
    )
    word = TextField(_l("A word to the Secretariat"), [Optional()], longest=400)
