"""A finding of a content check: level, sentence and the field that it speaks of."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One fault of a document, or what may be one.

    `level` is `block` (cannot be published), `review` (cannot be published as reviewed) or `look` (asks an
    editor). `code` names the check's verdict for tests and reports, `message` is its sentence for people, `field`
    a path into the document such as `title`, `sections.3`, `side_effects.0.name`.
    """

    level: Literal["block", "review", "look"]
    code: str
    message: str
    field: str = ""
