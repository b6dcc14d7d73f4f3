"""Draw the first report masters of this kit: plan.docx, annex.docx, paper.docx and interim.docx.

    python templates/priorities/draw_reports.py

From then on the masters are edited in Word. What their tags can name is listed in `pipeline/publish/context.py`; the fields are those
of `form.yaml`.
"""

from pathlib import Path

from numbered_parts import NUMBERED
from paper_parts import paper
from plan_parts import plan
from progress_parts import happens_next, position, progress
from report_base import ACROSS, KEEP, UPRIGHT, draw, footer, p, section, tag
from round_parts import DRAFT, PRIORITIES_FROM, by_focus


def annex() -> str:
    """Return the annex on its own."""
    blocks = (
        p("Title", "{{ annex.title }}"),
        p("Subtitle", "{{ round.name }}: medium-term priorities {{ round.horizon }}"),
        *DRAFT,
        p("Normal", "{{p annex.table }}"),
        p("Source Note", PRIORITIES_FROM),
        section(ACROSS, "footer1"),
    )
    return "".join(blocks)


def interim() -> str:
    """Return the progress report, made from partial returns.

    Source: document 002, "progress reviewed and feedback provided to Chief Executives and Leaders group" (A002-P4).
    """
    blocks = (
        p("Title", "Progress report"),
        p("Subtitle", "{{ round.name }}: medium-term priorities {{ round.horizon }}. Position on {{ board.on }}"),
        p("Notice", "Drawn from the returns received so far, as they came. Partnerships may still change what they say."),
        *position(),
        *progress("Priorities"),
        p("Heading 1", "Priorities so far"),
        p("Normal", "Returns received so far: {{ counts.accepted }}. Priorities put forward in them: {{ counts.total }}.", KEEP),
        by_focus(),
        tag("for chapter in chapters if chapter.count"),
        p("Heading 2", "{{ chapter.name or 'Priorities that name no area of focus' }}"),
        tag("for priority in chapter.priorities"),
        p("List Bullet", "{{ priority.title or '[no title given]' }} ({{ priority.register.name }})"),
        tag("endfor"),
        tag("endfor"),
        p("Heading 1", "Gaps"),
        tag("if board.gaps"),
        p("Normal", "No partnership has yet put forward a priority for:", KEEP),
        tag("for gap in board.gaps"),
        p("List Bullet", "{{ gap }}"),
        tag("endfor"),
        tag("else"),
        p("Normal", "Every area of focus has at least one priority."),
        tag("endif"),
        *happens_next(),
        section(UPRIGHT, "footer1"),
    )
    return "".join(blocks)


def main() -> None:
    """Write the four masters beside this script."""
    kit = Path(__file__).parent
    draw(kit / "plan.docx", plan(), {"footer1": footer(UPRIGHT, "{{ round.name }}: delivery plan")})
    draw(kit / "annex.docx", annex(), {"footer1": footer(ACROSS, "{{ round.name }}: {{ annex.title }}")})
    title = "{{ meeting.title }}"
    draw(kit / "interim.docx", interim(), {"footer1": footer(UPRIGHT, "{{ round.name }}: progress report, {{ board.on }}")})
    draw(kit / "paper.docx", paper(), {"footer1": footer(UPRIGHT, title), "footer2": footer(ACROSS, title)}, NUMBERED)


if __name__ == "__main__":
    main()
