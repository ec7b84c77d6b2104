"""Letters of invitation to a meeting: what they say, to whom each is, fetched for signature, dispatched."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import language_name
from secretariat.correspondence import invitation_queries as queries
from secretariat.correspondence import letterheads
from secretariat.correspondence.invitation_forms import DispatchForm, StyleForm, WordsForm
from secretariat.correspondence.invitation_models import InvitationLetter, InvitationWords
from secretariat.correspondence.invitation_words import proposed_words, salutation
from secretariat.correspondence.service import inviting as service
from secretariat.jobs.kinds import Result
from secretariat.jobs.views import handed
from secretariat.meetings.models import Invitation, Meeting
from secretariat.meetings.policy import asks_letter, may_invite_by_letter
from secretariat.meetings.views.base import the_meeting
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, refusals, shown
from secretariat.prints.sheet import file_name
from secretariat.processes.names import in_order, name_of, names_of

blueprint = Blueprint("invitation_letters", __name__)


@blueprint.get("/meetings/<uuid:meeting_id>/letters")
@permission("invite by letter")
def index(meeting_id: UUID) -> ResponseReturnValue:
    """To whom a letter goes, which are written, and which have gone."""
    meeting = _meeting(meeting_id)
    db = unit.db()
    invited = {one.participant_id: one for one in queries.invited(db, meeting.id)}
    names = names_of(db, invited, process=meeting.process_id)
    letters = queries.letters_of(db, meeting.id)
    return render_template(
        "correspondence/invitations.html",
        meeting=meeting,
        words=queries.words_of(db, meeting.id),
        rows=[(names[key], invited[key], letters.get(key)) for key in in_order(names)],
        written=sum(key in letters for key in invited),
        gone=sum(key in letters and letters[key].went_on is not None for key in invited),
        has_letterhead=queries.has_letterhead(db, meeting.track_id),
        asks_letter=asks_letter(meeting),
    )


@blueprint.route("/meetings/<uuid:meeting_id>/letters/words", methods=["GET", "POST"])
@permission("invite by letter")
def words(meeting_id: UUID) -> ResponseReturnValue:
    """What the letters say, and who signs them."""
    meeting = _meeting(meeting_id)
    there = queries.words_of(unit.db(), meeting.id)
    form = WordsForm(data=_words_shown(meeting, there))
    form.words.languages = tuple(meeting.process.languages)
    if form.ready(there) if there is not None else form.ready():
        assert form.words.data is not None  # it is needed
        with refusals(form):
            service.write_words(unit.db(), meeting, form.words.data, form.signatory.data or "")
            return done(_("Kept. Say now to whom each letter is."), _page(meeting))
    return shown(form, "correspondence/invitation_words.html", meeting=meeting, there=there)


def _words_shown(meeting: Meeting, there: InvitationWords | None) -> dict[str, object]:
    if there is not None:
        return {"words": there.words, "signatory": there.signatory, "version": there.version}
    before = queries.earlier_words(unit.db(), meeting)
    return {
        "words": proposed_words(meeting, meeting.process.languages),
        "signatory": before.signatory if before is not None else "",
    }


@blueprint.route("/meetings/<uuid:meeting_id>/letters/<uuid:invitation_id>", methods=["GET", "POST"])
@permission("invite by letter")
def style(meeting_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """To whom the letter to one participant is, in full style, and who has a copy."""
    meeting, invitation, there = _letter(meeting_id, invitation_id)
    said = found(queries.words_of(unit.db(), meeting.id))
    authorise(there is None or there.went_on is None)
    form = StyleForm(data=_style_shown(meeting, invitation, there, said))
    form.language.offer((code, language_name(code)) for code in said.words.texts)
    if form.ready(there) if there is not None else form.ready():
        with refusals(form):
            made = service.write_letter(unit.db(), meeting, invitation, form.style, said)
            return done(_("Kept as %(symbol)s.", symbol=made.symbol), _page(meeting))
    called = name_of(unit.db(), invitation.participant_id, process=meeting.process_id)
    return shown(form, "correspondence/invitation_style.html", meeting=meeting, there=there, called=called)


def _style_shown(
    meeting: Meeting, invitation: Invitation, there: InvitationLetter | None, said: InvitationWords
) -> dict[str, object]:
    """A letter as it is; of a new one the style of the body's last letter to the same participant."""
    one = there or queries.earlier_letter(unit.db(), meeting, invitation.participant_id)
    if one is None:
        language = said.words.original if len(said.words.texts) == 1 else None
        return {"language": language, "salutation": salutation(said.words.original)}
    shown_as: dict[str, object] = {"addressee": one.addressee, "salutation": one.salutation, "copy_to": one.copy_to}
    shown_as["language"] = one.language if one.language in said.words.texts else ""
    return shown_as if there is None else {**shown_as, "dated": there.dated, "version": there.version}


