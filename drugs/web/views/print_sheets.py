"""Views of paper: a drug's page as one sheet of essentials, in large print, or whole."""

from django.http import HttpRequest, HttpResponse

from drugs.content import Document
from drugs.search.facets import facet_slug
from drugs.web import article
from drugs.web.kept_answers import kept_page
from drugs.web.lookup import NOTICE, find_publication, source_changed_on
from drugs.web.responses import render_page

SHAPES = ("essentials", "large")


@kept_page("as")
def monograph_print(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a drug for paper in the shape that `as` names; in any other it is whole."""
    publication = find_publication(slug, "edition", NOTICE)
    shown = article.of_publication(publication)
    asked = request.GET.get("as", "")
    shape = asked if asked in SHAPES else "whole"
    careful = publication.status != "reviewed"
    document = Document.from_json(publication.edition.document) if shape == "essentials" else None
    context = {
        "publication": publication,
        "article": shown,
        "classes": [(name, facet_slug(name)) for name in shown.classes],
        "source_changed_on": source_changed_on(publication),
        "shape": shape,
        "essentials": article.essentials(document, careful) if document else "",
    }
    return render_page(request, "drugs/print.html", context)
