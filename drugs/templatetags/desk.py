"""What the start page of the admin shows: the lists that run an editor's day."""

from django import template

from drugs.admin import worklists

register = template.Library()


@register.simple_tag(takes_context=True)
def start_lists(context):
    """A CountedList (worklist, number) for each Worklist that this person may see and its count."""
    return worklists.start_page(context["request"])
