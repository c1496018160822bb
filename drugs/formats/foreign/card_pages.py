"""Card pages: pages without headings, whose sections are bullets, labels, terms or rows of a table, as headings.

Outliners (Logseq, Roam, Workflowy) have a bullet over each section, students' cards a line `**MOA:** ...` or
`MOA: ...`, lists of definitions a term, databases a row. A page of which these name at least two sections is read as if
they were headings; so is one of Org mode, whose headings are stars. No line moves.
"""

import re
from collections.abc import Callable, Iterator

from drugs.formats.legacy import languages, section_vocabulary

_HEADING = re.compile(r"[ \t]*(?:#{2,6}[ \t]|(?:={3,}|-{3,})[ \t]*$)")
_BULLET = re.compile(r"[-*+][ \t]+(?=\S)")
_LABEL = re.compile(r"\*\*([^*\n]{1,80}?)(?::\*\*|\*\*:)[ \t]+(\S.*)$")
# `**MOA** - text`, `**MOA**` over a list, `MOA: text`, `MOA - text`
_LOOSE_LABEL = re.compile(
    r"(?:\*\*(?P<bold>[^*\n]{1,80}?):?\*\*|(?P<plain>[^\W\d_][^\n:*|–—]{0,60}?))"
    r"(?:[ \t]*:(?:[ \t]+|$)|[ \t]+[–—-]+[ \t]+|(?<=\*)[ \t]*$)(?P<text>.*)$"
)
_NESTED_LABEL = re.compile(r"[ \t]+[-*+][ \t]+\*\*([^*\n]{1,80}?):?\*\*")
_DEFINED = re.compile(r":[ \t]+(?=\S)")
_ROW = re.compile(r"[ \t]*\|?[ \t]*(?P<name>[^|\n]{1,80}?)[ \t]*\|[ \t]*(?P<text>[^|\n]*?)[ \t]*\|?[ \t]*$")
_RULE = re.compile(r"[ \t|:-]*-[ \t|:-]*$")
_BREAK = re.compile(r"[ \t]*<br[ \t]*/?>[ \t]*", re.I)
# Headings of columns that say nothing of a medicine.
_COLUMNS = frozenset(
    "field property item heading section topic attribute parameter category name key".split()
)
_ORG_SETTING = re.compile(r"#\+[A-Za-z_]+:")
_ORG_HEADING = re.compile(r"(\*{1,5})[ \t]+(?=\S)")
_LONGEST_HEADING = 120
_FEWEST = 2


def with_headings(text: str) -> str:
    """`text` with headings for the sections of a card page; any other as it is."""
    lines = text.split("\n")
    if _ORG_SETTING.match(text.lstrip()):
        lines = [_ORG_HEADING.sub(lambda match: f"#{'#' * len(match[1])} ", line) for line in lines]
        return "\n".join(lines)
    title = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if any(_HEADING.match(line) for at, line in enumerate(lines) if at != title):
        return text
    for change in (_outline, _labels, _terms, _loose_labels, _rows):
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
    """Bullets with others below them, each a section of what these say; a short one with none is a heading alone."""
    tops = [at for at, line in enumerate(lines) if _BULLET.match(line)]
    names = {at: _plain(_BULLET.sub("", lines[at])) for at in tops}
    over = [at for at in tops if lines[at + 1 : at + 2] and lines[at + 1][:1] in (" ", "\t")]
    if not _enough([names[at] for at in over]) and not _over_sections(lines, over):
        return None
    alone = [at for at in tops if at > over[0] and at not in over]
    if any(len(names[at]) > _LONGEST_HEADING for at in alone):
        return None
    inside, changed = -1, []
    for at, line in enumerate(lines):
        if at in over or at in alone:
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


def _over_sections(lines: list[str], over: list[int]) -> bool:
    """Whether several bullets each stand over the labels of sections, as drugs of a combination do."""
    if len(over) < _FEWEST:
        return False
    bounds = zip(over, [*over[1:], len(lines)], strict=True)
    labels = [
        [match[1] for line in lines[at:end] if (match := _NESTED_LABEL.match(line))] for at, end in bounds
    ]
    return all(map(_enough, labels))


def _plain(text: str) -> str:
    return re.sub(r"[*=#]{1,6}|(?<!\w)_{1,2}|_{1,2}(?!\w)|\[\[|\]\]", "", text).strip().rstrip(":").strip()


def _labels(lines: list[str]) -> list[str] | None:
    """Lines of one paragraph that each begin with a bold label."""
    return _changed(lines, _labelled_run, lambda match: [f"## {match[0]}: {match[1]}"])


def _terms(lines: list[str]) -> list[str] | None:
    """Terms, each over what a line with a colon before it says."""
    return _changed(lines, _defined_term, lambda match: [f"## {match[0]}", match[1]])


def _loose_labels(lines: list[str]) -> list[str] | None:
    """Lines that begin with the name of a section, of which no other line can be told; others stay below them."""
    found = {at: match for at, line in enumerate(lines) if (match := _LOOSE_LABEL.match(line))}
    named = {at: name for at, match in found.items() if _kind(name := _name(match))}
    named |= {
        at: line.strip()
        for at, line in enumerate(lines)
        if at not in found and not (at and lines[at - 1].strip()) and _is_heading(line)
    }
    # Pages of the old site name their generic name, and have a reader of their own.
    if len(set(map(_kind, named.values()))) < _FEWEST or any(map(_is_generic, lines)):
        return None
    changed = list(lines)
    for at, name in named.items():
        text = found[at]["text"].strip() if at in found else ""
        changed[at] = f"## {name}: {text}" if text else f"## {name}"
    return changed


def _is_heading(line: str) -> bool:
    """Whether a line is nothing but the name of a section, with its number."""
    return (
        line[:1].isalnum()
        and len(line) <= _LONGEST_HEADING
        and not line.endswith(".")
        and bool(_kind(line.strip()))
    )


def _name(match: re.Match[str]) -> str:
    return (match["bold"] or match["plain"]).strip()


def _is_generic(line: str) -> bool:
    return bool(section_vocabulary.generic_name(line))


def _rows(lines: list[str]) -> list[str] | None:
    """A table of two columns whose first names sections; what its columns are called is not said of a medicine."""
    start = next((at for at, line in enumerate(lines) if _RULE.match(line) and "|" in line), 0)
    if not start:
        return None
    found = {}
    for at in range(start - 1, len(lines)):
        if at != start and (match := _ROW.match(lines[at])) and match["name"] and match["text"]:
            found[at] = (_plain(match["name"]), _BREAK.sub("; ", match["text"]))
        elif at != start and "|" in lines[at]:
            return None
        elif at != start:
            break
    if not _enough([name for name, _ in found.values()]):
        return None
    changed = list(lines)
    changed[start] = ""
    for at, (name, text) in found.items():
        is_column = at < start and name.casefold() in _COLUMNS
        changed[at] = "" if is_column else f"## {name}: {text}"
    return changed


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
