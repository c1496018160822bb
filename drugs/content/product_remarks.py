"""Remarks that a combination is no approved product, and that a medicine is not for people or off the market: the
sentence in which a text says so itself."""

import re

from drugs.content.markdown import plain

_PRODUCT = (
    r"(?:products?|medications?|medicines?|drugs?|formulations?|combinations?|preparations?|tablets?|pills?|entity"
    r"|combination therapy)"
)
_APPROVED = (
    r"(?:(?:pre-?|fda-?|ema-?|mhra-?)?approved|authori[sz]ed|licensed|standard(?:i[sz]ed|ly)?|recogni[sz]ed"
    r"|established|marketed|single|commercially[ -]available|commercial|commercially|fixed-(?:dose|combination)"
    r"|known|pre-?formulated)"
)
# One form of a product that is not to be had says nothing of the others: `no standard IV formulation`.
_FORM = r"(?:iv\b|intravenous|inject|p(?:a)?ediatric|child|oral\b|topical|rectal|liquid|generic names?\b)"
# Words that may stand between: `a single, commercially available generic medication`.
# But none that makes it a sentence on something else: `no standard dose`, `not controlled with a single medicine`.
_BETWEEN = (
    r"(?:[\s,/–—\"“”(]+(?!dos|treat|guideline|protocol|indication|regimen|recommend|schedule|names?\b|control"
    rf"|respon|achiev|reliev|manag|enough|with\b|than\b|{_FORM})[\w-]+){{0,6}}?"
)
_NONE = r"(?:\bnot\b|\bisn['’]t\b|\baren['’]t\b|\bno\b|\bnever\b|\black of\b|\bwithout any?\b)"
_DENIES = re.compile(
    rf"{_NONE}{_BETWEEN}[\s,/–—\"“”(]+{_APPROVED}\b{_BETWEEN}[\s,/–—\"“”(]+{_PRODUCT}\b"
    rf"|\bnot (?:\w+ ){{0,2}}(?:approved|licensed|authori[sz]ed|marketed|sold|available|combined|formulated|found)\b"
    rf"[^.;:]{{0,60}}?\b(?:as|in|into) (?:a |an |one )?(?:(?!{_FORM})\w+,?[ -]){{0,4}}?{_PRODUCT}\b"
    r"|\bno longer (?:\w+ ){0,2}(?:approved|licensed|authori[sz]ed|marketed|sold|available|manufactured|produced)\b"
    rf"|\b(?:combination|product|formulation)\b[^.;:]{{0,80}}?\bnot (?:\w+[ -]){{0,2}}approved\b(?! (?:for|to)\b)",
    re.I,
)
_OF_ALL = re.compile(
    r"\bcombin\w*|\btogether\b|\bboth\b|\bthis (?:product|medication|medicine|formulation|drug)\b|\bthese\b|\+",
    re.I,
)
# `Not a single medicine with a name of its own` speaks about the name.
_OF_NAME = re.compile(
    r"\b(?:a |any )?single (?:generic )?(?:medicine|medication|drug)\b(?=.*\bnames?\b)"
    r"|\bgeneric names?\b.*|\bwith an? [^,.;]*\bname\b",
    re.I,
)
# `Not intended for human use`, `withdrawn from the market`: before anything else, whoever takes it must know.
_REFUSES = re.compile(
    r"\bnot (?:\w+ ){0,2}(?:approved|licensed|authori[sz]ed|registered|intended|meant|suitable|safe) for (?:any )?"
    r"(?:human (?:or (?:animal|veterinary) )?(?:use|consumption)\b"
    r"|(?:use in )?humans\b(?! (?:with|who|over|under|aged)\b))"
    r"|\b(?:withdrawn|removed) from (?:the |all )?(?:[\w.]+ )?markets?\b",
    re.I,
)
# What stands before that makes it a remark on something else: another medicine, one form, a condition.
_OF_OTHERS = re.compile(
    r"\b(?:forms?|formulations?|brands?|versions?|strengths?|preparations?|injections?|tablets?|gels?|creams?|containing"
    r"|than|unlike|relat(?:ed|ive)|similar|like|others?|another|class|if|temporarily|never|nearly|almost)\b"
    r"|\b(?:which|that) (?:\w+ ){0,3}$|(?:\bnot|n['’]t) (?:\w+ ){0,3}$",
    re.I,
)
_CAME_BACK = re.compile(r"\b(?:re-?introduc|re-?launch|return|came back|back on|resum|re-?approv)", re.I)
_ITSELF = re.compile(
    r"\b(?:this|the) (?:product|medication|medicine|drug|combination|vaccine|compound|substance)\b", re.I
)
# Its subject is that of the sentence before.
_GOES_ON = re.compile(r"(?:It|They|This|These)\b", re.I)
_ANSWERS = re.compile(r"(?:yes|no)[,.:;] *", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])[\"”*]?\s+(?=[A-Z\"“*(])")
_CHARS = 20_000  # of a text that are looked at
_SENTENCE_CHARS = 600


def denial_of_product(body: str, ingredients: tuple[str, ...]) -> str:
    """The first sentence of a Markdown text that says the combination of `ingredients` is no approved, or no single,
    product: plain text in the source's own words; "" if none does.
    """
    if len(ingredients) < 2 or not _DENIES.search(body[:_CHARS].replace("*", "")):
        return ""
    before = ""
    for sentence in _SENTENCE.split(plain(body[:_CHARS])):
        subject = f"{before} {sentence}" if _GOES_ON.match(sentence) else sentence
        if len(sentence) < _SENTENCE_CHARS:
            claim = sentence if "approv" in sentence.casefold() else _OF_NAME.sub("", sentence)
            if _DENIES.search(claim) and _speaks_of_all(subject, ingredients):
                return sentence.strip()
        before = sentence[-_SENTENCE_CHARS:]
    return ""


def refusal(body: str, names: tuple[str, ...]) -> str:
    """The first sentence of a Markdown text that says that what bears one of `names` is not for people, or off the
    market: plain text in the source's own words; "" if none does.
    """
    if not _REFUSES.search(body[:_CHARS].replace("*", "")):
        return ""
    own = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names if name), re.I)
    before = ""
    for sentence in _SENTENCE.split(plain(body[:_CHARS])):
        refuses = len(sentence) < _SENTENCE_CHARS and _REFUSES.search(sentence)
        if refuses and not _CAME_BACK.search(sentence) and not sentence.rstrip().endswith("?"):
            subject = sentence[: refuses.start()]
            subject = (
                f"{before} {subject}" if _GOES_ON.match(_ANSWERS.sub("", sentence, count=1)) else subject
            )
            named = own.search(subject) or _ITSELF.search(subject)
            if named and not _OF_OTHERS.search(subject):
                return sentence.strip()
        before = sentence[-_SENTENCE_CHARS:]
    return ""


def _speaks_of_all(sentence, ingredients):
    folded = sentence.casefold()
    named = sum(ingredient.casefold() in folded for ingredient in ingredients)
    return named > 1 or bool(_OF_ALL.search(sentence))
