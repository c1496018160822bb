"""Audit log, called the record of acts on the site: its only writer, and the proof that nobody changed it.

Each entry holds the hash of the one before (hash chain); `AuditEntry.compute_record` says what is hashed. What is so
since an act stands in its facts (`facts`), which `ledger` adds up.
"""

import datetime
import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from drugs import content
from drugs.audit import triggers
from drugs.audit.facts import Facts
from drugs.models import AuditEntry
from drugs.models.audit import ACTIONS, with_mark, without_mark

log = logging.getLogger("drugs.audit")  # the name that operators filter by, wherever this module lies

ADVISORY_LOCK = 0x6D65_6469_6E66_6F  # any number, as long as nothing else in the database uses it
LOCK_SECONDS = 10  # as long as SQLite waits; then the middleware answers 503
# Writers are let in one after the other: twenty editors ahead, each with half a second, are more than LOCK_SECONDS.
IMPORT_LOCK_SECONDS = 120
DETAIL_CHARS = 20_000
# By so much the clocks of two machines may differ. An act that is dated further back says so itself.
CLOCK_TOLERANCE = datetime.timedelta(hours=1)


def lock_log(seconds: int = LOCK_SECONDS) -> None:
    """Advisory lock that keeps others from adding entries until the transaction ends; may be called again.

    Raises OperationalError on PostgreSQL where others hold it for `seconds`: commands for which nobody waits give more.
    Whoever locks rows and then records calls this first, so that all take the two locks in the same order and
    none waits for another in a circle. On SQLite a transaction holds the whole database from its start.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{seconds:d}s'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


class Act(NamedTuple):
    """What `record` takes of one act, where many are recorded at once."""

    subject: str
    detail: str = ""
    facts: Sequence[Facts] = ()
    at: datetime.datetime | None = None


def record(
    who: str,
    action: str,
    subject: str = "",
    detail: str = "",
    *facts: Facts,
    at: datetime.datetime | None = None,
) -> AuditEntry:
    """A new entry for an act. Without it the act itself must fail: call it in one transaction.

    `who` is an account or a command, as text; `action` one of ACTIONS, else ValueError; `subject` what it was done
    to, `detail` what else is worth knowing. Neither may hold a secret or an address of the network: entries stay for
    ever. What is too long is cut, with a mark. `facts` say what is so from now on; `at` is when it was done.
    """
    return record_each(who, action, [Act(subject, detail, facts, at)])[0]


@transaction.atomic
def record_each(who: str, action: str, acts: Iterable[Act]) -> list[AuditEntry]:
    """A new entry for each of many `acts` of one kind, in their order, as `record` makes it."""
    if action not in ACTIONS:
        raise ValueError(f"{action!r} is no kind of act.")
    lock_log()
    last = AuditEntry.objects.order_by("-number").defer("facts", "detail").first()
    entries: list[AuditEntry] = []
    for act in acts:
        last = _next_entry(last, who, action, act)
        entries.append(last)
    AuditEntry.objects.bulk_create(entries)
    transaction.on_commit(lambda: _log(entries))
    return entries


def _next_entry(last, who, action, act):
    """The entry of `act` that follows the entry `last`, or None; not saved."""
    at = act.at or timezone.now()
    stated = {name: value for fact in act.facts for name, value in fact.items()}
    if last and at < last.at - CLOCK_TOLERANCE:
        stated["clock"] = last.at.astimezone(datetime.UTC).isoformat()
    text = content.canonical_json(stated) if stated else ""
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=at,
        who=_clipped(who, 200),
        action=action,
        object=_clipped(act.subject, 500),
        detail=with_mark(without_mark(_clipped(act.detail, DETAIL_CHARS)), text),
        facts=text,
        previous=last.record if last else "",
    )
    entry.record = entry.compute_record()
    return entry


def _log(entries):
    """Outside the database too, where whoever can rewrite the one may not reach. Nothing that a request sent is left
    out of the fields.
    """
    for entry in entries:
        fields = {"act": entry.number, "record": entry.record}
        log.info("%s (record %s)", entry, entry.record, extra={"fields": fields})


def head() -> tuple[int, str]:
    """The number and the record of the newest entry; 0 and empty if there is none."""
    return AuditEntry.objects.order_by("-number").values_list("number", "record").first() or (0, "")


def _clipped(text, limit):
    """`text` as the database can hold it, cut with a mark if it is too long."""
    text = str(text).replace("\0", "").encode("utf-8", "replace").decode()
    return text if len(text) <= limit else text[: limit - 2] + " …"


def verify() -> Iterator[str]:
    """Verification of the hash chain: a sentence for everything that is wrong; none if all of it is proved."""
    if missing := [
        name for name in triggers.missing(connection) if name.startswith(AuditEntry._meta.db_table)
    ]:
        yield f"The database does not protect the record of acts: {', '.join(missing)} missing."
    number, previous = 0, ""
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=500):
        if entry.number != number + 1:
            yield f"The record of acts goes from entry {number} to {entry.number}: what was between is gone."
        elif entry.previous != previous:
            yield f"Entry {entry.number} of the record of acts does not name the one before it."
        if entry.record != entry.compute_record():
            yield f"Entry {entry.number} of the record of acts is not what was written."
        if entry.facts and content.sha256(entry.facts) != entry.facts_sha256:
            yield f"What entry {entry.number} of the record of acts states is not what was written."
        number, previous = entry.number, entry.record


def lost_end() -> str:
    """What SQLite remembers of newest entries that were deleted, in a sentence; empty if none were, or on PostgreSQL.

    SQLite knows the last key that it has given. Whoever deletes entries may change that too, and few think of it.
    """
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [AuditEntry._meta.db_table])
        given = cursor.fetchone()
    last = AuditEntry.objects.aggregate(key=Max("pk"), number=Max("number"))
    if given and last["key"] and given[0] > last["key"]:
        return f"Entries behind number {last['number']} of the record of acts were deleted."
    return ""
