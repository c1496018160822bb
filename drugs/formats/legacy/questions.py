"""Which questions and answers does a section hold, and what else stands around them?"""

import re
from dataclasses import dataclass, field

from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.bodies import fits_line
from drugs.formats.legacy.phrases import bold_lead, one_line, without_bold

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


@dataclass
class Questions:
    """`faqs` holds [question, answer, line]; `before` and `after` the blocks around them; `dropped` the marker
    words (Q, A, numbers) that need not be kept.
    """

    before: list = field(default_factory=list)
    faqs: list = field(default_factory=list)
    after: list = field(default_factory=list)
    dropped: list = field(default_factory=list)


def read_questions(blocks):
    """Sorts the blocks of a section into questions with their answers and the text around them."""
    reader = _Reader()
    for block in blocks:
        reader.block(block)
    reader.end()
    return reader.found


def ends_in_answer(blocks):
    """True if the last of `blocks` asks or answers a question, whatever it says about advice."""
    last = blocks[-1].text
    if _question(last) or _ITALIC_QUESTIONS.match(last) or _A.match(last):
        return True
    asked = _question(blocks[-2].text) if len(blocks) > 1 else None
    return bool(asked and not asked[1])


def asks(heading):
    """True if the text of a heading is a question."""
    return heading.rstrip("* ").endswith("?")


def hold_questions(blocks):
    """True if one of `blocks` asks a question in another shape than that of a heading."""
    return any(_holds_question(block) for block in blocks if block.kind != "heading")


class _Reader:
    def __init__(self):
        self.found = Questions()
        self.awaiting = False
        self.below_heading = False  # all that stands below a heading that asks is the answer
        self.between = []  # text behind an answer: the answer goes on if another question follows

    def block(self, block):
        if block.kind == "paragraph":
            for text, line in _units(block):
                self.unit(text, line)
        elif block.kind == "list":
            self.list(block)
        elif block.kind == "item":
            self.item(block)
        elif block.kind == "heading" and block.text.rstrip("* ").endswith("?"):
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
        count = len(self.found.faqs)
        if block.text:
            self.found.dropped.append(block.text)
        if not block.head:
            self.aside(block)
            return
        self.awaiting = self.awaiting and self.item_may_answer(block)
        first, *inner = block.children
        plain = _ITEM_QUESTION.fullmatch(first.text)
        if not self.takes(first.text) and not plain:
            if any(map(self.asks_or_answers, inner)):
                self.aside(first)
                for child in inner:
                    self.block(child)
            else:
                self.aside(block)
            return
        if plain and not self.takes(first.text):
            self.ask(plain[1], plain[2], block.line)
        else:
            for text, line in _units(first):
                self.unit(text, line)
        for child in inner:
            if len(self.found.faqs) == count or _holds_question(child):
                self.block(child)
            elif not self.awaiting:
                self.go_on(child)
            elif child.kind == "list" and len(child.children) > 1 and not _A.match(child.children[0].head):
                self.go_on(child)
                self.awaiting = False
            else:
                self.block(child)

    def item_may_answer(self, block):
        return not _question(block.head)

    def takes(self, text):
        """True if `text` is a question or an answer."""
        return bool(self.awaiting or _question(text) or _ITALIC_QUESTIONS.match(text) or self.answers(text))

    def answers(self, text):
        return bool(self.found.faqs and not self.found.faqs[-1][1] and _A.match(text))

    def unit(self, text, line):
        italics = list(_ITALIC_QUESTIONS.finditer(text)) if _ITALIC_QUESTIONS.match(text) else ()
        if italics:
            ends = [match.start() for match in italics[1:]] + [len(text)]
            for match, end in zip(italics, ends, strict=True):
                self.ask(match[1], text[match.end() : end], line)
        elif found := _question(text):
            self.ask(*found, line)
        elif self.answers(text) or (self.awaiting and not _is_label(text)):
            self.found.faqs[-1][1] = self.answer(text)
            self.awaiting = False
        else:
            self.aside(paragraph(text, line))

    def ask(self, question, answer, line):
        text = one_line(question)
        bare = without_bold(text).strip()
        match = _Q.match(bare)
        if match:
            self.found.dropped.append(match[0])
            bare = bare[match.end() :].strip()
        if not bare or not fits_line(bare):
            self.aside(paragraph(f"{question} {answer}".strip(), line))
            return
        for block in self.between:
            self.go_on(block)
        self.between = []
        self.found.faqs.append([bare, self.answer(_LED_TO.sub("", answer)), line])
        self.awaiting = not self.found.faqs[-1][1]
        self.below_heading = False

    def go_on(self, block):
        """The last answer goes on with `block`."""
        faq = self.found.faqs[-1]
        faq[1] = f"{faq[1]}\n\n{block.raw}".strip()

    def answer(self, text):
        """`text` without its `A:`, and without the half of a pair of asterisks that stood around both."""
        match = _A.match(text)
        if not match:
            return text.strip()
        self.found.dropped.append(match[0])
        rest = text[match.end() :].strip()
        stars = match[1] if not match[2] and not match[3] else ""
        if stars and rest.endswith(stars) and rest.count(stars) % 2:
            rest = rest[: -len(stars)].rstrip()
        return rest

    def aside(self, block):
        """Keeps `block` as text, unless it belongs to the answer before it."""
        self.awaiting = False
        if not self.found.faqs:
            self.found.before.append(block)
        elif self.found.after or block.kind == "heading" or _is_label(block.text):
            self.end()
            self.found.after.append(block)
        elif self.below_heading or (block.kind == "list" and self.found.faqs[-1][1].endswith(":")):
            self.go_on(block)
        else:
            self.between.append(block)

    def end(self):
        """What no question followed was no part of an answer."""
        self.found.after += self.between
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
    return text.rstrip("* ").endswith(":") or bool(text.startswith("**") and bold_lead(text))


