"""What can stand in the columns of a list of contacts, and what headings mean it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents.headings import folded, named

PARTICIPANT, NAME, GIVEN, FAMILY = "participant", "name", "given", "family"
FUNCTION, MINISTRY, SUBJECT, LANGUAGES = "function", "ministry", "subject", "languages"
MAIL, TELEPHONE, MOBILE = "mail", "telephone", "mobile"
PROGRAMS = "programs"

COLUMNS: dict[str, Any] = {
    PARTICIPANT: _l("Acts for"),
    NAME: _l("Name"),
    GIVEN: _l("Given name"),
    FAMILY: _l("Family name"),
    FUNCTION: _l("Function"),
    MINISTRY: _l("Ministry or organization"),
    SUBJECT: _l("For"),
    LANGUAGES: _l("Languages"),
    MAIL: _l("Mail address"),
    TELEPHONE: _l("Telephone"),
    MOBILE: _l("Mobile telephone"),
}
_HEADINGS = {
    PARTICIPANT: "acts for|country|state|participant|member|member state|delegation|government|country or organization|"
    "pais|estado|participante|miembro|estado miembro|delegacion|gobierno|actua por|"
    "pays|etat|participant|membre|etat membre|delegation|gouvernement|agit pour|"
    "الدوله|البلد|المشارك|العضو|الوفد|يعمل باسم",
    NAME: "name|full name|contact|contact person|focal point|person|nombre|nombre completo|nombre y apellidos|contacto|"
    "punto focal|nom|nom complet|nom et prenom|prenom et nom|contact|point focal|personne|الاسم|الاسم الكامل|"
    "جهه الاتصال|نقطه الاتصال|اسم",
    GIVEN: "given name|first name|nombres|nombre de pila|prenom|prenoms|الاسم الاول",
    FAMILY: "family name|last name|surname|apellido|apellidos|nom de famille|اسم العائله|اللقب",
    FUNCTION: "function|title|job title|position|post|cargo|funcion|puesto|fonction|titre|poste|الوظيفه|المنصب|الصفه",
    MINISTRY: "ministry|ministry or organization|institution|organization|organisation|agency|department|office|"
    "ministerio|institucion|organizacion|entidad|dependencia|ministerio u organizacion|"
    "ministere|institution|organisme|service|ministere ou organisation|الوزاره|المؤسسه|الجهه|المنظمه|الاداره",
    SUBJECT: "for|subject|theme|topic|area|portfolio|para|tema|asunto|materia|pour|sujet|theme|domaine|"
    "الموضوع|المجال|الملف",
    LANGUAGES: "language|languages|languages spoken|idioma|idiomas|lengua|lenguas|langue|langues|langues parlees|"
    "اللغه|اللغات",
    MAIL: "mail|email|e mail|mail address|email address|e mail address|address for mail|correo|correo electronico|"
    "direccion de correo|courriel|adresse electronique|adresse mail|adresse e mail|البريد الالكتروني|البريد|الايميل",
    TELEPHONE: "telephone|phone|tel|telephone number|phone number|office phone|work phone|business phone|telefono|"
    "telefonos|numero de telefono|telefono oficina|téléphone|telephone bureau|numero de telephone|"
    "الهاتف|هاتف|رقم الهاتف|هاتف المكتب",
    MOBILE: "mobile|mobile telephone|mobile phone|cell|cell phone|cellphone|gsm|whatsapp|movil|celular|telefono movil|"
    "portable|telephone portable|الجوال|المحمول|الهاتف المحمول|النقال",
}
_KNOWN: Mapping[str, str] = {
    folded(heading): column for column, headings in _HEADINGS.items() for heading in headings.split("|")
}


def guess(headings: Sequence[str]) -> dict[int, str]:
    """Column by place. What stands there twice is taken once, but for numbers and addresses, of which one can have
    several; in two languages the first is taken."""
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        column, _language = named(heading, _KNOWN)
        if column is not None and (column in SEVERAL or column not in found.values()):
            found[place] = column
    return found


SEVERAL = frozenset({MAIL, TELEPHONE, MOBILE})
"""Of which a person may have several, in one cell or in columns beside each other."""
