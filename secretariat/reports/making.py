"""Tabling as work of the worker: the paper of each language is made, then all of it becomes a document, once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import select

from secretariat.core import after_commit
from secretariat.core.languages import gettext as _
from secretariat.core.languages import reading_as_told, reading_in, told_reading
from secretariat.core.localtext import LocalText
from secretariat.core.models import Job
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession, reading_as
from secretariat.documents import service as documents
from secretariat.documents.service import Received
from secretariat.documents.storage import StorageAway, storage_of
from secretariat.jobs import papers
from secretariat.jobs import service as jobs
from secretariat.jobs.kinds import Hands, Progress, Result
from secretariat.meetings.models import Meeting
from secretariat.prints.libraries import missing_packages
from secretariat.reports import policy, queries
from secretariat.reports.composition import Edition
from secretariat.reports.models import ReportEdition
from secretariat.reports.service import table_edition

WORK = "report_tabling"
EDITION = "report_edition"
"""The paper of an edition."""


def ask(session: ViewerSession, edition: ReportEdition, meeting: Meeting, language: str) -> Job:
    """Have an edition made a paper of a meeting; `language` is that of the original. Raises NotAllowed, Refused."""
    require(policy.may_compile(session.viewer, edition.plan) and edition.standing == Edition.MEMBERS.value)
    if edition.symbol:
        raise Refused(_("It is a paper of a meeting already: %(symbol)s", symbol=edition.symbol))
    told = {"edition": str(edition.id), "meeting": str(meeting.id), "original": language, **told_reading()}
    return jobs.ask(session, WORK, edition.plan.process, edition.plan.track, told, about=edition)


def table(hands: Hands, told: Mapping[str, Any], progress: Progress) -> Result:
    """Make the papers and table them. What cannot be is told in a sentence; it would not go better a second time."""
    with reading_as_told(told):
        try:
            document = _tabled(hands, told, progress)
        except Refused as refusal:
            return Result("", json.dumps({"refused": str(refusal)}).encode())
    return Result("", json.dumps({"document": document}).encode())


def said_of(job: Job) -> dict[str, str]:
    """What came of it: the `document`, or why it was `refused`; empty as long as nothing did."""
    found: dict[str, str] = json.loads(job.result) if job.result else {}
    return found


def _tabled(hands: Hands, told: Mapping[str, Any], progress: Progress) -> str:
    """The document; empty where somebody else has tabled the edition meanwhile."""
    key = UUID(told["edition"])
    with reading_as(hands.engine, hands.eyes()) as session:
        edition = _edition(session, key)
        if edition.symbol:
            return ""
        process = edition.plan.process
        languages = sorted(process.languages or [told["original"]], key=lambda code: code != told["original"])
        words, zone = process.commitment_words, process.zone
    files, titles = {}, {}
    for done, code in enumerate(languages):
        progress(done, len(languages) + 1)
        with reading_in(code, zone, words):
            titles[code] = _("Progress report")
            files[code] = _file(hands, key)
    progress(len(languages), len(languages) + 1)
    with reading_as(hands.engine, hands.eyes(), writes=True) as session:
        session.scalar(select(ReportEdition.id).where(ReportEdition.id == key).with_for_update())
        edition = _edition(session, key)
        if edition.symbol:
            return ""
        meeting = next(
            (one for one in queries.meetings_ahead(session, edition.plan) if str(one.id) == told["meeting"]), None
        )
        if meeting is None:
            raise Refused(_("The meeting is no longer ahead; choose another one."))
        title = LocalText(titles, languages[0])
        document = str(table_edition(session, session.viewer, edition, meeting, title, files).id)
        session.commit()
        after_commit.run(session)
    return document


def _edition(session: ViewerSession, key: UUID) -> ReportEdition:
    edition = queries.edition_by_id(session, key)
    if edition is None or not policy.may_compile(session.viewer, edition.plan):
        raise NotAllowed
    return edition


def _file(hands: Hands, key: UUID) -> Received:
    """The paper in the present language: as PDF, or as DOCX where no PDF can be made here. Raises Refused."""
    with reading_as(hands.engine, hands.eyes()) as session:
        sheet = papers.sheet_of(session, EDITION, key)
    if sheet is None:
        raise NotAllowed
    made = papers.made(EDITION, sheet, papers.DOCX if missing_packages() else papers.PDF)
    try:
        return documents.receive(
            storage_of(hands.settings),
            BytesIO(made.content),
            made.name,
            size=len(made.content),
            largest=hands.settings.largest_document,
        )
    except StorageAway:
        raise Refused(_("The file could not be kept just now, and nothing of it was. Try again in a moment.")) from None
