"""A finding of a content check: level, sentence and the field that it speaks of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something about a document that a person should know.

    `level` is `block` (cannot be published), `review` (cannot be published as reviewed) or `look` (asks an
    editor). `field` is a path into the document such as `title`, `sections.3`, `side_effects.0.name`.
    """

    level: str
    code: str
    message: str
    field: str = ""
