"""OpenAPI 3.1 description of /api/v1/, made of the tables by which the site itself reads parameters and writes JSON."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from drugs import content
from drugs.formats import json_schema
from drugs.models.changes import KINDS
from drugs.web.parameters import FILTERS, PARAMETERS

VERSION = "1.0.0"
Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_CURSOR: Schema = {
    "type": ["string", "null"],
    "description": "The cursor of the next request; null at the end.",
}
_STATUS: Schema = {"type": "string", "enum": list(json_schema.STATUSES)}
_ORIGIN: Schema = {"type": "string", "enum": list(content.ORIGINS)}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """An object in which `properties` are always there and the `optional` ones sometimes; others may be added."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
    }


_TERMS: dict[str, Schema] = {
    "disclaimer": {**_TEXT, "description": "To be shown with every text."},
    "licence": {**_TEXT, "description": "Of the texts, by the operator; or that none is stated."},
    "attribution": {**_TEXT, "description": "Whom to name with the texts; or empty."},
}
_REVIEW: dict[str, Schema] = {
    "reviewed_by": {**_TEXT, "description": "Empty without a review."},
    "reviewed_on": _or_null(_DAY),
    "review_due": _or_null(_DAY),
}
_PAGE: dict[str, Schema] = {
    "slug": _TEXT,
    "title": _TEXT,
    "language": _TEXT,
    "origin": _ORIGIN,
    "status": _STATUS,
    "edition": {**_NUMBER, "description": "Number of the current edition."},
    "url": _ADDRESS,
}


def _listing(name: str, **more: Schema) -> Schema:
    return _object({"items": _list(_ref(name)), "next": _CURSOR, **more, **_TERMS})


def _schemas() -> dict[str, Schema]:
    monograph = json_schema.build("")
    withdrawal = monograph["properties"]["withdrawals"]["items"]
    for key in ("$id", "$schema"):
        del monograph[key]
    facet = {"slug": _TEXT, "name": _TEXT, "letter": _TEXT, "pages": _NUMBER, "url": _ADDRESS}
    edition = monograph["properties"]["edition"]["anyOf"][0]["properties"]
    gone = {"withdrawn_at": _MOMENT, "withdrawn_reason": _TEXT}
    hash_of_document = {**_TEXT, "description": json_schema.DOCUMENT_RULE}
    return {
        "Error": _object({"error": {**_TEXT, "description": "A sentence on what is wrong."}}),
        "Monograph": monograph,
        "Withdrawal": withdrawal,
        "Withdrawn": _object(
            {
                "slug": _TEXT,
                "title": _TEXT,
                "status": {"type": "string", "enum": ["withdrawn"]},
                **gone,
                "successor": {**_or_null(_TEXT), "description": "The slug of the page in its place."},
                "withdrawals": _list(_ref("Withdrawal")),
            }
        ),
        "Row": _object({**_PAGE, **_REVIEW, "published_at": _MOMENT, "sha256": hash_of_document}, gone),
        "Rows": _listing("Row"),
        "Edition": _object({**edition, "url": _ADDRESS}),
        "Editions": _listing(
            "Edition", slug=_TEXT, status=_STATUS, origin=_ORIGIN, withdrawals=_list(_ref("Withdrawal"))
        ),
        "Change": _object(
            {
                "at": _MOMENT,
                "kind": {"type": "string", "enum": list(KINDS), "description": _kinds()},
                "slug": _TEXT,
                "edition": {**_NUMBER, "description": "Number of the edition that was current then."},
                "url": {**_ADDRESS, "description": "Of the page; of one that moved, the page in its place."},
            }
        ),
        "Changes": _object(
            {
                "items": _list(_ref("Change")),
                "next": _CURSOR,
                "cursor": {**_TEXT, "description": "Of what comes later: to be kept, and sent as `since`."},
            }
        ),
        "SideEffect": _object(facet),
        "SideEffects": _listing("SideEffect"),
        "Class": _object({**facet, "atc": {**_TEXT, "description": "The ATC code, or empty."}}),
        "Classes": _listing("Class"),
        **_search_schemas(),
        **_bulk_schemas(),
    }


def _bulk_schemas() -> dict[str, Schema]:
    named = _object({"text": _TEXT, "kind": {"type": "string", "enum": list(content.NAME_KINDS)}})
    page = {name: _PAGE[name] for name in ("slug", "title", "language", "origin", "status", "edition")}
    cursor = {**_TEXT, "description": "Of what has changed since the files were written: for `changes`."}
    return {
        "NamesOfPage": _object({**page, "sha256": _TEXT, "names": _list(named)}),
        "Names": _object(
            {"cursor": cursor, "written_at": _MOMENT, **_TERMS, "items": _list(_ref("NamesOfPage"))}
        ),
    }


