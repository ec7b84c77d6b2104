"""Keeping the process itself: what is said of it, who hosts its secretariat, dormancy, the public page."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock, languages
from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import done, refusals, shown
from secretariat.pages.languages import offered
from secretariat.pages.unit import db, viewer
from secretariat.processes import forms, founding, policy, queries, service, words
from secretariat.processes.models import Process
from secretariat.processes.views.common import act_on, edited_of, name_of, on_day, page_of, spoken_in, state_form
from secretariat.processes.views.reading import blueprint


@blueprint.route("/<slug>/details", methods=["GET", "POST"])
@permission("change what is said of a process")
def details(slug: str) -> ResponseReturnValue:
    """Say otherwise what a process is."""
    process = edited_of(slug)
    form = forms.DetailsForm(obj=process)
    spoken_in(form, process)
    if process.chair_mode and process.chair_mode not in words.CHAIR_MODES:
        form.chair_mode.offer([*forms.listed(words.CHAIR_MODES), (process.chair_mode, process.chair_mode)])

    def act() -> str:
        values = {name: form[name].data for name in service.Details.__slots__}
        texts = {name: value or "" for name, value in values.items() if name.endswith(("_mode", "_arrangement"))}
        service.change_details(db(), viewer(), process, service.Details(**{**values, **texts}))
        return _("Saved.")

    return act_on(
        form,
        process,
        act,
        onward=page_of(process),
        process=process,
        heading=_("What is said of the process"),
        button=_("Save"),
    )


@blueprint.route("/<slug>/levels", methods=["GET", "POST"])
@permission("change what is said of a process")
def level_words(slug: str) -> ResponseReturnValue:
    """Name the levels of confidentiality in the process's own words."""
    process = edited_of(slug)
    stored = {level: LocalText.from_json(own) for level, own in process.level_words.items()}
    row = SimpleNamespace(version=process.version, **stored)
    form = forms.LevelWordsForm(obj=row)
    spoken_in(form, process)

    def act() -> str:
        service.set_level_words(db(), viewer(), process, {level: form[level.value].data for level in Level})
        return _("Saved. The new words stand wherever a label is shown.")

    return act_on(
        form,
        row,
        act,
        onward=page_of(process),
        process=process,
        heading=_("Words of the labels"),
        button=_("Save"),
        sentence=_(
            "Each label in the words of this process; left empty, it has the usual ones. Use no national mark of "
            "classification: nothing nationally classified belongs here."
        ),
    )


@blueprint.route("/<slug>/commitment-words", methods=["GET", "POST"])
@permission("change what is said of a process")
def commitment_words(slug: str) -> ResponseReturnValue:
    """Say what a commitment is called in this process: a commitment, an intention or a contribution."""
    process = edited_of(slug)
    chosen = {code: process.commitment_words.get(code, languages.USUAL_WORD) for code in languages.LANGUAGES}
    row = SimpleNamespace(version=process.version, **chosen)
    form = forms.CommitmentWordsForm(obj=row)
    for code in set(languages.LANGUAGES) - set(offered()):
        del form[code]

    def act() -> str:
        said = {code: form[code].data for code in languages.LANGUAGES if code in form}
        service.set_commitment_words(db(), viewer(), process, said)
        return _("Saved. From now on pages, mails and papers of this process say it so.")

    return act_on(
        form,
        row,
        act,
        onward=page_of(process),
        process=process,
        heading=_("Word for a commitment"),
        button=_("Save"),
        sentence=_(
            "What this process calls that which a participant says it will do, in each language. It is a statement of "
            "intent under each of these words. Reports and papers that were issued keep the word they were issued with."
        ),
    )


@blueprint.route("/<slug>/texts/<kind>", methods=["GET", "POST"])
@permission("write a text of a process")
def text(slug: str, kind: str) -> ResponseReturnValue:
    """Write one running text of a process, a point a line."""
    process = edited_of(slug)
    if kind not in words.TEXTS:
        not_found()
    row = queries.text(db(), process, kind)
    form = forms.TextForm(obj=row)
    spoken_in(form, process)

    def act() -> str:
        service.set_text(db(), viewer(), process, kind, form.body.data)
        return _("Saved. All participants read it.")

    return act_on(
        form,
        row,
        act,
        onward=page_of(process, kind),
        process=process,
        heading=words.word(words.TEXTS, kind),
        button=_("Save"),
        sentence=_("Each line is a point of its own."),
    )


@blueprint.route("/<slug>/hosts/new", methods=["GET", "POST"])
@permission("say who hosts the secretariat")
def add_host(slug: str) -> ResponseReturnValue:
    """Say who hosts the secretariat."""
    process = edited_of(slug)
    form = forms.HostForm()
    form.participant.offer(queries.known_participants(db(), process, clock.today()))

    def act() -> str:
        chosen = UUID(form.participant.data) if form.participant.data else None
        service.add_host(db(), viewer(), process, participant=chosen, name=form.name.data, since=form.since.data)
        return _("Saved.")

    return act_on(
        form,
        None,
        act,
        onward=page_of(process, "secretariat"),
        process=process,
        heading=_("Who hosts the secretariat"),
        button=_("Add the host"),
    )


