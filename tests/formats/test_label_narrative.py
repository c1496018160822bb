"""Narratives of labels: what the source sets high, low, apart or strikes out, lists and tables of odd shapes."""

import io
import itertools
import json
import random
import re

import pytest

from drugs.formats.label import Raw, read_json, read_raw
from tests.support.labels import section, spl


def _spl(text):
    [(_, label)] = read_raw(Raw("made-up.xml", spl(section("34067-9", "USES", text))))
    return label.sections[0].body


def _xhtml(text):
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div>'
    document = {
        "resourceType": "Composition",
        "identifier": {"value": "set-1"},
        "section": [{"title": "1. What it is", "text": {"div": div}}],
    }
    [(_, label)] = read_json("made-up.json", io.BytesIO(json.dumps(document).encode()))
    return label.sections[0].body


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (_xhtml, "<p>2 x 10<span style='font-size: 8pt; vertical-align: super'>9</span> cells</p>"),
        (_spl, "<paragraph>2 x 10<content styleCode='Superscript'>9</content> cells</paragraph>"),
        (_spl, "<paragraph>2 x 10<sup>9</sup> cells</paragraph>"),
    ],
)
def test_label_power_set_by_a_style_stays_a_power(read, text):
    assert read(text) == "2 x 10<sup>9</sup> cells"


def test_label_index_set_by_a_style_stays_an_index():
    assert _xhtml("<p>CO<span style='vertical-align:sub'>2</span></p>") == "CO<sub>2</sub>"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (
            _spl,
            "<paragraph>Take <content revised='delete'>9</content><content>1</content> a day.</paragraph>",
        ),
        (_spl, "<content revised='delete'>9<list><item>x</item></list></content>Take 1 a day."),
        (_xhtml, "<p>Take <del>9</del><ins>1</ins><s> or 2</s> a day.</p>"),
        (_xhtml, "<p>Take <span style='text-decoration: Line-Through'>9 <b>x</b> </span>1 a day.</p>"),
    ],
)
def test_label_words_that_the_source_struck_out_are_left_out(read, text):
    assert read(text) == "Take 1 a day."


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (_spl, "<list><item>a</item><list><item>b</item></list><item>c</item></list>", "- a\n  - b\n- c"),
        (_xhtml, "<ul><li>a</li><ul><li>b</li><li>c</li></ul></ul>", "- a\n  - b\n  - c"),
        (_xhtml, "<ul><ul><li>b</li></ul></ul>", "- b"),
    ],
)
def test_label_list_that_stands_right_in_a_list_keeps_its_items(read, text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ol start='3'", "3. a\n4. b"), ("ol type='a'", "- a. a\n- b. b"), ("ol start='x'", "1. a\n2. b")],
)
def test_label_list_of_html_counts_as_it_says(tag, expected):
    assert _xhtml(f"<{tag}><li>a</li><li>b</li></ol>") == expected


def test_label_caption_of_a_paragraph_is_a_word_apart():
    assert _spl("<paragraph><caption>Storage</caption>Keep it cold.</paragraph>") == "Storage Keep it cold."


def test_label_items_and_cells_that_stand_alone_are_apart():
    assert _spl("<item>a</item><item>b</item><td>c</td><td>d</td>") == "a\n\nb\n\nc d"


def test_label_head_of_a_table_covers_no_row_of_its_body():
    head = "<thead><tr><th rowspan='2'>Age</th><th>Dose</th></tr></thead>"
    rows = _spl(f"<table>{head}<tbody><tr><td>2 years</td><td>5 mg</td></tr></tbody></table>").splitlines()
    assert rows[2] == "| 2 years | 5 mg |"


def test_label_table_in_a_cell_is_a_line_of_it():
    inner = "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>"
    rows = _spl(f"<table><tbody><tr><td>x</td><td>{inner}</td></tr></tbody></table>").splitlines()
    assert rows[2] == "| x | a  b  c |"


def test_label_heading_of_its_code_is_no_words_whatever_its_title():
    words = "<paragraph>INDICATIONS AND USAGE</paragraph><paragraph>Pain.</paragraph>"
    assert _spl(words) == "Pain."
    assert (
        _spl("<paragraph><content styleCode='bold'>Uses</content> are few.</paragraph>")
        == "**Uses** are few."
    )


class _Writer:
    """Random narratives of SPL whose words are numbered, so that none can be taken for another."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self._words = itertools.count()

    def inline(self, depth):
        return "".join(self._piece(depth) for _ in range(self._random.randint(1, 3)))

    def blocks(self, depth):
        shapes = ("paragraph", "list", "table", "content", "") if depth < 4 else ("paragraph",)
        return "".join(self._block(self._random.choice(shapes), depth + 1) for _ in range(2))

    def _piece(self, depth):
        kind = self._random.choice(("content", "sub", "sup", "footnote", "br", "", "", "", ""))
        if kind == "br":
            return "<br/>"
        inner = (
            self.inline(depth + 1)
            if kind and depth < 5
            else f"w{next(self._words)}q" + self._random.choice(" .")
        )
        return f"<{kind} styleCode='bold'>{inner}</{kind}>" if kind else inner

    def _block(self, shape, depth):
        if shape in ("paragraph", ""):
            return (
                f"<paragraph>{self._caption(depth)}{self.inline(depth)}</paragraph>"
                if shape
                else self.inline(depth)
            )
        if shape == "content":
            return f"<content>{self.blocks(depth)}</content>"
        if shape == "list":
            inner = f"<list>{self._some('item', depth)}</list>"
            return f"<list>{self._caption(depth)}{self._some('item', depth)}{inner}</list>"
        head = f"<thead><tr><th rowspan='2'>{self.inline(depth)}</th></tr></thead>"
        rows = f"<tr>{self._some('td', depth)}</tr><tr>{self._some('td', depth)}</tr>"
        return f"<table>{self._caption(depth)}{head}{rows}</table>"

    def _some(self, tag, depth):
        write = self._random.choice((self.inline, self.blocks))
        return "".join(f"<{tag}>{self._caption(depth)}{write(depth)}</{tag}>" for _ in range(2))

    def _caption(self, depth):
        return f"<caption>{self.inline(depth)}</caption>" if self._random.random() < 0.3 else ""


@pytest.mark.parametrize("seed", range(40))
def test_label_words_of_any_narrative_stand_once(seed):
    text = _Writer(seed).blocks(0)
    found = re.findall(r"w\d+q", _spl(text))
    assert sorted(found) == sorted(re.findall(r"w\d+q", text))
