"""Vocabulary of headings in several languages: those that speak of an overdose, and those over sources.

For sentences that say what a page does not have. Where a heading is uncertain, nothing is said, so these lists may
hold too much, and never too little. The words of an overdose are those of the package leaflets of the European
Medicines Agency (QRD templates, sections 3 and 4.9).
"""

import re
import unicodedata

LANGUAGES = frozenset(["en", "de", "fr", "es", "pt", "it", "nl"])  # of which the lists hold all common words

_OVERDOSE = (
    r"over ?dos|\b(?:ue?berdos|surdos|sur dosage|sobredos|super ?dos|sovrad{1,2}os|iperdos|hyperdos"
    r"|przedawk|predavk|predozir|prekomer|supradoz|yliannos|tuladagol|uleannus|pardoz|perdoz|doz asim|asiri doz)"
)
_TOO_MUCH = (
    r"\btoo (?:much|many)\b|\bmore\b.* than\b|\bpoison|\btoxic|\bintoxic|\bzu ?viel|\bgrossere menge|\bvergiftung"
    r"|\btoxi[sz]|\btrop\b|\bplus d(?:e|u|es)?\b.* que\b|\bempoison|\bexces|\bmas\b.* d(?:e|el|e l[ao]) que\b"
    r"|\bdemasiad|\benvenen|\bmais\b.* do que\b|\bdemais\b|\bpiu\b.* di quanto\b|\btroppo\b|\beccess|\bavvelen"
    r"|\bte ?veel\b|\bmeer\b.* dan\b|\bvergiftig"
)
_SOURCES = frozenset(
    """
    source sources reference references bibliography citation citations literature
    quelle quellen quellenangabe quellenangaben quellenverzeichnis literatur literaturangaben literaturverzeichnis
    einzelnachweis einzelnachweise nachweise belege referenz referenzen bibliographie bibliografie
    fuente fuentes referencia referencias bibliografia bibliograficas literatura
    fonte fontes fonti riferimenti riferimento bibliografici letteratura
    bron bronnen bronvermelding referentie referenties literatuur literatuurlijst
    """.split()
)
_BESIDE = frozenset(
    """
    the our all and or list of for this page text further more reading used cited links web
    der die das und liste weitere verwendete et des les la le liste y e ed de das dos las los lista en van lijst
    """.split()
)
_INNER = re.compile(
    r"^[ >]*(?:#{1,6}[ \t]+(?P<marked>[^\n]*)|(?P<stars>\*\*|__)(?P<bold>[^\n]{1,200}?)(?P=stars)[ \t:]*[^\n]*"
    r"|(?P<said>\w[^\n:.]{0,60}):[^\n]*)$",
    re.MULTILINE,
)
# One of these stands in whatever `_CITES` finds: looking for them takes a fifth of the time.
_CITING = ("://", "www.", "doi", "pmid", "isbn", "[")
_CITES = re.compile(r"https?://|\bwww\.|\bdoi\b|\bpmid\b|\bisbn\b|\[\^?\d{1,3}\]", re.IGNORECASE)
_OVERDOSE_WORDS = re.compile(_OVERDOSE)
_OVERDOSE_HEADING = re.compile(f"{_OVERDOSE}|{_TOO_MUCH}")


def inner_headings(body: str) -> list[str]:
    """What stands as a heading inside a Markdown text: headings, words in bold at a line's start or before a colon."""
    found = (match["marked"] or match["bold"] or match["said"] or "" for match in _INNER.finditer(body))
    return [heading.strip(" \t#") for heading in found]


def may_be_overdose(heading: str) -> bool:
    """Whether what stands below a heading may be about taking too much; so does any heading in another script."""
    folded = _folded(heading)
    return bool(_OVERDOSE_HEADING.search(folded)) or _in_another_script(folded)


def names_overdose(text: str) -> bool:
    """Whether a text of any length says overdose, in a word that means nothing else."""
    return bool(_OVERDOSE_WORDS.search(_folded(text)))


def is_sources(heading: str) -> bool:
    """Whether a heading says that sources stand below it, and nothing else."""
    words = _words(heading)
    return bool(words & _SOURCES) and words <= _SOURCES | _BESIDE


def may_be_sources(heading: str) -> bool:
    """Whether a heading has to do with sources at all; so may any in another script."""
    return bool(_words(heading) & _SOURCES) or _in_another_script(_folded(heading))


def may_cite(text: str) -> bool:
    """Whether a text has a web address, the number of an article or book, or the mark of a footnote."""
    lowered = text.lower()
    return any(mark in lowered for mark in _CITING) and bool(_CITES.search(text))


def _words(heading: str) -> set[str]:
    return {word for word in _folded(heading).split() if not word.isdecimal()}


def _folded(text: str) -> str:
    """`text` in small letters without accents, one space between words. For bodies, of which `fold` takes a piece."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", text))


def _in_another_script(folded: str) -> bool:
    """Whether a word of several letters is written in none that the lists know; a Greek letter before a name is not."""
    return any(
        not word.isascii()
        and len(word) > 1
        and not any("LATIN" in unicodedata.name(char, "") for char in word)
        for word in folded.split()
        if not word.isdecimal()
    )
