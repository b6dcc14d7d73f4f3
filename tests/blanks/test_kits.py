"""A new form needs a master and a form.yaml, and no new code."""

import re
import subprocess
import sys
from pathlib import Path

from openxml_audit import OpenXmlValidator

from pipeline.blanks.compiling import compile_master
from pipeline.blanks.masters import check_master
from pipeline.model.forms import Form, Term
from tests.blanks.documents import changed, shown
from tests.builders import KIT, a_partnership, a_round, sample_form

GRANTS = Form.model_validate(
    {
        "form": "grants",
        "title": "Village hall grants",
        "identified_by": "hall",
        "fields": {
            "hall": {"label": "Hall", "prompt": "Its name", "prefill": "name"},
            "works": {
                "type": "repeat",
                "label": "Works",
                "copies": 2,
                "fields": {
                    "trades": {"type": "choice", "many": True, "copies": 3, "label": "Trades", "prompt": "Choose", "choices": "trades"},
                    "bills": {"type": "repeat", "label": "Bills", "copies": 1, "fields": {"firm": {"label": "Firm", "prefill": "firms"}}},
                },
            },
        },
        "annex": {"title": "Annex", "of": "works", "columns": []},
        "plan": {"of": "works", "title": "works.trades", "chapters": "works.trades"},
    }
)


def control(tag: str, kind: str, inside: str, alias: str = "", prompt: bool = False) -> str:
    title = f'<w:alias w:val="{alias}"/>' if alias else ""
    settings = f'{title}<w:tag w:val="{tag}"/><w:lock w:val="sdtLocked"/>{"<w:showingPlcHdr/>" if prompt else ""}<w:{kind}/>'
    return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def line(words: str, inside: str = "") -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r>{inside}</w:p>"


def answer(tag: str, kind: str, label: str, prompt: str) -> str:
    return control(tag, kind, f"<w:r><w:t>{prompt}</w:t></w:r>", label, prompt=True)


def grants_master(target: Path) -> Path:
    firm = f"<w:tr><w:tc>{line('Firm')}</w:tc><w:tc><w:p>{answer('works.bills.firm', 'text', 'Firm', '')}</w:p></w:tc></w:tr>"
    bills = f"<w:tbl><w:tblPr/><w:tblGrid/>{control('works.bills', 'richText', firm)}</w:tbl>"
    work = line("Works") + line("Trades: ", answer("works.trades", "dropDownList", "Trades", "Choose")) + line("Bills") + bills + line("")
    body = line("Hall: ", answer("hall", "text", "Hall", "Its name")) + control("works", "richText", work)
    return changed(target, lambda document: re.sub("<w:body>.*<w:sectPr>", lambda _: f"<w:body>{body}<w:sectPr>", document, flags=re.S))


def test_a_form_of_other_fields_is_written_out_and_prefilled(tmp_path: Path) -> None:
    assert check_master(grants_master(tmp_path / "proforma.docx"), GRANTS) == ()
    hall = a_partnership(name="Ardley Hall", lists={"firms": ("Bricks & Co", "Tiles Ltd")})
    round_ = a_round(kit=tmp_path, form=GRANTS, vocabularies={"trades": (Term(name="Roofer"),)}, partnerships=(hall,))
    found = shown(compile_master(round_).stamp(hall))
    assert {tag: control.words for tag, control in found.items() if tag.endswith((".firm", "hall"))} == {
        "hall": "Ardley Hall",
        **{f"works[{n}].bills[{row}].firm": firm for n in (1, 2) for row, firm in enumerate(("Bricks & Co", "Tiles Ltd", ""), 1)},
    }
    assert [tag for tag in found if ".trades" in tag] == [f"works[{n}].trades[{choice}]" for n in (1, 2) for choice in (1, 2, 3)]


def test_the_first_master_of_the_kit_can_be_drawn_again(tmp_path: Path) -> None:
    target = tmp_path / "proforma.docx"
    subprocess.run([sys.executable, str(KIT / "draw_proforma.py"), str(target)], check=True, timeout=60, cwd=KIT.parent.parent)
    assert OpenXmlValidator().validate(target).errors == []
    assert check_master(target, sample_form()) == ()
