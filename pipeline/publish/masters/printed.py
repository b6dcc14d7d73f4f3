"""Which answers of the form a report master prints: read off its tags, so that what it does not print can be listed.

A tag under a condition counts: a master that prints an answer only at times says elsewhere what it leaves out.
"""

from collections.abc import Iterable, Iterator, Mapping

from jinja2 import nodes

from pipeline.model.forms import Form

_CHAPTERS, _CHAPTER = "\x00chapters", "\x00chapter"
"""Stand for what is no group of the form on the way to one."""
_BY_KEY = frozenset(("where", "in_order_of"))
"""Filters whose first argument is a key of the items: what is sorted or parted by it, shows it."""
Scope = Mapping[str, str]
"""What the names of a master stand for: schema paths; empty for the whole form."""


def printed(trees: Iterable[nodes.Template], form: Form) -> frozenset[str]:
    """Return the schema paths of the fields that a master prints.

    Args:
        trees: its parts.
        form: the form whose answers it shows. What arranges the chapters is printed by them.
    """
    walk = _Walk(form)
    found = {path for tree in trees for path in walk.block(tree.body, {"entries": "", "chapters": _CHAPTERS})}
    return frozenset(path for path in found if path in form.by_path) | {form.plan.chapters}


class _Walk:
    def __init__(self, form: Form) -> None:
        self._form = form

    def block(self, body: Iterable[nodes.Node], scope: Scope) -> Iterator[str]:
        """Yield what the statements of a block print. What is set within it is known from there on."""
        known = dict(scope)
        for node in body:
            if isinstance(node, nodes.For):
                yield from self.named(node.iter, known, only_keys=True)
                yield from self.block(node.body, {**known, **self._bound(node.target, node.iter, known)})
                yield from self.block(node.else_, known)
            elif isinstance(node, nodes.Assign):
                known.update(self._bound(node.target, node.node, known))
            elif isinstance(node, nodes.Output):
                yield from self.named(node, known)
            elif isinstance(node, nodes.If):
                for branch in (node.body, node.elif_, node.else_):
                    yield from self.block(branch, known)
            elif isinstance(node, nodes.FilterBlock | nodes.Scope | nodes.With | nodes.ScopedEvalContextModifier):
                yield from self.block(node.body, known)

    def named(self, node: nodes.Node, scope: Scope, *, only_keys: bool = False) -> Iterator[str]:
        """Yield every path that an expression names."""
        for part in (node, *node.find_all(nodes.Node)):
            if isinstance(part, nodes.Filter) and part.name in _BY_KEY and part.args and isinstance(part.args[0], nodes.Const):
                path = self._path(part.node, scope)
                if path is not None:
                    yield self._below(path, str(part.args[0].value))
            elif not only_keys and isinstance(part, nodes.Name | nodes.Getattr | nodes.Getitem):
                path = self._path(part, scope)
                if path:
                    yield path

    def _bound(self, target: nodes.Node, value: nodes.Node, scope: Scope) -> dict[str, str]:
        path = self._path(value, scope)
        if path == _CHAPTERS:
            path = _CHAPTER
        return {target.name: path} if isinstance(target, nodes.Name) and path is not None else {}

    def _path(self, node: nodes.Node | None, scope: Scope) -> str | None:
        """Return the path that an expression stands for; None where that is no part of the form."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr):
            return self._inside(node.node, node.attr, scope)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            return self._inside(node.node, str(node.arg.value), scope)
        if isinstance(node, nodes.Filter):
            attribute = next((pair.value for pair in node.kwargs if pair.key == "attribute"), None)
            if isinstance(attribute, nodes.Const):
                return self._inside(node.node, str(attribute.value), scope)
            return self._path(node.node, scope)
        if isinstance(node, nodes.CondExpr):
            return self._either(node.expr1, node.expr2, scope)
        if isinstance(node, nodes.Or | nodes.And):
            return self._either(node.left, node.right, scope)
        return None

    def _either(self, one: nodes.Node, other: nodes.Node | None, scope: Scope) -> str | None:
        path = self._path(one, scope)
        return self._path(other, scope) if path is None else path

    def _inside(self, node: nodes.Node | None, key: str, scope: Scope) -> str | None:
        path = self._path(node, scope)
        if path is None:
            return None
        inner = key if path == _CHAPTER else self._below(path, key)
        return inner if inner in self._form.by_path else None

    def _below(self, path: str, key: str) -> str:
        return f"{path}.{key}" if path else key
