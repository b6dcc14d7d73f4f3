"""What the partnerships of the sample round answer, from returns.yaml beside this file, and what reading it must give."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.nodes import Node, ScalarNode, SequenceNode

from pipeline.model.records import Value

RETURNS = Path(__file__).parent / "returns.yaml"

Answers = dict[str, Value]


def sample_answers() -> dict[str, Answers]:
    """Return what each partnership types, by its id: `values` as the form nests them, `due_date` beside `due`.

    Every leaf is text as it stands in the file: a date stays "2012-03-31", a number "2014".
    """
    whole = _plain(YAML().compose(RETURNS.read_text(encoding="utf-8")))
    assert isinstance(whole, dict)
    answers = {}
    for partnership, entry in whole.items():
        assert isinstance(entry, dict) and isinstance(entry["values"], dict)
        answers[partnership] = entry["values"]
    return answers


def _plain(node: Node) -> Value:
    if isinstance(node, ScalarNode):
        return str(node.value)
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.value]
    return {key.value: _plain(value) for key, value in node.value}
