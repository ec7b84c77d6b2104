"""What of follow-up a person meets as a thing: how a track asks after what is awaited."""

from __future__ import annotations

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.dates import day_in_full
from secretariat.core.languages.words import language_name
from secretariat.follow_up.chair_models import ChairWord
from secretariat.follow_up.contact_models import ContactNote
from secretariat.follow_up.models import FollowUpPolicy, LetterTemplate, PlanFollowUpPolicy
from secretariat.follow_up.reply_models import MailReply
from secretariat.follow_up.task_models import Task

register(
    Kind(
        FollowUpPolicy,
        _l("Follow-up policy"),
        lambda _one: _("How the Secretariat asks after what is awaited"),
        lambda one: f"/processes/{one.process.slug}/follow-up/policy" if one.process is not None else None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)

register(
    Kind(
        PlanFollowUpPolicy,
        _l("Follow-up policy of a plan"),
        lambda _one: _("How the Secretariat asks after the commitments of a plan"),
        lambda one: f"/plans/{one.plan_id}/follow-up-policy",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.plan.track_id),
    )
)

register(
    Kind(
        ContactNote,
        _l("Contact note"),
        lambda one: _("Contact of %(day)s", day=day_in_full(one.contacted_at, weekday=False)),
        lambda one: f"/contacts/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)

register(
    Kind(
        MailReply,
        _l("Reply by mail"),
        lambda one: _("Reply of %(day)s", day=day_in_full(one.received_at, weekday=False)),
        lambda one: f"/replies/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)

register(
    Kind(
        ChairWord,
        _l("Word to the chair"),
        lambda one: _("Word to the chair of %(day)s", day=day_in_full(one.told_at, weekday=False)),
        lambda one: f"/chair-words/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)

register(
    Kind(
        LetterTemplate,
        _l("Words of a letter"),
        lambda one: _("The words of reminders in %(language)s", language=language_name(one.language)),
        lambda one: f"/processes/{one.process.slug}/follow-up/words/{one.language}" if one.process else None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)

register(
    Kind(
        Task,
        _l("Task of the Secretariat"),
        lambda one: one.words,
        lambda one: f"/processes/{one.process.slug}/follow-up/tasks" if one.process is not None else None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
