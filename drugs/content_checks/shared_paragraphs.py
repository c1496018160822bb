"""Which paragraphs two pages share: a text that fits every medicine was written for none."""

import re
import string

from drugs.content import Finding, sha256

_NO_LETTERS = dict.fromkeys(map(ord, string.punctuation + string.whitespace + "\u00a0’‘“”–—…"))
SHORTEST = 80  # characters; below it two pages say the same by chance


def paragraph_hashes(document):
    """The hashes of the document's longer paragraphs and answers, as a dict from hash to path.

    A hash is 16 hexadecimal digits of the text without case, spaces and punctuation. The source's own notes
    and disclaimers are the same everywhere and are left out.
    """
    found = {}
    for index, section in enumerate(document.sections):
        if section.kind != "notice":
            for paragraph in re.split(r"\n\s*\n", section.body):
                _note(found, paragraph, f"sections.{index}")
    for index, faq in enumerate(document.faqs):
        _note(found, faq.answer, f"faqs.{index}")
    return found


def _note(found, text, path):
    if len(text) >= SHORTEST:
        found.setdefault(sha256(text.casefold().translate(_NO_LETTERS))[:16], path)


def shared_paragraphs(document, shared):
    """Findings about the paragraphs whose hash is a key of `shared`; the value is the other page's slug."""
    if not shared:
        return
    for digest, path in paragraph_hashes(document).items():
        if digest in shared:
            message = f"The page {shared[digest]} has a paragraph in the same words. Is it true of both?"
            yield Finding("look", "shared-paragraph", message, path)
