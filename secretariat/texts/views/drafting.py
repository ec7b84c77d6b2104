"""The list of texts, the page of one that is written, what is said of it, and circulating it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.confidentiality import choices
from secretariat.confidentiality.choices import Offered as Label
from secretariat.confidentiality.forms import LabelledForm, label_data, looked
from secretariat.confidentiality.preview import meant, preview_new
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import Refused
from secretariat.documents import queries as document_queries
from secretariat.documents import service as documents
from secretariat.documents.forms import spoken
from secretariat.documents.views.base import labels_offered, the_process
from secretariat.documents.words import kind_in_words
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import done
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import Process, Track, TrackKind
from secretariat.processes.names import names_of
from secretariat.texts import forms, policy, queries, service, silence_queries
from secretariat.texts.models import DraftText, TextParagraph, TextState
from secretariat.texts.views.base import blueprint, form_page, language_asked_for, page, shown_paragraph, the_text


@blueprint.get("/processes/<slug>/texts/")
@signed_in
def index(slug: str) -> ResponseReturnValue:
    """The texts one writes: those of the track one keeps, or of one's drafting groups."""
    process = the_process(slug)
    return page(
        "index",
        process=process,
        texts=queries.texts_of_process(db(), process.id),
        kept=document_queries.track_kept(db(), process.id, viewer()),
        kinds_in_words=kind_in_words,
    )


@blueprint.route("/processes/<slug>/texts/new", methods=["GET", "POST"])
@permission("begin a text")
def begin(slug: str) -> ResponseReturnValue:
    """One form for a new text, in a meeting where the address names one."""
    process = the_process(slug)
    meeting = _meeting_asked_for(process)
    track = meeting.track if meeting is not None else found(document_queries.track_kept(db(), process.id, viewer()))
    authorise(policy.may_begin(viewer(), track.id))
    bodies = [] if meeting is not None else document_queries.open_bodies(db(), process.id, track.id, clock.today())
    named = [meeting.body] if meeting is not None and meeting.body is not None else bodies
    label = labels_offered(process, track, meeting, list(named))
    pairs = [(one.id, local_text(one.name)) for one in bodies]
    form = forms.text_form(_offered(process, label, pairs), is_new=True)(**_first_choice(label, meeting, process))
    where = _place(form, process, track, meeting, bodies)
    if not form.looks and form.ready():
        try:
            text = service.begin(db(), where, forms.particulars_of(form))
        except Refused as problem:
            form.tell(problem)
        else:
            in_network = track.kind is TrackKind.CIVIL_SOCIETY
            return done(
                _("Begun. The coordination reads it, and its drafting group; others once it is circulated.")
                if in_network
                else _("Begun. The Secretariat reads it, and its drafting group; others once it is circulated."),
                url_for("texts.show", text_id=text.id),
            )
    shows = preview_new(db(), process.id, where.container, form.given) if form.looks and form.has_label() else None
    context = {"process": process, "meeting": meeting, "meant": meant(db(), label, where.container), "shows": shows}
    return looked(form, "texts/begin.html", text=None, **context)


@blueprint.get("/texts/<uuid:text_id>")
@signed_in
def show(text_id: UUID) -> ResponseReturnValue:
    """A text as it is written: paragraph by paragraph, with what awaits translation, and what was circulated."""
    text = the_text(text_id)
    me = viewer()
    paragraphs = queries.paragraphs_of(db(), text.id)
    content = service.content_of(text, paragraphs)
    language = language_asked_for(content)
    may_write = policy.may_write(me, text)
    editions = queries.editions_of(db(), text.id)
    return page(
        "show",
        text=text,
        language=language,
        rows=[
            (shown_paragraph(one, language), paragraph, _behind(text, paragraph))
            for one, paragraph in zip(content.counted(), paragraphs, strict=True)
        ],
        taken_out=queries.taken_out_of(db(), text.id) if may_write else [],
        unsaved=queries.unsaved_in(db(), text.id, me.person) if may_write and me.person is not None else frozenset(),
        unsaved_new=queries.all_unsaved_new(db(), text.id, me.person) if may_write and me.person is not None else [],
        editions=editions,
        adoption=silence_queries.adoption_of(db(), editions[0].id) if text.state is TextState.ADOPTED else None,
        rounds=queries.rounds_of_text(db(), text.id),
        is_running=service.is_running,
        deadline_of=service.deadline_of,
        names=names_of(db(), text.drafters, process=text.process_id),
        may={
            "write": may_write,
            "change": policy.may_change(me, text),
            "keep": policy.may_keep(me, text),
            "circulate": policy.may_circulate(me, text) and bool(paragraphs),
        },
    )


