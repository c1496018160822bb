"""Views of what a browser needs to show opened pages without a net: the service worker and the manifest."""

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from drugs.web.kept_answers import kept_file

SCRIPT = Path(__file__).resolve().parent.parent / "service_worker.js"
DAYS = 30  # for which a page is kept that nobody could ask for again


@kept_file
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker. With MEDINFO_OFFLINE=off it is one that takes away itself and whatever it has kept."""
    config = {
        "on": settings.OFFLINE,
        "days": DAYS,
        "pages": ["^/drugs/[a-z0-9_-]+/$", f"^{reverse('drugs:emergency')}$"],
        "help": reverse("drugs:emergency"),
        "files": settings.STATIC_URL,
        "language": "en-GB" if get_language() == "en" else get_language(),  # dates as the pages write them
        "words": escape(
            _(
                "Saved on {date}, edition {edition}, kept until {until}. There is no connection now: since then the "
                "page may have been changed or withdrawn."
            )
        ),
        "words_without": escape(
            _(
                "Saved on {date}, kept until {until}. There is no connection now: since then the page may have been "
                "changed."
            )
        ),
    }
    text = f"const CONFIG = {json.dumps(config)};\n{SCRIPT.read_text(encoding='utf-8')}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@kept_file
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest, by which a telephone puts the site among its apps."""
    data = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "lang": get_language(),
        "start_url": reverse("drugs:home"),
        "scope": reverse("drugs:home"),
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0a5a60",
        "icons": [{"src": static("drugs/favicon.svg"), "type": "image/svg+xml", "sizes": "any"}],
    }
    return JsonResponse(data, content_type="application/manifest+json")
