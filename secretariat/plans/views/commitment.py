"""A commitment: proposing and making it, its page, what is said of it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.labelling import label_value
from secretariat.core.labels import Named
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.documents.views.base import new_nonce
from secretariat.meetings.models import Outcome
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import AsShown, as_shown, done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.pages.statuses import STATUSES
from secretariat.pages.uploads import takes_files
from secretariat.plans import links, milestones, partners, policy, queries, service
from secretariat.plans.forms import (
    CHANGE_CHOICES,
    ActForm,
    CommitmentForm,
    ConfirmForm,
    NoteForm,
    ReopenForm,
    ReviseForm,
    UpdateForm,
    in_words,
)
from secretariat.plans.models import (
    Change,
    Commitment,
    NotedAfter,
    Obstacle,
    Plan,
    ProgressUpdate,
    SupportNeeded,
)
from secretariat.plans.phase_models import PHASES
from secretariat.plans.status import STILL_TO_COME, Status, UpdateState, in_force, shown_as
from secretariat.plans.views import blueprint, evidence, shown
from secretariat.plans.views.support import givers_named

_FIELDS = {"participant": "participants"}


# --- proposing and making -------------------------------------------------------------------------------------------


@blueprint.route("/outcomes/<uuid:outcome_id>/propose", methods=["GET", "POST"])
@permission("propose a commitment from an outcome")
def propose(outcome_id: UUID) -> ResponseReturnValue:
    """An outcome of a meeting becomes a proposal without being typed again."""
    outcome = found(queries.outcome_by_id(unit.db(), outcome_id))
    plans = [one for one in queries.plans_of(unit.db(), outcome.process_id) if policy.may_propose(unit.viewer(), one)]
    authorise(unit.viewer().keeps(outcome.track_id))
    asked = request.values.get("plan", "")
    plan = next((one for one in plans if str(one.id) == asked), plans[0] if plans else None)
    if plan is None:
        shown.enter_process(outcome.process)
        return render_template("plans/no_plan.html", process=outcome.process)
    return _propose(plan, outcome, plans)


@blueprint.route("/plans/<uuid:plan_id>/propose", methods=["GET", "POST"])
@permission("propose a commitment")
def propose_in(plan_id: UUID) -> ResponseReturnValue:
    """A proposal to one or several participants, a row for each."""
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_propose(unit.viewer(), plan))
    return _propose(plan, None, [])


def _propose(plan: Plan, outcome: Outcome | None, plans: list[Plan]) -> ResponseReturnValue:
    shown.enter_plan(plan)
    addressed = queries.addressed_by(unit.db(), outcome) if outcome else []
    choices = shown.participant_choices(plan)
    form = CommitmentForm(
        data=None if not outcome else {
            "words": outcome.text, "due_on": outcome.due_on, "plan": str(plan.id),
            "participants": [key for key, _name in choices if key in addressed],
        },
        languages=shown.languages_of(plan.process),
        parts=shown.part_choices(plan),
        partners=shown.partner_choices(plan),
        meetings=None if outcome else shown.meeting_choices(plan),
        participants=choices,
        plans=[(str(one.id), local_text(one.title)) for one in plans] if len(plans) > 1 else None,
    )  # fmt: skip
    if form.ready():
        with refusals(form, _FIELDS):
            made = [
                service.propose_commitment(unit.db(), unit.viewer(), plan, _draft(plan, form, UUID(one), outcome))
                for one in form.participants.data or []
            ]
            return _proposed(plan, made, dict(choices))
    return shown_form(form, "plans/propose.html", plan=plan, outcome=outcome, is_own=False)


def _proposed(plan: Plan, made: list[Commitment], called: dict[str, str]) -> ResponseReturnValue:
    if len(made) == 1:
        said = _(
            "Proposed to %(participant)s. Its focal points and the Secretariat see it; nobody else does, and it is "
            "counted nowhere until it is accepted.",
            participant=called[str(made[0].participant_id)],
        )
        return done(said, url_for("plans.commitment", commitment_id=made[0].id))
    said = _(
        "Proposed to each of them by a row of its own. Each sees its own and no other; nothing is counted until it is "
        "accepted."
    )
    return done(said, url_for("plans.plan", plan_id=plan.id, status="proposed"))


@blueprint.route("/plans/<uuid:plan_id>/commit", methods=["GET", "POST"])
@permission("make a commitment of one's own")
def commit(plan_id: UUID) -> ResponseReturnValue:
    """A participant makes a commitment of its own accord."""
    plan, viewer = found(queries.plan_by_id(unit.db(), plan_id)), unit.viewer()
    authorise(policy.may_commit_own(viewer, plan))
    shown.enter_plan(plan)
    form = CommitmentForm(
        languages=shown.languages_of(plan.process), parts=shown.part_choices(plan),
        partners=shown.partner_choices(plan, viewer.participant), meetings=shown.meeting_choices(plan),
    )  # fmt: skip
    if form.ready() and viewer.participant is not None:
        with refusals(form):
            made = service.commit_own(unit.db(), viewer, plan, _draft(plan, form, viewer.participant, None))
            said = _("Saved as %(number)s. The members read it in the plan from now on.", number=made.shown_number)
            return done(said, url_for("plans.commitment", commitment_id=made.id))
    return shown_form(
        form, "plans/propose.html", plan=plan, outcome=None, is_own=True, acting=shown.acting_sentence(plan)
    )


def _draft(plan: Plan, form: CommitmentForm, participant: UUID, outcome: Outcome | None) -> service.Draft:
    part = queries.part_by_id(unit.db(), plan.id, UUID(form.part.data)) if form.part.data else None
    return service.Draft(
        participant_id=participant,
        words=shown.given(form.words),
        lead=form.lead.data,
        due_on=form.due_on.data,
        milestones=form.milestones.data,
        indicator=form.indicator.data,
        baseline=form.baseline.data,
        part=part,
        partners=shown.chosen_partners(form),
        outcome_id=outcome.id if outcome else None,
        meeting_id=UUID(form.meeting.data) if form.meeting and form.meeting.data else None,
        origin_words=form.origin_words.data if form.origin_words else None,
    )


# --- its page -------------------------------------------------------------------------------------------------------


@blueprint.get("/commitments/<uuid:commitment_id>")
@signed_in
def commitment(commitment_id: UUID) -> ResponseReturnValue:
    """A commitment with all that was said of it; for those who read it, how it came about."""
    one = _commitment(commitment_id)
    db, plan, viewer = unit.db(), one.plan, unit.viewer()
    history = queries.history(db, one.id)
    proposal = queries.proposal_of(db, one.id)
    goes_on = one.withdrawn_at is None and one.carried_at is None
    earlier = queries.earlier_commitments(db, one)
    named = queries.partners(db, [one.id]).get(one.id, [])
    beside = queries.beside(db, [update.id for update in history])
    given = queries.given_for(db, [by.support.id for by in beside.values() if by.support is not None])
    return render_template(
        "plans/commitment.html",
        commitment=one,
        plan=plan,
        row=shown.rows_of(plan, [one])[one.id],
        history=history,
        beside=beside,
        given=given,
        giver=givers_named(plan, [line for lines in given.values() for line in lines]),
        may_note_support=policy.may_note_support(viewer, plan),
        revisions=queries.revisions(db, [one.id]),
        earlier=[(before, _confirmed(before)) for before in earlier],
        carried_on=queries.carried_on(db, one.id) if one.carried_at is not None else None,
        proposal=proposal,
        consultations=queries.consultations_of(db, proposal.id) if proposal else [],
        partners=shown.partner_names(plan, named),
        may_answer=policy.may_answer(viewer, one, plan),
        may_take_back=policy.may_take_back(viewer, one, plan),
        may_report=policy.may_report(viewer, one, plan) and goes_on,
        may_note=policy.may_note(viewer, one, plan) and goes_on,
        may_revise=policy.may_revise(viewer, one, plan),
        speaks=policy.speaks_for(viewer, one, plan),
        phase=queries.phase_of(db, one.id),
        phases=PHASES,
        host_of=links.host_of,
        file_in_words=evidence.in_words,
        changes={key: words for key, words in CHANGE_CHOICES if key},
        may_tag=policy.may_tag(viewer, plan),
        asks_obstacle=next(
            (
                update
                for update in [in_force(history)]
                if update and update.status in STILL_TO_COME and beside[update.id].obstacle is None
            ),
            None,
        ),
        new_nonce=new_nonce,
        awaiting=[update for update in history if update.state is UpdateState.NOTED],
    )


def _confirmed(one: Commitment) -> list[ProgressUpdate]:
    """What was said of a commitment and holds as said, the latest first."""
    return [said for said in queries.history(unit.db(), one.id) if said.state is UpdateState.CONFIRMED]


@blueprint.route("/commitments/<uuid:commitment_id>/take-back", methods=["GET", "POST"])
@permission("take a proposal back")
def take_back(commitment_id: UUID) -> ResponseReturnValue:
    """Take a proposal back before it is answered; asks on a page of its own."""
    one = _commitment(commitment_id)
    authorise(policy.may_take_back(unit.viewer(), one, one.plan))
    form = ActForm()
    if form.ready():
        with refusals(form):
            service.take_back(unit.db(), unit.viewer(), one)
            return done(_("Taken back. No other government learns that it was proposed."), _plan_address(one))
    return shown_form(form, "plans/take_back.html", commitment=one, row=shown.rows_of(one.plan, [one])[one.id])


@blueprint.route("/commitments/<uuid:commitment_id>/revise", methods=["GET", "POST"])
@permission("revise a commitment")
def revise(commitment_id: UUID) -> ResponseReturnValue:
    """The participant changes words, date or lead; what stood before is kept beside it."""
    one = _commitment(commitment_id)
    authorise(policy.may_revise(unit.viewer(), one, one.plan))
    form = ReviseForm(
        data=_terms(one), languages=shown.languages_of(one.plan.process),
        partners=shown.partner_choices(one.plan, one.participant_id),
    )  # fmt: skip
    if form.ready(one):
        with refusals(form):
            service.revise(
                unit.db(), unit.viewer(), one, words=shown.given(form.words), due_on=form.due_on.data,
                lead=form.lead.data, reason=in_words(form.reason, shown.language(), None),
                milestones=form.milestones.data, indicator=form.indicator.data, baseline=form.baseline.data,
                partners=shown.chosen_partners(form),
            )  # fmt: skip
            return done(_("Saved. The members read the new words; the earlier ones stand below."), _address(one))
    return shown_form(form, "plans/revise.html", commitment=one, acting=shown.acting_sentence(one.plan))


@blueprint.route("/commitments/<uuid:commitment_id>/reopen", methods=["GET", "POST"])
@permission("revise a commitment")
def reopen_milestones(commitment_id: UUID) -> ResponseReturnValue:
    """The participant says that milestones were marked as reached by mistake."""
    one = _commitment(commitment_id)
    authorise(policy.may_revise(unit.viewer(), one, one.plan))
    form = ReopenForm(reached=[(step.key, step) for step in one.milestones if not step.is_open])
    if form.ready():
        with refusals(form):
            reason = in_words(form.reason, shown.language(), None)
            service.reopen_milestones(unit.db(), unit.viewer(), one, form.reached.data or [], reason)
            return done(_("Saved. They are open again; the next of them is the day that is due."), _address(one))
    return shown_form(form, "plans/reopen.html", commitment=one, acting=shown.acting_sentence(one.plan))


def _terms(one: Commitment) -> dict[str, Any]:
    """What a commitment says, as the form to revise it holds it."""
    rows = queries.partners(unit.db(), [one.id]).get(one.id, [])
    known = [partner.row for partner in partners.shown(unit.db(), one.plan, rows)]
    terms = service.terms_of(one)
    said = {field.name: getattr(terms, field.name) for field in fields(terms)}
    return {**said, **shown.as_chosen(known), "version": one.version}


# --- progress -------------------------------------------------------------------------------------------------------


@blueprint.route("/commitments/<uuid:commitment_id>/report", methods=["GET", "POST"])
@permission("report progress")
@takes_files
def report(commitment_id: UUID) -> ResponseReturnValue:
    """The participant says where its commitment stands."""
    one = _commitment(commitment_id)
    authorise(policy.may_report(unit.viewer(), one, one.plan))
    seen = _said_so_far(one)
    form = update_form(one, data={"version": seen.version})
    if form.ready(seen if form.version.data else None):
        with refusals(form):
            return _reported(one, _report(one, form, None))
    return _update_page(form, one, None)


@blueprint.route("/updates/<uuid:update_id>/correct", methods=["GET", "POST"])
@permission("correct an update")
@takes_files
def correct(update_id: UUID) -> ResponseReturnValue:
    """A new entry in the place of an earlier one, which it points at; nothing is edited away."""
    update = found(queries.update_by_id(unit.db(), update_id))
    one = update.commitment
    authorise(policy.may_report(unit.viewer(), one, one.plan))
    shown.enter_plan(one.plan)
    form = update_form(one, data=as_said(update))
    if form.ready():
        with refusals(form):
            return _reported(one, _report(one, form, update))
    return _update_page(form, one, update)


def _said_so_far(one: Commitment) -> AsShown:
    """What was said of a commitment when its form was opened: who saves it in two tabs is told of the other."""
    return as_shown(
        one.version, *(part for last in queries.history(unit.db(), one.id)[:1] for part in (last.id, last.state))
    )


def update_form(one: Commitment, **given: Any) -> UpdateForm:
    """The form of an update, with the members and milestones that can be chosen in it."""
    return UpdateForm(
        members=shown.member_choices(one.plan, one.participant_id),
        open_milestones=[(step.key, step) for step in milestones.open_ones(one.milestones)],
        drafted=evidence.choices(queries.files_of_drafts(unit.db(), [one.id]).get(one.id, ())),
        **given,
    )


def _report(one: Commitment, form: UpdateForm, corrects: ProgressUpdate | None) -> ProgressUpdate:
    return service.report_progress(
        unit.db(), unit.viewer(), one, Status(form.status.data), form.step.data or "", language=shown.language(),
        correction_of=corrects, **said_beside(form),
    )  # fmt: skip


def said_beside(form: UpdateForm) -> dict[str, Any]:
    """What a form says beside status and step, as `service.report_progress` takes it."""
    return {
        "obstacle": form.obstacle.data or "",
        "support": form.support.data or "",
        "obstacle_for_members": form.obstacle_for_members.data,
        "support_for_members": form.support_for_members.data,
        "obstacle_to": [UUID(key) for key in form.obstacle_to.data or []],
        "support_to": [UUID(key) for key in form.support_to.data or []],
        "postponed_to": form.postponed_to.data,
        "helped": form.helped.data or "",
        "reached": form.reached.data or [] if form.reached else [],
        "what_changed": Change(form.what_changed.data) if form.what_changed.data else None,
        "evidence": links.lines(form.evidence.data),
        "files": evidence.taken_in(form),
        "drafted": [UUID(key) for key in form.drafted.data or []] if form.drafted else [],
    }


def _reported(one: Commitment, update: ProgressUpdate) -> ResponseReturnValue:
    name = shown.names(one.plan, [one.participant_id])[one.participant_id]
    said = _(
        "Saved. %(participant)s, %(number)s: %(status)s. The members read it now; the next report will say so.",
        participant=name,
        number=one.shown_number,
        status=str(STATUSES[update.status.value].words),
    )
    return done(said, _address(one))


def as_said(update: ProgressUpdate) -> dict[str, object]:
    """An update as the fields of its form."""
    beside = queries.beside(unit.db(), [update.id])[update.id]
    return {
        "status": update.status.value,
        "step": _words(update.step),
        "postponed_to": update.postponed_to,
        "what_changed": update.what_changed.value if update.what_changed else "",
        "obstacle": _words(beside.obstacle.words if beside.obstacle else None),
        "support": _words(beside.support.words if beside.support else None),
        "helped": _words(update.helped),
        "evidence": "\n".join(one.address for one in beside.evidence),
        **_as_opened("obstacle", beside.obstacle, update),
        **_as_opened("support", beside.support, update),
    }


def _as_opened(name: str, thing: Obstacle | SupportNeeded | None, update: ProgressUpdate) -> dict[str, object]:
    """To whom it is open now: a correction that says nothing else keeps the readers."""
    if thing is None or thing.own_label_id is None:
        return {f"{name}_for_members": thing is not None}
    named = {
        reader.id
        for clause in label_value(unit.db(), thing.own_label_id).clauses
        for reader in clause.audience
        if reader.kind is Named.PARTICIPANT
    }
    return {f"{name}_to": sorted(map(str, named - {update.commitment.participant_id}))}


def _words(text: LocalText | None) -> str:
    return local_text(text) if text else ""


def _update_page(form: UpdateForm, one: Commitment, corrects: ProgressUpdate | None) -> ResponseReturnValue:
    return shown_form(
        form, "plans/update.html", commitment=one, row=shown.rows_of(one.plan, [one])[one.id], corrects=corrects,
        acting=shown.acting_sentence(one.plan), drafts=queries.files_of_drafts(unit.db(), [one.id]).get(one.id, ()),
    )  # fmt: skip


@blueprint.route("/commitments/<uuid:commitment_id>/note", methods=["GET", "POST"])
@permission("note what was said in a call")
def note(commitment_id: UUID) -> ResponseReturnValue:
    """The secretariat writes down what it was told; it counts once the participant confirms it."""
    one = _commitment(commitment_id)
    authorise(policy.may_note(unit.viewer(), one, one.plan))
    form = NoteForm(open_milestones=[(step.key, step) for step in milestones.open_ones(one.milestones)])
    if form.ready():
        with refusals(form):
            service.note_progress(
                unit.db(), unit.viewer(), one, Status(form.status.data), form.step.data or "",
                language=shown.language(), after=NotedAfter(form.after.data), on=form.on.data,
                obstacle=form.obstacle.data or "", support=form.support.data or "", postponed_to=form.postponed_to.data,
                reached=form.reached.data or [] if form.reached else [],
            )  # fmt: skip
            return done(
                _("Noted. Until the participant confirms it, only it and the Secretariat read it."), _address(one)
            )
    return shown_form(form, "plans/note.html", commitment=one, row=shown.rows_of(one.plan, [one])[one.id])


@blueprint.route("/updates/<uuid:update_id>/confirm", methods=["GET", "POST"])
@permission("confirm what the secretariat noted")
def confirm(update_id: UUID) -> ResponseReturnValue:
    """The participant confirms a note of the secretariat, or goes on to correct it."""
    update = found(queries.update_by_id(unit.db(), update_id))
    one = update.commitment
    authorise(policy.may_confirm(unit.viewer(), one, one.plan, update.state))
    shown.enter_plan(one.plan)
    form = ConfirmForm()
    if form.ready():
        if form.answer.data == "correct":
            return done(_("Say below what it should be."), url_for("plans.correct", update_id=update.id), "attend")
        with refusals(form):
            service.confirm_note(unit.db(), unit.viewer(), update)
            return _reported(one, update)
    return shown_form(
        form, "plans/confirm.html", update=update, commitment=one, status=shown_as(update.status),
        note=queries.beside(unit.db(), [update.id])[update.id].note, acting=shown.acting_sentence(one.plan),
    )  # fmt: skip


def _commitment(commitment_id: UUID) -> Commitment:
    one = found(queries.commitment_by_id(unit.db(), commitment_id))
    shown.enter_plan(one.plan)
    return one


def _address(one: Commitment) -> str:
    return url_for("plans.commitment", commitment_id=one.id)


def _plan_address(one: Commitment) -> str:
    return url_for("plans.plan", plan_id=one.plan_id)
