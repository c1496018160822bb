"""The one address of the plain site beside ours (wsgi.py): a constant of the size of a page."""

import os

from django.http import HttpResponse
from django.urls import path

BODY = b"x" * int(os.environ.get("MEDINFO_BENCH_BYTES", "20000"))


def constant(request):
    return HttpResponse(BODY)


urlpatterns = [path("plain/", constant)]
