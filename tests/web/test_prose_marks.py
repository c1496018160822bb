"""Marks in prose: links to sections of the page, numbers to call, words that are explained; no word is changed."""

import pytest

from drugs.content import Section
from drugs.content.countries import country
from drugs.content.markdown import annotate, plain, render
from drugs.web import article
from drugs.web.glossary import Glossary
from drugs.web.prose_marks import ProseMarks, Target
from tests.support.builders import make_document

TARGETS = [
    Target("Precautions", "precautions"),
    Target("If you take too much", "overdose"),
    Target("Uses", "uses-aol", "Aol"),
    Target("Uses", "uses-bol", "Bol"),
]
WORDS = Glossary(
    [("anaemia", "too few red cells"), ("aplastic anaemia", "too few of all"), ("jaundice", "yellow skin")]
)


def marked(text, *, code="intl", anchor="here", component="", names=()):
    marks = ProseMarks(TARGETS, country(code), WORDS, names)
    return marks.marked(render(text), anchor, component), marks.explained()


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Ask first (see Precautions).", '<a href="#precautions">Precautions</a>'),
        ("See the section on *precautions*.", ""),  # over a border of marks nothing is looked for
        ('Read "If you take too much" now.', '<a href="#overdose">If you take too much</a>'),
        ("Take precautions, and call if you take too much.", ""),
        ("See [Precautions](https://example.org).", ""),
        ("See the section on Precautions.", '<a href="#precautions">Precautions</a>'),
        ("See Precautionsless.", ""),  # a word that only begins so
        ("As «If you take too much» says.", '<a href="#overdose">If you take too much</a>'),
        ('The "Precautions of others" are none.', ""),
    ],
)
def test_references_to_a_section_are_links(text, link):
    html, _ = marked(text)
    assert link in html and html.count('href="#') == bool(link)
    assert plain(text) == " ".join(plain_text(html).split())


def plain_text(html):
    return "".join(piece for piece in html.replace(">", "<").split("<")[::2])


def test_no_section_refers_to_itself_or_to_one_of_two():
    assert "href" not in marked("See Precautions.", anchor="precautions")[0]
    assert "href" not in marked("See Uses.")[0]
    assert 'href="#uses-bol"' in marked("See Uses.", component="Bol")[0]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("intl", '<a href="/emergency/">your local emergency number</a>'),
        ("gb", '<a href="tel:999">your local emergency number (999)</a>'),
        ("ie", '<a href="tel:112">your local emergency number (112 or 999)</a>'),
    ],
)
def test_the_emergency_number_in_prose_is_the_countrys(code, found):
    assert found in marked("Call your local emergency number now.", code=code)[0]


def test_numbers_in_prose_are_called_only_where_they_are_meant():
    html, _ = marked("Call 111 now. Take 111 mg. Call 911.", code="gb")
    assert html.count("tel:") == 1 and '<a href="tel:111">111</a> now' in html


def test_a_word_is_explained_where_it_first_stands():
    html, words = marked("Aplastic anaemia and anaemia, then anaemia again.")
    assert html.count('class="term"') == 2
    assert [(word.term, word.meaning) for word in words] == [
        ("Aplastic anaemia", "too few of all"),
        ("anaemia", "too few red cells"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Jaundice (yellow skin) is a sign.",
        "yellow skin (jaundice)",
        "Anti-jaundice drops",
        "#### Jaundice",
        "jaundice",
    ],
)
def test_words_that_need_no_explanation_get_none(text):
    assert marked(text) == (render(text), ())


def test_no_word_is_explained_inside_a_name():
    assert marked("Anaemia-X and Anaemia Plus help.", names=("Anaemia Plus",))[1] == ()
    assert marked("Jaundice helps.", names=("Jaundice",))[1] == ()


@pytest.mark.parametrize(
    "text",
    [
        "a &lt; b \"c\" & 'd' <sub>2</sub>",
        "| a | b |\n| --- | --- |\n| x<y | `z` |",
        "[a](https://x.org 'b>c')",
    ],
)
def test_text_without_marks_keeps_every_character(text):
    assert annotate(render(text), lambda _: ()) == render(text)


def test_words_are_explained_below_their_section_and_not_in_other_languages():
    sections = (Section("uses", "", "For jaundice, and for pain."),)
    about = make_document(sections=sections, faqs=(), side_effects=())
    body = article.build(about, words=WORDS).body
    explained = body.index('<dt id="word-1">jaundice</dt>')
    assert body.index('href="#word-1"') < explained < body.index('id="overdose"')
    german = make_document(sections=sections, faqs=(), side_effects=(), language="de")
    assert "word-1" not in article.build(german, words=WORDS).body


def test_the_longest_of_terms_that_begin_alike_is_the_one_explained():
    words = Glossary([("renal", "of the kidney"), ("renal failure", "lost kidneys"), ("rena", "none")])
    marks = ProseMarks([], country("intl"), words)
    marks.marked("<p>Renal failure, a renal matter; Rena.</p>", "here", "")
    assert [word.term for word in marks.explained()] == ["Renal failure", "renal", "Rena"]
