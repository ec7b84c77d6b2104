"""Every labelled class is a kind one can ask about, or it is said why nobody asks."""

from __future__ import annotations

import pytest

from secretariat import registers
from secretariat.core import kinds
from secretariat.core.kinds import Kind, Origin, OriginKind
from secretariat.core.labelling import labelled_kinds
from secretariat.models import every_model

NOBODY_ASKS = {
    "answer_links": "to what an answer led, shown beside the answer to who reads that too; counted as things of their "
    "own links would tell of what is not read",
    "circular_attachments": "which document goes with a circular; met on the page of the circular",
    "declassifications": "decided about the label of a thing, and read on the page of that label",
    "label_reviews": "decided about the label of a thing, and read on the page of that label",
    "proposed_lowerings": "decided about the label of a thing, and read on the page of that label",
    "audit_contents": "the trail of acts, read where an act is told, never as a thing of its own",
    "document_texts": "the words of a file, for search; met where the file is",
    "digest_series": "what the product keeps of its mails to one person, shown on that person's page of follow-up",
    "digests": "what the product keeps of its mails to one person, shown on that person's page of follow-up",
    "jobs": "read by who asked for it, and only under the hat it was asked for under",
    "loaded_files": "what the loader remembers of a file; no page shows it",
    "packs": "a file of papers, read by who asked for it, and only under the hat it was asked for under",
    "paper_lists": "what is being brought in, read by the secretariat of its track on the page of that list",
    "contact_lists": "a list that is being brought in, read by who sent it alone on the page of that list",
    "plan_import_habits": "headings and names that were chosen before; no page shows them",
    "plan_imports": "what is being brought into a plan, read by who sent it alone on the page of that table",
    "search_entries": "the words by which a thing is found; who reads them is asked on the page of that thing",
    "officer_absences": "from when to when an officer is away; shown to colleagues beside the tasks",
    "outbox_messages": "one mail to one reader; where it stands is shown to the secretariat, its words to nobody",
}
"""Labelled classes that are not entered, and why."""


def test_every_labelled_class_is_entered_or_it_is_said_why_not() -> None:
    every_model()
    registers.fill()
    labelled = {kind.__tablename__ for kind in labelled_kinds()}
    entered = {kind.name for kind in kinds.every()}
    assert sorted(labelled - entered - set(NOBODY_ASKS)) == [], "enter these in the feature's module kinds"
    assert sorted(set(NOBODY_ASKS) & entered) == []
    assert sorted((entered | set(NOBODY_ASKS)) - labelled) == []


def test_a_kind_is_found_by_its_name_its_class_and_a_thing_of_it() -> None:
    registers.fill()
    for kind in kinds.every():
        assert kinds.by_name(kind.name) is kind
        assert kinds.kind_of(kind.model) is kind
        assert str(kind.word)
    assert kinds.by_name("no_such_table") is None
    assert kinds.kind_of(object()) is None


def test_words_of_kinds_are_told_apart() -> None:
    """Two kinds of one name would be one row for whoever reads what a person may read."""
    registers.fill()
    words = [str(kind.word) for kind in kinds.every()]
    assert len(set(words)) == len(words)


def test_a_class_entered_twice_otherwise_is_refused() -> None:
    registers.fill()
    known = kinds.every()[0]
    other = Kind(known.model, "another", known.title, known.page, lambda _s, _o: Origin(OriginKind.BODY, _o.id))
    kinds.register(known)
    with pytest.raises(ValueError, match=known.name):
        kinds.register(other)
    assert kinds.by_name(known.name) is known
