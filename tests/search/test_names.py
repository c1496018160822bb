"""Search by name on the database: what is written with an edition is what readers find."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugs.content import Name
from drugs.models import Publication
from drugs.models.search import SearchMark, SearchName
from drugs.search import index, names
from drugs.search.names import candidates, query_parser, rows, terms
from tests.support.builders import make_document, publish_document
from tests.support.examples import examples
from tests.support.hostile_queries import HOSTILE_QUERIES

pytestmark = pytest.mark.django_db


def publish(title, *others, kind="brand", ingredients=(), slug=None):
    document = make_document(
        slug=slug or title.lower().replace(" ", "-").replace("+", "x"),
        title=title,
        names=tuple(Name(text, kind) for text in others),
        ingredients=tuple(ingredients),
    )
    publication = publish_document(document)
    index.write([(publication, document)])
    return publication


def found(query):
    return [(hit.title, hit.matched, hit.kind, hit.match) for hit in names.find(query)]


@pytest.fixture
def shelf():
    publish("Examplol", "Xamp")
    publish("Zentapine", "Kwiltap")
    publish("Zentaprine")
    publish("Borafenac", "Boracid")
    publish("Borafenac + Zentapine")


def test_a_hit_says_which_name_matched_and_how(shelf):
    assert found("examplol")[0] == ("Examplol", "Examplol", "title", "exact")
    assert found("XAMP")[0] == ("Examplol", "Xamp", "brand", "exact")
    assert found("kwil")[0] == ("Zentapine", "Kwiltap", "brand", "prefix")
    assert found("boraphenak")[0] == ("Borafenac", "Borafenac", "title", "fuzzy")


def test_swapped_or_doubled_letters_share_an_index_term():
    assert terms.letters_term("borfenca") == terms.letters_term("borafenac")


def test_each_page_is_found_once_and_the_limit_is_kept(shelf):
    slugs = [hit.slug for hit in names.find("borafenac")]
    assert len(slugs) == len(set(slugs)) == 2
    assert len(names.find("borafenac", limit=1)) == 1


def test_a_combination_is_found_by_names_of_its_ingredients(shelf):
    assert found("kwiltap / boracid")[0][0] == "Borafenac + Zentapine"
    assert found("zentapine and boracid")[0][0] == "Borafenac + Zentapine"
    assert found("zentapine and borafenac")[0][::3] == ("Borafenac + Zentapine", "exact")


def test_a_new_name_of_an_ingredient_finds_its_combinations(shelf):
    assert found("rolexa borafenac")[0][0] != "Borafenac + Zentapine"
    page = Publication.objects.get(slug="zentapine")
    index.write(
        [(page, make_document(slug="zentapine", title="Zentapine", names=(Name("Rolexa", "synonym"),)))]
    )
    assert found("rolexa borafenac")[0][0] == "Borafenac + Zentapine"


def test_a_branded_combination_is_found_by_its_ingredients(shelf):
    publish("Bozent", ingredients=["Borafenac", "Zentaprine"])
    assert found("zentaprine + borafenac")[0][:2] == ("Bozent", "Borafenac + Zentaprine")


def test_look_alikes_warn_of_each_other(shelf):
    warned = {hit.title: hit.not_same_as for hit in names.find("zentapine")}
    assert warned["Zentapine"] == "Zentaprine"
    assert warned["Zentaprine"] == "Zentapine"


def test_an_alias_of_two_drugs_shows_both_in_order_of_title():
    publish("Bovex", "Nordane")
    publish("Anvex", "Nordane")
    assert [hit[0] for hit in found("nordane")] == ["Anvex", "Bovex"]


def test_a_misspelling_that_an_editor_entered_finds_the_page(shelf):
    publish("Lumicillin", "Loomisylin", kind="misspelling")
    assert found("loomisylin")[0] == ("Lumicillin", "Loomisylin", "misspelling", "exact")


def test_what_an_edition_no_longer_says_is_no_longer_found(shelf):
    page = Publication.objects.get(slug="examplol")
    index.write([(page, make_document(names=()))])
    assert found("xamp") == []
    index.remove(page)
    assert found("examplol") == []
    assert not SearchName.objects.filter(publication=page).exists()
    assert not SearchMark.objects.exclude(name__in=SearchName.objects.all()).exists()


def test_a_page_whose_names_are_as_they_were_costs_one_query(shelf, django_assert_num_queries):
    page = Publication.objects.get(slug="examplol")
    document = make_document(names=(Name("Xamp", "brand"),))
    with django_assert_num_queries(1):
        names.write([(page, document)])


def test_an_index_rebuild_gives_what_publishing_gave(shelf):
    before = set(SearchMark.objects.values_list("mark", "size", "name_id"))
    SearchMark.objects.filter(mark__startswith="^").delete()
    told = []
    assert index.rebuild(told.append) == 5
    assert told == [5]
    assert set(SearchMark.objects.values_list("mark", "size", "name_id")) == before


def test_withdrawn_pages_are_not_found_even_while_indexed(shelf):
    Publication.objects.filter(slug="examplol").update(
        withdrawn_at="2026-01-01T00:00Z", withdrawn_reason="Old."
    )
    assert found("examplol") == []
    index.rebuild()
    assert not SearchName.objects.filter(publication__slug="examplol").exists()


@pytest.mark.parametrize("query", ["examplol", "borafenac + zentapine", "xa", "zentapeen 5 mg"])
def test_an_answer_takes_three_queries_at_most(shelf, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(3):
        names.find(query)


@pytest.mark.parametrize("query", HOSTILE_QUERIES, ids=range(len(HOSTILE_QUERIES)))
def test_hostile_queries_are_answered_cheaply(shelf, query):
    names.find("warm up")
    started = time.process_time()
    names.find(query)
    assert time.process_time() - started < 0.05


alphabet = st.text("abcdefghilmnoprstuvz", min_size=4, max_size=10).filter(
    lambda text: (
        text not in ("with", "plus", "tabs", "caps", "base", "salt", "zinc", "oral", "foam", "film", "inhal")
    )
)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(alphabet, min_size=2, max_size=5, unique=True), alphabet)
def test_an_exact_name_is_first_and_a_stranger_changes_no_hit(titles, typed):
    Publication.objects.exclude(slug="").update(withdrawn_at="2026-01-01T00:00Z", withdrawn_reason="Old.")
    for title in titles:
        slug = f"{title}-{Publication.objects.count()}"
        publish(title, slug=slug)
    assert names.find(titles[0])[0].matched == titles[0]
    before = names.find(typed)[:1]
    publish("Kwyjxq wyqk", slug=f"kwyjxq-{Publication.objects.count()}")
    after = names.find(typed)[:1]
    assert [hit.slug for hit in before] == [hit.slug for hit in after]


def test_the_key_of_a_row_does_not_depend_on_the_database(shelf):
    page = Publication.objects.get(slug="examplol")
    assert sorted(page.search_names.values_list("form", flat=True)) == ["examplol", "xamp"]
    assert rows.name_key("examplol", "xamp") == page.search_names.get(form="xamp").key
    assert rows.name_key("examplol", "xamp") == 5763813299283664863


@pytest.mark.parametrize("typed", ["borafenak", "borafemac", "borrafenac", "obrafenac", "bozafenac"])
def test_a_slip_is_found_where_many_names_share_the_letters(shelf, monkeypatch, typed):
    monkeypatch.setattr("drugs.search.names.candidates.LISTED", 2)
    assert found(typed)[0][0] == found("borafenac")[0][0]


def test_what_is_read_of_one_list_is_bounded():
    query = query_parser.parse_query("borafemac")
    counts = [candidates.LISTED] * len(candidates.trigrams(query))
    sql, parameters = candidates.statement(query, counts)
    assert sql.count("LIMIT") > sql.count("size BETWEEN") > 2 * candidates.GRAMS
    assert parameters.count(candidates.LISTED // 2) >= 2 * candidates.GRAMS


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ксимполол", "ксимпалол"),
        ("Ξυμπολόλη", "ξιμπολόλη"),
        ("زامبولول", "زمبولول"),
        ("ज़म्पोल", "जम्पल"),
        ("मॉर्फिन", "मॉफिन"),
    ],
)
def test_a_slip_in_another_script_is_a_slip(shelf, name, typed):
    publish(name, slug="another-script")
    assert found(typed)[0][0] == name
