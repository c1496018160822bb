"""Source columns of publications: the file that a page was last imported from, as of its current edition."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q, QuerySet

from drugs.models import ImportRecord, Publication
from drugs.publishing import change_log
from drugs.publishing.locks import lock_publishing
from drugs.search import counters

COLUMNS = {
    "source_path": "path",
    "source_format": "format",
    "source_sha256": "sha256",
    "old_address": "old_address",
}


def source_columns(monographs: Sequence[int]) -> dict[int, dict[str, str]]:
    """Columns that say from what file each of these monographs was last imported, by its key."""
    return {
        record.monograph_id: {column: getattr(record, name) for column, name in COLUMNS.items()}
        for record in ImportRecord.objects.filter(monograph__in=monographs).defer("kept")
    }


def outdated_sources() -> QuerySet[Publication]:
    """Publications whose edition is younger than their import, and that name another file, or none.

    There are none, unless a version from before these columns published while the site was brought up to date.
    """
    record = "monograph__import_record__"
    is_named = Q(**{column: F(f"{record}{name}") for column, name in COLUMNS.items()})
    imported = Publication.objects.filter(**{f"{record}imported_at__lte": F("published_at")})
    return imported.exclude(is_named).order_by("pk")


@transaction.atomic
def put_sources_right() -> int:
    """The file in all that `outdated_sources` finds, as changes that programs follow: how many."""
    lock_publishing()
    pages = list(outdated_sources())
    found = source_columns([page.monograph_id for page in pages])
    for page in pages:
        for column, value in found[page.monograph_id].items():
            setattr(page, column, value)
        page.save(update_fields=COLUMNS)
    change_log.append(
        (page, change_log.kind_of_edition(page, was_withdrawn=False))
        for page in pages
        if page.withdrawn_at is None
    )
    if pages:
        counters.touch_relations()  # by which answers that are kept are made anew
    return len(pages)
