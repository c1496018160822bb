"""Near-duplicate detection: paragraphs that two pages share. A text that fits every medicine was written for none."""

import re
import string
from collections.abc import Iterator, Mapping

from drugs.content import Document, Finding, sha256
from drugs.content.whitespace import fold_spaces

_NO_LETTERS = dict.fromkeys(map(ord, string.punctuation + string.whitespace + "’‘“”–—…"))
SHORTEST = 80  # characters; below it two pages say the same by chance


def paragraph_hashes(document: Document) -> dict[str, str]:
    """The hashes of the document's longer paragraphs and answers, as a dict from hash to path.

    A hash is 16 hexadecimal digits of the text without case, spaces and punctuation. The source's own notes
    and disclaimers are the same everywhere and are left out.
    """
    paths: dict[str, str] = {}
    for index, section in enumerate(document.sections):
        if section.kind != "notice":
            for paragraph in re.split(r"\n\s*\n", section.body):
                _add(paths, paragraph, f"sections.{index}")
    for index, faq in enumerate(document.faqs):
        _add(paths, faq.answer, f"faqs.{index}")
    return paths


def _add(paths, text, path):
    if len(text) >= SHORTEST:
        paths.setdefault(sha256(fold_spaces(text).casefold().translate(_NO_LETTERS))[:16], path)


def shared_paragraphs(document: Document, shared: Mapping[str, str]) -> Iterator[Finding]:
    """Findings about the paragraphs whose hash is a key of `shared`; the value is the other page's slug."""
    if not shared:
        return
    for digest, path in paragraph_hashes(document).items():
        if digest in shared:
            message = f"The page {shared[digest]} has a paragraph in the same words. Is it true of both?"
            yield Finding("look", "shared-paragraph", message, path)
