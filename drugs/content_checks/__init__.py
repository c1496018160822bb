"""Content checks: what must not be published, and what an editor should look at. Document to findings.

Three levels: `block` cannot be published at all, `review` cannot be published as reviewed, `look` asks an
editor for a tick. Each check is one function from a document to findings; none touches a database.
"""

from collections.abc import Mapping

from drugs.content import Document, Finding
from drugs.content_checks import advisory, blocking, components, pasted_text, readability, signing
from drugs.content_checks.shared_paragraphs import paragraph_hashes, shared_paragraphs

__all__ = ["blocking_findings", "check", "paragraph_hashes"]


def check(
    document: Document, *, country: str = "intl", shared: Mapping[str, str] | None = None
) -> list[Finding]:
    """All findings about `document`, the gravest level first.

    `country` is the code of the site's own (drugs.content.countries). `shared` maps hashes of paragraphs (see
    `paragraph_hashes`) to the slug of another page that has them.
    """
    findings = blocking_findings(document)
    findings += _run(signing.CHECKS, document)
    findings += signing.emergency_number_is_ours(document, country)
    findings += _run(
        (*advisory.CHECKS, *components.CHECKS, *pasted_text.CHECKS, *readability.CHECKS), document
    )
    return findings + list(shared_paragraphs(document, shared or {}))


def blocking_findings(document: Document) -> list[Finding]:
    """The findings that forbid publishing `document`; no other check is run."""
    return _run(blocking.CHECKS, document)


def _run(checks, document):
    return [finding for check in checks for finding in check(document)]
