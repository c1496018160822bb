"""What does the site keep of a page for those who look for it? Written with every edition, anew at any time.

Everything is derived from editions inside the publishing transaction, so what readers find is what they get.
"""

from django.db import transaction

from drugs.content import Document
from drugs.models import Publication
from drugs.search import counters, facets, fulltext, names
from drugs.search.names import index

# Pages that one transaction of a rebuild rewrites: a writer who comes meanwhile waits for no more.
BATCH = 500


def write(publication, document):
    """Rewrites all that search and lists know of `publication`. Call it in the publishing transaction.

    Returns whether a name is new or gone, by which other pages may link to this one.
    """
    renamed = names.write(publication, document)
    fulltext.write(publication, document)
    facets.write(publication, document)
    return renamed


def remove(publication):
    """Forgets `publication`, as when it is withdrawn. Call it in that transaction."""
    names.remove(publication)
    fulltext.remove(publication)
    facets.remove(publication)


def rewrite(pages):
    """The same for many at once: `pages` are pairs of Publication and Document, or None for a withdrawn one."""
    names.rewrite(pages)
    fulltext.rewrite(pages)
    facets.rewrite(pages)


def differing(pages):
    """The keys of those of `pages`, pairs as in `rewrite`, of which the index says something else: a set."""
    return names.differing(pages) | fulltext.differing(pages) | facets.differing(pages)


def clear():
    """Forgets all pages. Call it in the transaction that takes them away."""
    for part in (index, fulltext, facets):
        part.clear()


def rebuild(done=lambda count: None):
    """Writes the index of all pages anew and returns how many there are; `done` is told after each batch.

    One transaction a batch: readers find every page all the while, and editors wait for one batch at most.
    """
    count, last = 0, 0
    while batch := _rebuild_behind(last):
        count, last = count + len(batch), batch[-1].pk
        done(count)
    counters.recount()
    return count


@transaction.atomic
def _rebuild_behind(last):
    counters.lock_counters()  # an edition that is published meanwhile would be overwritten with what was read before it
    pages = Publication.objects.filter(pk__gt=last).select_related("edition").order_by("pk")[:BATCH]
    batch = list(pages)
    rewrite(
        [(page, None if page.withdrawn_at else Document.from_json(page.edition.document)) for page in batch]
    )
    return batch
