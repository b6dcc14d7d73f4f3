"""`proforma generate`."""

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.progress import watched
from pipeline.cli.show import line, next_step, paths, relative


@click.command()
@round_option
@json_option
def generate(app: App, as_json: bool) -> None:
    """Write one blank Word form for each partnership.

    The blanks go to outbox/blanks. A blank that would not change is left as it lies.

    \b
    Example:
        proforma generate
    """
    from pipeline.flow import generate as blanks

    app.tell_what_is_odd()
    app.tell_of_names_to_write()
    made = list(watched(blanks(app.round), "Writing blanks", len(app.round.partnerships)))
    if as_json:
        for partnership, path in made:
            line({"partnership": partnership.id, "reference": app.round.reference_of(partnership), "file": relative(path)})
        return
    paths((partnership.name, path) for partnership, path in made)
    next_step("open one and look at it", "proforma send shows who would get what", "what comes back goes into inbox/")
