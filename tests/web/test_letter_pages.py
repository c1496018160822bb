"""The A-Z of many pages: second letters, pages by number, names alone, and what is most read."""

import re

import pytest

from drugs.models import DailyReads
from drugs.web import lists, read_counts
from tests.support.builders import make_document, make_review, publish_document, publish_documents
from tests.support.public_pages import body, hit, main_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 3)
    titles = [f"C{second}{number}" for second in "aeo" for number in range(4)]
    publish_documents(make_document(slug=title.lower(), title=title) for title in titles)


def link(response, relation):
    """The address of the page before or behind this one; "" if there is none."""
    found = re.search(rf'<a rel="{relation}" href="([^"]+)"', body(response))
    return "/drugs/" + found[1].replace("&amp;", "&") if found else ""


def titles_of(response):
    return re.findall(r'class="name"><a href="/drugs/[^"]+">(\w+)</a>', body(response))


def test_pages_of_a_letter_say_which_of_how_many_and_lead_both_ways(client, names):
    address, seen = "/drugs/?letter=c", []
    for number in range(1, 5):
        response = client.get(address)
        assert f"page {number} of 4" in main_text(response)
        assert bool(link(response, "prev")) == (number > 1)
        seen += titles_of(response)
        address = link(response, "next")
    assert seen == sorted(seen) and len(seen) == 12
    back = client.get(link(response, "prev"))
    assert titles_of(back) == seen[6:9] and "page 3 of 4" in main_text(back)


def test_every_page_of_a_letter_is_linked_by_its_number(client, names):
    numbers = re.findall(r'<a href="(\?[^"]+)"[^>]*>(\d+)</a>', body(client.get("/drugs/?letter=c")))
    assert [number for _, number in numbers] == ["1", "2", "3", "4"]
    last = client.get("/drugs/" + numbers[3][0].replace("&amp;", "&"))
    assert titles_of(last) == ["Co1", "Co2", "Co3"]


def test_second_letters_lead_to_the_names_that_begin_so(client, names):
    response = client.get("/drugs/?letter=c")
    seconds = re.findall(r'<a href="\?letter=c&amp;second=(\w)">C\w</a>', body(response))
    assert seconds == ["a", "e", "o"]
    chosen = client.get("/drugs/?letter=c&second=e")
    assert re.findall(r"<h1>.*</h1>", body(chosen)) == ["<h1>Medicines: Ce</h1>"]
    assert titles_of(chosen) == ["Ce0", "Ce1", "Ce2"] and "page 1 of 2" in main_text(chosen)
    assert titles_of(client.get(link(chosen, "next"))) == ["Ce3"]


@pytest.mark.parametrize(
    ("address", "status"), [("second=%C3%A9", 404), ("second=ab", 404), ("second=Z", 200)]
)
def test_second_letters_that_are_none_are_not_found(client, names, address, status):
    assert client.get(f"/drugs/?letter=c&{address}").status_code == status


def test_pages_of_a_letter_go_on_after_any_name(client, names):
    response = client.get("/drugs/?letter=c&after=ca0")
    assert titles_of(response) == ["Ca1", "Ca2", "Ca3"] and "page 2 of 4" in main_text(response)


def test_a_letter_says_a_status_only_where_it_differs(client):
    publish_documents(make_document(slug=f"c{number}", title=f"C{number}") for number in range(3))
    publish_document(slug="cr", title="Cr", review=make_review())
    response = client.get("/drugs/?letter=c")
    assert body(response).count('class="badge') == 1
    assert "unless it says otherwise" in main_text(response)


def test_letters_without_a_side_effect_or_class_are_no_links(client):
    publish_documents(make_document(slug=slug, title=slug.title()) for slug in ("aol", "bol"))
    for address, letter in (("/side-effects/", "t"), ("/classes/", "b")):
        html = body(client.get(address))
        assert f'href="?letter={letter}"' in html and 'href="?letter=q"' not in html


def test_what_is_read_is_counted_by_day_and_leads_the_home_page(client):
    publish_documents(make_document(slug=slug, title=slug.title()) for slug in ("aol", "bol", "zol"))
    for slug in ("zol", "aol", "zol"):
        client.get(f"/drugs/{slug}/")
    client.head("/drugs/bol/"), client.get("/drugs/nowhere/"), client.get("/drugs/bol.json")
    assert not DailyReads.objects.exists()
    assert read_counts.flush() == 2 and read_counts.flush() == 0
    client.get("/drugs/zol/"), read_counts.flush()
    assert list(DailyReads.objects.order_by("-number").values_list("publication__slug", "number")) == [
        ("zol", 3),
        ("aol", 1),
    ]
    home = main_text(client.get("/"))
    assert home.index("Took too much") < home.index("Most read") < home.index("Zol") < home.index("Aol")
    assert "Bol" not in home and "Recently published" not in home


def test_readings_are_forgotten_after_a_month(client):
    page = publish_document()
    DailyReads.objects.create(publication=page, day="2020-01-01", number=9)
    client.get(page.get_absolute_url()), read_counts.flush()
    assert list(DailyReads.objects.values_list("number", flat=True)) == [1]


def test_a_search_by_a_very_name_is_one_more_for_its_page(client, search_hits):
    page = publish_document()
    publish_document(slug="otherol", title="Otherol")
    search_hits.append(hit(page))
    for query in ("Examplol", " examplol ", "examplol"):
        client.get("/search/", {"q": query})
    client.get("/search/"), client.get("/search/", {"q": "x" * 200}), client.head("/search/?q=examplol")
    assert not DailyReads.objects.exists() and read_counts.flush() == 1
    assert list(DailyReads.objects.values_list("publication__slug", "number", "searches")) == [
        ("examplol", 0, 3)
    ]
    search_hits[:] = [hit(page, match="fuzzy")]
    client.get("/search/", {"q": "exampol"})
    assert read_counts.flush() == 0 and "Most read" not in main_text(client.get("/"))


def test_what_is_no_name_is_not_even_remembered(client):
    publish_document()
    for query in ("i took all my examplol", "how long does examplol work", "Ada Lovelace", "exampl"):
        client.get("/search/", {"q": query})
    assert list(read_counts._searches) == ["exampl"]
