"""Three-way merge: what one person changed and the other did not is kept, and only what both changed is asked."""

from collections import Counter
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugs.content import FAQ, Document, DrugClass, Name, Reference, Section, SideEffect
from drugs.content.three_way import MINE, THEIRS, merge
from tests.support.builders import make_document
from tests.support.strategies import documents

BASE = make_document()
LISTS = ("names", "ingredients", "classes", "sections", "side_effects", "faqs", "references")


def with_row(document, attribute, at, row):
    """`document` with `row` in the place `at` of one of its lists; None takes it out."""
    rows = list(getattr(document, attribute))
    rows[at : at + 1] = [] if row is None else [row]
    return replace(document, **{attribute: tuple(rows)})


def with_body(document, at, body):
    return with_row(document, "sections", at, replace(document.sections[at], body=body))


MAKERS = {
    "names": lambda at, words: Name(f"Name{at} {words}".strip(), "brand"),
    "ingredients": lambda at, words: f"Substance{at} {words}".strip(),
    "classes": lambda at, words: DrugClass(f"Class{at}", words[:10]),
    "sections": lambda at, words: Section("other", f"Heading {at}", words),
    "side_effects": lambda at, words: SideEffect(f"Effect {at}", words),
    "faqs": lambda at, words: FAQ(f"Question {at}?", words),
    "references": lambda at, words: Reference(f"Source {at}", words),
}


def _versions():
    """Documents of few rows and few words, so that three of them have many in common."""
    words = st.sampled_from(("5 mg", "7 mg", ""))
    at = st.integers(0, 2)
    lists = {
        name: st.lists(st.builds(make, at, words), max_size=4).map(tuple) for name, make in MAKERS.items()
    }
    lists["sections"] = lists["sections"].map(lambda rows: (Section("side_effects"), *rows, Section("faqs")))
    return st.builds(
        Document, st.sampled_from("ab"), st.sampled_from("AB"), st.sampled_from(("en", "de")), **lists
    )


few_words = _versions()
many_times = settings(max_examples=100, deadline=None)
any_words = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


# Of any three documents


@any_words
@given(documents(), documents(), documents())
def test_any_texts_at_all_merge_into_a_valid_document(base, mine, theirs):
    assert merge(base, base, theirs) == (theirs, ()) and merge(base, mine, base) == (mine, ())
    document = merge(base, mine, theirs).document
    assert Document.from_json(document.to_json()) == document


@many_times
@given(few_words, few_words)
def test_who_changed_nothing_gets_the_other_text(base, other):
    assert merge(base, base, other) == (other, ())
    assert merge(base, other, base) == (other, ())


@many_times
@given(few_words, few_words)
def test_a_change_that_both_made_alike_is_no_question(base, other):
    assert merge(base, other, other) == (other, ())


@many_times
@given(few_words, few_words, few_words)
def test_any_three_documents_merge_into_a_valid_one(base, mine, theirs):
    merged = merge(base, mine, theirs)
    assert Document.from_json(merged.document.to_json()) == merged.document
    assert len({part.key for part in merged.contested}) == len(merged.contested)


@many_times
@given(few_words, few_words, few_words, st.sampled_from((MINE, THEIRS)))
def test_every_word_of_either_is_kept_or_asked_about(base, mine, theirs, answer):
    merged = merge(base, mine, theirs)
    answers = {part.key: answer for part in merged.contested}
    document = merge(base, mine, theirs, answers).document
    asked = Counter(bool(part.base) for part in merged.contested)
    for attribute in LISTS:
        was, now = Counter(getattr(base, attribute)), Counter(getattr(document, attribute))
        for version, keeps in ((mine, answer == MINE), (theirs, answer == THEIRS)):
            new = Counter(getattr(version, attribute)) - was
            lost = new - now
            assert not lost if keeps else lost.total() <= asked.total()


