"""Paste in a real browser: what Word, LibreOffice, Google Docs and web pages hold keeps its structure as Markdown."""

import re
from pathlib import Path

import pytest

from drugs.content import Section, clean_body
from drugs.content.markdown import render
from tests.support.builders import make_monograph
from tests.support.clipboards import docs_text, google_docs, libre_office, paste, word, word_item
from tests.support.desk_browser import open_desk, unfold
from tests.support.desk_posts import change_address, read

SCRIPTS = Path(__file__).parents[2] / "drugs/static/drugs/admin"
BODY = "textarea.markdownx-editor"
NESTED = "<ul><li>Adults<ul><li>7.5 mg</li></ul></li><li>Children</li></ul>"


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.set_content("<textarea class='markdownx-editor' name='sections-0-body'></textarea>")
    for name in ("runs_markdown.js", "clipboard_markdown.js", "paste.js", "editor.js"):
        page.add_script_tag(path=SCRIPTS / name)
    yield page
    page.close()


def pasted(page, html, plain="The plain text."):
    """What stands in the body of a section after a paste; the section accepts it."""
    paste(page, BODY, html, plain)
    text = page.input_value(BODY)
    Section("uses", "", clean_body(text))
    return text


def shown(text):
    """What readers get, without white space between tags."""
    return (
        re.sub(
            r"\s*(</?(?:p|ul|ol|li|table|thead|tbody|tr|th|td|h4|h5|h6|blockquote)\b[^>]*>)\s*",
            r"\1",
            render(text),
        )
        .replace("<br>\n", "<br>")
        .replace("&nbsp;", "\u00a0")
    )


