"""The pages that readers meet: find, decide, render."""

from datetime import date
from itertools import takewhile

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from drugs import formats
from drugs.caching import page_cache as kept
from drugs.content.document import Document
from drugs.import_export import export as exporting
from drugs.models import Edition, Publication, Stamp
from drugs.search import fulltext as words
from drugs.search import unanswered
from drugs.search.facets import slug_of
from drugs.search.names import index as names
from drugs.web import article, lists, site_texts
from drugs.web import changes as history
from drugs.web import facet_lists as browse
from drugs.web import page_state as current
from drugs.web import structured_data as linked_data
from drugs.web.forms import SearchForm
from drugs.web.responses import Withdrawn, find_after, find_current, find_publication, page, public

# Finding


@public
def home(request):
    # A first day instead of "not empty" lets the index begin at the pages that have a review, however few.
    reviewed = Publication.objects.public().filter(
        reviewed_on__gt=date.min, review_due__gt=timezone.localdate()
    )
    frame = current.frame()
    context = {
        "texts": site_texts.read(frame),
        "letters": lists.letters(frame),
        "counts": lists.counts(),
        "published": Publication.objects.public().order_by("-published_at", "slug")[:5],
        "reviewed": reviewed.order_by("-reviewed_on", "slug")[:5],
        "safety": history.news(5, kind="safety"),
    }
    return page(request, "drugs/home.html", context)


@public
def monograph_list(request):
    letter = request.GET.get("letter", "").lower()
    if letter and letter not in lists.LETTERS:
        raise Http404(letter)
    after = request.GET.get("after") if letter else None
    last = find_after(Publication.objects.starting_with(letter), after) if after else None
    frame = last or current.frame()
    context = {
        "texts": site_texts.read(frame),
        "letters": lists.letters(frame),
        "letter": letter,
        "last": last,
    }
    if not letter:
        return page(request, "drugs/letters.html", context)
    publications, following = lists.of_letter(letter, last)
    context |= {"publications": publications, "following": following}
    return page(request, "drugs/letter.html", context)


@public
def search(request):
    form = SearchForm(request.GET)
    if not form.is_valid():
        return page(request, "drugs/search.html", {"error": form.errors["q"][0]}, status=400)
    query = form.cleaned_data["q"]
    hits = names.find(query) if query else []
    asked = "" if any(hit.match == "exact" for hit in hits) else query
    meant = {hit.slug for hit in hits if hit.match != "fuzzy"}
    passages = [passage for passage in words.find(query, limit=20) if passage.slug not in meant][:10]
    pages = browse.with_topics(current.with_frame(Publication.objects.public()), asked)
    hits, passages = lists.found(hits, passages, pages)
    shown = hits or passages
    around = shown[0][1] if shown else browse.with_topics(current.with_frame(Stamp.objects), asked).first()
    unanswered.count(query, [hit for hit, _ in hits])
    same = [(hit, target) for hit, target in hits if hit.match != "fuzzy"]
    similar = hits[len(same) :]
    # A name that only looks like the query and looks more like it than one that was typed keeps its place.
    named = list(takewhile(lambda found: found[0].named, similar))
    context = {
        "texts": site_texts.read(around),
        "query": query,
        "same": same,
        "topics": browse.topics(around, asked),
        "named": named,
        "similar": similar[len(named) :],
        "passages": passages,
    }
    return page(request, "drugs/search.html", context)


@public
def search_suggest(request):
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": form.errors["q"][0]}, status=400)
    query = form.cleaned_data["q"]
    hits = names.find(query) if query else []
    results = [lists.suggestion(hit) for hit in hits]
    exact = bool(hits) and hits[0].match == "exact"
    return JsonResponse({"query": query, "exact": exact, "results": results})


# A drug


@public
def monograph_detail(request, slug):
    found = find_current(slug)
    return kept.page(found.facts, lambda: monograph_page(request, slug, site_texts.read(found)))


def monograph_page(request, slug, texts):
    """The page of a drug as bytes. It is read anew, so it is never older than what it is kept under."""
    publication = find_publication(slug, "edition")
    shown = article.of_publication(publication)
    combined = len(shown.ingredients) > 1
    combinations, more = ([], False) if combined else lists.combinations(publication, shown.called)
    context = {
        "publication": publication,
        "article": shown,
        "classes": [(name, slug_of(name)) for name in shown.classes],
        "ingredients": lists.ingredients(shown.ingredients, shown.title),
        "combinations": combinations,
        "more": more,
        "linked_data": linked_data.to_html(for_search_engines(publication, shown)),
        "texts": texts,
    }
    return page(request, "drugs/monograph.html", context).content


def for_search_engines(publication, shown):
    """What the page of a drug says in the words of schema.org, its breadcrumb included."""
    address, everything = (
        settings.BASE_URL + path for path in (publication.get_absolute_url(), reverse("drugs:monograph-list"))
    )
    trail = (
        (_("Medicines A–Z"), everything),
        (lists.said(publication.letter), f"{everything}?letter={publication.letter}"),
        (publication.title, address),
    )
    return linked_data.of_page(
        publication, shown.linked, address=address, language=shown.language, trail=trail
    )


@public
def monograph_json(request, slug):
    try:
        publication = find_publication(slug)
    except Withdrawn as gone:
        return JsonResponse(withdrawal(gone.publication), status=410)
    edition, record = publication.edition, getattr(publication.monograph, "import_record", None)
    document = Document.from_json(edition.document)
    data = exporting.as_json(exporting.Exported(document, record, publication, edition))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    return for_machines(publication, response, reverse("drugs:monograph-schema"))


@public
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


@public
def edition_list(request, slug):
    """The list stays while a page is withdrawn; the texts are not shown then."""
    publication = get_object_or_404(Publication, slug=slug)
    editions = Edition.objects.filter(monograph=publication.monograph_id).order_by("-number")
    context = {"publication": publication, "editions": editions.defer("document")}
    return page(request, "drugs/editions.html", context)


@public
def edition_detail(request, slug, number):
    publication = find_publication(slug, lead_on=False)
    edition = get_object_or_404(Edition, monograph=publication.monograph_id, number=number)
    shown = article.of_edition(edition)
    context = {
        "publication": publication,
        "edition": edition,
        "article": shown,
        "ingredients": lists.ingredients(shown.ingredients, shown.title),
        "changes": history.changes(edition),
    }
    return page(request, "drugs/edition.html", context)


@public
def old_address(request, folder, stem):
    """The address that the page had on the site before this one."""
    moved = Publication.objects.filter(monograph__import_record__old_address=f"{folder}/{stem}").first()
    page = moved or get_object_or_404(Publication, slug=stem)
    return redirect(page.final(), permanent=True)


# The site


@public
def about(request):
    return page(request, "drugs/about.html", {"counts": lists.counts(), "origins": lists.origins()})


@public
def disclaimer(request):
    return page(request, "drugs/disclaimer.html")


@require_safe
def healthz(request):
    """Alive: says nothing about the database."""
    return _well()


@require_safe
def readyz(request):
    """The database answers; without it the middleware answers 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return _well()


def _well():
    """An answer that nothing between may give in our place."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
