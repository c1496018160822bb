"""Sets of queries that search is measured on, held apart from the lists that it uses: tests/benchmarks/search_sets."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks" / "search_sets"


def lines(name: str) -> list[str]:
    """The lines of a set without blank ones and remarks."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def rows(name: str) -> list[list[str]]:
    """The lines of a set of several columns, which `|` parts."""
    return [[cell.strip() for cell in line.split("|")] for line in lines(name)]
