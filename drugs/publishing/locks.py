"""Locks of a publishing transaction, always taken in one order."""

from drugs import audit
from drugs.models import Monograph
from drugs.publishing.errors import PublishingError
from drugs.search import counters


def lock_publishing():
    """Keeps other publishers waiting until the transaction ends; may be called again.

    Whoever publishes or withdraws calls this before any desk is locked, so that all take these locks in one order
    and none waits for another in a circle.
    """
    audit.lock_log()
    counters.lock_counters()


def lock_monograph(monograph, version):
    """The row of `monograph`, held until the transaction ends; `version` is what somebody has read, or None."""
    monograph = Monograph.objects.select_for_update().get(pk=monograph.pk)
    if version is not None and version != monograph.version:
        raise PublishingError("The text has changed since you opened this page. Read it again first.")
    return monograph
