"""Matching of labels with pages: names and moieties that are the same, what is left out, and which comes first."""

import pytest

from drugs.formats.label import LabelSection, base_name
from drugs.labels import match_monograph, read_label, store
from drugs.labels.substance_names import forms
from drugs.models import Label, Monograph
from tests.labels.builders import make_label, make_page

pytestmark = pytest.mark.django_db


def _sets(page):
    return [match.label.set_id for match in match_monograph(page)]


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("examplol sodium", "examplol"),
        ("examplol calcium trihydrate", "examplol"),
        ("calcium carbonate", "calcium carbonate"),
        ("ferrous sulfate", "ferrous sulfate"),
        ("sodium chloride", "sodium chloride"),
        ("zinc oxide", "zinc oxide"),
        ("zinc sulfate monohydrate", "zinc sulfate"),
        ("anhydrous dextrose", "dextrose"),
        ("examplol etexilate mesilate", "examplol"),
        ("examplol", "examplol"),
    ],
)
def test_a_salt_is_left_out_of_a_name_only_where_a_name_is_left(name, base):
    assert base_name(name) == base


def test_an_ester_is_another_substance_than_the_acid_and_a_salt_is_not():
    assert forms("alendronate sodium") & forms("alendronic acid")
    assert not forms("fenofibrate") & forms("fenofibric acid")


def test_a_label_that_names_a_salt_is_matched_with_its_substance():
    store(
        [
            make_label(
                "one", moieties=(), key=("CCCCCCCCC3",), substances=("EXAMPLOL SODIUM",), source="openfda"
            )
        ]
    )
    assert _sets(make_page()) == ["one"]


def test_a_label_with_the_same_moieties_is_matched_whatever_its_names():
    store([make_label("one"), make_label("two", moieties=(("EXEMPLOL", "AAAAAAAAA1"),))])
    assert sorted(_sets(make_page())) == ["one", "two"]


def test_a_synonym_of_a_page_on_one_substance_finds_labels():
    store([make_label("one", moieties=(("USANOL", "DDDDDDDDD4"),))])
    page = make_page()
    assert not _sets(page)
    page.names.create(text="Usanol", kind="brand", position=0)
    assert not _sets(page)
    page.names.create(text="usanol", kind="synonym", position=1)
    assert _sets(page) == ["one"]


def test_a_combination_is_another_medicine_than_its_parts():
    pair = (("EXAMPLOL", "AAAAAAAAA1"), ("SECONDOL", "BBBBBBBBB2"))
    store([make_label("one"), make_label("pair", moieties=pair)])
    assert _sets(make_page()) == ["one"]
    assert _sets(make_page("secondol", "examplol", title="Both")) == ["pair"]


@pytest.mark.parametrize("use", ["homeopathic", "animal", "unapproved", "bulk", "class_index", "other"])
def test_labels_of_other_uses_are_never_matched(use):
    store([make_label("one", use=use)])
    assert not _sets(make_page())


def test_a_label_of_what_is_no_longer_sold_is_left_out():
    store([make_label("over", ended_on="2020-01-01"), make_label("still", ended_on="2999-01-01")])
    assert _sets(make_page()) == ["still"]


def test_a_set_of_two_sources_stands_there_once_in_the_words_of_spl():
    store([make_label("one"), make_label("one", source="openfda")])
    assert [match.label.source for match in match_monograph(make_page())] == ["spl"]


def test_labels_are_ranked_with_a_reason_for_every_point():
    new_drug = {
        "marketing": (("NDA", "NDA000001"),),
        "section_codes": ("43685-7", "42231-1"),
        "routes": ("ORAL",),
    }
    store(
        [
            make_label("generic", marketing=(("ANDA", "ANDA000002"),)),
            make_label("old", effective_date="2010-01-01", **new_drug),
            make_label("best", **new_drug),
            make_label("repackaged", is_repackaged=True, **new_drug),
            make_label("mute", sections=(LabelSection("storage", "44425-7", "", "Keep dry."),), **new_drug),
        ]
    )
    matches = match_monograph(make_page())
    assert [match.label.set_id for match in matches] == ["best", "old", "repackaged", "generic", "mute"]
    assert all(match.points == sum(points for points, _ in match.given) for match in matches)
    assert "marketed as NDA (+40)" in matches[0].reasons and "repackaged (-30)" in matches[2].reasons


