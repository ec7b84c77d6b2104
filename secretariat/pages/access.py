"""Who may call a route. The default is nobody: a view without a declaration stops the start.

Exactly one of these stands below the route of every view:

    @public("the sign-in page is for those who have not signed in")
    @signed_in
    @permission("schedule meetings", may_schedule)      # the predicate sees the viewer alone
    @permission("edit a meeting")                       # the view asks: authorise(may_edit(viewer, meeting))
    @capability("accept")                               # a link from a mail; the view asks after resolving it

Where no predicate stands with the declaration the view must call `authorise`; one that answers without having asked
raises, so that forgetting is an error and not an opening. Not allowed is the same 404 as not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar, cast

from flask import Flask, abort, current_app, g
from flask.typing import ResponseReturnValue
from flask_login import current_user

from secretariat.core.viewer import Viewer
from secretariat.pages import refusals, unit

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[P, ResponseReturnValue]


class UndeclaredAccessError(RuntimeError):
    """A route does not say who may call it, or says it twice."""


class NeverAskedError(RuntimeError):
    """A view answered without having called `authorise`."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a route declares: `kind` is public, signed_in, permission or capability; `detail` its reason or name."""

    kind: str
    detail: str = ""


def public(reason: str) -> Callable[[View[P]], View[P]]:
    """Everyone may call it; the reason is read by whoever reviews the map of routes."""
    if not reason.strip():
        raise UndeclaredAccessError("a public route gives its reason")

    def declare(view: View[P]) -> View[P]:
        return _declared(view, Access("public", reason), lambda: None, must_ask=False)

    return declare


def signed_in(view: View[P]) -> View[P]:
    """Whoever is signed in; what they see is the viewer's matter."""
    return _declared(view, Access("signed_in"), lambda: None, must_ask=False, needs_person=True)


def permission(name: str, allows: Callable[[Viewer], bool] | None = None) -> Callable[[View[P]], View[P]]:
    """Whoever is signed in and may do what `name` says.

    With `allows`, a predicate of a policy module, it is asked before the view. Without, the view calls `authorise`.
    """

    def ask() -> None:
        if allows is not None:
            authorise(allows(unit.viewer()))

    def declare(view: View[P]) -> View[P]:
        return _declared(view, Access("permission", name), ask, must_ask=True, needs_person=True)

    return declare


def capability(scope: str) -> Callable[[View[P]], View[P]]:
    """Whoever comes by a link from a mail made for this scope; the view resolves it and calls `authorise`."""

    def declare(view: View[P]) -> View[P]:
        return _declared(view, Access("capability", scope), lambda: None, must_ask=True)

    return declare


def authorise(allowed: bool) -> None:
    """Go on if allowed; otherwise the answer is the 404 of a thing that does not exist."""
    g.asked = True
    if not allowed:
        not_found()


def found(thing: T | None) -> T:
    """The thing, or the 404 which hidden and missing share."""
    if thing is None:
        not_found()
    return thing


def not_found() -> NoReturn:
    """The one answer for what does not exist and what may not be read or done; what is no slip is noted."""
    refusals.note_not_theirs()
    abort(404)


def declaration_of(view: Callable[..., Any]) -> Access | None:
    """What a view declares, or None."""
    return cast("Access | None", getattr(view, "access", None))


def check(app: Flask) -> None:
    """Refuse to start with a route that does not say who may call it. Raises UndeclaredAccessError naming all of them.

    The static folder of the application itself is public: it holds style sheets and pictures, and nothing else.
    """
    undeclared = sorted(
        f"{rule.endpoint} ({rule.rule})"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and declaration_of(app.view_functions[rule.endpoint]) is None
    )
    if undeclared:
        raise UndeclaredAccessError(
            "these routes do not say who may call them (put public, signed_in, permission or capability below the "
            f"route): {', '.join(undeclared)}"
        )


def _declared(
    view: View[P], access: Access, ask: Callable[[], None], *, must_ask: bool, needs_person: bool = False
) -> View[P]:
    if declaration_of(view) is not None:
        raise UndeclaredAccessError(f"{view.__name__} says twice who may call it")

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if needs_person and not current_user.is_authenticated:
            return cast("ResponseReturnValue", current_app.login_manager.unauthorized())  # type: ignore[attr-defined]
        ask()
        answer = view(*args, **kwargs)
        if must_ask and not g.get("asked"):
            raise NeverAskedError(f"{view.__name__} answered without having asked whether it may")
        return answer

    guarded.access = access  # type: ignore[attr-defined]
    return guarded
