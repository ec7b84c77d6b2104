"""Commands about search: `flask --app wsgi search ...`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from secretariat.search import index

group = AppGroup("search", help="Search: write its index anew.")


@group.command()
def rebuild() -> None:
    """Write the entries of everything that is found anew, and take those of what is gone away.

    While it runs the product is used as always; what breaks off is gone on with by running it again.
    """
    engine = current_app.extensions["engine"]
    written, swept = index.bring_in(engine, anew=True), index.sweep(engine)
    click.echo(f"Entries written: {written}. Entries of what is gone, taken away: {swept}.")
