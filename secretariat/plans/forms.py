"""Forms of plans, proposals and progress. They parse and say what is missing; rules are the service's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.localtext import LocalText
from secretariat.pages.fields import (
    ChoiceField,
    DayField,
    LocalTextField,
    LongTextField,
    MailField,
    Needed,
    Optional,
    PartialDateField,
    Passes,
    PickField,
    PicksField,
    TextField,
    YesField,
)
from secretariat.pages.forms import Form
from secretariat.pages.uploads import UploadsField
from secretariat.plans import links
from secretariat.plans.milestone_field import MilestonesField
from secretariat.plans.models import Change, NotedAfter
from secretariat.plans.phase_models import PHASES
from secretariat.plans.status import Status

STATUS_CHOICES = [
    (Status.IN_PROGRESS.value, _l("In progress")),
    (Status.COMPLETED.value, _l("Completed")),
    (Status.NOT_YET_STARTED.value, _l("Not yet started")),
    (Status.POSTPONED.value, _l("Postponed")),
    (Status.WITHDRAWN.value, lazy_pgettext("status of a commitment", "Withdrawn")),
]
CHANGE_CHOICES = [
    ("", _l("Not said")),
    (Change.LAW.value, _l("A law")),
    (Change.POLICY.value, _l("A policy")),
    (Change.PRACTICE.value, _l("A practice")),
    (Change.PROJECT.value, _l("A project")),
    (Change.NOTHING_YET.value, _l("Nothing yet")),
]
AFTER_CHOICES = [
    (NotedAfter.CALL.value, _l("A call")),
    (NotedAfter.MAIL.value, _l("A mail")),
    (NotedAfter.MEETING.value, _l("A meeting")),
]
ANSWER_CHOICES = [
    ("accept", _l("Accept as it is")),
    ("amend", _l("Accept, with my words or date")),
    ("decline", _l("Not this one")),
    ("ask", _l("Ask my colleague first")),
]
Choices = Iterable[tuple[str, Any]]
MILESTONES_HINT = _l("In the place of a due date: the next of them is the day that is due. A row left empty is none.")
BASELINE_HINT = _l("What there is today, so that one can see what has changed.")
FILES_HINT = _l("PDF, DOCX, ODT, XLSX, PPTX or plain text, up to five. Who reads the update may save them.")
PARTNERS_HINT = _l("They answer for nothing, and read neither more nor less for being named.")
PHASE_CHOICES = [("", _l("None")), *((phase.value, words) for phase, words in PHASES.items())]
CONFIRM_CHOICES = [("confirm", _l("Confirm")), ("correct", _l("Correct"))]


class PlanForm(Form):
    """The head of a plan."""

    title = LocalTextField(_l("Title"), [Needed(_l("Give the plan a title, for example Plan of action 2025–2028"))])
    period_from = PartialDateField(_l("Begins"), [Optional()], description=_l("A year, a month or a day."))
    period_until = PartialDateField(_l("Ends"), [Optional()])
    symbol = TextField(_l("Symbol"), [Optional()], longest=60)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title.languages = tuple(languages)


class PartForm(Form):
    """An area, objective or activity."""

    kind = PickField(
        _l("What to add"),
        [Needed(_l("Choose what to add"))],
        choices=[("area", _l("An area")), ("objective", _l("An objective")), ("activity", _l("An activity"))],
    )
    above = ChoiceField(_l("Where it stands in the plan"), [Optional()])
    title = LocalTextField(
        _l("Words"), [Needed(_l("Give its words as the meeting will read them"))], rows=2, longest=2000
    )
    number = TextField(
        _l("Number"), [Optional()], longest=20, description=_l("Leave empty to have it counted on, for example 1.2.1.")
    )

    def __init__(self, *args: Any, languages: list[str], above: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title.languages = tuple(languages)
        self.above.choices = [("", _l("At the end of the plan")), *above]


class FromOutcomeForm(Form):
    """An objective or an activity in the words of an outcome. `above` names a plan, for its end, or a part of one."""

    kind = PickField(
        _l("What it becomes"),
        [Needed(_l("Choose what it becomes"))],
        choices=[("objective", _l("An objective")), ("activity", _l("An activity"))],
    )
    above = ChoiceField(
        _l("Where it stands in the plan"), [Needed(_l("Choose the plan, or the part of it, where it stands"))]
    )
    title = LocalTextField(
        _l("Words"), [Needed(_l("Give its words as the meeting will read them"))], rows=2, longest=2000
    )
    number = TextField(
        _l("Number"), [Optional()], longest=20, description=_l("Leave empty to have it counted on, for example 1.2.1.")
    )

    def __init__(self, *args: Any, languages: list[str], above: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title.languages = tuple(languages)
        self.above.choices = above


class AdoptForm(Form):
    """That a meeting adopted a plan."""

    on = DayField(_l("Adopted on"), [Needed(_l("Give the day on which it was adopted, for example 19 November 2025"))])
    meeting = ChoiceField(_l("At which meeting"), [Optional()])
    where = LocalTextField(
        _l("Where"),
        [Optional()],
        description=_l("If the meeting is not in the list: what the plan shall say, in words."),
    )

    def __init__(self, *args: Any, languages: list[str], meetings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.where.languages = tuple(languages)
        self.meeting.choices = [("", _l("None of those listed")), *meetings]


class AmendForm(AdoptForm):
    """New words for a part of an adopted plan, and the meeting that gave them."""

    title = LocalTextField(
        _l("Words"), [Needed(_l("Give its words as the meeting changed them"))], rows=2, longest=2000
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, languages=languages, **kwargs)
        self.title.languages = tuple(languages)


class AddByAmendmentForm(AdoptForm, PartForm):
    """A part that a meeting added to an adopted plan."""

    def __init__(
        self,
        *args: Any,
        languages: list[str],
        meetings: list[tuple[str, str]],
        above: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        PartForm.__init__(self, *args, languages=languages, above=above, **kwargs)
        self.where.languages = tuple(languages)
        self.meeting.choices = [("", _l("None of those listed")), *meetings]


class CarryOverForm(Form):
    """Which open commitments of other plans go on in this one, and where they stand in it."""

    commitments = PicksField(
        _l("What goes on"), [Needed(_l("Choose at least one commitment; nothing was carried over"))]
    )
    part = ChoiceField(_l("Where they stand in this plan"), [Optional()])

    def __init__(
        self, *args: Any, commitments: list[tuple[str, str]], parts: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.commitments.choices = commitments
        self.part.choices = [("", _l("Below the part of the same words, else in the plan as a whole")), *parts]


class ActForm(Form):
    """A form whose only content is its button."""


class CommitmentForm(Form):
    """What a commitment is to say; for a proposal, to whom."""

    participants = PicksField(_l("To whom"))
    plan = ChoiceField(_l("Plan of action"))
    part = ChoiceField(_l("Where it stands in the plan"), [Optional()])
    words = LocalTextField(
        _l("What is to be done"),
        [Needed(_l("Say what is to be done, for example: publish monthly figures in the shared format"))],
        rows=3,
        longest=2000,
    )
    due_on = DayField(_l("Due"), [Optional()])
    milestones = MilestonesField(_l("Milestones"), [Optional()], description=MILESTONES_HINT)
    lead = LocalTextField(
        _l("Lead department"), [Optional()], description=_l("A ministry or service; a person is not named here.")
    )
    indicator = LocalTextField(_l("How one will see that it is done"), [Optional()], longest=1000)
    baseline = LocalTextField(_l("Where it begins"), [Optional()], longest=1000, description=BASELINE_HINT)
    partners_named = PicksField(_l("Partners beside it"), [Optional()], description=PARTNERS_HINT)
    partners = LongTextField(
        _l("Other partners"),
        [Optional()],
        longest=2000,
        description=_l("Who is not in the list above: one in a line."),
    )
    meeting = ChoiceField(_l("Offered at the meeting"), [Optional()])
    origin_words = LocalTextField(
        _l("Where else it comes from"),
        [Optional()],
        description=_l("For example a submission of the civil-society network, with its day."),
    )

    def __init__(
        self,
        *args: Any,
        languages: list[str],
        parts: list[tuple[str, str]],
        partners: Choices = (),
        meetings: Choices | None = None,
        participants: list[tuple[str, str]] | None = None,
        plans: list[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for one in (self.words, self.lead, self.indicator, self.baseline):
            one.languages = tuple(languages)
        self.part.choices = [("", _l("In no area: the plan as a whole")), *parts]
        self.partners_named.choices = list(partners)
        if meetings is None:
            del self.meeting, self.origin_words
        else:
            self.meeting.choices = [("", _l("None of those listed")), *meetings]
            self.origin_words.languages = tuple(languages)
        if participants is None:
            del self.participants
        else:
            self.participants.choices = participants
            self.participants.validators = [Needed(_l("Choose the participant to whom it is proposed"))]
        if plans is None:
            del self.plan
        else:
            self.plan.choices = plans

    @property
    def partner_names(self) -> list[str]:
        """The partners written, one a line."""
        return lines_of(self.partners.data)


def lines_of(typed: str | None) -> list[str]:
    """Names written one a line."""
    return [line.strip()[:300] for line in (typed or "").splitlines() if line.strip()][:40]


class AnswerForm(Form):
    """A participant's answer to a proposal."""

    answer = PickField(_l("Your answer"), [Needed(_l("Choose an answer; nothing was sent"))], choices=ANSWER_CHOICES)
    words = LongTextField(_l("The commitment in your own words"), [Optional()], longest=2000)
    due_on = DayField(_l("Due"), [Optional()])
    milestones = MilestonesField(_l("Milestones"), [Optional()], description=MILESTONES_HINT)
    lead = TextField(_l("Lead department"), [Optional()])
    colleague = MailField(_l("Address at work"), [Optional()])
    word = LongTextField(_l("If you wish; no reason is needed"), [Optional()], longest=2000)


