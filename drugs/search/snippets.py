"""Snippets: the text of a page in plain sentences, and the one of them that answers a search, with its matches."""

import re
from collections import Counter
from collections.abc import Sequence
from os.path import commonprefix
from typing import NamedTuple

from drugs.content import SECTION_HEADINGS, SECTION_KINDS, Document, invisible
from drugs.content.components import with_component
from drugs.content.shown_sections import shown_sections
from drugs.content.whitespace import fold_spaces
from drugs.search.word_forms import language_mark

SENTENCE_CHARS = 240
# How much of the beginning of a long sentence is always shown: "Do not take it if you ...".
BEGINNING_CHARS = 90
# Signs of sections in the text that is indexed: characters that no document holds, no index reads and no space is.
MARK, _SIGNS = "\x10", "\x11\x12"
LANGUAGE_SIGN = "\x13"  # of the first line, which tells the language
_TO_SIGNS, _FROM_SIGNS = str.maketrans("01", _SIGNS), str.maketrans(_SIGNS, "01")
MOST_OF_A_KIND = 64

# Enough to read a sentence without its mark-up; whatever is left is shown as text, never as HTML.
_MARKS = [
    # Bounded, so that thousands of brackets without an end are not each followed to the end of the line.
    (re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^)\n]{0,300}\)"), r"\1"),
    (re.compile(r"<[^<>\n]{1,200}>"), " "),
    # An item of a list never goes on the one before it, though both may begin in lower case and lack a full stop.
    (re.compile(r"^[ \t>]*(?:[-*+] +|\d{1,3}[.)] +)", re.MULTILINE), "\n"),
    (re.compile(r"^[ \t>]*(?:#{1,6} +)?", re.MULTILINE), ""),
    (
        re.compile(
            r"(?<![\\\s])\*{1,3}|(?<!\\)\*{1,3}(?=\S)|(?<!\w)_{1,2}|_{1,2}(?!\w)|`+|^[-=|: ]{3,}$",
            re.MULTILINE,
        ),
        "",
    ),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (re.compile(r"[ \t]+"), " "),
    # A line break inside a paragraph is no end of a sentence.
    (re.compile(r"(?<=[a-z,;])\n(?=[a-z(])"), " "),
]
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")


class SnippetPart(NamedTuple):
    text: str
    matched: bool


def plain_text(document: Document) -> str:
    """The text of a page, line by line: sections, side effects, questions; not the source's own notices.

    The first line tells a language other than English (`word_forms`). Before each piece stands a line that says no word
    to an index, and from which `anchor_before` tells the anchor.
    """
    mark = language_mark(document.language)
    pieces = [LANGUAGE_SIGN + mark] if mark else []
    for shown in shown_sections(document):
        section = shown.section
        if section.kind != "notice":
            heading = with_component(section.component, section.heading or SECTION_HEADINGS[section.kind])
            pieces += [_mark(shown.anchor), _headed(heading), section.body]
    if document.side_effects:
        pieces.append(_mark("side-effects"))
    for effect in document.side_effects:
        said = f"{effect.name}: {effect.description}".rstrip(": ")
        pieces.append(with_component(effect.component, said))
    if document.faqs:
        pieces.append(_mark("faqs"))
    for faq in document.faqs:
        pieces += [with_component(faq.component, faq.question), faq.answer]
    return without_markdown("\n\n".join(piece for piece in pieces if piece))


def without_language(text: str) -> str:
    """`text`, as the index has it, without the line that tells its language."""
    return text.partition("\n")[2] if LANGUAGE_SIGN in text[:4] else text


def _mark(anchor: str) -> str:
    """A line that stands for `anchor`: a sign, then the number of its kind and its count in signs for 0 and 1.

    That of a component is a sign alone: its name cannot be said so, and the page is linked to as a whole.
    """
    kind, _, count = anchor.rpartition("-")
    if not count.isdecimal():
        kind, count = anchor, "1"
    if kind.replace("-", "_") not in SECTION_KINDS:
        return MARK
    number = SECTION_KINDS.index(kind.replace("-", "_")) * MOST_OF_A_KIND + min(
        int(count), MOST_OF_A_KIND - 1
    )
    return MARK + f"{number:b}".translate(_TO_SIGNS)


