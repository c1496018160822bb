"""Snippets: the text of a page in plain sentences, and the one of them that answers a search, with its matches."""

import re
from collections import Counter
from collections.abc import Sequence
from os.path import commonprefix
from typing import NamedTuple

from drugs.content import SECTION_HEADINGS, Document, invisible
from drugs.content.components import with_component
from drugs.content.whitespace import fold_spaces

SENTENCE_CHARS = 240

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
    """The text of a page, line by line: sections, side effects, questions; not the source's own notices."""
    pieces = []
    for section in document.sections:
        if section.kind != "notice":
            heading = with_component(section.component, section.heading or SECTION_HEADINGS[section.kind])
            pieces += [_headed(heading), section.body]
    for effect in document.side_effects:
        said = f"{effect.name}: {effect.description}".rstrip(": ")
        pieces.append(with_component(effect.component, said))
    for faq in document.faqs:
        pieces += [with_component(faq.component, faq.question), faq.answer]
    return without_markdown("\n\n".join(piece for piece in pieces if piece))


def _headed(heading):
    """`heading` with the sign of what goes on below, by which a heading is known among sentences."""
    return heading if heading.endswith((":", "?", ".", "!")) else f"{heading}:"


def without_markdown(text: str) -> str:
    """`text` with the signs of Markdown, and invisible characters, taken off, roughly and fast."""
    text = invisible.strip_invisible(text)
    for pattern, to in _MARKS:
        text = pattern.sub(to, text)
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def snippet(title: str, marked: str, words: Sequence[str], start: str, end: str) -> tuple[SnippetPart, ...]:
    """The sentence that says most of the `words` of a query, in parts; empty if none says any.

    `marked` is the text of the page, in which what matches a word stands between `start` and `end`. The name of the
    page, its `title`, is in every other sentence and hardly counts; of two other words the one that the page says less
    often counts more.
    """
    pattern = re.compile(f"{start}([^{end}]*){end}")
    marked = fold_spaces(marked)  # a long sentence is cut at spaces
    sentences = _BETWEEN_SENTENCES.split(marked)
    with_matches = [index for index, sentence in enumerate(sentences) if start in sentence]
    if not with_matches:
        return ()
    matches = pattern.findall(marked)
    word_of = {match: _word_of(match.casefold(), words) for match in set(matches)}
    times = Counter(word_of[match] for match in matches)
    weight = {word: (word not in title.casefold()) + 1 / times[word] for word in times}

    def merit(index):
        return sum(weight[word] for word in {word_of[match] for match in pattern.findall(sentences[index])})

    best = _in_context(sentences, max(with_matches, key=merit), start, end)
    return _shortened([SnippetPart(text, at % 2 == 1) for at, text in enumerate(pattern.split(best)) if text])


def _in_context(sentences, at, start, end):
    """The sentence at `at` with what it cannot be understood without: before an item of a list such as `often drink
    alcohol` the line that it goes on (`Do not take it if you:`); after a heading, such a line or a question what
    comes next.
    """

    def plain(index):
        return sentences[index].replace(start, "").replace(end, "")

    passage, last = sentences[at], at
    while plain(last).endswith((":", "?")) and last + 1 < len(sentences):
        last += 1
        passage += f" {sentences[last]}"
    for index in range(at, 0, -1):
        if not plain(index)[:1].islower():
            break
        if plain(index - 1).endswith(":"):
            whole = f"{sentences[index - 1]} {'… ' * (index < at)}{passage}"
            return whole if len(whole) <= SENTENCE_CHARS else passage
    return passage


def _word_of(match, words):
    """The word of the query of which `match` is another form: forms of one word differ at their end."""
    return max(words, key=lambda word: len(commonprefix([word, match])))


def _shortened(parts):
    """A long sentence from a little before its first match on."""
    before, rest = ("", parts) if parts[0].matched else (parts[0].text, parts[1:])
    room = SENTENCE_CHARS - sum(len(text) for text, _ in rest)
    if before and len(before) > max(room, 60):
        before = "… " + before[-max(room, 60) :].partition(" ")[2]
    shown, room = [SnippetPart(before, False)] if before else [], SENTENCE_CHARS - len(before)
    for text, matched in rest:
        if len(text) > room:
            cut = text if matched else text[: max(room, 0)].rpartition(" ")[0] + " …"
            return (*shown, SnippetPart(cut, matched))
        shown.append(SnippetPart(text, matched))
        room -= len(text)
    return tuple(shown)
