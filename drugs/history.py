"""What did a page say before, and what changed? Differences between neighbouring editions, kept once made."""

from drugs import differences
from drugs.article import keep
from drugs.document import Document
from drugs.models import Edition

# Raise it when the same two editions are to be told apart in another way.
VERSION = "1"


def changes(edition):
    """The Changes from the edition before `edition` to it, or None if it is the first one."""
    if edition.number == 1:
        return None
    return keep(f"changes:{edition.record}:{VERSION}", lambda: tuple(_compare(edition)))


def _compare(edition):
    before = Edition.objects.get(monograph=edition.monograph_id, number=edition.number - 1)
    texts = (Document.from_json(one.document) for one in (before, edition))
    return differences.compare(*texts)


def news(count):
    """The newest editions that say something new to readers, at most `count`, without their documents.

    What was imported, and editions of names only, are no news; pages that are withdrawn have none.
    """
    found = Edition.objects.exclude(kind__in=Edition.NO_NEWS).filter(
        monograph__publication__withdrawn_at=None
    )
    return (
        found.select_related("monograph__publication")
        .defer("document")
        .order_by("-published_at", "-id")[:count]
    )
