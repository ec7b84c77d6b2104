"""Commands about documents: `flask --app wsgi documents ...`."""

from __future__ import annotations

import hashlib
from io import BufferedReader
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine, select

from config import Settings
from secretariat.core.session import Reason, system_unit
from secretariat.documents import service
from secretariat.documents.archives import NotListed
from secretariat.documents.models import DocumentFile
from secretariat.documents.storage import FileLost, StorageAway, storage_of

documents = AppGroup("documents", help="Documents: import old papers, check their files.")
_PIECE = 1024 * 1024


def _at_hand() -> tuple[Engine, Settings]:
    return current_app.extensions["engine"], current_app.extensions["settings"]


@documents.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("listing", metavar="LIST", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--process", "slug", required=True, help="The process, as in its address.")
@click.option("--track", default="government", show_default=True, help="The side the papers are of.")
def import_list(folder: Path, listing: Path, slug: str, track: str) -> None:
    """Bring in the papers of FOLDER that stand in LIST, a CSV or XLSX file.

    All or nothing for each row; what is there already is left alone, so that the same list can be given again after it
    was mended or interrupted. Ends with code 1 if a row was refused.
    """
    engine, settings = _at_hand()
    try:
        rows = service.rows_of(listing)
    except NotListed as problem:
        raise click.ClickException(str(problem)) from None
    done: dict[str, int] = {"added": 0, "there already": 0, "refused": 0}
    for place, row in enumerate(rows, start=1):
        found = service.bring_in(
            engine, storage_of(settings), (slug, track), folder, row, largest=settings.largest_document
        )
        done[found.outcome] += 1
        said = f"[{place}/{len(rows)}] line {row.number}, {row.file}: {found.outcome}"
        click.echo(f"{said}: {found.why}" if found.why else said, err=found.outcome == "refused")
    click.echo(", ".join(f"{number} {outcome}" for outcome, number in done.items()) + ".")
    if done["refused"]:
        raise SystemExit(1)


@documents.command()
def check() -> None:
    """Compare every file with its checksum. Ends with code 1 if one is lost or another than it was."""
    engine, settings = _at_hand()
    storage = storage_of(settings)
    with system_unit(engine, Reason.FILES, writes=False) as system:
        rows = system.execute(select(DocumentFile.id, DocumentFile.key, DocumentFile.sha256)).all()
    wrong = 0
    for row in rows:
        try:
            with storage.open(row.key) as file:
                same = hashlib.file_digest(cast("BufferedReader", file), "sha256").hexdigest() == row.sha256
        except (FileLost, StorageAway):
            same = False
        if not same:
            wrong += 1
            click.echo(f"file {row.id} ({row.key}) is lost or is not what it was", err=True)
    click.echo(f"{len(rows)} files, {wrong} lost or changed.")
    if wrong:
        raise SystemExit(1)
