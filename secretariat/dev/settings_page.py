"""Writes docs/settings.md from `config.Settings`: `python -m secretariat.dev.settings_page > docs/settings.md`."""

from pydantic.fields import FieldInfo

from config import PROJECT_ROOT, Settings

HEAD = """# Settings

An installation is told what it needs by environment variables. None is needed to try the product: `make run` works
without any. A missing or wrong one stops every process at start, with exit code 2, its name, the reason and an example.

This page is written by `python -m secretariat.dev.settings_page > docs/settings.md`; a test compares the two.

| Setting | Without it | What it is | Example |
|---|---|---|---|
"""


def settings_page() -> str:
    return HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    example = f"`{name.upper()}={(field.examples or [''])[0]}`"
    return f"| `{name.upper()}` | {_default(field)} | {field.description} | {example} |\n"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value in ("", None):
        return "see the next column" if "Without it" in (field.description or "") else "nothing"
    if isinstance(value, tuple):
        return f"`{','.join(value)}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{str(value).replace(str(PROJECT_ROOT) + '/', '')}`"


if __name__ == "__main__":
    print(settings_page(), end="")
