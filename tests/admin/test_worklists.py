"""The worklists that run an editor's day: what is in each, the start page, and what they cost."""

import datetime
import re

import pytest
from django.utils import timezone

from drugs import desk, publishing
from drugs.admin.worklists import SETTLED, START
from drugs.content import Section
from drugs.models import DailyReads, Monograph, Publication
from tests.support.builders import make_document, make_report, make_review, publish_document
from tests.support.desk_posts import change_address, fields_of, make_person
from tests.support.worklist_rows import (
    BARE,
    MONOGRAPHS,
    make_commented,
    make_draft,
    make_draft_of_edith,
    make_due,
    make_held,
    make_import,
    make_pair,
    make_query,
    make_reported,
    make_sent_back,
    make_source_changed,
    make_waiting,
    slugs,
)

pytestmark = pytest.mark.django_db


MAKE = {
    "waiting": make_waiting,
    "sent_back": make_sent_back,
    "back_to_me": make_sent_back,
    "drafts": make_draft_of_edith,
    "for_me": make_waiting,
    "commented": make_commented,
    "due": make_due,
    "sources": make_source_changed,
    "held": make_held,
    "unopened": make_import,
    "open problemreport": make_reported,
    "open unansweredquery": make_query,
    "open likelyduplicate": make_pair,
    "": make_draft,
}


def maker(item):
    return MAKE[item.key if item.model is Monograph else f"{item.key} {item.model._meta.model_name}"]


@pytest.mark.parametrize("item", START, ids=lambda item: item.name)
def test_each_list_shows_what_it_counts_with_few_queries(client, editor, django_assert_max_num_queries, item):
    for number in range(30):
        maker(item)(number)
    with django_assert_max_num_queries(12):
        response = client.get(item.url)
    found = response.context["cl"]
    assert found.result_count == len(found.result_list) == item.count("edith") == 30
    page = response.content.decode()
    assert item.name in page and item.says_to(editor) in page and item.empty not in page


@pytest.mark.parametrize("item", START + SETTLED, ids=lambda item: item.name)
def test_an_empty_list_says_so_in_words(client, editor, item):
    page = client.get(item.url).content.decode()
    assert item.empty in page and "Nothing matches" not in page


def test_a_list_emptied_by_filters_leads_back_to_the_whole_list(client, editor):
    make_held()
    page = client.get(f"{MONOGRAPHS}?list=held&letter=z").content.decode()
    assert "Nothing matches" in page and f'href="{MONOGRAPHS}?list=held">Show the whole list' in page


def test_the_start_page_counts_every_list_with_few_queries(client, editor, django_assert_max_num_queries):
    for item in START:
        for number in range(3):
            maker(item)(f"{item.key}-{number}" if item.model is Monograph else number)
    with django_assert_max_num_queries(13):
        response = client.get("/admin/")
    page = response.content.decode()
    for item in START:
        if item.permission == "drugs.publish_monograph":
            assert item.url not in page
            continue
        if item.key == "sent_back":  # these are all her own, and counted as such
            assert item.url not in page
            continue
        assert (
            f'<a href="{item.url}"><span class="start-count">{item.count("edith")}</span> {item.name}</a>'
            in page
        )
        assert item.count("edith") >= 3


def test_lists_with_nothing_in_them_are_folded_on_the_start_page(client, editor):
    make_waiting()
    page = " ".join(client.get("/admin/").content.decode().split())
    told, folded = page[page.index('id="lists-heading"') :].split("<details>")[:2]
    assert "Waiting for review" in told and "Nothing waits in" in folded
    assert "No text has been sent back." in folded and "No text has been sent back." not in told


@pytest.mark.parametrize("others", [0, 1])
def test_a_list_that_is_all_mine_is_counted_once(client, others):
    rita = make_person("rita", "Reviewers", first_name="Rita", last_name="Roe")
    client.force_login(rita)
    make_waiting(1)
    if others:
        desk.add_contributors([make_waiting(2)], "rita")
    page = client.get("/admin/").content.decode()
    assert "Waiting for you" in page and ("Waiting for review</a>" in page) == bool(others)


