"""Index maintenance: all that is kept of a page for those who look for it, written with every edition.

Everything is derived from editions inside the publishing transaction, so what readers find is what they get.
"""

from collections.abc import Callable, Sequence

from django.db import transaction

from drugs.content import Document
from drugs.models import Publication
from drugs.models.paging import batches
from drugs.search import counters, facets, fulltext, names
from drugs.search.derived_index import DerivedIndex, IndexedPage

INDEXES: tuple[DerivedIndex, ...] = (names, fulltext, facets)
# Pages that one transaction of a rebuild rewrites: a writer who comes meanwhile waits for no more.
BATCH = 500


def write(pages: Sequence[IndexedPage]) -> bool:
    """All that search and lists know of these pages, put right. Call it in the publishing transaction.

    Returns whether a name is new or gone, by which other pages may link to one of these.
    """
    changed = {index: index.write(pages) for index in INDEXES}
    return changed[names]


def remove(publication: Publication) -> None:
    """All of one page taken away, as when it is withdrawn. Call it in that transaction."""
    write([(publication, None)])


def rewrite(pages: Sequence[IndexedPage]) -> None:
    """All of many pages put right, whatever stands there now."""
    for index in INDEXES:
        index.rewrite(pages)


def differing(pages: Sequence[IndexedPage]) -> set[int]:
    """The keys of those of `pages` of which an index says something else than their documents."""
    found = {key for index in INDEXES for key in index.differing(pages)}
    return found | {page.pk for page, document in pages if document and page.language != document.language}


def clear() -> None:
    """All of all pages taken away. Call it in the transaction that takes the pages."""
    for index in INDEXES:
        index.clear()


def rebuild(done: Callable[[int], object] = lambda count: None) -> int:
    """All of all pages written anew. Returns how many pages there are; `done` is told after each batch.

    One transaction a batch: readers find every page all the while, and editors wait for one batch at most.
    """
    count = 0
    for batch in batches(Publication.objects.only("pk"), BATCH):
        _rebuild([page.pk for page in batch])
        count += len(batch)
        done(count)
    counters.recount()
    return count


@transaction.atomic
def _rebuild(keys):
    counters.lock_counters()  # an edition that is published meanwhile would be overwritten with what was read before it
    pages = Publication.objects.filter(pk__in=keys).select_related("edition").order_by("pk")
    documents = [(page, Document.from_json(page.edition.document)) for page in pages]
    for page, document in documents:
        # A version from before this column publishes without it, while a site is brought up to date.
        if page.language != document.language:
            page.language = document.language
            page.save(update_fields=["language"])
    rewrite([(page, None if page.withdrawn_at else document) for page, document in documents])
    counters.touch_relations()  # with the rows: a rebuild that dies later leaves no kept answer from before them
