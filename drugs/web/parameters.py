"""Parameters of data addresses: what each may be, as a reader of its value and as JSON Schema in one table."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drugs import content
from drugs.content.normalisation import fold
from drugs.formats.json_schema import STATUSES
from drugs.search.facets import facet_slug
from drugs.web.data_responses import Refused
from drugs.web.forms import QUERY_CHARS
from drugs.web.lists import LETTERS

CURSOR_CHARS = 2000
START = "0"  # the cursor of changes before the first one
_CHANGE = re.compile(r"\d{1,18}-[0-9a-f]{12}", re.ASCII)  # any other
FILTERS = (
    "status",
    "origin",
    "language",
    "letter",
    "class",
    "ingredient",
    "changed_since",
    "review_due_before",
)
ORDERS = ("slug", "title", "changed", "-changed", "review_due")


_NO_NUL = r"^[^\x00]*$"


@dataclass(frozen=True)
class Parameter:
    """A parameter: `meaning` for people, `schema` for programs, and `read`, which raises ValueError for what it is not.

    `expected` ends the sentence that then is said.
    """

    meaning: str
    schema: dict[str, Any]
    read: Callable[[str], Any]
    expected: Any


def _word(words: tuple[str, ...], meaning: str) -> Parameter:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return Parameter(meaning, {"type": "string", "enum": list(words)}, read, ", ".join(words))


def _folded(rule: Callable[[str], str], meaning: str) -> Parameter:
    def read(text: str) -> str:
        if not text or len(text) > content.TITLE_CHARS or "\0" in text:
            raise ValueError(text)
        return rule(text) or text  # signs alone are the name of nothing

    schema = {"type": "string", "minLength": 1, "maxLength": content.TITLE_CHARS, "pattern": _NO_NUL}
    return Parameter(meaning, schema, read, gettext_lazy("a name"))


def _language(text: str) -> str:
    if len(text) > content.LANGUAGE_CHARS or not re.fullmatch(content.LANGUAGE, text):
        raise ValueError(text)
    return text


def _day(text: str) -> datetime.date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def _moment(text: str) -> datetime.datetime:
    """A moment, or the beginning of a day; in the time zone of the site unless it names one."""
    # In an address an unescaped + is a space; a leap second is the one before; years have no more than these.
    text = re.sub(r" (?=\d{2}:?\d{2}\Z)", "+", text.upper()).replace(":60", ":59")
    if not re.match(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}|\Z)", text, re.ASCII):
        raise ValueError(text)
    moment = datetime.datetime.fromisoformat(text)
    try:
        return (moment if moment.tzinfo else timezone.make_aware(moment)).astimezone(datetime.UTC)
    except OverflowError:
        end = datetime.datetime.min if moment.year == 1 else datetime.datetime.max
        return end.replace(tzinfo=datetime.UTC)


def _place(text: str) -> str | datetime.datetime:
    """A cursor of changes, or a moment."""
    return text if text in ("", START) or _CHANGE.fullmatch(text) else _moment(text)


def _text(limit: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > limit or "\0" in text:
            raise ValueError(text)
        return text

    return read


_DAY_OR_MOMENT = gettext_lazy("a day or a moment of ISO 8601, such as 2026-01-31 or 2026-01-31T09:30:00Z")
PARAMETERS: dict[str, Parameter] = {
    "status": _word(STATUSES, "Pages of this status only. Without it all that readers may see."),
    "origin": _word(content.ORIGINS, "Pages whose text comes from there."),
    "language": Parameter(
        "Pages in this language.",
        {"type": "string", "pattern": f"^{content.LANGUAGE}$", "maxLength": content.LANGUAGE_CHARS},
        _language,
        gettext_lazy("a language tag, such as en or pt-BR"),
    ),
    "letter": _word(LETTERS, "Of the A-Z; 0 is all that begins with none of them."),
    "class": _folded(facet_slug, "Pages of this class: its name or its slug."),
    "ingredient": _folded(fold, "Pages of medicines that contain this, alone or with others."),
    "changed_since": Parameter(
        "Pages whose current edition was published then or later.",
        {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]},
        _moment,
        _DAY_OR_MOMENT,
    ),
    "review_due_before": Parameter(
        "Reviewed pages whose next review is due before this day.",
        {"type": "string", "format": "date"},
        _day,
        gettext_lazy("a day, such as 2026-01-31"),
    ),
    "order": _word(
        ORDERS,
        "The order of the list; changed has the oldest edition first, review_due leaves out pages without a review. "
        "Without it, it is the one that suits the filters.",
    ),
    "cursor": Parameter(
        "The `next` of the answer before.",
        {"type": "string", "maxLength": CURSOR_CHARS, "pattern": _NO_NUL},
        _text(CURSOR_CHARS),
        gettext_lazy("a cursor that this site gave"),
    ),
    "since": Parameter(
        "The `cursor` of an answer or of names.json, or a day or a moment of ISO 8601. Without it, from the beginning.",
        {
            "type": "string",
            "anyOf": [
                {"pattern": f"^({START}|{_CHANGE.pattern})?$"},
                {"format": "date"},
                {"format": "date-time"},
            ],
        },
        _place,
        gettext_lazy("a cursor that this site gave, or a moment of ISO 8601"),
    ),
    "q": Parameter(
        "What somebody would type: a name, a part of one, a question.",
        {"type": "string", "maxLength": QUERY_CHARS, "pattern": _NO_NUL},
        _text(QUERY_CHARS),
        gettext_lazy("a text of at most 300 letters"),
    ),
}


def read_parameters(request: HttpRequest, *names: str) -> Mapping[str, Any]:
    """Those of the parameters `names` that `request` has, read. Raises Refused for a value that one cannot have.

    Others are ignored, and so are an empty cursor, since and q.
    """
    values: dict[str, Any] = {}
    for name in names:
        text = request.GET.get(name)
        if text is not None:
            values[name] = read_value(name, text)
    return {name: value for name, value in values.items() if value != ""}


def read_value(name: str, text: str) -> Any:
    """`text` as the parameter `name` has it. Raises Refused."""
    parameter = PARAMETERS[name]
    try:
        return parameter.read(text)
    except (ValueError, OverflowError):
        sentence = _("%(name)s has to be: %(expected)s.") % {"name": name, "expected": parameter.expected}
        raise Refused(sentence) from None
