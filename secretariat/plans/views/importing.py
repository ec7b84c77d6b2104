"""A table is brought into a plan: sent, its columns chosen, looked at row by row, confirmed; and taken back."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.pages import lists, unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.pages.uploads import UploadField, takes_files
from secretariat.plans import import_queries, partners, policy, queries
from secretariat.plans.exchange import columns
from secretariat.plans.exchange import shape as shapes
from secretariat.plans.exchange.shape import Shape
from secretariat.plans.import_forms import TableForm, names_form, shape_form
from secretariat.plans.import_models import ImportState, PlanImport
from secretariat.plans.import_words import STATE
from secretariat.plans.service import importing, undoing
from secretariat.plans.views import blueprint, shown

VIEWS = ("mend", "notes", "rows")


@blueprint.route("/plans/<uuid:plan_id>/imports", methods=["GET", "POST"])
@permission("bring a table into a plan")
@takes_files
def imports(plan_id: UUID) -> ResponseReturnValue:
    """A table to be looked at, and those there were."""
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_propose(unit.viewer(), plan))
    shown.enter_plan(plan)
    form = TableForm()
    if form.ready():
        with refusals(form):
            name, content = _sent(form)
            made = importing.look_at(unit.db(), plan, name, content, shown.languages_of(plan.process))
            return done(
                _("Read. Look at what stands in each column; nothing is in the plan before you confirm it."),
                _at("plans.import_columns", made),
            )
    return shown_form(
        form, "plans/imports.html", plan=plan, imports=import_queries.imports_of(unit.db(), plan.id),
        states=STATE, most_mb=importing.MOST_BYTES // 1_000_000,
    )  # fmt: skip


def _sent(form: TableForm) -> tuple[str, bytes]:
    field = cast("UploadField", form["table"])
    assert field.data is not None
    if field.sent > importing.MOST_BYTES:
        most = importing.MOST_BYTES // 1_000_000
        raise Refused(_("This file is larger than %(most)s MB, which no plan of action is.", most=most), "table")
    field.data.stream.seek(0)
    return field.data.filename or "", field.data.stream.read()


@blueprint.get("/plans/<uuid:plan_id>/imports/<uuid:import_id>")
@permission("bring a table into a plan")
def import_table(plan_id: UUID, import_id: UUID) -> ResponseReturnValue:
    """One table: what would come in and what is to be mended; how far it is; what came in, and what was taken back."""
    one = _the_import(plan_id, import_id)
    if one.state is ImportState.LOOKED_AT:
        return _preview(one)
    is_undone = one.state is ImportState.UNDONE
    stayed = undoing.stayed(unit.db(), one) if is_undone else []
    return render_template(
        "plans/import_done.html",
        one=one,
        plan=one.plan,
        stuck=importing.is_stuck(unit.db(), one),
        stayed=stayed[: lists.ROWS],
        number_stayed=len(stayed),
        why=undoing.WHY,
        names=shown.names(one.plan, [getattr(thing, "participant_id", None) for thing, _why in stayed]),
        state=STATE[one.state],
        new_nonce=lambda: Form(formdata=None).nonce.data,
    )


def _preview(one: PlanImport, form: Any = None) -> ResponseReturnValue:
    db, chosen = unit.db(), Shape.from_json(one.shape)
    looked = importing.looked(db, one)
    wrong, noted = looked.wrong, looked.noted
    by_view = {"mend": wrong, "notes": noted, "rows": looked.rows}
    view = next((name for name in VIEWS if name == request.args.get("show", "")), "mend" if wrong else "rows")
    pages = lists.pages_of(len(by_view[view]))
    rows = by_view[view][pages.offset : pages.offset + pages.rows]
    called = shown.names(one.plan, [*looked.participants, *_partners(rows)])
    asks = names_form(looked.unknown, chosen.names, shown.participant_choices(one.plan)) if looked.unknown else None
    return shown_form(
        form or Form(formdata=None),
        "plans/import_preview.html",
        one=one,
        plan=one.plan,
        looked=looked,
        shape=chosen,
        view=view,
        views=[
            (_("To be mended"), lists.here_with(show="mend"), len(wrong)),
            (_("Taken so"), lists.here_with(show="notes"), len(noted)),
            (_("All rows"), lists.here_with(show="rows"), len(looked.rows)),
        ],
        rows=rows,
        pages=pages,
        names=called,
        networks=partners.networks(db, one.plan),
        asks=asks,
        not_taken=sorted({name for row in looked.rows for name in row.row.not_taken}),
        columns=columns.COLUMNS,
        has_changed=bool(one.became.get("changed")),
        new_nonce=lambda: Form(formdata=None).nonce.data,
    )


def _partners(rows: Any) -> list[UUID | None]:
    return [one.participant for row in rows for wanted in row.wanted for one in wanted.partners]


@blueprint.route("/plans/<uuid:plan_id>/imports/<uuid:import_id>/columns", methods=["GET", "POST"])
@permission("bring a table into a plan")
def import_columns(plan_id: UUID, import_id: UUID) -> ResponseReturnValue:
    """Which sheet, which headings, and what stands in each column."""
    one = _waiting(plan_id, import_id)
    db, chosen = unit.db(), Shape.from_json(one.shape)
    book, languages = importing.book_of(db, one), shown.languages_of(one.process)
    form = shape_form(book, chosen, languages)
    if form.ready():
        given = form.shape(chosen.names)
        with refusals(form):
            if (given.sheet, given.heading) != (chosen.sheet, chosen.heading):
                habit = importing.habit_of(db, one.plan)
                anew = shapes.guess(book, habit, languages, sheet=given.sheet, heading=given.heading)
                importing.choose(db, one, anew)
                return done(_("Read anew. Look at what stands in each column."), _at("plans.import_columns", one))
            if form.is_double():
                raise Refused(_("“%(column)s” is chosen for two columns.", column=form.is_double()))
            importing.choose(db, one, given)
            return done(_("Read so. The next table of this process is read alike."), _at("plans.import_table", one))
    return shown_form(form, "plans/import_columns.html", one=one, plan=one.plan)


@blueprint.post("/plans/<uuid:plan_id>/imports/<uuid:import_id>/names")
@permission("bring a table into a plan")
def import_names(plan_id: UUID, import_id: UUID) -> ResponseReturnValue:
    """Who is meant by names nobody has here."""
    one = _waiting(plan_id, import_id)
    chosen, unknown = Shape.from_json(one.shape), importing.looked(unit.db(), one).unknown
    form = names_form(unknown, chosen.names, shown.participant_choices(one.plan))
    if form.ready():
        importing.answer(unit.db(), one, form.answers)
        return done(_("Saved. The next table of this process is read alike."), _at("plans.import_table", one))
    return _preview(one, form)


@blueprint.post("/plans/<uuid:plan_id>/imports/<uuid:import_id>/confirm")
@permission("bring a table into a plan")
def confirm_import(plan_id: UUID, import_id: UUID) -> ResponseReturnValue:
    """Bring all of it in."""
    one, form = _the_import(plan_id, import_id), Form()
    authorise(policy.may_propose(unit.viewer(), one.plan))
    if one.state is ImportState.LOOKED_AT and form.ready():
        try:
            importing.confirm(unit.db(), one)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(
                _("Confirmed. It comes in as a whole; you may leave this page."), _at("plans.import_table", one)
            )
        return _preview(one, form)
    return done(_("This table is confirmed already; nothing was done twice."), _at("plans.import_table", one))


@blueprint.post("/plans/<uuid:plan_id>/imports/<uuid:import_id>/throw-away")
@permission("bring a table into a plan")
def throw_import_away(plan_id: UUID, import_id: UUID) -> ResponseReturnValue:
    """Not go on with a table that is not in."""
    one = _waiting(plan_id, import_id)
    importing.throw_away(unit.db(), one)
    return done(_("Thrown away; nothing of it is in the plan."), url_for("plans.imports", plan_id=plan_id))


@blueprint.post("/plans/<uuid:plan_id>/imports/<uuid:import_id>/go-on")
@permission("bring a table into a plan")
def go_on_with_import(plan_id: UUID, import_id: UUID) -> ResponseReturnValue:
    """Ask anew for what was interrupted."""
    one = _the_import(plan_id, import_id)
    authorise(one.state in (ImportState.CONFIRMED, ImportState.UNDOING))
    importing.go_on(unit.db(), one, undoing.WORK if one.state is ImportState.UNDOING else importing.WORK)
    return done(_("It is done anew; nothing is done twice."), _at("plans.import_table", one))


@blueprint.route("/plans/<uuid:plan_id>/imports/<uuid:import_id>/undo", methods=["GET", "POST"])
@permission("bring a table into a plan")
def undo_import(plan_id: UUID, import_id: UUID) -> ResponseReturnValue:
    """Take back what came in, as far as nobody has answered or changed it; asks on a page of its own."""
    one = _the_import(plan_id, import_id)
    authorise(one.state is ImportState.DONE)
    form = Form()
    if form.ready():
        with refusals(form):
            undoing.undo(unit.db(), one)
            return done(_("It is being taken back; you may leave this page."), _at("plans.import_table", one))
    would = undoing.undoing(unit.db(), one)
    return shown_form(
        form,
        "plans/import_undo.html",
        one=one,
        plan=one.plan,
        would=would,
        stay=would.stay[: lists.ROWS],
        why=undoing.WHY,
        names=shown.names(one.plan, [getattr(thing, "participant_id", None) for thing, _why in would.stay]),
    )


def _the_import(plan_id: UUID, import_id: UUID) -> PlanImport:
    one = found(import_queries.import_by_id(unit.db(), import_id))
    found(one if one.plan_id == plan_id else None)
    authorise(policy.may_keep(unit.viewer(), one.plan))
    shown.enter_plan(one.plan)
    return one


def _waiting(plan_id: UUID, import_id: UUID) -> PlanImport:
    one = _the_import(plan_id, import_id)
    authorise(one.state is ImportState.LOOKED_AT and policy.may_propose(unit.viewer(), one.plan))
    return one


def _at(endpoint: str, one: PlanImport) -> str:
    return url_for(endpoint, plan_id=one.plan_id, import_id=one.id)
