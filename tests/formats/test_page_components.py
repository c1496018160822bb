"""Components in the page format (format 2): headings of level 1, marks, and what format 1 makes of them."""

import pytest

from drugs.content import FAQ, Document, Section, SideEffect
from drugs.formats import FormatError, read, write

FRONT = "---\nformat: {}\ntitle: Examplol + Testamine\nslug: both\norigin: ai_or_crowd\n---\n# Examplol + Testamine\n"
PAGE = """
Two drugs.

# Examplol

## Side effects
### Common {common}
* **Yawning**

## Common questions
### Is it new?
Yes.

# Testamine

Of old.

## Side effects
### {serious}
* **Falls**

# Examplol + Testamine

## Common questions
### May I take both?

### Is it old? {component: Testamine}
Yes.
"""


def page(body, number=2):
    return read((FRONT.format(number) + body).encode(), stem="both")


def test_a_component_is_a_heading_of_level_one():
    found = page(PAGE)
    document = found.document
    assert [(section.component, section.kind) for section in document.sections] == [
        ("", "other"),
        ("Examplol", "side_effects"),
        ("Examplol", "faqs"),
        ("Testamine", "other"),
        ("Testamine", "side_effects"),
        ("", "faqs"),
    ]
    assert [effect.component for effect in document.side_effects] == ["Examplol", "Testamine"]
    assert [faq.component for faq in document.faqs] == ["Examplol", "", "Testamine"]
    assert found.findings == ()


def test_a_page_with_components_is_written_as_it_is_read():
    assert write(page(PAGE).document) == FRONT.format(2) + PAGE


@pytest.mark.parametrize(
    ("part", "printed"),
    [
        (SideEffect("a", component="Aol"), "### {other, component: Aol}"),
        (SideEffect("a", label="b {component: c}"), "### b {component: c} {other}"),
        (FAQ("Why?", component="Aol, 10 %"), "### Why? {component: Aol, 10 %}"),
        (FAQ("Why {component: Aol}"), "### Why {component: Aol} {component: }"),
    ],
)
def test_a_mark_names_a_component_in_a_section_of_the_page(part, printed):
    effects, faqs = ((part,), ()) if isinstance(part, SideEffect) else ((), (part,))
    sections = (Section("side_effects"), Section("faqs"), Section("uses", component="Bol"))
    document = Document(slug="x", title="X", sections=sections, side_effects=effects, faqs=faqs)
    assert printed in write(document).split("\n")
    assert read(write(document).encode(), stem="x").document == document


def test_rows_stand_where_their_component_does():
    found = page(
        "# Aol\n## Side effects\n### {other}\n* **a**\n# Bol\n## Side effects\n### {other, component: Aol}\n* **b**\n"
        "### {other}\n* **c**\n"
    )
    assert [(effect.name, effect.component) for effect in found.document.side_effects] == [
        ("a", "Aol"),
        ("b", "Aol"),
        ("c", "Bol"),
    ]
    assert found.lines["side_effects.1"] < found.lines["side_effects.2"]


@pytest.mark.parametrize(
    ("number", "body", "line"),
    [
        (1, "# Examplol\n", 8),
        (2, "\n#\n## Storage\n", 9),
        (2, "# Aol {x}\n## Storage\nDry.\n", 9),
        (2, "# Aol\n## Common questions\n### Why? {component: Bol}\n", None),
    ],
)
def test_a_component_that_cannot_stand_there_is_refused(number, body, line):
    with pytest.raises(FormatError) as error:
        page(body, number)
    assert error.value.line == line


def test_format_1_takes_a_component_for_text():
    found = page("## Common questions\n### Why? {component: Aol}\n", 1)
    assert found.document.faqs == (FAQ("Why? {component: Aol}"),)
    assert "format: 1\n" in write(found.document)
