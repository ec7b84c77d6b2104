"""By which words processes are found, and what is written of them."""

from __future__ import annotations

from secretariat.core.searchable import Searchable, Step, register
from secretariat.processes.models import Process, ProcessText

register(Searchable(Process, title=lambda one: [one.name, one.acronym], words=lambda one: [one.region]))
register(
    Searchable(
        ProcessText,
        title=lambda _one: None,
        words=lambda one: [one.body],
        way=(Step("process_id", Process),),
        shown=1,
    )
)
