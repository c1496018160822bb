"""What cannot be published at all."""

import re

from drugs import unseen
from drugs.checks.texts import first_match, texts
from drugs.document import Finding

_REFUSAL = re.compile(
    r"\b(?:please (?:provide|specify|supply|give me|tell me|clarify|let me know)"
    r"|(?:i|we) (?:need|require) (?:more (?:information|details|context)|the (?:generic |specific |full )?name)"
    r"|could you (?:please )?(?:provide|specify|clarify|tell me)"
    r"|i(?: am|'m) (?:unable|not able) to (?:provide|generate|create|give|fulfil)"
    r"|i (?:cannot|can't|can not) (?:provide|generate|create|give|fulfil|complete|answer))",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\{[A-Za-z_ ]*\}|\[(?:specific|insert|enter|drug name|medicine name|name of|brand name|generic name|your)\b"
    r"[^\]\n]{0,60}\](?!\()",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"[-+]$|\s\.$")
_INFORMS = {"uses", "dosage", "side_effects", "how_it_works"}


def says_something(document):
    """A page with nothing but a title would only look as if there were something."""
    if not document.side_effects and not document.faqs and not any(s.body.strip() for s in document.sections):
        yield Finding("block", "empty", "The page has nothing but a title.", "sections")


def title_is_whole(document):
    """A title that ends in `-` or `+` has lost a part of its name: perhaps the one that matters."""
    if _CUT_OFF.search(document.title):
        yield Finding("block", "title-cut-off", "The title looks cut off at its end.", "title")


def title_says_something(document):
    if not any(map(str.isalnum, unseen.without(document.title))):
        yield Finding("block", "title-blank", "The title has neither letter nor digit.", "title")


def no_refusal(document):
    """A page without one section that informs, and with a refusal or question back, is no monograph."""
    if _INFORMS & {section.kind for section in document.sections}:
        return
    if found := first_match(_REFUSAL, document):
        path, match = found
        yield Finding("block", "refusal", f"The text refuses or asks back: “{match[0]} …”", path)


def no_placeholder(document):
    """What a template was meant to fill in was never filled in."""
    for path, text in [("title", document.title), *texts(document)]:
        if match := _PLACEHOLDER.search(text):
            yield Finding("block", "placeholder", f"A placeholder was never filled in: {match[0]}", path)


CHECKS = (says_something, title_is_whole, title_says_something, no_refusal, no_placeholder)
