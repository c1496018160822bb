"""Review page: hand-in with kind, reason and source, changes in place, comments, changes asked for, signature."""

import re

import pytest
from django.urls import reverse

from drugs import desk, publishing
from drugs.content import Reference, Section, sha256
from drugs.models import AuditEntry, Edition, Monograph, ReviewNote
from tests.support.builders import make_document, publish_document
from tests.support.desk_posts import address_of, change_address, fields_of, make_person, read, sent

pytestmark = pytest.mark.django_db

HANDED = {"kind": "evidence", "reason": "The label says 500 mg.", "source": "Some agency, 2026"}


def dosed(words, **more):
    sections = (*make_document().sections, Section("dosage", "", words))
    return make_document(sections=sections, **more)


@pytest.fixture
def page():
    """A public page whose dose an editor has changed on the desk."""
    monograph = publish_document(dosed("Take 500 mg a day.")).monograph
    return desk.write(dosed("Take 5000 mg a day."), by="edith", monograph=monograph)


def enter(client, name, *roles):
    client.force_login(make_person(name, *roles, first_name=name.title(), last_name="Ek"))


def hand_in(page, **more):
    return publishing.submit(page, by="edith", **{**HANDED, **more})


def hash_of(page):
    return sha256(read(page).to_json())


def text_of(response):
    """The HTML in one line, marks of changes without their ids."""
    return re.sub(r'<(ins|del) id="[^"]+">', r"<\1>", " ".join(response.content.decode().split()))


def test_a_hand_in_asks_kind_reason_and_source(client, page):
    enter(client, "edith", "Editors")
    saved = client.post(change_address(page), fields_of(client, page) | {"_submit": ""})
    assert saved.url == address_of("hand_in", page)
    form = sent(client.get(saved.url))
    refused = client.post(saved.url, form | {"kind": "safety", "reason": "A slip."})
    assert "Facts have a source" in text_of(refused) and not ReviewNote.objects.exists()
    client.post(saved.url, form | HANDED)
    note = ReviewNote.objects.get()
    page.refresh_from_db()
    assert page.submitted and (note.kind, note.text, note.source) == tuple(HANDED.values())
    assert note.sha256 == hash_of(page)


def test_a_hand_in_offers_the_sources_of_the_page(client, page):
    enter(client, "edith", "Editors")
    reference = Reference("Some label", publisher="Some agency", year=2026)
    desk.write(dosed("Take 5000 mg a day.", references=(reference,)), by="edith", monograph=page)
    shown = text_of(client.get(address_of("hand_in", page)))
    assert '<option value="Some label, Some agency, 2026">' in shown and 'list="sources"' in shown
    desk.write(dosed("Take 5000 mg a day.", references=()), by="edith", monograph=page)
    assert 'list="sources"' not in text_of(client.get(address_of("hand_in", page)))


def test_a_hand_in_shows_changes_as_readers_will_see_them(client, page):
    enter(client, "edith", "Editors")
    desk.write(dosed("Take **5000 mg** a day."), by="edith", monograph=page)
    shown = text_of(client.get(address_of("hand_in", page)))
    seen, as_written = shown[shown.index("Read what you hand in") :].split("as it was written")
    assert "<ins>5000 mg</ins></strong>" in seen
    assert "**" not in seen and "**" in as_written
    assert '<details class="handing-in review">' in shown  # the figures above say what matters
    place = re.search(r'<p class="figure"> <a href="#([^"]+)">', shown)[1]
    assert f'id="{place}"' in client.get(address_of("hand_in", page)).content.decode()
    desk.write(dosed("Please take 500 mg a day."), by="edith", monograph=page)
    assert '<details class="handing-in review" open>' in text_of(client.get(address_of("hand_in", page)))


def test_a_text_that_checks_stop_is_not_handed_in(client):
    enter(client, "edith", "Editors")
    monograph = desk.write(dosed("Take {details}."), by="edith")
    shown = client.get(address_of("hand_in", monograph))
    assert "cannot be handed in" in text_of(shown)
    client.post(address_of("hand_in", monograph), sent(shown) | HANDED)
    assert not ReviewNote.objects.exists()
    with pytest.raises(publishing.PublishingError):
        publishing.submit(monograph, by="edith")


def test_a_text_that_is_too_long_to_be_published_is_not_handed_in():
    kinds = ("uses", "dosage", "overdose", "storage", "precautions", "monitoring")
    sections = tuple(Section(kind, "", "many tablets " * 3_500 + "a day.") for kind in kinds)
    monograph = desk.write(make_document(sections=sections, side_effects=(), faqs=()), by="edith")
    with pytest.raises(publishing.PublishingError, match="cannot be printed as a page"):
        publishing.submit(monograph, by="edith")


