"""The live preview of Markdown: the address behind the editor's preview pane, and the one that refuses uploads.

Answers are always one sentence with a status and never a redirect: the editor shows whatever comes back.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from drugs.accounts.admin_site import may_enter_desk
from drugs.content.markdown import MAX_CHARS, render

View = Callable[[HttpRequest], HttpResponse]


def _may_write(user: User | AnonymousUser) -> bool:
    permissions = ("drugs.change_monograph", "drugs.add_monograph", "drugs.change_sitetext")
    return may_enter_desk(user) and any(user.has_perm(permission) for permission in permissions)


def editors_only(view: View) -> View:
    """A permission check for those who may write; the others read a sentence in the place of the preview (403)."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        if not _may_write(request.user):
            return HttpResponse("<p>No preview: please log in again in another tab.</p>", status=403)
        return view(request)

    return inner


@require_POST
@never_cache
@editors_only
def preview(request: HttpRequest) -> HttpResponse:
    """The sanitised HTML of the field `content`; 400 if that is missing or longer than MAX_CHARS."""
    text = request.POST.get("content")
    if text is None or len(text) > MAX_CHARS:
        return HttpResponse("<p>No preview: the text is missing or too long.</p>", status=400)
    return HttpResponse(render(text))


@require_POST
@never_cache
@editors_only
def upload_refused(request: HttpRequest) -> HttpResponse:
    """The refusal of every image upload (403), in the JSON that django-markdownx's script shows to the editor."""
    return JsonResponse({"image": ["Files cannot be uploaded here."]}, status=403)
