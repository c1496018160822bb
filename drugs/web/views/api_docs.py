"""Views that say what /api/v1/ offers: its OpenAPI description, and the page that shows it to people."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from drugs.web import openapi
from drugs.web.data_responses import data_view, json_response
from drugs.web.kept_answers import kept_file, kept_list
from drugs.web.responses import render_page


@data_view
@kept_file
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The description for programs (OpenAPI 3.1)."""
    return json_response(openapi.build())


@kept_list()
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people, as a page of the site."""
    described = openapi.build()
    context = {"described": described, "addresses": list(_addresses(described))}
    return render_page(request, "drugs/api_docs.html", context)


def _addresses(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    known = described["components"]["parameters"]
    for path, methods in described["paths"].items():
        operation = methods["get"]
        names = [item["$ref"].rsplit("/", 1)[1] for item in operation.get("parameters", ())]
        yield {
            "path": path,
            "example": "" if "{" in path else path,
            "summary": operation["summary"],
            "parameters": [
                {**known[name], "values": known[name]["schema"].get("enum", ())} for name in names
            ],
            "keys": _keys(described, operation),
            "responses": [
                (status, answer["description"])
                for status, answer in operation["responses"].items()
                if status != "200"
            ],
        }


def _keys(described: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    """The keys of the answer."""
    (media,) = operation["responses"]["200"]["content"].values()
    name = media["schema"].get("$ref", "").rsplit("/", 1)[-1]
    return list(described["components"]["schemas"][name]["properties"]) if name else []
