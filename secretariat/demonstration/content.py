"""What the demonstration tells, in English and Spanish. States act by their ISO codes; people by function."""

from __future__ import annotations

from dataclasses import dataclass, field

from secretariat.core.localtext import LocalText

PROCESS = "rcm"
PUBLIC_BY = "RCM/VM/2025/3, paragraph 9"
CHAIR = "MX"
NEXT_HOST = "PA"
CIVIL_SOCIETY = "Regional Network for Civil Organizations on Migration (RNCOM)"


def both(en: str, es: str) -> LocalText:
    """The same words in the two languages of the process."""
    return LocalText({"en": en, "es": es}, "en")


@dataclass(frozen=True, slots=True)
class Post:
    """A focal point's post: ministry and language of who holds it."""

    state: str
    ministry: LocalText
    language: str = "es"
    zone: str = "America/Guatemala"


POSTS = (
    Post("BZ", both("Department of Immigration", "Departamento de Inmigración"), "en", "America/Belize"),
    Post("CA", both("Immigration, Refugees and Citizenship", "Inmigración, Refugiados y Ciudadanía"), "en",
         "America/Toronto"),
    Post("CR", both("Directorate General of Migration", "Dirección General de Migración"), "es", "America/Costa_Rica"),
    Post("DO", both("Ministry of Foreign Affairs", "Ministerio de Relaciones Exteriores"), "es",
         "America/Santo_Domingo"),
    Post("SV", both("Ministry of Foreign Affairs", "Ministerio de Relaciones Exteriores"), "es",
         "America/El_Salvador"),
    Post("GT", both("Guatemalan Migration Institute", "Instituto Guatemalteco de Migración")),
    Post("HN", both("National Migration Institute", "Instituto Nacional de Migración"), "es", "America/Tegucigalpa"),
    Post("MX", both("National Migration Institute", "Instituto Nacional de Migración"), "es", "America/Mexico_City"),
    Post("NI", both("Ministry of the Interior", "Ministerio del Interior"), "es", "America/Managua"),
    Post("PA", both("National Migration Service", "Servicio Nacional de Migración"), "es", "America/Panama"),
    Post("US", both("Department of State", "Departamento de Estado"), "en", "America/New_York"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A word of a participant on its commitment: how many days ago, the status, the step, what stands in the way."""

    days_ago: int
    status: str
    words: str
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment: whose, what, due in how many days, and what was said of it since."""

    state: str
    words: LocalText
    due_in: int | None
    steps: tuple[Step, ...] = ()
    proposal: bool = False
    noted: Step | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """An activity and its commitments."""

    title: LocalText
    promises: tuple[Promise, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Aim:
    title: LocalText
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Field:
    title: LocalText
    aims: tuple[Aim, ...]


PLAN_TITLE = both("Plan of action on return, protection and regular routes",
                  "Plan de acción sobre retorno, protección y vías regulares")  # fmt: skip

_hours = both("Publish the agreed hours and places of reception at its land crossings",
              "Publicar las horas y los lugares de recepción acordados en sus pasos terrestres")  # fmt: skip
_notice = both("Give notice of each arrival by land a day ahead",
               "Avisar con un día de antelación de cada llegada por tierra")  # fmt: skip
_contact = both("Name a contact for children in each of its consulates on the route",
                "Nombrar un contacto para la niñez en cada consulado de la ruta")  # fmt: skip
_figures = both("Send monthly figures on returns in the shared format",
                "Enviar cifras mensuales de retornos en el formato compartido")  # fmt: skip

FIELDS = (
    Field(
        both("Migration policy and management", "Política y gestión migratoria"),
        (
            Aim(
                both("Dignified, orderly, effective and safe return over land",
                     "Retorno terrestre digno, ordenado, ágil y seguro"),
                (
                    Work(
                        both("Put the memorandum on return over land to use at each crossing",
                             "Aplicar el memorando de retorno terrestre en cada paso"),
                        (
                            Promise("SV", _hours, -12, (Step(96, "in_progress", "Los horarios de dos pasos están "
                                    "acordados; falta uno."), Step(19, "completed", "Publicados los tres."))),
                            Promise("GT", _hours, 7, (Step(68, "in_progress", "Dos de tres pasos acordados."),)),
                            Promise("HN", _hours, -13),
                            Promise("MX", _notice, 48, (Step(41, "in_progress", "El aviso funciona en cuatro de seis "
                                    "puntos."),)),
                            Promise("NI", _hours, 27, (Step(33, "postponed", "Se acordará después de la reunión de "
                                    "viceministros.", "Cambio de autoridades en el puesto fronterizo."),)),
                        ),
                    ),
                ),
            ),
            Aim(
                both("A statistical information system for the region",
                     "Un sistema de información estadística para la región"),
                (
                    Work(
                        both("Exchange figures in one format", "Intercambiar cifras en un solo formato"),
                        (
                            Promise("CR", _figures, None, (Step(25, "in_progress", "Enviadas las cifras hasta el mes "
                                    "pasado."),)),
                            Promise("GT", _figures, 20, (Step(52, "in_progress", "Enviadas hasta el trimestre "
                                    "anterior."),)),
                            Promise("DO", _figures, 34),
                            Promise("PA", _figures, 62, proposal=True),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Field(
        both("Human rights of migrants", "Derechos humanos de las personas migrantes"),
        (
            Aim(
                both("Assistance to unaccompanied minors in cases of repatriation",
                     "Atención a niñas, niños y adolescentes no acompañados en casos de repatriación"),
                (
                    Work(
                        both("Put the regional guidelines to use in consulates",
                             "Aplicar los lineamientos regionales en los consulados"),
                        (
                            Promise("GT", _contact, -2, (Step(61, "in_progress", "Diez de veinte nombrados."),),
                                    noted=Step(9, "in_progress", "Catorce de veinte nombrados.")),
                            Promise("HN", _contact, 30, (Step(14, "not_yet_started", "Se comienza después del "
                                    "presupuesto.", "Presupuesto aprobado a mitad de año."),)),
                            Promise("SV", _contact, 30, (Step(58, "completed", "Nombrados en los nueve "
                                    "consulados."),)),
                            Promise("US", both("Share the directory of reception desks for children with consulates",
                                               "Compartir con los consulados el directorio de ventanillas de niñez"),
                                    45, (Step(22, "completed", "The directory was shared on the first of May."),)),
                        ),
                    ),
                ),
            ),
            Aim(
                both("Special protection in case of return of child and adolescent victims of trafficking",
                     "Protección especial en caso de retorno de niñas, niños y adolescentes víctimas de trata"),
                (
                    Work(
                        both("Train those who receive them", "Capacitar a quienes los reciben"),
                        (
                            Promise("BZ", both("Train four officials of the border service",
                                               "Capacitar a cuatro funcionarios del servicio fronterizo"), 16),
                            Promise("CR", both("Offer its course to two officials of each member",
                                               "Ofrecer su curso a dos funcionarios de cada país miembro"),
                                    75, (Step(30, "in_progress", "El programa está listo en español e inglés."),)),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Field(
        both("Migration and development", "Migración y desarrollo"),
        (
            Aim(
                both("Temporary migration programmes", "Programas de migración laboral temporal"),
                (
                    Work(
                        both("Learn from the programme of Guatemala and Canada",
                             "Aprender del programa de Guatemala y Canadá"),
                        (
                            Promise("CA", both("Circulate the model clauses in use",
                                               "Circular las cláusulas modelo en uso"),
                                    -20, (Step(44, "completed", "Circulated to all members in English and French."),)),
                            Promise("GT", both("Review the registry of recruiters",
                                               "Revisar el registro de reclutadores"),
                                    -9),
                            Promise("MX", both("Describe its own arrangements for the next meeting",
                                               "Describir sus propios acuerdos para la próxima reunión"), 33),
                            Promise("BZ", both("Try the model clauses with one employer",
                                               "Probar las cláusulas modelo con un empleador"), 90, proposal=True),
                        ),
                    ),
                ),
            ),
        ),
    ),
)  # fmt: skip

BODY = both("Regional Consultation Group on Migration", "Grupo Regional de Consulta sobre Migración")
OUTCOMES = (
    ("decision", both("The plan of action is adopted; members are invited to say what they will do under it.",
                      "Se adopta el plan de acción; se invita a los miembros a decir qué harán en su marco.")),
    ("request", both("The Technical Secretariat compiles a progress report for the next meeting.",
                     "La Secretaría Técnica prepara un informe de avance para la próxima reunión.")),
    ("recommendation", both("Consulates on the route name a contact for children.",
                            "Los consulados de la ruta nombran un contacto para la niñez.")),
)  # fmt: skip
CITIES = {
    "MX": ("America/Mexico_City", both("Mexico City", "Ciudad de México")),
    "PA": ("America/Panama", both("Panama City", "Ciudad de Panamá")),
}
AGENDA_PAPER = both("Provisional agenda", "Agenda provisional")
STATE_OF_PLAN = both("State of the plan of action", "Estado del plan de acción")
NOTE_FOR_LATER = both("Note on the figures on returns", "Nota sobre las cifras de retornos")
TRANSLATOR = "Translation service of the Secretariat"
AGENDA = (
    (30, both("Opening; adoption of the agenda", "Apertura; adopción de la agenda")),
    (90, both("Plan of action: progress report", "Plan de acción: informe de avance")),
    (60, both("Return over land: the memorandum in practice", "Retorno terrestre: el memorando en la práctica")),
    (60, both("Model clauses for temporary work", "Cláusulas modelo para el trabajo temporal")),
    (30, both("Conclusions; next meeting", "Conclusiones; próxima reunión")),
)


# --- a text by paragraph ------------------------------------------------------------------------------------------

GUIDELINES = both("Guidelines on the reception of returned children",
                  "Lineamientos para la recepción de niñas y niños retornados")  # fmt: skip
PARAGRAPHS = (
    ("preamble", 1, both("Recalling that the best interests of the child are a primary consideration,",
                         "Recordando que el interés superior de la niñez es una consideración primordial,")),
    ("preamble", 1, both("Mindful of what the countries of the region have learnt together,",
                         "Conscientes de lo que los países de la región han aprendido juntos,")),
    ("heading", 1, both("On arrival", "A la llegada")),
    ("operative", 1, both("Returned children are received by staff trained for it [, without uniform,] within [two] "
                          "[four] hours of arrival.",
                          "Las niñas y los niños retornados son recibidos por personal capacitado [, sin uniforme,] en "
                          "un plazo de [dos] [cuatro] horas desde su llegada.")),
    ("operative", 1, both("Each child is told, in a language he or she understands:",
                          "A cada niña o niño se le informa, en un idioma que comprenda:")),
    ("operative", 2, both("what happens next;", "qué sucederá a continuación;")),
    ("operative", 2, both("whom to ask.", "a quién puede preguntar.")),
    ("heading", 1, both("Family and consulate", "Familia y consulado")),
    ("operative", 1, both("The receiving authority informs the consulate of the child’s country.",
                          "La autoridad receptora informa al consulado del país de la niña o del niño.")),
    ("operative", 1, both("Families stay together through reception.",
                          "Las familias permanecen juntas durante la recepción.")),
)  # fmt: skip
"""Kind, how far it stands in, and the words."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a government says of a paragraph (by its place): words, a wording, and who reads it."""

    paragraph: int
    words: str = ""
    wording: str = ""
    language: str = "en"
    read_by: str = "readers"


REMARKS = {
    "CA": (Remark(4, "Agrees; asks for sign language to be named in the notes."),),
    "SV": (
        Remark(3, "Mantener “dos”: se aplicó así durante tres meses.", language="es"),
        Remark(8, wording="La autoridad receptora informa al consulado, salvo que la niña o el niño haya solicitado "
                          "protección.", language="es"),
    ),
    "US": (
        Remark(3, wording="Returned children are received by staff trained for it within two hours at an airport and "
                          "four at a land crossing."),
        Remark(3, "The words on uniforms still lie with two ministries.", read_by="secretariat"),
        Remark(8, "Could live with an exception for those who ask for protection.", read_by="unnamed"),
    ),
}  # fmt: skip
