"""Silence procedures: the rules, opening one, where it stands, what is said to it, and who is waited for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import LANGUAGES, current_reading, dates
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.documents.models import DocumentState
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.pages import place
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, received_at, viewer
from secretariat.processes import policy as processes
from secretariat.processes.models import Process
from secretariat.processes.names import Name, in_order, names_of
from secretariat.texts import policy, queries, silence_forms, silence_queries
from secretariat.texts import silence_words as in_words
from secretariat.texts.deadline import Deadline
from secretariat.texts.editions import Content
from secretariat.texts.service import silence as service
from secretariat.texts.silence import HoldCause, ReactionKind, SilenceState
from secretariat.texts.silence_models import SilenceHold, SilenceProcedure, SilenceReaction
from secretariat.texts.silence_queries import Stands
from secretariat.texts.views.base import blueprint, language_asked_for, new_nonce, shown_paragraphs, the_edition

OPEN = (SilenceState.RUNNING, SilenceState.WAITING)


def the_silence(silence_id: UUID) -> SilenceProcedure:
    """The silence of this address, or the 404 which hidden and missing share."""
    one = found(silence_queries.silence_by_id(db(), silence_id))
    found(one.edition)
    place.enter(one.process, track=one.track)
    return one


def spoken(codes: Iterable[str]) -> list[str]:
    """Those of these languages that the product speaks; all of them where it speaks none."""
    return [code for code in codes if code in LANGUAGES] or list(LANGUAGES)


def languages_to_write(process: Process) -> list[str]:
    """The languages of the process first, then whatever else a government may write in."""
    return list(dict.fromkeys([*spoken(process.languages), *LANGUAGES]))


# --- rules and opening --------------------------------------------------------------------------------------------


@blueprint.route("/processes/<slug>/silence", methods=["GET", "POST"])
@permission("set the rules of silence")
def silence_rules(slug: str) -> ResponseReturnValue:
    """Whether texts may be put under silence, and by what rules."""
    process = found(silence_queries.process_by_slug(db(), slug))
    track = processes.kept_track(viewer(), process)
    if track is None:
        not_found()
    authorise(policy.may_set_rules(viewer(), track.id))
    place.enter(process, track=track)
    rules = silence_queries.rules_of(db(), process.id, track.id)
    values = silence_forms.rules_values(rules)
    form = silence_forms.RulesForm(obj=values)
    if form.ready(values):
        given = form.rules()
        if given is not None:
            try:
                service.set_rules(db(), process, track, given)
            except Refused as problem:
                form.tell(problem)
            else:
                return done(_saved(given.since), url_for("texts.silence_rules", slug=slug))
    return shown(form, "texts/silence_rules.html", process=process, rules=rules)


def _saved(since: date | None) -> str:
    if since is None:
        return _("Saved. Texts are not put under silence.")
    return _("Saved. Texts may be put under silence from %(day)s.", day=dates.day_in_full(since, weekday=False))


@blueprint.route("/documents/<uuid:document_id>/silence", methods=["GET", "POST"])
@permission("put a text under silence")
def open_silence(document_id: UUID) -> ResponseReturnValue:
    """Put an edition under silence; the page proposes the hour by the rules, and says which days are not counted."""
    edition = the_edition(document_id)
    document = edition.document
    authorise(policy.may_open_silence(viewer(), document))
    rules = silence_queries.rules_of(db(), document.process_id, document.track_id)
    is_on = rules is not None and rules.is_on(clock.today(document.process.zone))
    proposed = service.proposed_end(edition, rules, document.process.zone) if rules is not None and is_on else None
    values: dict[str, Any] = {"zone": document.process.zone}
    if proposed is not None:
        values |= {"ends_on": proposed.deadline.on, "ends_hour": proposed.deadline.hour}
    form = silence_forms.DeadlineForm(data=values)
    if form.ready():
        try:
            made = service.open_silence(db(), edition, form.deadline)
        except Refused as problem:
            form.tell(problem)
        else:
            said = _("The text is under silence. Each focal point and alternate of a member has a letter.")
            return done(said, url_for("texts.silence", silence_id=made.id))
    return shown(
        form,
        "texts/silence_open.html",
        edition=edition,
        document=document,
        rules=rules,
        is_on=is_on,
        proposed=proposed,
        not_counted=in_words.left_out(proposed.not_counted, document.process.zone) if proposed else "",
        country=in_words.country_in_words(document.process.zone),
        words=in_words,
        before=silence_queries.silences_of_edition(db(), edition.id),
    )


# --- where it stands ----------------------------------------------------------------------------------------------


class Said(NamedTuple):
    """A reaction as the page shows it."""

    row: SilenceReaction
    by: str
    own: bool


@blueprint.route("/silence/<uuid:silence_id>", methods=["GET", "POST"])
@permission("react to a text under silence")
def silence(silence_id: UUID) -> ResponseReturnValue:
    """Where a silence stands, what was said, and the form for who speaks for a participant."""
    return _page(the_silence(silence_id), url_for("texts.silence", silence_id=silence_id))


@blueprint.route("/l/<token>/silence", methods=["GET", "POST"])
@by_link("silence")
def silence_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    one = found(next((one for one in (silence_queries.silence_by_id(db(), key) for key in link.subjects) if one), None))
    found(one.edition)
    place.enter(one.process, track=one.track)
    authorise(policy.may_react(viewer(), one))
    return _page(one, url_for("texts.silence_by_link", token=link.token), by_mail=True)


def _page(one: SilenceProcedure, location: str, *, by_mail: bool = False) -> ResponseReturnValue:
    may_react = policy.may_react(viewer(), one)
    authorise(may_react or request.method == "GET")
    where = silence_queries.stands(db(), one)
    is_member = viewer().participant in where.members
    form = silence_forms.reaction_form(languages_to_write(one.process), is_member=is_member)(
        data={"language": current_reading().language.code}
    )
    if may_react and form.ready():
        try:
            made = service.react(db(), one, silence_forms.saying(form), received_at())
        except Refused as problem:
            form.tell(problem)
        else:
            return done(*_thanks(one, made, location))
    context = _context(one, where, may_react=may_react, by_mail=by_mail)
    return shown(form, "texts/silence.html", is_member=is_member, **context)


def _context(one: SilenceProcedure, where: Stands, *, may_react: bool, by_mail: bool) -> dict[str, Any]:
    content = Content.from_json(one.edition.content)
    language = language_asked_for(content)
    said = silence_queries.reactions_of(db(), one.id)
    held = silence_queries.holds_of(db(), one.id)
    keeps = policy.may_keep_silence(viewer(), one)
    now = clock.now()
    waited_for = where.open_for(now) if keeps and where.state in OPEN else []
    own = viewer().participant
    spoke = {row.participant_id for row in said} | {row.participant_id for row in held}
    keys = spoke | {*waited_for, *({own} if own else ())}
    names = names_of(db(), keys, process=one.process_id)
    mine = where.end_for(own) if own in where.members and own is not None else where.run.ends_at
    return {
        "silence": one,
        "edition": one.edition,
        "document": one.edition.document,
        "where": where,
        "words": in_words,
        "said": [Said(row, str(names[row.participant_id]), row.participant_id == own) for row in said],
        "held": [(row, str(names[row.participant_id])) for row in held],
        "names": names,
        "causes": _causes(where, names, waited_for, now) if keeps else [],
        "may_react": may_react and _takes_reactions(one, where),
        "may_keep": keeps,
        "is_open": where.state in OPEN,
        "own": str(names[own]) if own and own in names else "",
        "own_end": mine,
        "is_over_for_me": mine is not None and now >= mine,
        "not_counted": in_words.left_out([date.fromisoformat(day) for day in one.not_counted], one.zone),
        "country": in_words.country_in_words(one.zone),
        "extensions": [_extension(was) for was in one.extensions],
        "content": content,
        "language": language,
        "rows": shown_paragraphs(content.counted(), language),
        "by_mail": by_mail,
        "new_nonce": new_nonce,
        # The page behind a link opens what the link is about, and nothing beside it.
        "adoption": None if by_mail else silence_queries.adoption_of(db(), one.edition_id),
        "draft": _draft(one) if keeps and not by_mail else "",
        "may_pronounce": not by_mail and policy.may_pronounce(viewer(), one.edition.document),
    }


def _draft(one: SilenceProcedure) -> str:
    """The page on which the text is written on, while it stands."""
    text = queries.text_by_id(db(), one.edition.text_id)
    stands = text is not None and one.edition.document.state is DocumentState.ISSUED
    return url_for("texts.show", text_id=one.edition.text_id) if stands else ""


def _takes_reactions(one: SilenceProcedure, where: Stands) -> bool:
    """Whether the form stands on the page: also after the end, so that what comes late is kept on file."""
    return where.state is not SilenceState.CALLED_OFF and one.called_off_at is None


def _causes(where: Stands, names: dict[UUID, Name], waited_for: Sequence[UUID], now: datetime) -> list[tuple[str, Any]]:
    """Who is waited for beyond the hour, and why; for the secretariat."""
    wanted = {one: names[one] for one in waited_for}
    found_causes = []
    for participant in in_order(wanted):
        lasting = [one for one in where.holds if one.participant == participant]
        cause = max(lasting, key=lambda one: one.since, default=None)
        if cause is not None and (cause.until is None or now < (where.end_for(participant) or now)):
            found_causes.append((str(names[participant]), in_words.HOLD[cause.cause]))
    return found_causes


def _extension(was: dict[str, Any]) -> dict[str, Any]:
    ended = Deadline(date.fromisoformat(was["on"]), time.fromisoformat(was["hour"]), was["zone"])
    return {"ended": ended, "at": datetime.fromisoformat(was["at"]), "word": was["word"]}


def _thanks(one: SilenceProcedure, made: SilenceReaction, location: str) -> tuple[str, str, str]:
    """What is said of what was kept, where one is led, and how."""
    if made.is_late:
        at = dates.deadline_text(made.received_at, one.zone, today=clock.today(one.zone))
        said = _(
            "Thank you. This reached us at %(second)s (%(at)s), after the silence had ended for your government. It is"
            " kept on file, and the Secretariat reads it; it does not change where the text stands.",
            second=in_words.second_in_words(made.received_at, one.zone),
            at=at,
        )
        return said, location, "attend"
    words = {
        ReactionKind.OBJECTION: _("Thank you. Your objection is kept; the silence is broken, and members are told."),
        ReactionKind.ASKS_FOR_TIME: _(
            "Thank you. The silence does not end for your government until an hour is agreed with the Secretariat."
        ),
        ReactionKind.COMMENT: _("Thank you. Your comment is kept; who reads the text reads it."),
        ReactionKind.INTERPRETATION: _("Thank you. Your statement is kept with the text; who reads the text reads it."),
        ReactionKind.EXPLANATION: _("Thank you. Your statement is kept with the text; who reads the text reads it."),
    }[made.kind]
    return words, location, "well"


# --- what the secretariat does ------------------------------------------------------------------------------------


def _kept(silence_id: UUID) -> SilenceProcedure:
    one = the_silence(silence_id)
    authorise(policy.may_keep_silence(viewer(), one))
    return one


def _back(one: SilenceProcedure) -> str:
    return url_for("texts.silence", silence_id=one.id)


@blueprint.route("/silence/<uuid:silence_id>/extend", methods=["GET", "POST"])
@permission("extend a silence")
def extend_silence(silence_id: UUID) -> ResponseReturnValue:
    """Give a silence a later end."""
    one = _kept(silence_id)
    form = silence_forms.ExtensionForm(data={"ends_hour": one.ends_hour, "zone": one.zone})
    if form.ready():
        try:
            service.extend(db(), one, form.deadline, form.word.data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Extended. Each focal point and alternate of a member is told."), _back(one))
    return shown(
        form,
        "texts/silence_extend.html",
        silence=one,
        document=one.edition.document,
        ends_at=silence_queries.deadline_of(one).at,
    )


@blueprint.route("/silence/<uuid:silence_id>/call-off", methods=["GET", "POST"])
@permission("call off a silence")
def call_off_silence(silence_id: UUID) -> ResponseReturnValue:
    """Stop a silence."""
    one = _kept(silence_id)
    form = silence_forms.call_off_form(spoken(one.process.languages))()
    if form.ready():
        try:
            service.call_off(db(), one, form["word"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Called off. Each focal point and alternate of a member is told."), _back(one))
    return shown(form, "texts/silence_call_off.html", silence=one, document=one.edition.document)


@blueprint.route("/silence/<uuid:silence_id>/bounce", methods=["GET", "POST"])
@permission("hold a silence open for a member")
def bounce_of_silence(silence_id: UUID) -> ResponseReturnValue:
    """Say that the notice did not reach a member."""
    one = _kept(silence_id)
    where = silence_queries.stands(db(), one)
    named = names_of(db(), where.members, process=one.process_id)
    form = silence_forms.bounce_form([(str(key), str(named[key])) for key in in_order(named)])()
    if form.ready():
        try:
            service.mark_bounce(db(), one, UUID(form["participant"].data))
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Noted. The silence does not end for this member until it has the notice."), _back(one))
    return shown(form, "texts/silence_bounce.html", silence=one, document=one.edition.document)


def _hold_of(one: SilenceProcedure, hold_id: UUID, cause: HoldCause) -> SilenceHold:
    hold = found(silence_queries.hold_of(db(), one.id, hold_id))
    return found(hold if hold.cause is cause else None)


@blueprint.post("/silence/<uuid:silence_id>/holds/<uuid:hold_id>/reached")
@permission("hold a silence open for a member")
def reached_in_silence(silence_id: UUID, hold_id: UUID) -> ResponseReturnValue:
    """The member has the notice now."""
    one = _kept(silence_id)
    hold = _hold_of(one, hold_id, HoldCause.BOUNCED)
    try:
        service.reached(db(), hold)
    except Refused as problem:
        return done(problem.sentence, _back(one), "attend")
    return done(_("Noted. It has 72 hours from now, or the common end if that is later."), _back(one))


@blueprint.route("/silence/<uuid:silence_id>/holds/<uuid:hold_id>/time", methods=["GET", "POST"])
@permission("agree more time in a silence")
def time_in_silence(silence_id: UUID, hold_id: UUID) -> ResponseReturnValue:
    """Agree until when a member that asked for time has it."""
    one = _kept(silence_id)
    hold = _hold_of(one, hold_id, HoldCause.ASKED_FOR_TIME)
    form = silence_forms.DeadlineForm(data={"ends_hour": one.ends_hour, "zone": one.zone})
    if form.ready():
        try:
            service.agree_time(db(), hold, form.deadline)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Agreed. The silence ends for this member at that hour."), _back(one))
    named = names_of(db(), [hold.participant_id], process=one.process_id)
    return shown(
        form,
        "texts/silence_time.html",
        silence=one,
        document=one.edition.document,
        participant=str(named[hold.participant_id]),
    )
