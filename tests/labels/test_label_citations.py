"""Citations of labels: what a reference says, whom it names, and quotations."""

from drugs.formats.label import LabelDocument, LabelSection
from drugs.labels import citation, quotation

SECTION = LabelSection("uses", "34067-9", "1 <b>USES</b>\u2028", "One.\n\nTwo.")


def label(**changes):
    facts = dict.fromkeys(("document_id", "labeler", "doc_type", "title", "sha256", "language"), "x")
    return LabelDocument(
        **{
            **facts,
            "source": "epi",
            "country": "eu",
            "set_id": "s1",
            "version": None,
            "effective_date": "2026",
            **changes,
        }
    )


def test_a_citation_names_whom_the_licence_of_the_label_wants_named():
    assert (
        citation(label(labeler="Some Labs"), SECTION).publisher
        == "Some Labs, European Medicines Agency (EMA)"
    )
    assert citation(label(source="spl", country="us"), SECTION).publisher == "x"


def test_a_citation_of_a_hostile_label_is_a_valid_reference():
    reference = citation(
        label(title="a\x00\n" * 5000, url="javascript:alert(1)", effective_date="soon", set_id="y" * 200),
        SECTION,
    )
    assert (reference.url, reference.date, reference.version) == ("", "", "")
    assert len(reference.title) <= 200 and "\u2028" not in reference.locator


def test_every_line_of_a_quotation_is_quoted():
    assert quotation(label(generic_names=("examplol",)), SECTION).split("\n")[:4] == [
        "> One.",
        ">",
        "> Two.",
        ">",
    ]
