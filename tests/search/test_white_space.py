"""White space in search: pages are found, and shown, whatever spaces page and query have."""

import pytest

from drugs.content import Section
from drugs.search import fulltext
from drugs.search.names import index
from drugs.search.snippets import snippet
from tests.support.builders import publish_document
from tests.support.spaces import EVERY_SPACE

pytestmark = pytest.mark.django_db


@EVERY_SPACE
def test_a_name_with_a_strength_is_found(space):
    publish_document(title=f"Examplol 500{space}mg")
    for query in ("examplol 500 mg", f"examplol{space}500{space}mg", "examplol"):
        assert [hit.slug for hit in index.find(query)] == ["examplol"]


@EVERY_SPACE
def test_a_dose_in_the_text_is_found(space):
    publish_document(sections=(Section("uses", "", f"Adults take 750{space}mg daily."), *SECTIONS))
    for query in ("750 mg daily", f"750{space}mg{space}daily", "750"):
        (hit,) = fulltext.find(query)
        assert "".join(part.text for part in hit.snippet) == "Adults take 750 mg daily."


SECTIONS = (Section("side_effects"), Section("faqs"))


@EVERY_SPACE
def test_a_long_snippet_is_cut_at_any_space(space):
    sentence = space.join(["word"] * 40 + ["\x02dose\x03"] + ["word"] * 90)
    parts, _ = snippet("Examplol", sentence, ["dose"], "\x02", "\x03")
    assert [part.text for part in parts if part.matched] == ["dose"]
    assert len("".join(part.text for part in parts)) > 100
