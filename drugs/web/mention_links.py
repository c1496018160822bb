"""Links to the pages of other medicines, where a page speaks of other medicines, of whom it harms, or of food.

They are put into the finished HTML, since whom a name means changes without a new edition.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils.html import format_html, format_html_join

from drugs.content.markdown import LINK_END, Mark, annotate
from drugs.content.normalisation import fold
from drugs.models import Publication
from drugs.search import mentions
from drugs.web.article import Article

_SECTION = re.compile(rf"""<section class="(?:part|box) (?:{"|".join(mentions.SECTIONS)})[ "]""")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def with_links(article: Article, publication: Publication, candidates: Iterable[str]) -> Article:
    """`article` of the page of `publication` with a link where each of its sections first names another medicine.

    `candidates` are what of its text may be a name, folded.
    """
    targets = mentions.meant(candidates, besides=publication)
    if not targets:
        return article
    groups = tuple(replace(group, html=linked(group.html, targets)) for group in article.groups)
    return replace(
        article,
        boxes=linked(article.boxes, targets),
        before=linked(article.before, targets),
        groups=groups,
        after=linked(article.after, targets),
    )


def linked(html: str, targets: Mapping[str, Publication]) -> str:
    """HTML of sections with links to `targets`, by folded name, in those that speak of other medicines."""
    pieces = re.split(r"(?=<section class=\"(?:part|box) )", html)
    done = (_linked(piece, targets if _SECTION.match(piece) else {}) for piece in pieces)
    return format_html_join("", "{}", ((piece,) for piece in done))


def _linked(html: str, targets: Mapping[str, Publication]) -> str:
    left = dict(targets)
    return annotate(html, lambda text: _marks(text, left))


def _marks(text: str, left: dict[str, Publication]) -> Iterator[Mark]:
    """Links around the names in `text`, the longest first; each name is taken out of `left`."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        for count in range(mentions.LONGEST, 0, -1):
            if at + count > len(words):
                continue
            start, end = words[at].start(), words[at + count - 1].end()
            page = left.pop(fold(text[start:end]), None) if end - start <= 200 else None
            if page:
                yield Mark(start, end, format_html('<a href="{}">', page.get_absolute_url()), LINK_END)
                at += count - 1
                break
        at += 1
