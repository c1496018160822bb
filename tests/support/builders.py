"""Monographs for tests, of invented medicines, so that no test looks like advice."""

from collections.abc import Iterable
from contextlib import nullcontext

from drugs import desk, publishing
from drugs.content import FAQ, Document, DrugClass, Name, Reference, Section, SideEffect
from drugs.models import Monograph, ProblemReport, Publication
from tests.support.clock import TODAY, today_is


def make_document(**overrides) -> Document:
    """A small whole Document about Examplol; any field may be given instead."""
    values = {
        "slug": "examplol",
        "title": "Examplol",
        "names": (Name("Examplol hydrochloride", "synonym"), Name("Xamp", "brand")),
        "classes": (DrugClass("Beta blockers"),),
        "sections": (
            Section("warning", "", "Do not stop it suddenly."),
            Section("uses", "", "It lowers high blood pressure. It also calms a racing heart."),
            Section("do_not_take", "", "Do not take it if you have asthma."),
            Section("pregnancy", "", "Ask your doctor before you take it while pregnant."),
            Section("side_effects", "", "Not everyone gets these."),
            Section("side_effects", "", "Report anything unusual."),
            Section("faqs"),
        ),
        "side_effects": (
            SideEffect(
                "Feeling tired", "Usually passes.", "common", "Common side effects", "very_common", "expected"
            ),
            SideEffect("Swelling of the face", "", "serious", "Serious side effects", "rare", "emergency"),
        ),
        "faqs": (FAQ("Can I drive?", "Not until you know how it affects you."),),
        "references": (Reference("Examplol leaflet", "Some agency", year=2024),),
    }
    return Document(**{**values, **overrides})


def make_monograph(**overrides) -> Monograph:
    """A Monograph whose desk says what `make_document(**overrides)` says. Nothing of it is published."""
    return desk.write(make_document(**overrides), by="writer")


def make_review(**overrides) -> publishing.Review:
    """A sign-off of today that is due in three years."""
    values = {"by": "Pat Doe", "role": "pharmacist", "on": TODAY, "due": TODAY.replace(year=2029)}
    return publishing.Review(**{**values, **overrides})


def publish_document(
    document: Document | None = None, *, kind="clarity", note="First text.", review=None, **overrides
) -> Publication:
    """A Publication of `document`, or of `make_document(**overrides)`, signed on the day of its `review`."""
    monograph = desk.write(document or make_document(**overrides), by="writer")
    with today_is(review.on) if review else nullcontext():
        publishing.publish(monograph, by="test", kind=kind, note=note, review=review)
    return Publication.objects.get(monograph=monograph)


def publish_again(
    publication: Publication, *, kind="clarity", note="Changed.", review=None, **overrides
) -> Publication:
    """The Publication after the next edition, which says what `make_document(**overrides)` says."""
    document = make_document(**{"slug": publication.slug, "title": publication.title, **overrides})
    monograph = desk.write(document, by="writer", monograph=publication.monograph)
    publishing.publish(monograph, by="test", kind=kind, note=note, review=review)
    return Publication.objects.get(monograph=monograph)


def publish_documents(documents: Iterable[Document]) -> list[Publication]:
    """First publications of many documents at once, in their order: a tenth of the time of one after the other."""
    documents = list(documents)
    monographs = desk.create(documents, by="writer")
    pages = zip(monographs, documents, strict=True)
    errors = publishing.publish_new([(*page, "First text.") for page in pages], by="test", kind="clarity")
    assert not any(errors), errors
    return list(Publication.objects.filter(monograph__in=monographs).order_by("monograph"))


def make_report(monograph: Monograph, **overrides) -> ProblemReport:
    """A reader's ProblemReport, still open, about what the current edition of `monograph` is used for."""
    publication = Publication.objects.get(monograph=monograph)
    values = {
        "number": publication.number,
        "sha256": publication.sha256,
        "section": "uses",
        "heading": "What it is used for",
        "kind": "wrong",
        "message": "It is not for headaches.",
    }
    return ProblemReport.objects.create(monograph=monograph, **{**values, **overrides})
