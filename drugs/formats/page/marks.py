"""Which mark, such as {rare, emergency}, stands at the end of a heading or of a side effect?"""

import difflib

from drugs.content import FREQUENCIES, URGENCIES, ends_in_mark
from drugs.formats.result import FormatError


def take_marks(text):
    """`text` without a mark such as {rare, emergency} at its end, and the words of the mark or None."""
    text = text.rstrip()
    if not ends_in_mark(text):
        return text, None
    at = text.rindex("{")
    return text[:at].rstrip(), [word.strip() for word in text[at + 1 : -1].split(",")]


def one_of(known, words, what, line):
    """The only word of a mark, if it is one of the `known`. Raises FormatError otherwise."""
    if len(words) == 1 and words[0] in known:
        return words[0]
    written = ", ".join(words)[:60]
    near = difflib.get_close_matches(written, known, 1)
    hint = f"did you mean {{{near[0]}}}?" if near else f"known are {', '.join(known)}."
    raise FormatError(f"{{{written}}} is no {what}; {hint}", line)


def frequency_and_urgency(words, line):
    """The words of a side effect's mark as arguments of SideEffect. Raises FormatError for any other word."""
    marks = {}
    for word in words:
        sort = "frequency" if word in FREQUENCIES else "urgency"
        if sort in marks:
            raise FormatError(f"A side effect has one {sort}, not two: {word!r}.", line)
        marks[sort] = one_of((*FREQUENCIES, *URGENCIES), [word], "frequency or urgency", line)
    return marks
