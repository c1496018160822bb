"""Lost words: none of a legacy page, whatever it looks like: made-up mixtures, any text, and real pages."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.formats.result import FormatError
from tests.support.examples import examples
from tests.support.legacy_pages import read
from tests.support.legacy_words import STRUCTURE, stored_words, words
from tests.support.page_files import read_or_refuse

PIECES = st.sampled_from(
    """# Examplol|### Usage|### Side Effects|### FAQs|### Generic Name|### Generic Name: Examplol|## Weather|* item
|* **Common:** a, b, and c. More.|    * nested|**Bold line:**|**Usage:** text|**Common side effects:**|plain: one, two
|* **Q: why?** A: so|**Q: why?**|A: because|    *A: half|```|~~~ x|> quoted|---|===|1. one|* **FAQs:** *Who?* me
|Common effects include:|**Disclaimer:** d|*Disclaimer: d*|**Note:** n|<div>|[a]: /b|`code|\\tdeep|#|####|* |word
|1. **Usage:** text|2. **FAQs**|⚠️ **Disclaimer:** d|**1. Dosage**|        * far in|❓ **why?**|### Can I?
|* Serious side effects include x, y|## Unwanted effects|Serious effects: a, b|– dash|· dot
|# # #|**|***x***|(open|e.g. this (a, b) – c: d|$x$ {details} | a | b ||Side Effects: (x)|### Dosage: now""".replace(
        "\n", ""
    ).split("|")
)


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", " "])), max_size=14))
def test_no_mixture_of_shapes_loses_a_word(pieces):
    check_nothing_is_lost("".join(part for piece in pieces for part in piece))


@settings(max_examples=examples(200), deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t#*:-"),
        max_size=300,
    )
)
def test_any_text_gives_a_page_or_a_format_error(text):
    check_nothing_is_lost(text)


@given(st.text())
@settings(max_examples=examples(50), deadline=None)
def test_any_legacy_body_gives_a_page_or_a_format_error(body):
    read_or_refuse(f"---\ntitle: Examplol\n---\n{body}".encode())


def check_nothing_is_lost(body):
    try:
        document = read(body)
    except FormatError:
        return
    lost = words(body) - stored_words(document)
    assert not [word for word in lost if word not in STRUCTURE and not word.isdigit()]


@pytest.mark.parametrize("body", ["", "\n\n", "*", "* ", "###", "### FAQs", "x" * 60_000, "word " * 20_000])
def test_the_smallest_and_largest_bodies_are_read_or_refused(body):
    check_nothing_is_lost(body)


@pytest.mark.parametrize(
    "text",
    [
        "* " + "(" * 20_000 + ")" * 20_000,
        "**a " * 10_000,
        "* Common: " + "A b. C (d) e. " * 3_000,
        "* Common: swelling of the face" + ", lips" * 5_000,
        "* a : " * 5_000,
        "* a" + " " * 40_000 + "b",
    ],
)
def test_hostile_text_takes_no_more_time_than_its_length(text):
    started = time.process_time()
    read("### Side Effects\n" + text)
    assert time.process_time() - started < 5


def test_real_pages_lose_no_word_and_store_little_twice(corpus):
    ratios = []
    for path in sorted((corpus / "pages").rglob("*.md")):
        front, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
        title = re.search(r"^title: *[\"']?(.*?)[\"']?$", front, re.M)[1]
        document = read(body, title)
        lost = words(body) - stored_words(document)
        assert not [word for word in lost if word not in STRUCTURE], path.name
        assert lost["q"] <= len(document.faqs), path.name
        assert lost["and"] + lost["or"] <= len(document.side_effects), path.name
        ratios.append(sum(stored_words(document).values()) / sum(words(body).values()))
    assert sorted(ratios)[int(len(ratios) * 0.99)] <= 1.03
