"""How long `proforma --help` takes, beside `import click`, which it cannot do without.

    python -m benchmarks.startup

Each is a process of its own; they take turns. The target is at most 2.5.
"""

import subprocess
import sys
from collections.abc import Callable

from benchmarks.measure import LIMIT, compare

TARGET = 2.5
_COMMAND = "from pipeline.cli import main; main(['--help'])"
"""What the `proforma` script does."""


def _run(program: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    """Print the ratios of the medians."""
    ratios = compare({LIMIT: _run("import click"), "proforma --help": _run(_COMMAND), "python alone": _run("pass")}, rounds=15)
    print(f"\nproforma --help takes {ratios['proforma --help']:.2f} times as long as import click; the target is at most {TARGET}.")


if __name__ == "__main__":
    main()
