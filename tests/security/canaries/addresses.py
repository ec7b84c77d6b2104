"""How each rule of the map is filled. A rule whose part has no entry here fails the walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeVar
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.routing import Rule

from secretariat.core import clock, kinds
from secretariat.directory.models import RoleName
from secretariat.mail.models import MailState
from secretariat.pages.statuses import STATUSES
from tests.security.canaries.links import tokens_for
from tests.security.canaries.world import World

FORGED = "A" * 43

T = TypeVar("T")
Values = Callable[[World], list[str]]


def things(*kinds: str) -> Values:
    """Every planted thing of these kinds."""

    def values(world: World) -> list[str]:
        return [str(key) for kind in kinds for key in world.planted.get(kind, [])]

    return values


def known(prefix: str) -> Values:
    """Keys the world knows by a name that begins so."""

    def values(world: World) -> list[str]:
        return [str(key) for name, key in world.ids.items() if name.startswith(prefix)]

    return values


def just(*values: str) -> Values:
    return lambda _world: list(values)


PARTS: dict[str, Values] = {
    "slug": lambda world: world.slugs,
    "track_slug": just("government", "civil-society"),
    "kind": just("goals", "priorities", "remarks"),
    "filename": just("core.css"),
    "body_id": things("Body"),
    "membership_id": things("BodyMembership"),
    "term_id": things("ChairTerm"),
    "host_id": things("SecretariatHost"),
    "participation_id": things("Participation"),
    "participant_id": known("state "),
    "participant": known("state "),
    "person": lambda world: [str(one.person) for one in world.officials.values() if one],
    "user_id": lambda world: [str(one.user) for one in world.officials.values() if one],
    "appointment_id": lambda world: [
        *things("Appointment")(world),
        *(str(one.appointment) for one in world.officials.values() if one),
    ],
    "successor_id": things("ProposedSuccessor"),
    "access_id": things("EmergencyAccess"),
    "card_id": things("ContactCard"),
    "number_id": things("ContactNumber"),
    "act": just("suspend", "readmit", "invite", "nothing like it"),
    "job_id": things("Job"),
    "message": things("OutboxMessage"),
    "meeting_id": things("Meeting"),
    "milestone": just("draft_report", "call_for_items", "invitation", "nothing like it"),
    "feed": lambda world: [*world.feeds, FORGED],
    "feed_id": lambda world: list(world.own_feeds.values()),
    "item_id": things("AgendaItem"),
    "outcome_id": things("Outcome"),
    "delegate_id": things("Delegate"),
    "guest_id": things("Guest"),
    "lent_id": things("LentDraft"),
    "opened_id": things("OpenedRound"),
    "asked_id": things("LentComments"),
    "list_id": things("PaperList"),
    "import_id": things("PlanImport"),
    "invitation_id": things("Invitation"),
    "proposal_id": things("ItemProposal"),
    "text_id": things("DraftText"),
    "paragraph_id": things("TextParagraph"),
    "pack_id": things("Pack"),
    "round_id": things("CommentRound"),
    "consultation_id": things("PublicConsultation"),
    "silence_id": things("SilenceProcedure"),
    "hold_id": things("SilenceHold"),
    "adoption_id": things("TextAdoption"),
    "confirmation_id": things("AdoptionConfirmation"),
    "clearance_id": things("Clearance"),
    "copy_id": things("DocumentFile"),
    "answer_id": things("ClearanceAnswer"),
    "comment_id": things("Comment", "UnnamedComment"),
    "plan_id": things("Plan"),
    "part_id": things("Area", "Objective", "Activity"),
    "objective_id": things("Objective"),
    "commitment_id": things("Commitment"),
    "document_id": things("Document"),
    "version_id": things("DocumentVersion"),
    "file_id": things("DocumentFile"),
    "evidence_id": things("EvidenceFile", "LentFile"),
    "update_id": things("ProgressUpdate"),
    "need_id": things("SupportNeeded"),
    "given_id": things("SupportGiven"),
    "report_id": things("ProgressReport"),
    "form": just("pdf", "docx", "xlsx", "csv", "vcf"),
    "host_list_id": things("HostList"),
    "hosted_id": things("HostedPerson"),
    "workshop_id": things("Workshop"),
    "seat_id": things("WorkshopSeat"),
    "paper": just("list", "badges", "plates", "nothing like it"),
    "check_id": things("ReportCheck"),
    "advice_id": things("ChairAdvice"),
    "area_id": things("Area"),
    "thing_kind": just("commitments", "meetings", "plans"),
    "thing_id": things("Commitment", "Meeting", "Plan"),
    "handover_id": things("Handover"),
    "edition_id": things("Edition", "ReportEdition"),
    "lowering_id": things("ProposedLowering"),
    "declassification_id": things("Declassification"),
    "review_id": things("LabelReview"),
    "note_id": things("ContactNote"),
    "reply_id": things("MailReply"),
    "chair_word_id": things("ChairWord"),
    "language": just("en", "es", "nothing like it"),
    "submission_id": things("Submission"),
    "confided_id": things("Confided"),
    "confided_copy_id": things("ConfidedCopy"),
    "position_id": things("Position"),
    "joint_id": things("JointSession"),
    "notice_id": things("JointNotice"),
    "choice_id": things("Choice"),
    "circular_id": things("Circular"),
    "letter_id": things("RegisteredLetter"),
    "scan_id": things("LetterScan"),
    "letterhead_id": things("Letterhead"),
    "contribution_id": things("Contribution"),
    "contact_list_id": things("ContactList"),
    "listed_id": things("ListedContact"),
    "into_kind": just("listed", "card"),
    "into_id": lambda world: [str(world.at["ListedContact", "the secretariat"])],
    "candidate_id": things("Candidate"),
    "link_id": things("AnswerLink"),
    "led_to": just("outcome", "commitment", "nothing like it"),
    "submission_answer_id": things("SubmissionAnswer"),
    "task_id": things("Task"),
}

PAGES = just("1", "2", "0", "-1", "99999999", "x")
LANGUAGES = just("en", "es", "nothing like it")
NETWORKS = just("civil-society", "nothing like it")

QUERIES: dict[str, dict[str, Values]] = {
    "accounts.choose_hat": {"next": just("/meetings/", "https://elsewhere.example")},
    "accounts.sign_in": {"next": just("/meetings/", "https://elsewhere.example")},
    "administration.accounts": {"page": PAGES},
    "administration.security_log": {"kind": just("link refused", "nothing like it"), "page": PAGES},
    "arrangements.contributions": {"page": PAGES},
    "appointments.name": {"told": things("ProposedSuccessor")},
    "civil_society.comment_on": {"on": things("Document", "OpenedRound"), "network": NETWORKS},
    "civil_society.draft": {"network": NETWORKS},
    "civil_society.ledger": {"page": PAGES, "network": NETWORKS},
    "confiding.begin": {"network": NETWORKS},
    "confiding.index": {"network": NETWORKS},
    "civil_society.show_published": {"page": PAGES},
    "confidentiality.log": {"page": PAGES},
    "search.find": {
        "q": lambda world: [*world.canaries][:: max(1, len(world.canaries) // 12)],
        "kind": just("meetings", "nothing_like_it"),
        "process": lambda world: [*world.slugs, "nothing-like-it"],
        "since": just("2019-01-01", "never"),
        "order": just("latest", "nothing like it"),
        "page": PAGES,
    },
    "search.suggest": {"q": lambda world: [*world.canaries][:: max(1, len(world.canaries) // 12)]},
    "meetings.requests_to_secretariat": {"page": PAGES},
    "follow_up.reply": {
        "person": lambda world: [
            f"{world.ids['state observer']}:{one.person if (one := world.officials['observer']) else ''}",
            "nothing like it",
        ]
    },
    "confidentiality.person": {
        "hat": lambda world: [*sorted({str(one.hat) for one in world.officials.values() if one}), "nothing like it"],
        "of": lambda _world: [*(kind.name for kind in kinds.every()), "nothing_like_it"],
        "label": just("0" * 16),
        "page": PAGES,
    },
    "confidentiality.readers": {
        "on": lambda _world: [clock.today().isoformat(), "2025-01-01", "1900-01-01", "9999-12-31", "never"]
    },
    "confidentiality.own_reading": {"page": PAGES},
    "documents.add": {"meeting": things("Meeting")},
    "documents.index": {"page": PAGES},
    "documents.old_list": {"page": PAGES},
    "mail.day_of_person": {
        "day": lambda _world: [clock.today().isoformat(), "2020-01-01", "never"],
        "span": just("week", "nothing like it"),
    },
    "mail.outbox": {"state": lambda _world: [*MailState, "nothing like it"], "page": PAGES},
    "meetings.calendar_page": {
        "process": lambda world: [*world.slugs[:2], "nothing like it"],
        "month": just("2027-03", "2027-05", "never"),
        "view": just("list", "month"),
    },
    "meetings.year_page": {
        "process": lambda world: [*world.slugs[:2], "nothing like it"],
        "year": just("2027", "2099", "never"),
    },
    "meetings.tracks_beside": {"year": just("2027", "2099", "never")},
    "meetings.documents": {"page": PAGES},
    "meetings.index": {"page": PAGES},
    "meetings.invite": {"tick": just("body", "all", "observer", "nobody", "nothing like it")},
    "meetings.schedule": {"body": things("Body"), "like": things("Meeting")},
    "ownership.rows": {
        "figure": just("attended", "persons", "followed", "nothing like it"),
        "part": just("came", "nothing like it"),
        "within": just("2026", "nothing like it"),
    },
    "people.directory": {
        "role": lambda _world: [*RoleName, "nothing like it"],
        "for": lambda world: [*sorted({str(one.hat) for one in world.officials.values() if one}), "nothing like it"],
        "theme": just("nothing like it"),
        "language": LANGUAGES,
        "by": just("theme", "nothing like it"),
        "page": PAGES,
    },
    "plans.plan": {
        "status": lambda _world: [*STATUSES, "proposed", "nothing like it"],
        "due": just("soon", "reached", "never"),
        "area": things("Area"),
        "participant": known("state "),
        "page": PAGES,
    },
    "plans.plan_matrix": {"page": PAGES},
    "plans.plan_table": {
        "goal": just("gcm:8", "own:1", "nothing like it"),
        "status": lambda _world: [*STATUSES, "nothing like it"],
        "area": things("Area"),
        "participant": known("state "),
        "from": just("2020-01-01", "never"),
        "until": just("2030-01-01", "never"),
        "words": just("1", "zq"),
        "partner": just("zq"),
        "indicator": just("zq"),
        "step": just("zq"),
        "sort": just("number", "responsible", "-partners", "due", "indicator", "-status", "step", "nothing like it"),
        "page": PAGES,
    },
    "lists.show": {"show": just("mend", "alike", "notes", "rows", "nothing like it"), "page": PAGES},
    "lists.alike": {"page": PAGES},
    "lists.listed": {"page": PAGES},
    "plans.import_table": {"show": just("mend", "notes", "rows", "nothing like it"), "page": PAGES},
    "plans.propose": {"plan": things("Plan")},
    "processes.timeline_page": {"page": PAGES},
    "processes.set_chair": {"body": things("Body")},
    "register.enter": {"appointment": things("Appointment"), "invitation": things("Invitation")},
    "register.index": {
        "q": just("zq", "nothing like it"),
        "direction": just("in", "out", "nothing like it"),
        "kind": just("letter", "nothing like it"),
        "year": just("2027", "nothing like it"),
        "page": PAGES,
    },
    "reports.draft": {"edition": just("members", "participants", "public", "nothing like it")},
    "static": {"v": just("0")},
    "texts.add_comment_by_link": {"paragraph": just("nothing like it"), "in": LANGUAGES},
    "texts.edit_comment_by_link": {"in": LANGUAGES},
    "texts.reply_by_link": {"in": LANGUAGES},
    "texts.word_file_by_link": {"in": LANGUAGES},
    "texts.add_comment": {"paragraph": just("nothing like it"), "in": LANGUAGES},
    "texts.add_paragraph": {"after": things("TextParagraph"), "kept": just("nothing like it")},
    "texts.begin": {"meeting": things("Meeting")},
    "texts.comments": {"page": PAGES, "in": LANGUAGES},
    "texts.answer_public": {"paragraph": just("whole", "nothing like it"), "in": LANGUAGES},
    "texts.comments_by_link": {"in": LANGUAGES},
    "texts.consultation": {"in": LANGUAGES},
    "texts.consultation_comments": {"page": PAGES, "in": LANGUAGES},
    "texts.consultation_writers": {"page": PAGES},
    "texts.publish_response": {"in": LANGUAGES},
    "texts.show_consultations": {"page": PAGES},
    "texts.compared": {"with": just("1", "2", "never"), "in": LANGUAGES},
    "texts.keep_comment": {"about": things("Comment"), "in": LANGUAGES},
    "texts.keep_comment_by_link": {"about": things("Comment"), "in": LANGUAGES},
    "texts.edit_comment": {"in": LANGUAGES},
    "texts.silence": {"in": LANGUAGES},
    "texts.silence_by_link": {"in": LANGUAGES},
    "texts.confirm_text": {"in": LANGUAGES},
    "texts.confirmation_by_link": {"in": LANGUAGES},
    "texts.clear": {"in": LANGUAGES},
    "texts.clear_by_link": {"in": LANGUAGES},
    "texts.edit_paragraph": {"unsaved": just("1")},
    "texts.edition": {"in": LANGUAGES, "beside": LANGUAGES},
    "texts.gather": {"paragraph": just("whole", "nothing like it"), "in": LANGUAGES},
    "texts.pass_on": {"paragraph": just("nothing like it"), "in": LANGUAGES},
    "texts.pass_on_by_link": {"paragraph": just("nothing like it"), "in": LANGUAGES},
    "texts.keep_gathered": {"paragraph": just("whole", "nothing like it")},
    "texts.network_comments": {"paragraph": just("whole", "nothing like it"), "in": LANGUAGES},
    "texts.keep_network_comment": {"paragraph": just("whole", "nothing like it")},
    "texts.keep_network_comment_by_link": {"paragraph": just("whole", "nothing like it")},
    "texts.network_comments_by_link": {"paragraph": just("whole", "nothing like it"), "in": LANGUAGES},
    "texts.paste": {"after": things("TextParagraph")},
    "texts.reply": {"in": LANGUAGES},
    "texts.show": {"in": LANGUAGES},
    "texts.reply_by_file": {"in": LANGUAGES},
    "texts.reply_by_file_and_link": {"in": LANGUAGES},
    "texts.tracked_file": {"with": just("1", "never"), "in": LANGUAGES},
    "texts.word_file": {"in": LANGUAGES, "beside": LANGUAGES},
}
"""What may be asked of a page in its address - filters, sorts, searches, page numbers - and the values that are tried.
The names a view reads are watched; one without an entry fails the run."""

ASKED_AT = 200
"""At how many addresses of one rule the values of a parameter are tried, in turn."""

EVERYWHERE: dict[str, Values] = {"lang": just("ar")}
"""What every page may be asked; tried once for each rule."""


class RuleWithoutEntry(AssertionError):
    """A rule of the map nobody has said how to visit."""


def rules_to_visit(app: Flask) -> list[Rule]:
    """Every rule that answers a GET."""
    return sorted(
        (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())), key=lambda one: one.rule
    )


def unknown_parts(app: Flask) -> list[str]:
    """Rules with a part that has no entry."""
    return [
        f"{rule.rule}: say in PARTS of tests/security/canaries/addresses.py how {part} is filled"
        for rule in app.url_map.iter_rules()
        for part in sorted(rule.arguments)
        if part not in PARTS and part != "token"
    ]


@dataclass(frozen=True)
class Address:
    """One address of a rule: the path with its query, the path alone, and what its parts were filled with."""

    rule: Rule
    path: str
    parts: dict[str, str]
    query: str = ""

    @property
    def whole(self) -> str:
        return self.path + self.query


def addresses(rule: Rule, world: World, role: str, most: int | None = None) -> Iterator[Address]:
    """Addresses of one rule a role visits, bare and with what may be asked of the page; for every value of each part
    (`most` of each, spread evenly, in the slice of CI)."""
    bare = list(bare_addresses(rule, world, role, most))
    yield from bare
    yield from _asking(rule, bare, world, most)


def bare_addresses(rule: Rule, world: World, role: str, most: int | None = None) -> Iterator[Address]:
    """The same without anything asked."""
    parts = sorted(rule.arguments)
    missing = [part for part in parts if part not in PARTS and part != "token"]
    if missing:
        raise RuleWithoutEntry(f"{rule.rule}: say in tests/security/canaries/addresses.py how {missing} are filled")
    if {"kind", "thing_id"} <= set(parts):
        yield from _of_each_kind(rule, world, most)
        return
    values = {
        part: _some([*tokens_for(world, role), FORGED], most and most * 4)
        if part == "token"
        else _some(PARTS[part](world), most) or [str(uuid4())]
        for part in parts
    }
    for filled in _combined(values, world):
        yield Address(rule, fill(rule, filled), filled)


def _asking(rule: Rule, bare: list[Address], world: World, most: int | None) -> Iterator[Address]:
    """Each value of each parameter, at one address after the other; the key of a thing where that thing stands. Where
    a page is there for very many things, each value is tried at some of them, spread evenly."""
    for name, values in (QUERIES.get(rule.endpoint, {}) | EVERYWHERE).items():
        tried = _some(values(world), most)
        some = bare if most is not None else _some(bare, ASKED_AT)
        rounds = len(tried) if most is not None or name in EVERYWHERE else max(len(tried), len(some))
        for place in range(rounds):
            value = tried[place % len(tried)]
            at = _where_it_stands(value, bare, world) or some[place % len(some)]
            yield replace(at, query=f"?{urlencode({name: value})}")


def _where_it_stands(value: str, bare: list[Address], world: World) -> Address | None:
    known = world.oracle.things.get(UUID(value)) if _is_key(value) else None
    return next((one for one in bare if known and str(known.inside) in one.parts.values()), None)


def _of_each_kind(rule: Rule, world: World, most: int | None) -> Iterator[Address]:
    """Pages of a thing of any kind: each thing under its own kind, and the first of each under another's name."""
    asked = [kind for kind in kinds.every() if world.planted.get(kind.model.__name__)]
    for place, kind in enumerate(asked):
        planted = [str(key) for key in world.planted[kind.model.__name__]]
        for key in _some(planted, most):
            filled = {"kind": kind.name, "thing_id": key}
            yield Address(rule, fill(rule, filled), filled)
        filled = {"kind": asked[place - 1].name, "thing_id": planted[0]}
        yield Address(rule, fill(rule, filled), filled)


