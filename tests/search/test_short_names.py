"""Short and whole words, and abbreviations of the field: what they find before what merely holds their letters."""

import pytest

from drugs.content import Name
from drugs.search import names
from drugs.search.names import abbreviations
from tests.support.builders import publish_document

pytestmark = pytest.mark.django_db
PLAIN = {"names": (), "side_effects": (), "faqs": ()}


def publish(title, *others, kind="synonym"):
    named = tuple(Name(text, kind) for text in others)
    publish_document(
        **PLAIN | {"names": named}, slug=title.lower().replace(" ", "-").replace("+", "x"), title=title
    )


def first_shelf(query):
    return [hit.title for hit in names.find(query) if hit.match != "fuzzy"]


@pytest.fixture
def shelf():
    publish("Vitamin W")
    publish("Wombalamin", "Vitamin W7")
    publish("Vintapine", "Vitwex", kind="brand")
    publish("Zincate sulfate")
    publish("Zinsulphide")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("vit w", ["Vitamin W"]),
        ("vit w7", ["Wombalamin"]),
        ("w7", ["Wombalamin"]),
        ("zin sulph", ["Zincate sulfate"]),
        ("sulfate zinc", ["Zincate sulfate"]),
        ("vitwex", ["Vintapine"]),
    ],
)
def test_whole_words_and_beginnings_find_the_name_that_has_them(shelf, query, titles):
    assert first_shelf(query)[: len(titles)] == titles


def test_letters_that_run_over_a_space_are_no_beginning(shelf):
    assert "Vintapine" not in first_shelf("vit w")


def test_a_title_that_begins_so_precedes_a_synonym_that_does():
    publish("Examplol + Zentapine")
    publish("Borafenac", "Examplase")
    publish("Examplol")
    assert first_shelf("exampl") == ["Examplol", "Examplol + Zentapine", "Borafenac"]


def test_combinations_leave_a_single_medicine_in_sight():
    for number in range(6):
        publish(f"Examplol + Zentapine {number}")
    publish("Borafenac", "Examplase")
    assert first_shelf("exampl")[3] == "Borafenac"


@pytest.fixture
def own_list(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    def write(text):
        (tmp_path / abbreviations.NAME).write_text(text, encoding="utf-8")

    return write


def test_an_abbreviation_finds_the_medicine_whose_page_does_not_say_it(own_list):
    publish("Examplol")
    assert names.find("xpl") == []
    own_list("abbreviation,names,source\nXPL,examplolum|examplol,Own formulary\n")
    (hit,) = names.find("XPL 5 mg tablets")
    assert (hit.title, hit.matched, hit.kind, hit.hint, hit.ambiguous) == (
        "Examplol",
        "XPL",
        "abbreviation",
        "same",
        False,
    )


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("mag gluc", "Magnesium gluconate"),
        ("li gluc", "Lithium gluconate"),
        ("fe gluc", "Ferrous gluconate"),
        ("na cl", "Examplol"),
        ("zz120", "Examplol"),
    ],
)
def test_words_and_codes_that_stand_abbreviated_are_written_out(own_list, query, title):
    own_list("abbreviation,names,source\nNACL,examplol,A list\nZZ12O,examplol,A list\n")
    publish("Ferrous gluconate")
    publish("Lithium gluconate")
    publish("Magnesium gluconate")
    publish("Magnesium gluten")
    publish("Examplol")
    assert first_shelf(query)[:1] == [title]


def test_of_pages_with_a_name_the_one_that_an_abbreviation_means_is_first(own_list):
    own_list("abbreviation,names,source\nQXZ,zentapine,A list\n")
    for title in ("Borafenac", "Zentapine", "Zentapine maleate"):
        publish(title, "QXZ", "Second name" if title == "Borafenac" else "Other name", kind="brand")
    assert first_shelf("qxz")[0] == "Zentapine"


def test_an_abbreviation_of_two_medicines_shows_both_as_ambiguous(own_list):
    publish("Examplol")
    publish("Zentapine")
    own_list("abbreviation,names,source\nX-2,examplol,Here\nX-2,zentapine,There\n")
    for query in ("x2", "X-2", "x 2"):
        assert {(hit.title, hit.ambiguous) for hit in names.find(query)} == {
            ("Examplol", True),
            ("Zentapine", True),
        }


def test_operators_take_an_abbreviation_away_by_a_line_without_names(own_list):
    publish("Nitroglycerin")
    assert first_shelf("gtn") == ["Nitroglycerin"]
    own_list("abbreviation,names,source\nGTN,,We mean another\n")
    assert first_shelf("gtn") == []


def test_a_list_that_nobody_can_read_leaves_the_shipped_one(own_list, caplog):
    publish("Nitroglycerin")
    own_list("short,long\nGTN,Nitroglycerin\n")
    assert first_shelf("gtn") == ["Nitroglycerin"]
    assert "is left out: a line has no abbreviation" in caplog.text


def test_every_shipped_abbreviation_has_names_and_a_source():
    import csv

    with abbreviations.SHIPPED.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 300
    assert all(row["abbreviation"] and row["names"] and row["source"] for row in rows)


@pytest.mark.parametrize(
    ("query", "hints"),
    [
        ("borafenac", {"Borafenac": "same"}),
        ("borafenak", {"Borafenac": "near"}),
        ("boraffenac", {"Borafenac": "near"}),
        ("zentapime", {"Zentapine": "similar", "Zentaprine": "similar"}),
        ("zentapine", {"Zentapine": "same", "Zentaprine": "similar"}),
    ],
)
def test_a_hint_tells_a_slip_from_a_look_alike(query, hints):
    publish("Borafenac")
    publish("Zentapine")
    publish("Zentaprine")
    assert {hit.title: hit.hint for hit in names.find(query)} == hints


def test_rare_synonyms_frighten_about_no_other_medicine():
    publish("Examplol", "Quorabine hydrate")
    publish("Zentapine", "Quorabyne")
    assert {hit.not_same_as for hit in names.find("quorabin")} == {""}
