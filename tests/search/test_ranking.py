"""Ranking of names: which of several a reader meant, judged without a database, on made-up medicines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.content import normalisation
from drugs.search.names import candidates, combinations, query_parser, ranking
from drugs.search.names.lookalikes import not_the_same
from drugs.search.names.phonetics import phonetic_spelling

PAGES = {
    "Examplol": ["Xamp", "Examplol hydrochloride"],
    "Examprol": ["Rolexa"],
    "Zentapine": ["Zentagen", "Kwiltap"],
    "Zentapine (Nasal)": ["Zentanase"],
    "Borafenac": ["Boracid"],
    "Borafenac + Zentapine": ["Bozent"],
    "Borafenac + Examplol": [],
    "Borafenac + Examplol + Zentapine": [],
    "Lumicillin sodium": ["Lumipen"],
    "Vitamin Q": ["Quinovit"],
    "Tocamide": ["Paquil"],
    "Sodium chloride + Potassium citrate": [],
    "Sodium citrate + Potassium chloride": [],
}


def make_names(pages):
    names = []
    for title, others in pages.items():
        for text, kind in [(title, "title"), *((other, "brand") for other in others)]:
            for form in normalisation.forms(text):
                squashed = "".join(normalisation.words_of(form.text))
                names.append(
                    candidates.Name(
                        hash((title, form.text)),
                        text,
                        kind,
                        form.text,
                        form.whole,
                        phonetic_spelling(squashed[:100]),
                        1 + len(others),
                        normalisation.fold(title).replace(" ", "-"),
                        title,
                    )
                )
    return names


def find(text, pages=PAGES):
    """The titles found and how each matched."""
    query = query_parser.parse_query(text)
    names = make_names(pages)
    found = ranking.rank(query, names, combinations.other_names(query, names))
    return [(name.title, verdict.match) for name, verdict in found]


def titles(text, pages=PAGES):
    return [title for title, _ in find(text, pages)]


@pytest.mark.parametrize(
    ("typed", "title", "match"),
    [
        ("Examplol", "Examplol", "exact"),
        ("EXÁMPLOL", "Examplol", "exact"),
        ("xamp", "Examplol", "exact"),
        ("zentapine nasal", "Zentapine (Nasal)", "exact"),
        ("zentapine and borafenac", "Borafenac + Zentapine", "exact"),
        ("Zentapine/Examplol, Borafenac", "Borafenac + Examplol + Zentapine", "exact"),
        ("potassium chloride + sodium citrate", "Sodium citrate + Potassium chloride", "exact"),
        ("exampl", "Examplol", "prefix"),
        ("kwil", "Zentapine", "prefix"),
        ("zentapine 500 mg tablets", "Zentapine", "prefix"),
        ("zentapine hydrochloride", "Zentapine", "prefix"),
        ("lumicillin", "Lumicillin sodium", "prefix"),
        ("kwiltap and rolexa", "Zentapine", "fuzzy"),
        ("boracid and xamp", "Borafenac + Examplol", "prefix"),
        ("kwiltap (zentapine)", "Zentapine", "prefix"),
        ("zentapine sandolabs", "Zentapine", "fuzzy"),
        ("zentapin", "Zentapine", "prefix"),
        ("zentapeen", "Zentapine", "fuzzy"),
        ("zetnapine", "Zentapine", "fuzzy"),
        ("sentapyne", "Zentapine", "fuzzy"),
        ("kwilltap", "Zentapine", "fuzzy"),
        ("borafinak", "Borafenac", "fuzzy"),
        ("borafenak zentapin", "Borafenac + Zentapine", "fuzzy"),
        ("toccamide", "Tocamide", "fuzzy"),
        ("vitaminq", "Vitamin Q", "exact"),
        ("q vitamin", "Vitamin Q", "exact"),
    ],
)
def test_a_query_finds_the_page_that_was_meant(typed, title, match):
    assert find(typed)[0] == (title, match)


@pytest.mark.parametrize("typed", ["qwxzvb", "my head hurts", "buy cheap things online", "exp", "qz", "100"])
def test_below_the_floor_or_four_letters_nothing_is_guessed(typed):
    assert titles(typed) == []


def test_two_combinations_of_the_same_words_are_two_medicines():
    assert find("sodium chloride and potassium citrate")[0] == (
        "Sodium chloride + Potassium citrate",
        "exact",
    )
    exact = [title for title, match in find("sodium citrate, potassium chloride") if match == "exact"]
    assert exact == ["Sodium citrate + Potassium chloride"]


def test_exact_stands_before_prefix_and_prefix_before_fuzzy():
    order = [match for _, match in find("zentapine")]
    assert order == sorted(order, key=["exact", "prefix", "fuzzy"].index)
    assert titles("zentapine")[:2] == ["Zentapine", "Zentapine (Nasal)"]


def test_letters_that_run_into_the_next_word_are_no_prefix():
    pages = {"Examplol + Ergolate": [], "Examplol": []}
    assert find("examplole", pages)[0] == ("Examplol", "fuzzy")


def test_combinations_do_not_crowd_out_a_name_a_letter_away():
    pages = {
        "Zentaprolol": [],
        "Zintaprol": [],
        **{f"Zentaprolol + {other}": [] for other in ("Aol", "Bol", "Col", "Dol", "Eol")},
    }
    found = find("zentaprol", pages)
    assert [match for _, match in found] == 4 * ["prefix"] + ["fuzzy"]
    assert found[0][0] == "Zentaprolol" and found[4][0] == "Zintaprol"
    # Who typed a name in full sees all of them.
    assert [match for _, match in find("zentaprolol", pages)][:6] == ["exact"] + 5 * ["prefix"]


def test_one_medicine_stands_before_an_unasked_combination():
    pages = {"Zentapine + Borafenac": [], "Zentipane": [], "Zontapine + Examplol": []}
    assert titles("zemtapine", pages)[0] == "Zentipane"


def test_a_name_that_a_combination_bears_too_leads_to_the_one_medicine():
    pages = {"Borafenac + Zentapine": ["Lumirex"], "Borafenac": ["Lumirex"]}
    names = make_names(pages)
    for name in names:
        name.names = 1 + 30 * (" + " in name.title)
    found = ranking.rank(query_parser.parse_query("lumorex"), names, {})
    assert [name.title for name, _ in found] == ["Borafenac", "Borafenac + Zentapine"]


def test_the_title_without_its_salt_counts_nearly_as_the_title():
    pages = {"Zentapane dihydrochloride": ["Zentapane"], "Bozent": ["Zentapine"]}
    # The long title itself is no candidate for a short query.
    names = [name for name in make_names(pages) if name.kind != "title"]
    found = ranking.rank(query_parser.parse_query("zentapene"), names, {})
    assert [name.title for name, _ in found] == ["Zentapane dihydrochloride", "Bozent"]
    assert found[0].score.value > found[1].score.value


def test_the_prior_puts_the_page_of_more_names_first():
    pages = {"Zentapane": [], "Zentapone": ["Rolexa", "Kwiltap", "Xamp"]}
    assert titles("zentapune", pages) == ["Zentapone", "Zentapane"]


def test_equal_scores_stand_title_before_brand_then_by_name():
    pages = {"Bovex": ["Nordane"], "Anvex": ["Nordane"], "Nordane": []}
    assert titles("nordane", pages) == ["Nordane", "Anvex", "Bovex"]


def test_look_alikes_carry_a_warning_and_salts_do_not():
    pages = {"Zentapine": [], "Zentaprine": [], "Zentapine sodium": [], "Borafenac": []}
    names = make_names(pages)
    warned = not_the_same([name for name in names if name.kind == "title"], names)
    assert warned == {"zentapine": "Zentaprine", "zentaprine": "Zentapine", "zentapine-sodium": "Zentaprine"}


def test_two_spellings_of_one_drug_carry_no_look_alike_warning():
    names = make_names({"Zentapine": ["Zentapyne"], "Zentapyne": []})
    assert not_the_same([names[0], names[2]], names) == {}


letters = st.text("abcdefghilmnoprstuvz", min_size=4, max_size=12)
words = st.lists(letters, min_size=1, max_size=3).map(" ".join)
# Joiners and forms are set aside, so these would be other words than were typed.
titles_of_pages = words.filter(
    lambda text: not set(text.split()) & (normalisation.FORMS | normalisation.JOINERS | normalisation.SALTS)
)


@given(st.lists(titles_of_pages, min_size=1, max_size=8, unique=True), st.data())
def test_an_exact_name_always_comes_first(pages, data):
    title = data.draw(st.sampled_from(pages))
    squashed = [page.replace(" ", "") for page in pages]
    found, match = find(title, {page: [] for page in pages})[0]
    assert match == "exact"
    assert found == title or squashed.count(title.replace(" ", "")) > 1 or sorted(found) == sorted(title)


@given(st.lists(titles_of_pages, min_size=1, max_size=6, unique=True), letters, st.data())
def test_adding_an_unrelated_drug_never_changes_a_first_hit(pages, typed, data):
    query = data.draw(st.sampled_from([typed, pages[0][:-1], pages[0] + "e"]))
    before = titles(query, {page: [] for page in pages})
    after = titles(query, {"Kwyjxq kwyj": ["wyqk"], **{page: [] for page in pages}})
    assert before[:1] == after[:1]


@given(titles_of_pages, st.randoms())
def test_case_and_accents_never_matter(title, rng):
    pages = {title: [], "Examplol": [], "Zentapine": []}
    accents = "".join(
        char + rng.choice(["", "\u0301", "\u0308"]) if char.isalpha() else char for char in title
    )
    cased = "".join(rng.choice([char.upper(), char]) for char in accents)
    assert find(cased, pages) == find(title, pages)


@given(st.lists(letters, min_size=2, max_size=4, unique=True), st.randoms())
def test_the_order_of_ingredients_never_matters(ingredients, rng):
    pages = {" + ".join(ingredients): [], "Examplol": [], ingredients[0]: []}
    shuffled = rng.sample(ingredients, len(ingredients))
    assert find(" + ".join(shuffled), pages)[0] == (" + ".join(ingredients), "exact")
