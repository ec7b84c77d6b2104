"""Things of the core: what the audit trail says, and work done in the background."""

from secrets import token_hex

from secretariat.core.models import AuditChain, AuditContent, AuditEntry, Job, JobState
from secretariat.jobs import kinds
from tests.security.canaries.world import Plot, also, plants


def _nothing(*_: object) -> kinds.Result:
    return kinds.Result("", b"")


if "canary" not in kinds._kinds:
    kinds.register("canary", "A job for the canary world", _nothing)


@plants(AuditContent, inside=None, why_unseen="no page shows the audit trail yet")
def audit_content(plot: Plot) -> AuditContent:
    if plot.session.get(AuditChain, "canaria") is None:
        plot.session.add(AuditChain(name="canaria"))
        plot.session.flush()
    place = len(plot.world.planted.get("AuditContent", [])) + 1
    entry = AuditEntry(chain="canaria", place=place, kind="planted", digest="0" * 64)
    plot.session.add(entry)
    plot.session.flush()
    said = {"said": plot.word()}
    return AuditContent(entry_id=entry.id, subject_kind="", by_hat="system", content=said, salt=token_hex(16))


@plants(Job, inside=None, why_unseen="shown to who asked for it alone, whatever its label")
def job(plot: Plot) -> Job:
    officer = plot.world.officials["officer"]
    assert officer is not None
    return Job(kind="canary", person_id=officer.person, hat=str(officer.hat), result_name=plot.word())


@also(Job, "done", spots=("the secretariat", "members"))
def finished(plot: Plot) -> Job:
    done = job(plot)
    done.state, done.result_type, done.result = JobState.DONE, "text/plain", plot.word().encode()
    return done
