"""Views of a drug: its page, its JSON and Markdown, its editions, and its address on the old site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from drugs.audit.withdrawals import withdrawals_of_pages
from drugs.content import Document
from drugs.formats import json_record
from drugs.http.desk_host import desk_origin
from drugs.models import Edition, Publication
from drugs.search import ingredient_links
from drugs.search.facets import facet_slug
from drugs.web import (
    article,
    changes,
    component_groups,
    lists,
    mention_links,
    open_data,
    site_texts,
    structured_data,
)
from drugs.web.kept_answers import kept_page
from drugs.web.lookup import NOTICE, Withdrawn, find_page, find_publication
from drugs.web.read_counts import count_reading
from drugs.web.responses import public_view, render_page

MARKDOWN = "text/markdown; charset=utf-8"


@kept_page(counted=count_reading)
def monograph_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a drug."""
    page, texts = find_page(slug), site_texts.load()
    publication = page.publication
    shown = article.of_page(page, texts)
    shown = mention_links.with_links(shown, publication, page.candidates.splitlines())
    combined = len(shown.ingredients) > 1
    combinations, more = (
        ([], False) if combined else ingredient_links.combinations_with(publication, shown.called)
    )
    context = {
        "publication": publication,
        "article": shown,
        "classes": [(name, facet_slug(name)) for name in shown.classes],
        **_own_pages(shown),
        "combinations": combinations,
        "since_review": changes.since_review(publication),
        "source_changed_on": page.source_changed_on,
        "more": more,
        "linked_data": structured_data.to_html(_structured_data(publication, shown)),
        "texts": texts,
    }
    return render_page(request, "drugs/monograph.html", context)


def _own_pages(shown: article.Article) -> dict[str, Any]:
    """The pages that ingredients and components have of their own, for the template: one query for all."""
    names = (*shown.ingredients, *shown.alone, *component_groups.names_of(shown.groups))
    pages = ingredient_links.own_pages(tuple(dict.fromkeys(names)), shown.title)
    links = ingredient_links.ingredient_links(shown.ingredients, shown.title, pages)
    alone = list(dict.fromkeys(page for name in shown.alone if (page := pages.get(name))))
    return {"own_pages": pages, "ingredients": links, "alone": alone}


def _structured_data(publication: Publication, shown: article.Article) -> dict[str, Any]:
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


@kept_page()
def monograph_json(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        publication = find_publication(slug, "edition")
    except Withdrawn as gone:
        withdrawals = withdrawals_of_pages([gone.publication])[gone.publication.slug]
        return JsonResponse(json_record.withdrawal_as_json(gone.publication, withdrawals), status=410)
    withdrawals = withdrawals_of_pages([publication])[publication.slug]
    edition = publication.edition
    exported = json_record.Exported(
        Document.from_json(edition.document), publication.source, publication, edition, withdrawals
    )
    data = json_record.as_json(exported, open_data.terms())
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    return _other_shape(publication, response, reverse("drugs:monograph-schema"))


@kept_page()
def monograph_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        publication = find_publication(slug, "edition", NOTICE)
    except Withdrawn as gone:
        return HttpResponse(open_data.withdrawn_markdown(gone.publication), MARKDOWN, status=410)
    return _other_shape(publication, HttpResponse(open_data.markdown(publication), MARKDOWN))


def _other_shape(publication: Publication, response: HttpResponse, schema: str = "") -> HttpResponse:
    """`response` as another shape of the drug's page, which is the one to be listed by search engines.

    `schema` is the path of what describes that shape.
    """
    links = {"canonical": publication.get_absolute_url(), "describedby": schema}
    targets = (f'<{settings.BASE_URL}{path}>; rel="{relation}"' for relation, path in links.items() if path)
    response.headers["Link"] = ", ".join(targets)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@kept_page()
def edition_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list stays while a page is withdrawn; the texts are not shown then."""
    publication = get_object_or_404(Publication, slug=slug)
    editions = (
        Edition.objects.filter(monograph=publication.monograph_id).order_by("-number").defer("document")
    )
    withdrawals = withdrawals_of_pages([publication])[slug]
    history = changes.history(list(editions), withdrawals)
    context = {"publication": publication, "withdrawals": withdrawals, "history": history}
    return render_page(request, "drugs/editions.html", context)


@kept_page()
def edition_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    publication = find_publication(slug, lead_on=False)
    edition = get_object_or_404(Edition, monograph=publication.monograph_id, number=number)
    shown = article.of_edition(edition)
    context = {
        "publication": publication,
        "edition": edition,
        "article": shown,
        **_own_pages(shown),
        "changes": changes.changes(edition),
    }
    return render_page(request, "drugs/edition.html", context)


@public_view
def old_address(request: HttpRequest, folder: str, stem: str) -> HttpResponse:
    """The address that the page had on the site before this one."""
    imported = Publication.objects.filter(old_address=f"{folder}/{stem}").first()
    page = imported or get_object_or_404(Publication, slug=stem)
    return redirect(page.final(), permanent=True)


@require_safe
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """A redirect to the desk, which asks who it is and whether there is such a page: nobody learns that here."""
    return redirect(desk_origin() + reverse("admin:drugs_monograph_edit", args=[slug]))
