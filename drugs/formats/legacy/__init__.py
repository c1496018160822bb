"""Legacy page parser: the pages of the old site, in every shape that they have.

A page, its marks made the usual ones (`markup`), becomes blocks (`blocks`), blocks become parts under the heading or
label that names them (`outline`, `parts`), and parts become names, sections, side effects and questions
(`generic_names`, `effects`, `questions`, collected in `page_draft`).
What is not understood stays where it stood, as text; a page that would lose a word is kept whole instead.
"""

import re

from drugs.content import DocumentError, Finding, Section
from drugs.formats.legacy.blocks import read_blocks
from drugs.formats.legacy.bodies import bodies
from drugs.formats.legacy.component_names import ComponentNames
from drugs.formats.legacy.components import assign_components
from drugs.formats.legacy.headings_above import with_headed_drugs, with_raised_drugs
from drugs.formats.legacy.markup import usual
from drugs.formats.legacy.outline import read_outline
from drugs.formats.legacy.page_draft import Draft
from drugs.formats.legacy.parts import GENERIC_NAME
from drugs.formats.legacy.word_counts import lost_words
from drugs.formats.result import FormatError, Page

__all__ = ["read_legacy_page"]


def read_legacy_page(body: str, *, slug: str, title: str, first_line: int) -> Page:
    """Page in `body`, the text below the front matter, whose first line is line `first_line` of the file.

    Raises FormatError, and nothing else, for a text that no document can hold.
    """
    body = usual(body)
    try:
        components = ComponentNames(title)
        components.learn(body)
        blocks = with_headed_drugs(read_blocks(body, first_line), components)
        blocks = with_raised_drugs(blocks, components)
        parts = assign_components(read_outline(blocks, title), components)
        drugs = _drug_words(title, parts, components)
        one_each = any(part.kind == GENERIC_NAME for part in parts)  # as all pages of the old site have it
        for careful in (False, True):
            draft = Draft(slug, title, drugs, components, careful, one_each)
            for part in parts:
                draft.add(part)
            page = draft.page()
            if not lost_words(body, page.document, draft.dropped):
                break
        else:
            page = _whole(body, slug, title, first_line)
            if lost_words(body, page.document, ()):
                raise FormatError("A word is longer than a section may be.", first_line)
    except DocumentError as error:
        raise FormatError(str(error), first_line) from error
    page.lines["title"] = first_line
    return page


def _drug_words(title, parts, components):
    """The words of the drugs that a page is about: of its title, its generic names and its components."""
    texts = [title, *components.abbreviations] + [part.component for part in parts]
    texts += [part.blocks[0].text[:200] for part in parts if part.kind == GENERIC_NAME and part.blocks]
    return frozenset(re.findall(r"\w{3,}", " ".join(texts).lower()))


def _whole(body, slug, title, line):
    """The page as one text, for those of which the parts do not hold every word."""
    draft = Draft(slug, title, frozenset(), ComponentNames(title))
    draft.sections = [(Section("other", "", piece), line) for piece in bodies(body)]
    draft.findings = [Finding("look", "kept_whole", "Not understood, and kept as one text.", "sections.0")]
    return draft.page()