class AdviceForm(Form):
    """What a colleague tells the focal point."""

    reply = LongTextField(
        _l("Your advice"),
        [Needed(_l("Write what you would tell your colleague, for example: yes, from May on"))],
        longest=2000,
    )


class DraftForm(Form):
    """What a colleague in another ministry drafts for the focal point: where it stands, what was done, or either."""

    status = PickField(_l("Where it stands"), [Optional()], choices=STATUS_CHOICES)
    words = LongTextField(_l("What was done"), [Optional()], longest=2000)
    files = UploadsField(_l("Files in which one can see it"), [Optional()])


class UpdateForm(Form):
    """Where a commitment stands. `members` can be named as readers of what stands in the way and of what would help;
    `open_milestones` can be said to be reached."""

    status = PickField(_l("Where it stands"), [Needed(_l("Choose where it stands"))], choices=STATUS_CHOICES)
    reached = PicksField(_l("Milestones reached"), [Optional()])
    step = LongTextField(_l("What was done"), [Optional()], longest=2000)
    postponed_to = DayField(_l("New date, if it was postponed to one"), [Optional()])
    obstacle = LongTextField(
        _l("What stands in the way"), [Optional()], longest=2000, description=_l("Read by you and the Secretariat.")
    )
    obstacle_for_members = YesField(_l("The members may read this too"))
    obstacle_to = PicksField(_l("Only these members may read it too"), [Optional()])
    support = LongTextField(
        _l("What support would be welcome"),
        [Optional()],
        longest=2000,
        description=_l("Read by you and the Secretariat."),
    )
    support_for_members = YesField(_l("The members may read this too"))
    support_to = PicksField(_l("Only these members may read it too"), [Optional()])
    what_changed = ChoiceField(_l("What changed"), [Optional()], choices=CHANGE_CHOICES)
    helped = LongTextField(
        _l("Whether the process helped, in your own words"),
        [Optional()],
        longest=2000,
        description=_l("For example what was learned from others, or what would have happened without it."),
    )
    evidence = LongTextField(
        _l("Where one can see it"),
        [
            Optional(),
            Passes(
                lambda typed: all(map(links.is_fit, links.lines(typed))),
                _l("Give an address that begins with https://"),
            ),
        ],
        longest=5000,
        description=_l("Addresses that begin with https://, one in a line."),
    )
    files = UploadsField(_l("Files in which one can see it"), [Optional()], description=FILES_HINT)
    drafted = PicksField(_l("Files of your colleague to send with it"), [Optional()])

    def __init__(
        self,
        *args: Any,
        members: Choices = (),
        open_milestones: Choices = (),
        drafted: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.obstacle_to.choices = self.support_to.choices = list(members)
        self.reached.choices = list(open_milestones)
        self.drafted.choices = list(drafted)
        if not self.reached.choices:
            del self.reached
        if not self.drafted.choices:
            del self.drafted


class NoteForm(Form):
    """What the secretariat was told."""

    status = PickField(
        _l("Where it stands, as you were told"), [Needed(_l("Choose where it stands"))], choices=STATUS_CHOICES
    )
    step = LongTextField(_l("What was done, in the words you heard"), [Optional()], longest=2000)
    postponed_to = DayField(_l("New date, if it was postponed to one"), [Optional()])
    obstacle = LongTextField(_l("What stands in the way"), [Optional()], longest=2000)
    support = LongTextField(_l("What support would be welcome"), [Optional()], longest=2000)
    after = PickField(_l("After"), [Needed(_l("Choose how you were told"))], choices=AFTER_CHOICES, default="call")
    on = DayField(_l("On"), [Optional()], description=_l("Leave empty for today."))
    reached = PicksField(_l("Milestones reached, as you were told"), [Optional()])

    def __init__(self, *args: Any, open_milestones: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reached.choices = list(open_milestones)
        if not self.reached.choices:
            del self.reached


class ReopenForm(Form):
    """Milestones that were marked as reached by mistake."""

    reached = PicksField(_l("Not reached after all"), [Needed(_l("Choose the milestones that are not reached."))])
    reason = LongTextField(_l("Why, if you wish to say"), [Optional()], longest=2000)

    def __init__(self, *args: Any, reached: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reached.choices = list(reached)


class ConfirmForm(Form):
    """Whether what the secretariat noted is what the participant told it."""

    answer = PickField(
        _l("Is this what you told us?"),
        [Needed(_l("Choose whether to confirm or to correct it"))],
        choices=CONFIRM_CHOICES,
    )


class ReviseForm(Form):
    """New words, days, lead, measure or partners for a commitment, by its participant."""

    words = LocalTextField(
        _l("The commitment"), [Needed(_l("Give the commitment in your own words"))], rows=3, longest=2000
    )
    due_on = DayField(_l("Due"), [Optional()])
    milestones = MilestonesField(_l("Milestones"), [Optional()], description=MILESTONES_HINT)
    lead = LocalTextField(_l("Lead department"), [Optional()])
    indicator = LocalTextField(_l("How one will see that it is done"), [Optional()], longest=1000)
    baseline = LocalTextField(_l("Where it begins"), [Optional()], longest=1000, description=BASELINE_HINT)
    partners_named = PicksField(_l("Partners beside it"), [Optional()], description=PARTNERS_HINT)
    partners = LongTextField(
        _l("Other partners"),
        [Optional()],
        longest=2000,
        description=_l("Who is not in the list above: one in a line."),
    )
    reason = LongTextField(_l("Why, if you wish to say"), [Optional()], longest=2000)

    def __init__(self, *args: Any, languages: list[str], partners: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in (self.words, self.lead, self.indicator, self.baseline):
            one.languages = tuple(languages)
        self.partners_named.choices = list(partners)


class PhaseForm(Form):
    """Under which phase of governance the secretariat puts a commitment."""

    phase = PickField(_l("Phase of governance"), [Optional()], choices=PHASE_CHOICES)


def in_words(field: Any, language: str, before: LocalText | None) -> LocalText | None:
    """What was typed in one language, beside what stands in others only where the words were not changed."""
    typed = (field.data or "").strip()
    if not typed:
        return None
    if before is not None and before.in_language(language)[0] == typed:
        return before
    return LocalText.of(typed, language)
