"""Lines of a table in Markdown, out of the words of its cells."""

from drugs.formats.label.markdown_marks import BAR, BREAK, GAP, INDENT, LINE, SHIELD

MAX_COLUMNS = 50
_MAX_GRID = 50_000  # cells, with those that only fill a line up


def spread(line: list[str], across: int, down: int, carried: dict[int, int]) -> None:
    """Adds the empty cells that the last one of a line covers, and says which it covers in the lines below."""
    at = len(line) - 1
    across = max(1, min(across, MAX_COLUMNS - at))
    if down > 1:
        carried.update((at + column, down - 1) for column in range(across))
    line.extend([""] * (across - 1))


def carry(line: list[str], carried: dict[int, int]) -> None:
    """Adds the empty cells that cells of lines above cover."""
    while carried.get(len(line), 0) and len(line) < MAX_COLUMNS:
        carried[len(line)] -= 1
        line.append("")


def cell_line(blocks: list[str]) -> str:
    """The blocks of a cell in one line of a table."""
    if len(blocks) == 1 and LINE not in blocks[0]:
        return blocks[0].replace(BREAK, GAP) if BREAK in blocks[0] else blocks[0]
    text = LINE.join(blocks).replace(BREAK, LINE).replace(BAR, SHIELD + BAR)
    lines = [line.strip(" " + INDENT) for line in text.split(LINE)]
    return GAP.join("• " + line[2:] if line.startswith("- ") else line for line in lines if line)


def span(value: str | None) -> int:
    if not value or value == "1":
        return 1
    digits = value.strip()
    return (
        max(1, min(int(digits), MAX_COLUMNS))
        if digits.isdecimal() and len(digits) < 9
        else (MAX_COLUMNS if digits.isdecimal() else 1)
    )


def rows_in_lines(rows: list[list[str]]) -> list[str]:
    """The words of rows, a line each, where no table can be."""
    return list(filter(None, (GAP.join(filter(None, row)) for row in rows)))


def grid(head: list[list[str]], rows: list[list[str]]) -> list[str]:
    """The lines of a table; the first row of its head heads the columns, or nothing where it has no head."""
    rows = [row for row in [*head[1:], *rows] if any(row)]
    first = head[0] if head else []
    width = max((len(row) for row in [first, *rows]), default=0)
    if not any(first) and not rows:
        return []
    if width == 1 and not head:
        return [row[0] for row in rows]
    if width * (len(rows) + 2) > _MAX_GRID:
        return rows_in_lines([first, *rows])
    lines = [first, ["---"] * width, *rows]
    return [
        LINE.join(
            BAR + f" {BAR} ".join(["", *row, *[""] * (width - len(row))])[2:] + f" {BAR}" for row in lines
        )
    ]
