"""What does a page say in plain sentences, and which of them answers a search?"""

import re
from collections import Counter
from os.path import commonprefix

from drugs.content import SECTION_HEADINGS, invisible

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


def plain_text(document):
    """The words of a page, line by line: sections, side effects, questions; not the source's own notices."""
    pieces = []
    for section in document.sections:
        if section.kind != "notice":
            pieces += [_headed(section.heading or SECTION_HEADINGS[section.kind]), section.body]
    pieces += [f"{effect.name}: {effect.description}".rstrip(": ") for effect in document.side_effects]
    for faq in document.faqs:
        pieces += [faq.question, faq.answer]
    return without_markdown("\n\n".join(piece for piece in pieces if piece))


def _headed(heading):
    """With the sign of what goes on below, by which a heading is known among sentences."""
    return heading if heading.endswith((":", "?", ".", "!")) else f"{heading}:"


def without_markdown(text):
    """`text` with the signs of Markdown, and what nobody sees, taken off, roughly and fast."""
    text = invisible.strip_invisible(text)
    for pattern, to in _MARKS:
        text = pattern.sub(to, text)
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def snippet(title, marked, asked, start, end):
    """Of a text in which what matches the words `asked` stands between `start` and `end`, the sentence that says
    most of them, in parts: pairs of text and whether it matched. The name of the page, its `title`, is in every
    other sentence and hardly counts; of two other words the one that the page says less often counts more.
    """
    pattern = re.compile(f"{start}([^{end}]*){end}")
    sentences = _BETWEEN_SENTENCES.split(marked)
    found = [index for index, sentence in enumerate(sentences) if start in sentence]
    if not found:
        return ()
    matches = pattern.findall(marked)
    meant = {match: _meant(match.casefold(), asked) for match in set(matches)}
    times = Counter(meant[match] for match in matches)
    weight = {word: (word not in title.casefold()) + 1 / times[word] for word in times}

    def says(index):
        return sum(weight[word] for word in {meant[match] for match in pattern.findall(sentences[index])})

    best = _in_context(sentences, max(found, key=says), start, end)
    parts = tuple((text, at % 2 == 1) for at, text in enumerate(pattern.split(best)) if text)
    return _shortened(parts)


def _in_context(sentences, at, start, end):
    """The sentence at `at` with what it cannot be understood without: before an item of a list such as `often drink
    alcohol` the line that it goes on (`Do not take it if you:`); after a heading, such a line or a question what
    comes next.
    """

    def plain(index):
        return sentences[index].replace(start, "").replace(end, "")

    said, last = sentences[at], at
    while plain(last).endswith((":", "?")) and last + 1 < len(sentences):
        last += 1
        said += f" {sentences[last]}"
    for index in range(at, 0, -1):
        if not plain(index)[:1].islower():
            break
        if plain(index - 1).endswith(":"):
            begun = f"{sentences[index - 1]} {'… ' * (index < at)}{said}"
            return begun if len(begun) <= SENTENCE_CHARS else said
    return said


def _meant(match, asked):
    """Which of the words asked for another form of it is: forms of one word differ at their end."""
    return max(asked, key=lambda word: len(commonprefix([word, match])))


def _shortened(parts):
    """A long sentence from a little before its first match on."""
    before, rest = (parts[0][0], parts[1:]) if not parts[0][1] else ("", parts)
    room = SENTENCE_CHARS - sum(len(text) for text, _ in rest)
    if before and len(before) > max(room, 60):
        before = "… " + before[-max(room, 60) :].partition(" ")[2]
    kept, room = [(before, False)] if before else [], SENTENCE_CHARS - len(before)
    for text, matched in rest:
        if len(text) > room:
            cut = text if matched else text[: max(room, 0)].rpartition(" ")[0] + " …"
            return (*kept, (cut, matched))
        kept.append((text, matched))
        room -= len(text)
    return tuple(kept)
