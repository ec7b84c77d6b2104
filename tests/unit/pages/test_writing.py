"""What templates write: escaped as markupsafe does, and addresses of rows put together from parts made once."""

from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for
from jinja2 import Environment, pass_context, pass_environment, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, escape

from secretariat.core.labels import Level
from secretariat.core.languages import lazy_gettext, reading_in
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


WRITTEN = [
    "", "plain", "a & b", "<script>", "it's", Markup("<i>kept</i>"), 7, -1.5, True, None, UUID(int=7), Level.NAMED,
    Lying("<x>"), ["<x>"], lazy_gettext("a < b"),
]  # fmt: skip
"""Of every kind there is, with and without signs that are mark-up."""


@pytest.mark.parametrize(
    "template",
    [
        "{{ one }}|{{ one|default('x') }}",
        "{% macro cell(it) %}<td>{{ it }}</td>{% endmacro %}{{ cell(one) }}{{ cell(it=one) }}",
        "{% macro around(it) %}<b>{{ caller(it) }}</b>{% endmacro %}{% call(x) around(one) %}{{ x }}{% endcall %}",
        "{% set kept %}{{ one }}{% endset %}{{ kept }}",
        "{% for each in [one, one] %}{% set it = each %}{{ it }}{{ loop.index }}{% endfor %}",
        "{% block inside %}{% set it = one %}{{ it }}{{ asked(it) }}{{ looked() }}{% endblock %}",
        "{% autoescape false %}{{ one }}{% endautoescape %}{{ one }}",
        "{% filter upper %}{{ one }}{% endfilter %}",
        "{{ ended() }}{{ thing.method(one) }}{{ thing(one) }}",
    ],
)
def test_templates_of_pages_write_what_jinja_writes(app: Flask, template: str) -> None:
    plain = Environment(autoescape=True)
    words = {"asked": asked, "looked": looked, "ended": ended, "thing": Thing()}
    for one in WRITTEN:
        page = app.jinja_env.from_string(template)
        assert page.render(one=one, **words) == plain.from_string(template).render(one=one, **words), one


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("{{ _('Search') }}|{{ gettext('Search') }}|{% trans %}Search{% endtrans %}", "Buscar|Buscar|Buscar"),
        ("{% autoescape false %}{{ _('Search') }}{% endautoescape %}", "Buscar"),
        ("{{ _('5 %% & <more>') }}", "5 % & <more>"),
        ("{% for _ in [one] %}{{ _('Search') }}{% endfor %}", "own Search"),
        ("{% macro say(gettext) %}{{ gettext('Search') }}{% endmacro %}{{ say(one) }}", "own Search"),
    ],
)
def test_a_message_is_looked_up_where_the_page_means_the_catalogue(app: Flask, template: str, written: str) -> None:
    with reading_in("es"):
        assert app.jinja_env.from_string(template).render(one=lambda words: f"own {words}") == written


@pass_eval_context
def asked(context: EvalContext, value: object) -> str:
    return f"{context.autoescape}: {value}"


@pass_context
def looked(context: Context) -> str:
    return str(context.get("it", "nothing"))


def ended() -> str:
    raise StopIteration


class Thing:
    """What is called in other ways than a function."""

    def method(self, value: object) -> str:
        return f"method of {value}"

    @pass_environment
    def __call__(self, environment: Environment, value: object) -> str:
        return f"{isinstance(environment, Environment)} {value}"


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
