"""What does search keep of a page? Written with every edition, and anew at any time.

Everything is derived from editions inside the publishing transaction, so what readers find is what they get.
"""

from drugs.document import Document
from drugs.models import Publication
from drugs.search import names, words

# Pages that one transaction of a rebuild rewrites: a writer who comes meanwhile waits for no more.
BATCH = 500


def write(publication, document):
    """Rewrites all that search knows of `publication`. Call it in the publishing transaction."""
    names.index(publication, document)
    words.index(publication, document)


def remove(publication):
    """Forgets `publication`, as when it is withdrawn. Call it in that transaction."""
    names.unindex(publication)
    words.unindex(publication)


def rebuild(done=lambda count: None):
    """Writes the index of all pages anew and returns how many there are; `done` is told after each batch.

    One transaction a batch: readers find every page all the while, and editors wait for one batch at most.
    """
    count, last = 0, 0
    while batch := list(
        Publication.objects.filter(pk__gt=last).select_related("edition").order_by("pk")[:BATCH]
    ):
        pages = [
            (page, None if page.withdrawn_at else Document.from_json(page.edition.document)) for page in batch
        ]
        names.rewrite(pages)
        words.rewrite(pages)
        count, last = count + len(batch), batch[-1].pk
        done(count)
    return count
