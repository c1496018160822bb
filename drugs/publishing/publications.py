"""Publications: the row that readers meet, made current with an edition, or withdrawn."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from drugs import audit, labels
from drugs.audit import facts
from drugs.caching import stale_pages
from drugs.content import Document
from drugs.content.components import with_component
from drugs.content.markdown import plain
from drugs.content.sort_keys import letter_of, sort_key
from drugs.models import Edition, Monograph, Publication
from drugs.publishing import change_log
from drugs.publishing.errors import PublishingError
from drugs.publishing.file_sources import source_columns
from drugs.publishing.locks import lock_publishing
from drugs.search import counters, index

# What the pages of other medicines show of one, beside its names: links, badges, the order of combinations.
SHOWN_ELSEWHERE = ("slug", "title", "language", "ingredients", "reviewed_on", "review_due", "withdrawn_at")


def make_public(pages: Sequence[tuple[Edition, Document]]) -> None:
    """Publications of first editions with what each of them holds, their index entries and counters."""
    sources = source_columns([edition.monograph_id for edition, _ in pages])
    publications = Publication.objects.bulk_create(
        Publication(
            monograph=edition.monograph,
            **publication_columns(edition, document),
            **sources.get(edition.monograph_id, {}),
        )
        for edition, document in pages
    )
    documents = (document for _, document in pages)
    index.rewrite(list(zip(publications, documents, strict=True)))
    counters.change(Counter(), sum(map(counters.counts_of_page, publications), Counter()))
    counters.touch_relations()
    change_log.append((page, change_log.kind_of_edition(page, was_withdrawn=False)) for page in publications)
    cited = ((page, document) for page, (_, document) in zip(publications, pages, strict=True))
    labels.note_editions(cited, may_cite_already=False)


def make_current(pages: Sequence[tuple[Edition, Document]], *, is_old_text: bool = False) -> None:
    """The publications of pages moved on to their next editions, each with the document that it holds, and with them
    index and counters.

    `is_old_text`: they say again what earlier editions said.
    """
    keys = [edition.monograph_id for edition, _ in pages]
    by_monograph = {page.monograph_id: page for page in Publication.objects.filter(monograph__in=keys)}
    publications = [by_monograph[key] for key in keys]
    counted = sum(map(counters.counts_of_page, publications), Counter())
    shown = [_shown_elsewhere(publication) for publication in publications]
    was_withdrawn = {publication.pk for publication in publications if publication.withdrawn_at}
    sources = source_columns(keys)
    for publication, (edition, document) in zip(publications, pages, strict=True):
        columns = {**publication_columns(edition, document), **sources.get(edition.monograph_id, {})}
        for name, value in columns.items():
            setattr(publication, name, value)
        publication.save(update_fields=columns)
    counters.change(counted, sum(map(counters.counts_of_page, publications), Counter()))
    documents = [document for _, document in pages]
    renamed = index.write(list(zip(publications, documents, strict=True)))
    if renamed or shown != [_shown_elsewhere(publication) for publication in publications]:
        counters.touch_relations()
    change_log.append(
        (
            page,
            change_log.kind_of_edition(page, was_withdrawn=page.pk in was_withdrawn, is_old_text=is_old_text),
        )
        for page in publications
    )
    labels.note_editions(zip(publications, documents, strict=True), may_cite_already=True)


def is_withdrawn(monograph: Monograph) -> bool:
    """Whether readers had a page of `monograph` that was taken from them."""
    publication = monograph.publication_or_none
    return publication is not None and publication.withdrawn_at is not None


def _shown_elsewhere(publication):
    return [getattr(publication, name) for name in SHOWN_ELSEWHERE]


def publication_columns(edition: Edition, document: Document) -> dict[str, Any]:
    """Columns of a page's Publication, by name, while `edition`, which holds `document`, is the current one."""
    key = sort_key(document.title)
    return {
        "slug": document.slug,
        "title": document.title,
        "language": document.language,
        "letter": letter_of(key),
        "sort_key": key,
        "edition": edition,
        "number": edition.number,
        "desk_version": edition.monograph.version,
        "sha256": edition.sha256,
        "published_at": edition.published_at,
        "origin": document.origin,
        "reviewed_by": edition.reviewed_by,
        "reviewer_role": edition.reviewer_role,
        "reviewed_on": edition.reviewed_on,
        "review_due": edition.review_due,
        "review_of": edition.review_of,
        "summary": summary(document),
        "classes": [item.name for item in document.classes],
        "ingredients": list(document.ingredients),
        "withdrawn_at": None,
        "withdrawn_reason": "",
        "successor": None,
    }


@transaction.atomic
def withdraw(
    publication: Publication, *, reason: str, by: str, successor: Publication | None = None
) -> Publication:
    """Withdrawal of a page from readers, who are told when and why; `by` is who does it. Its editions stay.

    With a `successor`, the Publication of a page on the same medicine, readers are led there for ever, or until
    the page is published again (`merging.merge`). Raises PublishingError.
    """
    if not reason.strip():
        raise PublishingError("Say why the page is withdrawn; readers are told.")
    lock_publishing()
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    counted = counters.counts_of_page(publication)
    publication.withdrawn_at, publication.withdrawn_reason = timezone.now(), reason.strip()
    publication.successor = successor
    publication.save(update_fields=["withdrawn_at", "withdrawn_reason", "successor"])
    index.remove(publication)
    counters.change(counted, counters.counts_of_page(publication))
    counters.touch_relations()
    counters.touch_withdrawals()
    change_log.append([(publication, "moved" if successor else "withdrawn")])
    stated, at = facts.withdrawn(publication), publication.withdrawn_at
    audit.record(by, "withdrawn", publication.slug, publication.withdrawn_reason, stated, at=at)
    transaction.on_commit(stale_pages.invalidate)
    return publication


def summary(document: Document) -> str:
    """Summary for lists: the first sentence of what the medicine is for, as plain text of at most 300 characters."""
    sections = document.of_kind("uses") or document.of_kind("key_facts")
    first = min(
        sections, key=lambda section: bool(section.component), default=None
    )  # of the whole page if one is
    text = with_component(first.component, plain(first.body)) if first else ""
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text, maxsplit=1)[0]
    return sentence if len(sentence) <= 300 else sentence[:298].rsplit(" ", 1)[0] + " …"
