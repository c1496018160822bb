"""Summary of an import for operators: how many files come in, what is missing in the others, and what mends it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from drugs.content import Finding
from drugs.import_export.page_import import Result

_PARTICULARS = re.compile(r"“[^”]*”|'[^']*'|\"[^\"]*\"|\bU\+[0-9A-F]+|\bbyte [0-9A-F]{2}\b|\d+")
_TOLD_APART = ("unready", "slug_from_name")
LISTED = 20  # names of a kind; the report has them all


# What makes a page of a file in another format, by its suffix, for whoever sits at the desk.
_MENDS = {
    (".txt", ".text"): "Rename it to {stem}.md.",
    (
        ".html",
        ".htm",
        ".docx",
        ".odt",
        ".rst",
        ".org",
        ".tex",
        ".rtf",
        ".ipynb",
    ): "Open it, copy its text, and paste that into a new medicine: lists and tables come along.",
    (".rmd", ".qmd"): "Rename it to {stem}.md; what its code computes stays out.",
}
_BY_HAND = "Copy its text into a file {stem}.md."
_UNREADY_MEND = "Publish it on the desk, or take out what says so and import it again."


class LeftOut(NamedTuple):
    """A file that no reader gets: its name, why, and what would mend it; empty where the reason says that too."""

    name: str
    why: str
    mend: str


class FolderSummary:
    """Collector of results, told in tables."""

    def __init__(self) -> None:
        self.left_out: list[str] = []
        self.kept_back: list[LeftOut] = []
        self._files = 0
        self._missing: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._unpublished: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._findings: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._addresses: list[str] = []
        self._as_markdown: list[str] = []

    def add(self, result: Result) -> None:
        """One more result."""
        self._files += 1
        self._keep_back(result)
        if result.outcome in ("failed", "conflict"):
            _put(self._missing, result.name, [re.sub(r"^line \d+: ", "", "; ".join(result.reasons))])
            return
        if result.name.lower().endswith(".mdx"):
            self._as_markdown.append(result.name)
        told = {finding.code: finding.message for finding, _ in result.findings if finding.level == "look"}
        if "slug_from_name" in told:
            self._addresses.append(f"{result.name} -> {result.slug}")
        if "unready" in told:
            _put(self._unpublished, result.name, [told["unready"]])
        else:
            _put(self._unpublished, result.name, result.held)
        _put(self._findings, result.name, (told[code] for code in told if code not in _TOLD_APART))

    def _keep_back(self, result: Result) -> None:
        unready = next((found.message for found, _ in result.findings if found.code == "unready"), "")
        if result.outcome in ("failed", "conflict"):
            why, mend = "; ".join(result.reasons), ""
        elif unready:
            why, mend = unready, _UNREADY_MEND
        elif result.held:
            lines = sorted({line for found, line in result.findings if found.level == "block" and line})
            why, mend = (
                "; ".join(dict.fromkeys(result.held)),
                f"Mend the text from line {lines[0]} on." if lines else "",
            )
        else:
            return
        self.kept_back.append(LeftOut(result.name, why[:1].upper() + why[1:], mend))

    def files_left_out(self) -> Iterator[LeftOut]:
        """Each file that would not come in or reach readers: what is no page first, then what is not read, kept back
        by its author, or held by the checks, in the order of the folder.
        """
        for name in self.left_out:
            stem, dot, suffix = name.rpartition("/")[2].rpartition(".")
            mend = next((mend for ends, mend in _MENDS.items() if f"{dot}{suffix}".lower() in ends), _BY_HAND)
            why = f"No page: only .md, .markdown and .mdx are read, not .{suffix}."
            yield LeftOut(name, why, mend.format(stem=stem))
        yield from self.kept_back

    def notices(self, left_out: bool = True) -> Iterator[str]:
        """Lines about files that an operator would not think of, after any import; without those that were `left_out`
        where `files_left_out` tells of them.
        """
        if self._as_markdown:
            yield f"Read as Markdown, without what the pages compute: {_listed(self._as_markdown)}."
        if self.left_out and left_out:
            yield (
                f"Left out, because only .md, .markdown and .mdx are read: {_listed(self.left_out)}. "
                "A page in another format becomes one when it is converted (pandoc -t markdown) or, if it is plain "
                "text, renamed to .md."
            )

    def table(self) -> Iterator[str]:
        """Lines of the table at the end of a dry run."""
        missing = sum(map(len, self._missing.values()))
        unpublished = sum(map(len, self._unpublished.values()))
        come_in = self._files - missing
        share = f" ({100 * come_in / self._files:.0f} %)" if self._files else ""
        yield "What an import would do:"
        yield f"  {come_in:6}  of {self._files} files would come in as they are{share}"
        yield f"  {unpublished:6}  of these would wait on the desk, whatever is asked"
        yield f"  {len(self._addresses):6}  of these get an address made from the file's name"
        yield f"  {missing:6}  would not come in"
        yield from _rows("What is missing, and what one line would mend it:", self._missing)
        yield from _rows("Why pages would wait on the desk:", self._unpublished)
        yield from _rows("What editors should look at:", self._findings)
        if self._addresses:
            yield "Addresses made from the names of files:"
            yield from (f"  {line}" for line in self._addresses)


def result_from_dict(line: dict[str, Any]) -> Result:
    """The Result of which `page_import.result_as_dict` made `line`, as far as a summary asks for it."""
    result = Result(line["file"], line["outcome"], line["slug"], reasons=line["reasons"], held=line["held"])
    result.findings = [
        (Finding(found["level"], found["code"], found["message"], found["field"]), found["line"])
        for found in line["findings"]
    ]
    return result


def _put(groups: dict[str, list[tuple[str, str]]], name: str, messages: Iterable[str]) -> None:
    """Puts a file into the groups of messages that say the same of different words."""
    for message in messages:
        groups[_PARTICULARS.sub("…", message)].append((name, message))


def _rows(heading: str, groups: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    if not groups:
        return
    yield heading
    for _, rows in sorted(groups.items(), key=lambda group: -len(group[1]))[:LISTED]:
        name, message = rows[0]
        others = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        yield f"  {len(rows):6}  {' '.join(message.split())[:300]}"
        yield f"          {name}{others}"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"{', '.join(names[:LISTED])}{more}"
