"""Signatures and kept reviews: "reviewed" stands only over words that a second person has read."""

from dataclasses import replace

import pytest

from drugs import desk, publishing
from drugs.backups.integrity import verify
from drugs.content import Document, Name
from drugs.models import DeskRevision, Edition, Monograph, Publication
from drugs.publishing import editions
from drugs.publishing.signatures import own_role
from tests.support.builders import make_document, make_monograph, make_review, publish_document

pytestmark = pytest.mark.django_db


def write(monograph, by, **overrides):
    return desk.write(make_document(**overrides), by=by, monograph=Monograph.objects.get(pk=monograph.pk))


def with_uses(text):
    """The sections of the example, of which the second says `text`."""
    warning, uses, *others = make_document().sections
    return {"sections": (warning, replace(uses, body=text), *others)}


def publish(monograph, by, kind="evidence", review=None, note="Changed."):
    return publishing.publish(monograph, by=by, kind=kind, note=note, review=review)


@pytest.fixture
def signed():
    """A page that ann wrote and bob signed."""
    monograph = desk.write(make_document(**with_uses("Take 500 mg twice a day.")), by="ann")
    publish(monograph, "bob", review=make_review())
    return monograph


def status():
    return Publication.objects.get().status


def test_a_tenfold_dose_is_no_spelling_and_keeps_no_review(signed):
    write(signed, "ann", **with_uses("Take 5000 mg twice a day."))
    with pytest.raises(publishing.PublishingError, match="“500 mg” became “5000 mg”.*New or corrected facts"):
        publish(signed, "carl", kind="typo")
    assert publish(signed, "carl", kind="evidence").reviewed_by == ""
    assert status() == "not_reviewed"


def test_a_dose_in_words_is_no_clearer_wording(signed):
    write(signed, "cy", **with_uses("Take 500 mg eighty times a day."))
    with pytest.raises(publishing.PublishingError, match="Choose “New or corrected facts"):
        publish(signed, "bob", "typo")


def test_whoever_wrote_cannot_sign_however_many_saved_since(signed):
    write(signed, "rita", **with_uses("Take 20,000 mg."))
    write(signed, "ed", **with_uses("Take 20,000 mg, with food."))
    with pytest.raises(publishing.PublishingError, match="somebody else has to sign"):
        publish(signed, "rita", review=make_review())
    assert publish(signed, "bob", review=make_review()).reviewed_by == "Pat Doe"


def test_unsigned_editions_in_between_launder_no_signature(signed):
    write(signed, "rita", **with_uses("Take 20,000 mg."))
    publish(signed, "ed")
    write(signed, "ed", **with_uses("Take 20,000 mg, with food."))
    publish(signed, "ed")
    for by in ("rita", "ed"):
        with pytest.raises(publishing.PublishingError, match="somebody else has to sign"):
            publish(signed, by, review=make_review())
    assert desk.contributors(signed) == ["rita", "ed"]


def test_a_second_person_who_signs_begins_anew(signed):
    write(signed, "rita", **with_uses("Take 600 mg."))
    publish(signed, "bob", review=make_review())
    assert desk.contributors(signed) == []
    assert publish(signed, "rita", review=make_review()).kind == "review"


def test_a_restored_text_counts_as_a_change(signed):
    write(signed, "ann", **with_uses("Take 600 mg."))
    publish(signed, "bob", review=make_review())
    publishing.restore(Edition.objects.get(number=1), by="rita", note="Back.")
    assert desk.contributors(signed) == ["rita"]
    with pytest.raises(publishing.PublishingError, match="somebody else has to sign"):
        publish(signed, "rita", review=make_review())


def test_a_restored_text_brings_its_writers_back(signed):
    write(signed, "rita", **with_uses("Take 20 g."))
    unsigned = publish(signed, "ed")
    write(signed, "ann", **with_uses("Take 500 mg."))
    publish(signed, "bob", review=make_review())
    assert desk.contributors(signed) == []
    publishing.restore(unsigned, by="carl", note="Back.")
    assert set(desk.contributors(signed)) == {"rita", "carl"}
    with pytest.raises(publishing.PublishingError, match="somebody else has to sign"):
        publish(signed, "rita", review=make_review())
    publish(signed, "bob", review=make_review())
    publishing.restore(Edition.objects.get(review_of=1), by="carl", note="Back.")
    assert desk.contributors(signed) == ["carl"]  # somebody else has read all of it


