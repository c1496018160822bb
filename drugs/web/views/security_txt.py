"""View of security.txt (RFC 9116): whom to tell of a security hole, made from the site's own contact."""

import datetime
import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from drugs.web import site_texts
from drugs.web.kept_answers import kept_list

DAYS = 180  # RFC 9116, 2.5.5: less than a year ahead; the text is made anew every day
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@kept_list()
def security_txt(request: HttpRequest) -> HttpResponse:
    """404 while the site text `contact` names nobody; web addresses have to be https (RFC 9116, 2.5.3)."""
    contacts = _contacts(site_texts.load()["contact"])
    if not contacts:
        raise Http404
    expires = datetime.datetime.combine(timezone.now().date(), datetime.time()) + datetime.timedelta(
        days=DAYS
    )
    lines = [*(f"Contact: {contact}" for contact in contacts), f"Expires: {expires.isoformat()}Z"]
    lines.append(f"Preferred-Languages: {settings.LANGUAGE_CODE}")
    if settings.BASE_URL.startswith("https://"):
        lines.append(f"Canonical: {settings.BASE_URL}{reverse('drugs:security-txt')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _contacts(text):
    contacts = [f"mailto:{address}" for address in EMAIL.findall(text)[:1]]
    if text.strip() and settings.BASE_URL.startswith("https://"):
        contacts.append(f"{settings.BASE_URL}{reverse('drugs:about')}#contact")
    return contacts
