"""What the parts of a process are called, in the reader's language. Other words of a source are shown as written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.processes.models import LifeState, ParticipantKind, SecretariatArrangement, StandingKind

STANDINGS: dict[StandingKind, Any] = {
    StandingKind.MEMBER: lazy_pgettext("standing", "Member"),
    StandingKind.OBSERVER: lazy_pgettext("standing", "Observer"),
    StandingKind.PARTNER: lazy_pgettext("standing", "Partner"),
    StandingKind.PARTICIPANT: lazy_pgettext("standing", "Participant"),
    StandingKind.PARTNER_FOR_ACTIVITIES: lazy_pgettext("standing", "Partner for activities"),
    StandingKind.INVITED_AD_HOC: lazy_pgettext("standing", "Invited ad hoc"),
    StandingKind.CANDIDATE: lazy_pgettext("standing", "Candidate"),
    StandingKind.SUSPENDED: lazy_pgettext("standing", "Suspended"),
    StandingKind.FORMER: lazy_pgettext("standing", "Former member"),
}
"""What one participant is."""

STANDINGS_OF_MANY: dict[StandingKind, Any] = {
    StandingKind.MEMBER: _l("Members"),
    StandingKind.OBSERVER: _l("Observers"),
    StandingKind.PARTNER: _l("Partners"),
    StandingKind.PARTICIPANT: _l("Participants by status"),
    StandingKind.PARTNER_FOR_ACTIVITIES: _l("Partners for activities"),
    StandingKind.INVITED_AD_HOC: _l("Invited ad hoc"),
    StandingKind.CANDIDATE: _l("Candidates"),
    StandingKind.SUSPENDED: _l("Suspended"),
    StandingKind.FORMER: _l("Former members"),
}
"""The headings participants stand under."""

IN_NETWORK: dict[StandingKind, Any] = STANDINGS_OF_MANY | {
    StandingKind.MEMBER: _l("Member organizations"),
    StandingKind.FORMER: _l("Former member organizations"),
}
"""The headings organizations of a network stand under."""

PARTICIPANT_KINDS: dict[ParticipantKind, Any] = {
    ParticipantKind.STATE: lazy_pgettext("participant", "State"),
    ParticipantKind.TERRITORY: lazy_pgettext("participant", "Territory"),
    ParticipantKind.INTERNATIONAL_ORGANIZATION: _l("International organization"),
    ParticipantKind.REGIONAL_BODY: _l("Regional body"),
    ParticipantKind.NETWORK: lazy_pgettext("participant", "Network"),
    ParticipantKind.AGENCY: lazy_pgettext("participant", "Agency"),
    ParticipantKind.NGO: _l("Non-governmental organization"),
    ParticipantKind.DONOR: lazy_pgettext("participant", "Donor"),
    ParticipantKind.OTHER: lazy_pgettext("participant", "Other"),
}

ARRANGEMENTS: dict[SecretariatArrangement, Any] = {
    SecretariatArrangement.PERMANENT: _l("Permanent secretariat"),
    SecretariatArrangement.HOSTED: _l("Hosted secretariat"),
    SecretariatArrangement.JOINT: _l("Joint secretariat"),
    SecretariatArrangement.PROJECT_FUNDED: _l("Secretariat funded by a project"),
    SecretariatArrangement.STEERING_GROUP: _l("A steering group in place of a secretariat"),
    SecretariatArrangement.NONE: _l("No secretariat"),
}

CHAIR_MODES: dict[str, Any] = {
    "fixed": _l("The chair does not change"),
    "rotating": _l("The chair rotates"),
    "co-chairs": _l("Co-chairs"),
    "troika": _l("Past, present and future chair together"),
    "host": _l("The host of the year chairs"),
    "unknown": _l("Not told by the source"),
}

CHAIR_ROLES: dict[str, Any] = {
    "chair": lazy_pgettext("role", "Chair"),
    "co_chair": lazy_pgettext("role", "Co-chair"),
    "thematic_coordinator": _l("Thematic coordinator"),
    "troika_past": _l("Past chair"),
    "troika_next": _l("Future chair"),
    "host": lazy_pgettext("role", "Host"),
}

BODY_KINDS: dict[str, Any] = {
    "ministerial": _l("Ministerial conference"),
    "senior-officials": _l("Senior officials’ meeting"),
    "plenary": lazy_pgettext("body", "Plenary"),
    "steering-group": _l("Steering group"),
    "consultation-group": _l("Consultation group"),
    "working-group": _l("Working group"),
    "ad-hoc-group": _l("Ad hoc group"),
    "technical-workshop": _l("Technical workshop"),
    "seminar": lazy_pgettext("body", "Seminar"),
    "secretariat": lazy_pgettext("body", "Secretariat"),
    "civil-society-network": _l("Civil-society network"),
    "liaison-network": _l("Liaison officers’ network"),
    "national-chapter": _l("National chapter"),
}
ON_A_NETWORK = frozenset({"national-chapter"})
"""Kinds of bodies that a network alone has."""
OF_GOVERNMENTS = frozenset({"ministerial", "senior-officials", "civil-society-network", "liaison-network"})
"""Kinds of bodies that the governments' side alone has."""

LEVELS: dict[str, Any] = {
    "political": lazy_pgettext("level", "Political level"),
    "senior": lazy_pgettext("level", "Senior officials"),
    "technical": lazy_pgettext("level", "Technical level"),
}

PERMANENCE: dict[str, Any] = {"standing": lazy_pgettext("body", "Standing"), "ad-hoc": lazy_pgettext("body", "Ad hoc")}

LIFE_STATES: dict[LifeState, Any] = {
    LifeState.ACTIVE: lazy_pgettext("state", "At work"),
    LifeState.DORMANT: lazy_pgettext("state", "Dormant"),
    LifeState.CONCLUDED: lazy_pgettext("state", "Concluded"),
}

TEXTS: dict[str, Any] = {
    "goals": _l("Goals"),
    "themes": _l("Themes"),
    "priorities": _l("Priorities"),
    "secretariat": _l("On the secretariat"),
    "chair": _l("On the chair"),
    "civil_society": _l("On civil society"),
    "confidentiality": _l("Confidentiality"),
    "data_systems": _l("Data systems"),
    "remarks": _l("Remarks"),
}
"""The running texts of a process, in the order in which they stand."""

INVOLVEMENT: dict[str, Any] = {
    "network": _l("By a network of its own"),
    "affiliated": _l("Among the observers"),
    "ad-hoc": _l("Invited from case to case"),
}


def word(words: Mapping[Any, Any], key: Any) -> str:
    """The word for a key; a key without one is shown as it is written."""
    known = words.get(key)
    return str(known) if known is not None else str(getattr(key, "value", key)).replace("-", " ").replace("_", " ")
