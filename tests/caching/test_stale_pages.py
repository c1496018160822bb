"""Stale pages while the database does not answer: readers are told so, and nothing withdrawn comes back."""

import os
import time

import html5lib
import pytest
from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError, connection

from drugs import publishing
from drugs.caching import stale_pages
from tests.support.builders import publish_document
from tests.support.desk_posts import make_user

pytestmark = pytest.mark.django_db
PAGE = "/drugs/examplol/"


@pytest.fixture(autouse=True)
def nothing_kept():
    stale_pages.invalidate()


@pytest.fixture
def gone():
    """A context in which the database raises whatever it is given."""

    def refuse(error=OperationalError):
        def execute(*args):
            raise error("the database went away")

        return connection.execute_wrapper(execute)

    return refuse


def commit(work):
    """Does `work` and what waits for the end of its transaction."""
    before = len(connection.run_on_commit)
    work()
    for _, function, *_ in connection.run_on_commit[before:]:
        function()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, InternalError])
def test_a_page_read_before_is_shown_as_a_stale_copy(client, gone, error):
    publish_document()
    fresh = client.get(PAGE).content.decode()
    with gone(error):
        response = client.get(PAGE)
        head = client.head(PAGE)
    text = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert (response.status_code, head.status_code) == (200, 200)
    assert "This is a stored copy of" in text and "may have changed or been withdrawn" in text
    assert text.index("stored copy") < text.index("<h1")
    assert "Do not stop it suddenly." in text
    assert response.headers["Cache-Control"] == "no-store" and "ETag" not in response.headers
    assert "stored copy" not in fresh
    assert client.get(PAGE).content.decode() == fresh


def test_what_nobody_has_read_is_a_503_with_retry_after(client, gone):
    publish_document()
    with gone():
        response = client.get(PAGE)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "We cannot answer at the moment" in response.content.decode()
    assert "not saved" not in response.content.decode()


def test_who_sends_something_is_told_that_it_was_not_saved(client, gone):
    make_user("pat")
    client.get("/admin/login/")
    with gone():
        response = client.post("/admin/login/", {"username": "pat", "password": "x"})
    assert response.status_code == 503
    assert "What you have just sent was not saved." in response.content.decode()


def test_a_copy_is_shown_for_ten_minutes_and_no_longer(client, gone, monkeypatch):
    publish_document()
    client.get(PAGE)
    now = time.monotonic()
    for later, status in ((599, 200), (601, 503)):
        monkeypatch.setattr(stale_pages.time, "monotonic", lambda later=later: now + later)
        with gone():
            assert client.get(PAGE).status_code == status


def test_a_reader_whose_own_copy_is_unchanged_keeps_ours_young(client, gone, monkeypatch):
    publish_document()
    etag = client.get(PAGE).headers["ETag"]
    now = time.monotonic()
    monkeypatch.setattr(stale_pages.time, "monotonic", lambda: now + 500)
    assert client.get(PAGE, headers={"if-none-match": etag}).status_code == 304
    monkeypatch.setattr(stale_pages.time, "monotonic", lambda: now + 1000)
    with gone():
        assert client.get(PAGE, headers={"if-none-match": etag}).status_code == 200


def test_a_withdrawn_page_never_comes_back(client, gone):
    publication = publish_document()
    client.get(PAGE)
    client.get("/drugs/?letter=e")
    commit(lambda: publishing.withdraw(publication, reason="Wrong.", by="test"))
    with gone():
        assert client.get(PAGE).status_code == 503
        assert client.get("/drugs/?letter=e").status_code == 503  # it names the page


def test_a_page_that_another_process_withdrew_never_comes_back(client, gone):
    publish_document()
    client.get(PAGE)
    mark = os.path.join(settings.DATA_DIR, "last-withdrawal")
    os.utime(mark, ns=(1, 1))  # even by a clock that went back
    with gone():
        assert client.get(PAGE).status_code == 503


def test_a_page_made_during_a_withdrawal_is_no_stale_copy(client, gone, monkeypatch):
    publish_document()
    keep = stale_pages.store

    def late(*args):
        os.utime(os.path.join(settings.DATA_DIR, "last-withdrawal"), ns=(2, 2))
        keep(*args)

    monkeypatch.setattr(stale_pages, "store", late)
    client.get(PAGE)
    with gone():
        assert client.get(PAGE).status_code == 503


def test_a_410_ends_all_stale_copies_of_that_medicine_only(client, gone):
    publication = publish_document()
    publish_document(slug="examplol-2", title="Another")
    for address in (PAGE, PAGE + "history/1/", "/drugs/examplol-2/"):
        client.get(address)
    publishing.withdraw(publication, reason="Wrong.", by="test")  # on another machine: no word of it here
    assert client.get("/drugs/examplol.json").status_code == 410
    with gone():
        assert client.get(PAGE).status_code == 503
        assert client.get(PAGE + "history/1/").status_code == 503
        assert client.get("/drugs/examplol-2/").status_code == 200


@pytest.mark.parametrize("address", ["/search/?q=examplol", "/?utm=1", "/drugs/examplol.json", "/admin/"])
def test_searches_odd_addresses_and_personal_pages_are_not_kept(client, gone, address):
    publish_document()
    client.force_login(make_user("pat"))
    assert client.get(address).status_code == 200
    client.raise_request_exception = False  # sessions are read before any view
    with gone():
        assert client.get(address).status_code == 503


def test_copies_take_no_more_room_than_they_may(client, gone, monkeypatch):
    publish_document()
    size = len(client.get(PAGE).content)
    monkeypatch.setattr(stale_pages._copies, "limit", 2 * size)
    for address in ("/about/", "/disclaimer/", "/drugs/", "/", "/classes/"):
        client.get(address)
    kept = [stale_pages._copies.get(address) for address in stale_pages._copies.all_keys()]
    assert kept and stale_pages._copies.size == sum(len(copy.body) for copy in kept) <= 2 * size
    with gone():
        assert client.get(PAGE).status_code == 503
        assert client.get("/classes/").status_code == 200


def test_a_read_only_data_folder_is_logged_and_stops_nothing(client, gone, settings, caplog):
    publication = publish_document()
    client.get(PAGE)
    settings.DATA_DIR = "/proc/no-such-folder"
    commit(lambda: publishing.withdraw(publication, reason="Wrong.", by="test"))
    assert "Other processes may show a withdrawn page" in caplog.text
    with gone():
        assert client.get(PAGE).status_code == 503


def test_a_withdrawal_on_another_machine_makes_copies_void_too(client, gone):
    publish_document()
    other = publish_document(slug="otherol", title="Otherol")
    for address in (PAGE, "/drugs/otherol/"):
        client.get(address)
    publishing.withdraw(other, reason="Wrong.", by="test")  # the other machine's file is not here
    with gone():
        assert client.get("/drugs/otherol/").status_code == 200  # nobody here can know
    client.get(PAGE)
    with gone():
        assert client.get("/drugs/otherol/").status_code == 503
        assert client.get(PAGE).status_code == 503  # it was made before this machine knew
    client.get(PAGE)
    with gone():
        assert client.get(PAGE).status_code == 200
