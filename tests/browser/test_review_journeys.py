"""Journeys of a review on a phone and without scripts: send back, comment, sign; put a text back; change a phrase."""

import pytest

from drugs import desk, publishing
from drugs.content import Section
from drugs.models import Edition, Monograph
from tests.support.builders import make_document, publish_document
from tests.support.desk_posts import address_of, make_person, read

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


def dosed(dose):
    warning, _, *others = make_document().sections
    return make_document(
        sections=(warning, Section("uses", "", f"For pain. Take {dose} at most twice."), *others)
    )


def hand_in(monograph):
    publishing.submit(
        monograph, by="edith", kind="evidence", reason="As the label says.", source="Label, 4.2"
    )


def phone(browser, live_server, name, role, scripts=False):
    make_person(name, role, first_name=name.title(), last_name="Ek")
    page = browser.new_context(**{**PHONE, "java_script_enabled": scripts}).new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", "x")
    page.click("[type=submit]")
    return page


def test_enter_in_one_line_hands_nothing_in_and_the_button_does(browser, live_server, db):
    monograph = publish_document(dosed("500 mg")).monograph
    desk.write(dosed("50 mg"), by="edith", monograph=monograph)
    page = phone(browser, live_server, "edith", "Editors", scripts=True)
    page.goto(live_server.url + address_of("hand_in", monograph))
    assert page.evaluate("[document.activeElement.id, scrollY].join()") == "id_kind,0"
    page.select_option("#id_kind", "evidence")
    page.fill("#id_reason", "As the label says.")
    page.fill("#id_source", "Brit")
    page.press("#id_source", "Enter")
    assert page.input_value("#id_source") == "Brit"
    monograph.refresh_from_db()
    assert not monograph.submitted and page.url.endswith("/hand-in/")
    page.fill("#id_source", "British label, 4.2")
    page.click("text=Hand in for review")
    page.click("text=Back to my work")
    monograph.refresh_from_db()
    assert monograph.submitted and page.url.endswith("/admin/")


def test_a_reviewer_sends_back_comments_and_signs_on_a_phone(browser, live_server, db):
    monograph = publish_document(dosed("500 mg")).monograph
    hand_in(desk.write(dosed("5000 mg"), by="edith", monograph=monograph))
    page = phone(browser, live_server, "rita", "Reviewers")
    page.click("text=Waiting for you")
    page.click("#result_list >> text=Examplol")
    assert page.inner_text(".figure") == "500 mg → 5000 mg"
    section = page.locator("#part-uses")
    section.locator("summary:has-text('Comment')").click()
    section.locator("textarea").fill("Ten times the label?")
    section.locator("text=Add the comment").click()
    page.fill("#ask", "Please look at the dose again.")
    page.click("text=Ask for changes")
    page.wait_for_selector("text=is sent back to")
    monograph.refresh_from_db()
    assert monograph.sent_back_to == "edith"

    hand_in(desk.write(dosed("50 mg"), by="edith", monograph=monograph))
    page.goto(live_server.url + address_of("review", monograph))
    assert "Ten times the label?" in page.inner_text("#since-part-uses")
    assert page.inner_text(".figure >> nth=0") == "5000 mg → 50 mg"
    page.click(".figure a >> nth=1")
    assert page.inner_text(":target") == "50" and page.locator(":target").is_visible()
    assert page.evaluate("document.documentElement.scrollHeight") < 4000
    assert not page.locator("#part-warning .page-text").is_visible()
    page.click("#part-warning summary")
    assert page.locator("#part-warning .page-text").is_visible()
    page.click("text=Show the whole page >> nth=0")
    assert page.locator("details.reading-part:not([open])").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.fill("#id_role", "pharmacist")
    if page.locator("#id_looked").count():
        page.check("#id_looked")
    button = page.locator("text=Sign and publish")
    assert button.bounding_box()["height"] >= 44 and button.bounding_box()["width"] > 300
    button.click()
    page.wait_for_selector("text=Edition 2 of Examplol is public now")
    assert Edition.objects.latest("number").reviewed_by == "Rita Ek"


def test_a_comment_that_is_not_added_yet_goes_nowhere(browser, live_server, db):
    monograph = publish_document(dosed("500 mg")).monograph
    hand_in(desk.write(dosed("5000 mg"), by="edith", monograph=monograph))
    page = phone(browser, live_server, "rita", "Reviewers", scripts=True)
    page.goto(live_server.url + address_of("review", monograph))
    section = page.locator("#part-uses")
    section.locator("summary:has-text('Comment')").click()
    section.locator("textarea").fill("Ten times the label?")
    page.fill("#ask", "Please look at the dose again.")
    page.click("text=Ask for changes")
    assert "not added yet" in section.locator("[role=alert]").inner_text()
    monograph.refresh_from_db()
    assert monograph.submitted and not monograph.sent_back_to
    section.locator("text=Add the comment").click()
    page.wait_for_selector(".talk-notes >> text=Ten times the label?")
    page.fill("#ask", "Please look at the dose again.")
    page.click("text=Ask for changes")
    page.wait_for_selector("text=is sent back to")


def test_a_text_is_put_back_and_a_phrase_changed_without_scripts(browser, live_server, db):
    monograph = publish_document(dosed("500 mg")).monograph
    desk.write(dosed("5000 mg"), by="zoe", monograph=monograph)
    page = phone(browser, live_server, "edith", "Editors")
    page.goto(live_server.url + address_of("revisions", monograph))
    page.click("text=Discard the changes since edition 1")
    page.click("button:text-is('Put this text back on the desk')")
    page.wait_for_selector("text=The desk says again what edition 1 said")
    assert read(monograph) == dosed("500 mg")

    page.click(".desk-menu summary")
    page.click(".desk-menu >> text=Search the texts")
    page.fill("#text-q", "at most twice")
    page.click("button:text-is('Search the texts')")
    page.click("text=Change this phrase in these pages")
    page.fill("#id_words", "no more than twice")
    page.click("text=Show what would change")
    page.check("[name=page]")
    page.select_option("#id_kind", "clarity")
    page.fill("#id_reason", "One way to say it.")
    page.click("text=Save the ticked pages")
    page.wait_for_selector("text=1 page saved, 1 of them handed in together")
    assert "no more than twice" in read(monograph).sections[1].body
    assert list(Monograph.objects.waiting()) == [monograph]
