"""What a template prints reaches the paper in larger pieces, nothing of it lost, and all of it escaped."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from pipeline.publish.masters.sandbox import Sandbox
from pipeline.publish.runs import Block, Flow, Styles, gathered, inline
from pipeline.publish.views import Words

words = st.lists(st.text(max_size=5), max_size=700)


@given(words, st.lists(st.tuples(st.integers(0, 700), words), max_size=3))
def test_pieces_and_what_flows_come_out_in_their_order(pieces: list[str], flowing: list[tuple[int, list[str]]]) -> None:
    expected: list[str] = list(pieces)
    printed: list[str] = list(pieces)
    for place, parts in sorted(flowing, key=lambda pair: -pair[0]):
        expected.insert(place, "".join(parts))
        printed.insert(place, Flow.of(lambda parts=parts: iter(parts)))  # type: ignore[misc]
    assert "".join(gathered(iter(printed))) == "".join(expected)


def test_pieces_are_asked_for_as_they_are_written() -> None:
    asked = []

    def pieces() -> Iterator[str]:
        for number in range(10_000):
            asked.append(number)
            yield str(number)

    next(gathered(pieces()))
    assert len(asked) < 1_000


@given(st.text())
def test_a_tag_prints_everything_escaped(text: str) -> None:
    sandbox = Sandbox(Styles({}))
    assert sandbox.from_string("{{ said }}").render(said=text) == str(escape(text))
    assert sandbox.from_string("{{ said }}").render(said=Words(text, text, ())) == inline(text)
    assert sandbox.from_string("{% autoescape false %}{{ said }}{% endautoescape %}").render(said=text) == str(escape(text))
    assert sandbox.from_string("{{ said }}").render(said=Block("<w:p/>")) == "<w:p/>"
