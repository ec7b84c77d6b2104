"""Composing a mail when it is sent: in the recipient's language, under the recipient's eyes, with today's rights.

A feature writes a composer for each of its notices, in its module `letters`:

    def compose(session: Session, sending: Sending) -> Letter | None:
        commitment = session.scalar(select(Commitment).where(Commitment.id == sending.id_of("commitment")))
        if commitment is None:
            return None  # not, or no longer, for this reader: nothing leaves
        return sending.letter(_("A commitment proposed"), level=Level.NAMED,
                              commitment=commitment, link=sending.link("accept", [commitment.id]))

    composition.register("commitment_proposed", compose)

The words stand in `templates/mail/<notice>.txt` and `.html`, which extend `mail/frame.txt` and `mail/frame.html`. The
subject is constant: never a title, a name, a size or a count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy.orm import Session, object_session

from config import Settings
from secretariat.core import clock
from secretariat.core.database import Labelled, new_key
from secretariat.core.labelling import label_value
from secretariat.core.labels import Addressee, Level, Named
from secretariat.core.languages import LANGUAGES, current_reading, templating
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.localtext import LocalText
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import RoleName
from secretariat.mail import links
from secretariat.mail.inbound import address
from secretariat.mail.inbound.reading import RULE
from secretariat.mail.recipients import Recipient

ANSWER_ABOVE = _l("Please answer above this line")
"""At the head of a mail that can be answered: what stands below it is no part of the answer."""
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
POLICY = SMTP.clone(cte_type="7bit")
LEVEL_WORDS = {
    Level.MEMBERS: _l("Members only"),
    Level.NAMED: _l("Named readers"),
}


class Later(Exception):
    """Raised by a composer: not now, but at `at`; the reason goes on record."""

    def __init__(self, at: datetime, reason: str) -> None:
        super().__init__(reason)
        self.at, self.reason = at, reason


class NoComposer(LookupError):
    """A notice nobody composes."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail: its name, media type and content."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as composed, before it has its envelope.

    `level` marks it at its head, from Members only upwards. `calendar` is an iCalendar object with its METHOD.
    `thread` is shared by the letters of one series. `unsubscribe` is an address that says how to get fewer of them.
    `says` is which state of its thing it tells of, kept with the mail: a later one that would say the same need not go.
    """

    language: str
    subject: str
    text: str
    html: str
    level: Level = Level.PUBLIC
    calendar: bytes | None = None
    attachments: tuple[Attachment, ...] = ()
    thread: str = ""
    unsubscribe: str = ""
    says: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The process a mail comes from, in values. `network` is the name of the civil-society network on whose side of the
    wall its reader stands, if it is not that of governments."""

    id: UUID
    slug: str
    acronym: str
    name: LocalText
    zone: str
    languages: tuple[str, ...] = ()
    level_words: Mapping[str, Any] = field(default_factory=dict)
    commitment_words: Mapping[str, str] = field(default_factory=dict)
    network: LocalText | None = None


@dataclass(frozen=True, slots=True)
class WantedLink:
    """A link a letter carries, to be written down before the letter leaves."""

    id: UUID
    key: str
    scope: str
    subjects: tuple[UUID, ...]
    days: int
    single_use: bool
    renewable: bool


