"""Latencies: how many requests of each kind this process has answered, how, and how fast. Nothing about who asked."""

import bisect
import threading
from collections import Counter
from collections.abc import Iterator

BOUNDS = (
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
    5.0,
    10.0,
)  # seconds, those of Prometheus' own clients
# First part of an address to kind. What is not here is `other`: whatever was asked for makes no new kind.
KINDS = {
    **{"": "home", "drugs": "monograph", "search": "search", "side-effects": "list", "classes": "list"},
    **{"api": "api", "admin": "desk", "markdownx": "desk", "report": "report", "static": "static"},
}

_lock = threading.Lock()
_answers: Counter[tuple[str, str]] = Counter()  # by kind and class of status
_buckets: dict[str, list[int]] = {}  # by kind: how many took up to each bound, and longer
_seconds: Counter[str] = Counter()


def observe(path: str, status: int, seconds: float) -> None:
    """Counts a request for `path` that was answered with `status` after so many seconds."""
    kind = KINDS.get(path.lstrip("/").partition("/")[0], "other")
    place = bisect.bisect_left(BOUNDS, seconds)
    with _lock:
        _answers[kind, f"{status // 100}xx"] += 1
        _buckets.setdefault(kind, [0] * (len(BOUNDS) + 1))[place] += 1
        _seconds[kind] += seconds  # type: ignore[assignment]  # a Counter of fractions


def answers() -> dict[tuple[str, str], int]:
    """How many requests were answered, by kind and class of status such as 2xx."""
    with _lock:
        return dict(_answers)


def histogram() -> Iterator[tuple[str, list[tuple[str, int]], float]]:
    """Each kind with how many took up to each bound (`+Inf` last), and the sum of all seconds."""
    with _lock:
        kinds = [(kind, list(counts), float(_seconds[kind])) for kind, counts in _buckets.items()]
    for kind, counts, seconds in sorted(kinds):
        total, rising = 0, []
        for bound, count in zip([*map(str, BOUNDS), "+Inf"], counts, strict=True):
            total += count
            rising.append((bound, total))
        yield kind, rising, seconds
