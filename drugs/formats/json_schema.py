"""JSON Schema (draft 2020-12) of the JSON record of a monograph, made of the limits and words of `drugs.content`.

It describes what `json_record` writes. Three rules of documents cannot be said in it: no spaces at the ends of a
text, no headings above #### inside one, and a section for the rows of each component.
"""

from typing import Any

from drugs import content

NAME = f"monograph-{content.SCHEMA}"
# How a stranger computes the hashes of an edition anew.
DOCUMENT_RULE = (
    "SHA-256 of the document: of the canonical JSON (keys sorted, no spaces, characters as they are, UTF-8) of the "
    "object without source, status, disclaimer, licence, attribution, edition and withdrawals."
)
RECORD_RULE = (
    "SHA-256 of the canonical JSON of an object with monograph (the slug), document (that JSON as one text), and "
    "number, kind, note, published_at, published_by, sha256, previous, reviewed_by, reviewer_role, reviewed_on, "
    "review_due and review_of as they stand here. previous is the record of the edition before."
)
STATUSES = ("not_reviewed", "reviewed", "overdue", "withdrawn")


def build(address: str) -> dict[str, Any]:
    """JSON Schema as a dict. `address` is the one it is published at, for `$id`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "Monograph",
        "description": "What one page about a medicine says, and what the site knows of it. General information, "
        "not medical advice: read `status` and `disclaimer` before the text. Unknown keys may be added.",
        **_object(
            schema=_one_of(range(1, content.SCHEMA + 1)),
            **_document(),
            source=_or_null(_object(format=_TEXT, path=_TEXT, sha256=_TEXT)),
            status=_one_of(STATUSES),
            disclaimer=_TEXT,
            licence={**_TEXT, "description": "Of the text, by the operator; or that none is stated."},
            attribution={**_TEXT, "description": "Whom to name with the text, by the operator; or empty."},
            edition=_or_null(_edition()),
            withdrawals={
                **_list(_withdrawal()),
                "description": "Each time the page was taken from readers, for ever.",
            },
        ),
        "allOf": [_needs_section("side_effects"), _needs_section("faqs")],
    }


def _text(limit, *, lines=False, **rules):
    refused = content.UNPRINTABLE_CHARS if lines else content.UNPRINTABLE_CHARS + r"\t\n"
    return {"type": "string", "maxLength": limit, "not": {"pattern": f"[{refused}]"}, **rules}


def _one_of(words):
    return {"enum": list(words)}


def _list(items):
    return {"type": "array", "items": items}


def _or_null(schema):
    return {"anyOf": [schema, {"type": "null"}]}


def _object(**properties):
    """An object with these keys, of which every one is always there."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _of_component(**properties):
    """An object that may say, beside the keys that are always there, of which component of a combination it speaks."""
    described = _object(**properties)
    return {**described, "properties": {**properties, "component": _COMPONENT}}


_TEXT = {"type": "string"}
_LINE = _text(content.LINE_CHARS)
_REQUIRED = _text(content.LINE_CHARS, minLength=1)
_TITLE = _text(content.TITLE_CHARS, minLength=1)
_BODY = _text(content.BODY_CHARS, lines=True)
_COMPONENT = {
    **_text(content.TITLE_CHARS, minLength=1),
    "pattern": r"^[^{}]*$",
    "description": "The part of a combination that this speaks of; without it the whole page. Since schema 2.",
}
_DATE = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_LABEL = {
    key: {
        **_text(content.LABEL_CHARS, minLength=1),
        "description": f"Of a regulator's label: {what}. Since schema 3.",
    }
    for key, what in {
        "country": "where it holds",
        "version": "which version was read",
        "date": "the day of that version, or as much of it as the source says",
        "locator": "where in it to look",
        "source": "the collection that it is from",
        "set_id": "what it is called there, in all versions",
    }.items()
}
_LABEL["date"]["pattern"] = r"^\d{4}(-\d{2}){0,2}$"
_MOMENT = {"type": "string", "format": "date-time"}
_HASH = r"[0-9a-f]{64}"


def _document():
    return {
        "slug": _text(content.SLUG_CHARS, pattern=f"^{content.SLUG}$"),
        "title": _TITLE,
        "language": _text(content.LANGUAGE_CHARS, pattern=f"^{content.LANGUAGE}$"),
        "generic_name": _text(content.TITLE_CHARS, description="The first name of kind generic, or empty."),
        "names": _list(_object(text=_TITLE, kind=_one_of(content.NAME_KINDS))),
        "ingredients": _list(_TITLE),
        "classes": _list(_object(name=_TITLE, atc=_text(content.ATC_CHARS))),
        "origin": _one_of(content.ORIGINS),
        "sections": _list(_of_component(kind=_one_of(content.SECTION_KINDS), heading=_LINE, body=_BODY)),
        "side_effects": _list(_side_effect()),
        "faqs": _list(_of_component(question=_REQUIRED, answer=_BODY)),
        "references": _list(_reference()),
    }


def _side_effect():
    described = _of_component(
        name={**_REQUIRED, "not": {"anyOf": [_REQUIRED["not"], {"pattern": r"\*\*"}]}},
        description=_BODY,
        group=_one_of(content.GROUPS),
        label=_LINE,
        frequency=_one_of(content.FREQUENCIES),
        urgency=_one_of(content.URGENCIES),
    )
    number = {
        "type": "integer",
        "minimum": 1,
        "description": "Which of the references says so, counted from 1. Since schema 3.",
    }
    return {**described, "properties": {**described["properties"], "reference": number}}


def _reference():
    earliest, latest = content.YEARS
    described = _object(
        title=_REQUIRED,
        publisher=_LINE,
        url=_text(content.LINE_CHARS, pattern=f"^({content.URL})?$"),
        year=_or_null({"type": "integer", "minimum": earliest, "maximum": latest}),
        accessed_on=_or_null(_DATE),
    )
    return {**described, "properties": {**described["properties"], **_LABEL}}


def _edition():
    return _object(
        number={"type": "integer", "minimum": 1},
        kind=_one_of(content.CHANGE_KINDS),
        note=_TEXT,
        published_at=_MOMENT,
        published_by=_TEXT,
        sha256={"type": "string", "pattern": f"^{_HASH}$", "description": DOCUMENT_RULE},
        previous={"type": "string", "pattern": f"^({_HASH})?$"},
        record={"type": "string", "pattern": f"^{_HASH}$", "description": RECORD_RULE},
        reviewed_by=_TEXT,
        reviewer_role=_TEXT,
        reviewed_on=_or_null(_DATE),
        review_due=_or_null(_DATE),
        review_of=_or_null({"type": "integer", "minimum": 1}),
    )


def _withdrawal():
    return _object(withdrawn_at=_MOMENT, reason=_TEXT, returned_at=_or_null(_MOMENT))


def _needs_section(kind):
    """The rule that side effects, or questions, have a section of that kind, which says where they stand."""
    of_kind = {"properties": {"kind": {"const": kind}}, "required": ["kind"]}
    return {
        "if": {"properties": {kind: {"minItems": 1}}},
        "then": {"properties": {"sections": {"contains": of_kind}}},
    }
