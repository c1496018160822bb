"""The rule that only tests with the mark `whole_site` start an interpreter, so that the mark cannot drift.

An audit hook (PEP 578) sees every process that is started, by whichever code.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_allowed = True


@contextmanager
def allowed(yes: bool = True) -> Iterator[None]:
    """Allows interpreters to be started within the block, or forbids it."""
    global _allowed
    before, _allowed = _allowed, yes
    try:
        yield
    finally:
        _allowed = before


def watch() -> None:
    """Makes starting an interpreter where it is not allowed raise AssertionError, from now on."""
    sys.addaudithook(_look_at)


def _look_at(event, arguments):
    if event == "subprocess.Popen" and not _allowed:
        program = Path(os.fsdecode(arguments[0])).name
        assert not program.startswith("python"), (
            f"{program} was started by a test without the mark whole_site: it has to use the fixture whole_sites, "
            "or one that does, such as new_site."
        )
