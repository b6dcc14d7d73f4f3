"""What a store holds, told without the numbers of its rows: those depend on what came first, what is kept does not."""

from hashlib import sha256
from pathlib import Path

from pipeline.flow import data
from pipeline.model.contract import reading_as_json
from pipeline.model.history import Reading
from pipeline.store.store import Store
from tests.faults.rounds import NAMES, the_round
from tests.store.samples import dump

Kept = dict[str, object]


def what_is_kept(folder: Path) -> Kept:
    """Return what the store of a round holds, after making sure of invariants I1 to I4 and I7 of the fault plan."""
    with Store.open(folder) as store:
        assert store.check() == ()
        rows = dump(store)
        digests = {row[0]: row[1] for row in rows["originals"]}
        assert {sha256(path.read_bytes()).hexdigest() for path in (folder / "inbox").iterdir()} <= set(digests.values())
        readings = store.readings()
        names = {(row[1], row[2]) for row in rows["readings"]}
        assert len(names) == len(rows["readings"]), "a document was read twice by one reader"
        return {
            "files": rows["files"],
            "sightings": sorted((str(digests[row[1]]), str(row[2]), str(row[3])) for row in rows["sightings"]),
            "enclosures": sorted((str(digests[row[1]]), row[3], str(digests[row[2]])) for row in rows["enclosures"]),
            "readings": sorted((str(one.record.sha256), str(_said(one)), one.superseded) for one in readings),
            "history": [[(event.progress, event.original) for event in store.history(name)] for name in NAMES],
            "export": [reading_as_json(record, ()) for record in data(the_round(folder), store).records],
        }


def _said(reading: Reading) -> str:
    return repr((reading.record.outcome, reading.record.reason, reading.record.partnership, reading.record.values))