@blueprint.route("/<slug>/hosts/<uuid:host_id>/end", methods=["GET", "POST"])
@permission("end the hosting of the secretariat")
def end_host(slug: str, host_id: UUID) -> ResponseReturnValue:
    """The secretariat is no longer hosted by this one."""
    process = edited_of(slug)
    row = found(queries.host(db(), process, host_id))
    form = forms.EndForm(data={"version": row.version})

    def act() -> str:
        service.end_host(db(), viewer(), row, until=on_day(form.until.data))
        return _("Saved.")

    name = name_of(process, row.participant_id) if row.participant_id else row.name_text
    return act_on(
        form,
        row,
        act,
        onward=page_of(process, "secretariat"),
        process=process,
        heading=_("%(participant)s no longer hosts the secretariat", participant=name),
        button=_("Keep the day"),
    )


@blueprint.route("/<slug>/state", methods=["GET", "POST"])
@permission("let a process rest")
def state(slug: str) -> ResponseReturnValue:
    """By the members' decision a process rests, is concluded, or is at work again."""
    process = edited_of(slug)
    return state_form(process, process, page_of(process), process.acronym)


@blueprint.route("/<slug>/public-page", methods=["GET", "POST"])
@permission("open or close the public page")
def public_page(slug: str) -> ResponseReturnValue:
    """Open the public page by the members' decision, or close it."""
    process = edited_of(slug)
    if process.public_page:
        return _agreed_no_more(
            process,
            service.close_public_page,
            _("Saved. The public page is closed."),
            heading=_("Close the public page"),
            button=_("Close the public page"),
            sentence=_("From now on only participants see that the process is here."),
        )
    return _agreed(
        process,
        service.open_public_page,
        _("Saved. Everyone can now see that the process exists, who takes part, and its bodies."),
        heading=_("Open the public page"),
        button=_("Open the public page"),
        sentence=_(
            "The members must have agreed. It shows the name of the process, its present participants and its bodies; "
            "never a suspension, a vacancy or an absence."
        ),
    )


@blueprint.route("/<slug>/networks/new", methods=["GET", "POST"])
@permission("give a process a civil-society network")
def add_network(slug: str) -> ResponseReturnValue:
    """By the members' decision the process has a civil-society side; the rules of engagement come next."""
    process = edited_of(slug)
    authorise(policy.may_add_network(viewer(), process))
    form = forms.NetworkForm()
    spoken_in(form, process)
    if form.ready():
        assert form.network.data is not None  # it is needed
        with refusals(form):
            made = founding.add_network(db(), process, form.network.data, form.decision.data)
            said = _("Entered. Write down the rules of engagement; an administrator names its first coordinator.")
            return done(said, url_for("civil_society.rules", slug=slug, track_slug=made))
    return shown(
        form, "processes/form.html", process=process, heading=_("Give it a civil-society network"),
        button=_("Give it this network"), onward=page_of(process), label_of=None,
        sentence=_(
            "The members must have agreed. The network has a space of its own, which governments and the Secretariat "
            "do not read. Its organizations read what is said on the page of the process, and nothing else until it is "
            "opened to them. An administrator names its first coordinator, who does all else there."
        ),
    )  # fmt: skip


@blueprint.route("/<slug>/named-to-chair", methods=["GET", "POST"])
@permission("have participants named to the chair")
def named_to_chair(slug: str) -> ResponseReturnValue:
    """By the members' decision the chair reads by name what participants bring, or sums again."""
    process = edited_of(slug)
    authorise(policy.may_name_to_chair(viewer(), process))
    if process.named_to_chair_since:
        return _agreed_no_more(
            process,
            service.name_no_more,
            _("Saved. The chair reads sums again."),
            heading=_("Sums for the chair again"),
            button=_("Sums for the chair again"),
            sentence=_("From now on the chair reads sums of what participants bring, and no names."),
        )
    return _agreed(
        process,
        service.name_to_chair,
        _("Saved. From that day on the chair reads by name what participants bring."),
        heading=_("Names for the chair"),
        button=_("Have them named"),
        sentence=_(
            "The members must have agreed. The chair of the process then reads of each participant, by name, the facts "
            "on record that members may read: never scores, and nothing that is not for the chair."
        ),
    )


def _agreed(process: Process, do: Callable[..., None], said: str, **words: str) -> ResponseReturnValue:
    """What the members agree to, from a day on: `do` is told the day and their decision, the reader `said` after it."""
    form = forms.AgreedForm(data={"version": process.version})

    def act() -> str:
        assert form.since.data is not None
        do(db(), viewer(), process, since=form.since.data, decision=form.decision.data)
        return said

    return act_on(form, process, act, onward=page_of(process), process=process, **words)


def _agreed_no_more(process: Process, do: Callable[..., None], said: str, **words: str) -> ResponseReturnValue:
    """The same, taken back from now on."""
    form = forms.AgreedNoMoreForm(data={"version": process.version})

    def act() -> str:
        do(db(), viewer(), process, decision=form.decision.data)
        return said

    return act_on(form, process, act, onward=page_of(process), process=process, **words)