@dataclass(frozen=True, slots=True)
class Sending:
    """What a composer is told: to whom, from where, about what; and how to make links and the letter."""

    id: UUID
    notice: str
    number: str
    person: UUID
    hat: Hat
    process: Place | None
    track: UUID | None
    subject: Mapping[str, Any]
    recipient: Recipient
    settings: Settings
    known_links: Mapping[str, UUID] = field(default_factory=dict)
    wanted_links: list[WantedLink] = field(default_factory=list)
    preview: bool = False

    @property
    def by_coordination(self) -> bool:
        """Whether the coordination of the reader's own network writes, in its words, and not the Secretariat."""
        return self.process is not None and self.process.network is not None and not _writes_across(self.notice)

    @property
    def today(self) -> date:
        """The day it is where the reader is."""
        return clock.today(self.recipient.zone)

    @property
    def answered_at(self) -> str:
        """Where an answer to this mail is read; empty where none is."""
        return address.answered_at(self.settings, self.track) if is_answerable(self.notice) else ""

    @property
    def returned_to(self) -> str:
        """Whom a report is written to that it could not be delivered."""
        return address.answered_at(self.settings, self.track) or self.settings.mail_sender

    def id_of(self, name: str) -> UUID:
        """The id put under `name` when the mail was put into the outbox."""
        return UUID(self.subject[name])

    def ids_of(self, name: str) -> list[UUID]:
        """The ids put under `name`."""
        return [UUID(one) for one in self.subject[name]]

    def page(self, path: str) -> str:
        """The address of a page of the product; its reader signs in."""
        return f"{self.settings.base_url}{path}"

    def link(
        self,
        scope: str,
        subjects: Iterable[UUID] = (),
        *,
        days: int = links.VALID_DAYS,
        single_use: bool = False,
        renewable: bool = True,
    ) -> str:
        """The address `/l/<token>/<scope>` for this reader, for these things. In a preview it opens nothing."""
        if self.preview:
            return self.page(f"/l/preview/{scope}")
        about = sorted(str(one) for one in subjects)
        key = f"{self.id}:{scope}:{hashlib.sha256(' '.join(about).encode()).hexdigest()[:16]}"
        made = next((one.id for one in self.wanted_links if one.key == key), None) or self.known_links.get(key)
        wanted = WantedLink(
            made or new_key(), key, scope, tuple(UUID(one) for one in about), days, single_use, renewable
        )
        self.wanted_links.append(wanted)
        token = links.token_of(self.settings.secret_key, wanted.id)
        return self.page(f"/l/{token}/{scope}")

    def letter(
        self,
        subject: str,
        *,
        level: Level = Level.PUBLIC,
        within: bool = False,
        among: bool = False,
        calendar: bytes | None = None,
        attachments: Iterable[Attachment] = (),
        thread: str = "",
        unsubscribe: str = "",
        says: int | None = None,
        template: str = "",
        **words: Any,
    ) -> Letter:
        """The letter made from `templates/mail/<notice>.txt` and `.html` with these words.

        It is marked at least as the labelled things among its words are; `level` says what values stand in it, `within`
        that what is for named readers is its reader's government's alone, the secretariat not among them, `among` that
        it went to others too.
        """
        level = max([level, *(self._level_of(one) for one in _labelled(words))], key=lambda one: one.weight)
        context = {**self._frame(level, within=within, among=among), **words}
        name = template or self.notice
        return Letter(
            language=current_reading().language.code,
            subject=subject,
            text=_tidy(_environments()["txt"].get_template(f"mail/{name}.txt").render(context)),
            html=_environments()["html"].get_template(f"mail/{name}.html").render(context),
            level=level,
            calendar=calendar,
            attachments=tuple(attachments),
            thread=thread,
            unsubscribe=unsubscribe,
            says=says,
        )

    def _level_of(self, thing: Labelled) -> Level:
        """How a thing is marked in a letter to this reader: what is opened to it beside the level is its own matter."""
        session = object_session(thing)
        if session is None:
            raise ValueError(f"a {type(thing).__name__} that stands in no session cannot be marked")
        own = {Addressee(Named.PERSON, self.person)}
        if self.hat.kind is HatKind.PARTICIPANT and self.hat.id is not None:
            own.add(Addressee(Named.PARTICIPANT, self.hat.id))
        levels = [one.level for one in label_value(session, thing.label_id).clauses if not one.opened_to & own]
        return max(levels, key=lambda one: one.weight, default=Level.PUBLIC)

    def _frame(self, level: Level, *, within: bool, among: bool) -> dict[str, Any]:
        return {
            "sending": self,
            "process": self.process,
            "coordination_of": self.process.network if self.process is not None and self.by_coordination else None,
            "salutation": self.recipient.salutation,
            "marking": marking(level, self.process, within=within, among=among, by_coordination=self.by_coordination),
            "language": current_reading().language,
            "answer_above": f"{RULE} {ANSWER_ABOVE} {RULE}" if self.answered_at else "",
            "demonstration": self.settings.demonstration,
        }


def _labelled(words: Mapping[str, Any]) -> Iterator[Labelled]:
    for word in words.values():
        if isinstance(word, Labelled):
            yield word
        elif isinstance(word, (list, tuple, set, frozenset)):
            yield from (one for one in word if isinstance(one, Labelled))


Composer = Callable[[Session, Sending], Letter | None]


@dataclass(frozen=True, slots=True)
class _Entry:
    compose: Composer
    needs_appointment: bool
    roles: frozenset[str]
    across: bool
    answerable: bool


_composers: dict[str, _Entry] = {}


def register(
    notice: str,
    compose: Composer,
    *,
    needs_appointment: bool = True,
    roles: Iterable[RoleName] = (),
    across: bool = False,
    answerable: bool = False,
) -> None:
    """Enter the composer of a notice. Without `needs_appointment` it also goes to persons who hold no appointment
    under its hat today (a first invitation, a password). With `roles` it goes to those alone who are appointed as one
    of them when it leaves. With `across` it is the Secretariat that writes to a network, over the wall; what else
    goes to people of a network comes from its own coordination. Where it is `answerable`, the officers of its track
    read what is answered: never of a mail whose writer is somebody else."""
    known = _composers.get(notice)
    if known is not None and known.compose is not compose:
        raise ValueError(f"there is already a composer for {notice!r}")
    _composers[notice] = _Entry(compose, needs_appointment, frozenset(one.value for one in roles), across, answerable)


def notices() -> list[str]:
    """Every kind of mail there is."""
    return sorted(_composers)


def needs_appointment(notice: str) -> bool:
    """Whether a mail of this kind goes only to who is appointed under its hat. Raises NoComposer."""
    return _entry(notice).needs_appointment


def roles_of(notice: str) -> frozenset[str]:
    """As what one is appointed whom a mail of this kind is meant for; empty where any appointment will do."""
    return _entry(notice).roles


