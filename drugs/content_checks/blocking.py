"""Blocking checks (level `block`): what cannot be published at all, such as refusals and placeholders."""

import re
from collections.abc import Iterator

from drugs.content import Document, Finding, invisible
from drugs.content.whitespace import fold_spaces, shortened
from drugs.content_checks import model_speech
from drugs.content_checks.texts import Text, own_texts, says_any, texts

# A template's field, or brackets around an instruction: chemistry and explanations stand in brackets too.
_PLACEHOLDER = re.compile(
    r"\{ *(?:[A-Za-z_][\w .-]*)?\}"
    r"|\[(?:(?:specific|insert|enter|mention|fill in|placeholder|to be (?:added|completed|filled|determined))\b"
    r"|(?:add|include|list|specify|state|describe) (?:the|a|any|all|your|more|details|text|specific|relevant)\b"
    r"|(?:drug|medicine|medication|brand|generic|product|company|manufacturer)(?:['’]s)? name"
    r"|(?:name of|your)\b)[^\]\n]{0,60}\](?!\()"
    r"|\[[^\]\n]{0,60}\b(?:einf[üu]gen|eintragen|erg[äa]nzen|ins[ée]rer|compl[ée]ter|insertar|completar|inserir|preencher"
    r"|inserire|compilare|invoegen|invullen)\b[^\]\n]{0,60}\](?!\()"
    r"|\[(?-i:DOSE|FREQUENCY|ROUTE|STRENGTH|NAME|CONDITION|INDICATION|COUNTRY|DATE|NUMBER|LINK|URL|IMAGE|TEXT|TBD|TODO"
    r"|SOURCE|CITATION)\b[^\]\n:]{0,40}\](?!\()"  # after a colon it is filled in: [SOURCE: WHO]
    r"|<(?:drug|medicine|medication|condition|disease|indication|brand|generic|product|company|manufacturer|insert"
    r"|name|dose|strength|date)\b[\w -]{0,40}>"
    r"|\bX{2,5} ?(?:mg|mcg|µg|g|ml|%)(?!\w)|\blorem ipsum\b|\((?:fill in|tbd|tbc|to be (?:added|completed|filled in))\)"
    r"|\[(?:the )?(?:name|drug|medicine|medication|condition|indication|disease|date)\](?!\()",
    re.IGNORECASE,
)
_OF_PLACEHOLDERS = ("{", "[", "<", "xx", "lorem", "(fill in", "(tb", "(to be")
# What has braces and is no field of a template: formulas in LaTeX, addresses, chemical formulas, identifiers.
_IN_BRACES = re.compile(
    r"\$\$[^$]{1,2000}\$\$|\$[^$\n]{0,400}[\\^_][^$\n]{0,400}\$|\\[A-Za-z]+(?:\s*\{[^{}]*\})+|[\^_]\{[^{}]*\}"
    r"|(?<=\])\([^()\n]*\)"
    r"|\b[a-z][\w+.-]*:[^\s]*\{[^\s]*|\{[A-Z][a-z]?(?:[A-Z0-9][a-z]?)*\d(?:[A-Z0-9][a-z]?)*\}|\{[A-Za-z]\}"
    r"|\{[0-9A-Fa-f-]{20,}\}"
)
# Of HTML, and of Obsidian; what stands in code is shown as it is, and meant.
_COMMENT = re.compile(r"<!--.{0,80}|(?<![\d%])%%(?!%)[^%]{1,2000}%%")
_CODE = re.compile(r"^(```+|~~~+)[^\n]*\n.*?^\1[`~]*[ \t]*$|(?<!`)`[^`\n]+`(?!`)", re.MULTILINE | re.DOTALL)
_CUT_OFF = re.compile(r"[-+/&,(–—]$|\s\.$|\s(?:and|or|with)$|^[+/&]")
_INFORMS = {"uses", "dosage", "side_effects", "how_it_works"}


def says_something(document: Document) -> Iterator[Finding]:
    """A page with nothing but a title, or a title and a disclaimer, would only look as if there were something."""
    bodies = (s.body.strip() for s in document.sections if s.kind != "notice")
    if not document.side_effects and not document.faqs and not any(bodies):
        yield Finding("block", "empty", "The page has nothing but a title.", "sections")


def title_is_whole(document: Document) -> Iterator[Finding]:
    """A title that ends in `-` or `+` has lost a part of its name: perhaps the one that matters."""
    if _CUT_OFF.search(document.title):
        yield Finding("block", "title-cut-off", "The title looks cut off at its end.", "title")


def title_says_something(document: Document) -> Iterator[Finding]:
    """No list, address or search could name a page without a letter or digit in its title."""
    if not any(map(str.isalnum, invisible.strip_invisible(document.title))):
        yield Finding("block", "title-blank", "The title has neither letter nor digit.", "title")


def no_refusal(document: Document) -> Iterator[Finding]:
    """What a model says to whoever asked it is no text for readers. A page without one section that informs, where a
    sentence may be such speech, is no monograph.
    """
    informs = _INFORMS & {section.kind for section in document.sections}
    least = model_speech.BLOCK if informs else model_speech.DOUBTFUL
    said = model_speech.spoken(own_texts(document))
    if refused := next((sentence for sentence in said if sentence.weight >= least), None):
        message = f"This reads as if a language model talks to the person who asked it: “{refused.words} …”"
        yield Finding("block", "refusal", message, refused.path)


def no_placeholder(document: Document) -> Iterator[Finding]:
    """What a template was meant to fill in was never filled in."""
    told = [Text("title", fold_spaces(document.title)), *texts(document)]
    if says_any(told, _OF_PLACEHOLDERS):
        for path, text in told:
            if match := _PLACEHOLDER.search(_IN_BRACES.sub("", text)):
                yield Finding("block", "placeholder", f"A placeholder was never filled in: {match[0]}", path)


def no_comment(document: Document) -> Iterator[Finding]:
    """What an author wrote to editors is not for readers, to whom Markdown would show it."""
    for path, text in texts(document):
        if ("<!--" in text or "%%" in text) and (match := _COMMENT.search(_CODE.sub("", text))):
            message = f"A comment stands in the text, and readers would see it: “{shortened(match[0], 60)} …”"
            yield Finding("block", "comment", message, path)


CHECKS = (says_something, title_is_whole, title_says_something, no_refusal, no_placeholder, no_comment)
