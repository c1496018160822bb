"""Role of the running site on PostgreSQL: all that the site does, and nothing that lifts what protects it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from drugs import audit, desk, publishing
from drugs.backups.integrity import verify
from drugs.models import Edition, Publication
from tests.support.builders import make_document, make_review, publish_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def site_role():
    """The connection as the role of a running site, which commands of the owner have made."""
    if connection.vendor != "postgresql":
        pytest.skip("This is about PostgreSQL.")
    run("CREATE ROLE medinfo_site")
    call_command("grant_site_role", "medinfo_site", verbosity=0)
    run("SET LOCAL ROLE medinfo_site")


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


FORBIDDEN = [
    "DROP TRIGGER drugs_edition_no_update ON drugs_edition",
    "ALTER TABLE drugs_auditentry DISABLE TRIGGER ALL",
    "ALTER TABLE drugs_edition ADD COLUMN x integer",
    "CREATE OR REPLACE FUNCTION drugs_edition_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TABLE x (id integer)",
    "TRUNCATE drugs_auditentry",
    "TRUNCATE drugs_sitetext",
    "UPDATE drugs_edition SET note = 'x'",
    "DELETE FROM drugs_auditentry",
    "DELETE FROM django_migrations",
    "SET session_replication_role = replica",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_role_of_the_site_lifts_no_protection(site_role, sql):
    with pytest.raises(DatabaseError, match="permission denied|must be owner"), transaction.atomic():
        run(sql)


def test_the_role_of_the_site_does_all_that_a_site_does(site_role, client):
    publication = publish_document()
    desk.write(make_document(title="Examplol forte"), by="ed", monograph=publication.monograph)
    publishing.publish(publication.monograph, by="rey", kind="clarity", note="x", review=make_review())
    publishing.restore(Edition.objects.get(number=1), by="rey", note="Back.")
    publishing.withdraw(Publication.objects.get(), reason="Recalled.", by="rey")
    call_command(
        "createsuperuser", "--noinput", "--username", "root", "--email", "r@hospital.example", verbosity=0
    )
    call_command("rebuild_index", verbosity=0)
    call_command("purge_reports", verbosity=0)
    audit.record("pat", "logged_in")
    assert client.get("/drugs/").status_code == 200
    assert not list(verify())


def test_a_role_that_is_not_there_is_said_in_a_sentence():
    sentence = (
        "Only PostgreSQL has roles" if connection.vendor == "sqlite" else "Nothing was changed: .*nobody"
    )
    with pytest.raises(CommandError, match=sentence):
        call_command("grant_site_role", "nobody")


def test_the_owner_gives_no_rights_to_itself():
    if connection.vendor != "postgresql":
        pytest.skip("This is about PostgreSQL.")
    with pytest.raises(CommandError, match="who is connected now"):
        call_command("grant_site_role", connection.settings_dict["USER"])
