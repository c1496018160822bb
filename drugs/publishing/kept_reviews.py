"""Kept reviews: the proof that a change is spelling or names only, and so leaves a signed text as true as it was."""

from collections.abc import Iterator, Mapping

from drugs.audit import takeovers
from drugs.content import Document
from drugs.content.figures import figure_changes
from drugs.content.spelling import changed_words, spelling_objections, word_changes
from drugs.content.vocabulary import CHANGE_KIND_LABELS
from drugs.models import DrugName, Edition, Monograph, PublishedIngredient
from drugs.publishing.errors import PublishingError
from drugs.publishing.new_names import NewNames, bearers, likeness_objection
from drugs.publishing.publications import is_withdrawn
from drugs.publishing.signatures import lacks_second_person
from drugs.search import fulltext

KEEPS_REVIEW = ("typo", "names")
MOST_WORDS = 40  # that are looked up; a change of more is no spelling


def refuse_unproved(
    monograph: Monograph,
    last: Edition,
    after: Document,
    kind: str,
    by: str,
    borne: Mapping[str, str] | None = None,
) -> None:
    """A `kind` of KEEPS_REVIEW refused that says less than what changed from `last` to `after`: PublishingError.

    Where it would keep a review, a second person has to publish it, and the page must be public. `borne` are the
    `bearers` of the new names, where those of many pages were looked up at once.
    """
    if last.reviewed_on and is_withdrawn(monograph):
        raise PublishingError(
            "This page was withdrawn. It comes back with a new signature, or without one and as another kind of change."
        )
    before = last.said
    objections = list(kept_review_objections(monograph, before, after, kind, bool(last.reviewed_on), borne))
    if objections:
        what = "spelling" if kind == "typo" else "the names"
        fitting = CHANGE_KIND_LABELS[fitting_kind(before, after)].choice
        raise PublishingError(f"More than {what} has changed: {' '.join(objections)} Choose “{fitting}”.")
    if last.reviewed_on and (objection := takeovers.signing_objection(by)):
        raise PublishingError(
            f"{objection} This kind of change keeps a review, and so needs a second person."
        )
    if last.reviewed_on and lacks_second_person(monograph, by):
        raise PublishingError(
            "You changed this text yourself, and this kind of change keeps the review. Let a second person publish "
            "it, or choose another kind of change: the page is then not reviewed."
        )


def kept_review_objections(
    monograph: Monograph,
    before: Document,
    after: Document,
    kind: str,
    reviewed: bool = True,
    borne: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Sentences on what in the change from `before` to `after` is more than its `kind`, typo or names, says.

    A name that is like another medicine's does not end a review unseen; a page that is not `reviewed` may bear it.
    """
    if kind == "names":
        yield from _name_objections(monograph, before, after, reviewed, borne)
    else:
        words = changed_words(before, after)
        if len(words) > MOST_WORDS:
            yield f"{len(words)} words differ."
            return
        known = _known(monograph, words)
        yield from spelling_objections(before, after, vocabulary=known, drug_names=_drug_names(words))


def fitting_kind(before: Document, after: Document) -> str:
    """The kind of change that an editor most likely means: names, clearer words, or facts where a figure changed."""
    if _differ_in_names_only(before, after):
        return "evidence" if before == after or _bears_other_names(before, after) else "names"
    same_rows = len(before.sections) == len(after.sections) and before.side_effects == after.side_effects
    return "clarity" if same_rows and not figure_changes(before, after).listed else "evidence"


def _differ_in_names_only(before, after):
    return {**vars(before), "names": ()} == {**vars(after), "names": ()}


def _bears_other_names(before, after):
    return bool(set(after.names) - set(before.names))


def new_names(before: Document, after: Document) -> list[str]:
    """The names that `after` has and `before` has not."""
    known = set(before.names)
    return [name.text for name in after.names if name not in known]


def _name_objections(monograph, before, after, reviewed, borne):
    if not _differ_in_names_only(before, after):
        changes = word_changes(before, after)
        yield from (f"{change}." for change in changes[:3])
        if not changes:
            yield "Other parts of the page differ."
        return
    if borne is None:
        [borne] = bearers([NewNames(monograph, after, new_names(before, after))])
    for name, bearer in borne.items():
        if bearer:
            yield f"“{name}” is a name of {bearer}."
        elif reviewed and (objection := likeness_objection(before, name)):
            yield objection


def _known(monograph, words):
    """Those of `words` that stand on other pages."""
    publication = monograph.publication_or_none
    return fulltext.known_words(words, besides=publication.pk if publication else None)


def _drug_names(words):
    """Those of `words` that a medicine is called."""
    rows = (model.objects.filter(folded__in=words) for model in (Monograph, DrugName, PublishedIngredient))
    return frozenset().union(*(found.values_list("folded", flat=True) for found in rows))
