"""Unanswered queries in the admin: dismissed, or added as a name to the page that readers meant."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from drugs import publishing
from drugs.models import DrugName, Monograph, UnansweredQuery
from drugs.search import names
from tests.support.builders import make_monograph, publish_document
from tests.support.desk_posts import change_address, make_person, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/drugs/unansweredquery/"


@pytest.fixture
def query():
    return make_query()


def make_query(text="exampel", **overrides):
    row = {"text": text, "count": 12, "last_seen": "2026-11-20", "kind": "similar"}
    return UnansweredQuery.objects.create(**{**row, **overrides})


def address(query):
    return reverse("admin:drugs_unansweredquery_change", args=[query.pk])


def listed(client, query="list=open"):
    return [row.text for row in client.get(f"{LIST}?{query}").context["cl"].result_list]


def test_a_search_is_added_to_the_page_that_readers_meant(client, editor, query):
    monograph = publish_document().monograph
    page = client.get(address(query)).content.decode()
    assert (
        "about 12 times" in page and "No page is called “exampel”" in page and "Examplol (examplol)" in page
    )
    sent = {"text": "Exampel", "kind": "misspelling", "page": monograph.pk}
    response = client.post(address(query), sent, follow=True)
    assert response.redirect_chain[-1][0] == change_address(monograph)
    assert "Readers find it once the page is published" in response.content.decode()
    name = DrugName.objects.get(text="Exampel")
    assert (name.kind, name.source, name.folded) == ("misspelling", "editor", "exampel")
    assert Monograph.objects.get().version == 2
    assert listed(client) == [] and listed(client, "list=settled") == ["exampel"]
    assert {str(entry.content_type.model) for entry in LogEntry.objects.all()} == {
        "monograph",
        "unansweredquery",
    }
    publishing.publish(Monograph.objects.get(), by="rey", kind="names", note="A misspelling.")
    assert names.find("exampel")[0].match == "exact"


def test_another_page_is_looked_for_on_the_same_screen(client, editor, query):
    draft = make_monograph(slug="draftol", title="Draftol")
    page = client.get(address(query)).content.decode()
    assert "Draftol" not in page and "Add the name" not in page
    page = client.get(address(query) + "?q=draft").content.decode()
    assert "Draftol (draftol): new draft, not public yet" in page
    client.post(address(query) + "?q=draft", {"text": "exampel", "kind": "brand", "page": draft.pk})
    assert draft.names.filter(text="exampel", kind="brand").exists()


MISTAKES = {
    "no page": ({"page": ""}, "Choose the page"),
    "a page that is not there": ({"page": "999999"}, "Select a valid choice"),
    "no kind": ({"kind": ""}, "This field is required"),
    "no name": ({"text": " "}, "This field is required"),
    "a name that no page can carry": ({"text": "a\u202eb"}, "cannot be printed"),
    "a name that the page has": ({"text": "XAMP"}, "has this name already"),
    "the title": ({"text": "examplol"}, "has this name already"),
    "a null character": ({"text": "a\x00b"}, "Null characters"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_explained_and_changes_nothing(client, editor, query, mistake):
    monograph = make_monograph()
    changes, words = MISTAKES[mistake]
    sent = {"text": "Exampel", "kind": "misspelling", "page": monograph.pk, **changes}
    assert words in client.post(address(query) + "?q=examplol", sent).content.decode()
    assert Monograph.objects.get().version == 1 and listed(client) == ["exampel"]


def test_each_query_that_an_action_dismisses_is_logged(client, editor, query):
    others = [make_query(f"junk {number}") for number in range(3)]
    client.post(address(query), {"_dismiss": ""})
    assert len(listed(client)) == 3
    chosen = {"action": "dismiss", "_selected_action": [other.pk for other in others[:2]]}
    client.post(f"{LIST}?list=open", chosen)
    assert listed(client) == ["junk 2"]
    assert LogEntry.objects.filter(user=editor, change_message="Dismissed.").count() == 3
    back = {"action": "ask_again", "_selected_action": [query.pk]}
    client.post(f"{LIST}?list=settled", back)
    assert listed(client) == ["exampel", "junk 2"]


def test_searches_are_narrowed_by_letter_and_by_what_readers_saw(client, editor):
    make_query("aol", kind="nothing")
    make_query("5-hol", count=99)
    make_query("βol", count=5)
    assert listed(client, "list=open&letter=a") == ["aol"]
    assert listed(client, "list=open&letter=0") == ["5-hol", "βol"]
    assert listed(client, "list=open&kind__exact=nothing") == ["aol"]
    assert listed(client, "list=open&q=hol&letter=x&o=1") == []


def test_whoever_may_not_write_adds_no_name(client, query):
    monograph = make_monograph()
    sent = {"text": "Exampel", "kind": "brand", "page": monograph.pk}
    for person in (make_person("adam", "Administrators"), make_user("vic", "drugs.view_unansweredquery")):
        client.force_login(person)
        assert client.get(address(query)).status_code == 403
        assert client.post(address(query), sent).status_code == 403
        assert client.post(address(query), {"_dismiss": ""}).status_code == 403
    assert Monograph.objects.get().version == 1 and not UnansweredQuery.objects.get().settled


@pytest.mark.parametrize("key", ["0", "999999999999999999999999", "x", "1/2", "%00"])
def test_a_search_that_is_not_there_is_not_found(client, editor, key):
    assert client.get(f"{LIST}{key}/change/").status_code in (302, 404)
