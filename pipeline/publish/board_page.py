"""The board as one page of HTML that a browser prints on A4 across.

Nothing in it runs or is fetched; colour says nothing that words do not.
"""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from pipeline.model.board import Board
from pipeline.publish import board_words
from pipeline.publish.runs import legal
from pipeline.publish.views import day


def page(board: Board) -> str:
    """Return the page; the same board gives the same page, to the byte."""
    return _template().render(board=board, say=board_words, day=day)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pipeline.publish", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda said: legal(said) if type(said) is str else said,
    )
    return environment.get_template("board.html.jinja")
