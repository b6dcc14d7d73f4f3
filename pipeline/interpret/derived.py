"""Answers that follow from others: a date inside a sentence, a whole made of its parts, a list laid beside the items it belongs to."""

import re
from collections.abc import Iterator

from pipeline.grammar.dates import find_when
from pipeline.grammar.texts import LONGEST_TEXT, strip_marker, tidy
from pipeline.interpret.sheet import Sheet
from pipeline.model.forms import FieldType
from pipeline.model.places import Place
from pipeline.model.records import Answer, Passage, State
from pipeline.model.rounds import Round


def dates_in_sentences(sheet: Sheet, round_: Round) -> Iterator[Answer]:
    """Find the dates of items whose by-when is part of the sentence that names them. A date without its year is not guessed."""
    for path in round_.form.repeats:
        fields = round_.form.field(path).fields
        dates = [key for key, field in fields.items() if field.type is FieldType.DATE]
        name = next((key for key, field in fields.items() if field.type is FieldType.TEXT), "")
        for item in sheet.instances(path) if dates and name else ():
            for key in dates:
                if not sheet.answered(item, key):
                    yield from (answer for sentence in sheet.of(item, name) for answer in _dated(item + key, sentence))


def _dated(path: str, sentence: Answer) -> Iterator[Answer]:
    """Yield the date of a sentence, without the list marker that was typed before it: "o JULY 2011: Agree the plan"."""
    said = strip_marker(tidy(sentence.quote))[1]
    found = find_when(said)
    if found is None:
        return
    value = found.when.end.isoformat() if found.when.end else None
    words = Passage(_as_written(said[found.start : found.end], sentence.quote), sentence.place)
    yield Answer(path, value, State.GIVEN, (words,), "phrase", round(sentence.confidence * found.sure, 4), found.when.precision)


def _as_written(words: str, quote: str) -> str:
    """Return the words as they stand in a quote, with whatever spaces and soft hyphens it has between them."""
    match = re.search(r"[\s\u00ad\u200b]+".join(map(re.escape, words.split())), quote[:LONGEST_TEXT])
    return match[0] if match else words


def gathered(sheet: Sheet, round_: Round) -> Iterator[Answer]:
    """Make the fields that gather others, in each item, where the return has no words of their own for them."""
    for path, field in round_.form.by_path.items():
        if not field.gathers:
            continue
        parent, _, key = path.rpartition(".")
        for item in list(sheet.instances(parent)):
            if sheet.answered(item, key):
                yield from (_untold(item + part) for part in field.gathers if "." not in part and not sheet.of(item, part))
                continue
            sources = [answer for part in field.gathers for answer in _parts(sheet, item, part) if answer.value]
            if field.type is FieldType.LIST:
                yield from (answer._replace(field=f"{item}{key}[{at}]") for at, answer in enumerate(sources, 1))
            elif sources:
                yield _whole(item + key, sources)


def _parts(sheet: Sheet, item: str, part: str) -> Iterator[Answer]:
    """Yield the answers of a field given relative to an item, in reading order."""
    repeat, _, key = part.rpartition(".")
    for inner in sheet.children.get(item + repeat, ()) if repeat else (item,):
        yield from sheet.of(inner, key)


def _whole(path: str, sources: list[Answer]) -> Answer:
    said = tuple(passage for answer in sources for passage in answer.passages)
    sure = min(answer.confidence for answer in sources)
    return Answer(path, "\n".join(answer.value or "" for answer in sources), State.GIVEN, said, sources[0].method, sure)


def _untold(path: str) -> Answer:
    """A part that the return does not tell apart from the whole is neither removed nor answered."""
    return Answer(path, None, State.BLANK, (Passage("", Place()),), "phrase", 1.0)


def paired(sheet: Sheet, round_: Round) -> Iterator[Answer]:
    """Give the items of a list that stands beside a repeat to the repeat's items, where there are as many of both."""
    for path, field in round_.form.by_path.items():
        if not field.pairs:
            continue
        parent, _, key = path.rpartition(".")
        repeat, _, leaf = field.pairs.rpartition(".")
        for item in sheet.instances(parent):
            own = [answer for answer in sheet.of(item, key) if answer.value]
            items = sheet.children.get(item + repeat, [])
            if own and len(own) == len(items) and not any(sheet.answered(inner, leaf) for inner in items):
                yield from (answer._replace(field=inner + leaf) for inner, answer in zip(items, own, strict=True))
