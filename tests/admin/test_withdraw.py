"""Withdrawal, deletion of what was never published, and restoring old editions."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from drugs import desk, publishing
from drugs.models import DrugName, Edition, Monograph, Publication
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.desk_posts import address_of, change_address, make_person, make_user, read, sent
from tests.support.worklist_rows import make_draft, make_public

pytestmark = pytest.mark.django_db


def test_a_page_is_withdrawn_with_a_reason_and_comes_back(client, reviewer):
    monograph = publish_document().monograph
    address = address_of("withdraw", monograph)
    assert client.post(address, {"reason": " "}).status_code == 200
    assert Publication.objects.get().status != "withdrawn"
    assert client.post(address, {"reason": "A fault in it."}).status_code == 302
    assert Publication.objects.get().withdrawn_reason == "A fault in it."
    assert client.get(Publication.objects.get().get_absolute_url()).status_code == 410
    assert client.get(address).status_code == 302  # once is enough

    address = address_of("restore", monograph, 1)
    fields = sent(client.get(address)) | {"note": "There was none."}
    assert client.post(address, fields).status_code == 302
    publication = Publication.objects.get()
    assert (publication.number, publication.status) == (2, "not_reviewed")
    assert LogEntry.objects.filter(change_message__startswith="Restored edition 1").exists()


def test_what_has_editions_is_withdrawn_and_never_deleted(client):
    client.force_login(make_user("root", is_superuser=True))
    published = publish_document().monograph
    address = reverse("admin:drugs_monograph_delete", args=[published.pk])
    response = client.post(address, {"post": "yes"}, follow=True)
    assert "Withdraw it instead" in response.content.decode()
    assert Monograph.objects.exists()


def test_what_was_never_published_can_be_deleted(client):
    client.force_login(make_user("root", is_superuser=True))
    monograph = make_monograph()
    address = reverse("admin:drugs_monograph_delete", args=[monograph.pk])
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not Monograph.objects.exists()


def test_a_published_page_says_why_it_has_no_delete(client):
    client.force_login(make_person("rey", "Reviewers"))
    page = client.get(change_address(make_public().monograph)).content.decode()
    assert "can be withdrawn from readers, and never deleted" in page and "deletelink" not in page
    assert "deletelink" in client.get(change_address(make_draft(1))).content.decode()
    assert address_of("withdraw", Publication.objects.get().monograph) in page


def test_an_old_edition_comes_back_as_a_new_one_word_for_word(client, reviewer):
    monograph = publish_document(review=make_review()).monograph
    DrugName.objects.create(monograph=monograph, text="Later", kind="brand", source="list", position=9)
    desk.write(make_document(title="Wrong"), by="writer", monograph=monograph)
    publishing.publish(monograph, by="x", kind="evidence", note="A mistake.")
    address = address_of("restore", monograph, 1)
    page = client.get(address)
    assert "<del>" in page.content.decode()
    assert client.post(address, sent(page) | {"note": "Back."}).status_code == 302
    publication = Publication.objects.get()
    assert (publication.number, publication.title, publication.reviewed_on) == (3, "Examplol", None)
    first, _, last = Edition.objects.order_by("number")
    assert first.document == last.document
    assert read(monograph) == make_document()
    assert set(DrugName.objects.values_list("source", flat=True)) == {"page"}


def test_restoring_says_what_it_overwrites_and_checks_versions(client, reviewer):
    monograph = publish_document().monograph
    desk.write(make_document(title="Two"), by="writer", monograph=monograph)
    publishing.publish(monograph, by="x", kind="evidence", note="Two.")
    desk.write(make_document(title="Unpublished work"), by="writer", monograph=monograph)
    page = client.get(address_of("restore", monograph, 1))
    assert "work that was never published" in page.content.decode()
    desk.write(make_document(title="Later work"), by="writer", monograph=monograph)
    response = client.post(address_of("restore", monograph, 1), sent(page) | {"note": "Back."})
    assert "has changed since" in response.content.decode()
    assert read(monograph).title == "Later work"