def _holds_question(block):
    if block.kind == "list":
        return any(_holds_question(child) for child in block.children)
    return bool(_question(block.head if block.kind == "item" else block.text))


def _question(text):
    """The question that `text` begins with and what follows it, or None. A symbol before it is part of it."""
    if symbol := _SYMBOL.match(text):
        found = _question(text[symbol.end() :])
        return found and (symbol[0] + found[0], found[1])
    match = _BOLD_QUESTION.match(text)
    if match:
        inner, rest = match[1].strip(), text[match.end() :].strip()
        if _Q.fullmatch(inner) or (_BARE_Q.fullmatch(inner) and rest.startswith(":")):
            return _unmarked(f"{inner}{':' if rest.startswith(':') else ''} ", rest.removeprefix(":").strip())
        if _REAL_Q.match(inner) or _ASKS.search(inner):
            return _split_bold(inner, rest)
        return (inner.removesuffix(":"), rest) if _A.match(rest) else None
    if _REAL_Q.match(text):
        return _unmarked("", text.lstrip("* "))
    if match := _LINE_QUESTION.fullmatch(text):
        return match[1], match[2]
    match = _PLAIN_QUESTION.fullmatch(text)
    if match and (_A.match(match[2]) or not match[2]) and not text.startswith("*A:"):
        return match[1], match[2]
    return None


def _split_bold(inner, rest):
    """A bold span may hold the answer's first words too, when its closing asterisks stand too late."""
    match = re.search(r"\?\s+(?=A\s?:)", inner)
    if match:
        return inner[: match.start() + 1], f"{inner[match.end() :]} {rest}".strip()
    return inner, rest


def _unmarked(prefix, text):
    """Question and answer of a text whose bold marks do not tell them apart."""
    match = re.search(r"\s*\*{0,3}\s*(?=\bA(?:ns(?:wer)?)?\s?:)", text) or re.search(
        r"(?<=\?)(?:\*{2})?(?:\s+|$)", text
    )
    if not match:
        return prefix + text, ""
    return prefix + text[: match.start()], text[match.end() :]
