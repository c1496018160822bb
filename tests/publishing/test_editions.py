"""Editions: publishing freezes the desk, and the database keeps what was frozen."""

import datetime
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from drugs import desk, publishing
from drugs.audit import triggers
from drugs.content import Document, Name, sha256
from drugs.models import Edition, Monograph, Publication
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.clock import today_is

pytestmark = pytest.mark.django_db


def publish(monograph, **overrides):
    return publishing.publish(monograph, **{"by": "test", "kind": "clarity", "note": "Changed.", **overrides})


def rewrite(monograph, **overrides):
    return desk.write(make_document(**overrides), by="writer", monograph=monograph)


def test_an_edition_holds_the_document_s_bytes_and_their_hash():
    publication = publish_document()
    edition = publication.edition
    assert Document.from_json(edition.document) == make_document()
    assert edition.sha256 == sha256(edition.document) == publication.sha256
    assert edition.record == edition.compute_record()
    assert (edition.number, edition.previous) == (1, "")


def test_each_edition_names_the_record_of_the_one_before():
    monograph = make_monograph()
    first = publish(monograph)
    rewrite(monograph, title="Examplol forte")
    second = publish(monograph)
    assert (second.number, second.previous) == (2, first.record)
    publication = Publication.objects.get()
    assert (publication.number, publication.title, publication.edition) == (2, "Examplol forte", second)


def test_publishing_what_is_current_already_says_so():
    monograph = make_monograph()
    publish(monograph)
    with pytest.raises(publishing.PublishingError, match="Nothing has changed"):
        publish(monograph)
    assert Edition.objects.count() == 1


def test_a_page_with_nothing_but_a_title_is_held_back():
    monograph = make_monograph(sections=(), side_effects=(), faqs=())
    with pytest.raises(publishing.Blocked, match="nothing but a title"):
        publish(monograph)
    assert not Edition.objects.exists() and not Publication.objects.exists()


def test_a_typo_keeps_the_review_and_says_of_which_edition():
    monograph = make_monograph()
    publish(monograph, review=make_review())
    warning, uses, *others = make_document().sections
    rewrite(
        monograph, sections=(warning, replace(uses, body=uses.body.replace("It also", "it also")), *others)
    )
    kept = publish(monograph, kind="typo")
    assert (kept.reviewed_by, kept.review_of, kept.number) == ("Pat Doe", 1, 2)
    rewrite(monograph, title="Examplol forte")
    lost = publish(monograph, kind="clarity")
    assert (lost.reviewed_by, lost.reviewed_on, lost.review_of) == ("", None, None)
    assert Publication.objects.get().status == "not_reviewed"


def test_a_review_is_overdue_from_the_day_on_which_it_falls_due():
    publication = publish_document(review=make_review())
    for day, status in ((21, "reviewed"), (22, "overdue")):
        with today_is(datetime.date(2029, 11, day)):
            assert publication.status == status


def test_withdrawing_needs_a_reason_and_keeps_every_edition():
    publication = publish_document()
    with pytest.raises(publishing.PublishingError):
        publishing.withdraw(publication, reason=" ", by="test")
    withdrawn = publishing.withdraw(publication, reason="No longer sold.", by="test")
    assert withdrawn.status == "withdrawn"
    assert not Publication.objects.public().exists()
    assert Edition.objects.count() == 1


def test_a_monograph_with_editions_cannot_be_deleted():
    publication = publish_document()
    with pytest.raises(ProtectedError):
        publication.monograph.delete()


CHANGES = {
    "save": lambda edition: edition.save(),
    "update": lambda edition: Edition.objects.filter(pk=edition.pk).update(note="x"),
    "bulk_update": lambda edition: Edition.objects.bulk_update([edition], ["note"]),
    "delete": lambda edition: Edition.objects.filter(pk=edition.pk)._raw_delete("default"),
    "raw update": lambda edition: run("UPDATE drugs_edition SET note = 'x'"),
    "raw delete": lambda edition: run("DELETE FROM drugs_edition"),
    "upsert": lambda edition: Edition.objects.bulk_create(
        [copy_of(edition, pk=edition.pk)], update_conflicts=True, unique_fields=["id"], update_fields=["note"]
    ),
    "same number": lambda edition: copy_of(edition, record="b" * 64).save(force_insert=True),
    "number with a gap": lambda edition: copy_of(
        edition, number=3, previous=edition.record, record="b" * 64
    ).save(force_insert=True),
    "wrong predecessor": lambda edition: copy_of(edition, number=2, previous="a" * 64, record="b" * 64).save(
        force_insert=True
    ),
}


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def copy_of(edition, **overrides):
    values = {field.attname: getattr(edition, field.attname) for field in Edition._meta.concrete_fields}
    return Edition(**{**values, "id": None, **overrides})


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_an_edition(change):
    edition = publish_document().edition
    with pytest.raises(DatabaseError), transaction.atomic():
        CHANGES[change](edition)
    fresh = Edition.objects.get()
    assert fresh.record == fresh.compute_record() == edition.record


def test_sqlite_cannot_replace_an_edition_either():
    edition = publish_document().edition
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's.")
    columns = ", ".join(field.column for field in Edition._meta.concrete_fields)
    with pytest.raises(DatabaseError), transaction.atomic():
        run(f"INSERT OR REPLACE INTO drugs_edition ({columns}) SELECT {columns} FROM drugs_edition")
    assert Edition.objects.get().record == edition.record


def test_nothing_is_published_while_the_triggers_are_missing():
    monograph = make_monograph()
    triggers.remove(connection)
    with pytest.raises(publishing.PublishingError, match="not protected"):
        publish(monograph)
    triggers.install(connection)
    assert publish(monograph).number == 1


def test_the_desk_alone_is_never_public():
    make_monograph()
    assert Monograph.objects.count() == 1
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("title", "letter"),
    [("Examplol", "e"), ("élan", "e"), ("5-Examplol", "0"), ("(R)-Examplol", "r"), ("Ω", "0")],
)
def test_a_title_stands_under_its_first_letter(title, letter):
    assert publish_document(title=title).letter == letter


def test_the_summary_is_the_first_sentence_of_the_uses():
    assert publish_document().summary == "It lowers high blood pressure."


def test_a_text_that_no_page_can_hold_is_not_published():
    names = tuple(Name(f"Examplol of the long name number {number}", "synonym") for number in range(900))
    with pytest.raises(publishing.PublishingError, match="front matter"):
        publish(make_monograph(names=names))
    assert not Edition.objects.exists()
