"""Correspondence: circulars, what goes with them, and who has which copy; letters in the register, with scans."""

import hashlib
import secrets
from datetime import date

from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.correspondence import letterheads
from secretariat.correspondence.contact_lists.shape import Shape
from secretariat.correspondence.invitation_models import InvitationLetter, InvitationWords
from secretariat.correspondence.letterhead_models import Letterhead
from secretariat.correspondence.listed_models import ContactList, ListedContact, ListState
from secretariat.correspondence.models import Circular, CircularAttachment, CircularCopy
from secretariat.correspondence.register_models import Direction, LetterKind, LetterScan, RegisteredLetter
from secretariat.documents.kept_sheets import packed
from secretariat.documents.sheets import Sheet
from secretariat.processes.models import Track
from tests.security.canaries.kinds import documents
from tests.security.canaries.world import SPOTS, Plot, also, plants

assert documents  # what goes with a circular is planted before it


@plants(Circular)
def circular(plot: Plot) -> Circular:
    """Sent, so that its readers read it, and asking no word of anybody: digests list what awaits one."""
    return Circular(
        process_id=plot.process,
        track_id=plot.track,
        title=plot.text(),
        words=plot.text(),
        to={"standings": ["member"], "bodies": [], "persons": []},
        urgent=False,
        asks_word=False,
        drafted_at=clock.now(),
        sent_at=clock.now(),
    )


@also(Circular, "draft", spots=("the secretariat", "the coordinator"))
def draft_circular(plot: Plot) -> Circular:
    made = circular(plot)
    made.sent_at = None
    return made


@plants(CircularAttachment, inside=Circular, spots=(), why_unseen="which document goes with it; carries no words")
def attachment(plot: Plot) -> CircularAttachment:
    return CircularAttachment(circular_id=plot.inside.id, document_id=plot.world.at["Document", "members"])


@plants(CircularCopy, inside=Circular, spots=(), why_unseen="whose copy it is; carries no words")
def copy(plot: Plot) -> CircularCopy:
    official = plot.world.officials["member"]
    assert official is not None
    return CircularCopy(
        circular_id=plot.inside.id,
        person_id=official.person,
        hat=str(official.hat),
        participant_id=plot.id("state member"),
        is_alternate=False,
    )


@plants(RegisteredLetter)
def letter(plot: Plot) -> RegisteredLetter:
    return RegisteredLetter(
        process_id=plot.process,
        track_id=plot.track,
        direction=Direction.IN,
        kind=LetterKind.LETTER,
        dated=date(2026, 1, 10),
        passed_on=date(2026, 1, 12),
        correspondent=plot.word(),
        reference=plot.word(),
        subject=plot.word(),
        decided=plot.word(),
        entered_at=clock.now(),
    )


@plants(LetterScan, inside=RegisteredLetter, spots=())
def scan(plot: Plot) -> LetterScan:
    key, content = secrets.token_hex(16), plot.word().encode()
    plot.world.files[key] = content
    return LetterScan(
        letter_id=plot.inside.id,
        key=key,
        name=f"{plot.word()}.txt",
        media_type="text/plain",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        position=1,
        added_at=clock.now(),
    )


@plants(Letterhead, spots=[one for one in SPOTS if one.name in ("the secretariat", "the coordinator")])
def letterhead(plot: Plot) -> Letterhead:
    return Letterhead(
        process_id=plot.process,
        track_id=plot.track,
        language="fr",
        name=f"{plot.word()}.docx",
        content=letterheads.example(plot.word()),
        put_at=clock.now(),
    )


@plants(ListedContact)
def listed_contact(plot: Plot) -> ListedContact:
    """Of the member: a person no letter has named."""
    return ListedContact(
        process_id=plot.process,
        track_id=plot.track,
        participant_id=plot.id("state member"),
        name=plot.word(),
        function=plot.word(),
        ministry=plot.word(),
        subject=plot.word(),
        languages=["es"],
        numbers=[["mail", f"{plot.word()}@canary.example"], ["telephone", "+506 2555 0100"]],
        also=[plot.word()],
        source=plot.word(),
        listed_on=date(2026, 1, 12),
        ends_on=date(2099, 1, 1),
    )


@plants(ContactList, inside=Track, why_unseen="shown to who keeps its track alone, whatever its label")
def contact_list(plot: Plot) -> ContactList:
    """A list that waits for a word."""
    rows = [(1, ["Acts for", "Name"]), (2, [plot.word(), plot.word()])]
    return ContactList(
        process_id=plot.process,
        track_id=plot.track,
        asked_at=clock.now(),
        name=f"{plot.word()}.csv",
        state=ListState.LOOKED_AT,
        shape=Shape(columns={0: "participant", 1: "name"}).to_json(),
        became={},
        kept=packed([Sheet(plot.word(), rows)]),
    )


OF_NO_MEETING = (
    "shown beside a meeting whose body invites by letter, to who keeps its track; here they stand beside none"
)


@plants(InvitationWords, why_unseen=OF_NO_MEETING)
def invitation_words(plot: Plot) -> InvitationWords:
    return InvitationWords(
        process_id=plot.process,
        track_id=plot.track,
        meeting_id=new_key(),
        words=plot.text(),
        signatory=plot.word(),
    )


@plants(InvitationLetter, why_unseen=OF_NO_MEETING)
def invitation_letter(plot: Plot) -> InvitationLetter:
    return InvitationLetter(
        process_id=plot.process,
        track_id=plot.track,
        meeting_id=new_key(),
        invitation_id=new_key(),
        participant_id=plot.id("state member"),
        symbol=plot.word(),
        language="en",
        addressee=plot.word(),
        salutation=plot.word(),
        copy_to=plot.word(),
    )
