"""Template tags of the admin: its start page, the rail of every page, and the way that led to it."""

from typing import NamedTuple

from django import template
from django.template import Context
from django.urls import reverse

from drugs.admin.start_page import StartPage, start_page
from drugs.models import Monograph

register = template.Library()

# Name, address, and the permission that shows it; in the order of the rail.
PLACES = (
    ("Work", "admin:index", ""),
    ("Medicines", "admin:drugs_monograph_changelist", "drugs.view_monograph"),
    ("Search the texts", "admin:drugs_monograph_texts", "drugs.view_monograph"),
    ("Reports", "admin:drugs_problemreport_changelist", "drugs.view_problemreport"),
    ("Searches without result", "admin:drugs_unansweredquery_changelist", "drugs.view_unansweredquery"),
    ("Likely duplicates", "admin:drugs_likelyduplicate_changelist", "drugs.view_likelyduplicate"),
    ("Imports", "admin:drugs_importtask_changelist", "drugs.view_importtask"),
    ("Editions", "admin:drugs_edition_changelist", "drugs.view_edition"),
    ("People", "admin:auth_user_changelist", "auth.view_user"),
    ("Site texts", "admin:drugs_sitetext_changelist", "drugs.view_sitetext"),
    ("Recorded acts", "admin:drugs_auditentry_changelist", "drugs.view_auditentry"),
)


class Place(NamedTuple):
    name: str
    url: str
    is_here: bool


@register.simple_tag(takes_context=True)
def my_work(context: Context) -> StartPage:
    """What this person's start page shows."""
    return start_page(context["request"])


@register.simple_tag(takes_context=True)
def desk_places(context: Context) -> list[Place]:
    """The parts of the desk that this person may see; the longest address that the present one begins with is here."""
    request = context["request"]
    seen = [(name, reverse(url)) for name, url, right in PLACES if not right or request.user.has_perm(right)]
    around = [
        url for name, url in seen if request.path.startswith(url) and (name != "Work" or request.path == url)
    ]
    here = max(around, key=len, default="")
    return [Place(name, url, url == here) for name, url in seen]


@register.simple_tag(takes_context=True)
def way_here(context: Context) -> list[Place]:
    """The places above the present page: the start, the part of the desk, and the medicine that the page is about."""
    start, *parts = desk_places(context)
    above = [start, *(place for place in parts if place.is_here and place.url != context["request"].path)]
    about = context.get("original") or context.get("object")
    if isinstance(about, Monograph) and about.pk and context.get("title") != about.title:
        above.append(Place(about.title, reverse("admin:drugs_monograph_change", args=[about.pk]), False))
    return above if not start.is_here else []
