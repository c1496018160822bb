"""Views of the problem report, by which readers tell us what is wrong with a page: no session, no cookie, no trace.

What stands in the place of a CSRF token and keeps programs out: the check of the Origin header, a signed token
with a time trap (too fast or too old, `http.form_tokens`), a honeypot field, and a rate limit. Whoever is refused
gets the form back with all that was written.
"""

import logging
import secrets
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from drugs.content.countries import country
from drugs.http import form_tokens
from drugs.http.client_ip import client_address
from drugs.models import Edition, Publication
from drugs.web import article, problem_reports
from drugs.web.error_pages import UNAVAILABLE
from drugs.web.forms import ReportForm, sent
from drugs.web.lookup import find_publication
from drugs.web.responses import gone_or_moved, render_page

log = logging.getLogger(__name__)

PURPOSE = "drugs.report"
BODY_BYTES = 100_000  # the longest message takes 48,000 on its way


class Problem(NamedTuple):
    """Why a report is not kept: the status of the answer, and what its writer is told."""

    status: int
    words: Promise


TOO_LONG = Problem(413, _("This was too long for us to read. Please say it in fewer words."))
OTHER_ORIGIN = Problem(
    403, _("Your browser does not say that this comes from a page of ours. Please send it from this page.")
)
HONEYPOT_FILLED = Problem(
    403, _("Something filled in a field that people do not see. Please send it once more.")
)
# Of the token, by TokenError.why. "early" is the time trap.
TOKEN_PROBLEMS = {
    "forged": Problem(403, _("We could not check this form. Please read it once more and send it again.")),
    "early": Problem(403, _("That was very fast. Please read it once more and send it again.")),
    "late": Problem(
        403, _("This form was open for a long time. Please read it once more and send it again.")
    ),
}
RATE_LIMITED = Problem(
    429,
    _(
        "More reports have come from your network than we can read. Please keep your text and send it in an hour."
    ),
)
TOKEN_USED = Problem(
    403,
    _(
        "This form has already been sent. If you have more to tell us, please read it once more and send it again."
    ),
)
NOT_STORED = Problem(503, _("We cannot keep your report at the moment. Please send it again in a minute."))
RETRY_AFTER = {429: "3600", 503: "30"}  # seconds, by status


@never_cache
@csrf_exempt  # there is no session that another site could use; see above for what is checked instead
@require_http_methods(["GET", "HEAD", "POST"])
@gone_or_moved
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and what is sent with it."""
    if request.method == "POST":
        return _receive(request, slug)
    publication = find_publication(slug)
    form = ReportForm(sections=_sections(publication), initial={"token": _token(publication)})
    return _render_form(request, publication, form)


@never_cache
@csrf_exempt
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a report that was kept leads to."""
    publication = get_object_or_404(Publication, slug=slug)
    return render_page(request, "drugs/report_thanks.html", _context(publication))


def _receive(request: HttpRequest, slug: str) -> HttpResponse:
    """Keeps the report, or shows the form again with all that was written and what to do.

    A page that was withdrawn while somebody wrote still takes the report.
    """
    publication = get_object_or_404(Publication, slug=slug)
    fields, form_token, edition, problem = _check(request, publication)
    form = ReportForm(fields, sections=_sections(publication, edition))
    if form.is_valid() and not problem:
        problem = _store(request, publication, edition, form, form_token)
        if problem is TOKEN_USED:
            form.data = {**fields, "token": _token(publication)}
        if not problem:
            return redirect("drugs:report-thanks", slug)
    if problem:
        form.add_error(None, str(problem.words))
    return _render_form(request, publication, form, edition, problem.status if problem else 400)


def _check(
    request: HttpRequest, publication: Publication
) -> tuple[dict[str, str], str, Edition | None, Problem | None]:
    """The fields that were sent; what tells the form from all others; the old edition that they are about, or None for
    the current one; a Problem, or None.
    """
    small = is_small(request)
    fields = sent(request.POST if small else {}, ReportForm.base_fields)
    form_token, edition = "", None
    problem: Problem | None = None
    try:
        form_token, edition = _edition(publication, fields["token"])
    except form_tokens.TokenError as refused:
        problem = TOKEN_PROBLEMS[refused.why]
        if refused.why != "early":
            fields["token"] = _token(publication)
    if fields["website"]:
        fields["website"], problem = "", HONEYPOT_FILLED
    if not form_tokens.is_same_origin(request):
        problem = OTHER_ORIGIN
    return fields, form_token, edition, problem if small else TOO_LONG


def is_small(request: HttpRequest) -> bool:
    """Whether the body that was sent is short enough to be read."""
    try:
        return len(request.body) <= BODY_BYTES
    except RequestDataTooBig:
        return False
    except UnreadablePostError as error:  # its sender hung up
        raise BadRequest(str(error)) from error


def _token(publication: Publication) -> str:
    """A signed token that says which text the reader has before them, and when the form was opened; each is another."""
    facts = (publication.slug, publication.number, publication.sha256, secrets.token_hex(8))
    return form_tokens.make_token(PURPOSE, *facts)


def _edition(publication: Publication, token: str) -> tuple[str, Edition | None]:
    """What tells the form of `token` from others, and its Edition, None if it is the current one. Raises TokenError."""
    slug, number, sha256, *form = form_tokens.read_token(PURPOSE, token)
    if slug != publication.slug:
        raise form_tokens.TokenError("forged")
    if not form:  # made before forms were told apart
        raise form_tokens.TokenError("late")
    if (number, sha256) == (publication.number, publication.sha256):
        return form[0], None
    edition = Edition.objects.filter(monograph=publication.monograph_id, number=number, sha256=sha256).first()
    if not edition:
        raise form_tokens.TokenError("late")
    return form[0], edition


def _sections(publication, edition=None):
    shown = article.of_edition(edition) if edition else article.of_publication(publication)
    return [(entry.anchor, entry.heading) for entry in shown.contents]


def _store(
    request: HttpRequest, publication: Publication, edition: Edition | None, form: ReportForm, form_token: str
) -> Problem | None:
    """Hands a report on to be kept. A Problem if the rate limit or the database does not take it, or None."""
    text, fields = edition or publication, form.cleaned_data
    words = {
        "number": text.number,
        "sha256": text.sha256,
        "kind": fields["kind"],
        "section": fields["section"],
        "heading": form.headings.get(fields["section"], "")[:2000],
        "message": fields["message"],
    }
    try:
        problem_reports.accept_report(publication, words, address=client_address(request), token=form_token)
    except problem_reports.RateLimited:
        log.warning("A report on %s was not taken: too many came from one network.", publication.slug)
        return RATE_LIMITED
    except problem_reports.TokenUsed:
        return TOKEN_USED
    except UNAVAILABLE as error:
        log.error("A report on %s could not be kept: %s", publication.slug, error)
        return NOT_STORED
    return None


def _context(publication):
    return {"publication": publication, "country": country(settings.COUNTRY)}


def _render_form(request, publication, form, edition=None, status=200):
    context = {**_context(publication), "form": form, "text": edition or publication}
    response = render_page(request, "drugs/report.html", context, status=status)
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response