@many_times
@given(few_words, few_words, few_words)
def test_whoever_merges_the_same_is_kept(base, mine, theirs):
    """Mine and theirs change places: what is not asked is the same text, but for the order of what both added."""
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert len(one.contested) == len(other.contested)
    swapped = merge(base, theirs, mine, {part.key: MINE for part in other.contested}).document
    for attribute in ("title", "slug", "language", "origin"):
        assert getattr(one.document, attribute) == getattr(swapped, attribute)
    for attribute in LISTS:
        assert Counter(getattr(one.document, attribute)) == Counter(getattr(swapped, attribute))


# Of two people who worked on different rows


NOBODY, ME, THEM, ME_AWAY, THEM_AWAY, ME_BEHIND, THEM_BEHIND = range(7)


@st.composite
def disjoint_changes(draw):
    """A base, mine and theirs, and what comes of both: no row is touched by two people."""
    versions = {version: {} for version in ("base", "mine", "theirs", "both")}
    for attribute, make in MAKERS.items():
        rows = {version: [] for version in versions}
        for at, who in enumerate(draw(st.lists(st.sampled_from(range(7)), max_size=6))):
            for version, mine, theirs in (
                ("base", False, False),
                ("mine", True, False),
                ("theirs", False, True),
                ("both", True, True),
            ):
                acts = (
                    mine
                    and who in (ME, ME_AWAY, ME_BEHIND)
                    or theirs
                    and who in (THEM, THEM_AWAY, THEM_BEHIND)
                )
                if not (acts and who in (ME_AWAY, THEM_AWAY)):
                    rows[version].append(make(at, "7 mg" if acts and who in (ME, THEM) else "5 mg"))
                if acts and who in (ME_BEHIND, THEM_BEHIND):
                    rows[version].append(make(f"{at} new", "9 mg"))
        for version in versions:
            versions[version][attribute] = tuple(rows[version])
    for parts in versions.values():
        parts["sections"] += (Section("side_effects"), Section("faqs"))
    return [Document("examplol", "Examplol", **parts) for parts in versions.values()]


@many_times
@given(disjoint_changes())
def test_changes_of_different_rows_are_all_kept_unasked(changes):
    base, mine, theirs, both = changes
    for merged in (merge(base, mine, theirs), merge(base, theirs, mine)):
        assert not merged.contested
        for attribute in LISTS:
            rows, expected = getattr(merged.document, attribute), getattr(both, attribute)
            # One of several names in a row that were changed and taken out is a new one: its place may differ.
            assert Counter(rows) == Counter(expected)
            assert rows == expected or attribute in ("names", "ingredients")


@many_times
@given(st.permutations(range(5)), st.integers(0, 4))
def test_rows_that_one_moved_and_the_other_changed_are_both(order, at):
    base = replace(BASE, faqs=tuple(FAQ(f"Question {n}?", "5 mg") for n in range(5)))
    mine = replace(base, faqs=tuple(base.faqs[n] for n in order))
    theirs = with_row(base, "faqs", at, FAQ(f"Question {at}?", "7 mg"))
    merged = merge(base, mine, theirs)
    assert merged == merge(base, theirs, mine) and not merged.contested
    assert [faq.question for faq in merged.document.faqs] == [faq.question for faq in mine.faqs]
    assert merged.document.faqs[order.index(at)].answer == "7 mg"


# What is asked


def test_only_the_section_that_both_changed_is_asked():
    mine = with_body(with_body(BASE, 0, "Mine."), 1, "It lowers pressure.")
    theirs = with_body(with_body(BASE, 0, "Theirs."), 2, "Not with asthma.")
    document, contested = merge(BASE, mine, theirs)
    (part,) = contested
    assert part.what.startswith("Section “")
    assert part.base.endswith("Do not stop it suddenly.")
    assert part.mine.endswith("Mine.") and part.theirs.endswith("Theirs.")
    assert [section.body for section in document.sections[:3]] == [
        "Theirs.",
        "It lowers pressure.",
        "Not with asthma.",
    ]
    assert merge(BASE, mine, theirs, {part.key: MINE}).document.sections[0].body == "Mine."
    assert merge(BASE, mine, theirs, {part.key: THEIRS}).document == document


