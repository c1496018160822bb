"""Card pages: pages without headings, whose sections are bullets, labels or terms, as headings.

Outliners (Logseq, Roam, Workflowy) have a bullet over each section, students' cards a line `**MOA:** ...` under
another without blank lines, lists of definitions a term. A page whose bullets, labels or terms name at least two
sections is read as if these were headings; no line moves.
"""

import re
from collections.abc import Callable, Iterator

from drugs.formats.legacy import languages, section_vocabulary

_HEADING = re.compile(r"[ \t]*(?:#{2,6}[ \t]|(?:={3,}|-{3,})[ \t]*$)")
_BULLET = re.compile(r"[-*+][ \t]+(?=\S)")
_LABEL = re.compile(r"\*\*([^*\n]{1,80}?)(?::\*\*|\*\*:)[ \t]+(\S.*)$")
_DEFINED = re.compile(r":[ \t]+(?=\S)")
_FEWEST = 2


def with_headings(text: str) -> str:
    """`text` with headings for the sections of a card page; any other as it is."""
    lines = text.split("\n")
    if any(map(_HEADING.match, lines)):
        return text
    for change in (_outline, _labels, _terms):
        if (changed := change(lines)) is not None:
            return "\n".join(changed)
    return text


def _kind(text: str) -> str:
    found = languages.named(text)
    return (found.kind if found else section_vocabulary.plain_kind(text)) or ""


def _enough(names: list[str]) -> bool:
    kinds = {kind for kind in map(_kind, names) if kind}
    return len(kinds) >= _FEWEST and len(kinds) * 2 >= len(names)


def _outline(lines: list[str]) -> list[str] | None:
    """Bullets with others below them, each a section of what these say."""
    tops = [at for at, line in enumerate(lines) if _BULLET.match(line)]
    names = {at: _plain(_BULLET.sub("", lines[at])) for at in tops}
    over = [at for at in tops if lines[at + 1 : at + 2] and lines[at + 1][:1] in (" ", "\t")]
    if over != tops or not _enough(list(names.values())):
        return None
    inside, changed = -1, []
    for at, line in enumerate(lines):
        if at in names:
            inside = 0
            changed.append(f"## {names[at]}")
        elif inside >= 0 and line[:1] in (" ", "\t"):
            indent = len(line) - len(line.lstrip())
            inside = inside or indent
            changed.append(line[min(indent, inside) :])
        else:
            inside = inside if not line.strip() else -1
            changed.append(line)
    return changed


def _plain(text: str) -> str:
    return re.sub(r"[*_=#]{1,6}|\[\[|\]\]", "", text).strip().rstrip(":").strip()


def _labels(lines: list[str]) -> list[str] | None:
    """Lines of one paragraph that each begin with a bold label."""
    return _changed(lines, _labelled_run, lambda match: [f"## {match[0]}: {match[1]}"])


def _terms(lines: list[str]) -> list[str] | None:
    """Terms, each over what a line with a colon before it says."""
    return _changed(lines, _defined_term, lambda match: [f"## {match[0]}", match[1]])


_Found = tuple[int, tuple[str, str]]  # a line, and the name with the text behind it


def _changed(
    lines: list[str],
    find: Callable[[list[str]], Iterator[_Found]],
    write: Callable[[tuple[str, str]], list[str]],
) -> list[str] | None:
    found = dict(find(lines))
    if not _enough([name for name, _ in found.values()]):
        return None
    changed = list(lines)
    for at, match in found.items():
        written = write(match)
        changed[at : at + len(written)] = written
    return changed


def _labelled_run(lines: list[str]) -> Iterator[_Found]:
    run: list[_Found] = []
    for at, line in enumerate([*lines, ""]):
        if match := _LABEL.match(line):
            run.append((at, (match[1].strip(), match[2].strip())))
            continue
        if len(run) > _FEWEST and any(_kind(name) for _, (name, _) in run):
            yield from run
        run = []


def _defined_term(lines: list[str]) -> Iterator[_Found]:
    for at, (line, below) in enumerate(zip(lines, lines[1:], strict=False)):
        defined = _DEFINED.match(below)
        if defined and line.strip() and not _DEFINED.match(line) and _kind(_plain(line)):
            yield at, (_plain(line), below[defined.end() :])
