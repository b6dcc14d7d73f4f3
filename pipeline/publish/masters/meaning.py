"""What the tags of a report master mean, found without printing anything: each is followed, name by name, through an example of what it
would be filled with. So a name that leads nowhere is found wherever it stands, and what the master prints is known.

An example, not a list of names, is what decides: a new word of `pipeline.publish.context` is known here as soon as it can be printed.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

from pipeline.model.forms import schema_path
from pipeline.publish.masters.sandbox import Sandbox
from pipeline.publish.masters.tags import Read, Tag
from pipeline.publish.runs import Styles
from pipeline.publish.views import Branch, Facts, Many, Words

_SAME = frozenset(("in_order_of", "list", "reverse", "sort", "unique", "where", "select", "reject", "selectattr", "rejectattr", "batch"))
"""Filters that give what they are given."""
_ONE = frozenset(("first", "last", "random", "max", "min"))
"""Filters that give one of what they are given."""
_WITH_A_KEY = frozenset(("where", "in_order_of", "map", "sort", "groupby", "selectattr", "rejectattr", "unique"))
"""Filters that look into what they are given by a name."""
_SIGNS = ("{{", "{%", "}}", "%}")
_OF_A_LOOP = "loop"
_ANYTHING = object()
"""What is not known, and so never wrong."""


class Meant(NamedTuple):
    """What the tags of a master mean."""

    mistakes: tuple[str, ...]
    """A line each: where – what is wrong – what to write instead."""
    used: frozenset[str]
    """What is asked for, by name: `counts.asked`, `overrides.reason`."""
    fields: frozenset[str]
    """The form's fields that are asked for, by schema path."""


class _Seen(NamedTuple):
    """An example of what an expression gives."""

    value: object
    path: str = ""
    """By which names it was reached."""


def meant(read: Read, makers: Mapping[str, Callable[[], object]]) -> Meant:
    """Follow the tags of a master.

    Args:
        read: the master.
        makers: how an example of what each first word stands for is made.
    """
    torn = [words for words in read.words if any(sign in words.text for sign in _SIGNS)]
    if torn:
        lines = (f"{words.spot} – {words.text}: a tag is begun and not ended here – end it within its paragraph" for words in torn)
        return Meant(tuple(lines), frozenset(), frozenset())
    source = "\n".join(tag.code for tag in read.tags)
    environment = Sandbox(Styles({}))
    try:
        parsed = environment.parse(source)
    except TemplateSyntaxError as error:
        return Meant((_mistake(read.tags, error.lineno, f"{error.message}", "put the tag right"),), frozenset(), frozenset())
    asked_first = frozenset(_dotted(test.node) for test in parsed.find_all(nodes.Test) if test.name == "defined")
    following = _Following(read.tags, makers, asked_first, environment)
    following.all(parsed.body, {})
    return Meant(tuple(dict.fromkeys(following.mistakes)), frozenset(following.used), frozenset(following.fields))


def _mistake(tags: tuple[Tag, ...], line: int, what: str, instead: str) -> str:
    tag = tags[min(max(line, 1), len(tags)) - 1]
    return f"{tag.spot} – {tag.code}: {what} – {instead}"


Scope = dict[str, _Seen]