def test_a_text_that_is_too_long_says_so_at_its_longest_part(client):
    enter(client, "edith", "Editors")
    page = desk.write(dosed("Take 500 mg a day."), by="edith")
    for number in range(6):
        page.sections.create(
            position=10 + number, kind="uses", body="many tablets " * (3_500 + number) + "a day."
        )
    shown = client.get(address_of("hand_in", page))
    longest = page.sections.count() - 1
    assert f"{change_address(page)}#id_sections-{longest}-body" in shown.content.decode()
    assert "The page is too long" in text_of(shown) and "cannot be handed in" in text_of(shown)


def test_an_empty_request_for_changes_is_refused_beside_its_button(client, page):
    enter(client, "rita", "Reviewers")
    hand_in(page)
    refused = client.post(address_of("review", page), {"_ask": "", "text": " ", "version": page.version})
    form = text_of(refused).partition('<form method="post" action="#decision"')[2]
    assert "Say what should be changed: the author reads it." in form
    assert not refused.context["messages"]


def test_what_is_missing_is_listed_at_the_top_and_leads_to_its_field(client, page):
    enter(client, "rita", "Reviewers")
    hand_in(page)
    form = sent(client.get(address_of("review", page))) | {"signed": "yes", "role": ""}
    refused = client.post(address_of("publish", page), form)
    top = text_of(refused).partition("What changes for readers")[0]
    assert '<a href="#id_role">Your professional role: A signed page says this.</a>' in top


def test_a_note_to_readers_keeps_reason_and_source_apart(client, page):
    enter(client, "rita", "Reviewers")
    for reason in ("The label says 500 mg", "The label says 500 mg."):
        hand_in(page, reason=reason)
        note = sent(client.get(address_of("review", page)))["note"]
        assert note == "The label says 500 mg. Source: Some agency, 2026"


def test_the_author_finds_the_text_to_change_at_the_top_of_a_review(client, page):
    hand_in(page)
    publishing.ask_for_changes(page, by="rita", text="Say how often.")
    enter(client, "edith", "Editors")
    top = text_of(client.get(address_of("review", page))).partition("Handed in by")[0]
    assert "Say how often." in top and f'href="{change_address(page)}">Change the text</a>' in top


def test_a_hand_in_as_spelling_is_proved_then_and_not_later(client, page):
    enter(client, "edith", "Editors")
    form = sent(client.get(address_of("hand_in", page)))
    refused = client.post(address_of("hand_in", page), form | HANDED | {"kind": "typo"})
    assert "“500 mg” became “5000 mg”" in text_of(refused)


def test_waiting_opens_a_review_with_changes_in_place(client, page):
    hand_in(page)
    enter(client, "rita", "Reviewers")
    listed = client.get(reverse("admin:drugs_monograph_changelist") + "?list=waiting")
    assert address_of("review", page) in listed.content.decode()
    shown = text_of(client.get(address_of("review", page)))
    assert "The label says 500 mg." in shown and "Some agency, 2026" in shown
    assert "<del>500</del> <ins>5000</ins> mg" in shown
    figures = shown[shown.index('class="figures"') :]
    assert "<del>500 mg</del>" in figures and "<ins>5000 mg</ins>" in figures


def test_a_reviewer_signs_on_the_review_page(client, page):
    hand_in(page)
    enter(client, "rita", "Reviewers")
    form = sent(client.get(address_of("review", page)))
    assert form["kind"] == "evidence" and form["note"] == "The label says 500 mg. Source: Some agency, 2026"
    fields = {
        name: form[name] for name in ("version", "kind", "note", "reviewed_on", "review_due", "from_review")
    }
    answer = client.post(
        address_of("publish", page), fields | {"role": "pharmacist", "signed": "yes", "looked": "on"}
    )
    assert answer.status_code == 302 and answer.url.endswith("?list=for_me")
    assert Edition.objects.latest("number").reviewed_by == "Rita Ek"


def test_changes_asked_for_come_back_to_the_author(client, page):
    hand_in(page)
    enter(client, "rita", "Reviewers")
    page.refresh_from_db()
    client.post(address_of("review", page), {"_ask": "", "text": "500, surely?", "version": page.version})
    page.refresh_from_db()
    assert page.sent_back_to == "edith" and not page.submitted
    client.logout()
    enter(client, "edith", "Editors")
    assert "500, surely?" in text_of(client.get(address_of("review", page)))
    assert "500, surely?" in text_of(client.get(address_of("hand_in", page)))
    hand_in(page)
    page.refresh_from_db()
    assert not page.sent_back_to and page.submitted


def test_what_was_asked_stands_at_the_top_for_the_author(client, page):
    hand_in(page)
    publishing.ask_for_changes(page, by="rita", text="Which label?")
    enter(client, "edith", "Editors")
    shown = text_of(client.get(address_of("review", page)))
    assert shown.index("Which label?") < shown.index('id="reading"') < shown.rindex("Which label?")
    assert "Change the text" in shown and "Edit it myself" not in shown
    enter(client, "rita", "Reviewers")
    assert "Edit it myself" in text_of(client.get(address_of("review", page)))


