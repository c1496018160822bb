"""The site's addresses, and `/bare/`: what Django costs for a page of the same size that is always there."""

import os

from django.http import HttpResponse
from django.urls import include, path

BODY = b"x" * int(os.environ.get("MEDINFO_BENCH_BYTES", "20000"))


def bare(request):
    return HttpResponse(BODY)


urlpatterns = [path("bare/", bare), path("", include("medinfo.urls"))]
