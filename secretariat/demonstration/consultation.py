"""The demonstration's consultation of the public: a notice everybody reads, and what three people said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import Engine, select

from secretariat.core import clock
from secretariat.core.session import Reason, ViewerSession, reading_as, system_unit
from secretariat.core.viewer import NOBODY
from secretariat.demonstration.content import PUBLIC_BY, both
from secretariat.demonstration.people import address_of
from secretariat.directory import viewers
from secretariat.texts import consultation_queries, queries
from secretariat.texts.consultation_models import PublicConsultation, PublicWriter
from secretariat.texts.deadline import Deadline
from secretariat.texts.editions import Content
from secretariat.texts.models import Became
from secretariat.texts.service import consultations, public_comments

ABOUT = both(
    "This notice will hang where families wait. Say what is missing, and what could be plainer.",
    "Este aviso se colocará donde esperan las familias. Díganos qué falta y qué puede decirse con más sencillez.",
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who has commented, by function as everybody here. `said`: a paragraph by its place, or the whole, and words."""

    name: str
    language: str
    said: tuple[tuple[int | None, str], ...]
    organization: str = ""


WRITERS = (
    Writer(
        "Teacher, school at the border", "es",
        ((2, "Que el aviso diga también dónde hay agua y dónde pueden descansar."),),
    ),
    Writer("Nurse", "en", ((2, "Say that the doctor costs nothing. Families are afraid of a bill."),)),
    Writer(
        "Professor of law", "en",
        ((None, "Short, and in words that families use. Hang it at the height of a child, too."),
         (1, "Name a telephone number that costs nothing, by day and by night.")),
        organization="Law clinic of the university",
    ),
)  # fmt: skip
ANSWERED = 1
ANSWER = both(
    "Each desk will write the number of the consulates on its notice; calls from the desk cost nothing.",
    "Cada puesto anotará en su aviso el número de los consulados; las llamadas desde el puesto no cuestan nada.",
)


def open_notice(session: ViewerSession, document: UUID, until: date) -> UUID:
    """By the secretariat: by the members' decision everybody reads the notice; the consultation."""
    edition = queries.edition_of(session, document)
    if edition is None:
        raise LookupError("the demonstration's notice is not there for its secretariat")
    ends = Deadline(until, time(17), "America/Panama")
    made = consultations.open_to_public(session, edition, ends, decision=PUBLIC_BY, about=ABOUT, for_readers=True)
    return made.id


def comment(engine: Engine, key: UUID, writer: Writer, number: int) -> None:
    """By somebody without an account: written, and confirmed by the link of the mail."""
    nobody = viewers.viewer(engine, None, NOBODY, clock.today())
    address = address_of(f"public-{number}")
    with reading_as(engine, nobody, writes=True) as session:
        found = _consultation(session, key)
        places = [one.id for one in Content.from_json(found.content).pieces]
        written = public_comments.Written(
            name=writer.name, address=address, language=writer.language,
            organization=writer.organization, organization_shown=bool(writer.organization),
            words={None if place is None else places[place]: words for place, words in writer.said},
        )  # fmt: skip
        public_comments.take_in(session, found, written, clock.now())
        session.commit()
    with system_unit(engine, Reason.CONSULTATION, writes=False) as system:
        person = system.scalars(select(PublicWriter.writer_id).where(PublicWriter.address == address)).one()
    with reading_as(engine, nobody, writes=True) as session:
        public_comments.confirm(session, person)
        session.commit()


def answer(session: ViewerSession, key: UUID) -> None:
    """By the secretariat: what became of what was said of one paragraph."""
    found = _consultation(session, key)
    paragraph = Content.from_json(found.content).pieces[ANSWERED].id
    said = [one for one in consultation_queries.said_of(session, consultation=key) if one.paragraph_id == paragraph]
    consultations.answer(session, found, said, Became.TAKEN_UP, ANSWER)


def _consultation(session: ViewerSession, key: UUID) -> PublicConsultation:
    found = consultation_queries.consultation_by_id(session, key)
    if found is None:
        raise LookupError("the demonstration's consultation is not there for everybody")
    return found
