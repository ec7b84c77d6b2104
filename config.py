"""Settings of an installation, read from environment variables.

Every field of `Settings` is the environment variable of the same name in capitals. `docs/settings.md` lists them all;
`tests/unit/test_settings.py` fails when that page lags behind.
"""

import os
import re
import secrets
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})
SUPPORTED_LANGUAGES = ("en", "es", "fr", "ar")
SHORTEST_SECRET = 32
EMBEDDED_BROKER = "filesystem://"
POSTGRESQL_DRIVER = "postgresql+psycopg"

_BROKER_SCHEMES = frozenset({"filesystem", "redis", "rediss", "amqp", "amqps", "pyamqp"})
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_MISSING = "is missing"


class SettingsError(Exception):
    """A setting is missing or wrong. The message is for a person: it names the setting, says why, gives an example."""


class Settings(BaseSettings):
    """What an installation is told from outside. Immutable: a change of settings is a restart."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, validate_default=True)

    environment: Literal["development", "production", "test"] = Field(
        default="development",
        description="How strict the installation is. `production` needs SECRET_KEY, BASE_URL and MAIL_SENDER, "
        "and refuses everything made for development; `development` answers on this machine only.",
        examples=["production"],
    )
    data_root: Path = Field(
        default=PROJECT_ROOT / "var",
        description="Folder for everything the product stores in files: the embedded database, the embedded broker, "
        "documents, the mailbox of development. Created for its owner alone.",
        examples=["/srv/secretariat"],
    )
    documents_root: Path | None = Field(
        default=None,
        description="Folder for the files of documents. Without it DATA_ROOT/documents. Backed up together with the "
        "database, and as confidential as the heaviest paper in it.",
        examples=["/srv/secretariat-documents"],
    )
    documents_bucket: str = Field(
        default="",
        pattern=r"^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$",
        description="Bucket of S3-compatible storage for the files of documents, instead of a folder; of this "
        "installation alone, and open to nobody else. Needs the packages of requirements/s3.lock.",
        examples=["secretariat-documents"],
    )
    documents_endpoint: str = Field(
        default="",
        description="Address of the storage that has the bucket, where it is not Amazon's.",
        examples=["https://s3.example.org"],
    )
    documents_region: str = Field(default="", description="Region of the bucket.", examples=["eu-central-1"])
    documents_access_key: str = Field(
        default="",
        repr=False,
        description="Name under which the bucket is opened. Without it the machine's own, as boto3 finds it.",
        examples=["the access key"],
    )
    documents_secret_key: str = Field(
        default="", repr=False, description="Secret for DOCUMENTS_ACCESS_KEY.", examples=["the secret key"]
    )
    largest_document_mb: int = Field(
        default=25,
        ge=1,
        le=500,
        description="Size of the largest file of a document, in megabytes (of a million bytes).",
        examples=["50"],
    )
    database_url: str = Field(
        default="",
        repr=False,
        description="The database, as its owner: PostgreSQL, or SQLite. Without it an SQLite file in DATA_ROOT.",
        examples=["postgresql://secretariat@127.0.0.1/secretariat"],
    )
    database_role: str = Field(
        default="secretariat_app",
        pattern=r"^[a-z_][a-z0-9_]{0,62}$",
        description="On PostgreSQL, the role the product works under, bound by row-level security; made by "
        "`flask --app wsgi db roles`. SQLite has no roles.",
        examples=["secretariat_app"],
    )
    secret_key: str = Field(
        default="",
        repr=False,
        description=f"Signs sessions and forms; at least {SHORTEST_SECRET} characters nobody can guess. "
        "Without it development keeps a random one in DATA_ROOT/secret_key; production needs it.",
        examples=["$(python3 -c 'import secrets; print(secrets.token_urlsafe(48))')"],
    )
    broker_url: str = Field(
        default=EMBEDDED_BROKER,
        repr=False,
        description="Where the web tells the worker that there is something to do: Redis, RabbitMQ, or "
        "`filesystem://`, which needs no server and keeps its folders in DATA_ROOT/broker.",
        examples=["redis://127.0.0.1:6379/0"],
    )
    metrics_token: str = Field(
        default="",
        repr=False,
        description="Token with which `/metrics` is read (`Authorization: Bearer ...`). Without it there is no such "
        "page.",
        examples=["$(python3 -c 'import secrets; print(secrets.token_urlsafe(32))')"],
    )
    base_url: str = Field(
        default="",
        description="The address people reach the product at, as it stands in mails. "
        "Without it `http://127.0.0.1:PORT`; production needs it, with https.",
        examples=["https://secretariat.example.org"],
    )
    port: int = Field(
        default=8000,
        ge=1,
        le=65535,
        description="Port the web server listens on.",
        examples=["8000"],
    )
    listen: str = Field(
        default="127.0.0.1",
        description="Address the web server listens on; anything but this machine's own is for production.",
        examples=["127.0.0.1"],
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="How many reverse proxies stand before the web server; as many entries of "
        "X-Forwarded-For are believed.",
        examples=["1"],
    )
    web_processes: int = Field(default=2, ge=1, le=64, description="Processes of the web server.", examples=["2"])
    web_threads: int = Field(default=4, ge=1, le=64, description="Threads of each web process.", examples=["4"])
    worker_processes: int = Field(default=1, ge=1, le=64, description="Processes of the worker.", examples=["2"])
    mail_host: str = Field(
        default="127.0.0.1",
        description="Relay that takes outgoing mail by SMTP.",
        examples=["smtp.example.org"],
    )
    mail_port: int = Field(default=1025, ge=1, le=65535, description="Port of the relay.", examples=["587"])
    mail_username: str = Field(
        default="", description="Name to sign in to the relay with, if it asks.", examples=["secretariat"]
    )
    mail_password: str = Field(
        default="", repr=False, description="Password for MAIL_USERNAME.", examples=["the relay's password"]
    )
    mail_starttls: bool = Field(
        default=False,
        description="Whether the connection to the relay must be encrypted by STARTTLS.",
        examples=["true"],
    )
    mail_sender: str = Field(
        default="secretariat@localhost",
        description="Address mails are sent from; production needs it.",
        examples=["secretariat@example.org"],
    )
    mail_timeout_seconds: float = Field(
        default=60,
        gt=0,
        le=600,
        description="How long the relay may take to answer before the connection is given up.",
        examples=["60"],
    )
    mail_lease_seconds: float = Field(
        default=900,
        gt=0,
        description="How long a mail belongs to the worker that has begun to hand it over. Longer than the relay waits "
        "for a silent client (Postfix: smtpd_timeout, 300), so that nobody else takes it up while it can still arrive.",
        examples=["900"],
    )
    mail_evidence_log: Path | None = Field(
        default=None,
        description="The log of a relay on this machine, as Postfix writes it. A mail in doubt after a crash is looked "
        "up there before it is sent again; without it, it is held and shown.",
        examples=["/var/log/mail.log"],
    )
    inbox_address: str = Field(
        default="",
        description="Address of a mailbox in which answers to mails are read. Each track is answered at this address "
        "with a token behind a plus sign (`replies+token@...`), which the mail server must put into the same mailbox "
        "(RFC 5233; Postfix: recipient_delimiter = +). Without it nobody can answer by mail.",
        examples=["replies@secretariat.example.org"],
    )
    inbox_host: str = Field(
        default="", description="Server on which that mailbox is read by IMAP.", examples=["imap.example.org"]
    )
    inbox_port: int = Field(default=993, ge=1, le=65535, description="Its port.", examples=["993"])
    inbox_tls: bool = Field(
        default=True,
        description="Whether the connection is encrypted from its beginning; anything else is for this machine alone.",
        examples=["true"],
    )
    inbox_username: str = Field(default="", description="Name under which the mailbox is opened.", examples=["replies"])
    inbox_password: str = Field(
        default="", repr=False, description="Password for INBOX_USERNAME.", examples=["the mailbox's password"]
    )
    inbox_folder: str = Field(
        default="INBOX",
        pattern=r'^[^"\\\x00-\x1f]{1,120}$',
        description="Folder of the mailbox that is read.",
        examples=["INBOX"],
    )
    demonstration: bool = Field(
        default=False,
        description="Whether this installation shows invented content; every page then says so.",
        examples=["true"],
    )
    languages: Annotated[tuple[str, ...], NoDecode] = Field(
        default=SUPPORTED_LANGUAGES,
        description="Languages people can choose, separated by commas; the first is the one used when none is known.",
        examples=["es,en"],
    )
    clock_offset_file: Path | None = Field(
        default=None,
        description="A file with a number of seconds by which the product's clock is moved, to try out "
        "what comes later. Refused in production.",
        examples=["var/clock_offset"],
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much is written to the log.", examples=["info"]
    )

    @field_validator("data_root", "documents_root", "clock_offset_file", "mail_evidence_log")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().resolve() if value is not None else None

    @field_validator("environment", "log_level", mode="before")
    @classmethod
    def _lower_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value:
            return value
        scheme, separator, rest = value.partition("://")
        if separator and scheme in ("postgres", "postgresql", POSTGRESQL_DRIVER):
            return f"{POSTGRESQL_DRIVER}://{rest}"
        if separator and scheme in ("sqlite", "sqlite+pysqlite"):
            return value
        raise ValueError("is neither PostgreSQL nor SQLite")

    @field_validator("broker_url")
    @classmethod
    def _known_broker(cls, value: str) -> str:
        scheme, separator, _ = value.partition("://")
        if not separator or scheme not in _BROKER_SCHEMES:
            raise ValueError("is neither Redis, RabbitMQ nor filesystem://")
        return EMBEDDED_BROKER if scheme == "filesystem" else value

    @field_validator("base_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("is not the address of a web site")
        return value.rstrip("/")

    @field_validator("mail_sender", "inbox_address")
    @classmethod
    def _mail_address(cls, value: str, told: ValidationInfo) -> str:
        if not value and told.field_name == "inbox_address":
            return value
        if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value):
            raise ValueError("is not a mail address")
        return value

    @field_validator("languages", mode="before")
    @classmethod
    def _language_list(cls, value: object) -> object:
        if isinstance(value, str):
            value = tuple(part.strip() for part in value.split(",") if part.strip())
        if isinstance(value, tuple) and not value:
            raise ValueError("names no language")
        for tag in value if isinstance(value, tuple) else ():
            if not _LANGUAGE_TAG.fullmatch(tag) or tag not in SUPPORTED_LANGUAGES:
                raise ValueError(f"names {tag!r}; there are {', '.join(SUPPORTED_LANGUAGES)}")
        return value

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: Any) -> Any:
        """Defaults that follow from other settings. What is still empty afterwards is refused by `_fit_together`."""
        values = dict(given)
        data_root = Path(values.get("data_root") or cls.model_fields["data_root"].default).expanduser().resolve()
        values["database_url"] = values.get("database_url") or f"sqlite:///{data_root / 'secretariat.sqlite3'}"
        if str(values.get("environment", "")).strip().lower() != "production":
            values["base_url"] = values.get("base_url") or f"http://127.0.0.1:{values.get('port') or 8000}"
        return values

    @model_validator(mode="after")
    def _fit_together(self) -> "Settings":
        if self.in_production:
            self._refuse_outside_production()
        elif self.environment == "development":
            self._refuse_strangers()
        if self.documents_bucket:
            self._refuse_half_a_bucket()
        self._refuse_half_a_mailbox()
        if self.mail_password and not self.mail_username:
            raise _problem("mail_username", f"{_MISSING} while MAIL_PASSWORD is set")
        return self

    @property
    def reads_answers(self) -> bool:
        """Whether answers by mail are read."""
        return bool(self.inbox_address)

    def _refuse_half_a_mailbox(self) -> None:
        """An address people answer to and a mailbox that is read belong together; nobody listens in on the way."""
        given = {"inbox_address": self.inbox_address, "inbox_host": self.inbox_host}
        if any(given.values()):
            for name, value in (given | {"inbox_username": self.inbox_username}).items():
                if not value:
                    raise _problem(name, f"{_MISSING} while answers by mail are to be read")
            if not self.inbox_tls and self.inbox_host not in LOOPBACK_HOSTS:
                raise _problem("inbox_tls", "is off, and the mailbox is on another machine", example=False)

    def _refuse_half_a_bucket(self) -> None:
        """One place for files, an address nobody listens in on, both halves of a key, and the library that opens it."""
        if self.documents_root is not None:
            raise _problem(
                "documents_root", "names a folder while DOCUMENTS_BUCKET names a bucket; take one of them away",
                example=False,
            )  # fmt: skip
        parts = urlsplit(self.documents_endpoint)
        if self.documents_endpoint and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise _problem("documents_endpoint", "is not the address of a storage")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK_HOSTS:
            raise _problem("documents_endpoint", "does not begin with https://, and files would travel in the open")
        if bool(self.documents_access_key) != bool(self.documents_secret_key):
            name = "documents_secret_key" if self.documents_access_key else "documents_access_key"
            raise _problem(name, f"{_MISSING}; the name and the secret of a key belong together")
        if find_spec("boto3") is None:
            raise _problem(
                "documents_bucket", "needs boto3: pip install --require-hashes -r requirements/s3.lock", example=False
            )

    def _refuse_outside_production(self) -> None:
        if not self.secret_key:
            raise _problem("secret_key", f"{_MISSING}; production needs it")
        if len(self.secret_key) < SHORTEST_SECRET:
            raise _problem("secret_key", f"is shorter than {SHORTEST_SECRET} characters")
        if not self.base_url:
            raise _problem("base_url", f"{_MISSING}; production needs it")
        if not self.base_url.startswith("https://"):
            raise _problem("base_url", "does not begin with https://; production needs it")
        if "mail_sender" not in self.model_fields_set:
            raise _problem("mail_sender", f"{_MISSING}; production needs it")
        if self.clock_offset_file is not None:
            raise _problem("clock_offset_file", "is refused in production; take it away", example=False)

    def _refuse_strangers(self) -> None:
        """Development shows its mailbox to whoever asks, so it must answer on this machine only."""
        if urlsplit(self.base_url).hostname not in LOOPBACK_HOSTS:
            raise _problem(
                "base_url",
                "names another machine while ENVIRONMENT is development, which answers on this one only; "
                "set ENVIRONMENT=production, or take BASE_URL away",
                example=False,
            )
        if self.listen not in LOOPBACK_HOSTS:
            raise _problem("listen", "opens development to other machines; set ENVIRONMENT=production for that")

    @property
    def in_production(self) -> bool:
        return self.environment == "production"

    @property
    def in_development(self) -> bool:
        return self.environment == "development"

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def role_of_database(self) -> str | None:
        """The role under which the product works; None where the database has no roles."""
        return None if self.on_sqlite else self.database_role

    @property
    def largest_document(self) -> int:
        """Bytes the file of a document may have."""
        return self.largest_document_mb * 1_000_000

    @property
    def on_embedded_broker(self) -> bool:
        return self.broker_url == EMBEDDED_BROKER

    def private_folder(self, *names: str) -> Path:
        """A folder under DATA_ROOT, made for its owner alone (0700) if it does not exist.

        Raises SettingsError where DATA_ROOT cannot be written.
        """
        folder = self.data_root
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in names:
                folder = folder / name
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"DATA_ROOT: {folder} cannot be made ({error.strerror}). {_example('data_root')}"
            ) from None
        return folder


class _GivenEnvironment(EnvSettingsSource):
    """Reads the mapping handed to `load_settings` where pydantic-settings would read `os.environ`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(Settings)
        self.env_vars = {name.lower(): value.strip() for name, value in environ.items() if value.strip()}


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ`, by default the environment of this process.

    Raises SettingsError naming every setting that is missing or wrong, with an example for each.
    """
    source = _GivenEnvironment(os.environ if environ is None else environ)
    try:
        settings = Settings(_build_sources=((source,), {}))
    except ValidationError as error:
        raise SettingsError(_told(error)) from None
    if settings.secret_key:
        return settings
    return settings.model_copy(update={"secret_key": _kept_secret(settings.private_folder() / "secret_key")})


def settings_or_exit(environ: Mapping[str, str] | None = None) -> Settings:
    """As `load_settings`, for entry points: wrong settings end the process with code 2 and the message alone."""
    try:
        return load_settings(environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None


def _kept_secret(path: Path) -> str:
    """The random secret of this machine, made on first use. Whoever comes second reads what the first wrote."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        if not path.exists():
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text().strip()
    except OSError as error:
        raise SettingsError(f"SECRET_KEY: {path} cannot be kept ({error.strerror}). {_example('secret_key')}") from None


class _SettingProblem(ValueError):
    """A problem of one setting found by looking at several."""

    def __init__(self, name: str, reason: str, example: bool) -> None:
        super().__init__(reason)
        self.line = _line(name, reason, example)


def _problem(name: str, reason: str, *, example: bool = True) -> _SettingProblem:
    return _SettingProblem(name, reason, example)


def _line(name: str, reason: str, example: bool = True) -> str:
    ending = f" {_example(name)}" if example else ""
    return f"{name.upper()}: {reason}.{ending}"


def _example(name: str) -> str:
    examples = Settings.model_fields[name].examples or []
    return f"Example: {name.upper()}={examples[0]}"


def _told(error: ValidationError) -> str:
    """One line a problem. The value itself is not repeated: it may hold a password."""
    lines = []
    for detail in error.errors(include_input=False, include_url=False):
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, _SettingProblem):
            lines.append(cause.line)
        else:
            reason = str(cause) if cause is not None else detail["msg"][0].lower() + detail["msg"][1:]
            lines.append(_line(str(detail["loc"][0]), reason))
    return "\n".join(lines)
