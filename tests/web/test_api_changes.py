"""The changes under /api/v1/: what happened to pages, from a cursor or a moment on, none missed and none twice."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from drugs import publishing
from drugs.models import Edition, PageChange, Publication
from drugs.publishing import change_log, merging
from drugs.web import change_feed
from tests.support.builders import (
    make_document,
    make_review,
    publish_again,
    publish_document,
    publish_documents,
)

pytestmark = pytest.mark.django_db
CHANGES = "/api/v1/changes"


def kinds(client, since=""):
    return [(item["slug"], item["kind"]) for item in client.get(CHANGES, {"since": since}).json()["items"]]


def test_everything_that_happens_to_a_page_is_told_in_order(client):
    page = publish_document()
    publish_document(slug="twin", title="Twin", names=(), review=make_review())
    publishing.withdraw(page, reason="Wrong.", by="test")
    publish_again(page, faqs=())
    publishing.restore(Edition.objects.get(monograph=page.monograph, number=1), by="test", note="Better.")
    merging.merge(page.monograph, Publication.objects.get(slug="twin").monograph, by="test")
    assert kinds(client) == [
        ("examplol", "published"),
        ("twin", "reviewed"),
        ("examplol", "withdrawn"),
        ("examplol", "restored"),
        ("examplol", "restored"),
        ("examplol", "moved"),
    ]
    items = client.get(CHANGES).json()["items"]
    assert set(items[0]) == {"at", "kind", "slug", "edition", "url"}
    assert [item["edition"] for item in items] == [1, 1, 1, 2, 3, 3]
    assert items[-1]["url"].endswith("/drugs/twin/") and items[0]["url"].endswith("/drugs/examplol/")
    assert [item["at"] for item in items] == sorted(item["at"] for item in items)


def test_cursors_lead_on_and_the_last_one_is_kept(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(change_feed, "PAGE", 2)
    publish_documents(make_document(slug=f"e{number}", title=f"E{number}", names=()) for number in range(5))
    seen, since, more = [], "0", True
    while more:
        with django_assert_num_queries(2):  # the state of the site, and the rows
            data = client.get(CHANGES, {"since": since}).json()
        seen += [item["slug"] for item in data["items"]]
        since, more = data["cursor"], data["next"]
        assert more in (None, since)
    assert seen == ["e0", "e1", "e2", "e3", "e4"]
    assert client.get(CHANGES, {"since": since}).json() == {"items": [], "next": None, "cursor": since}
    publish_document(slug="e9", title="E9", names=())
    assert kinds(client, since) == [("e9", "published")]


def test_a_moment_leads_in_and_gives_a_cursor(client):
    publish_document()
    second = publish_document(slug="second", title="Second", names=())
    assert kinds(client, second.published_at.isoformat()) == [("second", "published")]
    later = (second.published_at + timedelta(seconds=1)).isoformat()
    data = client.get(CHANGES, {"since": later}).json()
    assert data["items"] == []
    publish_document(slug="third", title="Third", names=())
    assert kinds(client, data["cursor"]) == [("third", "published")]


@pytest.mark.parametrize("since", ["x", "1", "1-zz", "-1-0123456789ab", "2026", "9" * 40, "\0"])
def test_what_is_no_cursor_and_no_moment_is_400(client, since):
    response = client.get(CHANGES, {"since": since})
    assert response.status_code == 400 and response.json()["error"].startswith("since has to be: ")


def test_a_cursor_of_a_history_that_was_replaced_is_410(client):
    publish_document()
    cursor = client.get(CHANGES).json()["cursor"]
    PageChange.objects.all().delete()
    Publication.objects.update(number=7)
    assert client.get(CHANGES, {"since": cursor}).status_code == 410
    change_log.catch_up()
    response = client.get(CHANGES, {"since": cursor})
    assert response.status_code == 410 and "Begin with the bulk files" in response.json()["error"]


def test_times_never_go_back_where_the_clock_did(client):
    page = publish_document()
    PageChange.objects.update(at=page.published_at + timedelta(days=400))
    publish_document(slug="second", title="Second", names=())
    first, second = client.get(CHANGES).json()["items"]
    assert second["at"] == first["at"]
    assert kinds(client, first["at"]) == [("examplol", "published"), ("second", "published")]


def test_what_another_program_published_is_caught_up_with(client):
    page, other = publish_documents(make_document(slug=slug, title=slug, names=()) for slug in ("one", "two"))
    PageChange.objects.filter(publication=page).delete()
    Publication.objects.filter(pk=other.pk).update(withdrawn_at=other.published_at, withdrawn_reason="Wrong.")
    assert {found.slug for found in change_log.unlogged()} == {"one", "two"}
    assert change_log.catch_up() == 2 and change_log.catch_up() == 0
    assert kinds(client) == [("two", "published"), ("one", "published"), ("two", "withdrawn")]


def test_the_changes_are_read_along_their_index():
    """Ten or ten million before the cursor: the database begins where it stands."""
    rows = change_feed._rows().filter(number__gte=5)[:10]
    plan = rows.explain() if connection.vendor == "sqlite" else ""
    assert "SCAN" not in plan and "TEMP B-TREE" not in plan


def test_a_page_of_changes_is_304_until_something_happens(client):
    publish_document()
    tag = client.get(CHANGES).headers["ETag"]
    assert client.get(CHANGES, headers={"If-None-Match": tag}).status_code == 304
    publish_document(slug="second", title="Second", names=())
    assert client.get(CHANGES, headers={"If-None-Match": tag}).status_code == 200
    assert json.loads(client.get(CHANGES).content)["cursor"].startswith("2-")