def test_a_withdrawn_page_does_not_come_back_reviewed_by_itself(signed):
    publishing.withdraw(Publication.objects.get(), reason="A wrong dose.", by="bob")
    with pytest.raises(publishing.PublishingError, match="was withdrawn"):
        publish(signed, "ann", kind="typo")
    assert publish(signed, "ann", kind="clarity").reviewed_on is None


def test_a_heading_that_changed_since_the_review_is_shown(signed, client):
    warning, uses, *others = make_document().sections
    wrong = replace(uses, kind="other", heading="Childern take it", body="Take 500 mg twice a day.")
    write(signed, "ann", sections=(warning, wrong, *others))
    publish(signed, "bob", review=make_review())
    publish_document(
        slug="other", title="Other", sections=(replace(uses, body="For children."),), side_effects=(), faqs=()
    )
    write(signed, "ann", sections=(warning, replace(wrong, heading="Children take it"), *others))
    publish(signed, "carl", kind="typo")
    page = client.get("/drugs/examplol/").content.decode()
    shown = page.partition("Since then this has changed:")[2].partition("</dl>")[0]
    assert "Childern" in shown and "Children" in shown


def test_added_names_count_as_a_change(signed):
    desk.add_names(signed, [Name("Xympo", "brand")], source="editor", by="rita")
    with pytest.raises(publishing.PublishingError, match="second person"):
        publish(signed, "rita", kind="names")
    assert publish(signed, "bob", kind="names").review_of == 1


def test_a_name_of_another_medicine_keeps_no_review(signed):
    publish_document(slug="warfarol", title="Warfarol", names=())
    write(signed, "ann", names=(Name("Warfarol Forte", "brand"),), **with_uses("Take 500 mg twice a day."))
    with pytest.raises(publishing.PublishingError, match="“Warfarol Forte” is a name of Warfarol"):
        publish(signed, "carl", kind="names")


@pytest.mark.parametrize(
    "name", ["Warfarole", "wafrarol", "Warfa", "Wafrarol Forte", "Examplol Wafrarol", "Folic"]
)
def test_a_name_like_another_medicines_keeps_no_review(signed, name):
    publish_document(slug="warfarol", title="Warfarol", names=())
    publish_document(slug="folic", title="Folic acidol", names=())
    write(signed, "ann", names=(Name(name, "brand"),), **with_uses("Take 500 mg twice a day."))
    with pytest.raises(publishing.PublishingError, match=f"“{name}” is (like|a name of)"):
        publish(signed, "carl", kind="names")


def test_an_ingredient_of_a_combination_is_no_new_name(signed):
    publish_document(slug="both", title="Bothol + Fevrol", names=(), ingredients=("Bothol", "Fevrol"))
    write(signed, "ann", names=(Name("Fevrol", "brand"),), **with_uses("Take 500 mg twice a day."))
    with pytest.raises(publishing.PublishingError, match="“Fevrol” is an ingredient of Bothol"):
        publish(signed, "carl", kind="names")


def test_a_page_without_a_review_may_have_a_name_like_another():
    publish_document(slug="warfarol", title="Warfarol", names=())
    monograph = publish_document().monograph
    desk.add_names(monograph, [Name("Warfarel", "brand")], source="editor", by="rita")
    assert publish(monograph, "rita", kind="names").number == 2


@pytest.mark.parametrize(
    "name", ["Xympo", "Examplol Forte", "Examplol hydrochloride", "Exampolol", "Exmplol Kabi"]
)
def test_a_name_that_is_like_no_other_keeps_the_review(signed, name):
    publish_document(slug="warfarol", title="Warfarol", names=())
    publish_document(slug="both", title="Examplol + Warfarol", names=(), ingredients=("Examplol", "Warfarol"))
    write(signed, "ann", names=(Name(name, "brand"),), **with_uses("Take 500 mg twice a day."))
    assert publish(signed, "carl", kind="names").review_of == 1


def test_an_account_in_other_capitals_is_the_same_writer():
    assert publishing.signature_objection(make_monograph(), "Writer")


