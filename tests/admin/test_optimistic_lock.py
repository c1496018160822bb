"""The optimistic lock by version: the second of two people is told, and loses nothing."""

import dataclasses

import pytest

from drugs import desk
from drugs.models import Edition, Monograph
from tests.support.builders import make_document, make_monograph
from tests.support.desk_posts import address_of, change_address, fields_of, make_person, make_user, read, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("edith", "drugs.add_monograph", "drugs.change_monograph", "drugs.view_monograph")
    client.force_login(user)
    return user


@pytest.fixture
def reviewer(client):
    user = make_user("rey", "drugs.change_monograph", "drugs.view_monograph", "drugs.publish_monograph")
    client.force_login(user)
    return user


def save(client, monograph, fields, **changes):
    return client.post(change_address(monograph), {**fields, **changes})


def test_the_second_of_two_editors_is_told_and_loses_nothing(client, editor):
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    make_user("zoe", first_name="Zoe", last_name="Li")
    theirs = dataclasses.replace(make_document(), title="Examplol by Zoe")
    desk.write(theirs, by="zoe", monograph=monograph)
    response = save(client, monograph, fields, title="Examplol by me", **{"sections-0-body": "Mine."})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Zoe Li saved this page while you were working on it" in page
    assert "Examplol by me" in page and "Mine." in page
    assert read(monograph) == theirs

    overruling = sent(response)
    assert save(client, monograph, overruling).status_code == 200  # not by accident
    version = Monograph.objects.get().version
    assert save(client, monograph, overruling, overrule=str(version)).status_code == 302
    assert read(monograph).title == "Examplol by me"


def test_a_form_without_its_version_is_not_saved(client, editor):
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    del fields["version"]
    assert save(client, monograph, fields, title="Other").status_code == 200
    assert read(monograph) == make_document()


def test_the_diff_of_both_texts_is_shown_when_two_save_at_once(client):
    client.force_login(make_person("edith", "Editors"))
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    desk.write(make_document(title="Examplol of the other"), by="zoe", monograph=monograph)
    page = client.post(change_address(monograph), fields | {"title": "Examplol of mine"}).content.decode()
    assert "<del>the other</del>" in page and "<ins>mine</ins>" in page


def test_a_text_that_changed_since_it_was_read_is_not_published(client, reviewer):
    monograph = make_monograph()
    fields = sent(client.get(address_of("publish", monograph))) | {"kind": "clarity", "note": "New."}
    desk.write(make_document(title="Sneaked in"), by="zoe", monograph=monograph)
    response = client.post(address_of("publish", monograph), fields)
    assert "has changed since you opened this page" in response.content.decode()
    assert not Edition.objects.exists()
