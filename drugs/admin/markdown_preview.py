"""What does a text look like to readers? The address behind the live preview, and the one that takes no files.

Answers are always one sentence with a status and never a redirect: the editor shows whatever comes back.
"""

from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from drugs.accounts.admin_site import may_enter_desk
from drugs.content.markdown import MAX_CHARS, render


def _writes(user):
    rights = ("drugs.change_monograph", "drugs.add_monograph", "drugs.change_sitetext")
    return may_enter_desk(user) and any(user.has_perm(right) for right in rights)


def editors_only(view):
    """Lets in only those who may write; the others read a sentence in the place of the preview."""

    @wraps(view)
    def inner(request):
        if not _writes(request.user):
            return HttpResponse("<p>No preview: please log in again in another tab.</p>", status=403)
        return view(request)

    return inner


@require_POST
@never_cache
@editors_only
def preview(request):
    text = request.POST.get("content")
    if text is None or len(text) > MAX_CHARS:
        return HttpResponse("<p>No preview: the text is missing or too long.</p>", status=400)
    return HttpResponse(render(text))


@require_POST
@never_cache
@editors_only
def upload_refused(request):
    return JsonResponse({"image": ["Files cannot be uploaded here."]}, status=403)
