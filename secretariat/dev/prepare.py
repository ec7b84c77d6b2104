"""Makes the database ready for `make run`, in one process: migrations, reference data, the demonstration.

Each step is the command a person would type (`flask --app wsgi ...`), and does nothing where it was done before.
"""

import os

from flask.cli import ScriptInfo

from config import settings_or_exit

STEPS = (("db", "upgrade"),)


def main() -> None:
    settings = settings_or_exit()
    os.environ["FLASK_RUN_FROM_CLI"] = "true"
    from secretariat.web import create_app

    app = create_app(settings)
    for step in STEPS:
        app.cli.main(list(step), prog_name="flask", obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)


if __name__ == "__main__":
    main()
