"""One thing that is tried, what came of it, and what is written down when it went wrong."""

import hashlib
import json
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 2.0  # of CPU: an answer, or the reading of a file, takes no more, however busy the machine is
GIVE_UP = 10  # after so many seconds it is ended
KEPT = 3  # files written of one fault, which often comes a thousand times


class Fault(Exception):
    """What must not happen, in a sentence."""


class TooSlow(Fault):
    """It took more than SECONDS, twice."""


@dataclass(frozen=True)
class Try:
    """Something of the sort `kind` that can be run again: `run` says what came of it, or raises."""

    kind: str
    data: bytes  # what a person needs to see it happen again
    run: Callable[[], str]


@dataclass
class Tally:
    """What came of many tries. Tallies of several processes are added up."""

    outcomes: Counter = field(default_factory=Counter)  # pairs of kind and outcome
    faults: Counter = field(default_factory=Counter)  # sentences, cut to what is common
    files: list = field(default_factory=list)
    slowest: dict = field(default_factory=dict)  # by kind: seconds, number

    def add(self, other):
        self.outcomes += other.outcomes
        self.faults += other.faults
        self.files += other.files
        for kind, slow in other.slowest.items():
            self.slowest[kind] = max(self.slowest.get(kind, slow), slow)

    @property
    def count(self):
        return self.outcomes.total()


def try_numbers(part, name, seed, numbers, folder):
    """A Tally of the tries of these numbers. Each depends on its number and the seed alone."""
    tally = Tally()
    for number in numbers:
        tried = part.make(random.Random(f"{seed}/{name}/{number}"))  # noqa: S311 - to be repeated, not to be secret
        outcome, took, error = _attempt(tried)
        tally.outcomes[tried.kind, outcome] += 1
        tally.slowest[tried.kind] = max(tally.slowest.get(tried.kind, (0.0, 0)), (took, number))
        if error:
            _note(tally, error, tried, folder, f"python -m tests.fuzz --seed {seed} --only {name}:{number}")
    return tally


def _attempt(tried):
    """What came of it, how many seconds it took, and the error or None."""
    outcome, took, error = _timed(tried)
    if took > SECONDS and not error:
        # Once may be a cache that was cold, or the machine.
        outcome, again, error = _timed(tried)
        took = min(took, again)
        if took > SECONDS and not error:
            error = TooSlow(f"Took too long: {took:.1f} s.")
    return ("fault" if error else outcome), took, error


def _timed(tried):
    before = signal.signal(signal.SIGPROF, _end)
    signal.setitimer(signal.ITIMER_PROF, GIVE_UP)
    started = time.process_time()
    try:
        return tried.run(), time.process_time() - started, None
    except Exception as error:  # noqa: BLE001 - whatever comes is what is looked for
        return "fault", time.process_time() - started, error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _end(number, frame):
    raise TooSlow(f"ended after {GIVE_UP} s.")


def _note(tally, error, tried, folder, command):
    """Counts a fault and, if it is not known well enough yet, writes it down."""
    if isinstance(error, Fault):
        same = f"{tried.kind}: {str(error).partition(':')[0]}"
    else:
        where = traceback.extract_tb(error.__traceback__)[-1]
        same = f"{tried.kind}: {type(error).__name__} in {where.name} ({Path(where.filename).name}:{where.lineno})"
    tally.faults[same] += 1
    name = hashlib.sha256(same.encode("utf-8", "replace")).hexdigest()[:10]
    at = len(list(folder.glob(f"{name}-*.txt")))
    if at >= KEPT:
        return
    path = folder / f"{name}-{at}"
    path.with_suffix(".input").write_bytes(tried.data)
    told = {"fault": same, "again": command, "error": "".join(traceback.format_exception(error))}
    lines = json.dumps(told, indent=1).encode("utf-8", "replace").decode().replace("\\n", "\n    ")
    path.with_suffix(".txt").write_text(lines)
    tally.files.append(str(path.with_suffix(".txt")))


def say(line):
    sys.stdout.write(line.encode("utf-8", "replace").decode() + "\n")
    sys.stdout.flush()
