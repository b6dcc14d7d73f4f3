"""Draw the first report masters of this kit: plan.docx, annex.docx, paper.docx and interim.docx.

    python templates/update/draw_reports.py [FOLDER]

From then on the masters are edited in Word. They look as those of the `priorities` kit do, whose grammar they are drawn with. What
their tags can name is listed in `pipeline/publish/context.py`; the fields are those of `form.yaml`.
"""

import sys
from pathlib import Path

from ruamel.yaml import YAML

from pipeline.model.forms import Form

KIT = Path(__file__).parent
sys.path.insert(0, str(KIT.parent / "priorities"))

from further_parts import further  # noqa: E402
from numbered_parts import NUMBERED  # noqa: E402
from paper_parts import (  # noqa: E402
    LISTED_HERE,
    TEXT,
    annex_on_its_own,
    asked,
    background_papers,
    implications,
    missing,
    opening,
    recommended,
    returned,
    timetable,
    told,
)
from progress_parts import happens_next, position, progress  # noqa: E402
from report_base import ACROSS, KEEP, UPRIGHT, draw, footer, p, row, section, shares, table, tag, whole  # noqa: E402
from round_parts import DRAFT, FROM_RETURNS, REPLIED  # noqa: E402

FORM = Form.model_validate(YAML(typ="safe").load((KIT / "form.yaml").read_text(encoding="utf-8")))
NOTHING = "Not given"


def listed(key: str, item: str) -> str:
    """Return the bullets of a cell, one for each item of a list, or the words that say that there is none."""
    return "".join(
        (
            tag(f"for item in entry.{key}"),
            p("Table Bullet", item),
            tag("endfor"),
            tag(f"if not entry.{key}"),
            p("Table Text", NOTHING),
            tag("endif"),
        )
    )


def said(key: str) -> str:
    """Return a cell that shows an answer as it was written."""
    return p("Table Text", "{{p entry." + key + f" or '{NOTHING}'" + " }}")


CELLS = {
    "chair": said("chair"),
    "cabinet_member": said("cabinet_member"),
    "year_priorities": listed("year_priorities", "{{ item.title }}{% if item.led_by %} ({{ item.led_by }}){% endif %}"),
    "achievements": said("achievements"),
    "issues_to_note": said("issues_to_note"),
    "laa_targets": listed("laa_targets", "{{ item.indicator }}{% if item.latest_figure %}: {{ item.latest_figure }}{% endif %}"),
    "sub_groups": listed("sub_groups", "{{ item.name }}{% if item.led_by %} ({{ item.led_by }}){% endif %}"),
    "meeting_dates": listed(
        "meeting_dates", "{{ item.what }}{% if item.held_on|string not in item.what|string %}, {{ item.held_on }}{% endif %}"
    ),
}
"""The cell of each answer, in the order of the report."""


def partnership(heading: str) -> tuple[str, ...]:
    """Return the table of one partnership, as source document 003 has it, under a heading of its own."""
    wide = shares(UPRIGHT, 28, 72)
    labels = (p("Table Label", FORM.fields[key].label, KEEP if key in ("chair", "cabinet_member") else "") for key in CELLS)
    rows = [whole(row(wide, [label, cell])) for label, cell in zip(labels, CELLS.values(), strict=True)]
    return (
        p(heading, "{{ entry.register.name }}", KEEP),
        table("The update of one partnership", wide, rows, sideways=True),
    )


def updates(heading: str, *more: str) -> tuple[str, ...]:
    """Return the tables of all partnerships, in the order of the register, each with what follows it."""
    return (tag("for entry in entries"), *partnership(heading), *more, tag("endfor"))


def plan() -> str:
    """Return the report of the quarter."""
    blocks = (
        p("Title", "Partnerships update"),
        p("Subtitle", "{{ round.name }}, {{ round.period }}"),
        *DRAFT,
        p("Normal", REPLIED),
        p("TOC Heading", "Contents"),
        p("Normal", "{{p contents }}"),
        *updates("Heading 1", *further()),
        section(UPRIGHT, "footer1"),
    )
    return "".join(blocks)


def annex() -> str:
    """Return the calendar of meetings."""
    blocks = (
        p("Title", "{{ annex.title }}"),
        p("Subtitle", "{{ round.name }}, {{ round.period }}"),
        *DRAFT,
        p("Normal", "{{p annex.table }}"),
        section(ACROSS, "footer1"),
    )
    return "".join(blocks)


def paper() -> str:
    """Return the report with what the meeting is asked."""
    blocks = (
        *opening(),
        *told("purpose", "Purpose of report"),
        *recommended(),
        p("Heading 1", "The round and its returns"),
        p(TEXT, REPLIED, KEEP),
        returned("Meetings"),
        *missing(corrected=LISTED_HERE),
        p("Heading 1", "Updates"),
        *updates("Heading 2"),
        *implications(),
        *asked(),
        tag("if timetable or narrative.next_steps is defined"),
        p("Heading 1", "Next steps"),
        tag("if narrative.next_steps is defined"),
        p(TEXT, "{{p narrative.next_steps }}"),
        tag("endif"),
        *timetable(),
        tag("endif"),
        *background_papers(),
        *annex_on_its_own("From " + FROM_RETURNS),
    )
    return "".join(blocks)


def interim() -> str:
    """Return the progress report, made from partial returns."""
    blocks = (
        p("Title", "Progress report"),
        p("Subtitle", "{{ round.name }}, {{ round.period }}. Position on {{ board.on }}"),
        p("Notice", "Drawn from the returns received so far, as they came. Partnerships may still change what they say."),
        *position(),
        *progress("Meetings"),
        *happens_next(),
        section(UPRIGHT, "footer1"),
    )
    return "".join(blocks)


def main(folder: Path) -> None:
    """Write the four masters."""
    draw(folder / "plan.docx", plan(), {"footer1": footer(UPRIGHT, "{{ round.name }}")})
    draw(folder / "annex.docx", annex(), {"footer1": footer(ACROSS, "{{ round.name }}: {{ annex.title }}")})
    draw(folder / "interim.docx", interim(), {"footer1": footer(UPRIGHT, "{{ round.name }}: progress report, {{ board.on }}")})
    title = "{{ meeting.title }}"
    draw(folder / "paper.docx", paper(), {"footer1": footer(UPRIGHT, title), "footer2": footer(ACROSS, title)}, NUMBERED)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else KIT)
