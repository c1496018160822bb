"""Draft of the document of a legacy page: sections, names, effects and questions with the lines they came from."""

from dataclasses import replace

from drugs.content import FAQ, Document, DocumentError, Finding, Name, Section
from drugs.content.components import order_of_places
from drugs.content.normalisation import fold
from drugs.formats.legacy import generic_names
from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.bodies import bodies, fits_line, joined
from drugs.formats.legacy.component_questions import questions_by_component
from drugs.formats.legacy.effects import read_effects
from drugs.formats.legacy.parts import GENERIC_NAME
from drugs.formats.legacy.questions import read_questions
from drugs.formats.legacy.word_counts import missing, of_effects, words
from drugs.formats.result import FormatError, Page


class Draft:
    """Collector of the parts of a page. `dropped` holds the words that a document says by its structure: names of
    kinds, Q and A, the `and` of a list.

    A careful draft checks each section of effects or questions for lost words and keeps it as text if there are
    any. That takes time, and the reader asks for it only when a whole page has lost some.
    """

    def __init__(self, slug, title, drugs, components, careful=False, one_each=True):
        self.slug = slug
        self.title = title
        self.drugs = drugs
        self.components = components
        self.component = ""  # of the part that is being added
        self.placed = set()  # kind and component of the sections in which there are rows
        self.careful = careful
        self.one_each = one_each  # whether a bullet is one side effect even with commas
        self.names, self.sections, self.effects, self.faqs = [], [], [], []
        self.findings = []
        self.dropped = []

    def add(self, part):
        """One part of the outline, added behind those before it."""
        self.dropped.append(part.dropped)
        self.component = part.component
        if part.kind == GENERIC_NAME:
            self._add_names(part)
        elif part.kind == "side_effects":
            self._add_effects(part)
        elif part.kind == "faqs":
            self._add_faqs(part)
        else:
            self._add_text(part.kind, part.heading, part.blocks, part.line)
            if part.kind == "other" and part.heading and part.blocks:
                self._look("kept_as_other", "No section is known by this heading; its text is kept in place.")

    def _add_text(self, kind, heading, blocks, line):
        """A section for `blocks`, or several where they are longer than one may be."""
        text = joined(blocks)
        if not fits_line(heading):
            heading, text = "", f"{heading}\n\n{text}"
        for piece in bodies(text):
            if piece or heading or kind in ("side_effects", "faqs"):
                self.sections.append((Section(kind, heading, piece, self.component), line))
            heading = ""

    def _add_names(self, part):
        if part.heading:
            self._add_text("other", part.heading, part.blocks, part.line)
            return
        names, rest = generic_names.read_names(part.blocks)
        if not names:
            self._add_labelled_text(part, part.blocks)
            return
        for text, line in names:
            if not part.component and not self._is_ingredient(text):
                self._add_name(part, text, line)
        of_one = [
            paragraph(text, line) for text, line in names if part.component or self._is_ingredient(text)
        ]
        if of_one:
            self._add_labelled_text(part, of_one)
        if rest:
            self._add_text("other", "", rest, rest[0].line)

    def _add_labelled_text(self, part, blocks):
        """Text below `Generic Name` that is no name of the page, with these words as its heading."""
        self._add_text("other", part.dropped.strip().rstrip(":"), blocks, part.line)
        self.dropped.remove(part.dropped)

    def _is_ingredient(self, text):
        """Whether a generic name is that of one ingredient, and so no name of the combination."""
        return fold(text) in {fold(name) for name in generic_names.ingredients(self.title)}

    def _add_name(self, part, text, line):
        if any(text == name.text for name, _ in self.names):
            self._add_text("other", "", [block for block in part.blocks if block.line == line][:1], line)
        else:
            self.names.append((Name(text, "generic"), line))

    def _add_effects(self, part):
        result = read_effects(
            part.blocks, part.component or part.above, self.drugs, part.heading, self.one_each
        )
        effects = [effect for effect, _ in result.effects]
        if self._keep_as_text(part, result, of_effects(effects)):
            return
        label = effects[0].label if effects else ""
        if label not in ("", part.component) and self.effects and self.effects[-1][0].label == label:
            # or that the group is named again would be lost
            result.before.append(paragraph(f"**{label}:**", part.line))
        self._add_texts_around(part, result, result.effects)
        self.effects += [(self._with_component(effect, part), line) for effect, line in result.effects]
        if not effects and any(block.kind in ("list", "other") for block in part.blocks):
            self._look("effects_as_text", "No side effect could be told apart here; all is kept as text.")

    def _with_component(self, effect, part):
        component = part.component or self.components.in_label(effect.label)
        return replace(effect, component=component) if component else effect

    def _add_faqs(self, part):
        for component, blocks, dropped in questions_by_component(part, self.components):
            self.dropped.append(dropped)
            part = replace(part, blocks=blocks)
            self._add_questions(part, component)
            part.heading = ""

    def _add_questions(self, part, component):
        result = read_questions(part.blocks)
        if self._keep_as_text(part, result, [t for faq in result.faqs for t in (faq.question, faq.answer)]):
            return
        self._add_texts_around(part, result, result.faqs)
        self.faqs += [
            (FAQ(faq.question, "\n".join(bodies(faq.answer)), component), faq.line) for faq in result.faqs
        ]
        if not result.faqs and part.blocks:
            self._look("no_question", "This section holds no question; all is kept as text.")

    def _keep_as_text(self, part, result, stored):
        """True if reading the part further than to its text would lose words: then it is added as that."""
        if self.careful and self._loses_words(
            part, [joined(result.before), joined(result.after), *result.dropped, *stored]
        ):
            self._add_text(part.kind, part.heading, part.blocks, part.line)
            return True
        self.dropped += result.dropped
        return False

    def _add_texts_around(self, part, result, rows):
        """Adds the text before and after the `rows` of a part; until there are any, as the section for them."""
        place = (part.kind, part.component)
        if place not in self.placed or result.before or part.heading:
            self._add_text(part.kind, part.heading, result.before, part.line)
        if result.after:
            self._add_text(part.kind, "", result.after, result.after[0].line)
        if rows:
            self.placed.add(place)

    def _loses_words(self, part, stored):
        """True if reading the part further would lose words: then its text stays as it is."""
        lost = missing(words(joined(part.blocks)), words(*stored))
        if lost:
            listed = ", ".join(word.decode() for word in sorted(lost)[:5])
            self.findings.append(
                Finding(
                    "look",
                    "kept_as_text",
                    f"Kept as text, because words would be lost ({listed}).",
                    f"sections.{len(self.sections)}",
                )
            )
        return bool(lost)

    def _look(self, code, message):
        self.findings.append(Finding("look", code, message, f"sections.{len(self.sections) - 1}"))

    def page(self):
        """Page of what was collected. Raises FormatError where no document can hold it."""
        pieces = {
            "names": self.names,
            "sections": self.sections,
            "side_effects": self._in_places("side_effects", self.effects),
            "faqs": self._in_places("faqs", self.faqs),
        }
        try:
            document = Document(
                slug=self.slug,
                title=self.title,
                ingredients=generic_names.ingredients(self.title),
                **{key: tuple(value for value, _ in rows) for key, rows in pieces.items()},
            )
        except DocumentError as error:
            raise FormatError(str(error)) from error
        lines = {f"{key}.{at}": line for key, rows in pieces.items() for at, (_, line) in enumerate(rows)}
        return Page(document, tuple(self.findings), lines)

    def _in_places(self, kind, rows):
        """Pairs of row and line in the order in which a document keeps them."""
        sections = [section for section, _ in self.sections]
        return [rows[at] for at in order_of_places(sections, kind, [row for row, _ in rows])]
