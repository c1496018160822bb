"""Draft of the document of a legacy page: sections, names, effects and questions with the lines they came from."""

from drugs.content import FAQ, Document, DocumentError, Finding, Name, Section
from drugs.formats.legacy import generic_names
from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.bodies import bodies, fits_line, joined
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

    def __init__(self, slug, title, drugs, careful=False, one_each=True):
        self.slug = slug
        self.title = title
        self.drugs = drugs
        self.careful = careful
        self.one_each = one_each  # whether a bullet is one side effect even with commas
        self.names, self.sections, self.effects, self.faqs = [], [], [], []
        self.findings = []
        self.dropped = []

    def add(self, part):
        """One part of the outline, added behind those before it."""
        self.dropped.append(part.dropped)
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
                self.sections.append((Section(kind, heading, piece), line))
            heading = ""

    def _add_names(self, part):
        if part.heading:
            self._add_text("other", part.heading, part.blocks, part.line)
            return
        names, rest = generic_names.read_names(part.blocks)
        if not names:
            self._add_text("other", part.dropped.strip().rstrip(":"), part.blocks, part.line)
            self.dropped.remove(part.dropped)
            return
        for text, line in names:
            if any(text == name.text for name, _ in self.names):
                self._add_text("other", "", [block for block in part.blocks if block.line == line][:1], line)
            else:
                self.names.append((Name(text, "generic"), line))
        if rest:
            self._add_text("other", "", rest, rest[0].line)

    def _add_effects(self, part):
        result = read_effects(part.blocks, part.component, self.drugs, part.heading, self.one_each)
        effects = [effect for effect, _ in result.effects]
        if self._keep_as_text(part, result, of_effects(effects)):
            return
        label = effects[0].label if effects else ""
        if label not in ("", part.component) and self.effects and self.effects[-1][0].label == label:
            # or that the group is named again would be lost
            result.before.append(paragraph(f"**{label}:**", part.line))
        self._add_texts_around(part, result, first=not self.effects)
        self.effects += result.effects
        if not effects and any(block.kind in ("list", "other") for block in part.blocks):
            self._look("effects_as_text", "No side effect could be told apart here; all is kept as text.")

    def _add_faqs(self, part):
        result = read_questions(part.blocks)
        if self._keep_as_text(part, result, [t for faq in result.faqs for t in (faq.question, faq.answer)]):
            return
        self._add_texts_around(part, result, first=not self.faqs)
        self.faqs += [(FAQ(faq.question, "\n".join(bodies(faq.answer))), faq.line) for faq in result.faqs]
        if not result.faqs and part.blocks:
            self._look("no_question", "This section holds no question; all is kept as text.")

    def _keep_as_text(self, part, result, stored):
        """True if reading the part further than to its text would lose words: then it is added as that."""
        stored = [joined(result.before), joined(result.after), *result.dropped, *stored]
        if self._loses_words(part, stored):
            self._add_text(part.kind, part.heading, part.blocks, part.line)
            return True
        self.dropped += result.dropped
        return False

    def _add_texts_around(self, part, result, *, first):
        """Adds the text before and after the effects or questions of a part, the `first` one as their section."""
        if first or result.before or part.heading:
            self._add_text(part.kind, part.heading, result.before, part.line)
        if result.after:
            self._add_text(part.kind, "", result.after, result.after[0].line)

    def _loses_words(self, part, stored):
        """True if reading the part further would lose words: then its text stays as it is."""
        if not self.careful:
            return False
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
            "side_effects": self.effects,
            "faqs": self.faqs,
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
