"""Headings in several languages: which speak of an overdose, and which stand over sources."""

import time

import pytest

from drugs.content import headings


@pytest.mark.parametrize(
    "heading",
    [
        "Overdose",
        "Over-dosage",
        "What if I take **too much**?",
        "If you take more Examplol than you should",
        "Überdosierung",
        "U\u0308berdosis",
        "UEBERDOSIERUNG",
        "Wenn Sie eine größere Menge Examplol eingenommen haben, als Sie sollten",
        "Zu viel eingenommen?",
        "Surdosage",
        "Si vous avez pris plus d’Examplol que vous n’auriez dû",
        "Sobredosis",
        "Sobredosificación",
        "Si toma más Examplol del que debe",
        "Superdosagem",
        "Superdose",
        "Se tomar mais Examplol do que deveria",
        "Sovradosaggio",
        "Se prende più Examplol di quanto deve",
        "Overdosering",
        "Heeft u te veel van dit middel ingenomen?",
        "Przedawkowanie",
        "Předávkování",
        "Supradozaj",
        "Yliannostus",
        "Poisoning and toxicity",
        "Передозировка",
        "過量投与",
        "الجرعة الزائدة",
    ],
)
def test_a_heading_may_be_about_an_overdose(heading):
    assert headings.may_be_overdose(heading)


@pytest.mark.parametrize(
    "heading", ["", "How to take it", "Missed dose", "Dosierung", "Sur la dose", "α-blockers"]
)
def test_other_headings_are_about_no_overdose(heading):
    assert not headings.may_be_overdose(heading)


def test_a_text_names_an_overdose_in_any_of_the_languages():
    assert headings.names_overdose("**Signes de surdosage** : appelez.")
    assert headings.names_overdose("Bei Überdosis sofort anrufen.")
    assert not headings.names_overdose("Do not eat too much liquorice.")


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "**Sources**:",
        "Sources and further reading",
        "Quellen",
        "Quellen und Literatur",
        "Literaturverzeichnis",
        "Références",
        "Fuentes",
        "Bibliografía",
        "Referências bibliográficas",
        "Fonti",
        "Bronnen",
        "5. References",
    ],
)
def test_a_heading_stands_over_sources(heading):
    assert headings.is_sources(heading) and headings.may_be_sources(heading)


@pytest.mark.parametrize("heading", ["Sources of vitamin K in food", "Where our sources disagree"])
def test_a_heading_that_only_speaks_of_sources_is_uncertain(heading):
    assert headings.may_be_sources(heading) and not headings.is_sources(heading)


@pytest.mark.parametrize("heading", ["", "Uses", "Resources for patients", "12"])
def test_a_heading_of_something_else_is_none_over_sources(heading):
    assert not headings.is_sources(heading) and not headings.may_be_sources(heading)


def test_inner_headings_are_those_of_markdown_and_lines_in_bold():
    body = "Text.\n\n#### Überdosierung ####\n\n**Sources:**\n- one\n\n__Bronnen__: two\n\nSource: a leaflet."
    assert headings.inner_headings(body) == ["Überdosierung", "Sources:", "Bronnen", "Source"]


def test_a_hostile_body_takes_no_longer_than_its_length():
    for line in ("#" * 50_000, "# " * 25_000 + "x", "> " * 25_000, "**" * 25_000, "a" * 50_000):
        begun = time.process_time()
        headings.inner_headings(line)
        headings.names_overdose(line)
        assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "text", ["See https://example.org/x.", "doi:10.1000/182", "PMID: 123456", "See [1]."]
)
def test_a_link_or_the_number_of_an_article_may_be_a_source(text):
    assert headings.may_cite(text)


def test_plain_text_cites_nothing():
    assert not headings.may_cite("Take 1 tablet (500 mg) a day [with food].")
