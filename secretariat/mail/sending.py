"""Whether this installation sends mail at all.

An epoch stands in the database and in a file under DATA_ROOT, outside the backup. A database restored from a backup, or
put on another machine, finds another epoch or none: then nothing is sent until a person has looked at what the outbox
holds and said so (`flask --app wsgi mail resume`). Otherwise everything sent since the backup would be sent again.

Who backs up the whole of DATA_ROOT restores the file with the database; so it also holds its own number on the disk
(inode), which a copy does not have.
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, exists, select
from sqlalchemy.exc import IntegrityError

from config import Settings
from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.mail.models import MailAttempt, SendingState

LOOKED_UP_FOR = timedelta(days=92)
"""How long after a restore each mail is looked up before it is sent: what was asked before may be due again so long."""
RESUME = "flask --app wsgi mail resume"
_ONLY = 1


def epoch_file(settings: Settings) -> Path:
    """Where the epoch stands outside the database."""
    return settings.private_folder() / "sending_epoch"


def _restored_file(settings: Settings) -> Path:
    return settings.private_folder() / "restored"


def note_restored(settings: Settings) -> None:
    """The database has been put back from a backup: nothing is sent before `begin`, and then nothing unasked that the
    relay has had already."""
    epoch_file(settings).unlink(missing_ok=True)
    _restored_file(settings).write_text(clock.now().isoformat())


def was_restored(settings: Settings) -> bool:
    """Whether the database was put back from a backup not long ago."""
    try:
        at = datetime.fromisoformat(_restored_file(settings).read_text().strip())
    except FileNotFoundError:
        return False
    return clock.now() - at < LOOKED_UP_FOR


def why_not(engine: Engine, settings: Settings) -> str:
    """Why nothing is sent, in one sentence with the command that changes it; empty where mail may go.

    An installation that has never tried to send a mail begins its first epoch here.
    """
    with system_unit(engine, Reason.MAIL, writes=False) as system:
        state = system.get(SendingState, _ONLY)
        epoch, stopped, why = (state.epoch, state.stopped_at, state.why) if state else ("", None, "")
        untouched = state is None and not system.scalar(select(exists().where(MailAttempt.id.is_not(None))))
    if untouched and not epoch_file(settings).exists() and not was_restored(settings):
        begin(engine, settings)
        return why_not(engine, settings)
    if stopped is not None:
        return f"Sending was stopped: {why}. To go on: {RESUME}"
    if not epoch or not _repeats(settings, epoch):
        return f"This database was restored or moved, so nothing is sent before somebody has looked. To go on: {RESUME}"
    return ""


def begin(engine: Engine, settings: Settings) -> None:
    """Begin a new epoch: mail goes from now on. Two who begin at once begin the same."""
    epoch = secrets.token_hex(16)
    try:
        with system_unit(engine, Reason.MAIL) as system:
            state = system.get(SendingState, _ONLY)
            if state is None:
                system.add(SendingState(id=_ONLY, epoch=epoch))
            else:
                state.epoch, state.stopped_at, state.why = epoch, None, ""
            system.flush()
            _write(settings, epoch)
    except IntegrityError:  # another process began the first epoch; its file is being written
        return


def stop(engine: Engine, settings: Settings, why: str) -> None:
    """Stop sending until `begin` is called."""
    if not epoch_file(settings).exists():
        begin(engine, settings)
    with system_unit(engine, Reason.MAIL) as system:
        state = system.get_one(SendingState, _ONLY)
        state.stopped_at, state.why = clock.now(), why[:300]


def _repeats(settings: Settings, epoch: str) -> bool:
    """Whether the file is there, was not copied, and holds this epoch. One written before files held their own number
    counts by its epoch alone."""
    try:
        with epoch_file(settings).open() as file:
            written, _, number = file.read().strip().partition(" ")
            return written == epoch and number in ("", str(os.fstat(file.fileno()).st_ino))
    except FileNotFoundError:
        return False


def _write(settings: Settings, epoch: str) -> None:
    path = epoch_file(settings)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{epoch} {os.fstat(file.fileno()).st_ino}")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
