"""Views of search and suggestions, with hits in place of the index: what is shown of each."""

import pytest

from tests.support.builders import make_review, publish_document
from tests.support.public_pages import body, hit, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_hits")]


def test_search_shows_which_name_matched_and_similar_ones_apart(client, search_hits):
    one = publish_document(slug="piptaz", title="Piptaz", review=make_review())
    two = publish_document(slug="pentaz", title="Pentaz")
    search_hits.extend(
        [
            hit(one, matched="Tazocin", kind="brand"),
            hit(two, match="fuzzy", not_same_as="Tazocin"),
        ]
    )
    response = client.get("/search/?q=tazocin")
    assert response.status_code == 200
    text = main_text(response)
    assert "Piptaz Reviewed 22 November 2026 Found by the brand name Tazocin Beta blockers" in text
    apart = text.index("These names are only similar. They are different medicines.")
    assert (
        text.index("Piptaz")
        < apart
        < text.index("Pentaz Not yet reviewed")
        < text.index("Not the same as Tazocin")
    )


def test_a_search_that_finds_nothing_says_so_and_offers_a_way_on(client):
    text = main_text(client.get("/search/?q=zzz"))
    assert "We have no medicine called “zzz”." in text
    assert "does not mean that it is safe" in text


def test_suggestions_are_json_best_first(client, search_hits):
    publication = publish_document()
    search_hits.append(hit(publication, matched="Xamp", kind="brand"))
    assert client.get("/search/suggest/?q=xamp").json() == {
        "query": "xamp",
        "exact": True,
        "results": [
            {
                "name": "Examplol",
                "matched": "Xamp",
                "kind": "brand",
                "match": "exact",
                "hint": "same",
                "class": "Beta blockers",
                "use": "It lowers high blood pressure",
                "status": "not_reviewed",
                "status_words": "Not yet reviewed",
                "url": "/drugs/examplol/",
            }
        ],
    }
    search_hits.clear()
    assert client.get("/search/suggest/?q=").json() == {"query": "", "exact": False, "results": []}


def test_what_readers_search_for_is_shown_as_text(client):
    response = client.get("/search/", {"q": '"><script>alert(1)</script>%%'})
    assert "<script>alert" not in body(response)
    assert 'Search: "><script>alert(1)</script>%%' in main_text(response)
