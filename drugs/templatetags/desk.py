"""Template tag of the admin's start page: the worklists that run an editor's day."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context

from drugs.admin import worklists

register = template.Library()


@register.simple_tag(takes_context=True)
def start_lists(context: Context) -> Iterable[Any]:
    """A CountedList (worklist, number) for each Worklist that this person may see and its count."""
    return worklists.start_page(context["request"])
