"""Documents, their language versions, and the files that are handed out of them, with words in the very bytes."""

import hashlib
import secrets
from datetime import date

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.documents.models import (
    Document,
    DocumentFile,
    DocumentState,
    DocumentText,
    DocumentVersion,
    ListState,
    PaperAnswer,
    PaperList,
    TextState,
    VersionState,
)
from secretariat.meetings.models import Meeting
from tests.security.canaries.world import Plot, also, plants


def _place(plot: Plot, kind: str) -> int:
    return len(plot.world.planted.get(kind, [])) + 1


@plants(Document, inside=Meeting)
def document(plot: Plot) -> Document:
    return Document(
        process_id=plot.process,
        track_id=plot.track,
        meeting_id=plot.inside.id,
        kind="working_paper",
        title=plot.text(),
        symbol=plot.word(),
        number=_place(plot, "Document"),
        dated=PartialDate("2027-02-01"),
        author_text=plot.word(),
        state=DocumentState.ISSUED,
        issued_at=clock.now(),
        released_at=clock.now(),
    )


@also(Document, "draft", spots=("the secretariat", "the coordinator", "a named member"))
def draft_document(plot: Plot) -> Document:
    made = document(plot)
    made.state, made.symbol, made.number = DocumentState.DRAFT, None, None
    made.issued_at = made.released_at = None
    return made


@also(Document, "prepared", spots=("a named member",))
def prepared_paper(plot: Plot) -> Document:
    """A paper of the member, which its capital prepares."""
    return _of_the_member(plot, DocumentState.PREPARED)


@also(Document, "sent in", spots=("the secretariat", "the chair", "a named member"))
def paper_sent_in(plot: Plot) -> Document:
    made = _of_the_member(plot, DocumentState.SUBMITTED)
    made.submitted_at = clock.now()
    return made


def _of_the_member(plot: Plot, state: DocumentState) -> Document:
    return Document(
        process_id=plot.process,
        track_id=plot.track,
        meeting_id=plot.inside.id,
        author_id=plot.id("state member"),
        kind="non_paper",
        title=plot.text(),
        state=state,
    )


@plants(
    PaperAnswer, inside=Document, spots=(), why_unseen="shown on the page of a paper which a participant has sent in"
)
def answer(plot: Plot) -> PaperAnswer:
    return PaperAnswer(document_id=plot.inside.id, is_taken_up=True, word=plot.text(), answered_at=clock.now())


@plants(DocumentVersion, inside=Document, spots=())
def version(plot: Plot) -> DocumentVersion:
    return DocumentVersion(
        document_id=plot.inside.id,
        language="en",
        is_original=True,
        state=VersionState.ORIGINAL,
        translator=plot.word(),
        asked_on=date(2027, 1, 20),
    )


@also(DocumentVersion, "draft", inside="draft")
def version_of_draft(plot: Plot) -> DocumentVersion:
    return version(plot)


@also(DocumentVersion, "prepared", inside="prepared")
def version_of_prepared(plot: Plot) -> DocumentVersion:
    return version(plot)


@also(DocumentVersion, "sent in", inside="sent in")
def version_sent_in(plot: Plot) -> DocumentVersion:
    return version(plot)


@plants(DocumentFile, inside=DocumentVersion, spots=())
def file(plot: Plot) -> DocumentFile:
    """Its words stand in the file itself: who fetches what is not his finds them there."""
    key, content = secrets.token_hex(16), plot.word().encode()
    plot.world.files[key] = content
    return DocumentFile(
        document_id=plot.inside.document_id,
        version_id=plot.inside.id,
        key=key,
        name=f"{plot.word()}.txt",
        media_type="text/plain",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_at=clock.now(),
        text_state=TextState.READ,
    )


@also(DocumentFile, "draft", inside="draft")
def file_of_draft(plot: Plot) -> DocumentFile:
    return file(plot)


@also(DocumentFile, "prepared", inside="prepared")
def file_of_prepared(plot: Plot) -> DocumentFile:
    return file(plot)


@also(DocumentFile, "sent in", inside="sent in")
def file_sent_in(plot: Plot) -> DocumentFile:
    return file(plot)


@plants(
    DocumentText,
    inside=DocumentFile,
    spots=(),
    why_unseen="found by who looks for them, and met there (test_search.py)",
)
def words(plot: Plot) -> DocumentText:
    return DocumentText(file_id=plot.inside.id, text=plot.word())


@plants(PaperList, inside=None, why_unseen="shown to those who keep its track alone, whatever its label")
def list_of_papers(plot: Plot) -> PaperList:
    """A list of old papers that waits for a word: its rows, and what is said of files no row names."""
    row = {
        "number": 2, "titles": {"en": plot.word()}, "files": {"en": f"{plot.word()}.txt"}, "symbol": plot.word(),
        "level": "members",
    }  # fmt: skip
    return PaperList(
        process_id=plot.process,
        track_id=plot.track,
        asked_at=clock.now(),
        name=f"{plot.word()}.csv",
        archive_name=f"{plot.word()}.zip",
        archive_key=None,
        state=ListState.LOOKED_AT,
        content={"rows": [row], "unknown": [plot.word()], "seen": {}, "left": [[plot.word(), {"en": plot.word()}]]},
        became={},
    )
