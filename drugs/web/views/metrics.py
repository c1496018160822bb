"""View of the metrics, for whoever has the token of MEDINFO_METRICS_TOKEN; to anybody else there is no such page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from drugs.web import metrics

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Everything that is measured, as Prometheus reads it, for `Authorization: Bearer TOKEN`."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    is_right = constant_time_compare(given.strip(), settings.METRICS_TOKEN)
    if not settings.METRICS_TOKEN or scheme.lower() != "bearer" or not is_right:
        raise Http404(request.path)
    response = HttpResponse(metrics.text(), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response
