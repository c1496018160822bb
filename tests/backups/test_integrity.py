"""Integrity checks (`verify`): whatever was changed behind the site's back is found, with what to do about it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from drugs import desk, publishing
from drugs.audit import triggers
from drugs.backups.integrity import verify
from drugs.content import sha256
from drugs.models import Edition, Publication, PublishedEffect, SearchName
from drugs.search import index
from tests.support.builders import make_document, make_review, publish_document, publish_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    """The publication of two editions, the second one signed."""
    publication = publish_document()
    monograph = publication.monograph
    desk.write(make_document(title="Examplol forte"), by="writer", monograph=monograph)
    publishing.publish(monograph, by="test", kind="clarity", note="Stronger.", review=make_review())
    publishing.withdraw(publish_document(slug="gone", title="Gone"), reason="Wrong.", by="test")
    return Publication.objects.get(slug="examplol")


def found():
    return "\n".join(map(str, verify()))


def behind_its_back(**columns):
    triggers.remove(connection)
    Edition.objects.filter(monograph__slug="examplol", number=1).update(**columns)
    triggers.install(connection)


def test_a_whole_database_is_said_to_be_whole(published, capsys):
    call_command("verify")
    assert capsys.readouterr().out == "3 editions of 2 pages: all is as it was written.\n"


def test_a_changed_text_is_found_even_with_its_hash_changed_too(published):
    behind_its_back(document="{}")
    assert "examplol, edition 1: the text is not the one that was published" in found()
    behind_its_back(document="{}", sha256=sha256("{}"))
    assert "the text is not" not in found()
    assert "examplol, edition 1: something of it was changed later" in found()


@pytest.mark.parametrize(
    "columns",
    [{"published_by": "nobody"}, {"note": "x"}, {"kind": "safety"}],
    ids=lambda value: next(iter(value)),
)
def test_whatever_is_changed_beside_the_text_is_found(published, columns):
    behind_its_back(**columns)
    assert "edition 1: something of it was changed later" in found()


def test_an_edition_whose_hashes_were_made_anew_breaks_the_chain(published):
    edition = Edition.objects.get(monograph__slug="examplol", number=1)
    edition.note = "Another."
    behind_its_back(note=edition.note, record=edition.compute_record())
    assert "examplol, edition 2: it does not follow the edition before it" in found()


def test_a_deleted_edition_is_found_first_middle_or_last(published):
    triggers.remove(connection)
    Edition.objects.filter(monograph__slug="examplol", number=1).delete()
    assert "examplol, edition 2: editions are missing" in found()


def test_a_page_that_does_not_show_the_newest_edition_is_found(published):
    first = Edition.objects.get(monograph__slug="examplol", number=1)
    Publication.objects.filter(pk=published.pk).update(edition=first, number=1)
    assert "examplol: readers meet edition 1, the newest one is number 2." in found()


@pytest.mark.parametrize(
    "columns",
    [{"title": "Other"}, {"reviewed_by": "Nobody"}, {"review_due": "2099-01-01"}, {"summary": "It cures."}],
    ids=lambda value: next(iter(value)),
)
def test_a_page_that_says_more_than_its_edition_is_found(published, columns):
    Publication.objects.filter(pk=published.pk).update(**columns)
    assert f"what readers meet differs from edition 2 in {next(iter(columns))}." in found()


def test_a_missing_trigger_is_found_and_the_advice_helps(published):
    with connection.cursor() as cursor:
        on = " ON drugs_edition" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER drugs_edition_no_update{on}")
    assert "drugs_edition_no_update missing. Run `manage.py migrate --skip-checks`" in found()
    call_command("migrate", verbosity=0, skip_checks=True)
    assert not found()


def test_a_stale_search_index_is_found_and_the_advice_helps(published):
    SearchName.objects.filter(publication=published).first().delete()
    assert "examplol: search or lists say something else than the current edition." in found()
    call_command("rebuild_index", verbosity=0)
    assert not found()
    PublishedEffect.objects.filter(publication=published).update(band=6)
    assert "Run `manage.py rebuild_index`" in found()
    index.clear()
    assert found().count("search or lists") == 1  # nothing is missing of a page that was withdrawn
    index.write([(Publication.objects.get(slug="gone"), make_document(slug="gone"))])
    assert "gone: search or lists say" in found()


def test_faults_fail_the_command_with_a_sentence_each(published, capsys):
    behind_its_back(note="x")
    with pytest.raises(CommandError, match="2 faults found") as failure:
        behind_its_back(document="{}")
        call_command("verify")
    assert failure.value.returncode == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_proofs_ask_no_more_of_thirty_pages_than_of_two(published, django_assert_num_queries):
    publish_documents(make_document(slug=f"examplol-{number}") for number in range(30))
    with django_assert_num_queries(57 if connection.vendor == "sqlite" else 53):
        assert not found()
