"""Unsaved words in a real browser: they belong to an account, outlive a session time-out, and end with a log-out."""

import pytest
from django.contrib.sessions.models import Session

from drugs.models import Edition
from tests.support.builders import make_monograph
from tests.support.desk_browser import open_desk, unfold
from tests.support.desk_posts import address_of, change_address, make_person

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "#id_sections-0-body"
STORED = "Object.keys(localStorage).filter((key) => key.startsWith('medinfo-'))"


@pytest.fixture
def people():
    return [
        make_person("edith", "Editors", first_name="Edith", last_name="Ek"),
        make_person("rey", "Reviewers", first_name="Rey", last_name="Ito"),
    ]


def log_in(page, live_server, username):
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", "x")
    page.click("[type=submit]")
    page.wait_for_selector("text=What waits for everybody")


def type_words(page, live_server, monograph):
    page.goto(live_server.url + change_address(monograph))
    unfold(page, BODY[1:])
    page.fill(BODY, "Typed for an hour.")
    page.wait_for_timeout(600)
    assert len(page.evaluate(STORED)) == 1


def offered(page, live_server, monograph):
    page.goto(live_server.url + change_address(monograph))
    assert page.input_value(BODY) == "Do not stop it suddenly."
    return page.locator(".desk-unsaved").count()


def test_log_out_leaves_no_unsaved_words_for_anybody(browser, live_server, people):  # noqa: F811
    monograph = make_monograph()
    page = open_desk(browser, live_server, "edith")
    type_words(page, live_server, monograph)
    page.click("button:text-is('Log out')")
    page.wait_for_selector("text=Log in again")
    assert page.evaluate(STORED) == []
    for name in ("rey", "edith"):
        log_in(page, live_server, name)
        assert offered(page, live_server, monograph) == 0
        page.click("button:text-is('Log out')")
        page.wait_for_selector("text=Log in again")
    assert page.complaints == []


def test_log_out_empties_what_another_tab_holds(browser, live_server, people):  # noqa: F811
    monograph = make_monograph()
    page = open_desk(browser, live_server, "edith")
    type_words(page, live_server, monograph)
    other = page.context.new_page()
    other.goto(f"{live_server.url}/admin/")
    other.click("button:text-is('Log out')")
    other.wait_for_selector("text=Log in again")
    page.goto("about:blank")
    assert other.evaluate(STORED) == []
    other.context.close()


def test_words_of_an_ended_session_are_offered_to_their_account(browser, live_server, people):  # noqa: F811
    monograph = make_monograph()
    page = open_desk(browser, live_server, "edith")
    type_words(page, live_server, monograph)
    Session.objects.all().delete()
    page.click("button:text-is('Save')")
    page.wait_for_selector("#id_username")
    log_in(page, live_server, "rey")
    assert offered(page, live_server, monograph) == 0
    page.click("button:text-is('Log out')")
    log_in(page, live_server, "edith")
    assert offered(page, live_server, monograph) == 1
    page.click("text=Put it back")
    assert page.input_value(BODY) == "Typed for an hour."
    page.click("button:text-is('Save')")
    page.wait_for_selector(".messagelist .success")
    assert page.evaluate(STORED) == [] and page.complaints == []


def test_log_out_after_the_session_ended_empties_too(browser, live_server, people):  # noqa: F811
    monograph = make_monograph()
    page = open_desk(browser, live_server, "edith")
    type_words(page, live_server, monograph)
    Session.objects.all().delete()
    page.click("button:text-is('Log out')")
    page.wait_for_selector("text=Log in again")
    assert page.evaluate(STORED) == []


def test_words_of_no_account_and_old_words_are_deleted(browser, live_server, people):  # noqa: F811
    monograph = make_monograph()
    page = open_desk(browser, live_server, "edith")
    page.evaluate(
        """([path, account, other]) => {
          const words = (at) => JSON.stringify({text: "{}", version: "1", at});
          const now = Date.now();
          localStorage.setItem(`medinfo-unsaved:${path}`, words(now));
          localStorage.setItem(`medinfo-unsaved:${other}:/old/`, words(now - 31 * 86400000));
          localStorage.setItem(`medinfo-unsaved:${other}:/new/`, words(now));
          localStorage.setItem("theme", "dark");
        }""",
        [change_address(monograph), str(people[0].pk), str(people[1].pk)],
    )
    assert offered(page, live_server, monograph) == 0
    assert page.evaluate(STORED) == [f"medinfo-unsaved:{people[1].pk}:/new/"]
    page.click("button:text-is('Log out')")
    page.wait_for_selector("text=Log in again")
    assert page.evaluate(STORED) == [f"medinfo-unsaved:{people[1].pk}:/new/"]
    assert page.evaluate("localStorage.getItem('theme')") == "dark"


def test_the_note_of_a_publication_survives_an_ended_session(browser, live_server, people):  # noqa: F811
    address = live_server.url + address_of("publish", make_monograph())
    page = open_desk(browser, live_server, "rey")
    page.goto(address)
    page.select_option("#id_kind", "evidence")
    page.fill("#id_note", "The dose of children is new.")
    page.check("text=Publish as reviewed by me")
    page.fill("#id_role", "pharmacist")
    page.fill("#id_reviewed_on", "2020-01-01")
    Session.objects.all().delete()
    page.click("button:text-is('Publish')")
    page.fill("#id_username", "rey")
    page.fill("#id_password", "x")
    page.click("[type=submit]")
    page.goto(address)
    page.click("text=Put it back")
    assert page.input_value("#id_kind") == "evidence"
    assert page.input_value("#id_note") == "The dose of children is new."
    assert page.input_value("#id_role") == "pharmacist"
    # Nobody signs by putting words back, nor on the day of another time.
    assert not page.is_checked("text=Publish as reviewed by me")
    assert page.input_value("#id_reviewed_on") != "2020-01-01"
    page.click("button:text-is('Publish')")
    page.wait_for_selector(".messagelist .success")
    assert Edition.objects.get().note == "The dose of children is new."
    page.goto(address)
    assert page.locator(".desk-unsaved").count() == 0 and page.evaluate(STORED) == []
    assert page.complaints == []
