"""The mailbox of development as pages: what the product sent, readable by whoever sits at this machine."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from config import Settings, SettingsError
from secretariat.dev import mailbox
from secretariat.pages.access import found, public
from secretariat.pages.lists import pages_of

blueprint = Blueprint("mailbox", __name__, url_prefix="/dev/mailbox")

HEADERS = ("From", "To", "Reply-To", "Date", "Message-ID")
# What a mail brings is shown as in a careful mail program: nothing runs, nothing is fetched, its own styles apply.
MAIL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
)


def init(app: Flask) -> None:
    """Give the application its mailbox. Raises SettingsError in production: it shows everybody's mail to anybody."""
    settings: Settings = app.extensions["settings"]
    if settings.in_production:
        raise SettingsError("ENVIRONMENT: the mailbox of development cannot be shown in production.")
    app.register_blueprint(blueprint)


@blueprint.get("")
@public("development only, on this machine only: the post of a demonstration")
def mails() -> ResponseReturnValue:
    folder = _folder()
    names = mailbox.names(folder)
    pages = pages_of(len(names))
    shown = [(name, mailbox.read(folder, name)) for name in names[pages.offset : pages.last]]
    return render_template("dev/mailbox.html", mails=shown, pages=pages)


@blueprint.get("/<name>")
@public("development only, on this machine only: the post of a demonstration")
def mail(name: str) -> ResponseReturnValue:
    message = found(mailbox.read(_folder(), name))
    text = message.get_body(("plain",))
    return render_template(
        "dev/mail.html",
        name=name,
        mail=message,
        headers=[(header, message[header]) for header in HEADERS if message[header]],
        recipients=message.get_all(mailbox.RECIPIENT_HEADER, []),
        text=text.get_content() if isinstance(text, EmailMessage) else "",
        has_html=message.get_body(("html",)) is not None,
        others=list(_others(message)),
    )


@blueprint.get("/<name>/html")
@public("development only, on this machine only: the post of a demonstration")
def html_part(name: str) -> ResponseReturnValue:
    message = found(mailbox.read(_folder(), name))
    part = found(message.get_body(("html",)))
    answer = Response(part.get_content(), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = MAIL_POLICY
    return answer


def _others(message: EmailMessage) -> Iterator[dict[str, Any]]:
    """Every part beside the text and the HTML: its name and kind, and its content where that is text."""
    bodies = {id(message.get_body((kind,))) for kind in ("plain", "html")}
    for part in message.walk():
        if not part.is_multipart() and id(part) not in bodies:
            yield {
                "name": part.get_filename() or "",
                "kind": part.get_content_type(),
                "text": _text_of(part) if part.get_content_maintype() == "text" else None,
                "bytes": len(part.get_payload(decode=True) or b""),
            }


def _text_of(part: Message) -> str:
    return part.get_content() if isinstance(part, EmailMessage) else str(part.get_payload())


def _folder() -> Any:
    return mailbox.folder_of(current_app.extensions["settings"])
