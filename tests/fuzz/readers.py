"""The readers of everything that comes from outside as a text or a file: pages, lists of names, JSON, zips, queries.

What holds for each: it answers or refuses with its own error, in time; no word of a page is lost without a finding;
what was read can be written, read again, checked and shown.
"""

import io
import re
import tempfile
import warnings
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

from drugs import content_checks, formats
from drugs.content import Document, DocumentError, diff, markdown
from drugs.formats.page import front_matter
from drugs.import_export import name_import, sources
from drugs.search import fulltext, snippets
from drugs.search.names import candidates, query_parser
from drugs.web import article
from tests.fuzz import hostile, seeds
from tests.fuzz.lost import lost_words
from tests.fuzz.tries import Fault, Try

_TAGS = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z]+=\"[^\"<>]*\")*) ?/?>")
_ALLOWED = set(
    "p br hr ul ol li blockquote pre code a h2 h3 h4 h5 h6 table thead tbody tr th td sub sup em i b strong".split()
)
_WORD_EATERS = re.compile(r"[\[<&\\]|\d[.)]")  # links keep words in an address, lists their numbers


class Readers:
    """Makes a Try for each number, all from one temporary folder."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="medinfo-fuzz-")
        self.path = Path(self.folder.name)
        return self

    def __exit__(self, *failure):
        self.folder.cleanup()

    def make(self, rng):
        """The Try that `rng` chooses."""
        kind = rng.choices([kind for kind, _, _ in _KINDS], [weight for _, weight, _ in _KINDS])[0]
        return next(make for name, _, make in _KINDS if name == kind)(self, rng)


def _text(rng, text):
    return hostile.spoil(rng, text).encode("utf-8", "surrogatepass")


# Pages


def _page(part, rng):
    data = hostile.spoil(rng, seeds.page(rng), seeds.pages()).encode("utf-8", "surrogatepass")
    if rng.random() < 0.1:
        data = hostile.spoil_bytes(rng, data)
    shown = rng.random() < 0.1
    return Try("page", data, lambda: read_page(data, shown=shown))


def read_page(data, *, shown=False):
    """Reads a page and all that follows from it; `shown` for its HTML and its findings too. Returns what came of it."""
    try:
        page = formats.read(data, stem="examplol")
    except formats.FormatError as error:
        return _refused(error)
    document = page.document
    if Document.from_json(document.to_json()) != document:
        raise Fault("The JSON of the document is another document.")
    try:
        text = formats.write(document)
    except DocumentError:
        text = None  # grown over the limit of a file, which publishing says
    if text is not None and formats.read(text.encode(), stem="x").document != document:
        raise Fault("What is written reads back as another document.")
    if lost := lost_words(data, page):
        raise Fault(f"Words are lost: {sorted(lost.elements())[:20]}")
    if shown:
        content_checks.check(document, country="gb")
        article.build(document)
        snippets.plain_text(document)
        diff.compare(document, Document(document.slug, document.title))
    return "read"


# Lists of names, JSON, zips


def _name_list(part, rng):
    text, suffix = seeds.name_list(rng)
    data = _text(rng, text)
    path = part.path / f"names{suffix}"

    def run():
        path.write_bytes(data)
        try:
            found = list(name_import.read_list(path))
        except name_import.NameListError as error:
            return _refused(error)
        if suffix == ".jsonl" and len(found) < _lines_to_answer(data):
            raise Fault("A line is neither a name nor an error.")
        return "read"

    return Try("list of names", data, run)


def _lines_to_answer(data):
    lines = io.StringIO(data.removeprefix(b"\xef\xbb\xbf").decode(), newline="")
    return sum(bool(line.strip()) and '"title"' not in line for line in lines)


def _document_json(part, rng):
    text = hostile.spoil(rng, seeds.document_json())

    def run():
        try:
            document = Document.from_json(text)
        except DocumentError as error:
            return _refused(error)
        document.to_json().encode()
        return "read"

    return Try("JSON of a document", text.encode("utf-8", "surrogatepass"), run)


def _zip(part, rng):
    data = make_zip(rng)
    if rng.random() < 0.7:
        data = hostile.spoil_bytes(rng, data)
    path = part.path / "pages.zip"

    def run():
        path.write_bytes(data)
        found = list(sources.read_files(sources.page_files([path])))
        if not found or not all(read.page or read.error for read in found):
            raise Fault("A file of the zip is neither a page nor an error.")
        return "read" if any(read.page for read in found) else "refused"

    return Try("zip", data, run)


def make_zip(rng):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for number in range(rng.choice((1, 2, 5))):
            name = (
                hostile.spoil(rng, f"e/examplol-{number}.md")
                if rng.random() < 0.3
                else f"e/examplol-{number}.md"
            )
            text = " " * 10_000_000 if rng.random() < 0.003 else seeds.page(rng)
            name = name.encode("utf-8", "replace").decode().replace("\0", "")[:10_000]
            with warnings.catch_warnings(action="ignore"):  # of two members with one name
                archive.writestr(zipfile.ZipInfo(name), text)
    return held.getvalue()


# Texts


def _front_matter(part, rng):
    text = hostile.spoil(rng, seeds.front_matter())

    def run():
        try:
            front_matter.parse(text[:8000])
        except formats.FormatError as error:
            return _refused(error)
        return "read"

    return Try("YAML", text.encode("utf-8", "surrogatepass"), run)


def _markdown(part, rng):
    text = hostile.spoil(rng, seeds.page(rng), seeds.pages())[: 1 + rng.randrange(5_000)]
    return Try("Markdown", text.encode("utf-8", "surrogatepass"), lambda: _render(text))


def _render(text):
    for html in (markdown.render(text), markdown.render_inline(text)):
        rest = _TAGS.sub(lambda tag: "" if tag[2] in _ALLOWED else tag[0], html)
        if "<" in rest:
            raise Fault(f"Markup came alive: {rest[rest.index('<') :][:80]!r}")
        if not _WORD_EATERS.search(text) and (
            lost := _letters(text) - _letters(unescape(_TAGS.sub("", html)))
        ):
            raise Fault(f"Letters are lost: {sorted(lost.elements())[:20]}")
    return "shown"


def _letters(text):
    return Counter(filter(str.isalpha, text.encode("utf-8", "ignore").decode()))


def _query(part, rng):
    text = hostile.spoil(rng, seeds.query(rng))[:300]

    def run():
        query = query_parser.parse_query(text)
        fulltext._words(text)
        if query is None:
            return "refused"
        counts = [rng.randint(0, candidates.LISTED) for _ in candidates.trigrams(query)]
        for statement in (candidates.counting_statement(query), candidates.statement(query, counts)):
            sql, parameters = statement or ("", [])
            if sql.count("%s") != len(parameters) or len(parameters) > 500:
                raise Fault(f"A statement of {len(parameters)} parameters.")
        return "read"

    return Try("query", text.encode("utf-8", "surrogatepass"), run)


def _refused(error):
    if not str(error).strip() or len(str(error)) > 2_000:
        raise Fault(f"The error says nothing, or no end of it: {str(error)[:200]!r}")
    return "refused"


_KINDS = (
    ("page", 55, _page),
    ("names", 8, _name_list),
    ("json", 6, _document_json),
    ("zip", 3, _zip),
    ("yaml", 8, _front_matter),
    ("markdown", 10, _markdown),
    ("query", 10, _query),
)
