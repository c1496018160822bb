"""The page of results: names first, similar names apart, then the sentences of pages that say the words."""

import re

import pytest

from drugs.document import Name, Section
from tests.builders import make_review, publish_document

pytestmark = pytest.mark.django_db


def search(client, query):
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return response.content.decode()


def said(html):
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def use(text):
    return (Section("uses", "", text),)


def plain(**overrides):
    return publish_document(**{"names": (), "side_effects": (), "faqs": (), **overrides})


def test_a_result_says_class_use_ingredients_status_and_which_name_matched(client):
    publish_document(
        slug="bozent",
        title="Bozent",
        names=(Name("Xamp Duo", "brand"),),
        ingredients=("Borafenac", "Zentapine"),
        review=make_review(),
    )
    assert (
        "Bozent Reviewed 22 November 2026 Found by the brand name Xamp Duo Contains Borafenac + Zentapine "
        "Beta blockers It lowers high blood pressure."
    ) in said(search(client, "xamp duo"))


def test_what_a_title_says_is_not_said_again(client):
    plain(slug="a-b", title="Borafenac + Zentapine", ingredients=("Borafenac", "Zentapine"))
    assert "Contains" not in said(search(client, "zentapine borafenac"))


@pytest.mark.parametrize("query", ["loomisylin", "loomisy", "loomysilin"])
def test_a_known_misspelling_finds_the_page_and_is_never_shown(client, query):
    plain(slug="lumicillin", title="Lumicillin", names=(Name("Loomisylin", "misspelling"),))
    html = search(client, query)
    assert 'href="/drugs/lumicillin/"' in html
    assert ("Found by a known misspelling" in html) == (query != "loomysilin")
    assert "Loomisylin" not in html


def test_look_alikes_warn_of_each_other_and_similar_names_stand_apart(client):
    plain(slug="zentapine", title="Zentapine")
    plain(slug="zentaprine", title="Zentaprine")
    text = said(search(client, "zentapine"))
    apart = text.index("These names are only similar. They are different medicines.")
    assert text.index("Not the same as Zentaprine") < apart < text.index("Not the same as Zentapine")


def test_below_the_floor_nothing_is_guessed_and_the_a_to_z_is_offered(client):
    plain()
    html = search(client, "qwxzvb")
    assert "We have no medicine called “qwxzvb”." in html
    assert 'href="/drugs/">Look through all medicines from A to Z' in html
    assert "examplol" not in html.lower().partition("<main")[2].partition("</main>")[0]


def test_sentences_of_pages_stand_after_the_names_with_the_words_marked(client):
    plain(slug="tazorol", title="Tazorol", sections=use("For fever."))
    plain(slug="vanc", title="Vancorol", sections=use("Kidneys suffer more with <b>tazorol</b> & others."))
    html = search(client, "tazorol")
    names, _, passages = html.partition("In the text of pages")
    assert "/drugs/tazorol/" in names and "/drugs/vanc/" not in names
    assert '<a href="/drugs/vanc/">Vancorol</a>' in passages
    assert "Kidneys suffer more with <mark>tazorol</mark> &amp; others." in passages


def test_a_page_that_the_query_names_is_not_listed_again(client):
    plain(sections=use("Examplol lowers high blood pressure."))
    assert "In the text of pages" not in search(client, "examplol")
    assert "In the text of pages" in search(client, "blood pressure")


@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 1), ("examplol", 3), ("examplol 1", 4), ("examplol 1 zentapine", 4), ("qwxzvb", 3)],
)
def test_an_answer_takes_at_most_four_queries_with_the_site_s_texts(
    client, django_assert_num_queries, query, queries
):
    for number in range(30):
        other = f"examplol {number}" if number % 2 else "examplol"
        plain(
            slug=f"e{number}",
            title=f"Examplol {number}",
            ingredients=("Examplol", f"Zentapine {number}"),
            sections=use(f"Like {other} and zentapine."),
        )
    with django_assert_num_queries(queries):
        search(client, query)
