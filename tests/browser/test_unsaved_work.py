"""Unsaved work and edit conflicts in a real browser: what was typed is offered back, and nobody overwrites unread."""

import pytest
from django.db import OperationalError

from drugs.admin.monographs.admin import MonographAdmin
from tests.support.builders import make_monograph
from tests.support.desk_browser import open_desk, unfold
from tests.support.desk_posts import change_address, read

pytestmark = pytest.mark.django_db(transaction=True)


def test_work_of_a_lost_session_is_offered_back(browser, live_server, pat):
    monograph = make_monograph()
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    unfold(page, "id_sections-0-body")
    page.fill("#id_sections-0-body", "Typed for an hour.")
    unfold(page, "names-group")
    page.click("#names-group .add-row a")
    page.fill("#id_names-2-text", "Newbrand")
    page.select_option("#id_names-2-kind", "brand")
    page.context.clear_cookies()
    page.click("button:text-is('Save')")
    page.wait_for_load_state()
    page.goto(f"{live_server.url}/admin/login/")
    page.fill("#id_username", "pat")
    page.fill("#id_password", "x")
    page.click("[type=submit]")

    page.goto(live_server.url + change_address(monograph))
    page.click("text=Put it back")
    assert page.input_value("#id_sections-0-body") == "Typed for an hour."
    page.click("button:text-is('Save')")
    page.wait_for_selector(".messagelist .success")
    document = read(monograph)
    assert document.sections[0].body == "Typed for an hour."
    assert document.names[-1].text == "Newbrand"
    page.reload()
    assert page.locator(".desk-unsaved").count() == 0


def test_work_that_a_locked_database_refused_is_offered_back(browser, live_server, pat, monkeypatch):
    def refuse(*args):
        raise OperationalError("database is locked")

    monograph = make_monograph()
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    unfold(page, "id_sections-0-body")
    page.fill("#id_sections-0-body", "Typed for an hour.")
    with monkeypatch.context() as locked:
        locked.setattr(MonographAdmin, "save_model", refuse)
        page.click("button:text-is('Save')")
        assert "What you have just sent was not saved." in page.inner_text("main")
    page.goto(live_server.url + change_address(monograph))
    page.click("text=Put it back")
    page.click("button:text-is('Save')")
    page.wait_for_selector(".messagelist .success")
    assert read(monograph).sections[0].body == "Typed for an hour."


def test_work_of_a_closed_tab_is_offered_or_thrown_away(browser, live_server, pat):
    monograph = make_monograph()
    page = open_desk(browser, live_server, "pat")
    page.goto(live_server.url + change_address(monograph))
    unfold(page, "id_sections-0-body")
    page.fill("#id_sections-0-body", "Typed for an hour.")
    page.wait_for_timeout(600)
    page.close()
    page = page.context.new_page()
    page.goto(live_server.url + change_address(monograph))
    assert "was never saved" in page.inner_text(".desk-unsaved")
    page.click("text=Throw it away")
    page.reload()
    assert page.locator(".desk-unsaved").count() == 0
    assert page.input_value("#id_sections-0-body") == "Do not stop it suddenly."
