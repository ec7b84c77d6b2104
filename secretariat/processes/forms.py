"""Forms of the pages on which a process is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from secretariat.core.languages import LANGUAGES, WORDS, lazy_pgettext, pgettext, reading_in
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.pages.fields import (
    ChoiceField,
    DayField,
    Either,
    LocalTextField,
    Needed,
    Optional,
    PartialDateField,
    Passes,
    PickField,
    PicksField,
    TextField,
    YesField,
    ZoneField,
)
from secretariat.pages.forms import Form
from secretariat.processes import words
from secretariat.processes.models import StandingKind
from secretariat.processes.service import DECISION, LETTER

Choices = list[tuple[Any, Any]]

_DECISION_NEEDED = _l("Name the document that decided it, for example RCM/VM/2026/4.")
_DAY_NEEDED = _l("Give the day from which it holds.")


def listed(words_of: Mapping[Any, Any]) -> Choices:
    """Choices of a closed list, in words."""
    return list(words_of.items())


_ENTRY_STANDINGS = {
    kind: said for kind, said in words.STANDINGS.items() if kind not in (StandingKind.SUSPENDED, StandingKind.FORMER)
}


class AddParticipantForm(Form):
    """A participant takes part: chosen from the list, or named anew."""

    participant = ChoiceField(_l("Participant"), [Either()], description=_l("Choose it here, or name it anew below."))
    new_name = TextField(_l("Or its name, if it is not in the list"), [Either()])
    new_kind = ChoiceField(_l("What it is, if it is named anew"), [Either()], choices=listed(words.PARTICIPANT_KINDS))
    iso = TextField(
        _l("Code of a state or territory (ISO 3166-1)"),
        [Optional(), Passes(lambda code: not code or (len(code) == 2 and code.isalpha()), _l("Two letters, as in GT"))],
        longest=2,
    )
    standing = ChoiceField(
        _l("Standing"), [Needed(_l("Choose what it is in the process."))], choices=listed(_ENTRY_STANDINGS)
    )
    since = DayField(_l("From"), [Needed(_DAY_NEEDED)])
    decision = TextField(_l("Deciding document"), [Needed(_DECISION_NEEDED)], longest=500)
    note = LocalTextField(_l("Note"), [Optional()], longest=1000)


class _Organization:
    """What is said of an organization of a network."""

    country = ChoiceField(_l("Country in which it works"), [Either()])
    focus = LocalTextField(_l("What it works on"), [Optional()], longest=300)


class AddOrganizationForm(_Organization, AddParticipantForm):
    """An organization joins a network."""


class OrganizationForm(_Organization, Form):
    """What is said of an organization of a network."""


class StandingForm(Form):
    """From a day on a participant stands otherwise."""

    standing = ChoiceField(
        _l("New standing"), [Needed(_l("Choose its new standing."))], choices=listed(words.STANDINGS)
    )
    since = DayField(_l("From"), [Needed(_DAY_NEEDED)])
    decision = TextField(_l("Deciding document"), [Needed(_DECISION_NEEDED)], longest=500)
    basis = PickField(
        _l("A suspension rests on"),
        [Optional()],
        choices=[(LETTER, _l("the participant’s own letter")), (DECISION, _l("a decision of the body"))],
        description=_l("Needed for a suspension only."),
    )
    note = LocalTextField(_l("Note"), [Optional()], longest=1000)


class NameForm(Form):
    """The name a process has agreed, in one language."""

    language = PickField(
        _l("Language"),
        [Needed(_l("Choose the language of the name."))],
        choices=[(code, language.own_name) for code, language in LANGUAGES.items()],
    )
    name = TextField(_l("Name"), [Needed(_l("Write the name as the process uses it."))])
    since = PartialDateField(_l("From"), [Optional()])
    until = PartialDateField(_l("Until"), [Optional()])
    decision = TextField(_l("Deciding document"), [Optional()], longest=120)


class BodyForm(Form):
    """A body: what it is, and who is in it."""

    name = LocalTextField(_l("Name"), [Needed(_l("Write the name of the body."))])
    abbreviation = TextField(_l("Abbreviation"), [Optional()], longest=40)
    kind = ChoiceField(_l("Kind"), [Needed(_l("Choose what kind of body it is."))])
    level = PickField(_l("Level"), [Optional()], choices=listed(words.LEVELS))
    permanence = PickField(_l("How long"), [Optional()], choices=listed(words.PERMANENCE))
    frequency = TextField(_l("How often it meets"), [Optional()], longest=120)
    names_by_letter = YesField(_l("Who is named for a meeting is provisional until a letter of the capital has come"))
    invites_by_letter = YesField(_l("A signed letter invites each participant to its meetings"))
    note = LocalTextField(_l("Note"), [Optional()], longest=1000, rows=2)


class OpenBodyForm(BodyForm):
    """A body that opens."""

    since = DayField(_l("From"), [Needed(_DAY_NEEDED)])
    membership = PickField(
        _l("Who is in it"),
        [Needed(_l("Say who is in the body."))],
        choices=[("process", _l("All who take part")), ("own", _l("A membership of its own"))],
    )
    members = PicksField(_l("Its first members"), [Optional()])


class EndForm(Form):
    """Something ends on a day."""

    until = DayField(_l("From this day it no longer holds"), [Needed(_l("Give the day."))])


class CloseForm(EndForm):
    """A body closes by decision."""

    decision = TextField(_l("Deciding document"), [Needed(_DECISION_NEEDED)], longest=500)


class JoinForm(Form):
    """A participant joins a body."""

    participant = ChoiceField(_l("Participant"), [Needed(_l("Choose who joins."))])
    role = PickField(
        _l("As"),
        [Needed(_l("Say as what it joins."))],
        choices=[
            ("member", words.STANDINGS[StandingKind.MEMBER]),
            ("observer", words.STANDINGS[StandingKind.OBSERVER]),
        ],
    )
    since = DayField(_l("From"), [Needed(_DAY_NEEDED)])


class ChairForm(Form):
    """Who chairs, for a term, with what theme."""

    participant = ChoiceField(_l("Participant"), [Needed(_l("Choose who chairs."))])
    role = PickField(_l("As"), [Needed(_l("Choose the role."))], choices=listed(words.CHAIR_ROLES))
    since = DayField(_l("From"), [Needed(_DAY_NEEDED)])
    until = DayField(_l("Until"), [Optional()])
    term = TextField(_l("Term, as the process writes it"), [Optional()], longest=40)
    theme = LocalTextField(_l("Theme of the term"), [Optional()])
    subject = LocalTextField(_l("What is coordinated"), [Optional()])
    ends_present = PicksField(_l("Who hands over on that day"), [Optional()])
    decision = TextField(_l("Deciding document"), [Optional()], longest=500)


class TermForm(Form):
    """Until when a term runs, and its theme."""

    until = PartialDateField(_l("Until"), [Optional()])
    theme = LocalTextField(_l("Theme of the term"), [Optional()])
    subject = LocalTextField(_l("What is coordinated"), [Optional()])


class StateForm(Form):
    """By the members' decision a process or body rests, is concluded, or is at work again."""

    state = PickField(
        _l("From then on it is"),
        [Needed(_l("Choose what the members decided."))],
        choices=listed(words.LIFE_STATES),
    )
    since = DayField(_l("From"), [Needed(_DAY_NEEDED)])
    decision = TextField(
        _l("Decision of the members"),
        [Needed(_l("Name the decision of the members, for example RCM/VM/2026/4, paragraph 3."))],
        longest=500,
    )


