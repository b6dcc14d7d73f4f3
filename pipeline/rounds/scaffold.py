"""The texts of a kit's own round.yaml that are there to be written over: what stands in [square brackets], and who is named as contact."""

import re
from functools import lru_cache
from pathlib import Path

from pipeline.model.rounds import Round
from pipeline.rounds.kit import own_kits
from pipeline.rounds.loading import ROUND
from pipeline.rounds.mistakes import validated
from pipeline.rounds.round_file import RoundFile
from pipeline.rounds.yaml_file import read_yaml

_BRACKETED = re.compile(r"\[([^\[\]]+)\]")


def scaffold(kit: Path) -> tuple[str, ...]:
    """Return the texts to be written over, brackets left out; nothing where the kit comes without a round.yaml.

    Args:
        kit: the folder of the kit. A round's own copy has no round.yaml any more; then that of the program's kit of the same name counts.

    Raises:
        SetupError: the file cannot be used.
    """
    entries = _came_with(kit)
    if entries is None:
        return ()
    texts = (found for text in entries.narrative.values() for found in _BRACKETED.findall(text))
    return (*texts, *(contact.name for contact in entries.contacts))


def left_over(round_: Round) -> tuple[str, ...]:
    """Return where a round still names somebody whom its kit came with, a line each: where – what is wrong – what to write instead.

    No letter should be signed by “Your name”, nor tell partnerships to call a number that nobody has.

    Raises:
        SetupError: the kit's own file cannot be used.
    """
    entries = _came_with(round_.kit)
    came = {words for one in entries.contacts for words in (one.name, one.email)} if entries else set()
    said = [words for one in round_.contacts for words in (one.name, one.email)]
    said += [round_.post.name, round_.post.address, round_.post.reply_to]
    found = dict.fromkeys(words for words in said if words in came)
    return tuple(f"{ROUND}: contacts – “{words}” is what the kit came with – write whom partnerships can ask" for words in found)


@lru_cache(maxsize=8)
def _came_with(kit: Path) -> RoundFile | None:
    """Return a kit's own round.yaml; None where it comes without one."""
    path = next((path for path in (kit / ROUND, own_kits() / kit.name / ROUND) if path.is_file()), None)
    return validated(RoundFile, read_yaml(path, f"templates/{kit.name}/{ROUND}")) if path else None
