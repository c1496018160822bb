"""Page cache: whatever changes is seen at the next request, and nothing is made twice."""

import datetime
import gzip

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from drugs import desk, publishing
from drugs.caching import page_cache
from drugs.caching.backends import memory
from drugs.content import Name, Section
from drugs.models import SiteText
from drugs.web import page_state
from tests.support.builders import make_document, make_review, publish_document, publish_documents
from tests.support.clock import today_is

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    memory.clear()
    yield
    memory.clear()


def edit(publication, kind="safety", **overrides):
    desk.write(
        make_document(slug=publication.slug, **overrides), by="writer", monograph=publication.monograph
    )
    publishing.publish(publication.monograph, by="test", kind=kind, note="New.")


def read(client, address="/drugs/examplol/", **headers):
    return client.get(address, headers=headers)


def test_a_page_that_was_made_costs_one_query_and_no_rendering(
    client, django_assert_num_queries, monkeypatch
):
    publish_document()
    first = read(client)
    monkeypatch.setattr("drugs.web.responses.render", None)
    with django_assert_num_queries(1):
        again = read(client)
    with django_assert_num_queries(1):
        assert read(client, if_none_match=first["ETag"]).status_code == 304
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


def test_the_query_costs_the_same_however_many_pages_there_are(client, django_assert_num_queries):
    publish_documents(
        make_document(slug=f"e{number}", title=f"E{number} + Aol", ingredients=("Aol", f"E{number}"))
        for number in range(30)
    )
    publish_document(slug="aol", title="Aol")
    read(client, "/drugs/aol/")
    with django_assert_num_queries(1):
        read(client, "/drugs/aol/")


def edited(publication):
    edit(publication, sections=(Section("uses", "", "It is new."),), faqs=(), side_effects=())


def renamed(publication):
    edit(publication, "names", names=())


def with_contact(publication):
    SiteText.objects.filter(key="contact").update(body="Ring us.")


def with_combination(publication):
    publish_document(slug="x", title="Examplol + Bol", ingredients=("Examplol", "Bol"))


@pytest.mark.parametrize("change", [edited, renamed, with_contact, with_combination])
def test_a_change_is_seen_at_the_next_request(client, change):
    publication = publish_document()
    before = read(client)
    change(publication)
    after = read(client, if_none_match=before["ETag"])
    assert after.status_code == 200
    assert after.content != before.content
    memory.clear()
    assert read(client).content == after.content


def test_a_withdrawal_and_its_end_are_seen_at_the_next_request(client):
    publication = publish_document()
    first = read(client)
    publishing.withdraw(publication, reason="Wrong.", by="test")
    gone = read(client, if_none_match=first["ETag"])
    assert gone.status_code == 410
    assert "Wrong." in gone.content.decode()
    publishing.publish(publication.monograph, by="test", kind="safety", note="Right after all.")
    back = read(client)
    assert back.status_code == 200
    assert "2, published" in back.content.decode()


def test_links_to_other_pages_come_and_go_with_them(client):
    publish_document(slug="x", title="Aol + Bol", ingredients=("Aol", "Bol"), names=())
    assert "Contains" not in read(client, "/drugs/x/").content.decode()
    other = publish_document(slug="bolin", title="Boline", names=(Name("Bol", "synonym"),))
    link = '<a href="/drugs/bolin/">Bol</a>'
    assert link in read(client, "/drugs/x/").content.decode()
    edit(other, "names", title="Boline", names=())
    assert link not in read(client, "/drugs/x/").content.decode()
    edit(other, "names", title="Boline", names=(Name("Bol", "synonym"),))
    assert link in read(client, "/drugs/x/").content.decode()
    publishing.withdraw(other, reason="Wrong.", by="test")
    assert link not in read(client, "/drugs/x/").content.decode()


def test_a_combination_changes_the_pages_of_its_ingredients(client):
    publish_document(slug="aol", title="Aol")
    parts = {"slug": "x", "title": "Aol + Bol", "ingredients": ("Aol", "Bol")}
    combination = publish_document(**parts, review=make_review())
    assert "Reviewed 22 November 2026" in read(client, "/drugs/aol/").content.decode()
    edit(combination, title="Aol + Bol", ingredients=("Aol", "Bol"), faqs=())
    assert "Reviewed 22 November 2026" not in read(client, "/drugs/aol/").content.decode()
    publishing.withdraw(combination, reason="Wrong.", by="test")
    assert "/drugs/x/" not in read(client, "/drugs/aol/").content.decode()


