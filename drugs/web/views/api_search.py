"""View of the search for programs: what people see on the search page, in their order, with how sure each name is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from drugs.content.countries import country
from drugs.web import lists, open_data
from drugs.web.answers import Answer, Mentions
from drugs.web.data_responses import data_view, json_response
from drugs.web.facet_lists import Topic
from drugs.web.lists import SearchResult
from drugs.web.parameters import read_parameters
from drugs.web.responses import public_view
from drugs.web.views.search import crisis_line, results_of


@data_view
@public_view
def search(request: HttpRequest) -> HttpResponse:
    """Whom to call in a crisis, answers, side effects and classes, pages by name and by text."""
    found = results_of(" ".join(read_parameters(request, "q").get("q", "").split()))
    items = [_name(result) for result in _as_shown(found)]
    answers = found["answers"]
    return json_response(
        {
            "query": found["query"],
            "exact": found["exact"],
            "crisis": _crisis() if found["crisis"] else None,
            "items": items,
            "next": None,
            "answers": [_answer(answer) for answer in answers.sections],
            "mentions": [_mentions(mentions) for mentions in answers.mentions],
            "topics": [_topic(topic) for topic in found["topics"]],
            "passages": [_passage(result) for result in found["passages"]],
            **open_data.terms()._asdict(),
        }
    )


def _as_shown(found: dict[str, Any]) -> list[SearchResult]:
    groups = [*found["same"], *found["named"], *found["near"]]
    return [*(result for group in groups for result in (group.result, *group.others)), *found["similar"]]


def _crisis() -> dict[str, str]:
    return {
        "line": crisis_line(),
        "number": country(settings.COUNTRY).emergency_number,
        "url": settings.BASE_URL + reverse("drugs:emergency"),
    }


def _page(publication: Any) -> dict[str, Any]:
    """What is said of the page with everything that is quoted from it."""
    return {
        "slug": publication.slug,
        "title": publication.title,
        "language": publication.language,
        "origin": publication.origin,
        "status": publication.status,
        "edition": publication.number,
        "url": settings.BASE_URL + publication.get_absolute_url(),
    }


def _name(result: SearchResult) -> dict[str, Any]:
    said = lists.suggestion(result)
    kept = {key: said[key] for key in ("matched", "kind", "match", "hint", "class", "use")}
    return {**_page(result.publication), **kept, "not_same_as": result.hit.not_same_as}


def _answer(answer: Answer) -> dict[str, Any]:
    page = _page(answer.publication)
    return {
        **page,
        "url": f"{page['url']}#{answer.anchor}",
        "section": answer.kind,
        "instead": answer.instead,
        "html": answer.html,
    }


def _mentions(mentions: Mentions) -> dict[str, Any]:
    page = _page(mentions.publication)
    said = [
        {"text": " ".join(filter(None, (one.lead, one.text))), "url": f"{page['url']}#{one.anchor}"}
        for one in mentions.found
    ]
    return {**page, "other": mentions.other, "said": said}


def _topic(topic: Topic) -> dict[str, Any]:
    address = reverse(f"drugs:{topic.what}-detail", args=[topic.slug])
    said = {"kind": topic.what, "slug": topic.slug, "name": topic.name, "pages": topic.pages}
    return {**said, "url": settings.BASE_URL + address}


def _passage(result: SearchResult) -> dict[str, Any]:
    page = _page(result.publication)
    anchor = f"#{result.hit.anchor}" if result.hit.anchor else ""
    text = "".join(part.text for part in result.hit.snippet)
    return {**page, "url": page["url"] + anchor, "text": text}
