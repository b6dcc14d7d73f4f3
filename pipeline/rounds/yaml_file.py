"""A YAML file as plain text, lists and tables, with the line of everything in it.

Scalars stay the text that was written: "no", 01632 960123 and 2011-14 mean what they say, and the models decide what a number is.
Knows YAML 1.2; knows nothing of rounds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from pipeline.errors import SetupError

Plain = str | list["Plain"] | dict[str, "Plain"]
"""What a file says: text, lists and tables of text. A key with nothing after it counts as left out."""

Keys = tuple[str | int, ...]
"""The way to a value: keys, and positions in lists counted from 0."""

_NOTHING = ("", "~", "null")
_SPACES = "Check the spaces in front of the line, its colon and its quotation marks."


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file that was read."""

    shown: str
    """How messages call the file: `round.yaml`."""
    data: dict[str, Plain]
    lines: Mapping[Keys, int]
    """The line of every key and list item, counted from 1."""

    def where(self, keys: Keys = ()) -> str:
        """Say where a value stands, or what encloses it: `round.yaml, line 12`."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return f"{self.shown}, line {self.lines[keys]}" if keys else self.shown


def read_yaml(path: Path, shown: str) -> YamlFile:
    """Read a YAML file.

    Args:
        path: the file.
        shown: how messages call it.

    Raises:
        SetupError: it is missing, no UTF-8 text, broken YAML, no table of keys, or names a key twice.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise _refused(shown, "there is no such file", "start a round folder with: proforma init") from error
    except OSError as error:
        raise _refused(shown, f"it cannot be opened ({error.strerror})", "check that you may read it") from error
    except UnicodeDecodeError as error:
        raise _refused(shown, "it is not UTF-8 text", "save it from an editor as UTF-8") from error
    root = _compose(text, shown)
    if not isinstance(root, MappingNode):
        raise _refused(shown, "it has no keys", "write “name: …” on a line of its own, and so on")
    reading = _Reading(shown)
    data = reading.table(root, ())
    if reading.mistakes:
        raise SetupError(f"{shown} cannot be used.", mistakes=tuple(reading.mistakes))
    return YamlFile(shown, data, reading.lines)


def _compose(text: str, shown: str) -> Node | None:
    try:
        node: Node | None = YAML().compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{shown}, line {mark.line + 1}" if mark else shown
        raise _refused(where, f"the YAML is broken: {error.problem or error.context}", _SPACES) from error
    except (YAMLError, RecursionError) as error:
        raise _refused(shown, "the YAML is broken", _SPACES) from error
    return node


def _refused(where: str, what: str, instead: str) -> SetupError:
    return SetupError(f"{where}: {what}.", instead, mistakes=(f"{where}: {what} – {instead}",))


class _Reading:
    """One walk over the nodes of a file, which gathers lines and mistakes as it goes."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.lines: dict[Keys, int] = {}
        self.mistakes: list[str] = []
        self._seen: set[int] = set()

    def table(self, node: MappingNode, keys: Keys) -> dict[str, Plain]:
        """Return a table, keys with nothing after them left out."""
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._mistake(key_node, "a key is a word", "put the text in quotation marks if it begins with [ or {")
                continue
            key = str(key_node.value)
            here = (*keys, key)
            if here in self.lines:
                self._mistake(key_node, f"“{key}” stands here a second time (first in line {self.lines[here]})", "keep one of the two")
                continue
            self.lines[here] = key_node.start_mark.line + 1
            value = self._value(value_node, here)
            if value is not None:
                result[key] = value
        return result

    def _value(self, node: Node, keys: Keys) -> Plain | None:
        if isinstance(node, ScalarNode):
            return None if node.style is None and node.value in _NOTHING else str(node.value)
        if id(node) in self._seen:
            self._mistake(node, "a reference (*) repeats another part of the file", "write the part out")
            return None
        self._seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.table(node, keys)
        return self._list(node, keys)

    def _list(self, node: Node, keys: Keys) -> list[Plain]:
        result: list[Plain] = []
        for item in node.value:
            here = (*keys, len(result))
            self.lines[here] = item.start_mark.line + 1
            value = self._value(item, here)
            if value is not None:
                result.append(value)
        return result

    def _mistake(self, node: Node, what: str, instead: str) -> None:
        self.mistakes.append(f"{self.shown}, line {node.start_mark.line + 1}: {what} – {instead}")
