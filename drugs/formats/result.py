"""What a reader of a format hands back, and how it says that it cannot."""

from dataclasses import dataclass, field

from drugs.content import Document, Finding


class FormatError(ValueError):
    """A file that cannot become a document. `line` counts from 1; None where no line is to blame."""

    def __init__(self, message, line=None):
        super().__init__(f"line {line}: {message}" if line else message)
        self.message = message
        self.line = line


@dataclass(frozen=True)
class Page:
    """A file that was understood: its document, what a person should look at, and where each piece stood.

    `lines` maps paths into the document (`title`, `sections.3`, `side_effects.0`, `faqs.2`) to the line of
    the file, counted from 1, on which the piece starts.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
    format: str = "page"  # or `old`

    def line_of(self, path):
        """The line on which the piece at `path`, or the piece that holds it, starts; None if unknown."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path.rpartition(".")[0]
        return None
