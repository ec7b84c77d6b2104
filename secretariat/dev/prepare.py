"""Makes the database ready for `make run`, in one process: migrations, reference data, the demonstration.

Each step is the command a person would type (`flask --app wsgi ...`), and does nothing where it was done before.
"""

import os
import sys

import click
from flask.cli import ScriptInfo

from config import settings_or_exit
from secretariat.dev import prepared

STEPS = (("db", "upgrade"), ("reference", "load"), ("demonstration", "load"))


def main() -> int:
    os.environ["FLASK_RUN_FROM_CLI"] = "true"
    from wsgi import app

    for step in STEPS:
        try:
            app.cli.main(list(step), prog_name="flask", obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)
        except click.ClickException as problem:
            problem.show()
            return problem.exit_code
    prepared.mark_done(settings_or_exit())
    return 0


if __name__ == "__main__":
    sys.exit(main())
