"""Parse result of a page file, and the error of a file that is no page."""

from dataclasses import dataclass, field

from drugs.content import Document, Finding


class FormatError(ValueError):
    """Parse error: a file that cannot become a document.

    `message` names the fault without its line; `line` counts from 1, None where no line is to blame.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.message = message
        self.line = line


@dataclass(frozen=True)
class Page:
    """Parse result: the document, the findings that a person should look at, and where each piece stood.

    `lines` maps paths into the document (`title`, `sections.3`, `side_effects.0`, `faqs.2`) to the line of
    the file, counted from 1, on which the piece starts. `unready` says why its author keeps the page from readers;
    `kept` are comments, keys and marks of other programs that no reader sees, for editors.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
    format: str = "page"  # "old" for a legacy page; stored with the import record
    unready: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def line_of(self, path: str) -> int | None:
        """Line on which the piece at `path`, or the piece that holds it, starts; None if unknown."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path.rpartition(".")[0]
        return None
