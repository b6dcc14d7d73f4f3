"""`proforma generate`."""

from pathlib import Path

import click

from pipeline.cli.app import App
from pipeline.cli.options import json_option, round_option
from pipeline.cli.progress import watched
from pipeline.cli.show import line, next_step, paths, relative


@click.command()
@click.option("--public", is_flag=True, help="For the council's website: one form with nobody's details, and the guidance letter.")
@round_option
@json_option
def generate(app: App, public: bool, as_json: bool) -> None:
    """Write one blank Word form for each partnership.

    The blanks go to outbox/blanks. A blank that would not change is left as it lies. With --public, what the public may have of them
    goes to outbox/publication instead: the form with nothing filled in, and the letter that goes out with it. No officer is named.

    \b
    Example:
        proforma generate
        proforma generate --public
    """
    from pipeline.flow import generate as blanks
    from pipeline.flow import publish_form

    if public:
        _show_public(publish_form(app.round), as_json=as_json)
        return

    app.tell_what_is_odd()
    app.tell_of_names_to_write()
    made = list(watched(blanks(app.round), "Writing blanks", len(app.round.partnerships)))
    if as_json:
        for partnership, path in made:
            line({"partnership": partnership.id, "reference": app.round.reference_of(partnership), "file": relative(path)})
        return
    paths((partnership.name, path) for partnership, path in made)
    next_step("open one and look at it", "proforma send shows who would get what", "what comes back goes into inbox/")


def _show_public(written: tuple[Path, ...], *, as_json: bool) -> None:
    """Say what was written for the public."""
    for path in written:
        if as_json:
            line({"file": relative(path)})
        else:
            click.echo(f"  {relative(path)}")
    if not as_json:
        next_step("read both before they go out", "proforma publish --public", "proforma report interim --public")
