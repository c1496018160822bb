"""Speed and memory of the readers of labels, on the SPL files of MEDINFO_TEST_LABELS.

    MEDINFO_TEST_LABELS=/labels python -m tests.benchmarks.label_speed [--rounds N] [--release MB]

Prints how fast lxml alone parses the files, how fast they become labels, and the ratio of the two, round by round
in the same run since machines are busy; then the memory that a release zip of that size takes, and openFDA's JSON.
"""

import argparse
import io
import json
import os
import resource
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from lxml import etree

from drugs.formats.label import LabelDocument, Raw, raw_files, read_file, read_raw


def _seconds(act) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


def measure_speed(raws: list[Raw], rounds: int) -> tuple[float, float, list[float]]:
    """Megabytes a second of parsing alone, of reading labels, and the ratios of the rounds, sorted."""
    size = sum(len(raw.data) for raw in raws) / 1e6
    alone, ours = [], []
    for _ in range(rounds):
        alone.append(_seconds(lambda: [etree.parse(io.BytesIO(raw.data)) for raw in raws]))
        ours.append(_seconds(lambda: [list(read_raw(raw)) for raw in raws]))
    ratios = sorted(one / other for one, other in zip(alone, ours, strict=True))
    return size / min(alone), size / min(ours), ratios


def measure_memory(files: list[Path], repeats: int) -> tuple[int, int]:
    """How many labels `repeats` readings of `files` give, and how many MiB more they take at their peak."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(
        isinstance(label, LabelDocument)
        for _ in range(repeats)
        for path in files
        for _, label in read_file(path)
    )
    return count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


def make_release(raws: list[Raw], path: Path, megabytes: int) -> None:
    """Writes a release zip of single zips with so many megabytes of XML, the files again and again."""
    written = at = 0
    with zipfile.ZipFile(path, "w") as release:
        while written < megabytes * 1_000_000:
            raw = raws[at % len(raws)]
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(f"{at:036x}.xml", raw.data)
            release.writestr(f"all/{at}.zip", inner.getvalue())
            written, at = written + len(raw.data), at + 1


def make_bulk(path: Path, megabytes: int) -> None:
    """Writes a file of openFDA with so many megabytes of made-up results."""
    result = json.dumps({"set_id": "s", "openfda": {}, "indications_and_usage": ["Made-up words. " * 400]})
    with path.open("w") as file:
        file.write('{"meta": {}, "results": [')
        file.write(",".join([result] * (megabytes * 1_000_000 // len(result))))
        file.write("]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--release", type=int, default=60, metavar="MB")
    options = parser.parse_args()
    folder = os.environ.get("MEDINFO_TEST_LABELS")
    if not folder:
        sys.exit("Set MEDINFO_TEST_LABELS to the folder that holds spl/.")
    raws = [
        raw
        for path in sorted(Path(folder, "spl").iterdir())
        for raw in raw_files(path)
        if isinstance(raw, Raw)
    ]
    alone, ours, ratios = measure_speed(raws, options.rounds)
    print(f"{len(raws)} files: lxml alone {alone:.0f} MB/s, labels {ours:.0f} MB/s; ratio {ours / alone:.2f}")
    print("ratios of the rounds: " + " ".join(f"{ratio:.2f}" for ratio in ratios))
    with tempfile.TemporaryDirectory() as temporary:
        for name, make in (("release.zip", lambda path: make_release(raws, path, options.release)),
                           ("bulk.json", lambda path: make_bulk(path, options.release))):  # fmt: skip
            make(Path(temporary, name))
            count, more = measure_memory([Path(temporary, name)], 1)
            print(f"{name} of {options.release} MB: {count} labels, {more} MiB more at the peak")


if __name__ == "__main__":
    main()
