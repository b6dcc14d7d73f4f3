"""Stamping one blank, beside what must be done at the least and beside docxtpl and docx-mailmerge2.

    python -m benchmarks.generate

Everybody makes the same form for the same partnership. The limit does what cannot be left out, in the plainest way: put the words into
the parts that differ, deflate those at zlib's fastest level, copy the others as they lie in the zip. All draw the square code, which is
the largest share of ours. The limit's master and the peers' are made here from a blank: a word to replace, a Jinja expression or a merge
field stands where the register's words go. The peers are spared the custom XML and the properties, which they cannot fill.
"""

import io
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from xml.sax.saxutils import escape

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from mailmerge import MailMerge

from benchmarks.measure import compare
from pipeline.blanks.code import picture
from pipeline.blanks.compiling import compile_master
from pipeline.model.rounds import Partnership, Round
from pipeline.ooxml.package import Package, Writer
from pipeline.ooxml.splice import Part, archive, plain
from tests.builders import a_round

CODE = "word/media/reference.png"
GAP = re.compile(rb"@@(\w+)@@")
RUN = re.compile(rb"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>@@(\w+)@@</w:t></w:r>")


def main() -> None:
    """Print how long one blank takes."""
    round_ = a_round()
    (partnership,) = round_.partnerships
    reference = round_.reference_of(partnership)
    words = {**partnership.columns, "id": partnership.id, "reference": reference}
    words |= {f"{column}_{row}": value for column, values in partnership.lists.items() for row, value in enumerate(values)}
    gaps = with_gaps(round_, partnership)
    master = compile_master(round_)
    contestants: dict[str, Callable[[], bytes]] = {
        "limit": limit(gaps, words),
        "proforma": lambda: master.stamp(partnership),
        "docx-mailmerge2": mailmerge(gaps, words),
        "docxtpl": docxtpl(gaps, words),
    }
    for name, run in contestants.items():
        document = Package(run()).read("word/document.xml")
        assert escape(partnership.name).encode() in document, f"{name} leaves out the partnership's name"
    compare(contestants, rounds=60)


def with_gaps(round_: Round, partnership: Partnership) -> Mapping[str, bytes]:
    """Return the parts of a blank in which `@@name@@` stands for each word that differs."""
    columns = {name: f"@@{name}@@" for name in partnership.columns}
    lists = {name: tuple(f"@@{name}_{row}@@" for row in range(len(values))) for name, values in partnership.lists.items()}
    unknown = replace(partnership, id="@@id@@", code="GAP", name="@@name@@", columns=columns, lists=lists)
    package = Package(compile_master(replace(round_, partnerships=(unknown,))).stamp(unknown))
    reference = round_.reference_of(unknown).encode()
    return {name: package.read(name).replace(reference, b"@@reference@@") for name in package.names}


def limit(gaps: Mapping[str, bytes], words: Mapping[str, str]) -> Callable[[], bytes]:
    """Replace, deflate what differs, copy the rest."""
    copied = {name: Part(name, zlib.crc32(raw), len(raw), packed(raw)) for name, raw in gaps.items() if not GAP.search(raw)}

    def run() -> bytes:
        said = {f"@@{name}@@".encode(): escape(text).encode() for name, text in words.items()}
        parts = []
        for name, raw in gaps.items():
            if name == CODE:
                parts.append(plain(name, picture(words["reference"])))
            elif name in copied:
                parts.append(copied[name])
            else:
                filled = GAP.sub(lambda gap: said[gap[0]], raw)
                parts.append(Part(name, zlib.crc32(filled), len(filled), packed(filled)))
        return archive(parts)

    return run


def packed(raw: bytes) -> bytes:
    """Return bytes deflated at zlib’s fastest level."""
    packer = zlib.compressobj(level=1, wbits=-15)
    return packer.compress(raw) + packer.flush()


def docxtpl(gaps: Mapping[str, bytes], words: Mapping[str, str]) -> Callable[[], bytes]:
    """The same form as a Jinja template."""
    master = zipped({name: GAP.sub(rb"{{ \1 }}", raw) if name.startswith("word/") else raw for name, raw in gaps.items()})

    def run() -> bytes:
        template = DocxTemplate(io.BytesIO(master))
        template.replace_pic("reference.png", io.BytesIO(picture(words["reference"])))
        template.render(dict(words), jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()

    return run


def mailmerge(gaps: Mapping[str, bytes], words: Mapping[str, str]) -> Callable[[], bytes]:
    """The same form with merge fields."""
    field = rb'<w:fldSimple w:instr=" MERGEFIELD \1 "><w:r><w:t>\1</w:t></w:r></w:fldSimple>'
    master = zipped({name: RUN.sub(field, raw) if name.startswith("word/") else raw for name, raw in gaps.items()})

    def run() -> bytes:
        with MailMerge(io.BytesIO(master)) as document:
            document.merge(**words)
            out = io.BytesIO()
            document.write(out)
        picture(words["reference"])
        return out.getvalue()

    return run


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of some parts."""
    out = io.BytesIO()
    with Writer(out) as package:
        for name, raw in parts.items():
            package.add(name, raw)
    return out.getvalue()


if __name__ == "__main__":
    main()
