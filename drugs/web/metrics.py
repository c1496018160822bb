"""Metrics for Prometheus: counts, queues, latencies, and the age of the last backup and checkpoint.

Nothing about readers: no address, no search, no page by name. Latencies are those of the process that answers, and
say so by its number; everything else is of the whole site.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from drugs.http import latencies
from drugs.models import (
    AuditEntry,
    Checkpoint,
    ImportTask,
    LikelyDuplicate,
    ProblemReport,
    Publication,
    UnansweredQuery,
)
from drugs.models.reports import State

LAST_BACKUP = "last-backup"  # in the data folder: its time is when a backup was last proved

Labels = dict[str, str]
Samples = Iterable[tuple[Labels, float]]


def text() -> str:
    """All metrics in the text format of Prometheus, version 0.0.4."""
    return "".join(
        line
        for name, kind, words, samples in [*_of_site(), *_of_process()]
        for line in _family(name, kind, words, samples)
    )


def _family(name, kind, words, samples):
    yield f"# HELP {name} {words}\n# TYPE {name} {kind}\n"
    for labels, value in samples:
        # A histogram's parts are called after it: their ending comes as a label of its own.
        ending = labels.get("", "")
        pairs = ",".join(f'{key}="{text}"' for key, text in labels.items() if key)
        yield f"{name}{ending}{f'{{{pairs}}}' if pairs else ''} {value:.10g}\n"


def _of_site() -> Iterator[tuple[str, str, str, Samples]]:
    yield "medinfo_pages", "gauge", "Pages by what readers see of their review.", _pages()
    acts = AuditEntry.objects.aggregate(number=Max("number"))["number"] or 0
    yield "medinfo_acts_total", "counter", "Entries of the record of acts.", [({}, acts)]
    waiting = ProblemReport.objects.filter(state=State.OPEN)
    queues = {
        "reports": waiting.aggregate(count=Count("pk"), since=Min("created_at")),
        "imports": ImportTask.objects.filter(state__in=("running", "checked")).aggregate(
            count=Count("pk"), since=Min("uploaded_at")
        ),
        "overdue_reviews": _overdue(),
    }
    lists = {
        "searches_in_vain": UnansweredQuery.objects.count(),
        "duplicates": LikelyDuplicate.objects.count(),
    }
    counts = {name: queue["count"] for name, queue in queues.items()} | lists
    yield (
        "medinfo_queue",
        "gauge",
        "What waits for people of the desk.",
        [({"queue": name}, count) for name, count in counts.items()],
    )
    ages = [({"queue": name}, _age(queue["since"])) for name, queue in queues.items() if queue["since"]]
    yield "medinfo_queue_oldest_seconds", "gauge", "How long the oldest of them has waited.", ages
    yield "medinfo_backup_age_seconds", "gauge", "Since a backup was last written and proved.", _backup()
    last = Checkpoint.objects.order_by("-number").first()
    yield (
        "medinfo_checkpoint_age_seconds",
        "gauge",
        "Since the record of acts was last signed.",
        [({}, _age(last.made_at))] if last else [],
    )
    behind = acts - (last.number if last else 0)
    yield "medinfo_acts_since_checkpoint", "gauge", "Acts that no checkpoint covers.", [({}, behind)]


def _pages():
    today = timezone.localdate()
    public, reviewed = Q(withdrawn_at=None), Q(reviewed_on__isnull=False)
    counts = Publication.objects.aggregate(
        not_reviewed=Count("pk", filter=public & ~reviewed),
        reviewed=Count("pk", filter=public & reviewed & Q(review_due__gt=today)),
        overdue=Count("pk", filter=public & reviewed & Q(review_due__lte=today)),
        withdrawn=Count("pk", filter=~public),
    )
    return [({"status": status}, count) for status, count in counts.items()]


def _overdue():
    """How many reviews are overdue, and since which midnight the oldest."""
    due = Publication.objects.public().filter(review_due__lte=timezone.localdate())
    found = due.aggregate(count=Count("pk"), day=Min("review_due"))
    day = found["day"]
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "count": found["count"],
        "since": day and start.replace(year=day.year, month=day.month, day=day.day),
    }


def _age(moment):
    return max(0.0, (timezone.now() - moment).total_seconds())


def _backup() -> Samples:
    try:
        seconds = timezone.now().timestamp() - Path(settings.DATA_DIR, LAST_BACKUP).stat().st_mtime
    except OSError:
        return []
    return [({}, max(0.0, seconds))]


def _of_process() -> Iterator[tuple[str, str, str, Samples]]:
    process = {"process": str(os.getpid())}
    answered = sorted(latencies.answers().items())
    yield (
        "medinfo_requests_total",
        "counter",
        "Requests that this process has answered.",
        [({**process, "kind": kind, "status": status}, count) for (kind, status), count in answered],
    )
    samples: list[tuple[Labels, float]] = []
    for kind, rising, seconds in latencies.histogram():
        of_kind = {**process, "kind": kind}
        samples += [({"": "_bucket", **of_kind, "le": bound}, count) for bound, count in rising]
        samples += [({"": "_sum", **of_kind}, seconds), ({"": "_count", **of_kind}, rising[-1][1])]
    yield "medinfo_request_seconds", "histogram", "How long this process took for them.", samples