def is_answerable(notice: str) -> bool:
    """Whether the officers of its track read what is answered to a mail of this kind."""
    return notice in _composers and _composers[notice].answerable


def _writes_across(notice: str) -> bool:
    return notice in _composers and _composers[notice].across


def compose(session: Session, sending: Sending) -> Letter | None:
    """The letter, composed in `session`, which has the reader's eyes; None where there is nothing to say.

    Raises NoComposer, Later, and whatever a composer does not expect.
    """
    return _entry(sending.notice).compose(session, sending)


def _entry(notice: str) -> _Entry:
    try:
        return _composers[notice]
    except KeyError:
        raise NoComposer(notice) from None


def marking(
    level: Level,
    process: Place | None,
    *,
    within: bool = False,
    among: bool = False,
    by_coordination: bool = False,
) -> str:
    """The line at the head of a mail that carries Members-only or Named-readers content; empty below.

    `by_coordination`: it is the coordination of the reader's network that writes.
    """
    if level not in LEVEL_WORDS:
        return ""
    own = (process.level_words.get(level.value) if process else None) or {}
    words = LocalText.from_json(own).in_language(current_reading().language.code)[0] if "texts" in own else ""
    words = words or str(LEVEL_WORDS[level])
    in_network = process is not None and process.network is not None
    if level is Level.NAMED and within:
        alone = _("%(level)s. For your organization alone.", level=words)
        return alone if in_network else _("%(level)s. For your government alone.", level=words)
    if level is Level.NAMED and among:
        return _("%(level)s. For those it was sent to, and nobody else.", level=words)
    if level is Level.NAMED:
        both = _("%(level)s. For you and the coordination.", level=words)
        return both if by_coordination else _("%(level)s. For you and the Secretariat.", level=words)
    if in_network:
        return _(
            "%(level)s. For use within the network; not for governments, their secretariat or the press.", level=words
        )
    return _("%(level)s. For use within your government; not for observers, partners or the press.", level=words)


def message(letter: Letter, sending: Sending, message_id: str) -> EmailMessage:
    """The letter with its envelope: one recipient, a constant subject with a registration number."""
    mail = EmailMessage(policy=POLICY)
    sender = sending.settings.mail_sender
    mail["From"] = Address(sending.process.acronym if sending.process else "", addr_spec=sender)
    mail["To"] = Address(addr_spec=sending.recipient.address)
    if sending.answered_at:
        mail["Reply-To"] = Address(addr_spec=sending.answered_at)
    mail["Subject"] = _subject(letter.subject, sending)
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    # Where answers are read, an absence notice is one: it moves the question to the alternate.
    mail["X-Auto-Response-Suppress"] = "DR, RN, NRN" if sending.answered_at else "All"
    if letter.thread:
        root = f"<{letter.thread}@{domain_of(sender)}>"
        mail["In-Reply-To"] = root
        mail["References"] = root
    if letter.unsubscribe:
        mail["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    if letter.calendar is not None:
        method = _method_of(letter.calendar)
        mail.add_alternative(letter.calendar.decode(), subtype="calendar", params={"method": method})
    for attached in letter.attachments:
        main, _slash, sub = attached.media_type.partition("/")
        mail.add_attachment(attached.content, maintype=main, subtype=sub, filename=attached.name)
    mail["Content-Language"] = letter.language  # last: headers of content would move into the first part
    return mail


def _subject(constant: str, sending: Sending) -> str:
    if sending.process is None:
        return _("%(subject)s (%(number)s)", subject=constant, number=sending.number)
    return _(
        "%(process)s: %(subject)s (%(number)s)",
        process=sending.process.acronym, subject=constant, number=sending.number,
    )  # fmt: skip


def domain_of(address: str) -> str:
    """The part of an address behind the at sign."""
    return address.rpartition("@")[2]


def _method_of(calendar: bytes) -> str:
    for line in calendar.splitlines():
        if line.upper().startswith(b"METHOD:"):
            return line.partition(b":")[2].decode().strip()
    return "PUBLISH"


@cache
def _environments() -> dict[str, Environment]:
    """One environment for HTML, one for plain text: there the marks of dates and names fall away, the words stay."""
    made = {}
    for kind in ("html", "txt"):
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=kind == "html",  # noqa: S701 - what is not escaped is plain text
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        templating.equip(environment)
        if kind == "txt":
            environment.filters.update({name: _plain(call) for name, call in templating.FILTERS.items()})
            environment.globals.update({name: _plain(call) for name, call in templating.FUNCTIONS.items()})
        environment.globals["languages"] = LANGUAGES
        made[kind] = environment
    return made


def _plain(call: Callable[..., Any]) -> Callable[..., Any]:
    def plain(*args: Any, **options: Any) -> Any:
        value = call(*args, **options)
        return value.striptags() if isinstance(value, Markup) else value

    return plain


def _tidy(text: str) -> str:
    """At most one empty line between paragraphs, none at the ends, no blanks at the ends of lines
    (but in the line before a signature, where they are its mark)."""
    lines: list[str] = []
    for written in text.splitlines():
        line = written if written == "-- " else written.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"