def test_a_review_falls_overdue_at_midnight_on_all_pages(client):
    publish_document(slug="aol", title="Aol")
    parts = {"slug": "x", "title": "Aol + Bol", "ingredients": ("Aol", "Bol")}
    publish_document(**parts, review=make_review())
    for day, overdue in ((21, False), (22, True)):
        with today_is(datetime.date(2029, 11, day)):
            page, other = (read(client, f"/drugs/{slug}/").content.decode() for slug in ("x", "aol"))
        assert ("The review of this page is overdue." in page) is overdue
        assert ("Review overdue" in other) is overdue


def test_what_was_made_for_other_settings_is_not_shown(client, settings):
    publish_document()
    read(client)
    settings.SITE_NAME = "Elsewhere"
    assert "Elsewhere" in read(client).content.decode()


def test_whoever_changes_templates_sees_them_at_once(client, settings, monkeypatch):
    settings.DEBUG = True
    publish_document()
    read(client)
    monkeypatch.setattr("drugs.web.article.build", lambda *args: 1 / 0)
    memory.clear()
    with pytest.raises(ZeroDivisionError):
        read(client)


@pytest.mark.django_db(transaction=True)
def test_a_state_asked_for_outside_of_transactions_is_the_same(client):
    publication = publish_document()
    read(client)
    assert memory.all_keys()
    with transaction.atomic():
        states = [page_state.page_state("examplol"), page_state.site_state()]
    assert states == [page_state.page_state("examplol"), page_state.site_state()]
    assert page_state.page_state("unknown") is None
    publishing.withdraw(publication, reason="Wrong.", by="test")
    assert page_state.page_state("examplol") is None
    assert read(client).status_code == 410


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connection that could be lost.")
def test_a_connection_that_was_lost_meanwhile_costs_no_page(client):
    publish_document()
    read(client)
    other = connection.copy()
    with connection.cursor() as cursor, other.cursor() as killer:
        cursor.execute("SELECT pg_backend_pid()")
        killer.execute("SELECT pg_terminate_backend(%s)", cursor.fetchone())
    other.close()
    assert read(client).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite prepares each statement itself.")
def test_a_pool_that_forgets_prepared_statements_costs_no_page(client):
    publish_document()
    read(client)
    connection.connection.pgconn.exec_(
        b"DEALLOCATE ALL"
    )  # as on another connection: the driver hears nothing of it
    for _ in range(2):
        assert page_state.page_state("examplol")
        assert read(client).status_code == 200


def test_what_is_not_documented_of_django_is_as_it_was_read():
    """Headers are laid in as Django stores them, and the page's own query stands for the check of a connection."""
    headers = HttpResponse(headers={"X-One": "a", "Content-Type": "b"}).headers
    assert headers._store == {"content-type": ("Content-Type", "b"), "x-one": ("X-One", "a")}
    headers._store["x-two"] = ("X-Two", "c")
    assert headers["x-two"] == "c" and ("X-Two", "c") in headers.items()
    database, asked = connection.copy(), []
    database.connection, database.health_check_enabled = object(), True
    database.is_usable = lambda: asked.append("is it?") or True
    for database.health_check_done in (True, False):
        database.close_if_health_check_failed()
    assert asked == ["is it?"]


# On the wire


