"""Markdown to HTML: nothing that runs (XSS), nothing that hides, and every letter that was written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drugs.content import markdown
from drugs.content.markdown import MAX_CHARS, plain, plain_lines, render, render_inline

INERT = {
    "a script": ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
    "an event of a tag that is known": ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a</p>\n"),
    "a tag that nobody closes": ("<b>a", "<p><b>a</b></p>"),
    "an image": ("![a](https://evil.example/x.png)", '<p>!<a href="https://evil.example/x.png"'),
    "a scheme that runs": ("[a](javascript:x)", "<p>[a](javascript:x)</p>\n"),
    "a scheme that nobody needs": ("[a](ftp://evil.example/)", '<p><a rel="noopener noreferrer">a</a></p>\n'),
    "a link": (
        "[a](https://example.org)",
        '<p><a href="https://example.org" rel="noopener noreferrer">a</a></p>\n',
    ),
    "letters that turn others round": ("10\u202e02\u2066 mg", "<p>1002 mg</p>\n"),
    "control characters and half a letter": ("a\x00\x1b\x7f\ud800b", "<p>ab</p>\n"),
}


@pytest.mark.parametrize("case", INERT)
def test_nothing_runs_loads_or_turns_the_page_round(case):
    text, html = INERT[case]
    assert render(text).startswith(html)


@pytest.mark.parametrize("show", [render, render_inline, plain])
def test_a_text_that_is_too_long_is_refused_whole_and_never_cut(show):
    assert len(show("x" * MAX_CHARS)) >= MAX_CHARS
    with pytest.raises(ValueError, match="too long to be shown"):
        show("x" * (MAX_CHARS + 1))


@example("One tablet (5 mg) – twice a day: with food.\nGo on so.\n\nThen stop!", 3)
@example(" A word", 4)
@example("A word \nand more", 4)
@example("1. A word", 4)
@example('He said "no" & left', 4)
@given(st.text("aZé1 \n.-:()'\"’%*_#&<|\u00a0\t", max_size=40), st.sampled_from([2, 3, 4]))
def test_words_without_marks_come_out_as_the_parser_has_them(text, top):
    def shown():
        return render(text, top), render_inline(text), plain(text), plain_lines(text)

    at_once = shown()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_is_words", lambda text, pattern: False)
        assert at_once == shown()


@pytest.mark.parametrize("show", [plain, plain_lines])
def test_a_power_stays_one_without_its_tags(show):
    assert show("2 x 10<sup>9</sup> and 10<sup>-3</sup>, H<sub>2</sub>O") == "2 x 10⁹ and 10⁻³, H2O"
