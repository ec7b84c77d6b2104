"""The product's web with one page beside it that costs as little as a page can: `gunicorn tests.benchmarks.floor:app`.

The page at `/floor` is a table of 60 rows from one SELECT, by the same server, template engine and database; that at
`/floor/hundred` one of a hundred. It knows no reader, filter, language or frame, and passes by everything the product
does around a request.
"""

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import Engine, select
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from config import settings_or_exit
from secretariat.core.database import table_of
from secretariat.processes.models import ParticipantName
from secretariat.web import create_app

ROWS, HUNDRED = 60, 100
TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Floor</title></head><body>
<table><thead><tr><th>Language</th><th>Name</th></tr></thead><tbody>
{% for row in rows %}<tr><th scope="row">{{ row.language }}</th><td>{{ row.name }}</td></tr>
{% endfor %}</tbody></table></body></html>
"""


def make_floor(product: Flask) -> Flask:
    """An application that is this one page, on the product's engine."""
    made = Flask("floor")
    made.jinja_loader = DictLoader({"floor.html": TEMPLATE})  # kept compiled, as the product's templates are
    names = table_of(ParticipantName)
    wanted = select(names.c.language, names.c.name).order_by(names.c.id)

    def table(number: int) -> str:
        engine: Engine = product.extensions["engine"]
        with engine.execution_options(writes=False).connect() as connection:
            rows = connection.execute(wanted.limit(number)).all()
        if len(rows) != number:
            raise LookupError(f"the floor needs {number} rows and found {len(rows)}")
        return render_template("floor.html", rows=rows)

    @made.get("/")
    def floor() -> str:
        return table(ROWS)

    @made.get("/hundred")
    def hundred() -> str:
        return table(HUNDRED)

    return made


app = create_app(settings_or_exit())
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/floor": make_floor(app)})  # type: ignore[method-assign]
