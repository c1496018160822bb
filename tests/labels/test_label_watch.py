"""Watch over cited labels: which changes count, which pages are listed, when readers are told, and what stays."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugs import desk
from drugs.content import Reference
from drugs.formats.label import LabelDocument, LabelSection
from drugs.labels.watch import WATCHED, label_changes
from drugs.models import Edition, Label, LabelCitation, Monograph, Publication, SourceNotice
from tests.support.builders import make_review, publish_again, publish_document
from tests.support.clock import today_is
from tests.support.desk_posts import address_of, make_user
from tests.support.labels import section, spl
from tests.support.public_pages import main_text

pytestmark = pytest.mark.django_db
SET = "11111111-2222-3333-4444-555555555555"
TOLD = "A source of this page changed on 5 March 2024."


def label(text, code="34070-3", title="4 CONTRAINDICATIONS", version=1):
    return spl(section(code, title, f"<paragraph>{text}</paragraph>"), version=version)


def import_label(tmp_path, data):
    (tmp_path / "label.xml").write_bytes(data)
    call_command("import_labels", str(tmp_path / "label.xml"), verbosity=0)


def cited(version="1"):
    return Reference("XAMP", source=Label.objects.first().source, set_id=SET, version=version, country="US")


def publish(tmp_path, version="1", **more):
    import_label(tmp_path, label("Not in liver disease."))
    return publish_document(references=(cited(version),), **more)


def page(client, days=0):
    with today_is(timezone.localdate() + datetime.timedelta(days=days)):
        return " ".join(main_text(client.get("/drugs/examplol/")).split())


def plain_label(kind, body):
    facts = dict.fromkeys(
        ("source", "country", "language", "set_id", "document_id", "effective_date", "labeler"), "x"
    )
    parts = (LabelSection(kind, "", "4 Heading", body),) if body else ()
    return LabelDocument(**facts, version=1, doc_type="", title="", sha256="", sections=parts)


def differ(before, after, kind="warning"):
    return [change.what for change in label_changes(plain_label(kind, before), plain_label(kind, after))]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Not in  liver\ndisease.", "Not in liver\u00a0disease"),
        ("1. One\n2. Two", "- One\n- Two"),
        ("See [Warnings (5.1)].", "See [Warnings (5.2, 6.10)]."),
        ("Stop it (see Warnings (5.1) and Dose (2.1)).", "Stop it (see Warnings (5.2) and Dose (2.4))."),
        ("It may harm the liver (5.1).\n\nStop it.", "It may harm the liver (5.3).\n\nStop it."),
        ("5.1 Liver\n\nStop it.", "**5.2 Liver** Stop it."),
    ],
)
def test_white_space_and_numbering_are_no_change_of_a_source(before, after):
    assert not differ(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Take 2.5 mg daily.", "Take 5 mg daily."),
        ("2.5 mg daily", "3.5 mg daily"),
        ("Keep the INR (2.5) as it is.", "Keep the INR (3.5) as it is."),
        ("Keep the INR (2.5)", "Keep the INR (3.5)"),
        ("| Adults | 5 (2.5) |", "| Adults | 5 (1.5) |"),
        ("See a doctor. The ratio (2.5) is low.", "See a doctor. The ratio (3.5) is low."),
        ("Not above 10 mg.", "Not above 10 g."),
        ("Not in liver disease.", "In liver disease."),
        ("If CrCl < 30", "If CrCl > 30"),
        ("Stop it.", ""),
        ("", "Stop it."),
    ],
)
def test_other_words_and_doses_are_a_change_of_a_source(before, after):
    for kind in ("warning", "do_not_take", "precautions", "interactions", "pregnancy", "dosage"):
        assert len(differ(before, after, kind)) == 1
    assert not differ(before, after, "storage")


_WORDS = [
    "take",
    "10",
    "mg",
    "2.5",
    "liver",
    "not",
    "≥",
    "daily",
    "mL/min",
    "kidney’s",
    "%",
    "30",
    "<",
    "never",
]
_SPACES = st.sampled_from([" ", "  ", "\n", "\n\n", "\u00a0", " \t ", " ** ", "\n\n- ", "\n\n12. "])


def _laid_out(data, words):
    return words[0] + "".join(data.draw(_SPACES) + word for word in words[1:])


@given(st.data(), st.sampled_from(WATCHED), st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12))
def test_any_word_that_is_another_is_a_change_and_no_space_is(data, kind, words):
    before = _laid_out(data, words)
    assert not differ(before, _laid_out(data, words), kind)
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from([word for word in _WORDS if word != words[at]]))
    for changed in ([*words[:at], other, *words[at + 1 :]], [*words[:at], other, *words[at:]]):
        assert len(differ(before, _laid_out(data, changed), kind)) == 1
    if len(words) > 1:
        assert len(differ(before, _laid_out(data, words[:at] + words[at + 1 :]), kind)) == 1


def test_pages_that_cite_a_changed_label_are_listed(client, tmp_path):
    publication = publish(tmp_path, review=make_review())
    publish_document(slug="other", title="Other")
    import_label(tmp_path, label("Not in liver or kidney disease.", version=2))
    assert list(Monograph.objects.source_changed()) == [publication.monograph]
    client.force_login(make_user("edith", "drugs.change_monograph", "drugs.view_monograph"))
    shown = client.get("/admin/drugs/monograph/?list=sources").content.decode()
    assert address_of("sources", publication.monograph) in shown
    shown = client.get(address_of("sources", publication.monograph)).content.decode()
    assert "<ins>or kidney </ins>" in shown and "From version 1" in shown and "United States" in shown


def test_a_label_with_other_white_space_lists_no_page(tmp_path):
    publish(tmp_path)
    import_label(tmp_path, label("Not  in <br/> liver disease.", title="4.1 CONTRAINDICATIONS", version=2))
    assert Label.objects.count() == 2 and not SourceNotice.objects.exists()


def test_readers_are_told_after_the_days_of_the_notice(client, tmp_path, settings):
    settings.SOURCE_NOTICE_DAYS = 10
    publish(tmp_path, review=make_review())
    import_label(tmp_path, label("Never.", version=2))
    assert TOLD not in page(client) and TOLD not in page(client, 9)
    assert TOLD in page(client, 10)
    assert "Reviewed by" in page(client, 10) and Publication.objects.get().reviewed_by == "Pat Doe"


def test_the_notice_stands_on_kept_pages_without_a_query_more(
    client, tmp_path, settings, django_assert_num_queries
):
    settings.SOURCE_NOTICE_DAYS = 0
    publish(tmp_path)
    client.get("/drugs/examplol/")
    with django_assert_num_queries(1):
        client.get("/drugs/examplol/")
    import_label(tmp_path, label("Never.", version=2))
    assert TOLD in page(client)
    with django_assert_num_queries(1):
        assert TOLD in page(client)


def test_paper_and_markdown_tell_of_it_from_the_same_day_and_json_never(client, tmp_path, settings):
    settings.SOURCE_NOTICE_DAYS = 1
    publish(tmp_path)
    shapes = ("/drugs/examplol.md", "/drugs/examplol/print/", "/drugs/examplol/print/?as=essentials")
    said = client.get("/drugs/examplol.json").content
    import_label(tmp_path, label("Never.", version=2))
    for day in (0, 1):
        with today_is(timezone.localdate() + datetime.timedelta(days=day)):
            texts = [" ".join(client.get(address).content.decode().split()) for address in shapes]
            assert client.get("/drugs/examplol.json").content == said
        told = ["A source of this page changed on" in text for text in texts]
        assert told == [bool(day)] * len(shapes)
    assert (
        "source_changed_on: 2024-03-05" in texts[0]
        and "> Not yet reviewed by a clinician. A source" in texts[0]
    )


def test_a_change_that_is_taken_back_is_told_no_more(client, tmp_path, settings):
    settings.SOURCE_NOTICE_DAYS = 0
    publish(tmp_path)
    import_label(tmp_path, label("Never.", version=2))
    first = SourceNotice.objects.get()
    import_label(tmp_path, label("Never, never.", version=3))
    assert SourceNotice.objects.get() == first
    import_label(tmp_path, label("Not in liver disease.", version=4))
    assert TOLD not in page(client)


def test_a_new_signature_or_the_newer_version_ends_the_notice(tmp_path):
    publication = publish(tmp_path)
    import_label(tmp_path, label("Never.", version=2))
    publish_again(publication, references=(cited("1"),), title="Examplol A")
    assert SourceNotice.objects.exists(), "an edition that nobody signed has seen nothing"
    publish_again(publication, references=(cited("2"),), title="Examplol B")
    assert not SourceNotice.objects.exists()
    import_label(tmp_path, label("Always.", version=3))
    assert SourceNotice.objects.exists()
    publish_again(publication, references=(cited("2"),), title="Examplol C", review=make_review())
    assert not SourceNotice.objects.exists()
    import_label(tmp_path, label("Never again.", version=4))
    assert SourceNotice.objects.exists()
    publish_again(publication, references=(), title="Examplol D")
    assert not SourceNotice.objects.exists() and not LabelCitation.objects.exists()


def test_a_label_imported_after_the_page_that_cites_it_is_watched(tmp_path):
    publish_document(references=(Reference("XAMP", source="spl", set_id=SET, version="1"),))
    import_label(tmp_path, label("Not in liver disease."))
    assert Label.objects.get().source == "spl" and not SourceNotice.objects.exists()
    import_label(tmp_path, label("Never.", version=2))
    assert SourceNotice.objects.exists()


def test_a_dry_run_tells_nobody(tmp_path):
    publish(tmp_path)
    (tmp_path / "label.xml").write_bytes(label("Never.", version=2))
    call_command("import_labels", str(tmp_path / "label.xml"), dry_run=True)
    assert not SourceNotice.objects.exists()


def state():
    """All that a page is, as its rows say it."""
    return (
        [desk.read(monograph) for monograph in Monograph.objects.order_by("pk")],
        list(Monograph.objects.order_by("pk").values()),
        list(Edition.objects.order_by("pk").values()),
        list(Publication.objects.order_by("pk").values()),
    )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["Never.", "Not in liver disease.", "10 mg"]), st.integers(1, 6)),
        max_size=3,
    )
)
def test_no_import_of_labels_changes_what_a_page_is(tmp_path, imports):
    if not Publication.objects.exists():
        publish(tmp_path, review=make_review())
    before = state()
    for text, version in imports:
        import_label(tmp_path, label(text, version=version))
    assert state() == before
