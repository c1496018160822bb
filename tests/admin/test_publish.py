"""Publishing from the desk: who may, what the form asks, what stops it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from drugs.admin.monographs.publish import KINDS
from drugs.content import CHANGE_KINDS
from drugs.models import Edition, Publication
from tests.support.builders import make_monograph, make_review, publish_document
from tests.support.desk_posts import change_address, fields_of, make_user, sent
from tests.support.public_pages import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    user = make_user("rey", "drugs.change_monograph", "drugs.view_monograph", "drugs.publish_monograph")
    client.force_login(user)
    return user


def publish_address(monograph):
    return reverse("admin:drugs_monograph_publish", args=[monograph.pk])


def test_the_button_saves_and_leads_to_the_page_that_publishes(client, reviewer):
    monograph = make_monograph()
    fields = fields_of(client, monograph) | {"title": "Examplol forte", "_publish": ""}
    response = client.post(change_address(monograph), fields)
    assert response["Location"] == publish_address(monograph)
    page = client.get(publish_address(monograph))
    fields = sent(page) | {"kind": "clarity", "note": "Title made clearer."}
    assert client.post(publish_address(monograph), fields).status_code == 302
    publication = Publication.objects.get()
    assert publication.title == "Examplol forte"
    edition = publication.edition
    assert (edition.published_by, edition.kind, edition.note) == ("rey", "clarity", "Title made clearer.")
    assert LogEntry.objects.filter(change_message__contains="Published edition 1").exists()


@pytest.mark.parametrize("missing", ["kind", "note", "version"])
def test_kind_and_note_are_required(client, reviewer, missing):
    monograph = make_monograph()
    fields = {"version": "1", "kind": "clarity", "note": "New."}
    del fields[missing]
    assert client.post(publish_address(monograph), fields).status_code == 200
    assert not Edition.objects.exists()


def test_what_checks_block_is_shown_and_cannot_be_published(client, reviewer):
    monograph = make_monograph(title="Examplol-")
    page = client.get(publish_address(monograph)).content.decode()
    assert "The title looks cut off" in page
    fields = {"version": "1", "kind": "clarity", "note": "New."}
    response = client.post(publish_address(monograph), fields)
    assert response.status_code == 200
    assert not Edition.objects.exists()


def test_publishing_twice_says_that_nothing_has_changed(client, reviewer):
    monograph = publish_document().monograph
    fields = {"version": "1", "kind": "clarity", "note": "Again."}
    response = client.post(publish_address(monograph), fields)
    assert "Nothing has changed since the current edition" in response.content.decode()
    assert Edition.objects.count() == 1


def test_publishing_over_a_review_says_what_becomes_of_it(client, reviewer):
    monograph = publish_document().monograph
    assert "was reviewed by" not in body(client.get(publish_address(monograph)))
    publish_document(slug="signed", title="Signed", review=make_review())
    page = body(client.get(publish_address(Publication.objects.get(slug="signed").monograph)))
    assert "Edition 1 was reviewed by Pat Doe on 22 November 2026." in page
    assert "Publish without signing it" in page and "Publish as not reviewed" not in page


def test_an_editor_may_not_publish_by_any_address(client):
    client.force_login(make_user("edith", "drugs.change_monograph", "drugs.view_monograph"))
    monograph = make_monograph()
    assert "_publish" not in client.get(change_address(monograph)).content.decode()
    for call in (client.get, client.post):
        assert (
            call(publish_address(monograph), {"version": "1", "kind": "typo", "note": "x"}).status_code == 403
        )
    client.post(change_address(monograph), fields_of(client, monograph) | {"_publish": ""})
    assert not Edition.objects.exists()


def test_a_monograph_that_is_not_there_is_404(client, reviewer):
    assert client.get(reverse("admin:drugs_monograph_publish", args=[999])).status_code == 404


def test_every_kind_of_change_can_be_chosen():
    assert {*KINDS, "review"} == set(CHANGE_KINDS)