def _search_schemas() -> dict[str, Schema]:
    words = (*content.NAME_KINDS, "title")
    return {
        "Name": _object(
            {
                **_PAGE,
                "matched": {**_TEXT, "description": "The name of the page that was found."},
                "kind": {"type": "string", "enum": sorted(words)},
                "match": {"type": "string", "enum": ["exact", "fuzzy", "prefix"]},
                "hint": {
                    "type": "string",
                    "enum": ["same", "near", "similar"],
                    "description": "`same`: what was typed. `near`: the same but for a slip; ask which was meant. "
                    "`similar`: another medicine whose name looks alike; never to be taken for it.",
                },
                "class": _TEXT,
                "use": _TEXT,
                "not_same_as": {**_TEXT, "description": "A name that it may be taken for, or empty."},
            }
        ),
        "Crisis": _object({"line": _TEXT, "number": _TEXT, "url": _ADDRESS}),
        "Answer": _object(
            {
                **_PAGE,
                "section": {"type": "string", "enum": list(content.SECTION_KINDS)},
                "instead": {
                    **_FLAG,
                    "description": "The page has no section on what was asked: the nearest.",
                },
                "html": _TEXT,
            }
        ),
        "Mentions": _object(
            {
                **_PAGE,
                "other": {**_TEXT, "description": "The medicine that is looked for on this page."},
                "said": {
                    **_list(_object({"text": _TEXT, "url": _ADDRESS})),
                    "description": "Where it is named. That a page is silent proves nothing.",
                },
            }
        ),
        "Topic": _object(
            {
                "kind": {"type": "string", "enum": ["effect", "class"]},
                "slug": _TEXT,
                "name": _TEXT,
                "pages": _NUMBER,
                "url": _ADDRESS,
            }
        ),
        "Passage": _object({**_PAGE, "text": _TEXT}),
        "Found": _listing(
            "Name",
            query=_TEXT,
            exact={**_FLAG, "description": "Whether a page bears the very name."},
            crisis={
                "anyOf": [_ref("Crisis"), {"type": "null"}],
                "description": "Whom to call; to be shown before all else.",
            },
            answers=_list(_ref("Answer")),
            mentions=_list(_ref("Mentions")),
            topics=_list(_ref("Topic")),
            passages=_list(_ref("Passage")),
        ),
    }


def _kinds() -> str:
    return " ".join(f"`{kind}`: {words}." for kind, words in KINDS.items())


_ERRORS = {
    "304": "Nothing has changed since the ETag that was sent as If-None-Match",
    "400": "A parameter has a value that it cannot have",
    "404": "There is nothing at this address",
    "405": "Another method than GET, HEAD and OPTIONS",
}


def _get(summary: str, schema: str, *parameters: str, **more: Schema) -> Schema:
    """An operation that answers JSON of the shape `schema`; `more` are responses by status, as status_410."""
    errors = {
        status: {"description": words, **({"content": _json("Error")} if status != "304" else {})}
        for status, words in _ERRORS.items()
    }
    answers = {"200": {"description": summary, "content": _json(schema)}, **errors}
    answers |= {name.removeprefix("status_"): response for name, response in more.items()}
    described: Schema = {"summary": summary, "responses": dict(sorted(answers.items()))}
    if parameters:
        described["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in parameters]
    return {"get": described}


def _json(schema: str) -> Schema:
    return {"application/json": {"schema": _ref(schema)}}


def _paths() -> dict[str, Schema]:
    withdrawn = {"description": "Withdrawn from readers: when and why", "content": _json("Withdrawn")}
    moved = {"description": "Withdrawn as a duplicate: the same of the page in its place"}
    replaced = {
        "description": "The cursor is of a history that a backup has replaced",
        "content": _json("Error"),
    }
    return {
        "/api/v1/monographs": _get(
            "The pages that fit the filters, at most 100; fewer do not mean the end, only a null `next` does",
            "Rows",
            *FILTERS,
            "order",
            "cursor",
        ),
        "/api/v1/monographs/{slug}": _get(
            "One page, whole", "Monograph", "slug", status_301=moved, status_410=withdrawn
        ),
        "/api/v1/monographs/{slug}/editions": _get(
            "The editions of a page, newest first, without their texts", "Editions", "slug", "cursor"
        ),
        "/api/v1/changes": _get(
            "What happened to pages, oldest first, at most 100", "Changes", "since", status_410=replaced
        ),
        "/api/v1/search": _get("What people see on the search page", "Found", "q"),
        "/api/v1/side-effects": _get("The A-Z of side effects", "SideEffects", "letter", "cursor"),
        "/api/v1/classes": _get("The A-Z of classes", "Classes", "letter", "cursor"),
        **_bulk_paths(),
    }


def _bulk_paths() -> dict[str, Schema]:
    later = {
        "description": "To be written anew after a withdrawal: ask again later",
        "content": _json("Error"),
    }
    lines = "Every page, one JSON object a line: a Monograph, or a Withdrawn in its place"
    paths = {
        "/api/v1/bulk/monographs.ndjson.gz": _get(lines, "Monograph", status_503=later),
        "/api/v1/bulk/names.json": _get("All names, and the cursor to go on from", "Names", status_503=later),
        "/api/v1/bulk/SHA256SUMS": _get("The checksums of both, for sha256sum -c", "Error", status_503=later),
    }
    for path, media in (("monographs.ndjson.gz", "application/gzip"), ("SHA256SUMS", "text/plain")):
        paths[f"/api/v1/bulk/{path}"]["get"]["responses"]["200"]["content"] = {media: {"schema": _TEXT}}
    return paths


def _parameters() -> dict[str, Schema]:
    slug = {"type": "string", "pattern": f"^{content.SLUG}$", "maxLength": content.SLUG_CHARS}
    found: dict[str, Schema] = {
        name: {"name": name, "in": "query", "description": parameter.meaning, "schema": parameter.schema}
        for name, parameter in PARAMETERS.items()
    }
    path = {"name": "slug", "in": "path", "required": True, "description": "The page.", "schema": slug}
    return {**found, "slug": path}


def build() -> dict[str, Any]:
    """The description as a dict; its examples and promises stand in docs/api.md."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME,
            "version": VERSION,
            "description": "General information about medicines, not medical advice. A text whose status is "
            "`not_reviewed` was reviewed by no clinician: mark it so, and quote no doses from it. Unknown parameters "
            "are ignored; keys may be added to any object. Times are ISO 8601.",
        },
        "servers": [{"url": settings.BASE_URL}],
        "paths": _paths(),
        "components": {"parameters": _parameters(), "schemas": _schemas()},
    }
