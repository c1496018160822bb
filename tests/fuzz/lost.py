"""Lost words: those of a file that are neither in its document nor under a key that a finding names."""

import html
import itertools
import re
from collections import Counter

import yaml

from drugs.content import SECTION_HEADINGS
from drugs.formats.decoding import decode
from drugs.formats.page import front_matter
from tests.support.legacy_words import STRUCTURE, stored_text, words

_NUMBER = re.compile(r"[qa]?\d+")
# Of links that lead nowhere for readers, and of tags, only the words stay.
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?!https?:|mailto:)(?:[^()\n]|\([^()\n]*\))*\)", re.I)
_ENTITY = re.compile(r"&#?\w{1,30};")
LONGEST = 200  # letters of a word; names of substances are half as long
_WITHOUT_EMPHASIS = str.maketrans("", "", "*_")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_IGNORED = ("format", "layout", "nav_exclude")


def lost_words(data, page):
    """The words of the file with the bytes `data` that its Page has lost, as a Counter."""
    front, body, *_ = front_matter.split(decode(data))
    document = page.document
    # What is kept for editors is not lost.
    stored = "\n".join([stored_text(document), *page.kept])
    lost = Counter()
    for counted in _ways_to_count(body, stored, page.format):
        lost = _lost_of_body(*counted, page)
        if not lost:
            break
    told = [
        f".{finding.field}" for finding in page.findings if finding.code in ("unknown_key", "slug_from_key")
    ]
    kept = words(*_texts(document.to_dict(), ()), *page.kept)
    try:
        written = yaml.load(front, yaml.BaseLoader)  # noqa: S506 - makes nothing but texts, lists and mappings
    except yaml.YAMLError:  # read line by line, and kept whole
        written = front
    texts = list(_texts(written, told))
    for counted in (texts, [_ENTITY.sub(_sign, text) for text in texts]):
        if not (lost_of_front := set(words(*counted)) - {*kept, *STRUCTURE}):
            break
    return lost + Counter(lost_of_front)


def _ways_to_count(body, stored, format):
    """Pairs of texts: only what is lost however words are counted is lost.

    The words of a link or tag may stand by themselves or join their neighbours, a mark of emphasis inside a word makes
    two of one, or is one itself, and an entity is the sign that it names, which is no word.
    """
    for source, joint in itertools.product((body, _ENTITY.sub(_sign, body)), ("", " ")):
        text = _TAG.sub(" ", _LINK.sub(rf"{joint}\1{joint}", source)) if format == "old" else source
        yield text, stored
        yield text.translate(_WITHOUT_EMPHASIS), stored.translate(_WITHOUT_EMPHASIS)


def _sign(entity):
    return html.unescape(entity[0])


def _lost_of_body(body, stored, page):
    # A word that hardly fits a text is cut in two, and those of many links in a row are joined or not.
    lost = Counter({word: n for word, n in (words(body) - words(stored)).items() if len(word) < LONGEST})
    if not lost:
        return lost
    # A label that stands twice over the same effects is kept once.
    labels = words(*(effect.label for effect in page.document.side_effects))
    lost -= _labels_of_components(body, page.document)
    if page.format == "old":
        known = {*STRUCTURE, *labels}  # and a question's number is its place
        return Counter(
            {word: count for word, count in lost.items() if word not in known and not _NUMBER.fullmatch(word)}
        )
    lost -= _said_by_structure(page.document)
    return Counter({word: count for word, count in lost.items() if word not in labels})


def _labels_of_components(body, document):
    """Lines that say a component and no more: one that stands twice over the same drug is kept once."""
    rows = (*document.sections, *document.side_effects, *document.faqs)
    named = {row.component.casefold() for row in rows if row.component}
    return words(*(line for line in body.splitlines() if line.strip(" \t#*_:-").casefold() in named))


def _said_by_structure(document):
    """Headings and marks of the page format that a document says by its kinds."""
    said = [f"{SECTION_HEADINGS[section.kind]} {section.kind}" for section in document.sections]
    said += [f"{effect.group} {effect.frequency} {effect.urgency}" for effect in document.side_effects]
    return words(*said)


def _texts(value, told):
    """The texts in lists and mappings, those under keys that are `told` of, or mean nothing, left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _IGNORED and not any(path.endswith(f".{key}") for path in told):
                yield from _texts(inner, told)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, told)
    elif value is not None:
        yield str(value)
