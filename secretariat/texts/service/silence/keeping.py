"""What the secretariat does with a silence that runs: a later end, or none at all."""

from __future__ import annotations

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.texts import policy, silence_queries
from secretariat.texts.deadline import Deadline
from secretariat.texts.service.silence.ends import check_end, days_not_counted, last_version_at
from secretariat.texts.service.silence.telling import ENDED, EXTENDED, lock, members_now, record, write_to
from secretariat.texts.silence import SilenceState
from secretariat.texts.silence_models import SilenceProcedure


def extend(session: ViewerSession, found: SilenceProcedure, ends: Deadline, word: str) -> None:
    """Give a silence that is running a later end; all members are told. Raises NotAllowed, Refused."""
    require(policy.may_keep_silence(session.viewer, found))
    lock(session, found.id)
    if silence_queries.stands(session, found).state is not SilenceState.RUNNING:
        raise Refused(_("It does not run any more, and cannot be extended."))
    rules = silence_queries.rules_of(session, found.process_id, found.track_id)
    check_end(ends, rules)
    before = silence_queries.deadline_of(found)
    if ends.at <= before.at:
        raise Refused(_("An extension ends later than before; give a later day or hour"), "ends_on")
    found.extensions = [
        *found.extensions,
        {
            "on": before.on.isoformat(), "hour": before.hour.isoformat(), "zone": before.zone,
            "at": clock.now().isoformat(), "word": word,
        },
    ]  # fmt: skip
    found.ends_on, found.ends_hour, found.zone, found.reminded_at = ends.on, ends.hour, ends.zone, None
    found.not_counted = days_not_counted(last_version_at(found.edition), ends, rules)
    session.flush()
    record(session, "silence extended", found, ends=ends.at.isoformat(), before=before.at.isoformat())
    write_to(session, found, EXTENDED, members_now(session, found), ends.at.isoformat())
    session.flush()


def call_off(session: ViewerSession, found: SilenceProcedure, word: LocalText) -> None:
    """Stop a silence that is running or waits for some; all members are told why. Raises NotAllowed, Refused."""
    require(policy.may_keep_silence(session.viewer, found))
    lock(session, found.id)
    if silence_queries.stands(session, found).state not in (SilenceState.RUNNING, SilenceState.WAITING):
        raise Refused(_("It does not run any more; there is nothing to call off."))
    found.called_off_at, found.called_off_word = clock.now(), word
    session.flush()
    record(session, "silence called off", found)
    write_to(session, found, ENDED, members_now(session, found), SilenceState.CALLED_OFF.value)
    session.flush()
