"""The mailbox of development: real SMTP in, files for their owner alone, pages out."""

import smtplib
import stat
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings, SettingsError
from secretariat.dev import views
from secretariat.pages import installation
from tests.support.mail import Sink


def letter() -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "CRM, Secretaría Técnica: RCM/NOTE/2026/14"
    mail["From"] = "secretariat@localhost"
    mail["To"] = "focal.point@example.org"
    mail["Date"] = "Sun, 22 Nov 2026 02:00:00 +0000"
    mail.set_content("Buenos días.\n\nhttp://127.0.0.1:8000/l/abc\n")
    mail.add_alternative("<p>Buenos días<script>alert(1)</script></p>", subtype="html")
    mail.add_attachment("BEGIN:VCALENDAR\nEND:VCALENDAR\n", subtype="calendar", filename="meeting.ics")
    return mail


def send(settings: Settings, mail: EmailMessage, *to: str) -> None:
    with smtplib.SMTP(settings.mail_host, settings.mail_port) as connection:
        connection.send_message(mail, to_addrs=to or None)


@pytest.fixture
def pages(embedded_settings: Settings) -> FlaskClient:
    """The mailbox's pages in the frame of all pages, without the rest of the product."""
    app = Flask("secretariat", template_folder=str(Path(views.__file__).parents[2] / "templates"))
    app.config.update(SECRET_KEY="k" * 40, TESTING=True)
    app.extensions["settings"] = embedded_settings
    installation.install(app)
    views.init(app)
    return app.test_client()


def test_a_mail_is_kept_whole_with_those_it_was_delivered_to(embedded_settings: Settings, smtp_sink: Sink) -> None:
    send(embedded_settings, letter(), "a@example.org", "b@example.org")

    (kept,) = smtp_sink.mails
    assert kept["Subject"] == "CRM, Secretaría Técnica: RCM/NOTE/2026/14"
    assert kept.get_all("X-Envelope-To") == ["a@example.org", "b@example.org"]
    assert [part.get_content_type() for part in kept.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]


def test_mails_are_kept_in_the_order_in_which_they_came(embedded_settings: Settings, smtp_sink: Sink) -> None:
    for number in range(3):
        mail = letter()
        mail.replace_header("Subject", str(number))
        send(embedded_settings, mail)

    assert [mail["Subject"] for mail in smtp_sink.mails] == ["0", "1", "2"]


def test_files_are_their_owner_s_alone(embedded_settings: Settings, smtp_sink: Sink) -> None:
    send(embedded_settings, letter())

    (file,) = smtp_sink.folder.iterdir()
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_pages_show_list_text_and_calendar(embedded_settings: Settings, smtp_sink: Sink, pages: FlaskClient) -> None:
    assert "No mail yet." in pages.get("/dev/mailbox").text
    send(embedded_settings, letter())
    (file,) = smtp_sink.folder.iterdir()

    listed = pages.get("/dev/mailbox")
    shown = pages.get(f"/dev/mailbox/{file.stem}")

    assert listed.status_code == shown.status_code == 200
    assert f'href="/dev/mailbox/{file.stem}"' in listed.text
    assert '<a href="http://127.0.0.1:8000/l/abc"' in shown.text
    assert "BEGIN:VCALENDAR" in shown.text
    assert "alert(1)" not in shown.text


def test_the_html_of_a_mail_can_neither_run_nor_fetch(
    embedded_settings: Settings, smtp_sink: Sink, pages: FlaskClient
) -> None:
    send(embedded_settings, letter())
    (file,) = smtp_sink.folder.iterdir()

    answer = pages.get(f"/dev/mailbox/{file.stem}/html")

    assert answer.mimetype == "text/html"
    assert answer.headers["Content-Security-Policy"] == views.MAIL_POLICY
    assert views.MAIL_POLICY.startswith("sandbox; default-src 'none'; ")


@pytest.mark.parametrize("name", ["nothing", "..", "..%2f..%2fsecret_key", "20260101T000000000000-00000000"])
def test_what_is_no_mail_is_not_found(pages: FlaskClient, name: str) -> None:
    assert pages.get(f"/dev/mailbox/{name}").status_code == 404
    assert pages.get(f"/dev/mailbox/{name}/html").status_code == 404


def test_production_refuses_to_show_it(embedded_settings: Settings) -> None:
    app = Flask("secretariat")
    app.extensions["settings"] = embedded_settings.model_copy(update={"environment": "production"})

    with pytest.raises(SettingsError):
        views.init(app)