@pytest.mark.parametrize(
    "address", ["/drugs/examplol/", "/drugs/?letter=e", "/drugs/examplol.json", "/feed/"]
)
def test_gzip_is_sent_to_whoever_takes_it_under_the_same_etag(client, address):
    publish_document()
    plain = read(client, address)
    small = read(client, address, accept_encoding="br, gzip;q=0.5")
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) == int(plain["Content-Length"])
    assert small["Content-Encoding"] == "gzip"
    for answer in (plain, small):
        assert answer["ETag"] == plain["ETag"]
        assert answer["Vary"] == "Accept-Encoding"
    for tags in (plain["ETag"], f'"other", {plain["ETag"]}', plain["ETag"].removeprefix("W/"), "*"):
        unchanged = read(client, address, accept_encoding="gzip", if_none_match=tags)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged["Vary"] == "Accept-Encoding"
        assert unchanged["ETag"] == plain["ETag"]
        assert unchanged["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("refusal", ["", "identity", "gzip;q=0", "gzip; q=0.000, br", "xgzip"])
def test_whoever_does_not_take_gzip_gets_none(client, refusal):
    publish_document()
    assert "Content-Encoding" not in read(client, accept_encoding=refusal)


def test_a_page_is_compressed_once(client, monkeypatch):
    publish_document()
    read(client, accept_encoding="gzip")
    monkeypatch.setattr(page_cache.zlib, "compressobj", None)
    assert read(client, accept_encoding="gzip")["Content-Encoding"] == "gzip"


def test_gzip_of_the_style_inside_pages_is_made_once(monkeypatch):
    pages = [f"<title>{name}</title><style>{'a{b:c} ' * 99}</style><p>{name * 99}" for name in ("Aol", "Bol")]
    first = page_cache.finish_page(HttpResponse(pages[0]))
    pieces, deflated = [], page_cache._deflated
    monkeypatch.setattr(page_cache, "_deflated", lambda *told: pieces.append(told[0]) or deflated(*told))
    second = page_cache.finish_page(HttpResponse(pages[1]))
    assert [gzip.decompress(page.compressed).decode() for page in (first, second)] == pages
    assert len(pieces) == 2 and not any(b"a{b:c}" in piece for piece in pieces)
    assert len(second.compressed) < 200


@pytest.mark.parametrize("body", ["<p>No style</p>" * 99, "</style>" * 99, "<style>" * 99])
def test_gzip_of_any_page_is_its_body(body):
    assert gzip.decompress(page_cache.finish_page(HttpResponse(body)).compressed) == body.encode()


def test_screens_of_the_desk_and_what_is_tiny_are_not_compressed(client):
    for address in ("/admin/login/", "/robots.txt", "/healthz/"):
        assert "Content-Encoding" not in read(client, address, accept_encoding="gzip")


# In memory


def test_what_is_kept_cannot_be_changed_by_whoever_gets_it():
    made = page_cache.cached_value("a list", lambda: [1])
    made.append(2)
    assert page_cache.cached_value("a list", list) == [1]


# The version of the sources


def test_two_processes_of_the_same_sources_share_a_version(monkeypatch):
    monkeypatch.setattr(page_cache, "_STARTED", float("inf"))
    assert page_cache.source_version.__wrapped__() == page_cache.source_version.__wrapped__()


@pytest.mark.parametrize("name", ["page.html", "page.xml", "worker.js", "words.txt", "names.csv"])
def test_whatever_answers_are_made_from_makes_another_version(monkeypatch, settings, tmp_path, name):
    monkeypatch.setattr(page_cache, "_STARTED", float("inf"))
    monkeypatch.setattr(page_cache, "_APP", tmp_path / "app")
    settings.BASE_DIR = tmp_path
    file = tmp_path / "app" / name
    file.parent.mkdir()
    file.write_text("old")
    before = page_cache.source_version.__wrapped__()
    file.write_text("new")
    assert page_cache.source_version.__wrapped__() != before


def test_what_python_compiles_makes_no_version_of_the_sources(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(page_cache, "_STARTED", float("inf"))
    monkeypatch.setattr(page_cache, "_APP", tmp_path / "app")
    settings.BASE_DIR = tmp_path
    (tmp_path / "app" / "__pycache__").mkdir(parents=True)
    before = page_cache.source_version.__wrapped__()
    (tmp_path / "app" / "__pycache__" / "page.cpython-311.pyc.4711").write_text("half")
    assert page_cache.source_version.__wrapped__() == before


def test_sources_replaced_since_the_start_share_nothing(monkeypatch):
    monkeypatch.setattr(page_cache, "_STARTED", 0.0)
    assert page_cache.source_version.__wrapped__() != page_cache.source_version.__wrapped__()