def test_names_only_is_refused_for_other_words(signed):
    write(signed, "ann", names=(Name("Xympo", "brand"),), **with_uses("Take 600 mg twice a day."))
    with pytest.raises(publishing.PublishingError, match="“500 mg” became “600 mg”"):
        publish(signed, "carl", kind="names")


def test_spelling_keeps_a_review_that_a_second_person_publishes(signed):
    publish_document(slug="other", title="Otherol", names=(), **with_uses("Swallow the tablets."))
    write(signed, "ann", **with_uses("Take 500 mg of tabelts twice a day."))
    publish(signed, "bob", review=make_review())
    write(signed, "ann", **with_uses("Take 500 mg of tablets twice a day."))
    with pytest.raises(publishing.PublishingError, match="second person"):
        publish(signed, "ann", kind="typo")
    kept = publish(signed, "carl", kind="typo")
    assert (kept.review_of, kept.reviewed_by) == (2, "Pat Doe")
    assert desk.contributors(signed) == ["ann"]


def test_a_signature_on_an_unchanged_text_is_of_kind_review(signed):
    edition = publish(signed, "bob", kind="clarity", review=make_review(), note="")
    assert (edition.kind, edition.number, edition.note) == ("review", 2, "")
    with pytest.raises(publishing.PublishingError, match="signed as it stands"):
        publish(signed, "bob", kind="review")
    write(signed, "ann", **with_uses("Take 600 mg."))
    with pytest.raises(publishing.PublishingError, match="signed as it stands"):
        publish(signed, "bob", kind="review", review=make_review())


def test_the_page_says_so_where_the_writer_may_sign(signed, settings, client):
    settings.SECOND_PERSON = False
    write(signed, "rita", **with_uses("Take 600 mg."))
    role = publish(signed, "rita", review=make_review()).reviewer_role
    assert role == "pharmacist, who also wrote this text"
    assert f"Reviewed by Pat Doe ({role}) on" in client.get("/drugs/examplol/").content.decode()
    assert (own_role(role), own_role("pharmacist")) == ("pharmacist", "pharmacist")
    assert publish(signed, "bob", review=make_review()).reviewer_role == "pharmacist"
    write(signed, "rita", **with_uses("Take 700 mg."))
    publish(signed, "rita", review=make_review())
    settings.SECOND_PERSON = True
    assert desk.contributors(signed) == ["rita"]  # no second person has read it yet


def test_each_save_keeps_the_revision_that_it_replaces(signed):
    before = desk.read(signed)
    version = signed.version
    write(signed, "ann", **with_uses("Take 600 mg."))
    assert desk.revision(signed, version) == before
    assert desk.revision(signed, version + 1) is None
    desk.add_names(Monograph.objects.get(), [Name("Xympo", "brand")], source="editor", by="ed")
    kept = desk.revision(signed, version + 1)
    assert isinstance(kept, Document) and kept.of_kind("uses")[0].body == "Take 600 mg."
    assert [row.saved_by for row in DeskRevision.objects.all()] == ["ann", "ann"]


def test_a_page_begins_with_whoever_made_it():
    monograph = make_monograph()
    assert desk.contributors(monograph) == ["writer"]
    assert publishing.signature_objection(monograph, "writer")
    assert publishing.signature_objection(monograph, "other") == ""


def test_readers_see_the_very_words_that_changed_since_the_review(signed, client):
    write(signed, "ann", names=(Name("Xympo", "brand"),), **with_uses("Take 500 mg twice a day."))
    publish(signed, "carl", kind="names")
    page = client.get("/drugs/examplol/").content.decode()
    assert "The review was of edition 1. Since then this has changed:" in page
    assert "Xympo" in page.partition("Since then this has changed:")[2].partition("</dl>")[0]
    assert "Since then" not in client.get("/drugs/examplol/history/").content.decode()


def test_verify_warns_of_a_review_kept_over_another_dose(signed, monkeypatch):
    write(signed, "ann", **with_uses("Take 5000 mg twice a day."))
    monkeypatch.setattr(editions, "refuse_unproved", lambda *args: None)  # as older versions published it
    publish(signed, "carl", kind="typo")
    (fault,) = verify()
    assert fault.warning and "“500 mg” became “5000 mg”." in fault.message
    assert "/drugs/examplol/history/2/" in fault.remedy
