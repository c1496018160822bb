"""Cross-proof (`verify`): whatever is changed past the site contradicts the record of acts, triggers or not."""

import datetime
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from drugs import publishing
from drugs.audit import triggers
from drugs.content import Document, sha256
from drugs.models import (
    AuditEntry,
    Contributor,
    DeskRevision,
    Edition,
    Monograph,
    PageChange,
    ProblemReport,
    Publication,
    Section,
    SiteText,
)
from tests.support.clock import TODAY
from tests.support.witnessed_site import found, page, person, witnessed_site

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker):
    with witnessed_site(django_db_blocker):
        yield


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def newest(slug):
    return Edition.objects.filter(monograph__slug=slug).order_by("number").last()


def make_chain_anew(slug):
    """All hashes of a page's editions made to fit what these say now."""
    previous = ""
    for edition in Edition.objects.filter(monograph__slug=slug).order_by("number"):
        edition.previous, edition.sha256 = previous, sha256(edition.document)
        previous = edition.record = edition.compute_record()
        columns = {name: getattr(edition, name) for name in ("previous", "sha256", "record")}
        Edition.objects.filter(pk=edition.pk).update(**columns)
    show(edition)


def make_record_anew():
    previous = ""
    for number, entry in enumerate(AuditEntry.objects.order_by("number"), start=1):
        columns = {"number": number, "previous": previous}
        for name, value in columns.items():
            setattr(entry, name, value)
        previous = entry.compute_record()
        AuditEntry.objects.filter(pk=entry.pk).update(**columns, record=previous)


def show(edition):
    columns = publishing.publication_columns(edition, Document.from_json(edition.document))
    Publication.objects.filter(monograph=edition.monograph).update(**columns)


def forge(edition, **changes):
    """A new edition and its page, inserted as the triggers like it."""
    columns = {field.attname: getattr(edition, field.attname) for field in Edition._meta.concrete_fields}
    forged = Edition(
        **{**columns, "id": None, "number": edition.number + 1, "previous": edition.record, **changes}
    )
    forged.sha256 = sha256(forged.document)
    forged.record = forged.compute_record()
    forged.save(force_insert=True)
    show(forged)


def reword():
    Edition.objects.update(document=newest("examplol").document.replace("asthma", "flu"))


def other_text():
    edition = newest("other")
    Edition.objects.filter(pk=edition.pk).update(document=edition.document.replace("asthma", "flu"))
    make_chain_anew("other")


def other_date():
    Edition.objects.filter(monograph__slug="other").update(
        published_at=timezone.now() + datetime.timedelta(400)
    )
    make_chain_anew("other")


def other_signer():
    Edition.objects.filter(reviewed_by="Pat Doe").update(reviewed_by="A Professor")
    make_chain_anew("examplol")


def lose_newest():
    last = newest("examplol")
    show(Edition.objects.get(monograph=last.monograph, number=last.number - 1))
    Edition.objects.filter(pk=last.pk).delete()


def lose_page():
    monograph = Monograph.objects.get(slug="other")
    Publication.objects.filter(monograph=monograph).delete()
    Edition.objects.filter(monograph=monograph).delete()
    monograph.delete()


def lose_act_of(action):
    def lose():
        AuditEntry.objects.filter(action=action).first().delete()
        make_record_anew()

    return lose


def other_people():
    AuditEntry.objects.filter(action="reviewed").update(who="zoe")
    make_record_anew()


def signed_alone():
    entry = AuditEntry.objects.get(action="reviewed")
    AuditEntry.objects.filter(pk=entry.pk).update(action="published")
    make_record_anew()


def backdated():
    last = AuditEntry.objects.order_by("number").last()
    entry = AuditEntry(
        number=last.number + 1,
        at=last.at - datetime.timedelta(40),
        who="x",
        action="logged_in",
        previous=last.record,
    )
    entry.record = entry.compute_record()
    entry.save(force_insert=True)


