"""What a review shows first: what changed and what was asked, each figure with its place, the rest folded."""

import datetime
import re
from dataclasses import replace

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from drugs import desk, publishing
from drugs.content import Section
from drugs.models import DeskRevision, Monograph
from tests.support.builders import make_document, make_review, publish_document
from tests.support.desk_posts import address_of, make_person

pytestmark = pytest.mark.django_db

HANDED = {"by": "edith", "kind": "evidence", "reason": "As the label says.", "source": "Label, 4.2"}


def dosed(words, **more):
    sections = (*make_document().sections, Section("dosage", "", words))
    return make_document(sections=sections, **more)


@pytest.fixture
def page(client):
    """A public page whose dose waits for the review of Rita, who is logged in."""
    monograph = publish_document(dosed("Take 500 mg a day."), review=make_review()).monograph
    client.force_login(make_person("rita", "Reviewers", first_name="Rita", last_name="Roe"))
    return hand_in(monograph, dosed("Take 5000 mg a day."))


def hand_in(monograph, document):
    return publishing.submit(desk.write(document, by="edith", monograph=monograph), **HANDED)


def send_back(client, page, text="Ten times?"):
    client.post(address_of("review", page), {"_ask": "", "text": text, "version": page.version})
    return Monograph.objects.get(pk=page.pk)


def shown(client, page, query=""):
    return " ".join(client.get(address_of("review", page) + query).content.decode().split())


def parts(html, prefix=""):
    """The sections of the marked page, and whether each is open."""
    found = re.findall(rf'<details class="reading-part [\w-]+" id="{prefix}part-([\w-]+)"( open)?>', html)
    return {anchor: bool(is_open) for anchor, is_open in found}


def test_a_round_says_when_its_text_was_saved_and_when_asked(client, page):
    page = send_back(client, page)
    DeskRevision.objects.filter(version=page.version).update(
        saved_at=datetime.datetime(2025, 5, 4, 12, tzinfo=timezone.get_current_timezone())
    )
    asked = timezone.localtime(page.review_notes.get(act="asked").at)
    said = shown(client, hand_in(page, dosed("Take 50 mg a day.")))
    assert f"Rita Roe asked for changes on {date_format(asked, 'j F Y, H:i')}, of the text" in said
    assert "that was saved on 4 May 2025, 12:00." in said


def test_a_review_shows_numbers_before_what_the_checks_found(client, page):
    html = shown(client, hand_in(page, dosed("Take 50 mg a day.", ingredients=("Alphol", "alphol"))))
    assert html.index('id="figures"') < html.index("What the checks found") < html.index('id="reading"')


def test_a_review_folds_what_has_not_changed(client, page):
    found = parts(shown(client, page))
    assert [anchor for anchor, is_open in found.items() if is_open] == ["dosage"] and len(found) > 4


def test_a_review_shows_the_whole_page_to_whoever_asks(client, page):
    html = shown(client, page)
    assert html.count('href="?whole=1#reading"') == 2 and "a signature covers" not in html
    whole = shown(client, page, "?whole=1")
    assert all(parts(whole).values()) and 'href="?whole=1' not in whole


def test_a_review_says_that_nobody_has_reviewed_the_rest(client, page):
    other = publish_document(dosed("Take 1 mg.", slug="b")).monograph
    html = shown(client, hand_in(other, dosed("Take 2 mg.", slug="b")))
    assert "a signature covers what is unchanged, too" in html and not all(parts(html).values())


def test_a_change_that_no_section_shows_is_told_in_words(client, page):
    first, *others = dosed("Take 500 mg a day.").sections
    moved = make_document(sections=(*others, first))
    html = shown(client, hand_in(page, moved))
    assert '<details class="all-words" open>' in html and "Order of the sections" in html
    page = send_back(client, page)
    hand_in(page, make_document(sections=(*others[1:], first, others[0])))
    since = shown(client, page).split("All changes since edition 1")[0]
    assert "Order of the sections" in since


def test_a_review_of_a_new_page_shows_all_of_it(client, page):
    monograph = desk.write(dosed("Take 1 mg.", slug="new"), by="edith")
    html = shown(client, publishing.submit(monograph, **HANDED))
    assert all(parts(html).values()) and "whole=1" not in html


