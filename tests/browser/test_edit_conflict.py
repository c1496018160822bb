"""Edit conflicts in a real browser: both texts are saved, and what both changed is asked beside the common text."""

import pytest

from drugs import desk
from tests.support.builders import make_monograph
from tests.support.desk_browser import open_desk, unfold
from tests.support.desk_posts import change_address, make_person, read

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unknown_base(monkeypatch):
    """Nobody knows what the desk said before."""
    monkeypatch.setattr(desk, "revision", lambda monograph, version: None)


@pytest.fixture
def opened():
    """A monograph that two people can open."""
    monograph = make_monograph()
    make_person("zoe", "Editors", first_name="Zoe", last_name="Li")
    return monograph


def open_both(browser, live_server, monograph):
    """The form of `monograph` as Pat and as Zoe have opened it."""
    mine, theirs = (open_desk(browser, live_server, name) for name in ("pat", "zoe"))
    for page in (mine, theirs):
        page.goto(live_server.url + change_address(monograph))
    return mine, theirs


def save(page, **fields):
    for field, text in fields.items():
        unfold(page, f"id_{field.replace('_', '-')}")
        page.fill(f"#id_{field.replace('_', '-')}", text)
    page.click("button:text-is('Save')")


def test_two_editors_of_different_rows_are_both_saved(browser, live_server, pat, opened):
    mine, theirs = open_both(browser, live_server, opened)
    save(theirs, sections_0_body="The highest dose is 7 mg.")
    theirs.wait_for_selector(".messagelist .success")
    save(mine, faqs_0_answer="Not today.")
    mine.wait_for_selector(".messagelist .success")
    assert "Zoe Li saved this page while you were working on it" in mine.inner_text(".messagelist .info")
    assert mine.input_value("#id_sections-0-body") == "The highest dose is 7 mg."
    assert mine.locator(".desk-unsaved").count() == 0
    assert read(opened).faqs[0].answer == "Not today."


def test_what_both_changed_is_chosen_beside_the_common_text(browser, live_server, pat, opened):
    mine, theirs = open_both(browser, live_server, opened)
    save(theirs, sections_0_body="Do not stop it at once.", faqs_0_answer="Never.")
    theirs.wait_for_selector(".messagelist .success")
    save(mine, sections_0_body="Do not stop it quickly.", sections_1_body="It lowers blood pressure.")
    both = mine.inner_text(".contested")
    assert all(word in both for word in ("suddenly", "at once", "quickly"))
    assert mine.locator(".contested").count() == 1 and "Never." in mine.inner_text(".desk-changes")
    mine.click("text=Save with these choices")  # nothing is chosen: the browser asks for it
    mine.check("text=Save mine in its place")
    mine.click("text=Save with these choices")
    mine.wait_for_selector(".messagelist .success")
    document = read(opened)
    assert document.sections[0].body == "Do not stop it quickly."
    assert document.sections[1].body == "It lowers blood pressure."
    assert document.faqs[0].answer == "Never."
    assert mine.locator(".desk-unsaved").count() == 0 and not mine.complaints


def test_from_the_choice_a_way_leads_back_to_the_own_text(browser, live_server, pat, opened):
    mine, theirs = open_both(browser, live_server, opened)
    save(theirs, sections_0_body="Do not stop it at once.")
    theirs.wait_for_selector(".messagelist .success")
    save(mine, sections_0_body="Do not stop it quickly.")
    mine.click("text=Back to my text")
    assert mine.input_value("#id_sections-0-body") == "Do not stop it quickly."
    save(mine, sections_0_body="Do not stop it at once or quickly.")
    mine.check("text=Save mine in its place")
    mine.click("text=Save with these choices")
    mine.wait_for_selector(".messagelist .success")
    assert read(opened).sections[0].body == "Do not stop it at once or quickly."


def test_two_editors_at_once_see_both_texts_and_lose_nothing(browser, live_server, pat, unknown_base):
    make_person("zoe", "Editors", first_name="Zoe", last_name="Li")
    monograph = make_monograph()
    mine, theirs = open_both(browser, live_server, monograph)
    unfold(theirs, "id_sections-0-body")
    theirs.fill("#id_sections-0-body", "Do not stop it at once.")
    theirs.click("button:text-is('Save')")
    theirs.wait_for_selector(".messagelist .success")

    unfold(mine, "id_sections-0-body")
    mine.fill("#id_sections-0-body", "Do not stop it quickly.")
    mine.click("button:text-is('Save')")
    assert "Zoe Li saved this page while you were working" in mine.inner_text(".errornote ~ ul.errorlist")
    both = mine.inner_text(".desk-both")
    assert "at once" in both and "quickly" in both
    assert mine.input_value("#id_sections-0-body") == "Do not stop it quickly."
    # Whoever leaves this page is offered the own one again
    mine.goto(live_server.url + change_address(monograph))
    mine.click("text=Put it back")
    mine.click("button:text-is('Save')")
    mine.wait_for_selector(".messagelist .success")
    assert read(monograph).sections[0].body == "Do not stop it quickly."


def test_an_editor_can_save_over_the_other_text_once_it_was_read(browser, live_server, pat, unknown_base):
    monograph = make_monograph()
    mine, theirs = (open_desk(browser, live_server, "pat") for _ in range(2))
    for page, text in ((mine, "Do not stop it quickly."), (theirs, "Do not stop it at once.")):
        page.goto(live_server.url + change_address(monograph))
        unfold(page, "id_sections-0-body")
        page.fill("#id_sections-0-body", text)
    theirs.click("button:text-is('Save')")
    theirs.wait_for_selector(".messagelist .success")
    mine.click("button:text-is('Save')")
    mine.check("text=I have read what the other person saved")
    mine.click("button:text-is('Save')")
    mine.wait_for_selector(".messagelist .success")
    assert read(monograph).sections[0].body == "Do not stop it quickly."
