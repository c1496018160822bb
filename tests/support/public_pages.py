"""Public pages in tests: their addresses, their HTML, and a desk that says something else than they do."""

import html5lib

from drugs import desk
from drugs.http.inline_style import inline_style
from drugs.search.names import NameHit
from tests.support.builders import make_document

ADDRESSES = [
    "/",
    "/drugs/",
    "/drugs/?letter=e",
    "/drugs/?letter=w",
    "/drugs/examplol/",
    "/drugs/examplol.json",
    "/drugs/examplol.md",
    "/drugs/examplol/feed/",
    "/drugs/examplol/history/",
    "/drugs/examplol/history/1/",
    "/search/",
    "/search/?q=examplol",
    "/search/?q=examplol+overdose",
    "/search/?q=examplol+alcohol",
    "/emergency/",
    "/search/?q=whisperol",
    "/search/suggest/?q=whisperol",
    "/side-effects/",
    "/side-effects/?letter=f",
    "/side-effects/tiredness/",
    "/classes/",
    "/classes/beta-blocker/",
    "/about/",
    "/disclaimer/",
    "/api/v1/monographs",
    "/api/v1/monographs/examplol",
    "/api/v1/monographs/examplol/editions",
    "/api/v1/changes",
    "/api/v1/search?q=examplol",
    "/api/v1/side-effects",
    "/api/v1/classes",
    "/api/v1/openapi.json",
    "/api/v1/docs",
    "/llms.txt",
    "/feed/",
    "/changes/feed/",
    "/checkpoints/",
    "/sitemap.xml",
    "/sitemap-0.xml",
    "/robots.txt",
    "/opensearch.xml",
    "/schema/monograph-1.json",
    "/schema/monograph-2.json",
    "/schema/monograph-3.json",
    "/healthz/",
    "/readyz/",
]


def hit(publication, **overrides):
    """A hit of the search that leads to `publication`, by its title unless told otherwise."""
    values = {"matched": publication.title, "kind": "title", "match": "exact", "score": 1.0}
    return NameHit(slug=publication.slug, title=publication.title, **{**values, **overrides})


def body(response):
    """The HTML of a page without the style that each holds, whose selectors are words too."""
    return response.content.decode().replace(inline_style(), "")


def strict(response):
    """The tree of a page that is HTML without a single parse error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(response.content.decode())


def elements(tree, *tags):
    """The elements of a tree with one of these tags, in order."""
    return [element for element in tree.iter() if element.tag in tags]


def main_text(response):
    """The text of the page's main part, each run of white space as one space."""
    main = strict(response).find(".//main")
    return " ".join("".join(main.itertext()).split())


def edit(publication, **overrides):
    """Changes the desk of `publication`, which stays as it is."""
    desk.write(
        make_document(slug=publication.slug, **overrides), by="writer", monograph=publication.monograph
    )
