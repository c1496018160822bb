"""Headings of the sections of US labels as labels write them, by code: to tell a heading from the words below it."""

import re

# Fact sheets of an emergency use authorisation set their summary as a boxed warning: told by title, and by words.
EMERGENCY_USE = re.compile(r"emergency use|fact sheet", re.IGNORECASE)
_EMERGENCY_SUMMARY = re.compile(r"emergency\s+use\s+authori[sz]ation|fact\s+sheet\s+for", re.IGNORECASE)
_SUMMARY_CHARS = 400  # in which it says what it is
_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*\.?\s+")
_WORD = re.compile(r"\w+")

# The number before them is the label's own. What may follow in a sentence is no heading.
_WORDS = {
    "34067-9": r"(?:Therapeutic )?INDICATIONS?(?:(?: (?:AND|&|OR) | ?[/,] ?)(?:CLINICAL )?(?:USAGES?|USES?)| FOR USE)?"
    r"|Uses?(?: (?:AND|&) | ?/ ?)INDICATIONS?|Uses|Use\(s\)"
    r"|Use(?! (?:this|only|as|it|with|in|on|a|an|the|if|by|to treat|daily|caution|care|product)\b)",
    "34066-1": r"BOXED WARNING",
    "34068-7": r"DOSAGE (?:AND|&) ADMINISTRATION|DOSAGE(?! (?-i:[a-z]))|Directions",
    "43678-2": r"DOSAGE FORMS (?:AND|&) STRENGTHS",
    "34070-3": r"CONTRAINDICATIONS",
    "34071-1": r"WARNINGS?",
    "43685-7": r"WARNINGS AND PRECAUTIONS",
    "42232-9": r"PRECAUTIONS",
    "34084-4": r"ADVERSE REACTIONS",
    "34073-7": r"DRUG INTERACTIONS",
    "43684-0": r"USE IN SPECIFIC POPULATIONS",
    "42228-7": r"Pregnancy(?! Category)",
    "34080-2": r"Nursing Mothers",
    "34081-0": r"Pediatric Use",
    "34082-8": r"Geriatric Use",
    "34088-5": r"OVERDOSAGE",
    "34089-3": r"DESCRIPTION",
    "34090-1": r"CLINICAL PHARMACOLOGY",
    "43679-0": r"Mechanism of Action",
    "43681-6": r"Pharmacodynamics",
    "43682-4": r"Pharmacokinetics",
    "34069-5": r"HOW SUPPLIED(?:/STORAGE AND HANDLING)?",
    "44425-7": r"Storage and Handling|Storage(?! (?-i:[a-z]))|Other information",
    "60561-8": r"Other information",
    "34083-6": r"Carcinogenesis(?:,| and) Mutagenesis,?(?: and)? Impairment of Fertility",
    "34079-4": r"Lactation|Labor and Delivery",
    "34093-5": r"REFERENCES",
    "42230-3": r"PATIENT (?:PACKAGE )?INFORMATION(?: LEAFLET)?",
    "42231-1": r"MEDICATION GUIDE",
    "34076-0": r"PATIENT COUNSELING INFORMATION|INFORMATION FOR PATIENTS",
    "55106-9": r"Active ingredients?(?: \([^)]{1,60}\))?",
    "55105-1": r"Purpose",
    "51727-6": r"Inactive ingredients?",
    "53413-1": r"Questions(?: or comments)?\??",
    "34092-7": r"CLINICAL STUDIES",
    "43680-8": r"NONCLINICAL TOXICOLOGY",
}
_HEADINGS = {
    code: re.compile(
        rf"\s*((?:\d+(?:\.\d+)*\s?\.?\s+)?(?:{words})[*†‡]{{0,3}})(?!\s(?-i:and|AND|or|OR|of|OF|&)\s)"
        r"(?:\s?:|[.–—-](?=\s|$)|(?=\s|$))\s*",
        re.IGNORECASE,
    )
    for code, words in _WORDS.items()
}


def cut_heading(code: str, text: str) -> tuple[str, str]:
    """The heading of a section with this code that stands glued to its `text`, and the text without it."""
    pattern = _HEADINGS.get(code)
    match = pattern.match(text) if pattern else None
    if not match or match.end() == len(text):
        return "", text
    rest = text[match.end() :]
    again = pattern.match(rest) if pattern else None
    # The title and the same words once more in bold; a sentence may begin with them too, but not in capitals.
    if again and again[1].isupper() and is_same_heading(again[1], match[1]):
        rest = rest[again.end() :] or rest
    return match[1], rest


def is_heading(code: str, line: str) -> bool:
    """Whether `line` is nothing but the heading that sections with this code have."""
    pattern = _HEADINGS.get(code)
    match = pattern.match(line) if pattern else None
    return match is not None and match.end() == len(line)


def code_of_heading(heading: str) -> str:
    """The code whose sections bear this heading and no other word; nothing where no code's do."""
    return next((code for code in _HEADINGS if is_heading(code, heading)), "") if heading else ""


def is_same_heading(one: str, other: str) -> bool:
    """Whether two headings have the same words, whatever their number, case and punctuation."""
    words = _WORD.findall(_NUMBER.sub("", one, count=1).lower())
    return bool(words) and words == _WORD.findall(_NUMBER.sub("", other, count=1).lower())


def without_heading(heading: str, body: str) -> str:
    """The Markdown of a section without its first block, where that is its heading once more."""
    first, _, rest = body.partition("\n\n")
    if not rest or len(first) > 2 * len(heading) + 20:
        return body
    return rest if is_same_heading(first.replace("\\", "").strip("*: "), heading) else body


def is_emergency_summary(text: str) -> bool:
    """Whether a text coded as a boxed warning is the summary of an emergency use authorisation."""
    return bool(_EMERGENCY_SUMMARY.search(text[:_SUMMARY_CHARS]))
