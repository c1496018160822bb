"""Views of a share link: one revision of a desk for whoever holds the address, and the comments that it takes.

No session and no cookie: the signed address is all there is. In the place of a CSRF token stand a signed form token
with a time trap, what the browser says of where the form stood, a honeypot, and the limits of link and address.
Whatever is no open link, for whatever reason, gets one and the same page.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from drugs.content.markdown import without_links
from drugs.desk import share_links
from drugs.desk.share_links import SharedText
from drugs.http import form_tokens
from drugs.http.client_ip import client_address
from drugs.web import article, sender_limits
from drugs.web.forms import CommentForm, sent
from drugs.web.views.reports import (
    HONEYPOT_FILLED,
    OTHER_ORIGIN,
    RETRY_AFTER,
    TOKEN_PROBLEMS,
    TOO_LONG,
    Problem,
    is_small,
)

log = logging.getLogger(__name__)

PURPOSE = "drugs.share-comment"
FULL = Problem(403, _("This draft takes no more comments. Please write to whoever sent you the link."))
ENDED = Problem(403, _("This link has ended meanwhile. Please write to whoever sent it to you."))
TOO_MANY = Problem(
    429, _("Too many comments have come from your network. Please keep your text and send it in an hour.")
)
FROM_ADDRESS = 40  # comments in an hour, by all links
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@csrf_exempt  # there is no session that another site could use; see above for what is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
def shared_text(request: HttpRequest, token: str) -> HttpResponse:
    """The text of the link with this token and the form of a comment; POST keeps one."""
    shared = share_links.find(token)
    if shared is None:
        response = render(request, "drugs/share_ended.html", status=404)
    elif request.method == "POST":
        response = _receive(request, shared, token)
    else:
        response = _page(request, shared, token, _empty_form(shared), thanks="sent" in request.GET)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _empty_form(shared: SharedText) -> CommentForm:
    return CommentForm(sections=_sections(shared), initial={"token": _form_token(shared)})


def _form_token(shared: SharedText) -> str:
    return form_tokens.make_token(PURPOSE, shared.link.pk)


def _sections(shared: SharedText) -> list[tuple[str, str]]:
    return [(entry.anchor, entry.heading) for entry, _html in article.sections(shared.document)]


def _receive(request: HttpRequest, shared: SharedText, token: str) -> HttpResponse:
    """Keeps a comment, or shows the form again with all that was written and what to do."""
    small = is_small(request)
    fields = sent(request.POST if small else {}, CommentForm.base_fields)
    problem = _objection(request, shared, fields) if small else TOO_LONG
    form = CommentForm(fields, sections=_sections(shared))
    if form.is_valid() and not problem:
        problem = _keep(request, shared, form)
        if not problem:
            return HttpResponseRedirect(f"{reverse('drugs:shared-text', args=[token])}?sent#comment")
    if problem:
        form.add_error(None, str(problem.words))
    return _page(request, shared, token, form, status=problem.status if problem else 400)


def _objection(request: HttpRequest, shared: SharedText, fields: dict[str, str]) -> Problem | None:
    """Why what was sent is not taken, whatever it says; `fields` get another token where they need one."""
    problem: Problem | None = None
    try:
        if form_tokens.read_token(PURPOSE, fields["token"]) != [shared.link.pk]:
            raise form_tokens.TokenError("forged")
    except form_tokens.TokenError as refused:
        problem = TOKEN_PROBLEMS[refused.why]
        if refused.why != "early":
            fields["token"] = _form_token(shared)
    if fields["website"]:
        fields["website"], problem = "", HONEYPOT_FILLED
    return OTHER_ORIGIN if form_tokens.is_cross_site(request) else problem


def _keep(request: HttpRequest, shared: SharedText, form: CommentForm) -> Problem | None:
    limits = {sender_limits.counter("share-comments", client_address(request)): FROM_ADDRESS}
    if sender_limits.is_reached(limits):
        log.warning("A comment by a link was not taken: too many came from one network.")
        return TOO_MANY
    said = form.cleaned_data
    anchor = said["section"]
    try:
        share_links.comment_by_link(
            shared, name=said["name"], text=said["text"], anchor=anchor, heading=form.headings.get(anchor, "")
        )
    except share_links.LinkFull:
        return FULL
    except share_links.LinkRefused:
        return ENDED
    sender_limits.count(limits)
    return None


def _page(
    request: HttpRequest,
    shared: SharedText,
    token: str,
    form: CommentForm,
    thanks: bool = False,
    status: int = 200,
) -> HttpResponse:
    document = shared.document
    left = share_links.MOST_COMMENTS - shared.link.comments.count()
    context: Mapping[str, Any] = {
        "link": shared.link,
        "document": document,
        "token": token,
        "form": form,
        "thanks": thanks,
        "left": left,
        "sections": [(entry.heading, without_links(html)) for entry, html in article.sections(document)],
        "sources": [reference for reference in document.references if reference.url],
    }
    response = render(request, "drugs/share.html", context, status=status)
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response
