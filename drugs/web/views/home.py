"""Views of the home page, the A-Z, about, disclaimer, help in an emergency, and the health checks."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from drugs.caching.page_cache import FinishedPage
from drugs.content.countries import COUNTRIES
from drugs.models import Publication
from drugs.web import changes, letter_pages, lists, read_counts
from drugs.web.kept_answers import kept_list, note_kept
from drugs.web.lookup import find_after
from drugs.web.responses import render_page
from drugs.web.views.offline import DAYS


@kept_list()
def home(request: HttpRequest) -> HttpResponse:
    # A first day instead of "not empty" lets the index begin at the pages that have a review, however few.
    pages = Publication.objects.public()
    reviewed = pages.filter(reviewed_on__gt=date.min, review_due__gt=timezone.localdate())
    context = {
        "letters": lists.letters(),
        "counts": lists.counts(),
        "most_read": read_counts.most_read(),
        "reviewed": reviewed.order_by("-reviewed_on", "-pk")[:5],  # as the index has them, however many a day
        "safety": changes.recent_changes(5, kind="safety"),
    }
    return render_page(request, "drugs/home.html", context)


@kept_list("letter", "second", "after")
def monograph_list(request: HttpRequest) -> HttpResponse:
    letter = request.GET.get("letter", "").lower()
    if letter and letter not in lists.LETTERS:
        raise Http404(letter)
    second = request.GET.get("second", "").lower() if letter else ""
    if second and second not in lists.SECONDS:
        raise Http404(second)
    after = request.GET.get("after") if letter else None
    last = find_after(Publication.objects.starting_with(letter), after) if after else None
    context: dict[str, Any] = {"letters": lists.letters(), "letter": letter, "second": second, "last": last}
    if not letter:
        return render_page(request, "drugs/letters.html", context)
    context["page"] = letter_pages.letter_page(letter, second, last)
    return render_page(request, "drugs/letter.html", context)


@kept_list()
def about(request: HttpRequest) -> HttpResponse:
    context = {
        "counts": lists.counts(),
        "origins": lists.origins(),
        "kept_days": DAYS if settings.OFFLINE else 0,
    }
    return render_page(request, "drugs/about.html", context)


@kept_list()
def disclaimer(request: HttpRequest) -> HttpResponse:
    return render_page(request, "drugs/disclaimer.html")


@kept_list()
def emergency(request: HttpRequest) -> HttpResponse:
    countries = sorted(
        (here for here in COUNTRIES.values() if here.emergency), key=lambda here: str(here.name)
    )
    return render_page(request, "drugs/emergency.html", {"countries": countries})


_ALIVE = FinishedPage(b"ok\n", b"", etag="", headers={}, is_html=False)


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Liveness: says nothing about the database."""
    note_kept(request, _ALIVE, lambda: _ALIVE)
    return _ok()


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Readiness: the database answers; without it the middleware answers 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return _ok()


def _ok():
    """An answer that no cache on the way may give in our place."""
    return HttpResponse(_ALIVE.body, content_type="text/plain", headers={"Cache-Control": "no-store"})
