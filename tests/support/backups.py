"""A site with something of everything on it, and its backups as the tests look at and change them."""

import gzip
import hashlib
import json

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection

from drugs import audit, desk, publishing
from drugs.audit import facts, triggers
from drugs.backups import tables
from drugs.models import AuditEntry, Edition, Monograph, Publication, SiteText
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.desk_posts import make_person, record_account


def fill():
    publication = publish_document()
    desk.write(make_document(title="Examplol „forte“ 😀"), by="writer", monograph=publication.monograph)
    publishing.publish(
        publication.monograph, by="t", kind="clarity", note="\u2028\\ \t", review=make_review()
    )
    publishing.withdraw(publish_document(slug="gone", title="Gone"), reason="Wrong.", by="test")
    make_monograph(slug="draft", title="Draftol")
    person = make_person("pat", "Reviewers")
    person.user_permissions.add(Permission.objects.get(codename="view_user"))
    record_account(person)
    SiteText.objects.filter(key="contact").update(body="Call us.")
    audit.record(
        "test", "text_changed", "contact", "", facts.site_texts(SiteText.objects.filter(key="contact"))
    )


def content():
    """Every row that travels, as text, but for acts of restores."""
    rows = (row for model in tables.carried() for row in tables.Table(model).rows())
    return [json.dumps(row) for row in rows if "restored_backup" not in row]


def empty():
    triggers.remove(connection)
    for model in (Publication, Edition, Monograph, AuditEntry, get_user_model()):
        model.objects.all().delete()
    triggers.install(connection)


def rewritten(path, change):
    """The backup with `change` made to its lines, and a hash that fits."""
    with gzip.open(path, "rt") as file:
        lines = [json.loads(line) for line in file][:-1]
    change(lines)
    text = "".join(json.dumps(line) + "\n" for line in lines)
    digest = hashlib.sha256(text.encode()).hexdigest()
    path.write_bytes(gzip.compress((text + json.dumps({"sha256": digest}) + "\n").encode()))


def rows_of(path):
    """A backup without its first and last line, which say when and where it was written, and without acts of that."""
    lines = gzip.decompress(path.read_bytes()).splitlines()[1:-1]
    return [line for line in lines if b'"backed_up"' not in line and b'"restored_backup"' not in line]