CLIPBOARDS = {
    "word-paragraphs": (
        word(
            "<p class=MsoNormal><b>Dose</b> by <i>weight</i>:<o:p></o:p></p><p class=MsoNormal>7.5&nbsp;mg</p>"
        ),
        "<p><strong>Dose</strong> by <em>weight</em>:</p><p>7.5\u00a0mg</p>",
    ),
    "word-list": (
        word(word_item("Adults") + word_item("7.5 mg", 2, "o") + word_item("Children")),
        NESTED,
    ),
    "word-list-skips-a-level": (
        word(word_item("Adults") + word_item("7.5 mg", 3, "§") + word_item("Children")),
        NESTED,
    ),
    "word-numbers": (
        word(
            word_item("One", 1, "9.")
            + word_item("Two", 1, "10.")
            + word_item("a", 2, "a)")
            + word_item("b", 2, "b)")
        ),
        '<ol start="9"><li>One</li><li>Two<ol><li>a</li><li>b</li></ol></li></ol>',
    ),
    "word-numbers-of-chapters": (
        word(word_item("One", 1, "1.") + word_item("Sub", 2, "1.1.") + word_item("Sub", 2, "1.2.")),
        "<ol><li>One<ol><li>Sub</li><li>Sub</li></ol></li></ol>",
    ),
    "word-two-numbered-lists": (
        word(
            word_item("A", 1, "1.")
            + word_item("B", 1, "2.")
            + word_item("C", 1, "1.", 1)
            + word_item("D", 1, "2.", 1)
        ),
        "<ol><li>A</li><li>B</li></ol><ol><li>C</li><li>D</li></ol>",
    ),
    "word-bullets-typed": (
        word(
            "<p class=MsoNormal>·<span>&nbsp;&nbsp; </span>Adults: <b>7.5 mg</b></p>"
            "<p class=MsoNormal>•&nbsp;Children</p>"
        ),
        "<ul><li>Adults: <strong>7.5 mg</strong></li><li>Children</li></ul>",
    ),
    "word-table": (
        word(
            "<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Weight</b></p></td>"
            "<td><p>Dose</p></td></tr>"
            "<tr><td><p>&lt;50 kg</p></td><td><p>3.75 mg</p><p>7.5 mg</p></td></tr></table>"
        ),
        "<table><thead><tr><th><strong>Weight</strong></th><th>Dose</th></tr></thead>"
        "<tbody><tr><td>&lt;50 kg</td><td>3.75 mg; 7.5 mg</td></tr></tbody></table>",
    ),
    "word-headings-and-comments": (
        word(
            "<h2>Dose</h2><p>5 mg<span class=MsoCommentReference>"
            "<a class=msocomanchor href='#_msocom_1'>[PD1]</a></span></p>"
            "<h3>Children</h3><p><del>50 mg</del> <ins>5 mg</ins></p>"
            "<div style='mso-element:comment-list'>Really?</div>"
        ),
        "<h4>Dose</h4><p>5 mg</p><h5>Children</h5><p>5 mg</p>",
    ),
    "libreoffice": (
        libre_office(
            '<p style="line-height: 100%">Take <b>one</b>.</p><ul><li><p>Adults</p><ul><li><p>7.5 mg</p></li></ul></li>'
            '<li><p>Children</p></li></ul><p><br/></p><ol><li value="1"><p>First</p></li></ol>'
        ),
        f"<p>Take <strong>one</strong>.</p>{NESTED}<ol><li>First</li></ol>",
    ),
    "google-docs": (
        google_docs(
            f'<p dir="ltr">{docs_text("Bold:", "font-weight:700")}{docs_text("plain H")}'
            f'<span style="font-size:0.6em;vertical-align:sub;">2</span>{docs_text("O")}</p><ul><li aria-level="1">'
            f'<p role="presentation">{docs_text("Adults")}</p></li><ul><li aria-level="2">'
            f"<p>{docs_text('7.5 mg')}</p></li>"
            f"</ul><li><p>{docs_text('Children')}</p></li></ul>"
        ),
        f"<p><b>Bold:</b>plain H<sub>2</sub>O</p>{NESTED}",
    ),
    "word-online": (
        '<div class="ListContainerWrapper"><ul><li data-aria-level="1"><p>Adults</p></li></ul></div>'
        '<div class="ListContainerWrapper"><ul><li data-aria-level="2"><p>7.5 mg</p></li></ul></div>'
        '<div class="ListContainerWrapper"><ul><li data-aria-level="1"><p>Children</p></li></ul></div>',
        NESTED,
    ),
    "web-page": (
        "<h1>Uses</h1><p>For <strong>pain </strong>and<br>fever, CO<sub>2</sub>, m<sup>2</sup>.</p>"
        + NESTED
        + "<ol start=3><li>Three</li><li><p>Four</p><p>more</p></li></ol><blockquote>Quote</blockquote>",
        "<h4>Uses</h4><p>For <strong>pain</strong> and<br>fever, CO<sub>2</sub>, m<sup>2</sup>.</p>"
        + NESTED
        + '<ol start="3"><li><p>Three</p></li><li><p>Four</p><p>more</p></li></ol>'
        "<blockquote><p>Quote</p></blockquote>",
    ),
    "lines-parted-by-breaks": (
        "<div>For:<br>• pain<br>• fever<br><br>Not for:<br>1. children</div>",
        "<p>For:</p><ul><li>pain</li><li>fever</li></ul><p>Not for:<br>1. children</p>",
    ),
    "words-that-look-like-markdown": (
        "<p># No heading</p><p>1. no list</p><p>- none</p><p>~~~</p><p>| a | b |<br>| - | - |</p>"
        "<p>2 * 3 * 4_a_ `x` [a](b) "
        "&amp;lt; \\</p><p>HLA-B*57:01</p><p>&gt; 5 mg</p><p>---</p>",
        "<p># No heading</p><p>1. no list</p><p>- none</p><p>~~~</p><p>| a | b |<br>| - | - |</p>"
        "<p>2 * 3 * 4_a_ `x` [a](b) "
        "&amp;lt; \\</p><p>HLA-B*57:01</p><p>&gt; 5 mg</p><p>---</p>",
    ),
    "bold-beside-letters": (
        "<p><b>Adults:</b>7 mg, <b>a</b><b>b</b>c, <i>x <b>y</b> z</i>, <b><i>both</i></b>(<b>max.</b>)</p>",
        "<p><b>Adults:</b>7 mg, <strong>ab</strong>c, <em>x</em> <strong><i>y</i></strong> <em>z</em>, "
        "<b><em>both</em></b>(<strong>max.</strong>)</p>",
    ),
    "links": (
        "<p><a href='https://e.org/a_(b)?x=1&amp;y=2'>One [1]</a> <a href='mailto:a@e.org'>two</a> "
        "<a href='javascript:alert(1)'>three</a> <a href=' java\nscript:alert(1)'>four</a> "
        "<a href='data:text/html,x'>five</a>"
        " <a href='/here'>six</a> <a href='https://e.org/ x'>seven</a></p>",
        '<p><a href="https://e.org/a_%28b%29?x=1&amp;y=2" rel="noopener noreferrer">One [1]</a> '
        '<a href="mailto:a@e.org" rel="noopener noreferrer">two</a> three four five six seven</p>',
    ),
    "table-with-merged-cells": (
        "<table><thead><tr><th rowspan=2>Weight</th><th colspan=2>Dose</th></tr><tr><th>day</th>"
        "<th>night</th></tr></thead>"
        "<tr><td colspan=3>Adults</td></tr><tr><td rowspan=2>50 kg</td><td>5 mg</td><td>7 mg</td></tr>"
        "<tr><td>6 mg</td><td>8|9 mg</td></tr><tr><td>60 kg</td></tr></table>",
        "<table><thead><tr><th>Weight</th><th>Dose</th><th>Dose</th></tr></thead><tbody>"
        "<tr><td>Weight</td><td>day</td><td>night</td></tr><tr><td>Adults</td><td></td><td></td></tr>"
        "<tr><td>50 kg</td><td>5 mg</td><td>7 mg</td></tr><tr><td>50 kg</td><td>6 mg</td><td>8|9 mg</td></tr>"
        "<tr><td>60 kg</td><td></td><td></td></tr></tbody></table>",
    ),
    "table-with-lists-in-cells": (
        "<table><tr><td>For</td><td><ul><li>pain</li><li>fever</li></ul></td></tr>"
        "<tr><td>10 mg<br>once daily</td><td>3 mg<br>5 mg</td></tr></table>",
        "<table><thead><tr><th>For</th><th>pain; fever</th></tr></thead>"
        "<tbody><tr><td>10 mg once daily</td><td>3 mg; 5 mg</td></tr></tbody></table>",
    ),
}