def test_labels_of_equal_points_stand_in_a_fixed_order():
    store([make_label("b"), make_label("a"), make_label("c", version=13)])
    assert _sets(make_page()) == ["c", "a", "b"]


def test_only_the_labels_that_are_given_are_read_whole(monkeypatch, django_assert_num_queries):
    store([make_label(f"set-{number:02}", version=number) for number in range(30)])
    page, read = make_page(), []
    monkeypatch.setattr(
        "drugs.labels.matching.read_label", lambda row: read.append(row.set_id) or read_label(row)
    )
    with django_assert_num_queries(6):
        matches = match_monograph(page, most=2)
    assert [match.label.set_id for match in matches] == ["set-29", "set-28"] == read


def test_a_label_stored_without_its_reasons_is_ranked_all_the_same():
    store([make_label("one", is_repackaged=True), make_label("two")])
    ranked = [(match.label.set_id, match.points) for match in match_monograph(make_page())]
    Label.objects.update(reasons="")
    assert [
        (match.label.set_id, match.points) for match in match_monograph(Monograph.objects.get())
    ] == ranked


@pytest.mark.parametrize(
    ("page", "label"),
    [
        ("Paracetamol", "ACETAMINOPHEN"),
        ("Examplol (Topical)", "Examplol"),
        ("Examplol Sodium", "EXAMPLOL"),
        ("Examplol", "EXAMPLOL ANHYDROUS"),
        ("Examplol Oxalate", "EXAMPLOL"),
        ("Examplonate sodium", "EXAMPLONIC ACID"),
        ("Sulphexamplol", "SULFEXAMPLOL"),
        ("Examplol/ T4", "EXAMPLOL"),
        ("Epinephrine/Adrenaline (Inhaled)", "EPINEPHRINE"),
        ("Glycopyrrolate", "GLYCOPYRRONIUM"),
    ],
)
def test_names_of_one_substance_are_the_same(page, label):
    store(
        [
            make_label("one", moieties=((label, "AAAAAAAAA1"),)),
            make_label("two", moieties=(("EXAMPLAL", "X"),)),
        ]
    )
    assert _sets(make_page(title=page)) == ["one"]


def test_a_salt_that_openfda_calls_a_moiety_is_matched_with_its_substance():
    store(
        [
            make_label(
                "one",
                moieties=(("EXAMPLOL SODIUM", "C3"),),
                substances=("EXAMPLOL SODIUM",),
                source="openfda",
            )
        ]
    )
    assert _sets(make_page()) == ["one"]


def test_ions_are_matched_by_the_names_of_their_salts():
    ions = (("POTASSIUM CATION", "K"), ("CHLORIDE ION", "C"))
    store(
        [
            make_label("chloride", moieties=ions, substances=("POTASSIUM CHLORIDE",)),
            make_label("other", moieties=ions, substances=("POTASSIUM SECOND CHLORIDE",)),
        ]
    )
    assert _sets(make_page(title="Potassium chloride")) == ["chloride"]


def test_a_title_alone_may_name_a_combination_but_a_slash_is_none_that_is_known():
    pair = (("EXAMPLOL", "AAAAAAAAA1"), ("SECONDOL", "BBBBBBBBB2"))
    store([make_label("one"), make_label("pair", moieties=pair)])
    for title, expected in (("Examplol+Secondol (Ring)", ["pair"]), ("Examplol/Secondol", [])):
        assert _sets(Monograph.objects.create(title=title, slug=title[8:].lower())) == expected


def test_a_second_import_puts_right_how_a_label_is_found():
    store([make_label("one")])
    Label.objects.update(names_hash="of before", key_hash="of before", reasons="")
    page = make_page()
    assert not _sets(page)
    [stored] = store([make_label("one")])
    assert stored.outcome == "unchanged" and _sets(page) == ["one"]


def test_names_of_a_combination_are_those_of_all_its_ingredients():
    pair = (("ACETAMINOPHEN", "AAAAAAAAA1"), ("EXAMPLOL", "BBBBBBBBB2"))
    store([make_label("pair", moieties=pair), make_label("one", moieties=pair[:1])])
    assert _sets(make_page("Examplol sodium", "Paracetamol", title="Both")) == ["pair"]
