"""What must not be published, and what an editor should look at: Document to findings.

Three levels: `block` cannot be published at all, `review` cannot be published as reviewed, `look` asks an
editor for a tick. Each check is one function from a document to findings; none touches a database.
"""

from drugs.content_checks import advisory as looks
from drugs.content_checks import blocking as blocks
from drugs.content_checks import readability as style
from drugs.content_checks import signing as reviews
from drugs.content_checks.shared_paragraphs import paragraph_hashes, shared_paragraphs

__all__ = ["blocking", "check", "paragraph_hashes"]


def check(document, *, country="intl", shared=None):
    """All findings about `document`, the gravest level first.

    `country` is the code of the site's own (drugs/country.py). `shared` maps hashes of paragraphs (see
    `paragraph_hashes`) to the slug of another page that has them.
    """
    findings = blocking(document)
    findings += _run(reviews.CHECKS, document)
    findings += reviews.emergency_number_is_ours(document, country)
    findings += _run((*looks.CHECKS, *style.CHECKS), document)
    return findings + list(shared_paragraphs(document, shared or {}))


def blocking(document):
    """The findings that forbid publishing `document`; no other check is run."""
    return _run(blocks.CHECKS, document)


def _run(checks, document):
    return [finding for check in checks for finding in check(document)]
