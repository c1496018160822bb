"""Views of checkpoints: the signed heads of the record of acts, for whoever keeps them as a witness."""

from django.http import Http404, HttpRequest, HttpResponse

from drugs.models import Checkpoint
from drugs.web.kept_answers import kept_list
from drugs.web.responses import render_page

SHOWN = 100


@kept_list()
def newest_checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed note, as text; 404 on a site that signs none."""
    checkpoint = Checkpoint.objects.last()
    if checkpoint is None:
        raise Http404
    return HttpResponse(checkpoint.note, content_type="text/plain; charset=utf-8")


@kept_list()
def checkpoint_list(request: HttpRequest) -> HttpResponse:
    """The newest notes, and the public keys that prove them."""
    checkpoints = list(Checkpoint.objects.order_by("-id")[:SHOWN])
    keys = list(dict.fromkeys(checkpoint.key for checkpoint in checkpoints))
    return render_page(request, "drugs/checkpoints.html", {"checkpoints": checkpoints, "keys": keys})
