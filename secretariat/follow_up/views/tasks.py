"""The officer's page of tasks: one's own, those of colleagues, and what was found and is to be seen to."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.follow_up import findings, policy, service, tasks
from secretariat.follow_up.task_forms import AwayForm, TaskForm, choices_of
from secretariat.follow_up.views import blueprint
from secretariat.follow_up.views.officer import kept
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.processes.models import Process, Track
from secretariat.processes.names import names_of


@blueprint.route("/processes/<slug>/follow-up/tasks", methods=["GET", "POST"])
@permission("keep tasks", policy.keeps_follow_up)
def task_list(slug: str) -> ResponseReturnValue:
    """The tasks of a track; a POST adds one."""
    process, track = kept(slug)
    on = clock.today(process.zone)
    colleagues = tasks.colleagues(unit.db(), process.id, track.id, on)
    form = TaskForm()
    form.holder.choices = [
        ("", _("I do it")), *choices_of(one for one in colleagues if one.person != unit.viewer().person)
    ]  # fmt: skip
    if form.ready():
        holder = UUID(form.holder.data) if form.holder.data else None
        try:
            tasks.add(unit.db(), unit.viewer(), process, track, form.words.data or "", form.due_on.data, holder)
        except Refused as refused:
            form.tell(refused)
        else:
            said = _("Given. It stands with your colleague, who accepts it or gives it back.") if holder else _("Kept.")
            return done(said, url_for("follow_up.task_list", slug=slug))
    open_ones = tasks.open_tasks(unit.db(), [track.id])
    away = tasks.absences(unit.db(), [track.id], on)
    things = service.open_things(unit.db(), process, track)
    found_here = findings.by_urgency(findings.findings(unit.db(), process, track, things))
    keepers = {one.person for one in colleagues}
    return shown(
        form,
        "follow_up/tasks.html",
        process=process,
        lists=tasks.lists_of(found(unit.viewer().person), open_ones, away, keepers, on),
        closed=tasks.closed_lately(unit.db(), track.id),
        away=away,
        called={one.person: one.name for one in colleagues},
        me=unit.viewer().person,
        findings=found_here,
        finding_words=findings.WORDS,
        names=names_of(unit.db(), [one.participant for one in found_here], process=process.id),
        track=track,
        today=on,
    )


@blueprint.post("/processes/<slug>/follow-up/tasks/<uuid:task_id>")
@permission("keep tasks", policy.keeps_follow_up)
def act_on_task(slug: str, task_id: UUID) -> ResponseReturnValue:
    """Done, accepted, given back or taken over."""
    _process, track = kept(slug)
    task = found(tasks.task_by_id(unit.db(), task_id))
    authorise(task.track_id == track.id)
    back = url_for("home.today") if request.form.get("from") == "home" else url_for("follow_up.task_list", slug=slug)
    if not Form().ready():
        return done(_("Nothing was changed; the page was out of date."), back, "attend")
    acts = {
        "accept": (tasks.accept, _("Yours now.")),
        "give back": (tasks.give_back, _("Given back.")),
        "take over": (tasks.take_over, _("Yours now.")),
    }
    act, said = acts.get(request.form.get("act", ""), (tasks.close, _("Done.")))
    try:
        act(unit.db(), unit.viewer(), task)
    except Refused as refused:
        return done(refused.sentence, back, "attend")
    return done(said, back)


@blueprint.route("/processes/<slug>/follow-up/away", methods=["GET", "POST"])
@permission("say that one is away", policy.keeps_follow_up)
def away(slug: str) -> ResponseReturnValue:
    """One is away: a colleague has the tasks meanwhile."""
    process, track = kept(slug)
    on = clock.today(process.zone)
    colleagues = tasks.colleagues(unit.db(), process.id, track.id, on)
    others = [one for one in colleagues if one.person != unit.viewer().person]
    said = next(
        (one for one in tasks.absences(unit.db(), [track.id], on) if one.person_id == unit.viewer().person), None
    )
    form = AwayForm(
        data={"since": said.since, "until": said.until, "stand_in": str(said.stand_in_id)} if said else {"since": on}
    )
    form.stand_in.choices = [("", ""), *choices_of(others)]
    if "back" in request.form and Form().ready():
        tasks.come_back(unit.db(), unit.viewer(), track)
        return done(_("Welcome back. Your tasks stand on your own desk again."), _list(process))
    if form.ready():
        try:
            _go(process, track, form)
        except Refused as refused:
            form.tell(refused)
        else:
            return done(_("Noted. Your tasks stand with your colleague meanwhile."), _list(process))
    return shown(form, "follow_up/away.html", process=process, said=said, others=others)


def _go(process: Process, track: Track, form: AwayForm) -> None:
    since, until = form.since.data or clock.today(), form.until.data or clock.today()
    tasks.go_away(unit.db(), unit.viewer(), process, track, since, until, UUID(form.stand_in.data))


def _list(process: Process) -> str:
    return url_for("follow_up.task_list", slug=process.slug)
