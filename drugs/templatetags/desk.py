"""Template tag of the admin's start page."""

from django import template
from django.template import Context

from drugs.admin.start_page import StartPage, start_page

register = template.Library()


@register.simple_tag(takes_context=True)
def my_work(context: Context) -> StartPage:
    """What this person's start page shows."""
    return start_page(context["request"])
