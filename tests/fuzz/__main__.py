"""Fuzzing of whatever somebody may send: generated inputs for the readers, generated requests to the pages.

    python -m tests.fuzz [--readers 1000000] [--requests 50000] [--seed N] [--processes 2] [--failures DIR]
    python -m tests.fuzz --seed N --only requests:123

Starts from made-up pages, and from those of MEDINFO_TEST_CORPUS if it names a folder. Requests meet a site on a
database of its own: SQLite, or one beside MEDINFO_DATABASE_URL that is dropped afterwards. Prints figures; ends with
an error if there was a fault, each of which is written to a file with the command that repeats it.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.processes import PARTS, run
from tests.fuzz.tries import SECONDS, say


def main():
    options = read_options()
    say(f"seed {options.seed}")
    if options.only:
        part, _, number = options.only.partition(":")
        sys.exit(report(part, run(part, [range(int(number), int(number) + 1)], options), 0))
    failed = False
    for part in PARTS:
        started = time.monotonic()
        count = getattr(options, part)
        shares = [range(first, count, options.processes) for first in range(options.processes)]
        tally = run(part, [share for share in shares if share], options)
        failed |= report(part, tally, time.monotonic() - started)
    sys.exit(failed)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--readers", type=int, default=1_000_000, help="inputs for the readers")
    parser.add_argument("--requests", type=int, default=50_000, help="requests to the site")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", metavar="PART:NUMBER", help="one try again, such as readers:123")
    parser.add_argument("--failures", type=Path, metavar="DIR", help="where faults are written")
    options = parser.parse_args()
    options.failures = options.failures or Path(tempfile.mkdtemp(prefix=f"medinfo-fuzz-{options.seed}-"))
    options.failures.mkdir(parents=True, exist_ok=True)
    return options


def report(part, tally, seconds):
    """Prints the figures of a part. Returns whether there was a fault."""
    say(f"{tally.count:,} {part} in {seconds:,.0f} s")
    for kind in sorted({kind for kind, _ in tally.outcomes}):
        counts = ", ".join(
            f"{said} {count:,}" for (of, said), count in sorted(tally.outcomes.items()) if of == kind
        )
        took, number = tally.slowest[kind]
        say(f"  {kind:34} {counts}; slowest {took:.2f} s ({part}:{number})")
    say(f"  faults: {tally.faults.total()} (an error, a lost word, markup alive, or over {SECONDS:.0f} s)")
    for fault, count in tally.faults.most_common():
        say(f"    {count:,} × {fault}")
    for path in tally.files:
        say(f"    {path}")
    return bool(tally.faults)


if __name__ == "__main__":
    main()
