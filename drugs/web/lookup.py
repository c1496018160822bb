"""Lookup of pages by slug: the current one, 404, and what to raise for one that is gone (410) or moved (301)."""

import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from drugs.models import Publication, SourceNotice
from drugs.models.publication_rows import COLUMNS, publications


class Withdrawn(Exception):
    """The page was taken from readers; `publication` says when and why."""

    def __init__(self, publication: Publication) -> None:
        super().__init__(publication.slug)
        self.publication = publication


class Moved(Exception):
    """The page was withdrawn as a duplicate; `successor` is the page on the same medicine."""

    def __init__(self, successor: Publication) -> None:
        super().__init__(successor.slug)
        self.successor = successor


class CurrentPage(NamedTuple):
    """A page as readers meet it: its row, with the `language` of its text, and what is told around that.

    `candidates` are words that may name other medicines, one a line; `source_changed_on` is the day on which a source
    of the page changed, if readers are told so by now.
    """

    publication: Publication
    document: str
    candidates: str
    source_changed_on: datetime.date | None


_PAGE = f"""
SELECT {COLUMNS}, drugs_edition.document, drugs_publishedmentions.candidates,
CASE WHEN drugs_sourcenotice.begins_on <= %s THEN drugs_sourcenotice.changed_on END
FROM drugs_publication
JOIN drugs_edition ON drugs_edition.id = drugs_publication.edition_id
LEFT JOIN drugs_sourcenotice ON drugs_sourcenotice.monograph_id = drugs_publication.monograph_id
LEFT JOIN drugs_publishedmentions ON drugs_publishedmentions.publication_id = drugs_publication.id
WHERE drugs_publication.slug = %s"""  # noqa: S608
_BESIDE = ("document", "candidates", "source_changed_on")


def find_page(slug: str) -> CurrentPage:
    """The page that readers of `slug` meet, with all that is shown of it: one query.

    Raises as `find_publication`.
    """
    found = publications(_PAGE, [timezone.localdate(), slug], _BESIDE)
    if not found:
        raise Http404(slug)
    publication = found[0]
    if publication.withdrawn_at:
        raise _gone(publication)
    day = publication.source_changed_on  # as the database's driver gives it
    changed_on = datetime.date.fromisoformat(day) if isinstance(day, str) else day
    return CurrentPage(publication, publication.document, publication.candidates or "", changed_on)


def find_publication(slug: str, *related: str, lead_on: bool = True) -> Publication:
    """The Publication that readers of `slug` meet, with `related` rows. Raises Http404, Moved or Withdrawn.

    Unless `lead_on`, a duplicate raises Withdrawn instead of Moved: no other page has its editions.
    """
    pages = Publication.objects.filter(slug=slug)
    if related:
        pages = pages.select_related(*related)
    publication = pages.first()
    if publication is None:
        raise Http404(slug)
    if publication.withdrawn_at:
        raise _gone(publication, lead_on)
    return publication


NOTICE = "monograph__source_notice"  # to be joined where `source_changed_on` is asked


def source_changed_on(publication: Publication) -> datetime.date | None:
    """The day on which a source of the page changed, if readers are told so by now; NOTICE is joined."""
    notice: SourceNotice | None = getattr(publication.monograph, "source_notice", None)
    return notice.changed_on if notice and notice.begins_on <= timezone.localdate() else None


def _gone(publication: Publication, lead_on: bool = True) -> Moved | Withdrawn:
    """What to raise for a page that was withdrawn."""
    last = publication.final() if lead_on else publication
    return Moved(last) if last != publication else Withdrawn(publication)


def find_after(pages: QuerySet[Publication], slug: str) -> Publication:
    """The row of `pages` that a list goes on after, even if it was withdrawn meanwhile. Raises Http404."""
    if "\0" in slug:
        raise Http404
    return get_object_or_404(pages, slug=slug)