def test_the_author_changes_and_a_reviewer_edits_and_decides(client, page):
    hand_in(page)
    for name, role, change, way in (
        ("edith", "Editors", "Change the text", "What next"),
        ("rita", "Reviewers", "Edit it myself", "To the decision"),
    ):
        enter(client, name, role)
        html = text_of(client.get(address_of("review", page)))
        assert f">{change}</a>" in html and f'<a href="#decision">{way}</a>' in html


def test_the_review_leads_to_comments_and_to_the_one_change(client, page):
    enter(client, "edith", "Editors")
    assert "Comments on:" not in text_of(client.get(address_of("review", page)))
    publishing.comment(page, by="rita", text="Ten times?", version=page.version, anchor="dosage")
    shown = text_of(client.get(address_of("review", page)))
    assert 'Comments on: <a href="#part-dosage">' in shown
    assert '<p class="changed-sections"> <a href="#part-dosage">' in shown
    assert ">1 comment</a>" in text_of(client.get(change_address(page)))


def test_the_form_says_that_a_change_ends_the_waiting(client, page):
    enter(client, "edith", "Editors")
    words = "A change takes the text out of the review"
    assert words not in text_of(client.get(change_address(page)))
    hand_in(page)
    assert words in text_of(client.get(change_address(page)))


def test_a_comment_speaks_of_the_revision_that_was_read(client, page):
    enter(client, "rita", "Reviewers")
    read_version = page.version
    said = {
        "_comment": "",
        "text": "Per day?",
        "anchor": "dosage",
        "heading": "How to take it",
        "version": read_version,
    }
    desk.write(dosed("Take 50 mg a day."), by="edith", monograph=page)
    client.post(address_of("review", page), said)
    client.post(address_of("review", page), said)
    note = ReviewNote.objects.get()
    assert note.version == read_version and note.sha256 != hash_of(page)
    shown = text_of(client.get(address_of("review", page)))
    assert "Per day?" in shown and f"from=version-{read_version}&amp;to=desk" in shown


def test_a_comment_that_cannot_be_saved_is_not_lost(client, page):
    enter(client, "rita", "Reviewers")
    shown = client.post(address_of("review", page), {"text": "My words", "anchor": "uses", "version": "999"})
    assert "My words" in text_of(shown) and not ReviewNote.objects.exists()


def test_what_nobody_types_in_a_comment_is_refused_and_said(client, page):
    enter(client, "rita", "Reviewers")
    for fields in (
        {"version": "x"},
        {"version": page.version, "text": "a\0b"},
        {"version": page.version, "text": " "},
    ):
        shown = client.post(address_of("review", page), {"text": "y", **fields})
        assert shown.status_code == 200 and "messagelist" in text_of(shown)
    assert not ReviewNote.objects.exists()


def test_an_editor_cannot_ask_for_changes_as_a_reviewer(client, page):
    hand_in(page)
    enter(client, "edna", "Editors")
    asked = client.post(address_of("review", page), {"_ask": "", "text": "x", "version": page.version})
    assert asked.status_code == 403 and not Monograph.objects.exclude(sent_back_to="").exists()


def test_any_two_texts_of_a_page_compare(client, page):
    enter(client, "edith", "Editors")
    for pair in (
        "",
        "?from=edition-1&to=desk",
        f"?from=version-{page.version - 1}&to=version-{page.version}",
    ):
        assert "<del>500</del> <ins>5000</ins>" in text_of(client.get(address_of("compare", page) + pair)), (
            pair
        )
    assert "say the same" in text_of(client.get(address_of("compare", page) + "?from=desk&to=desk"))
    for pair, leads in (("?from=desk&to=edition-1", True), ("", False)):
        assert ('href="#put-back"' in text_of(client.get(address_of("compare", page) + pair))) == leads
    assert client.get(address_of("compare", page) + "?from=edition-9&to=edition-x").status_code == 404


def test_review_and_its_lists_take_few_queries(client, django_assert_max_num_queries):
    monographs = [publish_document(dosed("Take 1 mg.", slug=f"a{n}")).monograph for n in range(12)]
    for monograph in monographs:
        hand_in(desk.write(dosed("Take 2 mg.", slug=monograph.slug), by="edith", monograph=monograph))
        publishing.comment(monograph, by="rita", text="x", version=monograph.version, anchor="uses")
    enter(client, "rita", "Reviewers")
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:drugs_monograph_changelist") + "?list=waiting")
    with django_assert_max_num_queries(36):
        client.get(address_of("review", monographs[0]))


def test_notes_of_a_review_are_acts_of_the_record(page):
    hand_in(page)
    publishing.comment(page, by="rita", text="x", version=page.version)
    publishing.ask_for_changes(page, by="rita", text="y")
    acts = AuditEntry.objects.order_by("number").values_list("action", flat=True)
    assert list(acts)[-3:] == ["handed_in", "commented", "asked_changes"]
    assert Monograph.objects.get().review_notes.count() == 3
