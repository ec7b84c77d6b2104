"""Who may read what, said a second time, as plainly as it can be, from the table of levels and nothing else.

It shares no code with the product and is no model for it: no labels, no clauses, no keys, nothing cached. It keeps
lists of what is so, and for each question walks through them. Readers are names, and so is everything else.

    level         who reads
    public        everyone
    participants  people appointed by a participation that is today member, observer, partner, participant or partner
                  for activities, and the track's secretariat
    members       people appointed by members - or, where a body is named, by that body's membership whatever their
                  standing - and the track's secretariat
    named         exactly those named

The office of a chair that serves as secretariat reads as the secretariat does while its chair chairs the process, less
what is for the secretariat's own officers.

Who sees to a meeting for its host reads what names that host's list, and what is public.

In an emergency one person reads one track for some hours: public, participants and members as its secretariat does, and
what is named to that track's secretariat and to nobody beside it.

A thing inside another is read by those who may read both, unless it was opened expressly ("widened"). Invited ad hoc:
what is addressed to them. Candidate, suspended, former: public, plus what the process's rule leaves them.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

Name = Hashable
READ_AS_PARTICIPANTS = ("member", "observer", "partner", "participant", "partner_for_activities")


@dataclass
class Participation:
    participant: Name
    process: Name
    track: Name
    standing: str
    over: bool = False
    keeps_until: int | None = None  # the age of the process up to which a former member keeps what it was sent


@dataclass
class Appointment:
    person: Name
    acts_for: tuple[str, Name]  # ("participant", x) or ("secretariat", of a track)
    role: str
    process: Name
    track: Name
    body: Name | None = None
    over: bool = False
    chairs_for: Name | None = None  # whose chair's office serves as secretariat


@dataclass
class BodyRole:
    body: Name
    participant: Name
    role: str  # member, observer, chair, co_chair
    over: bool = False


@dataclass
class Chair:
    participant: Name
    of: Name  # a process or a body
    over: bool = False


@dataclass
class Body:
    name: Name
    process: Name
    track: Name
    everyones: bool  # whoever is in the process is in the body


@dataclass
class Emergency:
    """Somebody reads a track; until it is over."""

    person: Name
    process: Name
    track: Name
    over: bool = False


@dataclass(frozen=True)
class Rule:
    """One line of a label. `audience` and `opened_to` are pairs such as ("participant", x), ("chair", of x)."""

    process: Name
    level: str
    tracks: tuple[Name, ...] = ()
    body: Name | None = None
    audience: tuple[tuple[str, Name], ...] = ()
    opened_to: tuple[tuple[str, Name], ...] = ()
    age: int = 1


@dataclass
class Thing:
    name: Name
    rules: tuple[Rule, ...]
    inside: Name | None = None
    widened: bool = False
    made_at_age: int = 1


@dataclass(frozen=True)
class Reader:
    """A person under one hat; nobody at all where the person is None."""

    person: Name | None
    acts_for: tuple[str, Name] | None = None


@dataclass
class Oracle:
    participations: list[Participation] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    bodies: dict[Name, Body] = field(default_factory=dict)
    roles: list[BodyRole] = field(default_factory=list)
    chairs: list[Chair] = field(default_factory=list)
    emergencies: list[Emergency] = field(default_factory=list)
    things: dict[Name, Thing] = field(default_factory=dict)
    delegates: set[tuple[Name, Name, Name | None]] = field(default_factory=set)  # meeting, participant, person

    def reads(self, reader: Reader, name: Name) -> bool:
        thing = self.things[name]
        if not all(self._meets(reader, rule, thing.made_at_age) for rule in thing.rules):
            return False
        if thing.inside is None or thing.widened:
            return True
        return self.reads_with_age(reader, thing.inside, thing.made_at_age)

    def reads_with_age(self, reader: Reader, name: Name, age: int) -> bool:
        """Whether a container would be read, were it made as late as what is inside it."""
        thing = self.things[name]
        if not all(self._meets(reader, rule, age) for rule in thing.rules):
            return False
        return thing.inside is None or thing.widened or self.reads_with_age(reader, thing.inside, age)

    def _meets(self, reader: Reader, rule: Rule, age: int) -> bool:
        if rule.level == "public":
            return True
        age = max(age, rule.age)
        if any(self._is(reader, one, rule, age) for one in rule.opened_to):
            return True
        alarmed = self._alarmed(reader, rule)
        if rule.level == "named":
            if any(self._is(reader, one, rule, age) for one in rule.audience):
                return True
            return bool(alarmed) and all(kind == "secretariat" and who in alarmed for kind, who in rule.audience)
        if any(track in alarmed for track in rule.tracks):
            return True
        if any(self._keeps(reader, track) for track in rule.tracks):
            return True
        return any(self._stands(one, rule) for one in self._held(reader, rule, age))

    def _alarmed(self, reader: Reader, rule: Rule) -> list[Name]:
        """Tracks of the rule's process which the reader reads in an emergency."""
        return [
            one.track
            for one in self.emergencies
            if not one.over
            and one.person == reader.person
            and one.process == rule.process
            and reader.acts_for == ("emergency", one.track)
        ]

    def _stands(self, held: Participation, rule: Rule) -> bool:
        if held.standing not in READ_AS_PARTICIPANTS:
            return False
        if rule.body is None:
            return rule.level == "participants" or held.standing == "member"
        body = self.bodies[rule.body]
        if body.everyones and body.track == held.track and body.process == held.process:
            return rule.level == "participants" or held.standing == "member"
        roles = {
            one.role
            for one in self.roles
            if one.body == rule.body and one.participant == held.participant and not one.over
        }
        if rule.level == "members":
            roles.discard("observer")
        return bool(roles)

    def _held(self, reader: Reader, rule: Rule, age: int) -> list[Participation]:
        """What the participant one acts for holds on the rule's tracks, if one is appointed by it there."""
        return [
            one
            for one in self.participations
            if reader.acts_for == ("participant", one.participant)
            and one.process == rule.process
            and one.track in rule.tracks
            and (not one.over or (one.keeps_until is not None and age <= one.keeps_until))
            and any(mine.process == one.process and mine.track == one.track for mine in self._mine(reader))
        ]

    def _mine(self, reader: Reader) -> list[Appointment]:
        return [
            one
            for one in self.appointments
            if not one.over and one.person == reader.person and one.acts_for == reader.acts_for
        ]

    def _keeps(self, reader: Reader, track: Name) -> bool:
        return self._is_officer(reader, track) or (
            reader.acts_for == ("secretariat", track)
            and any(
                one.role == "chairs_office" and one.track == track and self._presides(one) for one in self._mine(reader)
            )
        )

    def _is_officer(self, reader: Reader, track: Name) -> bool:
        return reader.acts_for == ("secretariat", track) and any(
            one.role in ("officer", "coordinator") and one.track == track for one in self._mine(reader)
        )

    def _presides(self, mine: Appointment) -> bool:
        """Whether the chair for whose office one is appointed chairs the process today, and takes part in it."""
        return any(
            not one.over and one.of == mine.process and one.participant == mine.chairs_for for one in self.chairs
        ) and any(
            not one.over
            and (one.participant, one.process, one.track) == (mine.chairs_for, mine.process, mine.track)
            and one.standing in READ_AS_PARTICIPANTS
            for one in self.participations
        )

    def _is(self, reader: Reader, named: tuple[str, Name], rule: Rule, age: int) -> bool:
        kind, who = named
        held = [
            one
            for one in self._held(reader, rule, age)
            if one.standing in READ_AS_PARTICIPANTS or one.standing == "invited_ad_hoc"
        ]
        if kind == "participant":
            return any(one.participant == who for one in held)
        if kind == "person":
            return reader.person == who and (bool(held) or any(self._keeps(reader, one) for one in rule.tracks))
        if kind == "protocol":
            return reader.acts_for == ("protocol", who) and any(
                one.process == rule.process for one in self._mine(reader)
            )
        if kind == "officers":
            return self._is_officer(reader, who) and any(one.process == rule.process for one in self._mine(reader))
        if kind == "secretariat":
            return self._keeps(reader, who) and any(one.process == rule.process for one in self._mine(reader))
        active = [
            one
            for one in self.participations
            if reader.acts_for == ("participant", one.participant)
            and not one.over
            and one.standing in READ_AS_PARTICIPANTS
        ]
        for mine in self._mine(reader):
            if not any(one.process == mine.process and one.track == mine.track for one in active):
                continue
            if mine.process != rule.process:
                continue
            if kind == "liaison" and mine.role == "liaison_officer" and mine.process == who:
                return True
            if kind == "chair" and mine.role == "chair" and (mine.body or mine.process) == who:
                acts = reader.acts_for
                if any(
                    not one.over and one.of == who and acts == ("participant", one.participant) for one in self.chairs
                ):
                    return True
        return False
