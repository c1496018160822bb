"""Search page: names first, similar names apart, then the sentences of pages that say the words."""

import re

import pytest

from drugs import publishing
from drugs.content import Name, Section, SideEffect
from tests.support.builders import make_document, make_review, publish_document, publish_documents

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


PLAIN = {"names": (), "side_effects": (), "faqs": ()}


def plain(**overrides):
    return publish_document(**PLAIN | overrides)


def test_a_result_says_class_use_status_and_which_name_matched(client):
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


def test_look_alikes_warn_and_similar_names_stand_apart(client):
    plain(slug="zentapine", title="Zentapine")
    plain(slug="zentaprine", title="Zentaprine")
    text = said(search(client, "zentapine"))
    apart = text.index("These names are only similar. They are different medicines.")
    assert text.index("Not the same as Zentaprine") < apart < text.index("Not the same as Zentapine")


def test_a_medicine_named_among_other_words_comes_after_help(client):
    plain(slug="examplol", title="Examplol", names=(Name("Xamp", "brand"), Name("Exampel", "misspelling")))
    plain(slug="exampril", title="Exampril")
    for query, help_first, found_by in [
        ("Examplol overdose", "There is help, now", ""),
        ("took too many XAMP tablets by mistake", "There is help, now", "Found by the brand name Xamp"),
        ("examplol giraffe", "If you feel very unwell", ""),
        ("exampel lampshade", "If you feel very unwell", "Found by a known misspelling"),
    ]:
        text = said(search(client, query))
        named = text.index("Medicines named in your search")
        assert text.index(help_first) < named < text.rindex("Examplol Not yet reviewed " + found_by)
        assert text.count(help_first) == 1
        assert "We have no medicine called" not in text
        assert "Examplol" not in text.partition("These names are only similar.")[2]


def test_a_full_name_never_precedes_a_nearly_typed_combination(client):
    plain(slug="aol", title="Borafenac", ingredients=("Borafenac",))
    plain(slug="aol-bol", title="Borafenac + Zentapine", ingredients=("Borafenac", "Zentapine"))
    text = said(search(client, "borafenac zentapinn"))
    assert "Medicines named in your search" not in text
    assert text.index("Did you mean Borafenac + Zentapine?") < text.index("These names are only similar.")
    assert "We have no medicine called" not in text


def test_nothing_is_guessed_and_the_a_to_z_is_offered(client):
    plain()
    html = search(client, "qwxzvb")
    assert "We have no medicine called “qwxzvb”." in html
    assert 'href="/drugs/">Look through all medicines from A to Z' in html
    assert "examplol" not in html.lower().partition("<main")[2].partition("</main>")[0]


def test_snippets_stand_after_the_names_with_the_words_marked(client):
    plain(slug="tazorol", title="Tazorol", sections=use("For fever."))
    plain(slug="vanc", title="Vancorol", sections=use("Kidneys suffer more with <b>tazorol</b> & others."))
    html = search(client, "tazorol")
    names, _, passages = html.partition("In the text of pages")
    assert "/drugs/tazorol/" in names and "/drugs/vanc/" not in names
    assert '<a href="/drugs/vanc/#uses">Vancorol</a>' in passages
    assert "Vancorol Not yet reviewed Kidneys" in said(html)
    assert "Kidneys suffer more with <mark>tazorol</mark> &amp; others." in passages


def test_a_page_that_the_query_names_is_not_listed_again(client):
    plain(sections=use("Examplol lowers high blood pressure."))
    assert "In the text of pages" not in search(client, "examplol")
    assert "In the text of pages" in search(client, "blood pressure")


def test_words_that_are_a_facet_lead_there_before_any_snippet(client, settings):
    settings.COUNTRY = "gb"
    for number in range(2):
        publish_document(
            slug=f"e{number}", title=f"Examplol {number}", names=(), side_effects=(SideEffect("Chest pain"),)
        )
    html = search(client, "Chest PAINS")
    assert '<a href="/side-effects/chest-pain/">Chest pain as a side effect</a>' in html
    text = said(html)
    assert (
        text.index("If you feel very unwell, call 999 now.")
        < text.index("Chest pain as a side effect 2 medicines")
        < text.index("In the text of pages")
        < text.index("do not choose a medicine by them")
    )
    assert "We have no medicine called" not in text
    assert '<a href="/classes/beta-blocker/">Beta blockers, a class of medicines</a>' in search(
        client, "beta blockers"
    )


def test_a_side_effect_whose_pages_are_withdrawn_is_not_offered(client):
    page = publish_document(side_effects=(SideEffect("Chest pain"),))
    publishing.withdraw(page, reason="Old.", by="test")
    assert "as a side effect" not in search(client, "chest pain")


def test_who_finds_no_name_reads_whom_to_call(client):
    plain()
    unwell = "If you feel very unwell, call your local emergency number now."
    text = said(search(client, "qwxzvb"))
    assert text.index(unwell) < text.index("We have no medicine called")
    assert "Has somebody taken too much? Whom to call" in text
    for query in ("examplol", "exampol"):
        assert 'href="/drugs/examplol/"' in search(client, query)
        assert unwell not in said(search(client, query))


def test_a_similar_name_does_not_hide_whom_to_call(client):
    plain(slug="feverol", title="Feverol")
    plain(slug="bol", title="Bol", sections=use("Take it for feverox attacks."))
    text = said(search(client, "feverox"))
    assert (
        text.index("If you feel very unwell")
        < text.index("Did you mean Feverol?")
        < text.index("Take it for")
    )


@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 2), ("examplol", 8), ("examplol 1", 8), ("examplol 1 zentapine", 9), ("qwxzvb", 7)],
)
def test_a_search_page_takes_at_most_nine_queries(client, django_assert_num_queries, query, queries):
    publish_documents(
        make_document(
            **PLAIN,
            slug=f"e{number}",
            title=f"Examplol {number}",
            ingredients=("Examplol", f"Zentapine {number}"),
            sections=use(f"Like {f'examplol {number}' if number % 2 else 'examplol'} and zentapine."),
        )
        for number in range(30)
    )
    with django_assert_num_queries(queries):
        search(client, query)
