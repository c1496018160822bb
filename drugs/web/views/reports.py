"""The form by which readers tell us what is wrong with a page, without session, cookie or any trace of them."""

import logging
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect
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
    words: str


TOO_LONG = Problem(413, _("This was too long for us to read. Please say it in fewer words."))
FOREIGN = Problem(
    403, _("Your browser does not say that this comes from a page of ours. Please send it from this page.")
)
FILLED = Problem(403, _("Something filled in a field that people do not see. Please send it once more."))
REFUSED = {
    "forged": Problem(403, _("We could not check this form. Please read it once more and send it again.")),
    "early": Problem(403, _("That was very fast. Please read it once more and send it again.")),
    "late": Problem(
        403, _("This form was open for a long time. Please read it once more and send it again.")
    ),
}
TOO_MANY = Problem(
    429, _("More reports have come in than we can read. Please keep your text and send it in an hour.")
)
NO_ROOM = Problem(503, _("We cannot keep your report at the moment. Please send it again in a minute."))
WAIT = {429: "3600", 503: "30"}  # seconds


@never_cache
@csrf_exempt  # there is no session that another site could use; `forgery` says what is asked instead
@require_http_methods(["GET", "HEAD", "POST"])
@gone_or_moved
def report(request, slug):
    if request.method == "POST":
        return _receive(request, slug)
    publication = find_publication(slug)
    form = ReportForm(sections=_sections(publication), initial={"token": _token(publication)})
    return _show(request, publication, form)


@never_cache
@require_safe
def thanks(request, slug):
    publication = get_object_or_404(Publication, slug=slug)
    return render_page(request, "drugs/report_thanks.html", _frame(publication))


def _receive(request, slug):
    """Keeps the report, or shows the form again with all that was written and what to do.

    A page that was withdrawn while somebody wrote still takes the report.
    """
    publication = get_object_or_404(Publication, slug=slug)
    fields, edition, problem = _judge(request, publication)
    form = ReportForm(fields, sections=_sections(publication, edition))
    if form.is_valid() and not problem:
        problem = _keep(request, publication, edition, form)
        if not problem:
            return redirect("drugs:report-thanks", slug)
    if problem:
        form.add_error(None, problem.words)
    return _show(request, publication, form, edition, problem.status if problem else 400)


def _judge(request, publication):
    """What was sent; the old edition it is about, or None for the current one; a Problem, or None."""
    small = _is_small(request)
    fields = sent(request.POST if small else {}, ReportForm.base_fields)
    edition, problem = None, None
    try:
        edition = _edition(publication, fields["token"])
    except form_tokens.TokenError as refused:
        problem = REFUSED[refused.why]
        if refused.why != "early":
            fields["token"] = _token(publication)
    if fields["link"]:
        fields["link"], problem = "", FILLED
    if not form_tokens.is_same_origin(request):
        problem = FOREIGN
    return fields, edition, problem if small else TOO_LONG


def _is_small(request):
    try:
        return len(request.body) <= BODY_BYTES
    except RequestDataTooBig:
        return False
    except UnreadablePostError as error:  # its sender hung up
        raise BadRequest(str(error)) from error


def _token(publication):
    """What the form says, sealed, about the text that its reader has before them."""
    return form_tokens.make_token(PURPOSE, publication.slug, publication.number, publication.sha256)


def _edition(publication, token):
    """The Edition that `token` names, or None if it is the current one. Raises forgery.Refused."""
    slug, number, sha256 = form_tokens.read_token(PURPOSE, token)
    if slug != publication.slug:
        raise form_tokens.TokenError("forged")
    if (number, sha256) == (publication.number, publication.sha256):
        return None
    edition = Edition.objects.filter(monograph=publication.monograph_id, number=number, sha256=sha256).first()
    if not edition:
        raise form_tokens.TokenError("late")
    return edition


def _sections(publication, edition=None):
    return article.of_edition(edition).contents if edition else article.of_publication(publication).contents


def _keep(request, publication, edition, form):
    """Hands the report over. A Problem, or None."""
    text, said = edition or publication, form.cleaned_data
    words = {
        "number": text.number,
        "sha256": text.sha256,
        "kind": said["kind"],
        "section": said["section"],
        "heading": form.headings.get(said["section"], "")[:2000],
        "message": said["message"],
    }
    try:
        problem_reports.accept_report(publication, words, address=client_address(request))
    except problem_reports.TooMany:
        log.warning("No more reports on %s are taken within this hour.", publication.slug)
        return TOO_MANY
    except UNAVAILABLE as error:
        log.error("A report on %s could not be kept: %s", publication.slug, error)
        return NO_ROOM
    return None


def _frame(publication):
    return {"publication": publication, "country": country(settings.COUNTRY)}


def _show(request, publication, form, edition=None, status=200):
    context = {**_frame(publication), "form": form, "text": edition or publication}
    response = render_page(request, "drugs/report.html", context, status=status)
    if status in WAIT:
        response.headers["Retry-After"] = WAIT[status]
    return response