class AgreedForm(Form):
    """What the members agree to, from a day on: a public page, names for the chair."""

    since = DayField(_l("From"), [Needed(_DAY_NEEDED)])
    decision = TextField(
        _l("Decision of the members"),
        [Needed(_l("Name the decision of the members, for example RCM/VM/2026/4, paragraph 3."))],
        longest=500,
    )


class NetworkForm(Form):
    """A civil-society side that a process is given."""

    network = LocalTextField(_l("Name of the civil-society network"), [Needed(_l("Write the name of the network."))])
    decision = TextField(
        _l("Decision of the members"),
        [Needed(_l("Name the decision of the members, for example RCM/VM/2026/4, paragraph 3."))],
        longest=500,
    )


class AgreedNoMoreForm(Form):
    """What they had agreed to is taken back."""

    decision = TextField(_l("Why, or by which decision"), [Optional()], longest=500)


class TextForm(Form):
    """A running text, a point a line."""

    body = LocalTextField(_l("Text"), [Optional()], longest=20_000, rows=10)


class DetailsForm(Form):
    """What a process is."""

    acronym = TextField(_l("Short name"), [Needed(_l("Write the short name or acronym."))], longest=60)
    name = LocalTextField(_l("Name"), [Needed(_l("Write the name of the process."))])
    established = PartialDateField(_l("Established"), [Optional()])
    region = LocalTextField(_l("Region"), [Optional()])
    website = TextField(
        _l("Website"),
        [
            Optional(),
            Passes(
                lambda site: not site or site.startswith(("https://", "http://")),
                _l("Give the whole address, for example https://process.example"),
            ),
        ],
    )
    secretariat_arrangement = ChoiceField(
        _l("Secretariat"),
        [Optional()],
        choices=listed(words.ARRANGEMENTS),
    )
    chair_mode = ChoiceField(_l("Chair"), [Optional()], choices=listed(words.CHAIR_MODES))
    languages = PicksField(
        _l("Working languages"),
        [Needed(_l("Choose at least one language."))],
        choices=[(code, language.own_name) for code, language in LANGUAGES.items()],
    )
    zone = ZoneField(_l("Time zone of the secretariat"), [Needed(_l("Choose a time zone."))])
    former_members_keep = YesField(_l("Who leaves keeps what was addressed to it before"))


class LevelWordsForm(Form):
    """What a process calls the levels of confidentiality; empty for the usual words."""

    public = LocalTextField(lazy_pgettext("label", "Public"), [Optional()], longest=60)
    participants = LocalTextField(_l("All participants"), [Optional()], longest=60)
    members = LocalTextField(_l("Members only"), [Optional()], longest=60)
    named = LocalTextField(_l("Named readers"), [Optional()], longest=60)


class CommitmentWordsForm(Form):
    """What a process calls a commitment, in each language that the product speaks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self[code].label.text = language_name(code)
            self[code].offer([(word, _in_its_language(code, word)) for word in WORDS])


for _code in LANGUAGES:
    setattr(CommitmentWordsForm, _code, PickField("", [Needed(_l("Choose the word."))]))


def _in_its_language(code: str, word: str) -> Markup:
    """What the word is in the language it is chosen for: `Compromiso`, whoever looks."""
    with reading_in(code, called={code: word}):
        said = pgettext("kind of thing", "Commitment")
    direction = LANGUAGES[code].direction
    return Markup('<span lang="%s" dir="%s">%s</span>') % (code, direction, said)


class HostForm(Form):
    """Who hosts the secretariat."""

    participant = ChoiceField(_l("Participant"), [Either()])
    name = TextField(_l("Or a name that is no participant"), [Either()])
    since = PartialDateField(_l("From"), [Optional()])
