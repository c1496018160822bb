"""Rewriting: the desk made to say another text; names keep what brought them, and what is replaced is kept."""

from django.db import transaction

from drugs import audit
from drugs.content import Document
from drugs.desk.revisions import add_writers_before, add_writers_of
from drugs.desk.rows import keep_replaced, record_saved, write
from drugs.models import DeskRevision, DrugName, Edition, Monograph


class StaleDesk(Exception):
    """The desk has another version than the one that somebody has read."""

    def __init__(self) -> None:
        super().__init__("The text has changed since you opened this page. Read it again first.")


@transaction.atomic
def rewrite(monograph: Monograph, document: Document, *, by: str, version: int | None = None) -> Monograph:
    """The desk of `monograph` made to say what `document` says: the Monograph as it is then.

    Names keep what brought them; new ones are an editor's. `version` is that of the desk which this person has
    read: raises StaleDesk if it has another one now.
    """
    audit.lock_log()
    monograph = Monograph.objects.select_for_update().get(pk=monograph.pk)
    if version is not None and version != monograph.version:
        raise StaleDesk
    keep_replaced(monograph)
    names = DrugName.objects.filter(monograph=monograph)
    sources = {(name.text, name.kind): name.source for name in names}
    names.delete()
    write(document, by=by, monograph=monograph, names_from=DrugName.Source.EDITOR)
    for (text, name_kind), source in sources.items():
        names.filter(text=text, kind=name_kind).update(source=source)
    record_saved([monograph], by)
    return monograph


@transaction.atomic
def put_back(
    monograph: Monograph, revision: DeskRevision, *, by: str, version: int | None = None
) -> Monograph:
    """The text of an earlier `revision` put back on the desk, where nobody but editors sees it.

    Whoever wrote what no second person signed in it is a writer of the desk again. Raises StaleDesk, and
    DocumentError for a revision that this version of the program cannot read.
    """
    monograph = rewrite(monograph, Document.from_json(revision.document), by=by, version=version)
    earlier = Edition.objects.filter(monograph=monograph, published_at__lte=revision.saved_at).order_by(
        "-number"
    )
    number = earlier.values_list("number", flat=True).first() or 0
    add_writers_before(monograph, revision.saved_at, number, revision.saved_by)
    record_saved([monograph], by)
    return monograph


@transaction.atomic
def put_edition_back(
    monograph: Monograph, edition: Edition, *, by: str, version: int | None = None
) -> Monograph:
    """The text of an `edition` put back on the desk: of the current one, to discard what changed. As `put_back`."""
    monograph = rewrite(monograph, Document.from_json(edition.document), by=by, version=version)
    add_writers_of(edition)
    record_saved([monograph], by)
    return monograph