@pytest.mark.parametrize("name", CLIPBOARDS)
def test_pasted_structure_is_what_readers_get(page, name):
    html, expected = CLIPBOARDS[name]
    assert shown(pasted(page, html)) == expected


HOSTILE = {
    "script": "<p><b>a</b></p><script>window.pwned = 1</script><p>b</p>",
    "handlers": "<p>a</p><img src=x onerror='window.pwned=1'><svg onload='window.pwned=1'></svg><p>b</p>",
    "frames": "<p>a</p><iframe srcdoc='<script>parent.pwned=1</script>'></iframe><object data=x></object><p>b</p>",
    "style": "<style>@import url(https://evil.example/x); body { display: none }</style><p>a</p><p>b</p>",
    "refresh": "<meta http-equiv=refresh content='0;url=https://evil.example'>"
    "<base href='https://evil.example'><p>a</p><p>b</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_clipboard_is_read_and_never_rendered(page, name):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    text = pasted(page, HOSTILE[name])
    page.wait_for_timeout(100)
    assert re.sub(r"\*|\s", "", text) == "ab"
    assert page.evaluate("window.pwned") is None and asked == []
    assert page.url == "about:blank" and page.evaluate("document.querySelectorAll('p').length") == 0


def test_tags_in_the_text_of_a_clipboard_stay_text(page):
    text = pasted(
        page, "<p><b>a</b> &lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt;</p>"
    )
    assert "<script" not in shown(text) and "&lt;script&gt;" in shown(text)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000 + "a",
        "<b>" * 300_000 + "a",
        "<ul><li>" * 120_000 + "a",
        "<blockquote>" * 80_000 + "a",
        "<table><tr><td>" * 60_000 + "a",
        "<table><tr>"
        + "<td colspan=1000 rowspan=65534>a</td>" * 200
        + "</tr>"
        + "<tr></tr>" * 20_000
        + "</table>",
        f"<p style='{'mso-list:' * 110_000}'>a</p>",
        f"<p><b>a{'&nbsp;' * 200_000}b</b></p>",
        "<p>" + "<b>a</b> <i>b</i>" * 20_000 + "</p>",
        "<p>a</p>" * 110_000,
    ],
    ids=["div", "b", "ul", "blockquote", "table", "spans", "style", "spaces", "runs", "paragraphs"],
)
def test_a_megabyte_of_hostile_tags_ends_soon(page, html):
    page.set_default_timeout(20_000)
    milliseconds = page.evaluate(
        "(html) => { const from = performance.now(); clipboardMarkdown(html); return performance.now() - from; }",
        html,
    )
    assert milliseconds < 10_000


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<span style='font-weight:400'>2 * 3</span>",
        "<p>2 * 3</p>",
        "<pre># Markdown\n\n* of somebody</pre>",
        "<div style='font-family:Consolas;white-space: pre;'><div><span># a</span></div><div>b</div></div>",
        "<!-- nothing -->",
    ],
)
def test_a_paste_without_structure_is_the_plain_text(page, html):
    assert pasted(page, html, "2 * 3\n- as it is") == "2 * 3\n- as it is"


def test_bullets_of_plain_text_become_items(page):
    assert pasted(page, "", "For:\n• pain\n·\tfever\n- cough") == "For:\n- pain\n- fever\n- cough"