@blueprint.route("/meetings/<uuid:meeting_id>/letters/<uuid:invitation_id>/dispatch", methods=["GET", "POST"])
@permission("invite by letter")
def dispatch(meeting_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """Note that a letter has gone, and by which note verbale: it enters the register."""
    meeting, invitation, there = _letter(meeting_id, invitation_id)
    one = found(there)
    authorise(one.went_on is None)
    form = DispatchForm(data={"went_on": clock.today(meeting.process.zone), "version": one.version})
    if form.ready(one):
        assert form.went_on.data is not None  # it is needed
        with refusals(form, {"passed_on": "went_on"}):
            entry = service.dispatch(unit.db(), meeting, one, form.went_on.data, form.note_verbale.data or "")
            return done(_("Entered in the register as %(symbol)s.", symbol=entry.symbol), _page(meeting))
    called = name_of(unit.db(), invitation.participant_id, process=meeting.process_id)
    return shown(form, "correspondence/invitation_dispatch.html", meeting=meeting, one=one, called=called)


@blueprint.get("/meetings/<uuid:meeting_id>/letters/<uuid:invitation_id>.docx")
@permission("invite by letter")
def paper(meeting_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """One letter in Word, on the letterhead."""
    meeting, _invitation, there = _letter(meeting_id, invitation_id)
    one, said = found(there), found(queries.words_of(unit.db(), meeting.id))
    content = service.on_paper(unit.db(), meeting, one, said)
    return handed(Result(_file_of(one), content, letterheads.MEDIA_TYPE), one)


@blueprint.get("/meetings/<uuid:meeting_id>/letters.zip")
@permission("invite by letter")
def papers(meeting_id: UUID) -> ResponseReturnValue:
    """All letters that are written and have not gone, in one file."""
    meeting = _meeting(meeting_id)
    said = found(queries.words_of(unit.db(), meeting.id))
    waiting = [one for one in queries.letters_of(unit.db(), meeting.id).values() if one.went_on is None]
    found(waiting or None)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for one in sorted(waiting, key=lambda each: each.number or 0):
            archive.writestr(_file_of(one), service.on_paper(unit.db(), meeting, one, said))
    name = file_name("letters", "", clock.today(), "zip")
    return handed(Result(name, out.getvalue(), "application/zip"), said)


def _file_of(one: InvitationLetter) -> str:
    return file_name("letter", one.symbol or "", clock.today(), "docx")


def _meeting(meeting_id: UUID) -> Meeting:
    meeting = the_meeting(meeting_id)
    authorise(may_invite_by_letter(unit.viewer(), meeting))
    return meeting


def _letter(meeting_id: UUID, invitation_id: UUID) -> tuple[Meeting, Invitation, InvitationLetter | None]:
    """An invitation, and the letter there is of it; addresses whose parts disagree are a 404."""
    meeting = _meeting(meeting_id)
    invitation = found(queries.invitation_to(unit.db(), meeting.id, invitation_id))
    return meeting, invitation, queries.letter_to(unit.db(), meeting.id, invitation.participant_id)


def _page(meeting: Meeting) -> str:
    return url_for("invitation_letters.index", meeting_id=meeting.id)
