"""Answers by the item they belong to, in the order of the form, and nested as the form nests."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.interpret.sheet import Sheet
from pipeline.model.forms import Form
from pipeline.model.places import Place
from pipeline.model.records import Answer, Passage, State, Value
from tests.builders import sample_form

FORM = Form.model_validate(
    {
        "form": "tiny",
        "title": "Tiny",
        "identified_by": "who",
        "fields": {
            "who": {"label": "Who"},
            "tags": {"label": "Tags", "type": "list"},
            "box": {"type": "group", "label": "Box", "fields": {"left": {"label": "Left"}, "right": {"label": "Right"}}},
            "jobs": {
                "type": "repeat",
                "label": "Jobs",
                "fields": {"name": {"label": "Name"}, "steps": {"type": "repeat", "label": "Steps", "fields": {"what": {"label": "What"}}}},
            },
        },
        "annex": {"title": "A", "of": "jobs", "columns": []},
        "plan": {"of": "jobs", "title": "jobs.name", "chapters": "jobs.name"},
    }
)


def answer(path: str, value: str | None, state: State = State.GIVEN) -> Answer:
    return Answer(path, value, state, (Passage(value or "", Place()),), "cell", 0.9)


def sheet(*answers: Answer) -> Sheet:
    made = Sheet()
    for one in answers:
        made.add(one)
    return made


def values(said: tuple[Answer, ...], form: Form = FORM) -> dict[str, Value]:
    return sheet(*(one for one in said if one.state is not State.REMOVED)).values(form.fields)


def test_values_nest_as_the_form_nests() -> None:
    said = (
        answer("who", "Jo"),
        answer("box.left", "l"),
        answer("jobs[1].name", "a"),
        answer("jobs[1].steps[1].what", "s"),
        answer("jobs[2].name", "b"),
    )
    nested = values(said)
    assert nested["who"] == "Jo" and nested["box"] == {"left": "l"}
    assert nested["jobs"] == [{"name": "a", "steps": [{"what": "s"}]}, {"name": "b", "steps": []}]


def test_what_was_removed_has_no_key_and_what_was_left_blank_is_nothing() -> None:
    """A003-16."""
    said = (answer("who", None, State.REMOVED), answer("box.left", None, State.BLANK), answer("box.right", "n/a", State.NOT_APPLICABLE))
    assert values(said) == {"box": {"left": None, "right": "n/a"}, "jobs": []}


def test_a_field_that_may_have_several_values_is_a_list() -> None:
    assert values((answer("tags[1]", "x"), answer("tags[2]", "y")))["tags"] == ["x", "y"]
    assert values((answer("tags", None, State.BLANK),))["tags"] == []


def test_answers_come_in_the_order_of_the_form_and_missing_fields_as_removed() -> None:
    said = sheet(answer("jobs[1].name", "a"), answer("who", "Jo")).answers(FORM.fields)
    assert [(one.field, one.state) for one in said] == [
        ("who", State.GIVEN),
        ("tags", State.REMOVED),
        ("box.left", State.REMOVED),
        ("box.right", State.REMOVED),
        ("jobs[1].name", State.GIVEN),
    ]


def test_an_answer_takes_the_place_of_one_of_the_same_path() -> None:
    made = sheet(answer("jobs[1].name", "a"), answer("jobs[1].name", "b"))
    assert [one.value for one in made.of("jobs[1].", "name")] == ["b"]


def test_items_are_found_by_the_schema_path_of_their_repeat() -> None:
    made = sheet(answer("jobs[1].steps[1].what", "s"), answer("jobs[2].steps[1].what", "t"), answer("box.left", "l"))
    assert list(made.instances("jobs")) == ["jobs[1].", "jobs[2]."]
    assert list(made.instances("jobs.steps")) == ["jobs[1].steps[1].", "jobs[2].steps[1]."]
    assert (list(made.instances("box")), list(made.instances(""))) == (["box."], [""])


def _leaves(form: Form) -> st.SearchStrategy[str]:
    numbers = st.integers(1, 3)

    def path(draw: st.DrawFn) -> str:
        leaf = draw(
            st.sampled_from([path for path, field in form.walk() if field.is_leaf and not field.many and field.type.value != "list"])
        )
        said, at = "", ""
        for key in leaf.split("."):
            at = f"{at}.{key}" if at else key
            said += f".{key}" if said else key
            said += f"[{draw(numbers)}]" if at in form.repeats else ""
        return said

    return st.composite(path)()


@settings(max_examples=60, deadline=None)
@given(st.lists(_leaves(sample_form()), unique=True, max_size=20))
def test_every_value_that_was_given_is_in_the_nested_values_once(paths: list[str]) -> None:
    said = tuple(answer(path, f"value {at}") for at, path in enumerate(paths))
    written = json.dumps(values(said, sample_form()))
    assert all(written.count(f'"value {at}"') == 1 for at in range(len(paths)))