def test_whoever_has_no_name_is_not_told_to_sign(client):
    make_waiting()
    adam = make_person("adam", "Reviewers")
    client.force_login(adam)
    for address in ("/admin/", f"{MONOGRAPHS}?list=for_me"):
        page = client.get(address).content.decode()
        assert "Your account has no name to sign with" in page and "you may sign them" not in page
    adam.first_name = "Adam"
    adam.save()
    assert "you may sign them" in client.get("/admin/").content.decode()


def test_the_start_page_shows_only_lists_that_one_may_see(client):
    client.force_login(make_person("stan"))
    assert "What waits for everybody" not in client.get("/admin/").content.decode()
    client.force_login(make_person("adam", "Administrators"))
    page = client.get("/admin/").content.decode()
    assert "Waiting for review" in page and "Likely duplicates" not in page


def test_what_is_handed_in_waits_until_it_is_saved_or_published(client, editor):
    first, second = make_waiting(1), make_waiting(2)
    assert slugs(client, f"{MONOGRAPHS}?list=waiting") == ["examplol-1", "examplol-2"]
    assert "edith" in client.get(f"{MONOGRAPHS}?list=waiting").content.decode()
    desk.touch(first, "edith")
    publishing.publish(second, by="rey", kind="clarity", note="x")
    assert slugs(client, f"{MONOGRAPHS}?list=waiting") == []


def test_a_comment_by_a_link_waits_for_an_answer_or_an_edition(client, editor):
    answered, published = make_commented(0), make_commented(1)
    assert slugs(client, f"{MONOGRAPHS}?list=commented") == ["examplol-0", "examplol-1"]
    for monograph in (answered, published):
        desk.write(
            make_document(slug=monograph.slug, title="Saved by somebody else"), by="t", monograph=monograph
        )
        publishing.submit(monograph, by="t")
    assert slugs(client, f"{MONOGRAPHS}?list=commented") == ["examplol-0", "examplol-1"]
    publishing.comment(answered, by="edith", text="It is.", version=answered.version)
    publishing.publish(published, by="t", kind="clarity", note="Second.")
    assert slugs(client, f"{MONOGRAPHS}?list=commented") == []


def test_a_review_is_due_from_sixty_days_before(client, editor):
    for number, days in enumerate((61, 60, 0, -5)):
        make_due(number, days)
    assert slugs(client, f"{MONOGRAPHS}?list=due") == ["examplol-3", "examplol-2", "examplol-1"]
    publishing.withdraw(Publication.objects.get(slug="examplol-2"), reason="Gone.", by="test")
    assert slugs(client, f"{MONOGRAPHS}?list=due") == ["examplol-3", "examplol-1"]


def test_what_checks_hold_back_is_listed_with_the_reasons(client, editor):
    held = make_held(title="Examplol-")
    page = client.get(f"{MONOGRAPHS}?list=held").content.decode()
    assert "A placeholder was never filled in: {details}" in page and "looks cut off" in page
    desk.write(make_document(slug=held.slug), by="edith", monograph=held)
    assert slugs(client, f"{MONOGRAPHS}?list=held") == []


def test_saving_on_the_screen_keeps_the_reasons_true(client, editor):
    monograph = make_draft()
    fields = fields_of(client, monograph) | {"sections-1-body": "Take [insert dose]."}
    assert client.post(change_address(monograph), fields).status_code == 302
    assert slugs(client, f"{MONOGRAPHS}?list=held") == [monograph.slug]
    fields = fields_of(client, monograph) | {"sections-1-body": "Take one.", "title": "Other"}
    assert client.post(change_address(monograph), fields).status_code == 302
    assert slugs(client, f"{MONOGRAPHS}?list=held") == []
    monograph.refresh_from_db()
    assert (monograph.letter, monograph.folded) == ("o", "other")


def test_pages_that_were_never_checked_are_owned_up_to(client, editor):
    make_draft()
    Monograph.objects.update(blocks=None)
    for address in ("/admin/", f"{MONOGRAPHS}?list=held"):
        assert "have not been checked since an upgrade" in client.get(address).content.decode()