def claim(action):
    """An act that says who did something, and nothing that could be held against it."""

    def add():
        last = AuditEntry.objects.order_by("number").last()
        columns = {"number": last.number + 1, "at": last.at, "who": "rey", "previous": last.record}
        entry = AuditEntry(**columns, action=action, object="examplol")
        entry.record = entry.compute_record()
        entry.save(force_insert=True)

    return add


def lead_astray():
    page("examplol").update(
        withdrawn_at=timezone.now(), withdrawn_reason="x", successor=page("other").get(), reviewed_on=None
    )


# What is done with the triggers lifted, and the sentence that names it.
LIFTED = {
    "text": (reword, "the text is not the one that was published"),
    "text and every hash": (
        other_text,
        "other: its editions up to number 1 are not those that acts have published",
    ),
    "date and every hash": (other_date, "other: its editions up to number 1 are not"),
    "signer and every hash": (other_signer, "examplol: its editions up to number 2 are not"),
    "newest edition": (lose_newest, "examplol: entry [0-9]+ .* published edition 2, which is gone"),
    "whole page": (lose_page, "other: entry [0-9]+ .* published edition 1, which is gone"),
    "first act": (lose_act_of("published"), "examplol after edition 0"),
    "act of a withdrawal": (lose_act_of("withdrawn"), "gone: it is withdrawn, and no act has withdrawn it"),
    "act of a report": (lose_act_of("reported"), "came in by no act"),
    "all acts": (lambda: AuditEntry.objects.all().delete(), "no act has published any"),
    "names in acts": (other_people, "examplol: its editions up to number 2 are not"),
    "a signature in acts": (signed_alone, "examplol: its editions up to number 2 are not"),
    "facts": (
        lambda: AuditEntry.objects.filter(action="reviewed").update(facts=""),
        "has lost what it states",
    ),
    "other facts": (
        lambda: AuditEntry.objects.filter(action="reviewed").update(facts='{"texts": {}}'),
        "What entry [0-9]+ of the record of acts states is not what was written",
    ),
    "no JSON": (
        lambda: AuditEntry.objects.filter(action="reviewed").update(facts="[1]"),
        "states something that this program cannot read",
    ),
}
# What no trigger stands in the way of.
UNTOUCHED = {
    "withdrawal taken back": (
        lambda: page("gone").update(withdrawn_at=None, withdrawn_reason=""),
        r"gone: readers meet it, and it was withdrawn \(Recalled\.\)",
    ),
    "another reason": (
        lambda: page("gone").update(withdrawn_reason="Nothing."),
        "gone: its withdrawal has another reason",
    ),
    "another day": (
        lambda: page("gone").update(withdrawn_at=timezone.now() - datetime.timedelta(9)),
        "gone: its withdrawal has another at",
    ),
    "readers led elsewhere": (lead_astray, "examplol: it is withdrawn, and no act has"),
    "site text": (
        lambda: SiteText.objects.filter(key="disclaimer_short").update(body="Always right."),
        "The site text disclaimer_short is not the one",
    ),
    "site text gone": (lambda: SiteText.objects.filter(key="about").delete(), "The site text about is not"),
    "superuser": (lambda: person("ed").update(is_superuser=True), "The account ed has other flags"),
    "name of a signer": (lambda: person("rey").update(first_name="Prof."), "The account rey has other names"),
    "password": (lambda: person("rey").update(password="x"), "The account rey has other password"),
    "account gone": (lambda: person("ed").delete(), "The account ed is gone"),
    "account made": (lambda: get_user_model().objects.create(username="eve"), "The account eve was made by no act"),
    "role": (
        lambda: person("ed").get().groups.add(Group.objects.get(name="Reviewers")),
        "The account ed has other roles",
    ),
    "right of one": (
        lambda: person("ed").get().user_permissions.add(Permission.objects.first()),
        "The account ed has other rights",
    ),
    "right of a role": (
        lambda: Group.objects.get(name="Editors").permissions.add(
            Permission.objects.get(codename="publish_monograph")
        ),
        "The role Editors has other rights",
    ),
    "a group more": (
        lambda: Group.objects.create(name="x").permissions.add(Permission.objects.first()),
        "The role x has other rights",
    ),
    "factor removed": (lambda: TOTPDevice.objects.all().delete(), "The account rey has other password, factor"),
    "factor replaced": (lambda: TOTPDevice.objects.update(key="bb" * 20), "The account rey has other password, factor"),
    "backup code": (
        lambda: run("UPDATE otp_static_statictoken SET token = 'x'"),
        "The account rey has other password, factor",
    ),
    "edition forged": (
        lambda: forge(newest("other"), reviewed_by="A Professor", review_of=2, reviewed_on=TODAY,
                      review_due=TODAY.replace(year=2028)),
        "other, edition 2: no act has published it",
    ),
    "reports gone": (lambda: ProblemReport.objects.all().delete(), "Reports of readers are gone, .*: 1 "),
    "report reworded": (lambda: ProblemReport.objects.update(message="All is well."), "Report [0-9]+ is not as it"),
    "desk": (
        lambda: Section.objects.filter(monograph__slug="draft").update(body="Take fifty."),
        "draft: its desk says something else",
    ),
    "order on the desk": (
        lambda: Section.objects.filter(monograph__slug="draft", kind="uses").update(position=99),
        "draft: its desk says something else",
    ),
    "version of the desk": (lambda: Monograph.objects.filter(slug="other").update(version=7), "other: its desk has"),
    "desk gone": (lambda: Monograph.objects.get(slug="draft").delete(), "draft: its desk is gone"),
    "desk made": (lambda: Monograph.objects.create(slug="new", title="New"), "new: its desk was made by no act"),
    "writers forgotten": (lambda: Contributor.objects.all().delete(), "examplol: acts name other people as writers"),
    "act backdated": (backdated, "which it follows, and does not say why|before the act that it follows"),
    "act forged": (claim("reviewed"), "claims that rey published as reviewed examplol, and states nothing of it"),
    "codes of the app that hold for days": (
        lambda: TOTPDevice.objects.update(tolerance=9999),
        "The account rey has an app with codes of another length",
    ),
    "text of a save long before": (
        lambda: DeskRevision.objects.filter(monograph__slug="draft", version=1).update(document="{}"),
        "draft: its text of before, version 1, is not one that a save replaced",
    ),
    "text of a save that never was": (
        lambda: DeskRevision.objects.filter(monograph__slug="draft", version=2).update(version=0),
        "draft: its desk says something else",
    ),
    "log of changes backdated": (
        lambda: PageChange.objects.filter(number=2).update(at=timezone.now() - datetime.timedelta(9)),
        "dates entry 2 before the one that it follows",
    ),
    "text of the save before": (
        lambda: DeskRevision.objects.update(document="{}"),
        "examplol: its desk says something else",
    ),
}  # fmt: skip


def test_a_whole_site_contradicts_no_act():
    assert not found()


@pytest.mark.parametrize("name", LIFTED)
def test_tampering_with_the_triggers_lifted_is_found(name):
    tamper, sentence = LIFTED[name]
    triggers.remove(connection)
    tamper()
    triggers.install(connection)
    assert re.search(sentence, found())


@pytest.mark.parametrize("name", UNTOUCHED)
def test_tampering_that_no_trigger_stops_is_found(name):
    tamper, sentence = UNTOUCHED[name]
    tamper()
    assert re.search(sentence, found())


def test_editions_that_were_changed_cannot_be_taken_over():
    triggers.remove(connection)
    reword()
    triggers.install(connection)
    with pytest.raises(CommandError, match="cannot be taken over"):
        call_command("verify", take_over="Never mind.")
    assert not AuditEntry.objects.filter(action="found").exists()
