"""Readiness: whether the author of a page, or the program that it was written for, keeps it from readers.

The keys are those of Hugo, Jekyll, Docusaurus, Obsidian Publish and Digital Garden, and the words that people write
behind `status`. When in doubt a page is unready: an editor can publish it, nobody can take back what was read.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from drugs.formats.page.front_matter import Entry

_FALSE = frozenset("false no off 0 n never none nein non nee nao".split())
# The value of these says that a page is not ready, unless it is false or empty.
_UNREADY_IF_TRUE = frozenset(
    "draft private unlisted hidden unpublished wip embargo embargoed confidential headless ignore excluded"
    " entwurf privat brouillon prive borrador privado rascunho bozza privato concept".split()
)
# The value of these says that a page is ready, unless it is false.
_UNREADY_IF_FALSE = frozenset(
    "published publish public live dgpublish render veroeffentlicht veroffentlicht publie publicado pubblicato"
    " gepubliceerd ready".split()
)
_STATES = frozenset(
    "status state stage visibility access publicationstatus publishstatus poststatus workflow progress"
    " zustand statut etat estado stato tags tag categories keywords".split()
)
READINESS = _UNREADY_IF_TRUE | _UNREADY_IF_FALSE | _STATES
_TOPICS = frozenset("tags tag categories keywords".split())
_TRUE = frozenset("true yes on 1 y ja oui si sim".split())
_READY_WORDS = re.compile(
    r"(?:peer[ -]?)?reviewed|published|publish|public|live|final(?:i[sz]ed)?|done|completed?|ready|approved|stable"
    r"|evergreen|current|active|ok|checked|verified|finished|released|veroffentlicht|fertig|gepruft|publie|relu|termine|publicado"
    r"|revisado|pubblicato|gepubliceerd"
)
_UNREADY_WORDS = re.compile(
    r"\b(?:drafts?|wip|private|unpublished|pending|todo|incomplete|unfinished|hidden|internal|embargo(?:ed)?"
    r"|confidential|planned|trash(?:ed)?|deleted|archived?|unlisted|in progress|work in progress"
    r"|(?:in|under|needs|awaiting|to|for) review|not (?:ready|published|yet|final|public|for publication)|unready"
    r"|never publish|do not publish"
    r"|entwurf|unfertig|in arbeit|privat|brouillon|prive|non publie|borrador|privado|rascunho|bozza|privato|concept"
    r"|nicht veroffentlicht)\b"
)
_NOT_BEFORE = frozenset("date publishdate pubdate published publisheddate goeslive".split())
_NOT_AFTER = frozenset("expirydate unpublishdate expires".split())
_DAY = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_PUBLISHED = "_posts"  # the one folder of that kind that Jekyll shows
# Files beside the pages of a repository, a book or a site.
_OF_FOLDERS = frozenset(
    "contributing license licence changelog codeofconduct security authors credits notice summary todo sidebar navbar"
    " glossary tags 404 search about home".split()
)
_OF_WHOLE_FOLDERS = frozenset("readme index welcome".split())
_WRAPPED = ("-main", "-master")  # what a zip of a repository has around all
_LEFT_OUT_FOLDERS = frozenset(
    "draft drafts private unpublished trash template templates entwurf entwurfe vorlagen brouillons borradores".split()
)


def unready_keys(
    entries: Mapping[str, Entry], today: datetime.date | None = None
) -> Iterator[tuple[str, int]]:
    """Reasons, as pairs of a sentence and a line, why front matter `entries` keep their page from readers.

    Nested keys count too. A day in the future, or an expiry that is over, is one for generators of sites.
    """
    for key, entry in entries.items():
        plain = re.sub(r"[\W_]", "", _folded(key))
        if isinstance(entry.value, dict):
            yield from unready_keys(entry.value, today)
            if _means_unready(plain, "true" if plain in _UNREADY_IF_TRUE else "", today):
                yield _sentence(key, "..."), entry.line
            continue
        for value in _texts(entry):
            if _means_unready(plain, value, today):
                yield _sentence(key, value), entry.line
                break


def is_understood(key: str, entry: Entry) -> bool:
    """Whether a key says nothing but that a page is ready or not, in words that are known here."""
    plain = re.sub(r"[\W_]", "", _folded(key))
    texts = [] if isinstance(entry.value, dict) else [_folded(text) for text in _texts(entry)]
    if plain in _UNREADY_IF_TRUE or plain in _UNREADY_IF_FALSE:
        return bool(texts) and all(
            text in _FALSE | _TRUE or _means_unready(plain, text, None) for text in texts
        )
    if plain in _NOT_BEFORE or plain in _NOT_AFTER:
        return bool(texts) and all(map(_DAY.match, texts))
    if plain in _TOPICS or plain not in _STATES and not plain.endswith("status"):
        return False
    return bool(texts) and all(_READY_WORDS.fullmatch(text) or _UNREADY_WORDS.search(text) for text in texts)


def about_folder(parts: Sequence[str]) -> str:
    """The reason why a page at `parts`, from the folder that was given down to its name, is about the folder itself and
    no medicine; empty if there is none. A README or index further down is the page of a folder, which may be one.
    """
    name = re.sub(r"[\W_]+", "", _folded(parts[-1].partition(".")[0]))
    if name in _OF_FOLDERS or name in _OF_WHOLE_FOLDERS and _is_top(parts):
        return f"“{parts[-1][:60]}” is by its name about the folder, not about a medicine"
    return ""


def _is_top(parts: Sequence[str]) -> bool:
    return len(parts) <= 2 or len(parts) == 3 and parts[1].casefold().endswith(_WRAPPED)


def unready_place(parts: Iterable[str]) -> str:
    """The reason why a file whose folders and name are `parts` is kept from readers; empty if there is none.

    Jekyll and Docusaurus leave out what begins with `_`, all of them what begins with a dot.
    """
    for part in parts:
        if part[:1] in ("_", ".") and part.strip("._") and part != _PUBLISHED:
            return f"“{part[:60]}” begins with “{part[0]}”, which other programs leave out"
        if _folded(part) in _LEFT_OUT_FOLDERS:
            return f"it stands in the folder “{part[:60]}”"
    return ""


def _sentence(key: str, value: str) -> str:
    return f"its front matter says “{key[:40]}: {' '.join(value.split())[:40]}”"


def _means_unready(key: str, value: str, today: datetime.date | None) -> bool:
    text = _folded(value)
    if key in _UNREADY_IF_TRUE:
        return bool(text) and text not in _FALSE
    if key in _UNREADY_IF_FALSE and (text in _FALSE or _UNREADY_WORDS.search(text)):
        return True
    if key in _STATES or key.endswith("status"):
        return bool(_UNREADY_WORDS.search(text.replace("-", " ").replace("_", " ").replace("/", " ")))
    return (key in _NOT_BEFORE or key in _NOT_AFTER) and _wrong_day(key, value, today)


def _wrong_day(key: str, value: str, today: datetime.date | None) -> bool:
    match = _DAY.match(value)
    if not match:
        return False
    try:
        day = datetime.date(*map(int, match.groups()))
    except ValueError:
        return False
    now = today or datetime.date.today()
    return day > now if key in _NOT_BEFORE else day < now


def _texts(entry: Entry) -> Iterator[str]:
    if isinstance(entry.value, str):
        yield entry.value
    elif isinstance(entry.value, list):
        for item in entry.value:
            yield from _texts(item)


def _folded(text: str) -> str:
    """`text` in small letters without accents and spaces around it."""
    text = text.strip().casefold()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text)
    return "".join(char for char in text if not unicodedata.combining(char))
