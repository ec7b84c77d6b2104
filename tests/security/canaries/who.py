"""Who may post what, at the most: the rules of `docs/roles.md` once more, in the names of the canary world.

An entry says nothing about whether a thing is in a state in which it can be done; where nobody here ever succeeded the
run fails, so that what is written here is also tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from werkzeug.routing import Rule

from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import ContactCard, ContactNumber, EmergencyAccess
from tests.factories.people import PASSWORD
from tests.security.canaries import (
    choice_states,
    confided_states,
    correspondence_states,
    links,
    position_states,
    practical_states,
    public_states,
    states,
    submission_states,
)
from tests.security.canaries.addresses import Address
from tests.security.canaries.forms import ARCHIVE, LISTING, UPLOAD
from tests.security.canaries.readers import ROLES
from tests.security.canaries.states import Prepare
from tests.security.canaries.world import LATER, SPOTS, World

Said = Mapping[str, str | list[str] | None]

OFFICERS = frozenset({"officer", "coordinator", "two hats, the secretariat's", "officer of another process"})
OFFICES = OFFICERS | {"chair's office"}
GOVERNMENTS = OFFICES - {"coordinator"}
COORDINATION = frozenset({"coordinator"})
LIAISON = frozenset({"liaison officer"})
ORGANIZATIONS = frozenset({"representative"})
SPEAKERS = frozenset({"member", "alternate"})
"""Who answers for the state to which everything in the canary world was proposed."""
FOCAL_POINTS = (frozenset(ROLES) - {"chair", "liaison officer"}) | {"alternate"}
SPEAKING = FOCAL_POINTS | {"representative", "representative of an observer"}
"""Who speaks for a participant on its own side: for an organization in its network."""
ADMINISTRATOR = frozenset({"administrator"})
HOSTS = OFFICES | {"protocol officer"}
"""Who sees to the arrangements of a meeting."""
CHAIRS = frozenset({"chair", "chair of the group"})
CHAIR = frozenset({"chair"})
"""Who chairs the process itself."""
EVERYBODY = frozenset({"everybody"})
"""Whoever is signed in, and for public rules whoever comes by: what one does there is about oneself."""
ONE_WITH_A_LINK = frozenset({"who holds the link"})

NEW_PASSWORD = "copper lantern orchard tide"
SHORT = "a paper this short is made at once and handed out with the GET; a POST has the worker make a long one"
LATER_ON = {"on": "2099-06-01"}
ONE_DAY = states.working_day_in(20).isoformat()
LATER_END = {"ends_on": states.working_day_in(90).isoformat(), "ends_hour": "17:00", "zone": "UTC"}
RULES = {"since": "2027-01-01", "decision": "The members' decision", "reasons_to": "readers", "quiet_days": ""}
A_JOINT_DAY = {
    "held_on": "2099-05-01", "begins": "15:00", "ends": "17:00", "zone": "UTC", "warned_of": "2099-05-01/UTC",
}  # fmt: skip
A_COMMENT = {"kind": "comment", "words": "We can live with it", "language": "en"}
A_SUMMARY: Said = {
    "how": "chairs_summary", "adopted_on": states.working_day_in(-5).isoformat(), "word": "In the room", "named": [],
    "meeting": "", "confirm_by": "", "statement_of": "", "statement_kind": "", "statement": "",
}  # fmt: skip
ENDS = {"ends_on": "2099-07-01", "ends_hour": "17:00", "zone": "America/Panama"}
COLLEAGUE = {"name": "Labour", "address": "labour@ministry.example"}
A_GIFT = {
    "giver": "",
    "pledged": "1250",
    "received": "250",
    "currency": "USD",
    "pledged_on": "",
    "received_on": "2026-01-12",
}
A_WORKSHOP = {
    "starts_on": "2099-05-01", "ends_on": "2099-05-02", "nominate_by": "2099-04-01", "places_each": "2",
}  # fmt: skip
A_WRITER = {"name": "Ana Solares", "address": "ana@shelter.example", "language": "en"}
FORUM = {"due_on": "2099-06-01", "clear_by": "2099-05-01"}
NO_ENTRY = "behind the link no commitment comes by that is an entry of its check; signed in, one is corrected"
NO_WORD_FILE = "it takes Word files alone, and what is sent here is none"
SIGNED_IN = "one is signed in by it, as the person whose link it is"


@dataclass(frozen=True)
class Act:
    """One rule that is posted to.

    `who`: roles that may at the most. `said`: what is filled in beyond what the form proposes. `shown_at`: the endpoint
    of the page on which the form stands, where that is another, and `asking` what its address asks for. `before`: what
    must be the case first. `own`: it is done to a thing of one's own alone. `anew`: why somebody reads more afterwards
    than was planted for him. `of_the_session`: it changes sessions and nothing else. `side`: the track whose offices do
    it, where things of any track come by: a submission is its network's, and answered on the governments' side,
    wherever its label is. `never`: why nobody succeeds here.
    """

    who: frozenset[str]
    said: Said = field(default_factory=dict)
    shown_at: str = ""
    asking: str = ""
    before: Prepare | None = None
    own: bool = False
    anew: str = ""
    of_the_session: bool = False
    side: str = ""
    never: str = ""


TOLD = frozenset(
    (endpoint, "paragraph")
    for endpoint in (
        "texts.add_comment",
        "texts.add_comment_by_link",
        "texts.edit_comment",
        "texts.edit_comment_by_link",
        "texts.pass_on",
        "texts.pass_on_by_link",
    )
) | {("civil_society.comment_on", "on"), ("confiding.begin", "to"), ("confiding.edit", "to")}
"""Choices whose ids are answered beside the field: what was chosen may have gone, and nothing typed is lost."""
ACTS: dict[str, Act] = {
    "account.address": Act(EVERYBODY),
    "account.password": Act(EVERYBODY, said={"present": PASSWORD, "password": NEW_PASSWORD}),
    "account.reading": Act(EVERYBODY),
    "account.sign_out_everywhere": Act(EVERYBODY, shown_at="account.show", of_the_session=True),
    "account_links.forgotten": Act(EVERYBODY),
    "accounts.choose_hat": Act(EVERYBODY),
    "accounts.drop_kept_form": Act(EVERYBODY, never="no form of anybody is kept here"),
    "accounts.sign_in": Act(EVERYBODY, never="all come here signed in, or without an account"),
    "accounts.sign_out": Act(EVERYBODY, shown_at="home.today", of_the_session=True),
    "mail.again": Act(EVERYBODY, shown_at="plans.accept"),
    "administration.accounts": Act(ADMINISTRATOR),
    "administration.account": Act(ADMINISTRATOR),
    "administration.change": Act(ADMINISTRATOR, shown_at="administration.account"),
    "administration.first_keeper": Act(ADMINISTRATOR),
    "administration.found_process": Act(ADMINISTRATOR, said={"slug": "newly"}),
    "plans.answer": Act(SPEAKERS, before=states.PROPOSED),
    "plans.note": Act(OFFICERS),
    "plans.phase": Act(OFFICERS, said={"phase": "policy-change"}),
    "plans.report": Act(SPEAKERS),
    "plans.revise": Act(SPEAKERS),
    "plans.take_back": Act(OFFICES, before=states.PROPOSED),
    "plans.confirm": Act(SPEAKERS, before=states.NOTED),
    "plans.correct": Act(SPEAKERS),
    "plans.note_support": Act(OFFICES | SPEAKING),
    "plans.confirm_support": Act(SPEAKERS, shown_at="plans.support_given", before=states.GIVEN_IS_NOTED),
    "plans.set_support_aside": Act(SPEAKERS, shown_at="plans.support_given", before=states.GIVEN_IS_NOTED),
    "emergency.index": Act(
        ADMINISTRATOR,
        said={"reason": "A flood in the capital; the list of delegates must be read."},
        before=states.no_emergency,
    ),
    "emergency.confirm": Act(ADMINISTRATOR | OFFICES, shown_at="emergency.show", before=states.emergency_waits),
    "emergency.end": Act(ADMINISTRATOR | OFFICES, shown_at="emergency.show", before=states.emergency_runs),
    "plans.accept": Act(SPEAKERS, before=states.PROPOSED),
    "account_links.confirm_address": Act(ONE_WITH_A_LINK),
    "plans.advise": Act(ONE_WITH_A_LINK),
    "plans.draft": Act(ONE_WITH_A_LINK),
    "account_links.invitation": Act(ONE_WITH_A_LINK, said={"password": NEW_PASSWORD}, anew=SIGNED_IN),
    "confidentiality.answer_lowering": Act(SPEAKERS, said={"answer": "decline"}),
    "account_links.new_password": Act(ONE_WITH_A_LINK, said={"password": NEW_PASSWORD}, anew=SIGNED_IN),
    "meetings.reply_by_link": Act(SPEAKERS),
    "meetings.delegation": Act(SPEAKERS),
    "meetings.delegation_by_link": Act(SPEAKERS),
    "meetings.delegate": Act(SPEAKERS),
    "meetings.delegate_by_link": Act(SPEAKERS),
    "arrangements.open": Act(OFFICES, before=practical_states.has_no_list),
    "arrangements.person": Act(HOSTS),
    "arrangements.add": Act(HOSTS, said={"name": "Interpreter"}),
    "arrangements.facts": Act(HOSTS),
    "arrangements.protocol": Act(
        OFFICES,
        said={"name": "Pia", "email": "pia@host.example", "letter": "Note 7"},
    ),
    "arrangements.paper": Act(EVERYBODY, never=SHORT),
    "arrangements.one_of_own": Act(SPEAKERS, before=practical_states.is_of_the_member),
    "arrangements.one_of_own_by_link": Act(SPEAKERS, before=practical_states.is_of_the_member),
    "arrangements.prepare_workshop": Act(OFFICES, said=A_WORKSHOP),
    "arrangements.edit_workshop": Act(OFFICES, said=A_WORKSHOP),
    "arrangements.call_for_nominees": Act(OFFICES, before=practical_states.is_being_named),
    "arrangements.choose_people": Act(OFFICES, said={"ends_call": "y"}, before=practical_states.is_being_named),
    "arrangements.workshop_attendance": Act(OFFICES, before=practical_states.has_begun),
    "arrangements.resource_person": Act(OFFICES, said={"name": "Prof. Resource"}),
    "arrangements.invite_resource_person": Act(
        OFFICES, said={"address": "prof@university.example"}, before=practical_states.is_resource_person
    ),
    "arrangements.invited_by_link": Act(ONE_WITH_A_LINK, before=practical_states.is_resource_person),
    "arrangements.enter_contribution": Act(OFFICES, said=A_GIFT),
    "arrangements.edit_contribution": Act(OFFICES, said=A_GIFT),
    "arrangements.answer_contribution": Act(
        SPEAKERS, shown_at="arrangements.contribution", before=practical_states.is_not_confirmed
    ),
    "arrangements.contribution_by_link": Act(SPEAKERS, before=practical_states.is_not_confirmed),
    "arrangements.note_givers_word": Act(OFFICES, before=practical_states.has_a_giver_by_name),
    "arrangements.take_contribution_away": Act(OFFICES, before=practical_states.is_not_confirmed),
    "arrangements.certificate": Act(EVERYBODY, never=SHORT),
    "arrangements.own_workshop": Act(
        SPEAKERS, said={"name": "Somebody", "act": None}, before=practical_states.member_is_asked
    ),
    "arrangements.workshop_by_link": Act(
        SPEAKERS, said={"name": "Somebody", "act": None}, before=practical_states.member_is_asked
    ),
    "meetings.propose_item": Act(SPEAKING),
    "meetings.propose_item_by_link": Act(SPEAKERS),
    "meetings.propose_item_when_called": Act(SPEAKERS),
    "meetings.call_for_items": Act(OFFICES),
    "meetings.hold": Act(OFFICES, shown_at="meetings.show", before=states.draft_of_last_week),
    "meetings.submit_paper": Act(SPEAKING, said={"file": UPLOAD}),
    "meetings.submit_paper_by_link": Act(SPEAKERS, said={"file": UPLOAD}),
    "meetings.prepare_paper": Act(SPEAKERS, said={"file": UPLOAD}, before=states.paper_is_prepared),
    "meetings.prepare_item": Act(SPEAKERS, before=states.PREPARED_ITEM),
    "meetings.compose_by_link": Act(SPEAKERS, said={"file": UPLOAD}, before=states.paper_is_prepared),
    "meetings.revise_paper": Act(SPEAKERS, said={"file": UPLOAD}, before=states.paper_is_issued),
    "meetings.revise_by_own_link": Act(SPEAKERS, said={"file": UPLOAD}, before=states.paper_is_issued),
    "capital.remind": Act(SPEAKERS, shown_at="capital.show", before=states.draft_is_out),
    "capital.take_back": Act(SPEAKERS, shown_at="capital.show", before=states.draft_is_out),
    "meetings.colleague": Act(ONE_WITH_A_LINK, said={"file": UPLOAD}, before=states.paper_is_prepared),
    "meetings.take_back_paper": Act(SPEAKERS, shown_at="documents.show", before=states.paper_is_sent_in),
    "meetings.answer_paper": Act(OFFICES | CHAIRS, before=states.paper_is_sent_in),
    "meetings.answer_item": Act(OFFICES | CHAIRS, shown_at="meetings.item_proposal"),
    "meetings.withdraw_item": Act(SPEAKERS, shown_at="meetings.item_proposal"),
    "meetings.note_answer": Act(OFFICES),
    "meetings.delegations": Act(OFFICES, said={"letter": "M"}, before=states.somebody_attends),
    "meetings.note_letter": Act(OFFICES, said={"on": "2026-01-05"}, before=states.names_by_letter),
    "meetings.guests": Act(OFFICES),
    "meetings.guest_items": Act(OFFICES, before=states.guest_of_the_meeting),
    "meetings.withdraw_guest": Act(OFFICES, shown_at="meetings.guests", before=states.guest_of_the_meeting),
    "meetings.guest": Act(SPEAKERS),
    "meetings.guest_by_link": Act(SPEAKERS),
    "meetings.delegations_paper": Act(EVERYBODY, never=SHORT),
    "follow_up.update": Act(SPEAKERS),
    "follow_up.who_follows": Act(ONE_WITH_A_LINK),
    "follow_up.log_contact": Act(
        OFFICERS,
        said={"outcome": "not_reached", "way": "call", "agreed": "", "next_on": "", "status": None, "step": ""},
    ),
    "follow_up.task_list": Act(OFFICES, said={"due_on": "", "holder": ""}),
    "follow_up.act_on_task": Act(OFFICES, said={"act": "take over"}, shown_at="follow_up.task_list"),
    "follow_up.away": Act(OFFICES, said={"until": ONE_DAY, "since": ONE_DAY}),
    "follow_up.contact_note": Act(OFFICERS | {"observer"}, said={"word": "It was agreed otherwise"}),
    "follow_up.reply": Act(OFFICERS, said={"act": "set aside"}),
    "follow_up.ask_chair": Act(OFFICERS, before=states.members_allow_a_word),
    "follow_up.chair_word_page": Act(OFFICERS, said={"act": "call off"}, before=states.word_is_open),
    "documents.add": Act(OFFICES, said={"file": UPLOAD}),
    "documents.old_papers": Act(OFFICES, said={"listing": LISTING, "archive": ARCHIVE}),
    "documents.confirm_list": Act(OFFICES, shown_at="documents.old_list", before=states.list_of_one_good_row),
    "documents.throw_list_away": Act(OFFICES, shown_at="documents.old_list"),
    "documents.go_on_with_list": Act(OFFICES, shown_at="documents.old_list", before=states.list_given_up),
    "documents.edit": Act(OFFICES, before=states.DRAFT_DOCUMENT),
    "documents.pattern": Act(OFFICES, said={"pattern": "{process}/{year}/{number}"}),
    "documents.add_version": Act(OFFICES, said={"language": "ar", "due_on": "2099-06-01"}),
    "documents.see_to_version": Act(OFFICES, said={"file": UPLOAD}, before=states.DRAFT_DOCUMENT),
    "documents.issue": Act(OFFICES, before=states.DRAFT_DOCUMENT),
    "documents.release": Act(OFFICES, shown_at="documents.show", before=states.UNRELEASED_DOCUMENT),
    "documents.revise": Act(OFFICES),
    "documents.withdraw": Act(OFFICES),
    "meetings.begin_report": Act(OFFICES, before=states.meeting_was_held),
    "texts.silence_rules": Act(OFFICES, said=RULES),
    "texts.open_silence": Act(OFFICES, said=LATER_END, before=states.silence_can_be_opened),
    "texts.silence": Act(SPEAKING, said=A_COMMENT),
    "texts.silence_by_link": Act(SPEAKING, said=A_COMMENT),
    "texts.extend_silence": Act(OFFICES, said=LATER_END),
    "texts.call_off_silence": Act(OFFICES),
    "texts.bounce_of_silence": Act(OFFICES),
    "texts.reached_in_silence": Act(OFFICES, shown_at="texts.silence", before=states.notice_bounced),
    "texts.time_in_silence": Act(OFFICES, said=LATER_END, before=states.time_asked),
    "texts.adopt": Act(OFFICES | CHAIRS, said=A_SUMMARY, before=states.text_can_be_adopted),
    "texts.adoption_statement": Act(OFFICES | CHAIRS),
    "texts.confirm_text": Act(SPEAKERS | OFFICES, before=states.CAPITAL_AWAITED),
    "texts.confirmation_by_link": Act(SPEAKERS | OFFICES, before=states.CAPITAL_AWAITED),
    "texts.ask_clearance": Act(OFFICES, said=FORUM, before=states.clearance_can_be_asked),
    "texts.change_clearance": Act(OFFICES, said=FORUM, before=states.paper_is_not_released),
    "texts.release_paper": Act(OFFICES | CHAIRS, before=states.file_can_be_released),
    "texts.clearance_sent": Act(OFFICES, before=states.paper_is_released),
    "texts.clear": Act(SPEAKERS | OFFICES, said={"says": "with_comments"}, before=states.paper_is_not_released),
    "texts.clear_by_link": Act(SPEAKERS | OFFICES, said={"says": "with_comments"}, before=states.paper_is_not_released),
    "civil_society.draft": Act(COORDINATION | ORGANIZATIONS),
    "civil_society.edit": Act(COORDINATION, before=submission_states.is_a_draft, side="network"),
    "civil_society.comment_on": Act(COORDINATION | ORGANIZATIONS),
    "civil_society.comment_paragraph": Act(
        COORDINATION, said={"words": "In a language it speaks"}, before=submission_states.is_a_comment, side="network"
    ),
    "civil_society.keep_paragraph": Act(
        COORDINATION,
        shown_at="civil_society.comment_paragraph",
        before=submission_states.paragraph_is_not_kept,
        side="network",
    ),
    "civil_society.take_over": Act(COORDINATION, before=submission_states.is_a_comment, side="network"),
    "civil_society.paper": Act(EVERYBODY, never=SHORT),
    "civil_society.send": Act(COORDINATION, before=submission_states.is_a_draft, side="network"),
    "civil_society.discard": Act(COORDINATION, before=submission_states.is_a_draft, side="network"),
    "civil_society.withdraw": Act(COORDINATION, before=submission_states.is_sent, side="network"),
    "civil_society.rules": Act(GOVERNMENTS, said={"stem": "NET"}, side="government"),
    "civil_society.route": Act(
        GOVERNMENTS,
        said={"expected_on": states.working_day_in(20).isoformat()},
        before=submission_states.is_sent,
        side="government",
    ),
    "civil_society.answer": Act(LIAISON, before=submission_states.is_routed),
    "civil_society.answer_for_process": Act(GOVERNMENTS, before=submission_states.can_be_answered, side="government"),
    "civil_society.edit_answer": Act(
        LIAISON | GOVERNMENTS, before=submission_states.answer_is_a_draft, side="government"
    ),
    "civil_society.show_to": Act(
        LIAISON | GOVERNMENTS, before=submission_states.answer_tells_of_the_member, side="government"
    ),
    "civil_society.word": Act(SPEAKERS | LIAISON, before=submission_states.answer_is_shown),
    "civil_society.give": Act(LIAISON | GOVERNMENTS, before=submission_states.answer_is_a_draft, side="government"),
    "civil_society.discard_answer": Act(
        LIAISON | GOVERNMENTS, before=submission_states.answer_is_a_draft, side="government"
    ),
    "civil_society.reply": Act(COORDINATION, before=submission_states.answer_can_be_replied_to, side="network"),
    "civil_society.publish": Act(COORDINATION, before=submission_states.can_be_published, side="network"),
    "civil_society.unpublish": Act(COORDINATION, side="network"),
    "civil_society.publish_answer": Act(
        LIAISON | GOVERNMENTS, before=submission_states.answer_can_be_published, side="government"
    ),
    "civil_society.unpublish_answer": Act(
        LIAISON | GOVERNMENTS, before=submission_states.answer_of_the_process, side="government"
    ),
    "civil_society.link": Act(LIAISON | GOVERNMENTS, before=submission_states.nothing_is_linked, side="government"),
    "civil_society.take_link_away": Act(
        LIAISON | GOVERNMENTS, before=submission_states.is_linked_to_what_is_seen, side="government"
    ),
    "confiding.begin": Act(ORGANIZATIONS),
    "confiding.edit": Act(ORGANIZATIONS, before=confided_states.is_a_draft),
    "confiding.send": Act(ORGANIZATIONS, before=confided_states.is_a_draft),
    "confiding.withdraw": Act(ORGANIZATIONS, before=confided_states.is_confided),
    "confiding.tell_anew": Act(ORGANIZATIONS, before=confided_states.is_confided),
    "confiding.discard": Act(ORGANIZATIONS, before=confided_states.is_a_draft),
    "confiding.answer": Act(COORDINATION, before=confided_states.waits_for_an_answer, side="network"),
    "positions.adoption": Act(COORDINATION, said={"adopts_by": "majority"}, side="network"),
    "positions.open": Act(COORDINATION, said=LATER_END, before=position_states.text_can_be_opened, side="network"),
    "positions.sign": Act(ORGANIZATIONS, before=position_states.can_be_signed),
    "positions.take_back": Act(ORGANIZATIONS, before=position_states.is_signed),
    "positions.dissent": Act(ORGANIZATIONS, before=position_states.can_be_signed),
    "positions.take_dissent_back": Act(ORGANIZATIONS, before=position_states.is_dissented_from),
    "positions.change_end": Act(COORDINATION, said=LATER_END, before=position_states.end_is_near, side="network"),
    "positions.settle": Act(
        COORDINATION, said={"adopted": "adopted"}, before=position_states.end_has_come, side="network"
    ),
    "choices.open": Act(
        COORDINATION,
        said={"places": "1", "named_until": ONE_DAY, "ends_on": LATER_END["ends_on"], "ballot": "secret"},
        before=choice_states.can_be_asked,
        side="network",
    ),
    "choices.name": Act(ORGANIZATIONS, said={"name": "Somebody"}, before=choice_states.is_being_named),
    "choices.take_back": Act(ORGANIZATIONS, before=choice_states.is_named_by_the_organization),
    "choices.vote": Act(ORGANIZATIONS, before=choice_states.is_voted_on),
    "choices.settle": Act(COORDINATION, before=choice_states.is_over, side="network"),
    "choices.shift": Act(COORDINATION, before=choice_states.meeting_has_moved, side="network"),
    "choices.call_off": Act(COORDINATION, before=choice_states.is_over, side="network"),
    "positions.submission": Act(COORDINATION, before=position_states.is_adopted, side="network"),
    "texts.begin": Act(OFFICES),
    "texts.edit": Act(OFFICES),
    "texts.set_aside": Act(OFFICES, shown_at="texts.show"),
    "texts.circulate": Act(
        OFFICES, before=states.silences_are_called_off, anew="what is circulated is read by the readers it was given"
    ),
    "texts.add_paragraph": Act(OFFICES),
    "texts.paste": Act(OFFICES),
    "texts.edit_paragraph": Act(OFFICES),
    "texts.keep": Act(OFFICES, shown_at="texts.edit_paragraph", before=states.words_are_not_saved),
    "texts.keep_new": Act(OFFICES, shown_at="texts.add_paragraph", before=states.new_words_are_not_saved),
    "texts.act_on_paragraph": Act(OFFICES, shown_at="texts.show"),
    "texts.paper": Act(EVERYBODY, never=SHORT),
    "texts.comments_paper": Act(EVERYBODY, never=SHORT),
    "texts.open_round": Act(OFFICES, said=ENDS, before=states.round_can_be_opened),
    "texts.change_end": Act(OFFICES, said=ENDS),
    "texts.close_round": Act(OFFICES),
    "texts.answer": Act(OFFICES),
    "texts.reply": Act(SPEAKING, before=states.comments_wait),
    "texts.take_in": Act(OFFICES, said={"file": UPLOAD}, never=NO_WORD_FILE),
    "texts.take_in_changes": Act(OFFICES, said={"file": UPLOAD}, never=NO_WORD_FILE),
    "texts.keep_comment": Act(SPEAKING, shown_at="texts.add_comment", before=states.comment_is_not_kept),
    "texts.keep_comment_by_link": Act(
        SPEAKING, shown_at="texts.add_comment_by_link", before=states.comment_is_not_kept
    ),
    "texts.reply_by_file": Act(SPEAKING, said={"file": UPLOAD}, never=NO_WORD_FILE),
    "texts.reply_by_file_and_link": Act(SPEAKING, said={"file": UPLOAD}, never=NO_WORD_FILE),
    "texts.open_to_network": Act(OFFICES, before=states.not_open_to_the_network),
    "texts.open_to_public": Act(
        GOVERNMENTS,
        said={**ENDS, "decision": "The members' decision"},
        before=public_states.can_be_opened,
        anew="the members let everybody read the text",
    ),
    "texts.change_consultation_end": Act(GOVERNMENTS, said=ENDS),
    "texts.end_consultation": Act(GOVERNMENTS),
    "texts.take_consultation_back": Act(GOVERNMENTS),
    "texts.answer_public": Act(GOVERNMENTS, before=public_states.is_commented_on),
    "texts.publish_response": Act(GOVERNMENTS, before=public_states.is_over_and_answered),
    "texts.consultation": Act(EVERYBODY, said={**A_WRITER, "whole": "A step forward"}),
    "texts.comments_by_link": Act(ONE_WITH_A_LINK, said={"act": "confirm"}, before=public_states.holder_has_written),
    "texts.close_to_network": Act(OFFICES, shown_at="texts.comments", before=states.opened_to_the_network),
    "texts.network_comments": Act(GOVERNMENTS, said={"read_by": "secretariat"}, before=states.network_comments_wait),
    "texts.network_comments_by_link": Act(
        GOVERNMENTS, said={"read_by": "secretariat"}, before=states.network_comments_wait
    ),
    "texts.pass_on": Act(SPEAKING, said=COLLEAGUE),
    "texts.pass_on_by_link": Act(SPEAKING, said=COLLEAGUE),
    "texts.take_back_lent": Act(SPEAKERS, shown_at="texts.reply"),
    "texts.take_back_lent_by_link": Act(SPEAKERS, shown_at="texts.reply_by_link"),
    "texts.gather": Act(ONE_WITH_A_LINK),
    "texts.keep_gathered": Act(ONE_WITH_A_LINK, shown_at="texts.gather", before=states.colleagues_comment_is_not_kept),
    "texts.keep_network_comment": Act(
        GOVERNMENTS,
        shown_at="texts.network_comments",
        asking="paragraph=whole",
        before=states.network_comment_is_not_kept,
    ),
    "texts.keep_network_comment_by_link": Act(
        GOVERNMENTS,
        shown_at="texts.network_comments_by_link",
        asking="paragraph=whole",
        before=states.network_comment_is_not_kept,
    ),
    "texts.add_comment": Act(SPEAKING),
    "texts.reply_by_link": Act(SPEAKING, before=states.comments_wait),
    "texts.add_comment_by_link": Act(SPEAKING),
    "texts.edit_comment_by_link": Act(SPEAKERS, before=states.comments_wait),
    "texts.discard_comment_by_link": Act(SPEAKERS, shown_at="texts.reply_by_link", before=states.comments_wait),
    "texts.edit_comment": Act(SPEAKERS, before=states.COMMENT_NOT_SENT),
    "texts.discard_comment": Act(SPEAKERS, shown_at="texts.reply", before=states.comments_wait),
    "meetings.edit_item": Act(OFFICES),
    "meetings.move_item": Act(OFFICES, shown_at="meetings.show", before=states.two_items, said={"act": "up"}),
    "meetings.add_item": Act(OFFICES),
    "meetings.paste_outcomes": Act(OFFICES, said={"take_0": "y", "addressed_to_0": "members"}),
    "meetings.send_outcome": Act(OFFICES),
    "meetings.see_to_outcome": Act(OFFICES),
    "meetings.reopen_outcome": Act(OFFICES, shown_at="meetings.outcome", before=states.OUTCOME_SEEN_TO),
    "plans.put_in": Act(OFFICES, before=states.plans_are_drafts),
    "meetings.matters_arising": Act(OFFICES, before=states.an_outcome_is_open),
    "meetings.issue_agenda": Act(OFFICES, shown_at="meetings.show"),
    "meetings.adopt_agenda": Act(OFFICES, shown_at="meetings.show", before=states.meeting_has_begun),
    "meetings.paper": Act(EVERYBODY, never=SHORT),
    "packs.ask": Act(EVERYBODY),
    "meetings.annotated": Act(EVERYBODY, never=SHORT),
    "meetings.announce": Act(OFFICES, shown_at="meetings.show", before=states.DRAFT_MEETING),
    "meetings.attendance": Act(OFFICES, before=states.meeting_is_over),
    "meetings.call_off": Act(OFFICES),
    "meetings.close": Act(OFFICES, shown_at="meetings.show", before=states.meeting_is_over),
    "meetings.edit": Act(OFFICES),
    "meetings.invite": Act(OFFICES),
    "meetings.write_note": Act(OFFICES, before=states.notes_wait),
    "meetings.circulate_notes": Act(OFFICES, before=states.notes_wait),
    "meetings.write_general_note": Act(OFFICES),
    "meetings.busy_days": Act(OFFICES),
    "meetings.propose_joint": Act(OFFICES, said=A_JOINT_DAY),
    "meetings.change_joint": Act(COORDINATION, said=A_JOINT_DAY, before=states.joint_is_agreed, side="network"),
    "meetings.agree_to_joint": Act(
        GOVERNMENTS,
        shown_at="meetings.joint_session",
        before=states.joint_is_proposed,
        side="government",
        anew="the members of each side have a notice of what was agreed",
    ),
    "meetings.decline_joint": Act(
        GOVERNMENTS, shown_at="meetings.joint_session", before=states.joint_is_proposed, side="government"
    ),
    "meetings.take_back_joint": Act(
        COORDINATION, shown_at="meetings.joint_session", before=states.joint_is_proposed, side="network"
    ),
    "meetings.body_milestones": Act(OFFICES, said={"number_papers": "3"}),
    "meetings.note_milestone": Act(OFFICES, shown_at="meetings.show", before=states.meeting_of_last_week),
    "meetings.make_feed": Act(EVERYBODY, shown_at="meetings.calendar_feeds"),
    "meetings.revoke_feed": Act(EVERYBODY, shown_at="meetings.calendar_feeds", own=True),
    "meetings.confirm": Act(OFFICES | CHAIRS, before=states.DRAFT_OUTCOME),
    "meetings.edit_outcome": Act(OFFICES, before=states.DRAFT_OUTCOME),
    "meetings.withdraw_outcome": Act(OFFICES, shown_at="meetings.show", before=states.DRAFT_OUTCOME),
    "meetings.record_outcome": Act(OFFICES),
    "meetings.reply": Act(SPEAKERS),
    "meetings.change_rule": Act(OFFICES),
    "plans.propose": Act(OFFICES),
    "plans.imports": Act(OFFICES, said={"table": LISTING}),
    "plans.import_columns": Act(OFFICES, before=states.table_waits),
    "plans.import_names": Act(OFFICES, shown_at="plans.import_table", before=states.table_with_a_name),
    "plans.confirm_import": Act(OFFICES, shown_at="plans.import_table", before=states.table_that_can_come_in),
    "plans.throw_import_away": Act(OFFICES, shown_at="plans.import_table", before=states.table_waits),
    "plans.go_on_with_import": Act(OFFICES, shown_at="plans.import_table", before=states.table_given_up),
    "plans.undo_import": Act(OFFICES, before=states.table_is_in),
    "appointments.name": Act(OFFICES),
    "appointments.end": Act(OFFICES),
    "appointments.hand_over": Act(OFFICES),
    "people.edit_card": Act(OFFICES),
    "people.confirm_card": Act(EVERYBODY, shown_at="people.own", own=True),
    "appointments.add_mail": Act(OFFICES),
    "contacts.confirm": Act(EVERYBODY, own=True),
    "contacts.confirm_by_link": Act(ONE_WITH_A_LINK),
    "contacts.change_by_link": Act(ONE_WITH_A_LINK),
    "contacts.paper": Act(EVERYBODY, never=SHORT),
    "circulars.write": Act(OFFICES, said={"standings": ["member"]}),
    "circulars.edit": Act(OFFICES, said={"standings": ["member"]}, before=correspondence_states.is_a_draft),
    "circulars.send": Act(OFFICES, before=correspondence_states.is_a_draft),
    "circulars.throw_away": Act(OFFICES, before=correspondence_states.is_a_draft),
    "circulars.received": Act(
        frozenset({"member"}), shown_at="circulars.show", before=correspondence_states.asks_a_word
    ),
    "circulars.by_mail": Act(frozenset({"member"}), before=correspondence_states.asks_a_word),
    "circulars.paper": Act(EVERYBODY, never=SHORT),
    "letterheads.keep": Act(OFFICES, never=NO_WORD_FILE),
    "letterheads.remove": Act(OFFICES),
    "lists.send": Act(OFFICES, said={"table": LISTING}),
    "lists.columns": Act(OFFICES, before=correspondence_states.list_waits),
    "lists.names": Act(OFFICES, shown_at="lists.show", before=correspondence_states.list_with_a_name),
    "lists.alike": Act(
        OFFICES, shown_at="lists.show", asking="show=alike", before=correspondence_states.list_of_one_who_is_here
    ),
    "lists.confirm": Act(OFFICES, shown_at="lists.show", before=correspondence_states.list_waits),
    "lists.throw_away": Act(OFFICES, shown_at="lists.show", before=correspondence_states.list_waits),
    "lists.go_on": Act(OFFICES, shown_at="lists.show", before=correspondence_states.list_given_up),
    "lists.merge": Act(OFFICES, before=correspondence_states.stand_on_one_side),
    "lists.take_off": Act(OFFICES | SPEAKERS),
    "invitation_letters.words": Act(OFFICES, before=correspondence_states.invited_by_letter),
    "invitation_letters.style": Act(OFFICES, said={"dated": ""}, before=correspondence_states.invited_by_letter),
    "invitation_letters.dispatch": Act(
        OFFICES, said={"went_on": "2026-01-12"}, before=correspondence_states.invited_by_letter
    ),
    "register.enter": Act(
        OFFICES,
        said={
            "direction": "in",
            "kind": "letter",
            "correspondent": "An embassy",
            "subject": "A visit",
            "passed_on": "2026-01-12",
            "dated": "",
            "scans": UPLOAD,
        },
    ),
    "register.edit": Act(
        OFFICES, said={"correspondent": "An embassy", "passed_on": "2026-01-12", "dated": "", "scans": UPLOAD}
    ),
    "people.add_telephone": Act(OFFICES, said={"value": "+506 2555 0100"}),
    "people.share_number": Act(EVERYBODY, shown_at="people.own", own=True),
    "people.remove_number": Act(OFFICES, shown_at="people.own", before=states.number_not_for_mail),
    "appointments.write_to": Act(OFFICES, shown_at="people.own", before=states.number_not_for_mail),
    "appointments.successor": Act(OFFICES),
    "plans.adopt": Act(OFFICES, before=states.DRAFT_PLAN),
    "plans.amend": Act(OFFICES),
    "plans.amend_part": Act(OFFICES, said={"title-en": "Other words"}),
    "plans.amend_place": Act(OFFICES, said={"place": "in:"}),
    "plans.take_out": Act(OFFICES, said={"with_below": "y"}),
    "plans.put_back": Act(OFFICES, before=states.part_is_out),
    "plans.reword_part": Act(OFFICES, said={"title-en": "Other words"}, before=states.DRAFT_PLAN),
    "plans.take_part_away": Act(OFFICES, before=states.DRAFT_PLAN),
    "plans.reopen_milestones": Act(SPEAKERS, said={"reached": ["m"]}, before=states.MILESTONE_IS_REACHED),
    "plans.move_part": Act(OFFICES, shown_at="plans.text", before=states.DRAFT_PLAN),
    "plans.place_part": Act(OFFICES, said={"place": "in:"}, before=states.DRAFT_PLAN),
    "plans.carry_over": Act(OFFICES),
    "plans.plan_frameworks": Act(OFFICES),
    "plans.point": Act(OFFICES),
    "plans.close": Act(OFFICES),
    "plans.commit": Act(SPEAKING),
    "plans.paper": Act(EVERYBODY, never=SHORT),
    "plans.plan_table_paper": Act(EVERYBODY, never=SHORT),
    "plans.propose_in": Act(OFFICES),
    "reports.begin": Act(OFFICES),
    "plans.text": Act(OFFICES, before=states.DRAFT_PLAN),
    "processes.close_body": Act(OFFICES),
    "processes.change_body": Act(OFFICES),
    "processes.join_body": Act(OFFICES),
    "processes.body_state": Act(OFFICES, said={"state": "dormant"}),
    "processes.leave_body": Act(OFFICES),
    "processes.open_body": Act(OFFICES),
    "processes.change_term": Act(OFFICES),
    "processes.set_chair": Act(OFFICES),
    "processes.details": Act(GOVERNMENTS),
    "follow_up.recipient": Act(OFFICES),
    "follow_up.edit_policy": Act(OFFICES, said={"grace": "14"}),
    "follow_up.next_round": Act(OFFICES, said={"act": "hold"}),
    "follow_up.edit_words": Act(OFFICES),
    "follow_up.edit_plan_policy": Act(OFFICES, said={"grace": "14"}),
    "processes.end_host": Act(GOVERNMENTS),
    "processes.add_host": Act(GOVERNMENTS),
    "processes.level_words": Act(GOVERNMENTS),
    "processes.commitment_words": Act(GOVERNMENTS),
    "mail.one_mail": Act(OFFICES),
    "meetings.schedule": Act(OFFICES),
    "processes.agree_name": Act(GOVERNMENTS),
    "processes.add_participant": Act(
        OFFICES, said={"participant": None, "new_name": "Newland", "new_kind": "state", "iso": "NL"}
    ),
    "processes.change_standing": Act(OFFICES),
    "processes.describe_organization": Act(COORDINATION),
    "plans.begin": Act(OFFICES),
    "processes.add_network": Act(OFFICERS - {"coordinator"}),
    "processes.named_to_chair": Act(OFFICERS - {"coordinator"}),
    "processes.public_page": Act(GOVERNMENTS, anew="the members let the public see bodies and standings"),
    "processes.state": Act(GOVERNMENTS, said={"state": "dormant"}),
    "processes.text": Act(GOVERNMENTS),
    "confidentiality.change_label": Act(OFFICES | SPEAKERS | CHAIRS),
    "confidentiality.review": Act(
        OFFICES | SPEAKERS | CHAIRS, shown_at="confidentiality.change_label", said={"on": "2099-06-01"}
    ),
    "confidentiality.call_off": Act(OFFICES | SPEAKERS | CHAIRS, shown_at="confidentiality.change_label"),
    "confidentiality.lowering": Act(SPEAKERS, said={"answer": "decline"}),
    "confidentiality.take_back_lowering": Act(
        OFFICES, shown_at="confidentiality.lowering", before=states.of_the_participant
    ),
    "confidentiality.looked_at": Act(OFFICES | SPEAKERS | CHAIRS, shown_at="confidentiality.change_label"),
    "chairmanship.begin_handover": Act(OFFICERS | CHAIR, before=states.term_without_file),
    "chairmanship.edit_handover": Act(OFFICERS | CHAIR, before=states.term_has_ended),
    "chairmanship.clear_handover": Act(CHAIR, before=states.next_chair_is_known),
    "chairmanship.handover_paper": Act(EVERYBODY, never=SHORT),
    "reports.edition_paper": Act(EVERYBODY, never=SHORT),
    "reports.change": Act(OFFICES),
    "reports.issue": Act(OFFICES),
    "reports.table": Act(OFFICES, before=states.report_can_be_tabled),
    "reports.remark": Act(OFFICES),
    "reports.advise": Act(OFFICES),
    "reports.public_editions": Act(OFFICES),
    "reports.ask": Act(OFFICES, said={"until": "2099-06-01"}),
    "reports.check": Act(SPEAKERS),
    "reports.check_by_link": Act(SPEAKERS),
    "reports.correct_entry": Act(SPEAKERS, before=states.entry_stands_in_check),
    "reports.correct_entry_by_link": Act(SPEAKERS, never=NO_ENTRY),
}


@dataclass(frozen=True)
class Own:
    """Keys of each role's own card and numbers: not planted, and its own to change; and of what else is not planted
    the side on which it stands."""

    keys: Mapping[str, frozenset[str]]
    sides: Mapping[str, str]

    def has(self, role: str, parts: Mapping[str, str]) -> bool:
        return any(value in self.keys.get(role, ()) for value in parts.values())


def may(world: World, own: Own, role: str, address: Address) -> bool:
    """Whether this role may do this at this address, if anybody may now."""
    act, parts = ACTS[address.rule.endpoint], address.parts
    if "token" in parts:
        return _holds(world, act, address)
    if act.who == EVERYBODY:
        return not act.own or own.has(role, parts)
    if own.has(role, parts):
        return True
    if role not in act.who:
        return False
    return role not in OFFICES or _on_own_side(world, own, role, parts, act.side)


def scope_of(rule: Rule) -> str:
    """The scope of the links that open the pages of a rule."""
    page = rule.rule.rpartition("/")[2]
    return links.ALSO.get(page, page)


def _holds(world: World, act: Act, address: Address) -> bool:
    link = world.links.get(address.parts["token"])
    if link is None or link.state != "open" or link.scope != scope_of(address.rule):
        return False
    return act.who == ONE_WITH_A_LINK or link.role in act.who


def _on_own_side(world: World, own: Own, role: str, parts: Mapping[str, str], side_of_act: str) -> bool:
    """An office does what it does on its own track of its own process, and nowhere else."""
    side = world.track_of(role)
    own_slug = world.slugs[1] if side == "other government" else world.slugs[0]
    if parts.get("slug", own_slug) != own_slug:
        return False
    if side_of_act:
        return side == side_of_act
    if "track_slug" in parts and parts["track_slug"] != {"network": "civil-society"}.get(side, "government"):
        return False
    sides = {own.sides.get(value) or track_of(world, value) for value in parts.values()} - {""}
    return not sides or sides == {side}


def track_of(world: World, value: str) -> str:
    """The side on which the thing with this key stands: that of the outermost thing it stands in."""
    if value not in world.kinds_of_key:
        return ""
    names = world.spots
    outermost = [one for one in world._chain(UUID(value)) if one in names][-1]
    spot = names[outermost].removeprefix("inside: ").partition(" (")[0].removesuffix(", later")
    return (_TRACKS.get(spot, ()) or ("government",))[0]


_TRACKS = {spot.name.removesuffix(", later"): spot.tracks for spot in (*LATER, *SPOTS)}


def beside(world: World, parts: Mapping[str, str]) -> dict[str, str]:
    """What the address of the page needs on which the form stands, where that is the page of another thing."""
    names = world.spots
    for part in ("declassification_id", "review_id", "lowering_id"):
        if part in parts and UUID(parts[part]) in names:
            return {"kind": "meetings", "thing_id": str(world.at["Meeting", names[UUID(parts[part])]])}
    if not parts:
        return {"token": next(token for token, link in world.links.items() if link.state == "expired")}
    return {}


def own_things(world: World) -> tuple[Own, dict[str, dict[str, list[str]]]]:
    """What belongs to each role itself, and the addresses it is tried at beside those planted: part, role, keys."""
    keys: dict[str, list[str]] = {}
    more: dict[str, dict[str, list[str]]] = {"card_id": {}, "number_id": {}, "access_id": {}, "feed_id": {}}
    with system_unit(world.engine, Reason.HISTORY, writes=False) as session:
        running = session.scalars(select(EmergencyAccess.id).where(EmergencyAccess.confirmed_at.is_not(None))).one()
        for role, official in world.officials.items():
            more["access_id"][role] = [str(running)]
            if official is None:
                continue
            of = ContactCard.person_id == official.person
            cards = list(map(str, session.scalars(select(ContactCard.id).where(of))))
            numbers = list(map(str, session.scalars(select(ContactNumber.id).join(ContactNumber.card).where(of))))
            feeds = [world.own_feeds[role]]
            keys[role] = [*cards, *numbers, *feeds]
            more["card_id"][role], more["number_id"][role], more["feed_id"][role] = cards, numbers, feeds
    own = {role: frozenset(one) for role, one in keys.items()}
    return Own(own, {str(running): "government"}), more
