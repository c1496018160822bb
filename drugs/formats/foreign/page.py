"""Pages that name no format: those of the old site, and of anybody's folder.

Front matter, title and markup are brought into the shapes that the reader of legacy pages knows, which reads them all.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence

from drugs.content import Document, Finding
from drugs.content.whitespace import shortened
from drugs.formats.foreign.card_pages import with_headings
from drugs.formats.foreign.comments import Comment, take_comments
from drugs.formats.foreign.front_keys import own_keys
from drugs.formats.foreign.markup import Markup, usual_markup
from drugs.formats.foreign.properties import Properties, listed_below_title, take_properties
from drugs.formats.foreign.readiness import unready_keys
from drugs.formats.foreign.titles import title_of
from drugs.formats.legacy import languages, read_legacy_page
from drugs.formats.page.fields import Fields, at_line, read_fields
from drugs.formats.page.front_matter import Entry, PageSource
from drugs.formats.result import Page

_OWN_TITLE = re.compile(
    r"\{\{-? *(?:page\.title|\.Title|\.Page\.Title|\$?frontmatter\.title) *-?\}\}|\{frontMatter\.title\}"
)
QUOTED = 80  # characters of the author's words in a finding


def read_foreign_page(source: PageSource, entries: Mapping[str, Entry], *, stem: str) -> Page:
    """The Page in `source`, with the keys and texts `entries` of its front matter, of a file called `stem`.

    Raises FormatError, with the line where there is one.
    """
    properties = take_properties(source.body, source.first_line)
    source = source._replace(body=properties.text)
    own = own_keys({**properties.entries, **entries})
    findings = [*_changed_slug(entries, own)]
    if "title" not in own:
        title = title_of(source.body, stem)
        own["title"] = Entry(title.text, source.first_line)
        where = "the first heading" if title.source == "heading" else "the file's name"
        message = (
            f"The title is {where}: “{shortened(title.text, QUOTED)}”. A line `title: ...` would say another."
        )
        findings.append(Finding("look", f"title_from_{title.source}", message, "title"))
    fields = read_fields(own, stem=stem)
    commented = take_comments(_OWN_TITLE.sub(lambda match: fields.values["title"], source.body))
    markup = usual_markup(with_headings(commented.text))
    page = _with_fields(markup.text, source.first_line, fields)
    if "language" not in fields.values and (language := language_of(page.document)):
        page = dataclasses.replace(page, document=dataclasses.replace(page.document, language=language))
        message = f"The headings are in the language {language!r}. A line `language: ...` would say another."
        findings.append(Finding("look", "language_from_headings", message, "language"))
    lines, comments = dict(page.lines), []
    for index, comment in enumerate(commented.comments):
        lines[f"comments.{index}"] = source.first_line + comment.line
        message = (
            f"A comment is kept for editors, and no reader sees it: “{shortened(comment.text, QUOTED)}”."
        )
        comments.append(Finding("look", "comment", message, f"comments.{index}"))
    return dataclasses.replace(
        page,
        findings=(*page.findings, *findings, *comments, *markup.findings),
        lines=lines,
        kept=(*_kept(source, fields, commented.comments, markup), *_kept_properties(properties)),
        unready=_unready(
            properties, listed_below_title(commented.text, source.first_line), commented.is_open
        ),
    )


def _changed_slug(entries: Mapping[str, Entry], own: Mapping[str, Entry]) -> Iterator[Finding]:
    """A finding where the slug of the front matter had to be changed to be an address."""
    written = entries["slug"].value if "slug" in entries and "slug" in own else ""
    if isinstance(written, str) and written.strip("/").rpartition("/")[2] != (
        slug := own["slug"].value if written else ""
    ):
        message = f"The address is {slug!r}, made from the slug {written[:QUOTED]!r}."
        yield Finding("look", "slug_from_key", message, "slug")


def _unready(properties: Properties, listed: Mapping[str, Entry], is_open: bool) -> tuple[str, ...]:
    """Why the text itself keeps the page from readers."""
    reasons = [reason for entries in (properties.entries, listed) for reason, _ in unready_keys(entries)]
    reasons = [reason.replace("its front matter says", "it says") for reason in reasons]
    return (*(("a comment is opened and never closed",) if is_open else ()), *reasons)


def _kept_properties(properties: Properties) -> tuple[str, ...]:
    return ("Properties:\n" + "\n".join(properties.kept),) if properties.kept else ()


def language_of(document: Document) -> str | None:
    """The language, other than English, that the headings of a document are in; None if that is not certain."""
    headings = [section.heading for section in document.sections if section.heading]
    return languages.language_of(headings)


def _kept(source: PageSource, fields: Fields, comments: Sequence[Comment], markup: Markup) -> tuple[str, ...]:
    kept = []
    if any(finding.code == "unknown_key" for finding in fields.findings):
        kept.append(f"Front matter:\n{source.front.strip()}")
    kept += [f"Comment, line {source.first_line + line}:\n{text}" for text, line in comments]
    kept += [f"{what}:\n{text}" for what, text in markup.kept]
    return tuple(kept)


def _with_fields(text: str, first_line: int, fields: Fields) -> Page:
    """The page that the body `text` makes, with what the front matter says of it."""
    values = dict(fields.values)
    with at_line(None):
        page = read_legacy_page(
            text, slug=values.pop("slug"), title=values.pop("title"), first_line=first_line
        )
    lines = page.lines | fields.lines
    if "names" in values:
        # What the front matter names stands first; the body's own names are kept behind it.
        front_names = values["names"]
        body_lines = {name: page.lines.get(f"names.{at}") for at, name in enumerate(page.document.names)}
        values["names"] = tuple(dict.fromkeys((*front_names, *page.document.names)))
        for at, name in enumerate(values["names"][len(front_names) :], len(front_names)):
            if line := body_lines[name]:
                lines[f"names.{at}"] = line
    document = dataclasses.replace(page.document, **values)
    return Page(document, (*page.findings, *fields.findings), lines, format="old")
