"""FAQ parser: the questions and answers of a section in each of their shapes, and the text around them."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.bodies import fits_line
from drugs.formats.legacy.phrases import one_line, read_bold_label, without_bold

_Q = re.compile(r"(?:(?:Q|Question)\s?\d*\s?[:.)]|\d+[.)])\s*", re.I)
_REAL_Q = re.compile(r"\W*Q(?:uestion)?\s?\d*\s?[:.)]", re.I)
# `A.` only in front of a new sentence: `A. examplis` is the name of a germ.
_A = re.compile(
    r"\s*+(\*{0,3})\s*+(?:A|Ans(?:wer)?)\s?\d*\s?(\*{0,3})(?:\s?[:)]|\.(?=\*{0,3}\s*(?-i:[A-Z])))\s?(\*{0,3})\s*",
    re.I,
)
_LINE_QUESTION = re.compile(r"([^?\n]{3,300}\?)[ \t]*\n(.+)", re.S)
_ITEM_QUESTION = re.compile(r"([^?\n]{3,300}\?)\s+(?=[A-Z*])(.+)", re.S)
_LED_TO = re.compile(r"^(?:[–—-]|:)\s+")
_SYMBOL = re.compile(r"[^\w\s*()\[\]<>\"'“‘`|\\-]+\s+(?=[\w*])")
_BARE_Q = re.compile(r"(?:Q|Question)\s?\d*", re.I)
_ASKS = re.compile(r"\?[* ]*(?:\([^()]*\)[* ]*)?$")
_BOLD_QUESTION = re.compile(r"\*\*(?=\S)(.+?)\*\*(?!\*)", re.S)
_ITALIC_QUESTIONS = re.compile(r"(?<!\*)\*(?![\s*])([^*]+\?)\*(?!\*)\s*")
_PLAIN_QUESTION = re.compile(r"([^?\n]{3,300}\?)\s*(.*)", re.S)
_NEW_LINE_STARTS = re.compile(r"\n(?=\s*(?:\*{2}|\*?A\s?:|Q\s?\d*\s?[:.)]))")


class QuestionText(NamedTuple):
    """A question with its marks, and what follows it in the same text: its answer, or nothing."""

    question: str
    rest: str


@dataclass(slots=True)
class Question:
    """A question, its answer so far, and the line of the file on which it stands."""

    question: str
    answer: str
    line: int


@dataclass
class Questions:
    """What a section holds: Questions in `faqs`, the blocks `before` and `after` them, and in `dropped` the marker
    words (Q, A, numbers) that need not be kept.
    """

    before: list = field(default_factory=list)
    faqs: list = field(default_factory=list)
    after: list = field(default_factory=list)
    dropped: list = field(default_factory=list)


def read_questions(blocks):
    """Questions of a section, told from the text around them."""
    reader = _Reader()
    for block in blocks:
        reader.block(block)
    reader.end()
    return reader.result


def ends_in_answer(blocks):
    """True if the last of `blocks` asks or answers a question, whatever it says about advice."""
    last = blocks[-1].text
    if _question(last) or _ITALIC_QUESTIONS.match(last) or _A.match(last):
        return True
    before = _question(blocks[-2].text) if len(blocks) > 1 else None
    return bool(before and not before.rest)


def asks(heading):
    """True if the text of a heading is a question."""
    return heading.rstrip("* ").endswith("?")


def hold_questions(blocks):
    """True if one of `blocks` asks a question in another shape than that of a heading."""
    return any(_holds_question(block) for block in blocks if block.kind != "heading")


class _Reader:
    def __init__(self):
        self.result = Questions()
        self.awaiting = False
        self.below_heading = False  # all that stands below a heading that asks is the answer
        self.between = []  # text behind an answer: the answer goes on if another question follows

    def block(self, block):
        if block.kind == "paragraph":
            self.units(block)
        elif block.kind == "list":
            self.list(block)
        elif block.kind == "item":
            self.item(block)
        elif block.kind == "heading" and asks(block.text):
            self.ask(block.text, "", block.line)
            self.below_heading = True
        elif block.kind != "rule":
            self.aside(block)

    def list(self, block):
        if any(map(self.asks_or_answers, block.children)):
            for child in block.children:
                self.block(child)
        elif self.awaiting and len(block.children) == 1:
            self.block(block.children[0])
        elif self.awaiting:
            self.go_on(block)
            self.awaiting = False
        else:
            self.aside(block)

    def asks_or_answers(self, block):
        """True if something in an item is a question, or the answer to one outside of it."""
        if block.kind == "list":
            return any(map(self.asks_or_answers, block.children))
        if block.kind != "item":
            return _holds_question(block)
        return bool(
            any(map(self.asks_or_answers, block.children[1:]))
            or _question(block.head)
            or _ITALIC_QUESTIONS.match(block.head)
            or _ITEM_QUESTION.fullmatch(block.head)
            or self.answers(block.head)
        )

    def item(self, block):
        """An item is a question, an answer, or text; what it holds besides belongs to it."""
        count = len(self.result.faqs)
        if block.text:
            self.result.dropped.append(block.text)
        if not block.head:
            self.aside(block)
            return
        self.awaiting = self.awaiting and not _question(block.head)
        first, *inner = block.children
        if self.takes(first.text):
            self.units(first)
        elif plain := _ITEM_QUESTION.fullmatch(first.text):
            self.ask(plain[1], plain[2], block.line)
        else:
            self.text_item(block)
            return
        for child in inner:
            if len(self.result.faqs) > count:
                self.below_question(child)
            else:
                self.block(child)

    def text_item(self, block):
        """An item that begins with text is text, but for the questions nested in it."""
        first, *inner = block.children
        if not any(map(self.asks_or_answers, inner)):
            self.aside(block)
            return
        self.aside(first)
        for child in inner:
            self.block(child)

    def below_question(self, block):
        """A block inside an item, below its question: another question, the answer, or more of the answer."""
        is_answer = self.awaiting and not _is_unmarked_list(block)
        if is_answer or _holds_question(block):
            self.block(block)
        else:
            self.go_on(block)
            self.awaiting = False

    def takes(self, text):
        """True if `text` is a question or an answer."""
        return bool(self.awaiting or _question(text) or _ITALIC_QUESTIONS.match(text) or self.answers(text))

    def answers(self, text):
        return bool(self.result.faqs and not self.result.faqs[-1].answer and _A.match(text))

    def units(self, block):
        for text, line in _units(block):
            self.unit(text, line)

    def unit(self, text, line):
        italics = list(_ITALIC_QUESTIONS.finditer(text)) if _ITALIC_QUESTIONS.match(text) else ()
        if italics:
            ends = [match.start() for match in italics[1:]] + [len(text)]
            for match, end in zip(italics, ends, strict=True):
                self.ask(match[1], text[match.end() : end], line)
        elif asked := _question(text):
            self.ask(asked.question, asked.rest, line)
        elif self.answers(text) or (self.awaiting and not _is_label(text)):
            self.result.faqs[-1].answer = self.answer(text)
            self.awaiting = False
        else:
            self.aside(paragraph(text, line))

    def ask(self, question, answer, line):
        text = one_line(question)
        bare = without_bold(text).strip()
        match = _Q.match(bare)
        if match:
            self.result.dropped.append(match[0])
            bare = bare[match.end() :].strip()
        if not bare or not fits_line(bare):
            self.aside(paragraph(f"{question} {answer}".strip(), line))
            return
        for block in self.between:
            self.go_on(block)
        self.between = []
        self.result.faqs.append(Question(bare, self.answer(_LED_TO.sub("", answer)), line))
        self.awaiting = not self.result.faqs[-1].answer
        self.below_heading = False

    def go_on(self, block):
        """The last answer goes on with `block`."""
        faq = self.result.faqs[-1]
        faq.answer = f"{faq.answer}\n\n{block.raw}".strip()

    def answer(self, text):
        """`text` without its `A:`, and without the half of a pair of asterisks that stood around both."""
        match = _A.match(text)
        if not match:
            return text.strip()
        self.result.dropped.append(match[0])
        rest = text[match.end() :].strip()
        stars = match[1] if not match[2] and not match[3] else ""
        if stars and rest.endswith(stars) and rest.count(stars) % 2:
            rest = rest[: -len(stars)].rstrip()
        return rest

    def aside(self, block):
        """Keeps `block` as text, unless it belongs to the answer before it."""
        self.awaiting = False
        if not self.result.faqs:
            self.result.before.append(block)
        elif self.result.after or block.kind == "heading" or _is_label(block.text):
            self.end()
            self.result.after.append(block)
        elif self.below_heading or (block.kind == "list" and self.result.faqs[-1].answer.endswith(":")):
            self.go_on(block)
        else:
            self.between.append(block)

    def end(self):
        """What no question followed was no part of an answer."""
        self.result.after += self.between
        self.between = []


def _units(block):
    """The lines of a paragraph that each start a question or an answer, with what follows them."""
    line = block.line
    for text in _NEW_LINE_STARTS.split(block.text):
        yield text.strip(), line
        line += text.count("\n") + 1


def _is_label(text):
    if _A.match(text):
        return False
    return text.rstrip("* ").endswith(":") or bool(text.startswith("**") and read_bold_label(text))


def _is_unmarked_list(block):
    """True for a list of several items that does not begin with an `A:`."""
    return block.kind == "list" and len(block.children) > 1 and not _A.match(block.children[0].head)


def _holds_question(block):
    if block.kind == "list":
        return any(_holds_question(child) for child in block.children)
    return bool(_question(block.head if block.kind == "item" else block.text))


def _question(text):
    """QuestionText that `text` begins with, or None. A symbol before the question is part of it."""
    if symbol := _SYMBOL.match(text):
        asked = _question(text[symbol.end() :])
        return asked and QuestionText(symbol[0] + asked.question, asked.rest)
    if bold := _BOLD_QUESTION.match(text):
        return _first_that_fits(_BOLD_SHAPES, bold[1].strip(), text[bold.end() :].strip())
    return _first_that_fits(_SHAPES, text)


def _first_that_fits(shapes, *texts):
    for shape in shapes:
        if asked := shape(*texts):
            return asked
    return None


def _bold_marker(inner, rest):
    """`**Q:** Why? A: So.` with nothing bold but the mark, its colon inside or outside."""
    colon = ":" if rest.startswith(":") else ""
    if _Q.fullmatch(inner) or (colon and _BARE_Q.fullmatch(inner)):
        return _unmarked(f"{inner}{colon} ", rest.removeprefix(":").strip())
    return None


def _bold_question(inner, rest):
    """`**Q: Why**` or `**Why?**`, and the answer."""
    return _split_bold(inner, rest) if _REAL_Q.match(inner) or _ASKS.search(inner) else None


def _bold_before_answer(inner, rest):
    """`**Why so** A: So.`, where only the mark of the answer tells that something was asked."""
    return QuestionText(inner.removesuffix(":"), rest) if _A.match(rest) else None


def _marked(text):
    """`Q: Why? A: So.`, or the same with asterisks that do not tell them apart."""
    return _unmarked("", text.lstrip("* ")) if _REAL_Q.match(text) else None


def _line_question(text):
    """A line that ends in a question mark, and the answer below it."""
    match = _LINE_QUESTION.fullmatch(text)
    return match and QuestionText(match[1], match[2])


def _plain_question(text):
    """`Why?` alone, or before a marked answer."""
    match = _PLAIN_QUESTION.fullmatch(text)
    if match and (_A.match(match[2]) or not match[2]) and not text.startswith("*A:"):
        return QuestionText(match[1], match[2])
    return None


# The first shape that fits counts. A bold span decides alone: what fits none of its shapes asks nothing.
_BOLD_SHAPES = (_bold_marker, _bold_question, _bold_before_answer)
_SHAPES = (_marked, _line_question, _plain_question)


def _split_bold(inner, rest):
    """A bold span may hold the answer's first words too, when its closing asterisks stand too late."""
    match = re.search(r"\?\s+(?=A\s?:)", inner)
    if match:
        return QuestionText(inner[: match.start() + 1], f"{inner[match.end() :]} {rest}".strip())
    return QuestionText(inner, rest)


def _unmarked(prefix, text):
    """QuestionText of a text whose bold marks do not tell question and answer apart."""
    match = re.search(r"\s*\*{0,3}\s*(?=\bA(?:ns(?:wer)?)?\s?:)", text) or re.search(
        r"(?<=\?)(?:\*{2})?(?:\s+|$)", text
    )
    if not match:
        return QuestionText(prefix + text, "")
    return QuestionText(prefix + text[: match.start()], text[match.end() :])