def test_an_import_is_unworked_until_somebody_saves_or_signs_it(client, editor):
    first, second, third = (make_import(number) for number in range(3))
    client.get(change_address(first))
    assert len(slugs(client, f"{MONOGRAPHS}?list=unopened")) == 3
    client.post(change_address(first), fields_of(client, first) | {"title": "Better"})
    publishing.publish(second, by="rey", kind="clarity", note="x")
    assert slugs(client, f"{MONOGRAPHS}?list=unopened") == [second.slug, third.slug]
    publishing.publish(second, by="rey", kind="clarity", note="x", review=make_review())
    assert slugs(client, f"{MONOGRAPHS}?list=unopened") == [third.slug]
    make_import(0, sections=(Section("uses", "", "A newer file."),), **BARE)
    assert slugs(client, f"{MONOGRAPHS}?list=unopened") == [third.slug]


def test_my_work_is_mine_and_nobody_elses(client, editor):
    make_draft_of_edith(1)
    desk.write(make_document(slug="examplol-2"), by="zoe")
    make_sent_back(3)
    assert slugs(client, f"{MONOGRAPHS}?list=drafts") == ["examplol-1"]
    assert slugs(client, f"{MONOGRAPHS}?list=back_to_me") == ["examplol-3"]
    client.force_login(make_person("zoe", "Reviewers"))
    assert slugs(client, f"{MONOGRAPHS}?list=drafts") == ["examplol-2"]
    assert slugs(client, f"{MONOGRAPHS}?list=back_to_me") == []
    assert slugs(client, f"{MONOGRAPHS}?by=edith") == ["examplol-1"]


def test_what_waits_for_a_reviewer_is_what_others_wrote(client, reviewer):
    monograph = make_waiting(1)
    assert slugs(client, f"{MONOGRAPHS}?list=for_me") == ["examplol-1"]
    desk.touch(monograph, "rey")
    publishing.submit(monograph, by="rey")
    assert slugs(client, f"{MONOGRAPHS}?list=for_me") == []
    assert slugs(client, f"{MONOGRAPHS}?list=waiting") == ["examplol-1"]


def test_the_start_page_says_how_far_the_site_is_and_what_is_first(client, reviewer):
    make_due(1, days=-5)
    make_due(2, days=300)
    make_reported(3)
    page = " ".join(client.get("/admin/").content.decode().split())
    assert "<strong>1 of 3</strong> public pages reviewed; 3 pages on the desk." in page
    first = page[page.index("Review these first") :]
    assert first.index("1 open report, not reviewed") < first.index("review was due on")
    assert "Examplol 2" not in first


def test_what_is_reported_read_and_searched_for_most_is_first(client, reviewer):
    pages = [publish_document(slug=f"p{number}", title=f"Page {number}") for number in range(5)]
    for page, number, searches in ((pages[1], 2, 9), (pages[2], 7, 0), (pages[3], 2, 5)):
        for day in (timezone.localdate(), timezone.localdate() - datetime.timedelta(days=1)):
            DailyReads.objects.create(publication=page, day=day, number=number, searches=searches)
    DailyReads.objects.create(publication=pages[4], day="2020-01-01", number=99)  # is long ago
    make_report(pages[0].monograph)
    page = " ".join(client.get("/admin/").content.decode().split())
    first = page[page.index("Review these first") :]
    assert re.findall(r"Page \d", first) == ["Page 0", "Page 2", "Page 1", "Page 3"]
    assert "read 4 times, searched for 18 times, not reviewed" in first


def test_what_was_sent_back_says_who_asked_and_what(client, editor):
    make_person("rey", "Reviewers", first_name="Rey", last_name="Roe")
    monograph = make_sent_back()
    publishing.submit(
        Monograph.objects.get(pk=monograph.pk), by="edith", kind="evidence", reason="x", source="y"
    )
    publishing.ask_for_changes(monograph, by="rey", text="Which\nlabel? " + "Why? " * 100)
    for key in ("sent_back", "back_to_me"):
        page = client.get(f"/admin/drugs/monograph/?list={key}").content.decode()
        assert "Rey Roe: Which label? Why?" in page and "Which source?" not in page and "…" in page
