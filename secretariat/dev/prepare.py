"""Makes the database ready for `make run`, in one process: migrations, reference data, the demonstration.

Each step is the command a person would type (`flask --app wsgi ...`), and does nothing where it was done before.
"""

import os

from flask.cli import ScriptInfo

from config import settings_or_exit
from secretariat.dev import prepared

STEPS = (("db", "upgrade"), ("reference", "load"), ("demonstration", "load"))


def main() -> None:
    os.environ["FLASK_RUN_FROM_CLI"] = "true"
    from wsgi import app

    for step in STEPS:
        app.cli.main(list(step), prog_name="flask", obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)
    prepared.mark_done(settings_or_exit())


if __name__ == "__main__":
    main()
