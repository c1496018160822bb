"""Locks of a publishing transaction, taken in one order so that none waits for another in a circle (deadlock)."""

from drugs import audit
from drugs.models import Monograph
from drugs.publishing.errors import PublishingError
from drugs.search import counters


def lock_publishing() -> None:
    """Lock that keeps other publishers waiting until the transaction ends; may be taken again.

    Whoever publishes or withdraws takes it before any desk is locked.
    """
    audit.lock_log()
    counters.lock_counters()


def lock_monograph(monograph: Monograph, version: int | None) -> Monograph:
    """Row lock of a desk until the transaction ends: the Monograph as it is now.

    `version` is the one that somebody has read, or None; raises PublishingError if the desk has another one
    (optimistic locking).
    """
    monograph = Monograph.objects.select_for_update().get(pk=monograph.pk)
    if version is not None and version != monograph.version:
        raise PublishingError("The text has changed since you opened this page. Read it again first.")
    return monograph
