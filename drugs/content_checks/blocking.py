"""Blocking checks (level `block`): what cannot be published at all, such as refusals and placeholders."""

import dataclasses
import re
from collections.abc import Iterator

from drugs.content import Document, Finding, invisible
from drugs.content.whitespace import fold_spaces, shortened
from drugs.content_checks.model_speech import first_said
from drugs.content_checks.texts import Text, first_match, texts

_REFUSAL = re.compile(
    r"\b(?:please (?:provide|specify|supply|give me|tell me|clarify|let me know)"
    r"(?! (?:your|a|the) (?:doctor|pharmacist|physician|nurse|healthcare|health))"
    r"|(?:i|we) (?:(?:will |would )?(?:need|require) (?:more (?:information|details|context)"
    r"|(?:a|the) (?:\w+ ){0,3}name)\b)"
    r"|(?:could|can|would) you (?:please )?(?:provide|specify|clarify|tell me|confirm|check)"
    r"|i(?: am|['’]m) (?:unable|not able) to"
    r"|i (?:cannot|can['’]t|can not|could not|couldn['’]t) (?:provide|generate|create|give|fulfil|complete"
    r"|answer|find"
    r"|help|assist|offer|write|proceed|process|produce|locate|identify))",
    re.IGNORECASE,
)
# What a model says to whoever asked it for the page. Only looked for where a page is nothing but running text.
_TALKS_BACK = re.compile(
    r"\b(?:i(?:['’]m| am) (?:sorry|afraid|unable|not)|i apologi[sz]e|i regret|as an? (?:ai|large language"
    r"|language)\b"
    r"|i (?:cannot|can['’]t|can not|could(?:n['’]t| not)|do(?:n['’]t| not)|did(?:n['’]t| not)|won['’]t|will not"
    r"|must decline|can only|(?:will |would )?(?:need|require))\b"
    r"|we (?:cannot|can['’]t|could not|do(?:n['’]t| not)) (?:have (?:any |enough )?(?:information|data)|find"
    r"|provide|identify"
    r"|recogni[sz]e|know|locate|create|generate|write)\b"
    r"|(?:couldn['’]t|could not) find|my (?:knowledge|training|database)\b"
    r"|(?:please|kindly) (?:enter|share|confirm|rephrase|verify|try again|resubmit|check the (?:spelling|name)"
    r"|(?:double-?)?check|(?:give|provide) (?:me|us|the))"
    r"|let me know (?:which|what|the|if)|tell me (?:which|what|the)|did you (?:mean|intend)"
    r"|(?:medicine|medication|drug|one) (?:did|do) you mean|if you (?:meant|intended|can provide|could provide)"
    r"|(?:you|you['’]ve|you have) (?:have )?(?:not )?(?:provided|entered|supplied|requested)"
    r"|(?:input|text|name|prompt|term|query) (?:you )?(?:provided|given|supplied)|the (?:provided"
    r"|supplied) (?:input|text|name|prompt|term|query|information|title|data|context|document)"
    r"|the (?:prompt|query|input) (?:does|is|was|has|lacks|contains)"
    r"|requested (?:format|information|output|document|details|page)"
    r"|(?:this|your|the) request\b|no (?:\w+ ){0,2}name (?:was|is|has been) (?:given|provided|specified)"
    r"|no (?:\w+ ){0,2}(?:medicine|medication|drug)s? (?:called|named|known as|with (?:the|this|that) name)"
    r"|not an? (?:\w+ )?(?:recogni[sz]ed|valid|real|existing) (?:\w+ ){0,2}(?:medicine|medication|drug|name)"
    r"|more (?:\w+ )?(?:information|details|context) (?:is|are) (?:needed|required|necessary)"
    r"|typo(?:graphical)?\b|misspell|misspelt|check(?:ing)? the spelling)",
    re.IGNORECASE,
)
# A template's field, or brackets around an instruction: chemistry and explanations stand in brackets too.
_PLACEHOLDER = re.compile(
    r"\{ *(?:[A-Za-z_][\w .-]*)?\}"
    r"|\[(?:(?:specific|insert|enter|mention|fill in|placeholder|to be (?:added|completed|filled|determined))\b"
    r"|(?:add|include|list|specify|state|describe) (?:the|a|any|all|your|more|details|text|specific|relevant)\b"
    r"|(?:drug|medicine|medication|brand|generic|product|company|manufacturer)(?:['’]s)? name"
    r"|(?:name of|your)\b)[^\]\n]{0,60}\](?!\()"
    r"|\[(?:the )?(?:name|drug|medicine|medication|condition|indication|disease|date)\](?!\()",
    re.IGNORECASE,
)
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
    """What a model says to whoever asked it is no text for readers; and a page without one section that informs, and
    with a refusal or question back, is no monograph.
    """
    if said := first_said(_told(document)):
        path, words = said
        message = f"The text speaks as a model to whoever asked it: “{words} …”"
        yield Finding("block", "refusal", message, path)
        return
    kinds = {section.kind for section in document.sections}
    if _INFORMS & kinds:
        return
    patterns = (_REFUSAL,) if kinds - {"other", "notice"} else (_REFUSAL, _TALKS_BACK)
    told = dataclasses.replace(document, faqs=())  # readers ask in the first person there
    if place := next(filter(None, (first_match(pattern, told) for pattern in patterns)), None):
        yield Finding("block", "refusal", f"The text refuses or asks back: “{place.match[0]} …”", place.path)


def _told(document: Document) -> Iterator[Text]:
    """What the page says itself: readers ask in the first person."""
    yield from texts(dataclasses.replace(document, faqs=()))
    for index, faq in enumerate(document.faqs):
        yield Text(f"faqs.{index}", fold_spaces(faq.answer))


def no_placeholder(document: Document) -> Iterator[Finding]:
    """What a template was meant to fill in was never filled in."""
    for path, text in [("title", fold_spaces(document.title)), *texts(document)]:
        if ("{" in text or "[" in text) and (match := _PLACEHOLDER.search(_IN_BRACES.sub("", text))):
            yield Finding("block", "placeholder", f"A placeholder was never filled in: {match[0]}", path)


def no_comment(document: Document) -> Iterator[Finding]:
    """What an author wrote to editors is not for readers, to whom Markdown would show it."""
    for path, text in texts(document):
        if ("<!--" in text or "%%" in text) and (match := _COMMENT.search(_CODE.sub("", text))):
            message = f"A comment stands in the text, and readers would see it: “{shortened(match[0], 60)} …”"
            yield Finding("block", "comment", message, path)


CHECKS = (says_something, title_is_whole, title_says_something, no_refusal, no_placeholder, no_comment)
