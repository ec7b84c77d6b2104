"""What the demonstration's network has submitted, and how it was answered: each act by who would do it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from uuid import UUID

from sqlalchemy import select

from secretariat.civil_society import comment_queries, position_queries, queries
from secretariat.civil_society.became_models import LedTo
from secretariat.civil_society.models import AnswerSays, Submission, SubmissionKind
from secretariat.civil_society.position_models import Position
from secretariat.civil_society.service import (
    answering,
    commenting,
    confiding,
    linking,
    positions,
    publishing,
    replying,
    routing,
    submitting,
)
from secretariat.civil_society.service.answering import Said
from secretariat.civil_society.service.confiding import Confidence
from secretariat.civil_society.service.submitting import Written
from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.session import ViewerSession
from secretariat.demonstration.content import both
from secretariat.documents.service import Place
from secretariat.processes import clauses
from secretariat.processes import service as processes
from secretariat.processes.models import ParticipantKind, Process, StandingKind, Track
from secretariat.processes.service import NewParticipant
from secretariat.texts import service as texts
from secretariat.texts.deadline import Deadline
from secretariat.texts.paragraphs import ParagraphKind
from secretariat.texts.service.replying import Said as Comment

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


MEMBERS = {
    "BZ": "Open Gate Belize",
    "CA": "Northern Welcome Circle",
    "CR": "Casa del Camino",
    "DO": "Puente de las Islas",
    "SV": "Raíces y Rutas",
    "GT": "Casa de la Frontera Alta",
    "HN": "Voces del Retorno",
    "MX": "Albergue La Ceiba",
    "NI": "Manos del Lago",
    "PA": "Caminos del Istmo",
    "US": "Neighbors Across",
}
"""One organization in each member state, by its code; all are invented."""
FOCUS = {
    "GT": both("Reception of returned children", "Recepción de niñas y niños retornados"),
    "MX": both("Shelter for families", "Albergue para familias"),
    "HN": both("Return and work", "Retorno y trabajo"),
    "US": both("Legal advice", "Asesoría jurídica"),
}
CHAPTER = both("Chapter of Guatemala", "Capítulo de Guatemala")
DISSENTING = "US"
DISSENT = "We would have asked for an interpreter within one hour, not two."
POSITION = both(
    "Declaration on families at the reception desks", "Declaración sobre las familias en los puestos de recepción"
)
SAID = (
    ("preamble", both("Recalling that families arrive by night as well as by day,",
                        "Recordando que las familias llegan de noche y no solo de día,")),
    ("operative", both("The network asks that no family be separated while its members are heard.",
                       "La red pide que ninguna familia sea separada mientras se oye a sus integrantes.")),
    ("operative", both("An interpreter is there, or on the telephone, within two hours.",
                       "En el plazo de dos horas hay intérprete, en persona o por teléfono.")),
)  # fmt: skip
TO_POSITION = both(
    "The members take up paragraph 2 in the plan of action. On paragraph 1 they ask the liaison officers to report "
    "at the next meeting.",
    "Los miembros recogen el párrafo 2 en el plan de acción. Sobre el párrafo 1 piden a los oficiales de enlace que "
    "informen en la próxima reunión.",
)
AGREED = "By the eleven members, in silence"
REPLY = both(
    "The network thanks Costa Rica, and comes to the meeting on the third recommendation.",
    "La red agradece a Costa Rica y acude a la reunión sobre la tercera recomendación.",
)
NOTICE = both("Notice for families at the reception desks", "Aviso para las familias en los puestos de recepción")
NOTICE_SAYS = (
    ("preamble", both("This notice hangs at each reception desk, where families wait.",
                      "Este aviso se coloca en cada puesto de recepción, donde esperan las familias.")),
    ("operative", both("You may call your consulate. Ask for the telephone at the desk.",
                       "Puede llamar a su consulado. Pida el teléfono en el puesto.")),
    ("operative", both("Tell us if your child needs a doctor, food or rest.",
                       "Díganos si su niña o niño necesita atención médica, comida o descanso.")),
)  # fmt: skip
COMMENTING = "GT"
ON_NOTICE = both("On the notice for families", "Sobre el aviso para las familias")
COMMENTS = (
    (1, "Nobody should have to ask: let the telephone stand where all can see it.",
     "You may call your consulate. The telephone stands beside this notice."),
    (2, "Please say it in drawings too, for who does not read.", ""),
)  # fmt: skip
"""Paragraph, words, and the words proposed instead."""
CONFIDING, CONFIDED = "HN", both("Waiting at one desk", "La espera en un puesto")
CONFIDED_WORDS = both(
    "At one desk families wait outdoors at night. We would rather not be named; the people there are kind to us.",
    "En un puesto las familias esperan de noche a la intemperie. Preferimos no ser nombrados; allí nos tratan bien.",
)


def join(session: ViewerSession, network: UUID, states: Mapping[str, UUID]) -> dict[str, UUID]:
    """By the coordination: the member organizations, with the day on which they joined."""
    track = session.scalars(select(Track).where(Track.id == network)).one()
    found = {}
    for state, name in MEMBERS.items():
        language = "en" if state in ("BZ", "CA", "US") else "es"
        new = NewParticipant(name, language, ParticipantKind.NGO)
        one = processes.know_participant(session, session.viewer, track, new)
        processes.add_participant(
            session, session.viewer, track, one, StandingKind.MEMBER,
            since=PartialDate.parse(clock.today()), decision="Assembly of the network",
            country=states[state], focus=FOCUS.get(state),
        )  # fmt: skip
        found[state] = one.id
    words = processes.BodyWords(name=CHAPTER, kind="national-chapter", permanence="standing")
    processes.open_body(
        session, session.viewer, track, words, since=PartialDate.parse(clock.today()), members=[found["GT"]]
    )
    return found


def open_position(session: ViewerSession, network: UUID, until: date) -> UUID:
    """By the coordination: a text of the network in two languages, circulated and opened to signatures."""
    track = session.scalars(select(Track).where(Track.id == network)).one()
    text = texts.begin(
        session,
        Place(process=track.process, track=track),
        texts.Particulars(
            title=POSITION, kind="working_paper", original="en", languages=("en", "es"), authentic=("en", "es"),
            readers=frozenset({clauses.participants_of(track.process, track)}),
        ),
    )  # fmt: skip
    texts.add_paragraphs(
        session, text, [texts.Words(kind=ParagraphKind(kind), depth=1, words=words) for kind, words in SAID]
    )
    edition = texts.circulate(session, text, ("en", "es"))
    return positions.open_position(session, edition, Deadline(until, time(17), "America/Panama")).id


def sign(session: ViewerSession, key: UUID) -> None:
    """By who represents an organization."""
    positions.sign(session, _position(session, key), clock.now())


def dissent(session: ViewerSession, key: UUID) -> None:
    """By who represents the one that does not sign, and asks that this go along."""
    said = positions.Dissent(words=DISSENT, language="en", goes_along=True)
    positions.dissent(session, _position(session, key), said, clock.now())


def adopt_and_send(session: ViewerSession, key: UUID) -> UUID:
    """By the coordination: adopted, and sent as a declaration."""
    one = _position(session, key)
    on = clock.today(one.zone)
    positions.settle(session, one, positions.Settled(adopted=True, on=on, word="At the assembly of the network"))
    made = positions.make_submission(session, one, SubmissionKind.DECLARATION, "Families")
    submitting.send(session, made)
    return made.id


def _position(session: ViewerSession, key: UUID) -> Position:
    one = position_queries.position_by_id(session, key)
    if one is None:
        raise LookupError("the demonstration's position is not there for its network")
    return one


def answer_for_process(session: ViewerSession, key: UUID, activity: UUID) -> None:
    """By the secretariat: what the members agreed on, linked to the activity that takes it up."""
    one = _submission(session, key)
    said = Said(says=AnswerSays.IN_PART, words=TO_POSITION, agreed_on=clock.today(one.process.zone), agreed_word=AGREED)
    government = queries.government_of(session, one.process_id)
    made = answering.begin(session, one, government, said, for_process=True)
    answering.give(session, made)
    linking.link(session, made, LedTo.ACTIVITY, activity)


def reply(session: ViewerSession, key: UUID) -> None:
    """By the coordination: to the last answer."""
    given = queries.answers_of(session, key)[-1]
    found = queries.answer_by_id(session, given.id)
    if found is not None:
        replying.reply(session, found, REPLY)


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
    one = _submission(session, key)
    said = Said(says=AnswerSays.IN_PART, words=ANSWER)
    government = queries.government_of(session, one.process_id)
    answering.give(session, answering.begin(session, one, government, said, for_process=False))


def publish(session: ViewerSession, key: UUID) -> None:
    """By the coordination: everybody reads a submission once its answer is published too."""
    publishing.publish(session, _submission(session, key), signatures=True, replies=True)


def publish_answer(session: ViewerSession, key: UUID) -> None:
    """By whose answer it is: the answers to a submission, for everybody."""
    for one in queries.answers_of(session, key):
        found = queries.answer_by_id(session, one.id)
        if found is not None:
            publishing.publish_answer(session, found)


def circulate_notice(session: ViewerSession, process: UUID) -> UUID:
    """By the secretariat: a text for both sides; its document."""
    found = session.scalars(select(Process).where(Process.id == process)).one()
    government = queries.government_of(session, process)
    both_sides = clauses.participants_of(found, *found.tracks)
    text = texts.begin(
        session,
        Place(process=found, track=government),
        texts.Particulars(
            title=NOTICE, kind="working_paper", original="es", languages=("en", "es"), authentic=("en", "es"),
            readers=frozenset({both_sides}),
        ),
    )  # fmt: skip
    texts.add_paragraphs(
        session, text, [texts.Words(kind=ParagraphKind(kind), depth=1, words=words) for kind, words in NOTICE_SAYS]
    )
    return texts.circulate(session, text, ("en", "es")).document_id


def comment(session: ViewerSession, network: UUID, document: UUID) -> UUID:
    """By who represents an organization: a comment on that version, by paragraph, in draft."""
    track = session.scalars(select(Track).where(Track.id == network)).one()
    one = commenting.begin(session, track.process, track, document, ON_NOTICE, "Families")
    version = comment_queries.version_of(session, one)
    if version is None or version.content is None:
        raise LookupError("the demonstration's notice is not there for the network")
    for place, words, wording in COMMENTS:
        paragraph = version.content.pieces[place].id
        said = Comment(paragraph=paragraph, language="en", words=words, wording=wording)
        commenting.write(session, one, paragraph, said)
    return one.id


def send(session: ViewerSession, key: UUID) -> None:
    """By the coordination: a draft of an organization, sent as the network's."""
    submitting.send(session, _submission(session, key))


def confide(session: ViewerSession, network: UUID, coordinator: UUID) -> None:
    """By who represents an organization: to one coordinator, its name for that person alone."""
    track = session.scalars(select(Track).where(Track.id == network)).one()
    said = Confidence(addressee=coordinator, theme="Families", title=CONFIDED, words=CONFIDED_WORDS)
    confiding.send(session, confiding.draft(session, track.process, track, said))


def _submission(session: ViewerSession, key: UUID) -> Submission:
    one = queries.submission_by_id(session, key)
    if one is None:
        raise LookupError("the demonstration's submission is not there for who answers it")
    return one
