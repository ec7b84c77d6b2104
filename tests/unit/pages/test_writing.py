"""What templates write: escaped as markupsafe does, and addresses of rows put together from parts made once."""

from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for
from markupsafe import Markup, escape

from secretariat.core.labels import Level
from secretariat.core.languages import lazy_gettext
from secretariat.pages.addresses import address_parts
from secretariat.pages.macros import PageTemplate, escaped


class Lying(str):
    """A string that says of itself that it is mark-up."""

    def __html__(self) -> str:
        return "<b>" + escape(str(self)) + "</b>"


@pytest.mark.parametrize(
    "value",
    [
        "", "plain", "a & b", "<script>", "it's", '"quoted"', "العربية", Markup("<i>kept</i>"), 7, -1.5, True, None,
        UUID(int=7), Level.NAMED, Lying("<x>"), ["<x>"], lazy_gettext("a < b"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_is_written_is_what_markupsafe_makes_of_it(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))


def test_templates_write_so(app: Flask) -> None:
    assert app.jinja_env.template_class is PageTemplate
    made = app.jinja_env.from_string("{{ one }}{% for each in [one] %}<p>{{ each }}</p>{% endfor %}{{ one|upper }}")
    assert made.render(one="<&>") == "&lt;&amp;&gt;<p>&lt;&amp;&gt;</p>&lt;&amp;&gt;"


def test_an_address_is_put_together_from_its_parts(app: Flask) -> None:
    app.add_url_rule("/things/<uuid:thing_id>/<place>/files/<uuid:file_id>", endpoint="file")
    app.add_url_rule("/files/<uuid:file_id>/of/<uuid:thing_id>", endpoint="other_way")
    thing, file = uuid4(), uuid4()
    with app.test_request_context():
        first, second, last = address_parts("file", "thing_id", "file_id", place="a b")
        whole = url_for("file", thing_id=thing, file_id=file, place="a b")
        assert f"{first}{thing}{second}{file}{last}" == whole
        first, second, last = address_parts("other_way", "thing_id", "file_id")
        assert f"{first}{file}{second}{thing}{last}" == url_for("other_way", thing_id=thing, file_id=file)
