"""What the pages of the chair share."""

from __future__ import annotations

from flask import Blueprint, url_for

from secretariat.chairmanship.chaired import chaired_in
from secretariat.pages import place
from secretariat.pages.unit import viewer

blueprint = Blueprint("chairmanship", __name__)


def navigation() -> str | None:
    """Where the chair's page of this process is, for who chairs anything in it."""
    here = place.here()
    if here is None or here.id is None or not chaired_in(viewer(), here.id):
        return None
    return url_for("chairmanship.show", slug=here.slug)
