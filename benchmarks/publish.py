"""The delivery plan of many partnerships, beside what must be done at the least and beside docxtpl and python-docx.

    python -m benchmarks.publish

Each partnership has four priorities of six deliverables. The limit knows the finished document: for each priority and each partnership
it escapes the words, puts them between the pieces of XML that the master gives, and streams them into the zip. docxtpl fills the same
master in its own way. python-docx makes the tables of the priorities alone, through its table API. "The first time" compiles the master,
which is kept from then on.
"""

import datetime as dt
import io
import re
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docxtpl import DocxTemplate

from benchmarks.measure import compare
from pipeline.merge import merge
from pipeline.model.packed import Held
from pipeline.model.plans import Chapter, Group, Item, Plan
from pipeline.model.rounds import Round
from pipeline.ooxml.package import Writer
from pipeline.publish.context import Context
from pipeline.publish.masters.kept import NOWHERE, Shelf
from pipeline.publish.masters.master import Master
from pipeline.publish.masters.sandbox import Sandbox
from pipeline.publish.papers import Report
from pipeline.publish.runs import Styles
from tests.builders import a_partnership, a_round
from tests.publish.returns import FOCUS_AREAS, NARRATIVE, Said, a_record

PRIORITIES, DELIVERABLES = 4, 6
PEERS_AT = (50, 200)
"""Partnerships at which each peer is shown: neither is linear."""
MASTER = Path(__file__).parent.parent / "templates" / "priorities" / "plan.docx"
SOURCE = r'<w:tr>(?:(?!</w:tr>).){0,400}w:name="source_'
BLOCK = re.compile(rf'(?=<w:p><w:pPr><w:pStyle w:val="Heading[123]"/>|{SOURCE})')
"""A heading with what follows it, or a line of the index of sources."""
PART_OF_PARTNERSHIPS = 3
"""The headings of the first level: the plan at a glance, priorities, partnerships, how the plan was made."""
LABELS = ("Partnership", "Lead officer", "Objectives", "Context")
HEADINGS = ("What will be delivered", "By when", "Measure of success")


