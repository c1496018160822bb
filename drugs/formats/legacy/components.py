"""Components of a legacy page: which parts of its outline speak of one drug alone.

A page splits where several headings, labels or generic names each announce a drug and the same sections follow. A
component ends where the whole page speaks again; what cannot be told stays with the whole page.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from drugs.content.components import MOST
from drugs.content.normalisation import fold
from drugs.formats.legacy import section_vocabulary
from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.component_names import ComponentNames, name_in
from drugs.formats.legacy.component_tails import split_tail
from drugs.formats.legacy.parts import GENERIC_NAME, Part
from drugs.formats.legacy.phrases import read_label
from drugs.formats.legacy.word_counts import words

_NO_SECTIONS = frozenset(("other", "notice", GENERIC_NAME))
_NAME_CHARS = 200
_WITH = re.compile(
    r"\b(?:with|between)\b", re.I
)  # `Interactions with Aol` are those of the other drug, or of all
_AND = re.compile(r"\s*(?:&|\+|,|\band\b)\s*", re.I)


@dataclass(slots=True)
class _Stretch:
    """The parts, by index, that follow the announcement of a drug, that of the announcement first.

    `level` is that of its heading, `sure` says that the heading is the name of an ingredient and nothing else,
    `qualified` that it is the heading of a section.
    """

    heading: str
    level: int
    sure: bool = False
    qualified: bool = False
    parts: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)  # of their sections
    top: int = 0  # the level of the first of these

    def add(self, at, part):
        """Takes in the next part."""
        self.parts.append(at)
        if part.kind not in _NO_SECTIONS:
            self.top = self.top if self.kinds else part.level
            self.kinds.append(part.kind)


def assign_components(parts: list[Part], names: ComponentNames) -> list[Part]:
    """`parts` of an outline, each with its component; headings that do no more than name one are left out.

    The component that a part has already is the outline's guess: all that its heading may announce. `names` learns
    what the page itself calls its components.
    """
    parts = _with_glued_lines(parts, names)
    guesses = [part.component for part in parts]
    for part in parts:
        part.component, part.above = "", "" if names.ingredients else part.component
    if not names.ingredients:
        return parts
    announced = set()
    for stretch in _Splitter(parts, guesses, names).split():
        component = names.call(stretch.heading)
        announced.add(stretch.parts[0])
        for at in stretch.parts:
            parts[at].component = component
    for at, part in enumerate(parts):
        if ingredient := _qualified(part, names):
            part.component = names.component(ingredient)
        if at in announced:
            _take_heading(part)
    tails = {part.component: at for at, part in enumerate(parts) if part.component and part.blocks}.values()
    last = set(tails)
    return [
        piece
        for at, part in enumerate(parts)
        for piece in (split_tail(part, names) if at in last else [part])
    ]


def _with_glued_lines(parts, names):
    """`parts`, with a part of its own for a bold line that names a drug right below the text of the section before."""
    starts = sum(part.kind == "uses" for part in parts)
    if starts < 2 or not names.ingredients:
        return parts
    result = []
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        result.append(part)
        last = part.blocks[-1] if part.blocks else None
        if following and following.kind in ("uses", GENERIC_NAME) and last and last.kind == "paragraph":
            text, _, line = last.text.rpartition("\n")
            label = read_label(line) if text and line.startswith("**") else None
            if label and not label.rest and names.only(label.text):
                part.blocks[-1] = paragraph(text, last.line)
                at = last.line + text.count("\n") + 1
                result.append(Part("other", label.text, at, component=label.text))
    return result


class _Splitter:
    """The stretches of a page that treats its drugs one after the other."""

    def __init__(self, parts, guesses, names):
        self.parts = parts
        self.guesses = guesses
        self.names = names
        self.kinds_at_levels = Counter((part.kind, part.level) for part in parts)

    def split(self):
        """The stretches; where the page does not split, those headings alone that are the name of an ingredient."""
        stretches = list(self._stretches())
        if len(stretches) > MOST:
            return []
        kinds = Counter(kind for stretch in stretches for kind in set(stretch.kinds))
        repeated = {kind for kind, count in kinds.items() if count > 1}
        drugs = {self.names.one(stretch.heading) for stretch in stretches}
        headings = {stretch.heading for stretch in stretches}
        # Where the title spells them all in another way, there are as many as it names.
        strangers = drugs <= {""} and len(stretches) != len(self.names.ingredients)
        if not repeated or len(headings) < 2 or strangers:
            # A heading without text keeps its words: nothing else would say them.
            named = [stretch for stretch in stretches if stretch.sure and self.parts[stretch.parts[0]].blocks]
            for stretch in named:
                del stretch.parts[1:]
            return named
        for stretch in stretches:
            if stretch is stretches[-1] or stretch.qualified:
                self._leave_tail(stretch, repeated)
        return stretches

    def _stretches(self) -> Iterator[_Stretch]:
        """Each announcement with the parts that follow, up to the next, or to where the whole page speaks."""
        current = None
        for at, part in enumerate(self.parts):
            if start := self._announcement(at, current):
                if current:
                    yield current
                current = start
            elif current and (self._is_whole(part) or self._leaves(part, current)):
                yield current
                current = None
            if current and part.kind != "notice":
                current.add(at, part)
        if current:
            yield current

    def _announcement(self, at, current):
        """A new stretch if a drug is announced here: by a heading, a generic name without one, or a first section."""
        part = self.parts[at]
        if part.kind == "other" and part.heading:
            return self._heading(at)
        if part.kind == GENERIC_NAME and part.blocks:
            name = part.blocks[0].text.partition("\n")[0]
            bare = not current or bool(current.kinds)
            return (
                _Stretch(name, part.level)
                if bare and len(name) < _NAME_CHARS and self.names.one(name)
                else None
            )
        if _qualified(part, self.names) and part.kind == "uses":
            return _Stretch(part.heading, part.level, qualified=True)
        return None

    def _heading(self, at):
        part, guess = self.parts[at], self.guesses[at]
        heading = guess or part.heading
        if self.names.only(heading):
            return _Stretch(heading, part.level, sure=True)
        may_name = self.names.one(heading) or (
            self.names.may_name(heading) and not section_vocabulary.stands_alone(heading)
        )
        following = self.parts[at + 1] if at + 1 < len(self.parts) else None
        leads = following is not None and following.kind in ("uses", GENERIC_NAME)
        return _Stretch(heading, part.level) if guess and may_name and leads else None

    def _is_whole(self, part):
        """Whether the heading of a part says that it is about the whole page."""
        if not part.heading or part.kind == "notice":
            return False
        if part.kind == "faqs" and not _qualified(part, self.names):
            return section_vocabulary.plain_kind(part.heading) is None
        return self.names.is_whole(part.heading)

    def _leaves(self, part, stretch):
        """Whether a section stands as high as the heading of the drug whose own sections stand below it, or says
        again what the drug's own sections have said.
        """
        if part.kind in ("notice", GENERIC_NAME) or (part.kind == "other" and not part.heading):
            return False
        if not stretch.kinds:
            return False
        again = stretch.kinds[-1] != part.kind and part.kind in stretch.kinds
        as_high = 0 < part.level <= stretch.level and not 0 < stretch.top <= stretch.level
        if part.kind == "other":
            return as_high and not _lists_sections(part)
        return (again and bool(part.dropped or part.heading)) or (as_high and self._once(part))

    def _once(self, part):
        """Whether no other section of its kind stands as high: each drug may have its questions behind its labels."""
        return self.kinds_at_levels[part.kind, part.level] == 1

    def _leave_tail(self, stretch, repeated):
        """Takes from a stretch the parts at its end that no other drug has, unless they name this one alone."""
        ingredient = self.names.one(stretch.heading)
        while len(stretch.parts) > 1:
            part = self.parts[stretch.parts[-1]]
            text = "\n".join([part.heading, *(block.raw for block in part.blocks)])
            own = bool(ingredient) and self.names.named(text) == [ingredient]
            if part.kind in repeated or part.kind == GENERIC_NAME or own or _lists_sections(part):
                return
            stretch.parts.pop()


def _lists_sections(part):
    """True for a heading that names several sections: `Dosage, Side Effects and Precautions`."""
    return part.kind == "other" and section_vocabulary.besides_names(part.heading) != part.heading


def _qualified(part, names):
    """The ingredient that the heading of a section names beside its kind: `Aol Usage`, `FAQs (Aol)`."""
    ingredient = names.one(part.heading) if part.kind not in _NO_SECTIONS and part.heading else ""
    alone = ingredient and not _WITH.search(part.heading) and not _names_another(part.heading, ingredient)
    return ingredient if alone else ""


def _names_another(heading, ingredient):
    """Whether a heading names something beside a drug that is no section: `Questions on Aol & B Vitamins`."""
    pieces = _AND.split(section_vocabulary.besides_names(heading))
    own = fold(ingredient)
    others = [piece.strip(" ()") for piece in pieces if fold(piece) not in own and own not in fold(piece)]
    return any(piece[:1].isupper() and not section_vocabulary.names_kind(piece) for piece in others)


def _take_heading(part):
    """Takes the heading from a part whose component says all of it; a number and the names of sections go with it."""
    if part.kind != "other":
        return
    said = words(part.heading) - words(name_in(part.heading)) + words(part.component)
    if not words(part.heading) - said:
        rest = words(part.heading) - words(part.component)
        part.dropped += f" {' '.join(word.decode() for word in rest.elements())}"
        part.heading = ""
