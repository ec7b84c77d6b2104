"""What the demonstration's network has submitted, and how it was answered: each act by who would do it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from secretariat.civil_society import queries
from secretariat.civil_society.models import AnswerSays, SubmissionKind
from secretariat.civil_society.service import answering, routing, submitting
from secretariat.civil_society.service.answering import Said
from secretariat.civil_society.service.submitting import Written
from secretariat.core.session import ViewerSession
from secretariat.demonstration.content import both
from secretariat.processes.models import Track

LIAISON = "CR"
SUBJECT = both("Children and returns", "Niñez y retornos")
STEM = "RNCOM"
RULES = both(
    "Organizations that work with migrants in a member state join the network by its own decision. It submits through "
    "its coordination; each submission is acknowledged at once and answered within sixty days.",
    "Las organizaciones que trabajan con personas migrantes en un Estado miembro se suman a la red por decisión de "
    "esta. Presenta por medio de su coordinación; de cada presentación se acusa recibo de inmediato y se responde en "
    "sesenta días.",
)
ANSWERED = Written(
    kind=SubmissionKind.RECOMMENDATION,
    title=both(
        "Reception of returned children: four recommendations",
        "Recepción de niñas y niños retornados: cuatro recomendaciones",
    ),
    words=both(
        "1. Receive children by day, and tell the consulate two days before.\n2. Let a person of trust be there.\n"
        "3. Ask no child twice for the same account.\n4. Hear the child in a language the child speaks.",
        "1. Recibir a niñas y niños de día y avisar al consulado dos días antes.\n2. Permitir que esté presente una "
        "persona de confianza.\n3. No pedir dos veces el mismo relato.\n4. Escuchar en un idioma que la niña o el niño "
        "hable.",
    ),
    theme="Children",
)  # fmt: skip
ANSWER = both(
    "Recommendations 1, 2 and 4 are in use at our reception centres. On the third we would welcome a meeting with the "
    "network.",
    "Las recomendaciones 1, 2 y 4 se aplican en nuestros centros de recepción. Sobre la tercera agradeceríamos una "
    "reunión con la red.",
)
AWAITED = Written(
    kind=SubmissionKind.QUESTION,
    title=both("Languages spoken at the reception desks", "Idiomas que se hablan en los puestos de recepción"),
    words=both(
        "In which languages besides Spanish and English are families received, and who interprets?",
        "¿En qué idiomas, además del español y el inglés, se recibe a las familias, y quién interpreta?",
    ),
    theme="Children",
)


def set_rules(session: ViewerSession, network: UUID) -> None:
    """By the secretariat: the rules of engagement."""
    track = session.scalars(select(Track).where(Track.id == network)).one()
    government = queries.government_of(session, track.process_id)
    routing.set_rules(session, track.process, government, track, words=RULES, stem=STEM, answer_days=60)


def submit(session: ViewerSession, network: UUID, written: Written) -> UUID:
    """By the coordination: drafted and sent."""
    track = session.scalars(select(Track).where(Track.id == network)).one()
    one = submitting.draft(session, track.process, track, written)
    submitting.send(session, one)
    return one.id


def answer(session: ViewerSession, key: UUID) -> None:
    """By the liaison officer: the answer of its government, given."""
    one = queries.submission_by_id(session, key)
    if one is None:
        raise LookupError("the demonstration's submission is not there for its liaison officer")
    said = Said(says=AnswerSays.IN_PART, words=ANSWER)
    government = queries.government_of(session, one.process_id)
    answering.give(session, answering.begin(session, one, government, said, for_process=False))
