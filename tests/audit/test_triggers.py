"""Append-only tables: the triggers that refuse to change the audit log, and how their absence is found out."""

import pytest
from django.db import DatabaseError, connection, transaction

from drugs import audit, publishing
from drugs.audit import triggers
from drugs.models import AuditEntry
from tests.support.builders import make_monograph

pytestmark = pytest.mark.django_db


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


CHANGES = {
    "save": lambda entry: entry.save(),
    "update": lambda entry: AuditEntry.objects.update(who="x"),
    "delete": lambda entry: AuditEntry.objects.filter(pk=entry.pk)._raw_delete("default"),
    "raw update": lambda entry: run("UPDATE drugs_auditentry SET who = 'x'"),
    "raw delete": lambda entry: run("DELETE FROM drugs_auditentry"),
    "upsert": lambda entry: AuditEntry.objects.bulk_create(
        [copy_of(entry, pk=entry.pk)], update_conflicts=True, unique_fields=["id"], update_fields=["who"]
    ),
    "same number": lambda entry: copy_of(entry, record="b" * 64).save(force_insert=True),
    "a gap": lambda entry: copy_of(entry, number=3, previous=entry.record, record="b" * 64).save(),
    "another predecessor": lambda entry: copy_of(entry, number=2, previous="a" * 64, record="b" * 64).save(),
}


def copy_of(entry, **overrides):
    values = {field.attname: getattr(entry, field.attname) for field in AuditEntry._meta.concrete_fields}
    return AuditEntry(**{**values, "id": None, **overrides})


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_the_record(change):
    entry = audit.record("pat", "logged_in")
    with pytest.raises(DatabaseError), transaction.atomic():
        CHANGES[change](entry)
    assert AuditEntry.objects.get().record == entry.record


def test_neither_replace_nor_truncate_takes_an_entry_away():
    entry = audit.record("pat", "logged_in")
    columns = ", ".join(field.column for field in AuditEntry._meta.concrete_fields)
    sql = {
        "sqlite": f"INSERT OR REPLACE INTO drugs_auditentry ({columns}) SELECT {columns} FROM drugs_auditentry",
        "postgresql": "TRUNCATE drugs_auditentry",
    }[connection.vendor]
    with pytest.raises(DatabaseError), transaction.atomic():
        run(sql)
    assert AuditEntry.objects.get().record == entry.record


def test_an_entry_that_follows_cannot_replace_another_row():
    entry = audit.record("pat", "logged_in")
    with pytest.raises(DatabaseError), transaction.atomic():
        run(
            ("INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT") + " INTO drugs_auditentry "
            "(id, number, at, who, action, object, detail, previous, record) "
            "SELECT id, 2, at, 'eve', action, object, detail, record, 'b' FROM drugs_auditentry"
        )
    assert AuditEntry.objects.get().record == entry.record


FORGERIES = {
    "UPDATE drugs_auditentry SET who = 'eve' WHERE number = 2": "Entry 2 of the record of acts is not what was",
    "UPDATE drugs_auditentry SET previous = record WHERE number = 3": "Entry 3 of the record of acts does not name",
    "DELETE FROM drugs_auditentry WHERE number = 2": "goes from entry 1 to 3: what was between is gone",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_whoever_goes_round_the_triggers_is_found_out(forgery):
    for who in ("pat", "zoe", "adam"):
        audit.record(who, "logged_in")
    triggers.remove(connection)
    run(forgery)
    found = list(audit.verify())
    assert "does not protect the record of acts" in found[0]
    triggers.install(connection)
    assert any(FORGERIES[forgery] in sentence for sentence in audit.verify())


def test_newest_entries_that_were_deleted_are_missed():
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite remembers the last key that it gave.")
    for who in ("pat", "zoe"):
        audit.record(who, "logged_in")
    triggers.remove(connection)
    run("DELETE FROM drugs_auditentry WHERE number = 2")
    triggers.install(connection)
    assert audit.lost_end() == "Entries behind number 1 of the record of acts were deleted."
    audit.record("pat", "logged_in")
    assert audit.lost_end() == ""


IDLE = {  # triggers that stand there and do nothing
    "sqlite": ["""
        DROP TRIGGER drugs_auditentry_no_update""", """
        CREATE TRIGGER drugs_auditentry_no_update BEFORE UPDATE ON drugs_auditentry BEGIN SELECT 1; END"""],
    "postgresql": ["""
        CREATE OR REPLACE FUNCTION drugs_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RETURN NEW; END'"""],
    "postgresql, in no session": ["ALTER TABLE drugs_auditentry ENABLE REPLICA TRIGGER drugs_auditentry_no_update"],
    "postgresql, at no column": ["""
        DROP TRIGGER drugs_auditentry_no_update ON drugs_auditentry""", """
        CREATE TRIGGER drugs_auditentry_no_update BEFORE INSERT ON drugs_auditentry
        FOR EACH ROW EXECUTE FUNCTION drugs_auditentry_follow()"""],
    "postgresql, under a condition": ["""
        DROP TRIGGER drugs_auditentry_no_update ON drugs_auditentry""", """
        CREATE TRIGGER drugs_auditentry_no_update BEFORE UPDATE OR DELETE ON drugs_auditentry
        FOR EACH ROW WHEN (OLD.number < 0) EXECUTE FUNCTION drugs_auditentry_refuse()"""],
}  # fmt: skip


@pytest.mark.parametrize("idle", IDLE)
def test_a_trigger_that_does_nothing_counts_as_missing(idle):
    if idle.split(",")[0] != connection.vendor:
        pytest.skip("This is about the other database.")
    audit.record("pat", "logged_in")
    assert triggers.missing(connection) == []
    for sql in IDLE[idle]:
        run(sql)
    run("UPDATE drugs_auditentry SET who = 'eve'")
    assert "drugs_auditentry_no_update" in triggers.missing(connection)
    assert "does not protect the record of acts" in list(audit.verify())[0]
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_nothing_is_published_while_the_record_is_not_protected():
    monograph = make_monograph()
    run(
        "DROP TRIGGER drugs_auditentry_no_update" + (" ON drugs_auditentry" * (connection.vendor != "sqlite"))
    )
    with pytest.raises(publishing.PublishingError, match="drugs_auditentry_no_update missing"):
        publishing.publish(monograph, by="test", kind="clarity", note="x")