def test_an_answer_holds_only_against_the_text_it_was_given_for():
    mine, theirs = with_body(BASE, 0, "Mine."), with_body(BASE, 0, "Theirs.")
    answers = {part.key: MINE for part in merge(BASE, mine, theirs).contested}
    reworded = merge(BASE, with_body(BASE, 0, "Mine, reworded."), theirs, answers)
    assert reworded.document.sections[0].body == "Mine, reworded."
    third = merge(BASE, mine, with_body(BASE, 0, "A third text."), answers)
    assert third.document.sections[0].body == "A third text."
    assert third.contested[0].key not in answers


def test_a_removed_row_that_the_other_changed_is_asked():
    mine = with_row(BASE, "faqs", 0, None)
    theirs = with_row(BASE, "faqs", 0, FAQ("Can I drive?", "Never."))
    document, (part,) = merge(BASE, mine, theirs)
    assert (part.mine, part.theirs) == ("", "Can I drive?\n\nNever.")
    assert document == theirs
    assert merge(BASE, mine, theirs, {part.key: MINE}).document == mine


@pytest.mark.parametrize(
    ("attribute", "mine", "theirs"),
    [
        ("title", "Examplol one", "Examplol two"),
        ("slug", "examplol-1", "examplol-2"),
        ("language", "de", "fr"),
        ("origin", "label", "editorial"),
        ("ingredients", ("One",), ("Two",)),
        ("names", (Name("Xamp", "synonym"),), (Name("Xamp", "misspelling"),)),
        ("classes", (DrugClass("Beta blockers", "C07"),), (DrugClass("Beta blockers", "C08"),)),
        ("side_effects", (SideEffect("Fatigue"),), (SideEffect("Tiredness"),)),
        ("references", (Reference("Leaflet", year=2025),), (Reference("Leaflet", year=2026),)),
    ],
)
def test_each_part_that_both_changed_is_asked_once(attribute, mine, theirs):
    base = replace(
        BASE,
        ingredients=("Old",),
        names=(Name("Xamp", "brand"),),
        side_effects=(SideEffect("Feeling tired"),),
        references=(Reference("Leaflet", year=2024),),
    )
    document, contested = merge(
        base, replace(base, **{attribute: mine}), replace(base, **{attribute: theirs})
    )
    assert len(contested) == 1
    assert document == replace(base, **{attribute: theirs})
    part = contested[0]
    assert part.base and part.mine and part.theirs and len({*part[2:]}) == 3


def test_a_section_that_both_added_under_one_heading_is_asked():
    added = [replace(BASE, sections=(*BASE.sections, Section("other", "Storage", text))) for text in "ab"]
    document, (part,) = merge(BASE, *added)
    assert (part.base, document) == ("", added[1])


def test_a_row_that_was_renamed_is_still_the_same_row():
    mine = with_row(BASE, "faqs", 0, FAQ("May I drive?", BASE.faqs[0].answer))
    assert merge(BASE, mine, with_body(BASE, 0, "Theirs.")).document == with_body(mine, 0, "Theirs.")
    theirs = with_row(
        BASE, "faqs", 0, FAQ("Can I drive?", "Not until you know how it affects you, and never drunk.")
    )
    assert len(merge(BASE, mine, theirs).contested) == 1


def test_two_orders_of_the_same_rows_are_asked():
    base = replace(BASE, ingredients=("A", "B", "C"))
    mine, theirs = replace(base, ingredients=("B", "A", "C")), replace(base, ingredients=("C", "A", "B"))
    document, (part,) = merge(base, mine, theirs)
    assert (part.what, document) == ("Order of the ingredients", theirs)
    assert merge(base, mine, theirs, {part.key: MINE}).document == mine


def test_rows_of_a_section_that_was_taken_out_get_one_again():
    bare = replace(BASE, sections=BASE.sections[:4], side_effects=(), faqs=())
    theirs = replace(BASE, faqs=(*BASE.faqs, FAQ("Can I swim?", "Yes.")))
    document, contested = merge(BASE, bare, theirs)
    assert document.faqs == (FAQ("Can I swim?", "Yes."),) and not contested
    assert document.sections == (*bare.sections, Section("faqs"))


def test_no_field_of_a_document_is_left_out_of_the_merge():
    assert {field.name for field in fields(Document)} == {"title", "slug", "language", "origin", *LISTS}