def test_a_review_without_a_change_shows_the_page(client, page):
    other = publish_document(dosed("Take 1 mg.", slug="c")).monograph
    assert all(parts(shown(client, other)).values())


def test_each_figure_leads_to_its_place_in_the_page(client, page):
    effect, *others = make_document().side_effects
    changed = replace(effect, description="In 3 of 100 people.")
    hand_in(
        page, dosed("Take not 5000 mg but 50 mg a day.", title="Examplol 7", side_effects=(changed, *others))
    )
    html = shown(client, page)
    places = re.findall(r'<p class="figure"> <a href="#([\w-]+)">(.*?)</a>', html)
    assert places[0][0] == "head" and 'id="head"' in html
    marks = {place: re.search(rf'<(?:ins|del) id="{place}">(.*?)</', html)[1] for place, _ in places[1:]}
    assert len(places) == html.count('<p class="figure">') >= 3 and len(marks) == len(places) - 1
    for place, figures in places[1:]:
        said = re.findall(r"\w+", figures.split("→")[1]) or re.findall(r"\w+", figures)
        assert set(re.findall(r"\w+", marks[place])) & set(said), place


def test_the_same_figures_twice_lead_to_two_places(client, page):
    before = "Take 1 mg at dawn, in bed.\n\nTake 1 mg at dusk, in bed."
    other = publish_document(dosed(before, slug="twice"), review=make_review()).monograph
    html = shown(client, hand_in(other, dosed(before.replace("1 mg", "5 mg"), slug="twice")))
    places = re.findall(r'<p class="figure"> <a href="#([\w-]+)">', html)
    assert len(places) == len(set(places)) == 2


def test_a_figure_that_is_gone_leads_to_where_it_stood(client, page):
    hand_in(page, make_document())
    html = shown(client, page)
    place = re.search(r'<p class="figure"> <a href="#([\w-]+)">', html)[1]
    assert place.startswith("mark-removed-") and f'<del id="{place}">' in html


def test_the_second_round_shows_first_what_changed_since(client, page):
    page = send_back(client, page)
    assert 'id="round"' not in shown(client, page)
    publishing.comment(page, by="edith", text="A slip of mine.", version=page.version, anchor="dosage")
    html = shown(client, hand_in(page, dosed("Take 50 mg a day.")))
    since, whole = html.split("All changes since edition 1")
    assert "<del>5000 mg</del>" in since and "<ins>50 mg</ins>" in since and "<del>500 mg</del>" not in since
    assert "<del>500 mg</del>" in whole and parts(since, "since-") == {"dosage": True}
    assert since.index("Ten times?") < since.index("1 note from before") < since.index("A slip of mine.")
    assert "A slip of mine." not in whole
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert all(f'id="{place}"' in html for place in re.findall(r'href="#([^"]+)"', html))


def test_a_section_that_was_commented_and_not_changed_is_shown(client, page):
    publishing.comment(page, by="rita", text="And cats?", version=page.version, anchor="uses")
    page = send_back(client, page)
    html = shown(client, hand_in(page, dosed("Take 50 mg a day.")))
    since = html.split("All changes since edition 1")[0]
    assert parts(since, "since-") == {"uses": True, "dosage": True} and "And cats?" in since


def test_a_text_that_came_back_unchanged_is_said_to_be_so(client, page):
    page = send_back(client, page)
    desk.write(dosed("Take 5 mg a day."), by="edith", monograph=page)
    html = shown(client, hand_in(Monograph.objects.get(pk=page.pk), dosed("Take 5000 mg a day.")))
    assert "The text says what it said then." in html


def test_a_text_that_is_not_kept_any_more_is_said_to_be_so(client, page):
    page = send_back(client, page)
    hand_in(page, dosed("Take 50 mg a day."))
    DeskRevision.objects.all().delete()
    html = shown(client, page)
    assert "is not kept any more" in html and "Ten times?" in html and 'id="talk-dosage"' in html


def test_a_comment_that_was_refused_opens_its_folded_section(client, page):
    words = {"text": "My words", "anchor": "uses", "version": "999"}
    html = client.post(address_of("review", page), words).content.decode()
    assert parts(html)["uses"] and "My words" in html
