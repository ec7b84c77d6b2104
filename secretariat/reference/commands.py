"""Commands for reference data: `flask --app wsgi reference load`, `flask --app wsgi reference check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine

from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.reference import queries

if TYPE_CHECKING:
    from secretariat.reference import loader

reference = AppGroup("reference", help="Reference data: load, check.")


def _engine() -> Engine:
    found: Engine = current_app.extensions["engine"]
    return found


@reference.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def load(paths: tuple[Path, ...]) -> None:
    """Load reference files, or folders of them; without PATHS those that come with the product.

    All or nothing per file. A second load changes nothing and says so. Ends with code 1 if a file was refused.
    """
    from secretariat.reference import loader  # its schema takes long to make, and the web has no use for it

    files = [file for path in paths for file in (loader.files_in(path) if path.is_dir() else [path])]
    if paths and not files:
        raise click.ClickException("there are no .yaml files in what was named")
    files = files or loader.shipped_files()
    reports = []
    for number, file in enumerate(files, start=1):
        report = loader.load(_engine(), file)
        reports.append(report)
        _tell(report, f"[{number}/{len(files)}] " if len(files) > 1 else "")
    refused = sum(bool(report.problem) for report in reports)
    unchanged = sum(report.unchanged for report in reports)
    click.echo(f"{len(reports) - refused - unchanged} loaded, {unchanged} unchanged, {refused} refused.")
    if refused:
        raise SystemExit(1)


def _tell(report: loader.Report, place: str) -> None:
    name = str(report.path)
    if report.problem:
        click.echo(f"{place}{name}: refused, nothing of it was stored.", err=True)
        for line in report.problem.splitlines():
            click.echo(f"  {name}: {line}", err=True)
        return
    for warning in report.warnings if not report.unchanged else ():
        click.echo(f"  {report.path.name}: {warning}", err=True)
    said = []
    if report.added:
        said.append(f"{report.added} added")
    if report.changed:
        said.append(f"{report.changed} changed")
    if report.kept:
        said.append(f"{report.kept} no longer named and kept")
    click.echo(f"{place}{report.path.name}: {', '.join(said) if said else 'unchanged'}")


@reference.command()
def check() -> None:
    """Say how much is stored of each process: one line a process."""
    with system_unit(_engine(), Reason.REFERENCE, writes=False) as session:
        counts = queries.process_counts(session, clock.today())
    for one in counts:
        click.echo(one.line())
    if not counts:
        click.echo("No process is stored. Run: flask --app wsgi reference load", err=True)
        raise SystemExit(1)
