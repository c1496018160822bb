"""Taking over: an act that states the database as it is found, so that what was done past the site can stand."""

from django.db import transaction

from drugs import audit
from drugs.audit import facts
from drugs.backups.cross_proofs import acts_against_the_database
from drugs.backups.integrity import audit_chain, current_publications, edition_chains, first_fault, verify
from drugs.models import AuditEntry
from drugs.publishing import change_log

BY = "verify --take-over"
NAMED = 50  # faults that the act names; more are counted


class Refused(Exception):
    """Refusal to take something over: why, in sentences for the operator."""


@transaction.atomic
def take_over(reason: str) -> AuditEntry:
    """The act that names what acts contradict, why it stands, and states the whole database anew. Raises Refused.

    Editions and acts whose hashes are wrong cannot be taken over: no act makes them true.
    """
    if not reason.strip():
        raise Refused("Say why: the record of acts keeps it for ever.")
    audit.lock_log()
    if fault := first_fault((edition_chains, audit_chain, current_publications)):
        raise Refused(f"This cannot be taken over. {fault}")
    faults = [fault.message for fault in verify((acts_against_the_database,)) if not fault.warning]
    if not faults:
        raise Refused("There is nothing to take over: acts and database agree.")
    change_log.catch_up()
    more = f" And {len(faults) - NAMED} more." if len(faults) > NAMED else ""
    detail = f"{reason.strip()} Taken over: {' '.join(faults[:NAMED])}{more}"
    return audit.record(BY, "found", "what the site held", detail, *facts.everything())
