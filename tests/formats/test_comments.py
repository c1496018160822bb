"""Comments: no reader sees what authors wrote to themselves; editors keep it, and findings say where it stood."""

import pytest

from drugs.formats import read
from drugs.formats.foreign.comments import take_comments


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- ask Ann -->",
        "<!--\nask\n\nAnn\n-->",
        "%% ask Ann %%",
        "%%\nask Ann\n%%",
        "{/* ask Ann */}",
        "{{/* ask Ann */}}",
        "{{</* ask Ann */>}}",
        "{% comment %}ask Ann{% endcomment %}",
        "{::comment}ask Ann{:/comment}",
        "[//]: # (ask Ann)",
        "[comment]: <> (ask Ann)",
    ],
)
def test_a_comment_leaves_the_page_and_is_kept(comment):
    page = read(f"# Examplol\n\n## Uses\nPain.\n\n{comment}\n\nFever.\n".encode(), stem="x")
    assert "Ann" not in page.document.to_json()
    assert [section.body.split() for section in page.document.sections] == [["Pain.", "Fever."]]
    assert "Ann" in page.kept[0] and "line 6" in page.kept[0]
    (finding,) = [finding for finding in page.findings if finding.code == "comment"]
    assert page.line_of(finding.field) == 6


def test_a_bullet_that_is_a_comment_is_no_side_effect():
    page = read(b"# Examplol\n### Side Effects\n- <!-- falls: wrong -->\n- yawning <!-- ? -->\n", stem="x")
    assert [effect.name for effect in page.document.side_effects] == ["yawning"]


@pytest.mark.parametrize(
    "text",
    [
        "a `<!-- b -->` c",
        "```\n<!-- b -->\n```",
        "5%% and 10%% more",
        "a %% b",
        "~~~\n%% b %%\n",
        "1 < 2 -- 3 -->",
    ],
)
def test_code_and_percent_signs_are_no_comments(text):
    assert take_comments(text) == (text, [], False)


def test_a_comment_that_never_ends_makes_a_page_unready():
    page = read(b"# Examplol\n## Uses\nPain. <!-- ask Ann\n\nFever.\n", stem="x")
    assert page.unready == ("a comment is opened and never closed",)
    assert "Fever." in page.document.to_json()


def test_many_opened_comments_take_no_time():
    assert take_comments("<!-- `" * 30_000).is_open
    assert take_comments("%% a `` b ` " * 15_000).comments


def test_remarks_on_a_manuscript_are_comments():
    page = read(b"# Examplol\n\n### Usage\nPain{>> or fever? ask Ann <<} only.\n", stem="examplol")
    assert page.document.sections[0].body == "Pain only."
    assert "ask Ann" in page.kept[0]
