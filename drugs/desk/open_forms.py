"""Open forms: who else has opened the change form of a page lately and may be writing. It locks nobody out."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from drugs.models import Monograph, OpenForm

LATELY = timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=1)  # so that whoever reloads a page does not write each time


def note_open(monograph: Monograph, who: str) -> list[OpenForm]:
    """The others who opened the form within LATELY, the newest first; that `who` has opened it is noted."""
    now = timezone.now()
    rows = list(OpenForm.objects.filter(monograph=monograph, at__gt=now - LATELY).order_by("-at"))
    mine = next((row for row in rows if row.who == who), None)
    if mine is None or now - mine.at > NOTED_EVERY:
        OpenForm.objects.update_or_create(monograph=monograph, who=who, defaults={"at": now})
    return [row for row in rows if row.who != who]


def note_closed(monograph: Monograph, who: str) -> None:
    """`who` has saved, and goes on elsewhere; what nobody closed is forgotten with it after a day."""
    forgotten = Q(at__lt=timezone.now() - timedelta(days=1))
    OpenForm.objects.filter(Q(monograph=monograph, who=who) | forgotten).delete()
