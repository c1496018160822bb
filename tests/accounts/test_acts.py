"""Acts of the desk by forged POST: each asks for its right when it is done, by every role, and states what is so."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from drugs import desk, publishing
from drugs.accounts import roles
from drugs.backups import taking_over
from drugs.backups.cross_proofs import acts_against_the_database
from drugs.content import Name
from drugs.desk import share_links
from drugs.formats import write
from drugs.import_export import tasks
from drugs.models import ImportTask, ImportUpload, LikelyDuplicate, Monograph, UnansweredQuery
from drugs.notifications import choices
from tests.accounts.test_permissions import ADMINISTRATORS, PEOPLE, READERS, WRITERS, enter, everything
from tests.support.builders import make_document, make_monograph, make_report, publish_document
from tests.support.desk_posts import address_of, change_address, make_person, make_user, sent

pytestmark = pytest.mark.django_db

REVIEWERS = {"Reviewers"}
IMPORTERS = REVIEWERS | ADMINISTRATORS


class Desk:
    """Pages, people and rows to act on, and forms as a superuser sees them: whoever forges a POST has seen one."""

    def __init__(self):
        self.page = publish_document().monograph
        for name in ("Secondol", "Thirdol"):
            desk.write(make_document(names=(Name(name, "brand"),)), by="ann", monograph=self.page)
            if name == "Secondol":
                publishing.publish(self.page, by="ann", kind="clarity", note="x")
        self.page.refresh_from_db()
        self.draft = make_monograph(slug="draft")
        self.twin = make_monograph(slug="twin", title="Twin")
        self.report = make_report(self.page)
        self.query = UnansweredQuery.objects.create(
            text="exampel", count=3, last_seen="2026-11-20", kind="similar"
        )
        self.person = make_person("zoe", "Editors", first_name="Zoe", last_name="Ek")
        self.root = Client()
        self.root.force_login(make_user("root", is_superuser=True, first_name="Root", last_name="Root"))

    def form(self, address, **fields):
        return address, sent(self.root.get(address)) | fields

    def back(self, text):
        return address_of("revisions", self.page), {"text": text, "version": self.page.version}

    def link(self):
        self.page.refresh_from_db()
        return share_links.share(self.page, by="ann", version=self.page.version, days=1)

    def feeds(self):
        for person in get_user_model().objects.all():
            choices.make_feed_token(person)
        return reverse("notices"), {"_revoke": ""}

    def phrase(self):
        said = {"find": "high blood pressure", "words": "hypertension", "kind": "clarity", "reason": "x"}
        ticked = f"{self.draft.pk}.{self.draft.version}"
        return reverse("admin:drugs_monograph_phrase"), {**said, "page": ticked}

    def handed_in(self, **fields):
        page = publishing.submit(self.page, by="ann")
        return self.form(address_of("review", page), **fields)

    def task(self, **columns):
        columns = {
            "name": "a.zip",
            "size": 9,
            "started_by": "pat",
            "worker": "x",
            "state": "checked",
        } | columns
        task = ImportTask.objects.create(**columns)
        ImportUpload.objects.create(task=task, data=b"# A\n")
        return reverse("admin:drugs_importtask_change", args=[task.pk])


def action(model, name, row):
    address = reverse(f"admin:drugs_{model}_changelist")
    return address, {"action": name, "_selected_action": row.pk}


def pair(site):
    return LikelyDuplicate.objects.get_or_create(first=site.page, second=site.draft)[0]


SIGNATURE = {"kind": "evidence", "note": "x", "signed": "yes", "role": "pharmacist"}
# What is sent, by whom it is taken. `site` is a Desk.
ACTS = {
    "save": (WRITERS, lambda site: site.form(change_address(site.page), title="Better")),
    "hand in": (
        WRITERS,
        lambda site: site.form(address_of("hand_in", site.page), kind="safety", reason="x", source="y"),
    ),
    "put a text back": (WRITERS, lambda site: site.back("version-1")),
    "discard changes": (WRITERS, lambda site: site.back("edition-2")),
    "share for comment": (WRITERS, lambda site: site.form(address_of("share", site.page), _share="")),
    "revoke a link": (
        WRITERS,
        lambda site: (address_of("share", site.page), {"revoke": site.link().pk}),
    ),
    "choose notices": (
        READERS,
        lambda site: (reverse("notices"), {"daily": "on", "address": "x@home.example"}),
    ),
    "make a feed": (READERS, lambda site: (reverse("notices"), {"_feed": ""})),
    "revoke a feed": (READERS, lambda site: site.feeds()),
    "change a phrase": (WRITERS, lambda site: site.phrase()),
    "comment": (WRITERS, lambda site: site.form(address_of("review", site.page), text="x")),
    "ask for changes": (REVIEWERS, lambda site: site.handed_in(_ask="", text="x")),
    "add": (
        WRITERS,
        lambda site: site.form(
            reverse("admin:drugs_monograph_add"), title="New", slug="new", origin="editorial"
        ),
    ),
    "delete": (
        REVIEWERS,
        lambda site: (reverse("admin:drugs_monograph_delete", args=[site.draft.pk]), {"post": "yes"}),
    ),
    "publish": (
        REVIEWERS,
        lambda site: site.form(address_of("publish", site.page), kind="safety", note="x", looked="on"),
    ),
    "sign": (REVIEWERS, lambda site: site.form(address_of("publish", site.page), looked="on", **SIGNATURE)),
    "withdraw": (REVIEWERS, lambda site: site.form(address_of("withdraw", site.page), reason="x", sure="on")),
    "restore": (
        REVIEWERS,
        lambda site: site.form(address_of("restore", site.page, 1), note="x", kind="safety"),
    ),
    "merge": (
        REVIEWERS,
        lambda site: site.form(f"{address_of('same_medicine', site.draft)}?with={site.page.pk}", sure="on"),
    ),
    "close a report": (
        WRITERS,
        lambda site: site.form(
            reverse("admin:drugs_problemreport_change", args=[site.report.pk]), outcome="corrected", note="x"
        ),
    ),
    "close reports": (WRITERS, lambda site: action("problemreport", "close_as_no_report", site.report)),
    "dismiss a query": (WRITERS, lambda site: action("unansweredquery", "dismiss", site.query)),
    "settle a pair": (WRITERS, lambda site: action("likelyduplicate", "settle", pair(site))),
    "change a text": (
        ADMINISTRATORS,
        lambda site: site.form(reverse("admin:drugs_sitetext_change", args=["about"]), body="x"),
    ),
    "add a person": (
        ADMINISTRATORS,
        lambda site: (
            reverse("admin:auth_user_add"),
            {"username": "eve", "first_name": "Eve", "last_name": "Ek", "role": "Editors"},
        ),
    ),
    "change a person": (
        ADMINISTRATORS,
        lambda site: site.form(
            reverse("admin:auth_user_change", args=[site.person.pk]), first_name="Zora", is_active="on"
        ),
    ),
    "set a password": (
        ADMINISTRATORS,
        lambda site: (reverse("admin:auth_user_password_change", args=[site.person.pk]), {}),
    ),
    "upload": (
        IMPORTERS,
        lambda site: (
            reverse("admin:drugs_importtask_add"),
            {"file": SimpleUploadedFile("a.md", write(make_document(slug="newol", title="Newol")).encode())},
        ),
    ),
    "save an import": (IMPORTERS, lambda site: (site.task(), {"_save": ""})),
    "stop an import": (IMPORTERS, lambda site: (site.task(state="running"), {"_stop": ""})),
    "continue an import": (
        IMPORTERS,
        lambda site: (site.task(state="stopped", saving=True), {"_continue": ""}),
    ),
    "continue what publishes": (
        REVIEWERS,
        lambda site: (site.task(state="stopped", saving=True, publish=True), {"_continue": ""}),
    ),
    "continue what overwrites": (
        REVIEWERS,
        lambda site: (site.task(state="stopped", saving=True, overwrite=True), {"_continue": ""}),
    ),
}


@pytest.fixture
def no_workers(monkeypatch, settings):
    settings.MAIL_IS_SET_UP = True
    monkeypatch.setattr(tasks, "start", lambda task: None)


def unproved():
    """What no act says of the database as it is."""
    return [fault for fault in acts_against_the_database(lambda count: None) if not fault.warning]


@pytest.mark.parametrize("who", PEOPLE)
def test_each_act_is_taken_from_its_roles_and_no_others(client, no_workers, who):
    site = Desk()
    enter(client, who)
    people = get_user_model().objects.filter(username__in=["someone", "rita"])
    for person in people:
        person.first_name, person.last_name = "Some", "One"
        person.save()
    pair(site)
    taking_over.take_over("What the test has put there.")
    for name, (allowed, act) in ACTS.items():
        with transaction.atomic():
            for person in people:
                client.force_login(person)
            address, fields = act(site)
            before = everything()
            response = client.post(address, fields)
            assert (everything() != before) == (who in allowed), (name, response.status_code)
            assert unproved() == [], name
            transaction.set_rollback(True)


def test_everybody_of_the_desk_reads_what_only_some_may_change():
    assert {role for allowed, _ in ACTS.values() for role in allowed} == READERS == set(roles.ROLES)
    assert Monograph.objects.count() == 0
