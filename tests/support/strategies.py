"""Hypothesis strategies for documents: plain ones, and ones full of what the page format could stumble over."""

import datetime
import re
from dataclasses import replace

from hypothesis import strategies as st

from drugs.content import (
    CHANGE_KINDS,
    FAQ,
    FREQUENCIES,
    GROUPS,
    LABEL_CHARS,
    NAME_KINDS,
    ORIGINS,
    SECTION_HEADINGS,
    SECTION_KINDS,
    URGENCIES,
    Document,
    DrugClass,
    Name,
    Reference,
    Section,
    SideEffect,
    clean_body,
    find_high_heading,
    find_unprintable,
)
from drugs.content.components import place_of

_PIECES = (
    *("a", "b c", "Nausea", "É", "😀", "\ufeff", "\uffff", "\u200b", "\xa0", "\u2003", "\u3000", "0", "1"),
    *(" ", "  ", "    ", "\t", "\n", "\n\n", "\n  ", "\n   \n", "\n\t", "  \n", "\\", "\n\\"),
    *("#", "##", "# ", "## ", "### ", "#### ", "\n## ", "\n### ", "\n#### ", "\n#", " #"),
    *("*", "**", "***", "* ", "\n* ", "\n- ", "\n  * ", "- ", "* **", "**: ", ":", ": ", "1. ", "> ", "|"),
    *("```", "\n```\n", "~~~", "\n~~~~\n", "````", "`", "\n    ", "\n   ```"),
    *(
        "{",
        "}",
        "{rare}",
        " {rare}",
        "{rare, emergency}",
        "{}",
        "{ , }",
        "{uses}",
        "{common}",
        "{not_stated}",
    ),
    *("{details}", "{Rare}", "[", "]", ",", "'", '"', "&", "&amp;", "<b>", "!", "%", "@", "?", "? ", "- -"),
    *("---", "\n---\n", "\n---", "===", "...", "yes", "null", "~", "=", "<<", "2024", "1:30", "2024-01-01"),
    *SECTION_HEADINGS.values(),
    "USAGE",
    "side effects",
    "{component: Aol}",
    " {common, component: }",
    "{reference: 1}",
    " {rare, reference: 2}",
)


def _clean_text(text):
    while (at := find_unprintable(text)) is not None:
        text = text[:at] + text[at + 1 :]
    return text


def _clean_line(text):
    return _clean_text(text).replace("\n", " ").replace("\t", " ").strip()


def _clean_body(text):
    """`text` as near to itself as a body may be: what would end a section is moved out of the first column."""
    text = clean_body(_clean_text(text))
    while (at := find_high_heading(text)) is not None:
        lines = text.split("\n")
        lines[at] = " " + lines[at]
        text = "\n".join(lines)
    return text


_syntax = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
_words = st.sampled_from(("Examplol", "Feeling tired", "Take it with food.", "One.\n\nTwo.", "* a\n* b"))
_endings = st.sampled_from(("", "", "", " {rare}", "{uses}", " {talk, rare}", "{}", "*", "\\", ":"))
_texts = st.tuples(st.one_of(_words, _syntax, st.text(max_size=30)), _endings).map("".join)

bodies = _texts.map(_clean_body)
lines = _texts.map(_clean_line)
required_lines = lines.filter(bool)
slugs = st.one_of(
    st.text("abz059_-", min_size=1, max_size=12), st.sampled_from(("null", "2024", "1e5", "---"))
)


def names():
    return st.builds(Name, required_lines, st.sampled_from(NAME_KINDS))


def classes():
    return st.builds(
        DrugClass, required_lines, st.one_of(st.just(""), st.just("C07AB02"), lines.filter(_short))
    )


def _short(text):
    return len(text) <= 10


# Mostly of the whole page; the same few names, so that rows find a section of theirs.
components = st.sampled_from(("", "", "", "Aol", "Aol", "Bol (as salt), 10 %: x", "# Col"))


def sections():
    # Two kinds that hold lists come often, so that they also come twice.
    kinds = st.one_of(st.sampled_from(SECTION_KINDS), st.sampled_from(("side_effects", "faqs", "other")))
    headings = st.one_of(st.just(""), lines, st.sampled_from(tuple(SECTION_HEADINGS.values())))
    return st.builds(Section, kinds, headings, bodies, components)


def side_effects():
    labels = st.one_of(st.sampled_from(("", "Common side effects")), lines)
    return st.builds(
        SideEffect,
        name=required_lines.map(lambda text: re.sub(r"\*{2,}", "*", text)),
        description=bodies,
        group=st.sampled_from(GROUPS),
        label=labels,
        frequency=st.sampled_from(tuple(FREQUENCIES)),
        urgency=st.sampled_from(URGENCIES),
        component=components,
    )


def faqs():
    return st.builds(FAQ, required_lines, bodies, components)


def references():
    urls = st.sampled_from(("", "https://example.org/a?b=c#d", "http://example.org/{x},y:&*'"))
    years = st.one_of(st.none(), st.integers(1800, 2200))
    days = st.one_of(st.none(), st.dates(min_value=datetime.date(1, 1, 1)))
    plain = st.builds(Reference, required_lines, lines, urls, years, days)
    dates = st.sampled_from(("", "2024", "2024-02", "2024-02-29"))
    texts = lines.filter(_fits)
    labels = st.builds(
        Reference, required_lines, lines, urls, years, days, texts, texts, dates, texts, texts, texts
    )
    return st.one_of(plain, labels)


def _fits(text):
    return len(text) <= LABEL_CHARS


def _tuples(strategy, size):
    return st.lists(strategy, max_size=size).map(tuple)


def _with_place(parts, kind, rows):
    return tuple(row for row in rows if place_of(parts, kind, row.component) is not None)


@st.composite
def documents(draw):
    """Any valid Document of moderate size."""
    parts = draw(_tuples(sections(), 6))
    effects, questions = draw(_tuples(side_effects(), 5)), draw(_tuples(faqs(), 4))
    sources = draw(_tuples(references(), 3))
    if sources and draw(st.booleans()):
        numbers = st.one_of(st.none(), st.integers(1, len(sources)))
        effects = tuple(replace(effect, reference=draw(numbers)) for effect in effects)
    return Document(
        slug=draw(slugs),
        title=draw(required_lines),
        language=draw(st.sampled_from(("en", "de", "pt-BR", "no"))),
        names=draw(_tuples(names(), 4)),
        ingredients=draw(_tuples(required_lines, 3)),
        classes=draw(_tuples(classes(), 3)),
        origin=draw(st.sampled_from(ORIGINS)),
        sections=parts,
        side_effects=_with_place(parts, "side_effects", effects),
        faqs=_with_place(parts, "faqs", questions),
        references=sources,
    )


change_kinds = st.sampled_from(CHANGE_KINDS)
