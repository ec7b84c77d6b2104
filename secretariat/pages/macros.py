"""Templates as pages use them: what they write is escaped with less work, and files of macros are made once.

A template imports its components `with context`; Jinja then makes the whole file of macros anew for every page. Where
such a file holds nothing but macros, and these use nothing but what they are given and what every template has, what is
made is always the same: it is made once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from types import FunctionType
from typing import Any
from uuid import UUID

from jinja2 import Environment, Template, meta, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from secretariat.core.languages.templating import said
from secretariat.core.stored import StoredKey

_TO_ESCAPE = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """As markupsafe's `escape`, for what is written out at once. Mark-up, numbers, keys and words without a special
    sign are most of what a page writes; they stay as they are instead of being wrapped one by one."""
    kind = type(value)
    if kind is Markup or (kind is str and _TO_ESCAPE(value) is None):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int or kind is StoredKey or kind is UUID else escape(value)


class PageContext(Context):
    """Where a template finds what it names. It calls what pages call most - macros, and functions that want nothing or
    whether mark-up is escaped - without asking first what else they could be."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """As Jinja's; whatever it does not know is left to that."""
        kind = type(obj)
        if kind is Macro:
            wants = _ESCAPING
        elif kind is FunctionType:
            wants = getattr(obj, "jinja_pass_arg", None)
        else:
            return super().call(obj, *args, **kwargs)
        if wants is not None and wants is not _ESCAPING:
            return super().call(obj, *args, **kwargs)
        if kwargs:  # what Jinja hands on for those that look at the page around them
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        try:
            return obj(*args, **kwargs) if wants is None else obj(self.eval_ctx, *args, **kwargs)
        except StopIteration:
            return self.environment.undefined("value was undefined because a callable raised a StopIteration exception")


@pass_eval_context
def _asks_about_escaping(_context: nodes.EvalContext) -> None: ...


_ESCAPING = _asks_about_escaping.jinja_pass_arg  # type: ignore[attr-defined]


_MESSAGES = frozenset({"_", "gettext"})


class PageCode(CodeGenerator):
    """The code made of a page's template. Most of what a page writes is mark-up already - cells of a table made before,
    messages, macros - or words without a special sign: that is seen on the spot, the rest is given to `escaped`."""

    _messages: frozenset[str] = frozenset()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - of Jinja
        own = {one.name for one in node.find_all(nodes.Name) if one.ctx != "load"}
        self._messages = _MESSAGES - own  # a template may call something of its own by such a name
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A message without words to fill in is looked up by itself: pages have dozens."""
        called, given = node.node, node.args
        if (
            not forward_caller
            and isinstance(called, nodes.Name)
            and called.name in self._messages
            and len(given) == 1
            and isinstance(given[0], nodes.Const)
            and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
            and frame.eval_ctx.autoescape
            and not frame.eval_ctx.volatile
        ):
            self.write(f"said({given[0].value!r})")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(written if (kind := (written := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(").__class__) is Markup or (kind is str and to_escape(written) is None) else escape(written))")


class PageTemplate(Template):
    """A template that, where it holds macros alone, is made once."""

    made: TemplateModule | None = None
    macros_alone: bool | None = None

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002
    ) -> Template:
        namespace["to_escape"] = _TO_ESCAPE
        namespace["said"] = said
        namespace["escape"] = escaped  # under this name the code of a template calls it for whatever it writes
        return super()._from_namespace(environment, namespace, globals)

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - names of Jinja
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        """As Jinja's; a file of macros alone is made once."""
        if self.macros_alone is None:
            self.macros_alone = holds_macros_alone(self.environment, self.name)
        if not self.macros_alone:
            return super().make_module(vars, shared, locals)
        if self.made is None:
            self.made = super().make_module()
        return self.made


def holds_macros_alone(environment: Environment, name: str | None) -> bool:
    """Whether this file, and each it imports, holds macros alone, none of which looks at the page around it."""
    if name is None or environment.loader is None:
        return False
    source, _file, _current = environment.loader.get_source(environment, name)
    tree = environment.parse(source)
    return (
        all(_is_macro(node) for node in tree.body)
        and meta.find_undeclared_variables(tree) <= set(environment.globals)
        and all(holds_macros_alone(environment, other) for other in meta.find_referenced_templates(tree))
    )


def _is_macro(node: nodes.Node) -> bool:
    """A macro, an import of others, or the white space and remarks between them; nothing that is worked out."""
    if isinstance(node, nodes.Output):
        return all(isinstance(part, nodes.TemplateData) for part in node.nodes)
    return isinstance(node, (nodes.Macro, nodes.Import, nodes.FromImport))
