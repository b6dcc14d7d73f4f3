"""The rules and their kinds as a page for people: docs/rules.md, and what `proforma rules` prints."""

import inspect
from collections.abc import Iterator

from pipeline.check.kinds import COMMON_WORDS, Kind
from pipeline.check.rules import Rule, rules
from pipeline.check.table import KINDS
from pipeline.model.findings import Severity
from pipeline.model.forms import Form

_MEANING = {
    Severity.ERROR: "keeps a return out of the plan until a person decides",
    Severity.QUERY: "is put back to the partnership",
    Severity.WARNING: "is worth a look; the partnership need not answer",
    Severity.INFO: "is good to know",
}


def as_markdown(form: Form) -> str:
    """Return the catalogue of a form's rules and of all kinds, as Markdown.

    Raises:
        SetupError: a rule of the form cannot be used.
    """
    compiled = rules(form)
    lines = [
        "# Rules",
        "",
        f"Made by the program from `templates/{form.form}/form.yaml` and `pipeline/check/`; a test compares it with them.",
        "",
        "Any finding can be accepted by an officer, with a reason that is kept and printed.",
        "",
        *(f"- **{severity.value}** {meaning}" for severity, meaning in _MEANING.items()),
        "",
        f"## The rules of the form “{form.title}”",
        "",
        "| rule | severity | kind | looks at |",
        "|---|---|---|---|",
        *(f"| [{rule.spec.code}](#{rule.spec.code}) | {rule.spec.severity.value} | {rule.kind.name} | {_of(rule)} |" for rule in compiled),
        "",
    ]
    for rule in compiled:
        lines += _rule(rule)
    lines += ["## Kinds", "", "A rule of a form is a kind with a field, parameters and a question.", ""]
    lines += [f"Every question may use {_listed(COMMON_WORDS)}; what else it may use is said with its kind.", ""]
    for name in sorted(KINDS):
        lines += _kind(KINDS[name])
    return "\n".join(lines).rstrip() + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    spec = rule.spec
    yield from (f"### {spec.code}", "", f"> {spec.ask}", "", spec.why, "")
    yield f"- severity: {spec.severity.value}"
    yield f"- kind: [{spec.kind}](#kind-{spec.kind}){_parameters(rule)}"
    yield f"- looks at: {_of(rule)}"
    yield f"- passes: {spec.passes}"
    yield f"- fails: {spec.fails}"
    yield f"- source: {spec.source}"
    yield ""


def _of(rule: Rule) -> str:
    across = "" if rule.kind.in_record else ", across all returns"
    return (f"`{rule.spec.of}`" if rule.spec.of else "the whole return") + across


def _parameters(rule: Rule) -> str:
    given = rule.params.model_dump(exclude_unset=True, mode="json")
    return ", with " + ", ".join(f"`{name}: {_shown(value)}`" for name, value in given.items()) if given else ""


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return " = ".join(str(part) for part in value.values() if part is not None)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(kind: Kind) -> Iterator[str]:
    yield from (f"### Kind {kind.name}", "", inspect.cleandoc(kind.doc), "")
    types = ", ".join(type_.value for type_ in kind.of) or "the whole return"
    yield f"- looks at: {types}{'' if kind.in_record else ', across all returns'}"
    yield f"- parameters: {', '.join(_parameter(kind, name) for name in kind.params.model_fields) or 'none'}"
    if kind.words:
        yield f"- its question may also use {_listed(sorted(kind.words))}"
    yield ""


def _parameter(kind: Kind, name: str) -> str:
    field = kind.params.model_fields[name]
    default = "nothing" if field.default in ((), None, "") else _shown(field.default)
    return f"`{name}`" if field.is_required() else f"`{name}` ({default} unless given)"


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{{{word}}}`" for word in words)