def _combined(values: dict[str, list[str]], world: World) -> Iterator[dict[str, str]]:
    """Each thing in what it stands in, and once in what it does not stand in. A word such as a slug goes with every
    thing only where it is the first of its kind; the others go with the first thing of all."""
    keys = [part for part in values if len(values[part]) > 1 and all(_is_key(one) for one in values[part])]
    words = [part for part in values if part not in keys]
    for place, chosen in enumerate(product(*(values[part] for part in words))):
        said = dict(zip(words, chosen, strict=True))
        things = values if not place or not keys else {part: values[part][:1] for part in values}
        if len(keys) < 2:
            yield from (said | dict(zip(keys, one, strict=True)) for one in product(*(things[part] for part in keys)))
            continue
        most = max(len(things[part]) for part in keys)
        for at in range(most):
            crossed = {part: things[part][at % len(things[part])] for part in keys}
            yield said | crossed
            straight = said | _in_its_place(crossed, values, world)
            if straight != said | crossed:
                yield straight


def _in_its_place(crossed: dict[str, str], values: dict[str, list[str]], world: World) -> dict[str, str]:
    """The same thing, at the address of what it stands in."""
    straight = dict(crossed)
    for thing in crossed.values():
        known = world.oracle.things.get(UUID(thing))
        inside = str(known.inside) if known else ""
        for part, among in values.items():
            if part in crossed and inside in among:
                straight[part] = inside
    return straight


def fill(rule: Rule, parts: dict[str, str]) -> str:
    """The path of a rule with these values."""
    pieces = []
    for dynamic, text in rule._trace:
        pieces.append(quote(parts[text], safe="") if dynamic else text.lstrip("|"))
    return "".join(pieces)


def _some(values: list[T], most: int | None) -> list[T]:
    if most is None or len(values) <= most:
        return values
    step = len(values) / most
    return [values[int(place * step)] for place in range(most)]


def absent(parts: dict[str, str]) -> dict[str, str]:
    """The same address with a key that exists nowhere in the place of the last one."""
    for name in sorted(parts, reverse=True):
        if _is_key(parts[name]):
            return parts | {name: str(uuid4())}
    return parts


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
