"""Desk revisions and contributors: the text that each save replaces, and whoever wrote since a second person signed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q

from drugs.content import Document, DocumentError
from drugs.models import Contributor, DeskRevision, Edition, Monograph

MOST_REVISIONS = 200  # kept of one page; the oldest goes first


def revision(monograph: Monograph, version: int) -> Document | None:
    """What the desk of `monograph` said as `version`, or None if that is not known any more."""
    row = DeskRevision.objects.filter(monograph=monograph, version=version).first()
    if row is None:
        return None
    try:
        return Document.from_json(row.document)
    except DocumentError:  # of a schema that this version of the program cannot read
        return None


def keep_revisions(pairs: Iterable[tuple[Monograph, Document]]) -> None:
    """The text of each desk kept as what its monograph, as it is in the database, says now."""
    pairs = list(pairs)
    rows = (
        DeskRevision(
            monograph=monograph,
            version=monograph.version,
            document=document.to_json(),
            saved_at=monograph.changed_at,
            saved_by=monograph.changed_by,
        )
        for monograph, document in pairs
    )
    DeskRevision.objects.bulk_create(rows, ignore_conflicts=True)  # somebody else may have kept it just now
    for monograph, _ in pairs:
        if (oldest := monograph.version - MOST_REVISIONS) > 0:
            DeskRevision.objects.filter(monograph=monograph, version__lte=oldest).delete()


def add_contributors(monographs: Iterable[Monograph], who: str) -> None:
    """`who` noted as one who changed these desks since a second person last signed them."""
    _note(Contributor(monograph=monograph, who=who) for monograph in monographs)


def _note(rows):
    Contributor.objects.bulk_create(rows, ignore_conflicts=True)  # who is noted already stays so


def contributors(monograph: Monograph) -> list[str]:
    """Whoever changed the desk since a second person last signed it, in the order in which they began."""
    rows = Contributor.objects.filter(monograph=monograph, signed_in=None)
    return list(rows.values_list("who", flat=True))


def sign_contributors(edition: Edition) -> None:
    """What everybody wrote noted as signed, by a second person, in `edition`, which holds all of it."""
    rows = Contributor.objects.filter(monograph=edition.monograph_id, signed_in=None)
    rows.update(signed_in=edition.number)


def add_writers_of(edition: Edition) -> None:
    """Whoever wrote what no second person signed in `edition`, or before it, noted anew: its text is back."""
    add_writers_before(edition.monograph, edition.published_at, edition.number)


def add_writers_before(monograph: Monograph, moment: datetime, number: int, last: str = "") -> None:
    """Whoever wrote until `moment`, `last` at it, what no second person signed up to edition `number`, noted anew."""
    wrote = Q(since__lte=moment) | Q(who=last)  # who begins is noted a moment after the text is dated
    rows = Contributor.objects.filter(wrote, monograph=monograph, signed_in__gt=number)
    _note(Contributor(monograph=monograph, who=who) for who in rows.values_list("who", flat=True))


def forget_revisions(moments: Mapping[Monograph, datetime]) -> None:
    """Revisions that were saved before the moment of their monograph deleted; the one before the present text always
    stays.
    """
    rows = DeskRevision.objects.filter(monograph__in=moments).values_list(
        "pk", "monograph_id", "version", "saved_at"
    )
    by_key = {monograph.pk: (monograph.version - 1, moment) for monograph, moment in moments.items()}
    old = [
        pk for pk, key, version, saved_at in rows if version < by_key[key][0] and saved_at < by_key[key][1]
    ]
    if old:
        DeskRevision.objects.filter(pk__in=old).delete()
