"""White space in the checks: no-break, narrow and thin spaces are right typography and change no finding."""

from pathlib import Path

import pytest

from drugs import content_checks, formats
from drugs.content import FAQ, SideEffect
from tests.content_checks.test_content_checks import clean_document, codes, with_body
from tests.support.spaces import EVERY_SPACE, set_in_document

FIXTURES = Path(__file__).parents[2] / "fixtures" / "monographs"


def found(document):
    return [(finding.code, finding.field) for finding in content_checks.check(document)]


@EVERY_SPACE
@pytest.mark.parametrize("body", ["Adults take 7.5{}mg daily.", "10{}mg", "given in{}mg per{}day"])
def test_a_dose_before_any_space_has_its_number(body, space):
    assert codes(with_body(body.replace("{}", space))) == codes(with_body(body.replace("{}", " ")))


@EVERY_SPACE
@pytest.mark.parametrize(
    ("code", "document"),
    {
        "trailing-zero": lambda space: with_body(f"Take 1.0{space}mg."),
        "naked-decimal": lambda space: with_body(f"Take .5{space}mg."),
        "no-number": lambda space: with_body(f"Take{space}mg daily."),
        "emergency-number": lambda space: with_body(f"Call{space}911."),
        "refusal": lambda space: clean_document(
            sections=with_body(f"Please{space}provide the name.", "other").sections[:1],
            side_effects=(),
            faqs=(),
        ),
        "placeholder": lambda space: with_body(f"[insert{space}the dose]"),
        "model-speech": lambda space: with_body(f"The{space}provided{space}facts are few."),
        "title-form": lambda space: clean_document(title=f"Alpha/{space}+{space}Omegalol"),
        "title-cut-off": lambda space: clean_document(title=f"Omegalol{space}and"),
        "frequency-word": lambda space: clean_document(
            side_effects=(SideEffect("Ache", "", "common", f"Very{space}common (2%)", "common", "talk"),)
        ),
        "only-in-answer": lambda space: clean_document(faqs=(FAQ("And then?", f"Too{space}much harms."),)),
    }.items(),
)
def test_a_fault_before_any_space_is_found(code, document, space):
    assert code in codes(document(space))


@EVERY_SPACE
@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.glob("*.md")))
def test_no_finding_of_a_fixture_changes(name, space):
    path = FIXTURES / name
    document = formats.read(path.read_bytes(), stem=path.stem).document
    spaced = set_in_document(document, space)
    assert spaced != document
    assert found(spaced) == found(document)


@EVERY_SPACE
def test_no_finding_of_the_corpus_changes(corpus, space):
    pages = sorted(corpus.rglob("pages/**/*.md"))
    assert pages
    changed = {}
    for path in pages:
        document = _read(path)
        if document and found(spaced := set_in_document(document, space)) != found(document):
            changed[path.name] = (found(document), found(spaced))
    assert changed == {}


def _read(path):
    try:
        return formats.read(path.read_bytes(), stem=path.stem).document
    except formats.FormatError:
        return None


@EVERY_SPACE
def test_a_shared_paragraph_is_the_same_in_any_space(space):
    paragraph = f"Take 10{space}mg of it with a glass of water, and never more than four times in one day."
    (digest,) = content_checks.paragraph_hashes(clean_document(faqs=(FAQ("How?", paragraph),)))
    plain = clean_document(faqs=(FAQ("How?", paragraph.replace(space, " ")),))
    assert list(content_checks.paragraph_hashes(plain)) == [digest]


def messages(document, code):
    return [finding.message for finding in content_checks.check(document) if finding.code == code]


def test_the_excerpt_of_a_dose_is_cut_at_words():
    (message,) = messages(with_body("Many adults take some mg every morning with food."), "no-number")
    assert message == "“take some mg every”: mg without a number."


def test_the_excerpt_never_shows_a_part_of_a_number():
    (message,) = messages(with_body("Take 1000000.5 and 5.0 mg 2000000000 times."), "trailing-zero")
    assert message.startswith("“1000000.5 and 5.0 mg”")


def test_the_excerpt_of_a_long_sentence_is_cut_at_words():
    body = " ".join(["it lowers blood pressure considerably and"] * 10) + "."
    (message,) = messages(with_body(body), "long-sentence")
    assert message.endswith("“it lowers blood pressure considerably and it lowers blood…”")


def test_the_excerpt_before_an_invisible_character_is_cut_at_words():
    (message,) = messages(with_body("Considerable amounts of Ome\u200bgalol."), "unseen")
    assert "Behind “amounts of Ome”" in message


def test_a_text_without_spaces_still_has_an_excerpt():
    (message,) = messages(with_body("x" * 40 + "(mg" + ")" * 30), "no-number")
    assert "mg" in message
