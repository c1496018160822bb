"""Labels that a page was checked against, from its references alone."""

import datetime
import re

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from drugs.content import Document, Reference
from drugs.content.countries import country_name

_MARKS, _ESCAPED = re.compile(r"([\\`*_\[\]<>#|~])"), r"\\\1"


def label_facts(reference: Reference) -> list[str]:
    """What a reference says of its label: country, version, date and where in it to look, each in words."""
    facts = [
        country_name(reference.country) if reference.country else "",
        _("version %(number)s") % {"number": reference.version} if reference.version else "",
        _in_words(reference.date),
        reference.locator,
    ]
    return [fact for fact in facts if fact]


def markdown_list(document: Document) -> str:
    """The labels that `document` cites as a list in Markdown below its heading; nothing where there are none."""
    items = []
    for reference in document.references:
        if reference.is_label:
            said = ", ".join(filter(None, [reference.title, reference.publisher, *label_facts(reference)]))
            address = f" <{reference.url}>" if reference.url else ""
            items.append(f"* {_MARKS.sub(_ESCAPED, said)}{address}")
    return "\n".join([f"## {_('Checked against')}", *items]) if items else ""


def _in_words(date):
    """A day as pages write it; a month or a year as the source does."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        return date
    return date_format(datetime.date.fromisoformat(date), _("j F Y"))