def main() -> None:
    """Print how long a plan takes, how that grows, and what it needs."""
    print(f"The delivery plan of N partnerships x {PRIORITIES} priorities x {DELIVERABLES} deliverables")
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        for number in (10, 50, 200, 1_000, 3_000):
            started = time.perf_counter()
            plan = a_plan(number)
            print(f"\nN = {number} (made and merged in {time.perf_counter() - started:.1f} s)")
            contestants = {"limit": limit(plan), "proforma": ours(plan, shelf), "the first time": ours(plan)}
            if number in PEERS_AT:
                contestants |= {"docxtpl": docxtpl(plan), "python-docx": tables(plan)}
            same(contestants["limit"](), contestants["proforma"]())
            compare(contestants, rounds=3 if number >= min(PEERS_AT) else 15)
    print(f"Most memory, plan and records included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def a_plan(number: int) -> Plan:
    """Return the plan of so many partnerships."""
    round_ = a_large_round(number)
    return merge(round_, (a_record(body.id, a_return(count)) for count, body in enumerate(round_.partnerships)))


def a_large_round(number: int, **changes: object) -> Round:
    """Return a round of so many partnerships; `changes` as for `a_round`."""
    names = [f"Partnership {count} & Friends" for count in range(number)]
    bodies = tuple(a_partnership(id=f"body-{count}", code=f"B{count}", name=name) for count, name in enumerate(names))
    round_ = a_round(partnerships=bodies, narrative=NARRATIVE, **changes)
    return replace(round_, vocabularies={**round_.vocabularies, "focus_areas": FOCUS_AREAS})


def a_return(count: int) -> dict[str, Said]:
    """Return what one partnership says."""
    priorities: list[Said] = [
        {
            "title": f"Priority {number} of {count} & its <title>",
            "lead_officer": f"Officer {count}",
            "focus": FOCUS_AREAS[(count + number) % len(FOCUS_AREAS)].name,
            "objectives": ["World Class Economy"],
            "context": {"text": f"The context of {count}: what came before, which policies it follows & what it costs. " * 2},
            "deliverables": [
                {
                    "what": f"Deliver {count + row} of the things that were promised to residents & businesses",
                    "due": f"2012-{row + 1:02}-28",
                    "measure": f"At least {count} more of them than in the year before",
                }
                for row in range(DELIVERABLES)
            ],
        }
        for number in range(PRIORITIES)
    ]
    return {"chair": f"Chair {count}", "cabinet_member": f"Member {count}", "priorities": priorities}


def ours(plan: Plan, shelf: Shelf = NOWHERE) -> Callable[[], bytes]:
    """Return what the product does.

    Args:
        plan: the plan.
        shelf: where the compiled master is kept between runs; without one, it is compiled each time.
    """

    def run() -> bytes:
        target = io.BytesIO()
        Report("Delivery plan", Master(MASTER, shelf), "Plan").write(target, plan)
        return target.getvalue()

    return run


def same(one: bytes, other: bytes) -> None:
    """Make sure that two contestants write the same document."""
    texts = [members(paper)["word/document.xml"] for paper in (one, other)]
    assert texts[0] == texts[1], "the limit and the product write different documents"


def limit(plan: Plan) -> Callable[[], bytes]:
    """Stream the same document, its frame known: escape the words, put them where they go, deflate."""
    parts, plan = members(ours(plan)()), unpacked(plan)
    blocks = BLOCK.split(parts["word/document.xml"].decode())
    kinds = list(kinds_of(blocks))
    headings = kinds.index("partnership")  # each block before the first partnership but the first and the priorities is an entry
    before = sum(kind == "" for kind in kinds[:headings])
    priority = gaps(blocks[kinds.index("priority")], first(linked_words(plan)))
    partnership = gaps(blocks[headings], first(heading_words(plan, before)))
    source = gaps(blocks[kinds.index("source")], first(source_words(plan)))

    def pieces() -> Iterator[str]:
        priorities, partnerships, sources = linked_words(plan), heading_words(plan, before), source_words(plan)
        for kind, block in zip(kinds, blocks, strict=True):
            if kind == "priority":
                yield priority % tuple(map(escape, next(priorities)))
            elif kind == "partnership":
                yield partnership % tuple(map(escape, next(partnerships)))
            elif kind == "source":
                yield source % tuple(map(escape, next(sources)))
            else:
                yield block

    def run() -> bytes:
        target = io.BytesIO()
        with Writer(target) as writer:
            for name, data in parts.items():
                if name == "word/document.xml":
                    writer.stream(name, pieces())
                else:
                    writer.add(name, data)
        return target.getvalue()

    return run


def unpacked(plan: Plan) -> Plan:
    """Return a plan of which nothing is packed: the limit need not save memory."""
    entries = tuple(entry._replace(items=tuple(entry.items), rest=Held(entry.rest.get())) for entry in plan.entries)
    of_body = {entry.partnership.id: entry for entry in entries}
    placed = ((chapter.name, [(of_body[item.entry.partnership.id], item.at) for item in chapter.items]) for chapter in plan.chapters)
    return replace(plan, entries=entries, chapters=tuple(Chapter.of(name, places) for name, places in placed))


def members(paper: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        return {name: package.read(name) for name in package.namelist()}


def kinds_of(blocks: list[str]) -> Iterator[str]:
    """Say of each block, a heading with what follows it, what it is about."""
    part = 0
    for block in blocks:
        part += 'w:val="Heading1"' in block[:60]
        if 'w:name="source_' in block[:600]:
            yield "source" if block.endswith("</w:tr>") else "end"
            continue
        kind = "priority" if 'w:val="Heading3"' in block[:60] else ""
        yield "partnership" if part == PART_OF_PARTNERSHIPS and 'w:val="Heading2"' in block[:60] else kind


def gaps(block: str, words: tuple[str, ...]) -> str:
    """Return a block as a format: a gap for each word, in order."""
    made, rest = "", block.replace("%", "%%")
    for word in map(escape, words):
        sign = f">{word}<" if f">{word}<" in rest else word
        before, _, rest = rest.partition(sign)
        made += before + sign.replace(word, "%s", 1)
    return made + rest


def first(words: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the first of many."""
    return next(words)


def priority_words(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Yield the words of each priority in the order of the document."""
    for chapter_number, chapter in enumerate(plan.chapters, 1):
        for number, item in enumerate(chapter.items, 1):
            parts, entry = item.answers.parts, item.entry
            deliverables = sorted(parts["deliverables"], key=lambda deliverable: said(deliverable, "due"))
            yield (
                f"{chapter_number}.{number} {said(item.answers, 'title')}",
                entry.partnership.name,
                said(item.answers, "lead_officer"),
                "; ".join(answer.value or "" for answer in parts["objectives"]),
                said(parts["context"], "text"),
                *(word for deliverable in deliverables for word in deliverable_words(deliverable)),
            )


def linked_words(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Yield the words of each priority with its bookmark, and the way to its line in the index."""
    for count, (words, item) in enumerate(zip(priority_words(plan), items(plan), strict=True)):
        title, *facts = words
        number = title.partition(" ")[0].replace(".", "_")
        id_ = str(200_000 + 2 * count)
        link = (f"source_{number}", f"{item.entry.file}, {item.answers.parts['title'].place}")  # type: ignore[union-attr]
        yield id_, f"item_{number}", id_, title, *facts[:4], *link, *facts[4:]


def source_words(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Yield the words of each line in the index of sources."""
    for count, (words, item) in enumerate(zip(priority_words(plan), items(plan), strict=True)):
        number = words[0].partition(" ")[0]
        name, id_ = number.replace(".", "_"), str(200_001 + 2 * count)
        title = item.answers.parts["title"]
        yield id_, f"source_{name}", id_, f"item_{name}", number, title.quote, item.entry.file, str(title.place)  # type: ignore[union-attr]


def items(plan: Plan) -> Iterator[Item]:
    """Yield the priorities in the order of the document."""
    return (item for chapter in plan.chapters for item in chapter.items)


def heading_words(plan: Plan, before: int) -> Iterator[tuple[str, ...]]:
    """Yield the words of each partnership with the bookmark of its heading: so many headings stand in the contents before it."""
    for number, (name, *words) in enumerate(partnership_words(plan), before):
        id_ = str(100_000 + number)
        yield id_, f"_Toc{number}", name, id_, *words


def deliverable_words(deliverable: Group) -> tuple[str, str, str]:
    """Return what, when and how measured."""
    due = dt.date.fromisoformat(said(deliverable, "due"))
    return said(deliverable, "what"), f"{due.day} {due:%B %Y}", said(deliverable, "measure")


def partnership_words(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Yield the words of each partnership in the order of the document."""
    numbers = {
        (item.entry.partnership.id, item.at): (f"{chapter_number}.{number}", chapter.name)
        for chapter_number, chapter in enumerate(plan.chapters, 1)
        for number, item in enumerate(chapter.items, 1)
    }
    for entry in plan.entries:
        rows = ((item, *numbers[entry.partnership.id, at]) for at, item in enumerate(entry.items))
        listed = ((number, said(item, "title"), chapter, said(item, "lead_officer")) for item, number, chapter in rows)
        heads = (said(entry.answers, key) for key in ("chair", "cabinet_member"))
        yield entry.partnership.name, *heads, *(word for row in listed for word in row)


def said(group: Group, key: str) -> str:
    """Return a value."""
    return group.parts[key].value or ""


def docxtpl(plan: Plan) -> Callable[[], bytes]:
    """Fill the same master as docxtpl does. It has no paragraphs for values, so a value stands in the paragraph of its tag."""
    parts = members(MASTER.read_bytes())
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"{{p ", b"{{ ")
    target = io.BytesIO()
    with Writer(target) as writer:
        for name, data in parts.items():
            writer.add(name, data)

    def run() -> bytes:
        styles = Styles({})
        makers = Context(plan, styles, 0).makers
        context = {name: makers[name]() for name in sorted(Master(MASTER).names)}
        template = DocxTemplate(io.BytesIO(target.getvalue()))
        template.render(context, jinja_env=Sandbox(styles))
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()

    return run


def tables(plan: Plan) -> Callable[[], bytes]:
    """Make the two tables of each priority with python-docx."""

    def run() -> bytes:
        document = Document()
        for title, *facts in priority_words(plan):
            document.add_heading(title, 3)
            table = document.add_table(4, 2)
            for row, (label, text) in enumerate(zip(LABELS, facts[:4], strict=True)):
                table.cell(row, 0).text = label
                table.cell(row, 1).text = text
            table = document.add_table(DELIVERABLES + 1, 3)
            for column, label in enumerate(HEADINGS):
                table.cell(0, column).text = label
            for place, text in enumerate(facts[4:]):
                table.cell(1 + place // 3, place % 3).text = text
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return run


if __name__ == "__main__":
    main()
