"""The blueprint all pages of mail are entered in."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("mail", __name__)
