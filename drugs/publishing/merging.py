"""Merging of two pages on one medicine: one is withdrawn and leads readers to the other, which gets its names."""

from django.db import transaction
from django.utils.translation import gettext as _

from drugs import desk, formats
from drugs.content import Document, DocumentError, Name
from drugs.content.normalisation import fold
from drugs.models import DrugName, Monograph
from drugs.publishing import locks, publications
from drugs.publishing.errors import PublishingError


@transaction.atomic
def merge(
    monograph: Monograph,
    into: Monograph,
    *,
    by: str,
    version: int | None = None,
    into_version: int | None = None,
) -> list[Name]:
    """Withdrawal of the page of `monograph` in favour of that of `into`, and the names that went over there.

    These wait on the desk of `into` to be published, as brought by an editor.
    A desk that was never published stays as it is. `by` is who merges, as text; the versions are those of the
    desks that this person has compared. Raises PublishingError if readers could not be led there.
    """
    locks.lock_publishing()
    # In one order, so that two people who merge the same pages at once wait for each other.
    versions = {monograph.pk: version, into.pk: into_version}
    locked = {pk: locks.lock_monograph(Monograph(pk=pk), versions[pk]) for pk in sorted(versions)}
    monograph, into = locked[monograph.pk], locked[into.pk]
    if reason := objection(monograph, into):
        raise PublishingError(reason)
    names = names_to_go(monograph, into)
    desk.add_names(into, names, source=DrugName.Source.EDITOR, by=by)
    _refuse_overlong(into)
    publication, successor = monograph.publication_or_none, into.publication_or_none
    if publication and successor:  # where there is the first, `objection` has made sure of the second
        reason = _("Same medicine as %(title)s.") % {"title": successor.title}
        publications.withdraw(publication, reason=reason, by=by, successor=successor)
    return names


def objection(monograph: Monograph, into: Monograph) -> str:
    """Objection to a merge: why `monograph` cannot be withdrawn in favour of `into`, in a sentence; empty if it can.

    Only a page that readers see takes the place of one they saw, so no chain of pages ever leads back to itself.
    """
    successor = into.publication_or_none
    if into.pk == monograph.pk:
        return "A page cannot take its own place."
    if successor and successor.withdrawn_at:
        last = successor.final()
        if last != successor:
            return f"{into} is itself withdrawn as the same medicine as {last}. Choose that page."
        return f"{into} is withdrawn, so readers cannot be led to it. Restore it first."
    if not successor and monograph.publication_or_none:
        return f"{into} was never published, so readers cannot be led to it. Publish it first."
    return ""


def names_to_go(monograph: Monograph, into: Monograph) -> list[Name]:
    """The Names by which `monograph` is known and `into` is not: its title, and all on its desk or published.

    A name that `into` has in any spelling and of any kind stays as it is there.
    """
    known = {_folded(into.title), *(_folded(text) for text in into.names.values_list("text", flat=True))}
    names: dict[str, Name] = {}
    for name in _names(monograph):
        names.setdefault(_folded(name.text), name)
    return [name for folded, name in names.items() if folded not in known]


def _names(monograph):
    """The names of `monograph`, the title with the kind it has among them, or else as a synonym."""
    titles = [monograph.title]
    names = [Name(text, kind) for text, kind in monograph.names.values_list("text", "kind")]
    if publication := monograph.publication_or_none:
        document = Document.from_json(publication.edition.document)
        titles.append(document.title)
        names += document.names
    kinds = {_folded(name.text): name.kind for name in reversed(names)}
    return [*(Name(title, kinds.get(_folded(title), "synonym")) for title in titles), *names]


def _folded(text):
    return fold(text) or text.casefold()


def _refuse_overlong(monograph):
    try:
        formats.check_size(desk.read(monograph))
    except DocumentError as error:
        raise PublishingError(f"{monograph} cannot take the names: {error}") from error
