"""`proforma masters`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.show import line, next_step, plain, relative
from pipeline.errors import ExitCode

_COLOURS = {"mistake": "red", "warning": "yellow"}


@click.command()
@round_option
@json_option
def masters(app: App, as_json: bool) -> None:
    """Check the form in Word, the report masters and the mail texts of the kit.

    A mistake keeps a paper, a blank or a mail from being made: a tag that leads nowhere is named with its page, paragraph, table and row. A
    warning is a fact that a master forgets, or a field of the form that no master prints.

    \b
    Example:
        proforma masters
        proforma masters --json
    """
    from pipeline.desk.mastering import check_kit

    app.tell_what_is_odd()
    app.tell_of_names_to_write()
    kit = app.round.kit
    faults = list(check_kit(app.round))
    wrong = [fault for fault in faults if fault.kind == "mistake"]
    if as_json:
        for kind, said in (("mistakes", wrong), ("warnings", [fault for fault in faults if fault not in wrong])):
            line({"kit": relative(kit), "kind": kind, "count": len(said), "lines": [{"of": one.of, "line": one.line} for one in said]})
    else:
        for fault in faults:
            click.secho(f"  {fault.kind:8}", fg=_COLOURS[fault.kind], nl=False)
            click.echo(plain(fault.line))
        rest = len(faults) - len(wrong)
        click.echo(f"{relative(kit)}: mistakes: {len(wrong) or 'none'}; warnings: {rest or 'none'}.")
    if faults:
        next_step(f"open the files in {relative(kit)} and mend these", "proforma masters")
        click.get_current_context().exit(ExitCode.SETUP if wrong else ExitCode.ATTENTION)
    if not as_json:
        next_step("proforma generate")