def test_a_picture_beside_its_text_does_not_stop_the_paste(page):
    paste(page, BODY, picture=True)
    assert page.input_value(BODY) == ""
    paste(page, BODY, "<table><tr><td>5</td></tr></table>", "5 mg", picture=True)
    assert page.input_value(BODY) == "5 mg"
    page.fill(BODY, "")
    paste(page, BODY, NESTED, "Adults", picture=True)
    assert shown(page.input_value(BODY)) == NESTED


def test_a_pasted_list_stands_apart_from_the_text_around_it(page):
    page.fill(BODY, "Before\nAfter")
    page.evaluate(f"document.querySelector('{BODY}').setSelectionRange(6, 6)")
    assert shown(pasted(page, NESTED)) == f"<p>Before</p>{NESTED}<p>After</p>"
    page.fill(BODY, "Take it now.")
    page.evaluate(f"document.querySelector('{BODY}').setSelectionRange(5, 7)")
    assert pasted(page, "<b>two</b>") == "Take **two** now."


def test_undo_takes_a_paste_back(page):
    page.focus(BODY)
    page.keyboard.type("Before ")
    pasted(page, NESTED)
    page.keyboard.press("Control+z")
    assert page.input_value(BODY) == "Before "


@pytest.mark.django_db(transaction=True)
class TestOnTheDesk:
    def test_pasted_structure_is_previewed_and_saved(self, browser, live_server, pat):  # noqa: F811
        monograph = make_monograph()
        page = open_desk(browser, live_server, "pat")
        page.goto(live_server.url + change_address(monograph))
        unfold(page, "id_sections-0-body")
        page.fill("#id_sections-0-body", "")
        paste(
            page,
            "#id_sections-0-body",
            f"<h2 style='color:red'>Dose</h2>{NESTED}",
            "Dose Adults",
            picture=True,
        )
        page.wait_for_selector("#sections-0 .markdownx-preview li li")
        unfold(page, "id_faqs-0-answer")
        paste(page, "#id_faqs-0-answer", "<p>one</p><p>two</p>", "one two")
        page.click("button:text-is('Save')")
        page.wait_for_selector(".messagelist .success")
        assert read(monograph).sections[0].body == "#### Dose\n\n- Adults\n  - 7.5 mg\n- Children"
        assert read(monograph).faqs[0].answer.startswith("one\n\ntwo")
        assert page.complaints == []

    @pytest.mark.parametrize(
        "rows, field, before",
        [("side_effects", "name", 2), ("names", "text", 2), ("ingredients", "text", 1)],
    )
    def test_lines_pasted_into_a_row_become_rows(self, browser, live_server, pat, rows, field, before):  # noqa: F811
        monograph = make_monograph()
        page = open_desk(browser, live_server, "pat")
        page.goto(live_server.url + change_address(monograph))
        unfold(page, f"{rows}-group")
        if rows == "ingredients":
            page.click("#ingredients-group .add-row a")
        assert page.locator(f"#{rows}-group .row-of-rows:not(.empty-form)").count() == before
        page.fill(f"#id_{rows}-0-{field}", "")
        paste(page, f"#id_{rows}-0-{field}", "", "•\tNausea\r\n2. Vomiting 7.5\u00a0mg\r\n\r\no\tRash\r\n")
        lines = page.evaluate(
            f"""[...document.querySelectorAll('[id^="{rows}-"].row-of-rows:not(.empty-form) [name$="-{field}"]')]
            .sort((a, b) => [a, b].map((one) => one.closest('.row-of-rows').querySelector('.row-position').value)
              .reduce((x, y) => x - y))
            .map((one) => one.value)"""
        )
        assert lines[:3] == ["Nausea", "Vomiting 7.5\u00a0mg", "Rash"] and len(lines) == before + 2
        if rows == "names":
            for row in page.locator(".row-of-rows:not(.empty-form) [name^='names-'][name$='-kind']").all():
                row.select_option("brand")
        page.click("button:text-is('Save')")
        page.wait_for_selector(".messagelist .success")
        parts = [getattr(part, field, part) for part in getattr(read(monograph), rows)]
        assert parts == lines and page.complaints == []

    def test_undo_takes_pasted_rows_back(self, browser, live_server, pat):  # noqa: F811
        monograph = make_monograph()
        page = open_desk(browser, live_server, "pat")
        page.goto(live_server.url + change_address(monograph))
        before = page.input_value("#id_side_effects-0-name")
        unfold(page, "side_effects-group")
        paste(page, "#id_side_effects-0-name", "", "Nausea\nVomiting\nRash")
        assert page.locator("#side_effects-group .row-of-rows:not(.empty-form)").count() == 4
        page.keyboard.press("Control+z")
        assert page.locator("#side_effects-group .row-of-rows:not(.empty-form)").count() == 2
        assert page.input_value("#id_side_effects-0-name") == before
