"""Packs of papers, asked for and made as the worker does."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from sqlalchemy import Engine, select

from config import Settings
from secretariat.core.languages import reading_in
from secretariat.jobs import service as jobs
from secretariat.packs import queries, service
from secretariat.packs.models import Pack, PackForm
from tests.factories.meetings import acting, again, looking
from tests.factories.people import Official

__all__ = ["asked", "made", "many_pages", "with_layers"]


def asked(engine: Engine, one: Official, meeting: UUID, form: PackForm = PackForm.PDF, language: str = "en") -> UUID:
    """Asked for, and not made yet."""
    with acting(engine, one) as session, reading_in(language, "America/Panama"):
        return service.ask(session, again(session, meeting), language, form).id


def made(
    engine: Engine,
    settings: Settings,
    one: Official,
    meeting: UUID,
    form: PackForm = PackForm.PDF,
    language: str = "en",
) -> UUID:
    """Asked for, and made."""
    key = asked(engine, one, meeting, form, language)
    with looking(engine, one) as session:
        job = session.scalars(select(Pack.job_id).where(Pack.id == key)).one()
    assert job is not None
    jobs.do(engine, job, settings)
    with looking(engine, one) as session:
        found = queries.pack_by_id(session, key)
        assert found is not None
        assert found.made_at is not None, "the pack could not be made"
    return key


def many_pages(count: int) -> bytes:
    """A PDF of so many empty pages."""
    import pikepdf

    out = BytesIO()
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    for _place in range(count - 1):
        pdf.pages.append(page)
    pdf.save(out)
    return out.getvalue()


def with_layers() -> bytes:
    """A PDF of one page, a layer of which is switched off."""
    import pikepdf

    out = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Notes"))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
    pdf.save(out)
    return out.getvalue()