def anchor_before(text: str) -> str:
    """The anchor of the last section that begins in `text`, a piece of what `plain_text` gives; "" if none does."""
    last = text.rpartition(MARK)[2].partition("\n")[0].rstrip() if MARK in text else ""
    digits = last.translate(_FROM_SIGNS)
    if not digits or set(digits) - {"0", "1"}:
        return ""
    kind, count = divmod(int(digits, 2), MOST_OF_A_KIND)
    if kind >= len(SECTION_KINDS):
        return ""
    return SECTION_KINDS[kind].replace("_", "-") + (f"-{count}" if count > 1 else "")


def _headed(heading):
    """`heading` with the sign of what goes on below, by which a heading is known among sentences."""
    return heading if heading.endswith((":", "?", ".", "!")) else f"{heading}:"


def without_markdown(text: str) -> str:
    """`text` with the signs of Markdown, and invisible characters, taken off, roughly and fast."""
    text = invisible.strip_invisible(text)
    for pattern, to in _MARKS:
        text = pattern.sub(to, text)
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


class Snippet(NamedTuple):
    """A sentence of a page, in parts, and the anchor of the section in which it stands, or ""."""

    parts: tuple[SnippetPart, ...] = ()
    anchor: str = ""


def snippet(title: str, marked: str, words: Sequence[str], start: str, end: str) -> Snippet:
    """The sentence that says most of the `words` of a query; empty if none says any.

    `marked` is the text of the page, in which what matches a word stands between `start` and `end`. The name of the
    page, its `title`, is in every other sentence and hardly counts; of two other words the one that the page says less
    often counts more.
    """
    pattern = re.compile(f"{start}([^{end}]*){end}")
    marked = fold_spaces(marked)  # a long sentence is cut at spaces
    sentences = _BETWEEN_SENTENCES.split(marked)
    with_matches = [index for index, sentence in enumerate(sentences) if start in sentence]
    if not with_matches:
        return Snippet()
    matches = pattern.findall(marked)
    word_of = {match: _word_of(match.casefold(), words) for match in set(matches)}
    times = Counter(word_of[match] for match in matches)
    weight = {word: (word not in title.casefold()) + 1 / times[word] for word in times}

    def merit(index):
        return sum(weight[word] for word in {word_of[match] for match in pattern.findall(sentences[index])})

    at = max(with_matches, key=merit)
    best = _in_context(sentences, at, start, end)
    parts = [SnippetPart(text, place % 2 == 1) for place, text in enumerate(pattern.split(best)) if text]
    return Snippet(_shortened(parts), anchor_before("\n".join(sentences[:at])))


def _in_context(sentences, at, start, end):
    """The sentence at `at` with what it cannot be understood without: before an item of a list such as `often drink
    alcohol` the line that it goes on (`Do not take it if you:`); after a heading, such a line or a question what
    comes next.
    """

    def plain(index):
        return sentences[index].replace(start, "").replace(end, "")

    passage, last = sentences[at], at
    while plain(last).endswith((":", "?")) and last + 1 < len(sentences) and MARK not in sentences[last + 1]:
        last += 1
        passage += f" {sentences[last]}"
    for index in range(at, 0, -1):
        if MARK in sentences[index - 1] or not plain(index)[:1].islower():
            break
        if plain(index - 1).endswith(":"):
            return f"{sentences[index - 1]} {'… ' * (index < at)}{passage}"
    return passage


def _word_of(match, words):
    """The word of the query of which `match` is another form: forms of one word differ at their end."""
    return max(words, key=lambda word: len(commonprefix([word, match])))


def _shortened(parts):
    """A long sentence without the middle of what stands before its first match, and without its end.

    Its beginning stays: it may be the condition under which the rest holds.
    """
    before, rest = ("", parts) if parts[0].matched else (parts[0].text, parts[1:])
    room = max(SENTENCE_CHARS - sum(len(text) for text, _ in rest), BEGINNING_CHARS + 60)
    if len(before) > room:
        head = before[:BEGINNING_CHARS].rpartition(" ")[0] or before[:BEGINNING_CHARS]
        before = f"{head} … " + before[-(room - BEGINNING_CHARS) :].partition(" ")[2]
    shown, room = [SnippetPart(before, False)] if before else [], max(SENTENCE_CHARS - len(before), 60)
    for text, matched in rest:
        if len(text) > room:
            cut = text if matched else text[: max(room, 0)].rpartition(" ")[0] + " …"
            return (*shown, SnippetPart(cut, matched))
        shown.append(SnippetPart(text, matched))
        room -= len(text)
    return tuple(shown)
