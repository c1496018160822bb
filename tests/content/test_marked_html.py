"""Changes marked in place: words that came and went, in HTML that stays whole."""

import pytest

from drugs.content.markdown import render, safe_page
from drugs.content.marked_html import mark_changes


def marked(before, after):
    return mark_changes(render(before), render(after)).html.replace("\n", "")


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        ("Take 500 mg.", "Take 5000 mg.", "<p>Take <del>500</del> <ins>5000</ins> mg.</p>"),
        ("- a\n- b\n- c", "- a\n- c", "<ul><li>a<br><del>b</del></li><li>c</li></ul>"),
        ("10<sup>6</sup> cells", "106 cells", "<p><del>10<sup>6</sup></del> <ins>106</ins> cells</p>"),
        ("Old text", "", "<p><del>Old text</del></p>"),
        ("", "5 < 6 & 7", "<p><ins>5 &lt; 6 &amp; 7</ins></p>"),
        ("First. Second.", "Second.", "<p><del>First.</del> Second.</p>"),
        ("Same.", "Same.", "<p>Same.</p>"),
    ],
)
def test_words_are_marked_where_they_stand(before, after, html):
    assert marked(before, after) == html


def test_a_dose_that_moves_to_another_column_is_marked():
    table = "|a|b|c|\n|-|-|-|\n"
    assert "<del>5</del> <ins>5</ins>" in marked(f"{table}|x|5||", f"{table}|x||5|")


def test_a_link_that_leads_elsewhere_is_marked():
    assert "<del>x</del> <ins>x</ins>" in marked("[x](https://a.example)", "[x](https://b.example)")


def test_marks_that_an_author_wrote_stay_text():
    html = marked("x", "x <ins>approved</ins><del>")
    assert "&lt;" in html and "<del>" not in html


def test_a_marked_page_is_cleaned_before_it_is_shown():
    html = safe_page('<section class="part" onclick="x()"><ins>a</ins><script>b</script></section>')
    assert html == '<section class="part"><ins>a</ins></section>'
