"""Checks of components: what an editor should look at on the page of a combination."""

import pytest

from drugs.content import FAQ, Document, Name, Section, SideEffect
from drugs.content_checks import check

SECTIONS = (Section("uses", "", "Tests."), Section("side_effects"), Section("faqs"))


def codes(**rest):
    values = {"ingredients": ("Examplol", "Testamine citrate"), "sections": SECTIONS, **rest}
    document = Document(slug="x", title="Examplol + Testamine", **values)
    looked_at = ("component-no-ingredient", "other-component", "ingredient-name", "sentence-name")
    return [(finding.code, finding.field) for finding in check(document) if finding.code in looked_at]


@pytest.mark.parametrize(
    ("component", "found"),
    [("Examplol", []), ("Examplol (Exa)", []), ("Testamine", []), ("Other", ["component-no-ingredient"])],
)
def test_a_component_is_one_of_the_ingredients(component, found):
    sections = (*SECTIONS, Section("storage", "", "Dry.", component))
    assert codes(sections=sections) == [(code, "sections.3.component") for code in found]


@pytest.mark.parametrize(
    ("name", "label", "component", "found"),
    [
        ("Yawning", "Examplol › Common", "Examplol", False),
        ("Yawning", "Testamine › Common", "Examplol", True),
        ("Yawning with testamine citrate", "", "Examplol", True),
        ("Yawning with testamine", "", "", False),
        ("Citrate in the blood", "", "Examplol", False),
    ],
)
def test_an_effect_speaks_of_its_own_component(name, label, component, found):
    effect = SideEffect(name, label=label, component=component)
    assert codes(side_effects=(effect,)) == ([("other-component", "side_effects.0")] if found else [])


def test_a_question_speaks_of_its_own_component():
    asked = (FAQ("Is Testamine old?", "No.", "Examplol"), FAQ("Is Examplol new?", "Yes.", "Examplol"))
    assert codes(faqs=asked) == [("other-component", "faqs.0")]


def test_a_name_is_of_the_whole_combination():
    names = (Name("Examplol", "generic"), Name("Varies by maker", "generic"), Name("Pairex", "brand"))
    assert codes(names=names) == [("ingredient-name", "names.0"), ("sentence-name", "names.1")]
