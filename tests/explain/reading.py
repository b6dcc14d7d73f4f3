"""What a browser would make of a page: its marks, its words and its links."""

from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

_VOID = frozenset(("meta", "img", "br", "hr", "link", "input"))
_RUNS = frozenset(("script", "iframe", "object", "embed", "link", "form", "base", "svg", "math", "video", "audio"))


@dataclass
class Seen(HTMLParser):
    """A page as it is seen. One whose elements are not closed in order is no page."""

    marks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The marked words by their number, a text for each passage, in order."""
    returned: str = ""
    """The words of the return: what stands in its paragraphs, without numbers and what the page adds."""
    text: str = ""
    """Everything that is read on the page."""
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    """Of the headings."""
    attributes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str]]] = []
        self._running: set[str] = set()

    @classmethod
    def of(cls, page: str) -> Self:
        """Return what is seen of a page."""
        seen = cls()
        seen.feed(page)
        seen.close()
        assert seen._open == []
        return seen

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        assert len(said) == len(attrs), "an attribute is given twice"
        self.elements.append(tag)
        self.attributes |= set(said)
        self.ids += [said["id"]] if "id" in said else []
        self.links += [said["href"]] if "href" in said else []
        self.sources += [said["src"]] if "src" in said else []
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.levels.append(int(tag[1]))
        if tag == "mark" and "data-marks" in said:
            self._mark(said["data-marks"].split())
        if tag not in _VOID:
            self._open.append((tag, said))

    def _mark(self, labels: list[str]) -> None:
        for label in labels:
            if label not in self._running:
                self.marks[label].append("")
        self._running |= set(labels)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "style" in tags:
            return
        self.text += data
        inside = [said for _, said in self._open]
        classes = {name for said in inside for name in said.get("class", "").split()}
        if "sup" in tags and "no" in classes:
            self._running -= {data.strip().rstrip("?")}
        elif "return" in classes and "explained" not in classes and not any("data-not-text" in said for said in inside):
            self.returned += data
            for label in next((said["data-marks"].split() for said in reversed(inside) if "data-marks" in said), ()):
                self.marks[label][-1] += data

    @property
    def runs(self) -> set[str]:
        """The elements that a browser would do something with besides showing them."""
        return set(self.elements) & _RUNS
