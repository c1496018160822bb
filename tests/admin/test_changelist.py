"""The changelist of monographs: columns, list filters and search."""

import datetime

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from drugs import desk, publishing
from drugs.admin.filters import LetterFilter
from drugs.admin.monographs.states import STATES
from drugs.content import DrugClass, Name
from drugs.models import Monograph
from tests.support.builders import make_monograph, make_review, publish_document
from tests.support.desk_posts import change_address
from tests.support.worklist_rows import MONOGRAPHS, make_draft, make_held, make_public, make_waiting, slugs

pytestmark = pytest.mark.django_db


def test_the_list_says_where_each_page_stands(client, editor):
    publish_document()
    make_monograph(slug="draftol", title="Draftol")
    address = reverse("admin:drugs_monograph_changelist")
    page = client.get(address).content.decode()
    assert (
        "as published" in page and "new draft, not public yet" in page and "edition 1, not reviewed" in page
    )
    for query, title in (
        ("state=new", "Draftol"),
        ("status=not_reviewed", "Examplol"),
        ("q=Xamp", "Examplol"),
    ):
        titles = [row.title for row in client.get(f"{address}?{query}").context["cl"].result_list]
        assert title in titles


def make_states():
    """A page in every state, and the pages that look like another one; by address."""
    states = {}
    for name in ("same", "changes", "withdrawn", "withdrawn-changes", "submitted", "submitted-gone"):
        publication = make_public(name)
        monograph = publication.monograph
        if name != "same" and name != "withdrawn":
            desk.touch(monograph, "edith")
        if name.startswith("withdrawn") or name.endswith("gone"):
            publishing.withdraw(publication, by="rey", reason="Under inquiry.")
        states[monograph.slug] = name.split("-")[0]
        if name.startswith("submitted"):
            Monograph.objects.filter(pk=monograph.pk).update(
                submitted_version=F("version"), submitted_at=timezone.now()
            )
    states[make_draft("new").slug] = "new"
    states[make_waiting("first").slug] = "submitted"
    return states


def test_every_page_is_in_the_one_state_that_its_filter_finds(client, editor):
    states = make_states()
    for key, state in STATES.items():
        found = [slug for slug, expected in states.items() if expected == key]
        assert slugs(client, f"{MONOGRAPHS}?state={key}") == sorted(found), key
        for slug in found:
            screen = client.get(change_address(Monograph.objects.get(slug=slug))).content.decode()
            assert f"<strong>{state.words.capitalize()}.</strong>" in screen
    page = client.get(MONOGRAPHS).content.decode()
    assert (
        page.count("not public yet</span></td>") == 2 and page.count('state-withdrawn">withdrawn</span>') == 2
    )


def test_only_what_was_never_public_is_called_a_draft(client, editor):
    for slug, state in make_states().items():
        screen = client.get(change_address(Monograph.objects.get(slug=slug))).content.decode()
        assert ("draft, not public yet" in screen) == (state == "new"), slug


def test_the_list_needs_few_queries(client, editor, django_assert_max_num_queries):
    for number in range(30):
        publish_document(slug=f"examplol-{number}", title=f"Examplol {number}")
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:drugs_monograph_changelist"))


def test_lists_write_days_and_hours_as_the_change_form_does(client, editor):
    moment = datetime.datetime(2026, 11, 22, 14, 5, tzinfo=datetime.UTC)
    Monograph.objects.filter(pk=make_public(review=make_review()).monograph_id).update(changed_at=moment)
    page = client.get(reverse("admin:drugs_monograph_changelist")).content.decode()
    assert ">22 November 2026, 14:05<" in page and ">22 November 2029<" in page


FILTERS = {
    "list=held&letter=e": ["examplol"],
    "list=held&letter=0": ["5-hol"],
    "list=held&origin=label": ["5-hol"],
    "list=held&class=statins": ["5-hol"],
    "list=held&class=Nothing": [],
    "list=held&state=new": ["5-hol", "examplol"],
    "list=held&state=submitted": [],
    "list=held&status=none&class=beta+blockers": ["examplol"],
    "list=nonsense&letter=nonsense&state=x&origin=x&status=x": ["5-hol", "aol", "examplol"],
    "class=%00": ["5-hol", "aol", "examplol"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_the_list_filters_narrow_a_list(client, editor, query):
    make_held(slug="examplol", title="Éxamplol")
    two = (DrugClass("Statins"), DrugClass("statins"))
    make_held(slug="5-hol", title="5-hol", origin="label", classes=two)
    make_draft(slug="aol", title="Aol")
    assert slugs(client, f"{MONOGRAPHS}?{query}") == FILTERS[query]


def test_the_letter_filter_finds_what_was_never_published(client, editor):
    publish_document(title="Éxamplol")
    make_monograph(slug="draftol", title="Draftol")
    make_monograph(slug="5-draftol", title="5-Draftol")

    def under(letter):
        filtered = LetterFilter(None, {"letter": [letter]}, Monograph, None)
        return [monograph.slug for monograph in filtered.queryset(None, Monograph.objects.all())]

    assert (under("e"), under("d"), under("0"), under("x")) == (["examplol"], ["draftol"], ["5-draftol"], [])


def test_the_box_for_a_class_keeps_the_rest_of_the_address(client, editor):
    make_held()
    page = client.get(f"{MONOGRAPHS}?list=held&class=Beta+blockers&q=exam&p=1").content.decode()
    assert '<option value="Beta blockers">' in page
    box = page[page.index('class="class-filter"') : page.index("</datalist>")]
    assert 'name="list" value="held"' in box and 'name="q" value="exam"' in box and 'name="p"' not in box


SEARCHES = {
    "exámplol": {"examplol", "otherol"},
    "QOMB": {"examplol"},
    "Zweiter-Name": {"examplol"},
    "exampel": {"examplol"},  # a misspelling that somebody wrote down
    "oth er": {"otherol"},
    "otherl": {"otherol"},  # similar to the name of a public page
    "zzzz": set(),
    "%": set(),
}


@pytest.mark.parametrize("text", SEARCHES)
def test_the_search_finds_a_page_by_any_name(client, editor, text):
    names = (Name("Qomb", "brand"), Name("Zweiter Name", "synonym"), Name("Exampel", "misspelling"))
    make_draft(slug="examplol", title="Examplol", names=names)
    publish_document(slug="otherol", title="Otherol", names=(Name("Examplol B", "brand"),))
    assert set(slugs(client, f"{MONOGRAPHS}?q={text}")) == SEARCHES[text]


def test_the_only_medicine_that_is_found_is_opened(client, editor):
    monograph = publish_document().monograph
    make_monograph(slug="xampyl", title="Xampyl", names=())
    assert client.get(f"{MONOGRAPHS}?q=examplol&open=1").url == change_address(monograph)
    assert slugs(client, f"{MONOGRAPHS}?q=xamp&open=1") == ["examplol", "xampyl"]
    for query in ("q=examplol", "q=examplxl&open=1", "q=%00&open=1", "open=1"):
        assert (
            client.get(f"{MONOGRAPHS}?{query}").status_code == 200
        )  # similar names are never opened unasked


def test_the_search_calls_similar_names_similar(client, editor, django_assert_max_num_queries):
    publish_document(slug="otherol", title="Otherol", names=())
    with django_assert_max_num_queries(14):
        page = client.get(f"{MONOGRAPHS}?q=otherl").content.decode()
    assert "Nothing here is called “otherl”" in page
    assert "Nothing here is called" not in client.get(f"{MONOGRAPHS}?q=otherol").content.decode()