class _Following:
    """Walks a template; a class only because every step adds to the same three lists."""

    def __init__(
        self,
        tags: tuple[Tag, ...],
        makers: Mapping[str, Callable[[], object]],
        asked_first: frozenset[str],
        environment: Environment,
    ) -> None:
        self._tags, self._makers, self._asked_first, self._filters = tags, makers, asked_first, environment.filters
        self._made: dict[str, object] = {}
        self.mistakes: list[str] = []
        self.used: set[str] = set()
        self.fields: set[str] = set()

    def walk(self, node: nodes.Node, scope: Scope) -> None:
        """Follow a statement and what stands in it."""
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.If):
            self.see(node.test, scope)
            self.all((*node.body, *node.elif_, *node.else_), scope)
        elif isinstance(node, nodes.Expr):
            self.see(node, scope)
        else:
            self.all(node.iter_child_nodes(), scope)

    def all(self, statements: Iterable[nodes.Node], scope: Scope) -> None:
        """Follow statements one after the other; what `set` names holds for those after it."""
        for one in statements:
            if isinstance(one, nodes.Assign) and isinstance(one.target, nodes.Name):
                scope[one.target.name] = self.see(one.node, scope)
            else:
                self.walk(one, scope)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        things = self.see(node.iter, scope)
        inner = {**scope, _OF_A_LOOP: _Seen(_ANYTHING)}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = _Seen(_one_of(things.value), things.path)
        else:
            inner |= {name.name: _Seen(_ANYTHING) for name in node.target.find_all(nodes.Name)}
        if node.test is not None:
            self.see(node.test, inner)
        self.all(node.body, inner)
        self.all(node.else_, scope)

    def see(self, node: nodes.Node, scope: Scope) -> _Seen:
        """Return an example of what an expression gives; what is wrong in it is noted."""
        if isinstance(node, nodes.Name):
            return scope[node.name] if node.name in scope else self._first(node)
        if isinstance(node, nodes.Getattr):
            return self._name_in(self.see(node.node, scope), node.attr, node)
        if isinstance(node, nodes.Getitem):
            return self._item_of(node, scope)
        if isinstance(node, nodes.Filter):
            return self._filtered(node, scope)
        if isinstance(node, nodes.Test) and node.name in ("defined", "undefined"):
            return _Seen(_ANYTHING)
        if isinstance(node, nodes.And | nodes.Or):
            left, right = self.see(node.left, scope), self.see(node.right, scope)
            return left if isinstance(node, nodes.Or) else right
        for child in node.iter_child_nodes():
            self.see(child, scope) if isinstance(child, nodes.Expr) else self.walk(child, scope)
        return _Seen(_ANYTHING)

    def _first(self, node: nodes.Name) -> _Seen:
        name = node.name
        if name not in self._makers:
            self._wrong(node, f"nothing is called “{name}”", _instead(name, self._makers))
            return _Seen(_ANYTHING)
        if name not in self._made:
            self._made[name] = self._makers[name]()
        self.used.add(name)
        return _Seen(self._made[name], name)

    def _name_in(self, inside: _Seen, name: str, node: nodes.Node) -> _Seen:
        value, path = inside.value, f"{inside.path}.{name}"
        if isinstance(value, Branch | Facts):
            self.used.add(path)
            if isinstance(value, Branch):
                self.fields.add(schema_path(f"{value.path}.{name}".lstrip(".")))
            try:
                return _Seen(value.see(name), path)
            except KeyError:
                if path not in self._asked_first:
                    self._wrong(node, f"{value.kind} has no “{name}”", _instead(name, value.names))
        elif isinstance(value, str | Words | int) and not isinstance(value, Branch | Facts) and not hasattr(value, name):
            self._wrong(node, f"“{inside.path}” is a text and has no “{name}”", f"write {inside.path} alone")
        elif isinstance(value, Many | list) and not hasattr(value, name):
            self._wrong(node, f"“{inside.path}” are several, and have no “{name}”", f"go through them: for one in {inside.path}")
        return _Seen(_ANYTHING)

    def _item_of(self, node: nodes.Getitem, scope: Scope) -> _Seen:
        inside = self.see(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._name_in(inside, node.arg.value, node)
        self.see(node.arg, scope)
        return inside if isinstance(node.arg, nodes.Slice) else _Seen(_one_of(inside.value), inside.path)

    def _filtered(self, node: nodes.Filter, scope: Scope) -> _Seen:
        inside = self.see(node.node, scope) if node.node is not None else _Seen(_ANYTHING)
        if node.name not in self._filters:
            self._wrong(node, f"there is no filter “{node.name}”", _instead(node.name, self._filters))
            return _Seen(_ANYTHING)
        given = [*node.args, *(pair.value for pair in node.kwargs if pair.key == "attribute")]
        key = given[0].value if node.name in _WITH_A_KEY and given and isinstance(given[0], nodes.Const) else None
        element = _Seen(_one_of(inside.value), inside.path)
        within = self._name_in(element, key, node) if isinstance(key, str) and isinstance(element.value, Branch | Facts) else element
        for argument in node.args:
            self.see(argument, scope)
        if node.name == "map":
            return _Seen([within.value], within.path)
        return inside if node.name in _SAME else element if node.name in _ONE else _Seen(_ANYTHING)

    def _wrong(self, node: nodes.Node, what: str, instead: str) -> None:
        self.mistakes.append(_mistake(self._tags, node.lineno, what, instead))


def _dotted(node: nodes.Node) -> str:
    """Return the names of an expression with dots between them; empty where it is anything else."""
    if isinstance(node, nodes.Getattr) and (before := _dotted(node.node)):
        return f"{before}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


def _one_of(many: object) -> object:
    """Return the first of several things; anything where there is none."""
    return next(iter(many), _ANYTHING) if isinstance(many, Many | list | tuple) else _ANYTHING


def _instead(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    if not names:
        return "write it there, or take the tag out"
    near = difflib.get_close_matches(name, names, n=1)
    return f"did you mean “{near[0]}”?" if near else f"write one of: {', '.join(names)}"
