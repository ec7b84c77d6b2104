import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import PROJECT_ROOT, SettingsError, load_settings
from secretariat.dev.settings_page import settings_page

PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 40,
    "BASE_URL": "https://secretariat.example.org/",
    "MAIL_SENDER": "secretariat@example.org",
}


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return PRODUCTION | {"DATA_ROOT": str(tmp_path)}


def problem(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ)
    return str(caught.value)


def test_nothing_set_gives_an_embedded_installation_of_this_machine(tmp_path: Path) -> None:
    settings = load_settings({"DATA_ROOT": str(tmp_path)})

    assert settings.environment == "development"
    assert settings.database_url == f"sqlite:///{tmp_path}/secretariat.sqlite3"
    assert settings.broker_url == "filesystem://"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.languages == ("en", "es", "fr", "ar")


def test_own_address_follows_the_port(tmp_path: Path) -> None:
    assert load_settings({"DATA_ROOT": str(tmp_path), "PORT": "5123"}).base_url == "http://127.0.0.1:5123"


def test_an_empty_setting_counts_as_not_set(tmp_path: Path) -> None:
    assert load_settings({"DATA_ROOT": str(tmp_path), "DATABASE_URL": " "}).on_sqlite


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_gets_its_driver(tmp_path: Path, scheme: str) -> None:
    settings = load_settings({"DATA_ROOT": str(tmp_path), "DATABASE_URL": f"{scheme}://a:b@127.0.0.1/c"})

    assert settings.database_url == "postgresql+psycopg://a:b@127.0.0.1/c"


def test_development_keeps_one_random_secret_for_its_owner_alone(tmp_path: Path) -> None:
    root = tmp_path / "data"
    first = load_settings({"DATA_ROOT": str(root)}).secret_key
    second = load_settings({"DATA_ROOT": str(root)}).secret_key

    assert first == second
    assert len(first) >= 48
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert stat.S_IMODE((root / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in root.iterdir()] == ["secret_key"]


def test_production_starts_with_what_it_needs(production: dict[str, str]) -> None:
    settings = load_settings(production)

    assert settings.in_production
    assert settings.base_url == "https://secretariat.example.org"


@pytest.mark.parametrize("name", ["SECRET_KEY", "BASE_URL", "MAIL_SENDER"])
def test_production_names_what_is_missing(production: dict[str, str], name: str) -> None:
    del production[name]

    assert problem(production).startswith(f"{name}: is missing; production needs it. Example: {name}=")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "short", "is shorter than 32 characters"),
        ("BASE_URL", "http://secretariat.example.org", "does not begin with https://; production needs it"),
        ("CLOCK_OFFSET_FILE", "offset", "is refused in production; take it away"),
    ],
)
def test_production_refuses(production: dict[str, str], name: str, value: str, reason: str) -> None:
    assert problem(production | {name: value}).startswith(f"{name}: {reason}.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENVIRONMENT", "staging"),
        ("DATABASE_URL", "mysql://127.0.0.1/secretariat"),
        ("DATABASE_URL", "secretariat.sqlite3"),
        ("BROKER_URL", "sqla+sqlite:///broker"),
        ("BASE_URL", "secretariat"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("LANGUAGES", "en,de"),
        ("MAIL_SENDER", "secretariat"),
        ("MAIL_STARTTLS", "perhaps"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_named_with_an_example_on_one_line(tmp_path: Path, name: str, value: str) -> None:
    told = problem({"DATA_ROOT": str(tmp_path), name: value})

    assert told.startswith(f"{name}: ")
    assert f"Example: {name}=" in told
    assert "\n" not in told


def test_every_wrong_setting_is_told_at_once(tmp_path: Path) -> None:
    told = problem({"DATA_ROOT": str(tmp_path), "PORT": "x", "LANGUAGES": "xx"})

    assert sorted(line.split(":")[0] for line in told.splitlines()) == ["LANGUAGES", "PORT"]


@pytest.mark.parametrize(("name", "value"), [("BASE_URL", "http://10.0.0.7:8000"), ("LISTEN", "0.0.0.0")])
def test_development_answers_on_this_machine_only(tmp_path: Path, name: str, value: str) -> None:
    assert problem({"DATA_ROOT": str(tmp_path), name: value}).startswith(f"{name}: ")


def test_messages_and_representation_hold_no_secret(production: dict[str, str]) -> None:
    hidden = production | {
        "DATABASE_URL": "postgresql://a:hunter2@127.0.0.1/c",
        "MAIL_USERNAME": "a",
        "MAIL_PASSWORD": "hunter2",
    }

    assert "hunter2" not in repr(load_settings(hidden))
    assert "kkkk" not in repr(load_settings(hidden))
    assert "hunter2" not in problem(hidden | {"DATABASE_URL": "mysql://a:hunter2@127.0.0.1/c"})


def test_a_wrong_setting_ends_a_process_with_its_message_alone(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from config import settings_or_exit; settings_or_exit()"],
        cwd=PROJECT_ROOT,
        env={"PATH": os.environ["PATH"], "DATA_ROOT": str(tmp_path), "PORT": "x"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("PORT: ")
    assert len(ended.stderr.splitlines()) == 1


def test_the_page_of_settings_says_what_the_code_says() -> None:
    assert (PROJECT_ROOT / "docs" / "settings.md").read_text() == settings_page()
