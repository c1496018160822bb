"""Views of files that only machines ask for: the OpenSearch description, the JSON Schema of a monograph."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from drugs.formats import json_schema
from drugs.web import open_data
from drugs.web.kept_answers import kept_file, kept_list

SCHEMA_TYPE = "application/schema+json"


@kept_file
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches here. Without suggestions: a bare list of names could not say which are only similar."""
    return render(request, "drugs/opensearch.xml", content_type="application/opensearchdescription+xml")


@kept_file
def monograph_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a monograph. Its address names the version of the shape."""
    schema = json_schema.build(settings.BASE_URL + reverse("drugs:monograph-schema"))
    return JsonResponse(schema, content_type=SCHEMA_TYPE, json_dumps_params={"indent": 1})


@kept_list()
def llms_txt(request: HttpRequest) -> HttpResponse:
    """What programs that read for people are told first, as Markdown (llmstxt.org)."""
    return HttpResponse(open_data.llms_txt(), content_type="text/plain; charset=utf-8")
