"""The lists that run an editor's day: what is in each, how it is narrowed, and what it costs."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from drugs import desk, publishing
from drugs.admin.worklists import SETTLED, START
from drugs.content import DrugClass, Name, Section
from drugs.models import LikelyDuplicate, Monograph, Publication, UnansweredQuery
from tests.support.builders import make_document, make_monograph, make_report, make_review, publish_document
from tests.support.desk_posts import address_of, change_address, fields_of, make_person

pytestmark = pytest.mark.django_db

MONOGRAPHS = "/admin/drugs/monograph/"
BARE = {"side_effects": (), "faqs": ()}  # a page whose sections a test gives


@pytest.fixture
def editor(client):
    person = make_person("edith", "Editors")
    client.force_login(person)
    return person


def make(number=0, **overrides):
    return make_monograph(**{"slug": f"examplol-{number}", "title": f"Examplol {number}", **overrides})


def public(number=0, **overrides):
    return publish_document(**{"slug": f"examplol-{number}", "title": f"Examplol {number}", **overrides})


def make_import(number=0, **overrides):
    document = make_document(slug=f"examplol-{number}", title=f"Examplol {number}", **overrides)
    source = desk.Source(f"e/examplol-{number}.md", "page", "0" * 64)
    return desk.save_page(document, source, by="import_monographs").monograph


def make_waiting(number=0):
    return publishing.submit(make(number), by="edith")


def make_held(number=0, **overrides):
    return make(number, **BARE, **{"sections": (Section("uses", "", "Take {details} daily."),), **overrides})


def make_due(number=0, days=30):
    due = timezone.localdate() + datetime.timedelta(days=days)
    on = due - datetime.timedelta(days=1000)
    return public(number, review=make_review(on=on, due=due), classes=()).monograph


def make_query(number=0, **overrides):
    row = {"text": f"exampol {number}", "count": 3 + number, "last_seen": "2026-11-20", "kind": "nothing"}
    return UnansweredQuery.objects.create(**{**row, **overrides})


def make_reported(number=0):
    return make_report(public(f"reported-{number}").monograph)


def make_pair(number=0):
    make(number)
    return make(f"{number}-again", title=f"Examplol {number}")


MAKE = {
    "waiting": make_waiting,
    "due": make_due,
    "held": make_held,
    "unopened": make_import,
    "open problemreport": make_reported,
    "open unansweredquery": make_query,
    "open likelyduplicate": make_pair,
    "": make,
}


def maker(item):
    return MAKE[item.key if item.model is Monograph else f"{item.key} {item.model._meta.model_name}"]


def rows(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def slugs(client, address):
    return [row.slug for row in rows(client, address)]


@pytest.mark.parametrize("item", START, ids=lambda item: item.name)
def test_each_list_shows_what_it_counts_with_few_queries(client, editor, django_assert_max_num_queries, item):
    for number in range(30):
        maker(item)(number)
    with django_assert_max_num_queries(12):
        response = client.get(item.url)
    found = response.context["cl"]
    assert found.result_count == len(found.result_list) == item.count() == 30
    page = response.content.decode()
    assert item.name in page and item.says in page and item.empty not in page


@pytest.mark.parametrize("item", START + SETTLED, ids=lambda item: item.name)
def test_an_empty_list_says_so_in_words(client, editor, item):
    page = client.get(item.url).content.decode()
    assert item.empty in page and "Nothing matches" not in page


def test_lists_write_days_and_hours_as_the_screen_of_a_page_does(client, editor):
    moment = datetime.datetime(2026, 11, 22, 14, 5, tzinfo=datetime.UTC)
    Monograph.objects.filter(pk=public(review=make_review()).monograph_id).update(changed_at=moment)
    page = client.get(reverse("admin:drugs_monograph_changelist")).content.decode()
    assert ">22 November 2026, 14:05<" in page and ">22 November 2029<" in page


def test_a_list_that_filters_emptied_leads_back_to_the_whole_list(client, editor):
    make_held()
    page = client.get(f"{MONOGRAPHS}?list=held&letter=z").content.decode()
    assert "Nothing matches" in page and f'href="{MONOGRAPHS}?list=held">Show the whole list' in page


def test_the_start_page_counts_every_list_with_few_queries(client, editor, django_assert_max_num_queries):
    for item in START:
        for number in range(3):
            maker(item)(f"{item.key}-{number}" if item.model is Monograph else number)
    with django_assert_max_num_queries(16):
        response = client.get("/admin/")
    page = response.content.decode()
    for item in START:
        assert f'<a href="{item.url}"><span class="start-count">{item.count()}</span> {item.name}</a>' in page
        assert item.count() >= 3


def test_the_start_page_shows_no_list_to_people_without_the_right(client):
    client.force_login(make_person("stan"))
    assert "What waits for you" not in client.get("/admin/").content.decode()
    client.force_login(make_person("adam", "Administrators"))
    page = client.get("/admin/").content.decode()
    assert "Waiting for review" in page and "Likely duplicates" not in page


def test_what_is_handed_in_waits_until_it_is_saved_again_or_published(client, editor):
    first, second = make_waiting(1), make_waiting(2)
    assert slugs(client, f"{MONOGRAPHS}?list=waiting") == ["examplol-1", "examplol-2"]
    assert "edith" in client.get(f"{MONOGRAPHS}?list=waiting").content.decode()
    desk.touch(first, "edith")
    publishing.publish(second, by="rey", kind="clarity", note="x")
    assert slugs(client, f"{MONOGRAPHS}?list=waiting") == []


def test_a_review_is_due_from_sixty_days_before_until_it_is_done_or_the_page_withdrawn(client, editor):
    for number, days in enumerate((61, 60, 0, -5)):
        make_due(number, days)
    assert slugs(client, f"{MONOGRAPHS}?list=due") == ["examplol-3", "examplol-2", "examplol-1"]
    publishing.withdraw(Publication.objects.get(slug="examplol-2"), reason="Gone.", by="test")
    assert slugs(client, f"{MONOGRAPHS}?list=due") == ["examplol-3", "examplol-1"]


def test_what_checks_hold_back_is_listed_with_the_reasons_until_it_is_mended(client, editor):
    held = make_held(title="Examplol-")
    page = client.get(f"{MONOGRAPHS}?list=held").content.decode()
    assert "A placeholder was never filled in: {details}" in page and "looks cut off" in page
    desk.write(make_document(slug=held.slug), by="edith", monograph=held)
    assert slugs(client, f"{MONOGRAPHS}?list=held") == []


def test_saving_on_the_screen_keeps_the_reasons_true(client, editor):
    monograph = make()
    fields = fields_of(client, monograph) | {"sections-1-body": "Take [insert dose]."}
    assert client.post(change_address(monograph), fields).status_code == 302
    assert slugs(client, f"{MONOGRAPHS}?list=held") == [monograph.slug]
    fields = fields_of(client, monograph) | {"sections-1-body": "Take one.", "title": "Other"}
    assert client.post(change_address(monograph), fields).status_code == 302
    assert slugs(client, f"{MONOGRAPHS}?list=held") == []
    monograph.refresh_from_db()
    assert (monograph.letter, monograph.folded) == ("o", "other")


def test_pages_that_were_never_checked_are_owned_up_to(client, editor):
    make()
    Monograph.objects.update(blocks=None)
    for address in ("/admin/", f"{MONOGRAPHS}?list=held"):
        assert "have not been checked since an upgrade" in client.get(address).content.decode()


def test_an_imported_page_is_opened_by_somebody_who_could_mend_it(client, editor):
    monograph = make_import()
    client.get(MONOGRAPHS)
    client.force_login(make_person("adam", "Administrators"))
    client.get(change_address(monograph))
    assert slugs(client, f"{MONOGRAPHS}?list=unopened") == [monograph.slug]
    client.force_login(editor)
    client.get(change_address(monograph))
    assert slugs(client, f"{MONOGRAPHS}?list=unopened") == []
    first = Monograph.objects.get().import_record.opened_at
    client.get(change_address(monograph))
    assert Monograph.objects.get().import_record.opened_at == first
    make_import(sections=(Section("uses", "", "A newer file."),), **BARE)
    assert slugs(client, f"{MONOGRAPHS}?list=unopened") == [monograph.slug]


FILTERS = {
    "list=held&letter=e": ["examplol"],
    "list=held&letter=0": ["5-hol"],
    "list=held&origin=label": ["5-hol"],
    "list=held&class=statins": ["5-hol"],
    "list=held&class=Nothing": [],
    "list=held&state=draft": ["5-hol", "examplol"],
    "list=held&state=submitted": [],
    "list=held&status=none&class=beta+blockers": ["examplol"],
    "list=nonsense&letter=nonsense&state=x&origin=x&status=x": ["5-hol", "aol", "examplol"],
    "class=%00": ["5-hol", "aol", "examplol"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_the_filters_narrow_a_list(client, editor, query):
    make_held(slug="examplol", title="Éxamplol")
    two = (DrugClass("Statins"), DrugClass("statins"))
    make_held(slug="5-hol", title="5-hol", origin="label", classes=two)
    make(slug="aol", title="Aol")
    assert slugs(client, f"{MONOGRAPHS}?{query}") == FILTERS[query]


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
def test_a_page_is_found_by_any_name(client, editor, text):
    names = (Name("Qomb", "brand"), Name("Zweiter Name", "synonym"), Name("Exampel", "misspelling"))
    make(slug="examplol", title="Examplol", names=names)
    publish_document(slug="otherol", title="Otherol", names=(Name("Examplol B", "brand"),))
    assert set(slugs(client, f"{MONOGRAPHS}?q={text}")) == SEARCHES[text]


def test_similar_names_are_called_similar(client, editor, django_assert_max_num_queries):
    publish_document(slug="otherol", title="Otherol", names=())
    with django_assert_max_num_queries(14):
        page = client.get(f"{MONOGRAPHS}?q=otherl").content.decode()
    assert "Nothing here is called “otherl”" in page
    assert "Nothing here is called" not in client.get(f"{MONOGRAPHS}?q=otherol").content.decode()


def test_pairs_are_filtered_by_the_older_page(client, editor):
    make_pair(1)
    make(slug="zzol", title="Zzol", origin="label")
    make(slug="zzol-2", title="Zzol")
    address = reverse("admin:drugs_likelyduplicate_changelist")
    for query in ("letter=z", "origin=label", "class=beta+blockers&letter=z", "state=draft&letter=z"):
        assert [str(pair) for pair in rows(client, f"{address}?list=open&{query}")] == ["Zzol and Zzol"]
    assert rows(client, f"{address}?list=open&state=same") == []


def test_an_editor_settles_pairs_and_each_is_logged(client, editor):
    for number in range(2):
        make_pair(number)
    address = reverse("admin:drugs_likelyduplicate_changelist")
    keys = list(LikelyDuplicate.objects.values_list("pk", flat=True))
    client.post(f"{address}?list=open", {"action": "settle", "_selected_action": keys})
    assert rows(client, f"{address}?list=open") == []
    assert len(rows(client, f"{address}?list=settled")) == 2
    assert LogEntry.objects.filter(object_id__in=map(str, keys), user=editor).count() == 2
    client.post(f"{address}?list=settled", {"action": "ask_again", "_selected_action": keys[:1]})
    assert len(rows(client, f"{address}?list=open")) == 1
    assert LogEntry.objects.count() == 3


def test_a_pair_goes_with_a_draft_that_is_deleted_and_never_alone(client):
    client.force_login(make_person("rey", "Reviewers"))
    newer = make_pair()
    pair = LikelyDuplicate.objects.get()
    delete = reverse("admin:drugs_likelyduplicate_delete", args=[pair.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    address = reverse("admin:drugs_monograph_delete", args=[newer.pk])
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not LikelyDuplicate.objects.exists() and Monograph.objects.count() == 1


def test_a_published_page_says_why_it_has_no_delete(client):
    client.force_login(make_person("rey", "Reviewers"))
    page = client.get(change_address(public().monograph)).content.decode()
    assert "can be withdrawn from readers, and never deleted" in page and "deletelink" not in page
    assert "deletelink" in client.get(change_address(make(1))).content.decode()
    assert address_of("withdraw", Publication.objects.get().monograph) in page
