"""By which words submissions are found, what they say of single paragraphs and what is said of them, and what both
sides let everybody read. What is confided is not looked through."""

from __future__ import annotations

from secretariat.civil_society.comment_models import ParagraphComment
from secretariat.civil_society.models import Submission, SubmissionAnswer
from secretariat.civil_society.published_models import PublishedAnswer, PublishedReply, PublishedSubmission
from secretariat.core.searchable import Searchable, Step, register

register(
    Searchable(
        Submission,
        title=lambda one: [one.title, one.symbol],
        words=lambda one: [one.words, one.theme, one.on_document],
        day=lambda one: moment.date() if (moment := one.sent_at) else None,
    )
)
register(
    Searchable(
        ParagraphComment,
        title=lambda _one: None,
        words=lambda one: [one.words, one.wording],
        way=(Step("submission_id", Submission),),
        shown=1,
        language=lambda one: one.language,
    )
)
register(
    Searchable(
        SubmissionAnswer,
        title=lambda _one: None,
        words=lambda one: [one.words],
        way=(Step("submission_id", Submission),),
        shown=1,
    )
)
register(
    Searchable(
        PublishedSubmission,
        title=lambda one: [one.title, one.number],
        words=lambda one: [one.words],
        day=lambda one: one.sent_on,
    )
)
register(
    Searchable(PublishedAnswer, title=lambda _one: None, words=lambda one: [one.words], day=lambda one: one.given_on)
)
register(
    Searchable(PublishedReply, title=lambda _one: None, words=lambda one: [one.words], day=lambda one: one.sent_on)
)
