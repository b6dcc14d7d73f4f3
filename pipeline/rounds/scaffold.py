"""The texts of a kit's own round.yaml that are there to be written over: what stands in [square brackets], and who is named as contact."""

import re
from pathlib import Path

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
    path = next((path for path in (kit / ROUND, own_kits() / kit.name / ROUND) if path.is_file()), None)
    if path is None:
        return ()
    entries = validated(RoundFile, read_yaml(path, f"templates/{kit.name}/{ROUND}"))
    texts = (found for text in entries.narrative.values() for found in _BRACKETED.findall(text))
    return (*texts, *(contact.name for contact in entries.contacts))
