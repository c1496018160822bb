"""Search through the texts on the desk, and the change of a phrase in many pages."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from drugs import desk, publishing
from drugs.content import FAQ, Section
from drugs.content.phrases import replace_phrase
from drugs.models import DrugName, Monograph, ReviewNote
from tests.support.builders import make_document, publish_document, publish_documents
from tests.support.desk_posts import address_of, make_user, read

pytestmark = pytest.mark.django_db

TEXTS = reverse("admin:drugs_monograph_texts")
PHRASE = reverse("admin:drugs_monograph_phrase")
CHANGE = {"find": "grapefruit juice", "words": "grapefruit", "kind": "clarity", "reason": "Fruit, too."}


def juicy(number=0, **more):
    sections = (*make_document().sections, Section("food_alcohol", "", "Drink no grapefruit juice with it."))
    return make_document(slug=f"juicy-{number}", title=f"Juicy {number}", sections=sections, **more)


def text_of(response):
    return " ".join(response.content.decode().split())


def ticks(*monographs):
    return [f"{monograph.pk}.{monograph.version}" for monograph in monographs]


def test_a_phrase_is_found_in_drafts_with_the_sections_named(client, editor):
    publish_document(juicy(1))
    desk.write(make_document(slug="asked", faqs=(FAQ("Grapefruit Juice?", "No."),)), by="zoe")
    page = text_of(client.get(f"{TEXTS}?q=grapefruit+juice"))
    assert "2 pages say “grapefruit juice”" in page
    assert "Drink no grapefruit juice with it." in page and "Grapefruit Juice?:" in page
    assert "at least 3 letters" in text_of(client.get(f"{TEXTS}?q=g"))


def test_the_search_says_that_a_phrase_can_be_changed_in_many(client, editor):
    assert "change the phrase in many pages at once" in text_of(client.get(TEXTS))
    client.force_login(make_user("guest", "drugs.view_monograph"))
    assert "change the phrase" not in text_of(client.get(TEXTS))


def test_a_search_costs_the_same_however_many_pages_say_it(client, editor, django_assert_max_num_queries):
    publish_documents(juicy(number) for number in range(60))
    with django_assert_max_num_queries(12):
        page = text_of(client.get(f"{TEXTS}?q=grapefruit"))
    assert "60 pages say" in page and "start=50" in page


def test_a_preview_of_a_phrase_takes_few_queries(client, editor, django_assert_max_num_queries):
    publish_documents(juicy(number) for number in range(30))
    with django_assert_max_num_queries(12 + len(desk.PARTS)):
        page = text_of(client.get(PHRASE, {"find": CHANGE["find"], "words": CHANGE["words"]}))
    assert page.count('type="checkbox" name="page"') == 30


def test_a_phrase_is_changed_in_ticked_pages_and_handed_in_together(client, editor):
    first, second, third = (publish_document(juicy(number)).monograph for number in range(3))
    preview = text_of(client.get(PHRASE, {"find": CHANGE["find"], "words": CHANGE["words"]}))
    assert preview.count('type="checkbox" name="page"') == 3 and "<del>" in preview
    assert preview.count("If ticked, it will be saved and handed in.") == 3  # nothing is done yet
    answer = client.post(PHRASE, {**CHANGE, "page": ticks(first, second)}, follow=True)
    assert "2 pages saved, 2 of them handed in together: " in text_of(answer)
    for monograph in (first, second):
        assert f'<a href="{address_of("review", monograph)}">{monograph}</a>' in text_of(answer)
    assert set(Monograph.objects.waiting()) == {first, second}
    assert len({note.batch for note in ReviewNote.objects.all()}) == 1
    assert "no grapefruit with it" in read(first).sections[-1].body
    assert "grapefruit juice" in read(third).sections[-1].body
    assert {first.publication.number, second.publication.number} == {1}
    for monograph, acts in ((first, ["Changed a phrase.", "Handed in for review."]), (third, [])):
        log = LogEntry.objects.filter(object_id=monograph.pk).order_by("pk")
        assert [entry.get_change_message() for entry in log] == acts


def test_all_pages_of_a_preview_are_ticked_by_one_link_or_none(client, editor):
    publish_document(juicy(1))
    waiting = publish_document(juicy(2)).monograph
    publishing.submit(desk.write(juicy(2, faqs=()), by="edith", monograph=waiting), by="edith")
    address = f"{PHRASE}?find=grapefruit+juice&words=grapefruit"
    page = text_of(client.get(address))
    assert " checked" not in page and "Tick none</a>" in page
    every = re.search(r'<a href="([^"]+)">Tick all</a>', page)[1]
    page = text_of(client.get(PHRASE + unescape(every)))
    assert page.count(" checked") == 1 and len(re.findall('name="page"[^>]* disabled', page)) == 1


def test_unfinished_work_of_others_is_not_handed_in(client, editor):
    public = publish_document(juicy(1)).monograph
    draft = desk.write(juicy(2), by="zoe")
    changed = desk.write(juicy(1, names=()), by="zoe", monograph=public)
    client.post(PHRASE, {**CHANGE, "page": ticks(draft, changed)})
    assert not Monograph.objects.waiting().exists()
    assert all("juice" not in read(page).sections[-1].body for page in (draft, changed))


def test_a_page_that_waits_for_review_is_left_alone(client, editor):
    waiting = publishing.submit(desk.write(juicy(1), by="zoe"), by="zoe")
    assert "It waits for review" in text_of(client.get(PHRASE, {"find": CHANGE["find"], "words": "x"}))
    client.post(PHRASE, {**CHANGE, "page": ticks(waiting)})
    assert "juice" in read(waiting).sections[-1].body


def test_a_page_saved_after_the_preview_is_left_alone(client, editor):
    page = publish_document(juicy(1)).monograph
    old = ticks(page)
    desk.write(juicy(1, names=()), by="zoe", monograph=page)
    answer = client.post(PHRASE, {**CHANGE, "page": old}, follow=True)
    assert "somebody has saved them meanwhile" in text_of(answer)
    assert "juice" in read(page).sections[-1].body


def test_names_keep_what_brought_them_when_a_phrase_changes(client, editor):
    page = publish_document(juicy(1)).monograph
    before = set(DrugName.objects.values_list("text", "source"))
    client.post(PHRASE, {**CHANGE, "page": ticks(page)})
    assert set(DrugName.objects.values_list("text", "source")) == before


@pytest.mark.parametrize(
    ("text", "phrase", "words", "result"),
    [
        ("Take mg. Umgang. mg", "mg", "g", "Take g. Umgang. g"),
        ("a big\n dose", "big dose", "small one", "a small one"),
        (r"x (y) z", "(y)", r"\1", r"x \1 z"),
    ],
)
def test_whole_words_are_replaced_letter_by_letter(text, phrase, words, result):
    document = make_document(sections=(Section("uses", "", text), *make_document().sections[4:]))
    assert replace_phrase(document, phrase, words).sections[0].body == result
