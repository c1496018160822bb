"""White space in pages: no-break, narrow and thin spaces are read as spaces and kept as the author's characters."""

from pathlib import Path

import pytest

from drugs import formats
from drugs.content import SideEffect
from drugs.formats.legacy.effect_vocabulary import frequency_in, frequency_of
from tests.support.builders import make_document
from tests.support.spaces import EVERY_SPACE, plain, set_in_text

FIXTURES = Path(__file__).parents[2] / "fixtures" / "monographs"


def read(text, stem):
    try:
        page = formats.read(text.encode(), stem=stem)
    except formats.FormatError as error:
        return str(error)
    return plain(page.document), [(finding.code, finding.field) for finding in page.findings]


@EVERY_SPACE
@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.glob("*.md")))
def test_a_fixture_is_read_the_same_before_any_space(name, space):
    text, stem = (FIXTURES / name).read_text(), Path(name).stem
    assert set_in_text(text, space) != text
    assert read(set_in_text(text, space), stem) == read(plain(set_in_text(text, space)), stem)


@EVERY_SPACE
def test_the_corpus_is_read_the_same_before_any_space(corpus, space):
    pages = {path: plain(path.read_text()) for path in sorted(corpus.rglob("pages/**/*.md"))}
    assert pages
    other = [
        path.name
        for path, text in pages.items()
        if read(set_in_text(text, space), path.stem) != read(plain(set_in_text(text, space)), path.stem)
    ]
    assert other == []


@EVERY_SPACE
@pytest.mark.parametrize(
    ("label", "frequency"),
    [
        ("less than 1{}in{}10{}000", "very_rare"),
        ("Up{}to{}1{}in{}100 people", "uncommon"),
        ("Up to 1{}in{}10{}000", "very_rare"),
        ("5{}to{}9{}%", "common"),
        ("5{}%{}–{}9{}%", "common"),
        ("more{}than{}10{}%", "very_common"),
        ("Frequency{}not{}known", "not_known"),
    ],
)
def test_frequencies_are_read_before_any_space(label, frequency, space):
    assert frequency_of(label.replace("{}", " ")) == frequency
    assert frequency_of(label.replace("{}", space)) == frequency


@EVERY_SPACE
def test_how_often_an_effect_happens_is_read_before_any_space(space):
    for description in ("3{}% of{}patients", "1{}in{}1{}000{}people", "5{}to{}9{}%"):
        spaced, usual = description.replace("{}", space), description.replace("{}", " ")
        assert frequency_in(spaced, "common") == frequency_in(usual, "common")
        assert frequency_in(usual, "common") not in (None, "not_stated")


OLD = "---\ntitle: Examplol\n---\n## Usage\n{}\n\n## Side effects\n\n### Common\n\n*{}Nausea\n*{}Rash\n"


@EVERY_SPACE
def test_markers_of_old_pages_are_read_before_any_space(space):
    text = OLD.format("It is for 5 mg.", space, space)
    page = formats.read(text.encode(), stem="examplol")
    assert [effect.name for effect in page.document.side_effects] == ["Nausea", "Rash"]


@EVERY_SPACE
def test_old_pages_keep_the_space_before_a_unit(space):
    page = formats.read(OLD.format(f"Take 5{space}mg.", " ", " ").encode(), stem="examplol")
    assert page.document.sections[0].body == f"Take 5{space}mg."


PAGE = formats.write(make_document(side_effects=(SideEffect("Rash", "Red.", "common", "", "rare", "talk"),)))


@EVERY_SPACE
def test_marks_of_a_page_are_read_before_any_space(space):
    text = PAGE.replace("* **Rash**: Red. {rare, talk}", f"*{space}**Rash**:{space}Red. {{rare,{space}talk}}")
    assert text != PAGE
    assert (
        formats.read(text.encode(), stem="examplol").document
        == formats.read(PAGE.encode(), stem="x").document
    )


@EVERY_SPACE
def test_what_goes_on_below_an_effect_may_be_indented_by_any_space(space):
    text = PAGE.replace("Red. {rare, talk}", f"Red.\n{space}{space}And 5{space}mg. {{rare, talk}}")
    (effect,) = formats.read(text.encode(), stem="examplol").document.side_effects
    assert effect.description == f"Red.\nAnd 5{space}mg."


@EVERY_SPACE
def test_a_page_with_any_space_reads_back(space):
    document = make_document(
        side_effects=(
            SideEffect("Rash", f"Red {{rare,{space}talk}}", "common", f"Common{space}ones", "rare"),
        )
    )
    assert formats.read(formats.write(document).encode(), stem="examplol").document == document
