"""The pages on which a secretariat writes the words of its digests, and reads them as somebody will."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import LANGUAGES
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.refusals import Refused
from secretariat.core.viewer import Hat, HatKind
from secretariat.follow_up import forecast, letter_words, letters, policy, queries, service, wording
from secretariat.follow_up.service import Recipient
from secretariat.follow_up.views import blueprint
from secretariat.follow_up.views.officer import kept
from secretariat.mail.composition import Letter
from secretariat.mail.views import settings
from secretariat.pages import unit
from secretariat.pages.access import not_found, permission
from secretariat.pages.fields import LongTextField, Needed
from secretariat.pages.forms import Form, done, shown
from secretariat.processes.models import Process, Track
from secretariat.processes.names import in_order, names_of


class WordsForm(Form):
    """The words of a digest in one language."""

    text = LongTextField(
        _l("The message"), [Needed(_l("Write the message, or take the usual words again"))], longest=wording.LONGEST
    )


@blueprint.get("/processes/<slug>/follow-up/words")
@permission("look after follow-up", policy.keeps_follow_up)
def all_words(slug: str) -> ResponseReturnValue:
    """In which languages the digests of a track have words of its own."""
    process, track = kept(slug)
    written = queries.templates_of(unit.db(), process.id, track.id)
    return render_template(
        "follow_up/all_words.html",
        process=process,
        languages=[(code, written.get(code)) for code in _languages(process)],
        unusable=queries.unusable_words(unit.db(), process.id, track.id),
    )


@blueprint.route("/processes/<slug>/follow-up/words/<language>", methods=["GET", "POST"])
@unit.writes_on_get
@permission("look after follow-up", policy.keeps_follow_up)
def edit_words(slug: str, language: str) -> ResponseReturnValue:
    """Write the words of the digests in one language, and read them on what is open today."""
    process, track = kept(slug)
    if language not in LANGUAGES:
        not_found()
    row = queries.template_of(unit.db(), process.id, track.id, language)
    text = wording.shown(row.text if row else wording.usual(language), language)
    form = WordsForm(data={"text": text, "version": row.version if row else ""})
    back = url_for("follow_up.all_words", slug=slug)
    if "drop" in request.form and form.ready(row):
        letter_words.drop(unit.db(), unit.viewer(), process, track, language)
        return done(_("Saved. The usual words go out again."), back)
    if "drop" not in request.form and "preview" in request.form:
        if form.validate_on_submit() and (words := _usable(form, language)) is not None:
            return render_template("follow_up/words.html", form=form, **_page(process, track, language, row, words))
    elif form.ready(row):
        try:
            letter_words.write(unit.db(), unit.viewer(), process, track, language, form.text.data or "")
        except Refused as refused:
            form.tell(refused)
        else:
            return done(_("Saved. The next messages in this language are written so."), back)
    return shown(form, "follow_up/words.html", **_page(process, track, language, row, None))


def _usable(form: WordsForm, language: str) -> str | None:
    try:
        return wording.kept(form.text.data or "", language)
    except wording.Unusable as unusable:
        form.refuse(unusable.sentence, "text")
        return None


def _languages(process: Process) -> list[str]:
    """Those of the process first."""
    return sorted(LANGUAGES, key=lambda code: (code not in process.languages, list(LANGUAGES).index(code)))


def _page(process: Process, track: Track, language: str, row: object, words: str | None) -> dict[str, object]:
    letter, participant = _example(process, track, language, words)
    return {
        "process": process,
        "code": language,
        "direction": LANGUAGES[language].direction,
        "own": row is not None,
        "letter": letter,
        "participant": participant,
        "placeholders": [
            ("{" + wording.shown("{" + key + "}", language).strip("{}") + "}", one.tells, one.needed)
            for key, one in wording.PLACEHOLDERS.items()
        ],
        "unusable": queries.unusable_words(unit.db(), process.id, track.id).get(language, ""),
    }


def _example(process: Process, track: Track, language: str, words: str | None) -> tuple[Letter | None, str]:
    """The message to the first who has something open, in this language, and whose it is."""
    persons: dict[UUID, UUID] = forecast.recipients_of(unit.db(), process, track)
    names = names_of(unit.db(), persons, process=process.id)
    asked = {one.participant for one in service.open_things(unit.db(), process, track)}
    for participant in in_order(names):
        if participant in asked:
            who = Recipient(persons[participant], Hat(HatKind.PARTICIPANT, participant), process.id, track.id)
            letter = letters.shown_letter(unit.db(), settings(), who, language=language, words=words)
            if letter is not None:
                return letter, str(names[participant])
    return None, ""
