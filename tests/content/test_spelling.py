"""Spelling-only changes: what the machine can show to be spelling, and everything else, which it refuses."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.content import FAQ, Document, Name, Reference, Section, SideEffect
from drugs.content.normalisation import fold
from drugs.content.spelling import (
    MOST_OBJECTIONS,
    certain_objections,
    changed_words,
    spelling_objections,
    word_changes,
)
from drugs.formats import read
from tests.support.examples import examples

VOCABULARY = frozenset(
    "tablets bexamplol swallow whole pain hypertension hypotension medicine inside liver".split()
)
DRUGS = frozenset({"examplol", "bexamplol"})


def document(text):
    return Document("examplol", "Examplol", sections=(Section("uses", "", text),))


def objections(before, after, vocabulary=VOCABULARY):
    return spelling_objections(document(before), document(after), vocabulary=vocabulary, drug_names=DRUGS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Swallow the tabelts whole.", "Swallow the tablets whole."),
        ("Hypertensoin is common.", "Hypertension is common."),
        ("5\u00a0mg a day", "5 mg a day"),
        ("for  pain", "for pain"),
        ("for pain", "For pain"),
        ("the medcine, inside", "the medicine, inside"),
    ],
)
def test_a_slip_that_becomes_a_known_word_is_spelling(before, after):
    assert objections(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("Take 500 mg.", "Take 5000 mg.", "“500 mg” became “5000 mg”."),
        ("Take eight 500 mg tablets", "Take eighty 500 mg tablets", "“eight” became “eighty”."),
        ("Do take it.", "Do not take it.", "“not” was added."),
        ("Do not take it.", "Do take it.", "“not” was taken out."),
        ("It is not safe.", "It is now safe.", "“not” became “now”."),
        ("You can take it.", "You can't take it.", "“can” became “can't”."),
        ("Take 5 mg.", "Take 5 Mg.", "“mg” became “Mg”."),
        ("Take 5 mg.", "Take 5 mcg.", "“mg” became “mcg”."),
        ("Take 1.5 mg.", "Take 15 mg.", "“1.5 mg” became “15 mg”."),
        ("Take 1 - 5 tablets.", "Take 1 5 tablets.", "“-” was taken out."),
        ("For hypertension.", "For hypotension.", "“hypertension” became “hypotension”."),
        ("For hypotensoin.", "For hypertension.", "“hypotensoin” became “hypertension”."),
        ("Take exampol.", "Take examplol.", "“exampol” became “examplol”."),
        ("Stop it.", "Start it.", "“Stop” became “Start”."),
        ("For wqrty.", "For wqrtx.", "“wqrty” became “wqrtx”."),
        ("For pain.", "For bad pain.", "“bad” was added."),
        ("No, pain is common.", "No pain is common.", "“,” was taken out."),
        ("In side the liver.", "Inside the liver.", "“In side” became “Inside”."),
        ("For pain\nand more", "For pain and more", "Lines or spaces changed (uses)."),
        ("pulse is > 100", "pulse is\n> 100", "Lines or spaces changed (uses)."),
        ("- wine\n\nInside.", "- wine\nInside.", "Lines or spaces changed (uses)."),
        ("HIV- ones", "HIV ones", "“-” was taken out."),
        ("-**5** mg", "**5** mg", "“-” was taken out."),
        ("a liver", "liver", "“a” was taken out."),
        ("insuficient in tablets", "in sufficient tablets", "“insuficient” became “in”."),
        ("external", "internal", "“external” became “internal”."),
        ("lever", "liver", "“lever” became “liver”."),
        ("500 µg", "500 Μg", "“µg” became “Μg”."),
        ("ano", "año", "“ano” became “año”."),
        ("Beaxmplol", "Bexamplol", "“Beaxmplol” became “Bexamplol”."),
        ("casual", "causal", "“casual” became “causal”."),
        ("A pian, or more pian", "A pain, or more pian", "“pian” became “pain”."),
        ("Not with ale, if ill.", "Not with ale if ill.", "“,” was taken out."),
        ("Take it. If ill, call.", "Take it if ill. Call.", "“if ill” was added."),
        ("Safe for children?", "Safe for children.", "“?” became “.”."),
        ("The “safe” ones.", "The safe ones.", "““” was taken out."),
        ("If CrCl < 30", "If CrCl > 30", "“<” became “>”."),
        ("[here](https://example.org/a)", "[here](https://example.org/b)", "Links differ."),
        ("* pain\n* liver", "* pain liver", "“*” was taken out."),
    ],
)
def test_what_is_more_than_spelling_is_refused_in_its_own_words(before, after, message):
    assert message in objections(before, after)


PAGE = Document(
    "examplol",
    "Examplol",
    names=(Name("Xamp", "brand"),),
    ingredients=("Examplol",),
    sections=(Section("uses", "", "For pain."), Section("side_effects"), Section("faqs")),
    side_effects=(SideEffect("Nausea", "", "common", "", "common", "talk"),),
    faqs=(FAQ("Why?", "So."),),
    references=(Reference("Leaflet", year=2024),),
)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Examplal"},
        {"names": ()},
        {"ingredients": ("Examplal",)},
        {"origin": "editorial"},
        {"sections": (*PAGE.sections, Section("storage", "", "Cool."))},
        {"sections": (Section("dosage", "", "For pain."), *PAGE.sections[1:])},
        {"side_effects": (*PAGE.side_effects, SideEffect("Rash"))},
        {"side_effects": (replace(PAGE.side_effects[0], urgency="expected"),)},
        {"side_effects": (replace(PAGE.side_effects[0], frequency="rare"),)},
        {"side_effects": (replace(PAGE.side_effects[0], group="serious"),)},
        {"faqs": (*PAGE.faqs, FAQ("How?", "Thus."))},
        {"references": (Reference("Leaflet", year=2014),)},
    ],
)
def test_another_row_kind_or_sign_is_no_spelling(changes):
    after = replace(PAGE, **changes)
    assert spelling_objections(PAGE, after, vocabulary=VOCABULARY, drug_names=DRUGS)


def test_no_change_in_another_language_is_shown_to_be_spelling():
    before, after = (replace(document(text), language="de") for text in ("Die tabelts.", "Die tablets."))
    (first, _) = spelling_objections(before, after, vocabulary=VOCABULARY, drug_names=DRUGS)
    assert first.startswith("Only of English texts")


def test_long_lists_of_changed_words_are_counted():
    found = objections("a1 b2 c3 d4 e5 f6 g7 h8", "a2 b3 c4 d5 e6 f7 g8 h9")
    assert len(found) == MOST_OBJECTIONS + 1
    assert found[-1].startswith("And ")


def test_a_change_made_in_many_places_is_named_once():
    assert objections("At most eight. At most eight.", "At most eighty. At most eighty.") == [
        "“eight” became “eighty”."
    ]


def test_the_words_to_look_up_are_the_changed_ones():
    assert changed_words(document("Swallow the tabelts."), document("Swallow the tablets.")) == {
        "tabelts",
        "tablets",
    }
    assert word_changes(document("same"), document("same")) == []


TEXT = "Swallow the tabelts with 5 mg of water. Do not take more than 2 a day, for pain in the liver."
UNITS = ["mg", "g", "mcg", "ml", "kg"]


@settings(deadline=None)
@given(st.data())
def test_no_change_of_a_digit_unit_or_negation_is_spelling(data):
    words = TEXT.split()
    at = data.draw(st.integers(0, len(words) - 1))
    kind = data.draw(st.sampled_from(["digit", "unit", "insert", "remove"]))
    if kind == "digit":
        at = data.draw(st.sampled_from([index for index, word in enumerate(words) if word.isdigit()]))
        words[at] = str(data.draw(st.integers(0, 99_999).filter(lambda number: str(number) != words[at])))
    elif kind == "unit":
        words[words.index("mg")] = data.draw(st.sampled_from(UNITS[1:]))
    elif kind == "insert":
        words.insert(
            at, data.draw(st.sampled_from(["not", "never", "no", "without", "10", "mg", "half", "nicht"]))
        )
    else:
        words.remove(data.draw(st.sampled_from(["not", "5", "mg", "2", "day,"])))
    vocabulary = frozenset(map(fold, [*words, *TEXT.split()]))
    assert objections(TEXT, " ".join(words), vocabulary)


def monographs():
    for path in sorted((Path(__file__).parents[2] / "fixtures" / "monographs").glob("*.md")):
        yield read(path.read_bytes(), stem=path.stem).document


GUARDED = {
    re.compile(r"\d"): ["", *"0123456789", "10", ".5", "1,"],
    re.compile(r"\b(?:mg|ml|g|micrograms?|hours?|days?|weeks?|months?|years?|daily)\b"): [
        *UNITS,
        "",
        "hourly",
        "dats",
    ],
    re.compile(r"\b(?:not|never|no|without|only|cannot)\b", re.IGNORECASE): [
        "",
        "now",
        "on",
        "with",
        "ever",
        "can",
    ],
    re.compile(r"(?<=[a-z] )(?=[a-z])"): [
        "not ",
        "never ",
        "no ",
        "without ",
        "10 ",
        "0.",
        "mg ",
        "half ",
        "keine ",
    ],
}
# Every place of every page where such an edit can be made: the document, the section and the place in its text.
PLACES = [
    (page, number, match.span(), instead)
    for page in monographs()
    for number, section in enumerate(page.sections)
    for pattern, instead in GUARDED.items()
    for match in pattern.finditer(section.body)
]


@pytest.mark.nightly
@settings(max_examples=examples(300, nightly=10_000), deadline=None)
@given(st.sampled_from(PLACES), st.data())
def test_no_edit_of_a_figure_unit_or_negation_is_spelling(place, data):
    page, number, (start, end), instead = place
    body = page.sections[number].body
    text = data.draw(
        st.sampled_from(instead).filter(lambda text: text.casefold() != body[start:end].casefold())
    )
    changed = replace(page.sections[number], body=body[:start] + text + body[end:])
    after = replace(page, sections=(*page.sections[:number], changed, *page.sections[number + 1 :]))
    # The vocabulary that makes most of all changes look like a mended slip: only what is new is a word.
    known = changed_words(page, after) - set(map(fold, re.findall(r"\w+", body)))
    assert spelling_objections(page, after, vocabulary=known, drug_names=frozenset())


@pytest.mark.parametrize("mark", ["'", "’"])
def test_a_short_negation_is_seen_with_either_apostrophe(mark):
    before, after = (document(f"You {word} feel it.") for word in (f"wouldn{mark}t", "would"))
    assert certain_objections(before, after)