@blueprint.route("/texts/<uuid:text_id>/edit", methods=["GET", "POST"])
@permission("change what is said of a text")
def edit(text_id: UUID) -> ResponseReturnValue:
    """Change its title, languages, drafting group and readers."""
    text = the_text(text_id)
    authorise(policy.may_change(viewer(), text))
    bodies = [one for one in (text.body, getattr(text.meeting, "body", None)) if one is not None][:1]
    label = labels_offered(text.process, text.track, text.meeting, bodies)
    values = forms.values_of(text)
    own = documents.label_given(db(), text.readers_label_id)
    form = forms.text_form(_offered(text.process, label), is_new=False, written_in=text.languages)(
        obj=values, **label_data(label, own)
    )
    if not form.looks and form.ready(values):
        try:
            service.change(db(), text, forms.particulars_of(form))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved."), url_for("texts.show", text_id=text.id))
    container = text.meeting or text.body or text.process
    looking = form.looks and form.has_label()
    shows = preview_new(db(), text.process_id, container, form.given) if looking else None
    context = {"process": text.process, "meeting": text.meeting, "meant": meant(db(), label, container)}
    return looked(form, "texts/begin.html", text=text, shows=shows, **context)


@blueprint.post("/texts/<uuid:text_id>/aside")
@permission("set a text aside")
def set_aside(text_id: UUID) -> ResponseReturnValue:
    """Work on it no more, or take it up again."""
    text = the_text(text_id)
    again = request.form.get("act") == "again"
    authorise(policy.may_keep(viewer(), text))
    if again:
        service.take_up_again(db(), text)
        return done(_("Taken up again."), url_for("texts.show", text_id=text.id))
    service.set_aside(db(), text)
    return done(_("Set aside. What was circulated stays as it is."), url_for("texts.show", text_id=text.id))


@blueprint.route("/texts/<uuid:text_id>/circulate", methods=["GET", "POST"])
@permission("circulate a text")
def circulate(text_id: UUID) -> ResponseReturnValue:
    """Freeze it and let its readers have it; the page says who they are."""
    text = the_text(text_id)
    authorise(policy.may_circulate(viewer(), text))
    paragraphs = queries.paragraphs_of(db(), text.id)
    ready = service.languages_ready(text, paragraphs)
    form = forms.circulation_form(text, ready)()
    if form.ready():
        try:
            edition = service.circulate(db(), text, form["languages"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            said = _("Circulated as %(symbol)s. Its readers have it now.", symbol=edition.document.symbol or "")
            return done(said, url_for("texts.edition", document_id=edition.document_id))
    container = text.meeting or text.body or text.process
    own = documents.label_given(db(), text.readers_label_id)
    before = next(iter(queries.editions_of(db(), text.id)), None)
    rounds = queries.rounds_of(db(), before.id) if before is not None else []
    return form_page(
        form,
        "circulate",
        text=text,
        readers=text.readers_label_id,
        shows=preview_new(db(), text.process_id, container, own),
        before=before,
        running=next((service.deadline_of(one) for one in rounds if service.is_running(one)), None),
        untitled=[one for one in text.languages if one not in text.title.texts],
        not_ready=[one for one in text.languages if one not in ready],
        open_paragraphs=sum(_is_open(one) for one in paragraphs),
    )


def _is_open(paragraph: TextParagraph) -> bool:
    from secretariat.texts.brackets import is_open

    return any(is_open(words) for words in paragraph.words.texts.values())


def _behind(text: DraftText, paragraph: TextParagraph) -> list[str]:
    """The languages in which a paragraph awaits its translation."""
    return [one for one in text.languages if service.awaits_translation(text, paragraph, one)]


def _offered(process: Process, label: Label, bodies: Any = ()) -> forms.Offered:
    participants = [(key.partition(":")[2], words) for key, words in label.participants]
    return forms.Offered(languages=process.languages, label=label, participants=participants, bodies=bodies)


def _first_choice(label: Label, meeting: Any, process: Process) -> dict[str, Any]:
    if request.method == "POST":
        return {}
    first = next(iter(spoken(process.languages)), "en")
    return {
        **label_data(label, None),
        "readers": choices.CONTAINER if meeting is not None else choices.MEMBERS,
        "original": first,
        "languages": [first],
    }


def _place(form: LabelledForm, process: Process, track: Track, meeting: Any, bodies: list[Any]) -> documents.Place:
    chosen = form["body"].data if "body" in form else None
    body = next((one for one in bodies if str(one.id) == chosen), None)
    return documents.Place(
        process=process, track=track, body=meeting.body if meeting is not None else body, meeting=meeting
    )


def _meeting_asked_for(process: Process) -> Any:
    named = request.args.get("meeting")
    if named is None:
        return None
    try:
        meeting = found(document_queries.meeting_by_id(db(), UUID(named)))
    except ValueError:
        return found(None)
    found(meeting if meeting.process_id == process.id else None)
    place.enter(process, track=meeting.track)
    return meeting
