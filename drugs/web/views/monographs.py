"""The pages that readers meet: find, decide, render."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from drugs import formats
from drugs.caching import page_cache
from drugs.content import Document
from drugs.formats import json_record
from drugs.models import Edition, Publication
from drugs.search import ingredient_links
from drugs.search.facets import facet_slug
from drugs.web import article, changes, lists, site_texts, structured_data
from drugs.web.lookup import Withdrawn, find_current, find_publication
from drugs.web.responses import public_view, render_page

# Finding


# A drug


@public_view
def monograph_detail(request, slug):
    found = find_current(slug)
    return page_cache.cached_page(found.facts, lambda: monograph_page(request, slug, site_texts.read(found)))


def monograph_page(request, slug, texts):
    """The page of a drug as bytes. It is read anew, so it is never older than what it is kept under."""
    publication = find_publication(slug, "edition")
    shown = article.of_publication(publication)
    combined = len(shown.ingredients) > 1
    combinations, more = (
        ([], False) if combined else ingredient_links.combinations_with(publication, shown.called)
    )
    context = {
        "publication": publication,
        "article": shown,
        "classes": [(name, facet_slug(name)) for name in shown.classes],
        "ingredients": ingredient_links.ingredient_links(shown.ingredients, shown.title),
        "combinations": combinations,
        "more": more,
        "linked_data": structured_data.to_html(for_search_engines(publication, shown)),
        "texts": texts,
    }
    return render_page(request, "drugs/monograph.html", context).content


def for_search_engines(publication, shown):
    """What the page of a drug says in the words of schema.org, its breadcrumb included."""
    address, everything = (
        settings.BASE_URL + path for path in (publication.get_absolute_url(), reverse("drugs:monograph-list"))
    )
    trail = (
        (_("Medicines A–Z"), everything),
        (lists.letter_label(publication.letter), f"{everything}?letter={publication.letter}"),
        (publication.title, address),
    )
    return structured_data.page_data(
        publication, shown.linked, address=address, language=shown.language, trail=trail
    )


@public_view
def monograph_json(request, slug):
    try:
        publication = find_publication(slug)
    except Withdrawn as gone:
        return JsonResponse(withdrawal(gone.publication), status=410)
    edition, record = publication.edition, getattr(publication.monograph, "import_record", None)
    document = Document.from_json(edition.document)
    data = json_record.as_json(
        json_record.Exported(document, record, publication, edition), site_texts.load()["disclaimer_short"]
    )
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    return for_machines(publication, response, reverse("drugs:monograph-schema"))


@public_view
def monograph_markdown(request, slug):
    publication = find_publication(slug)
    text = formats.write(Document.from_json(publication.edition.document))
    return for_machines(publication, HttpResponse(text, content_type="text/markdown; charset=utf-8"))


def for_machines(publication, response, schema=""):
    """`response` as another shape of the drug's page, which is the one to be listed by search engines.

    `schema` is the path of what describes that shape.
    """
    links = {"canonical": publication.get_absolute_url(), "describedby": schema}
    said = (f'<{settings.BASE_URL}{path}>; rel="{relation}"' for relation, path in links.items() if path)
    response.headers["Link"] = ", ".join(said)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def withdrawal(publication):
    """What machines are told about a page that was withdrawn."""
    return {
        "slug": publication.slug,
        "title": publication.title,
        "status": "withdrawn",
        "withdrawn_at": publication.withdrawn_at.isoformat(),
        "withdrawn_reason": publication.withdrawn_reason,
    }


@public_view
def edition_list(request, slug):
    """The list stays while a page is withdrawn; the texts are not shown then."""
    publication = get_object_or_404(Publication, slug=slug)
    editions = Edition.objects.filter(monograph=publication.monograph_id).order_by("-number")
    context = {"publication": publication, "editions": editions.defer("document")}
    return render_page(request, "drugs/editions.html", context)


@public_view
def edition_detail(request, slug, number):
    publication = find_publication(slug, lead_on=False)
    edition = get_object_or_404(Edition, monograph=publication.monograph_id, number=number)
    shown = article.of_edition(edition)
    context = {
        "publication": publication,
        "edition": edition,
        "article": shown,
        "ingredients": ingredient_links.ingredient_links(shown.ingredients, shown.title),
        "changes": changes.changes(edition),
    }
    return render_page(request, "drugs/edition.html", context)


@public_view
def old_address(request, folder, stem):
    """The address that the page had on the site before this one."""
    moved = Publication.objects.filter(monograph__import_record__old_address=f"{folder}/{stem}").first()
    page = moved or get_object_or_404(Publication, slug=stem)
    return redirect(page.final(), permanent=True)


# The site
