"""What did a page say before, and what changed? Differences between neighbouring editions, kept once made."""

from dataclasses import replace

from django.utils.translation import get_language

from drugs.caching.page_cache import cached_value
from drugs.content import Document, diff
from drugs.models import Edition


def changes(edition):
    """The Changes from the edition before `edition` to it, or None if it is the first one."""
    if edition.number == 1:
        return None
    return cached_value(f"changes:{edition.record}:{get_language()}", lambda: tuple(_compare(edition)))


def _compare(edition):
    before = Edition.objects.get(monograph=edition.monograph_id, number=edition.number - 1)
    return diff.compare(*(_shown(Document.from_json(one.document)) for one in (before, edition)))


def _shown(document):
    """What readers see of it: misspellings are for the search alone."""
    return replace(document, names=tuple(name for name in document.names if name.kind != "misspelling"))


def recent_changes(count, **only):
    """The newest editions that say something new to readers, at most `count`, without their documents.

    What was imported, and editions of names only, are no news; pages that are withdrawn have none.
    """
    found = Edition.objects.filter(kind__in=Edition.NEWS, monograph__publication__withdrawn_at=None)
    return (
        found.filter(**only)
        .select_related("monograph__publication")
        .defer("document")
        .order_by("-published_at", "-id")[:count]
    )
