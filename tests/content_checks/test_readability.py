"""Readability for editors: the reading grade of a page, and its three longest sentences with where they stand."""

from drugs.content import FAQ, Section
from drugs.content_checks.readability import reading, sentences_are_short
from tests.support.builders import make_document


def test_the_three_longest_sentences_say_where_they_stand():
    body = "Short one. " + "word " * 30 + "end. " + "more " * 20 + "end."
    document = make_document(
        sections=(Section("uses", "", body), Section("faqs")),
        side_effects=(),
        faqs=(FAQ("May I?", "long " * 40 + "end."),),
    )
    found = reading(document)
    assert [(sentence.words, sentence.path) for sentence in found.longest] == [
        (41, "faqs.0"),
        (31, "sections.0"),
        (21, "sections.0"),
    ]
    assert all(len(sentence.sentence) <= 121 for sentence in found.longest)


def test_a_long_sentence_is_quoted_without_marks_of_emphasis():
    body = "**Never take** " + "more " * 50 + "of it."
    document = make_document(sections=(Section("uses", "", body),), side_effects=(), faqs=())
    found = [*sentences_are_short(document)]
    assert "“Never take more" in found[0].message
    longest = reading(document).longest[0].sentence
    assert longest.startswith("Never take more") and longest.endswith("more…")


def test_a_short_sentence_is_quoted_whole_and_as_readers_see_it():
    document = make_document(
        sections=(Section("uses", "", "It helps *some* [people](#uses)."),), side_effects=(), faqs=()
    )
    assert reading(document).longest[0].sentence.startswith("It helps some people")
    assert not reading(document).longest[0].sentence.endswith("…")


def test_the_reading_grade_is_a_whole_number_and_never_negative():
    easy = make_document(sections=(Section("uses", "", "Go in. Sit."),), side_effects=(), faqs=())
    hard = make_document(
        sections=(
            Section("uses", "", "Simultaneous administration necessitates individualised evaluation."),
        ),
        side_effects=(),
        faqs=(),
    )
    assert reading(easy).grade == 0 and reading(hard).grade > 14
    assert reading(make_document(sections=(), side_effects=(), faqs=())).longest == ()
