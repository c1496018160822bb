"""Kept answers: after whatever happens, every public address says what it says where nothing is kept."""

import datetime

import pytest
from django.http import HttpResponse

from drugs import desk, publishing
from drugs.audit import checkpoints
from drugs.audit.signed_notes import Signer
from drugs.caching import page_cache
from drugs.caching.backends import memory, queried
from drugs.content import Section
from drugs.models import Monograph, Publication, PublishedClass, SiteText
from drugs.publishing.merging import merge
from drugs.search import index
from drugs.web.fast_path import remembered
from drugs.web.kept_answers import kept_list
from tests.support.builders import make_document, make_review, publish_document
from tests.support.clock import today_is
from tests.support.server_requests import ServerClient

pytestmark = pytest.mark.django_db
KEPT = [
    "/",
    "/drugs/?letter=e",
    "/drugs/examplol/",
    "/drugs/examplol.json",
    "/drugs/examplol/history/",
    "/drugs/examplol/history/1/",
    "/classes/beta-blocker/",
    "/about/",
    "/api/v1/monographs",
    "/feed/",
    "/sitemap.xml",
    "/checkpoints/",
    "/.well-known/security.txt",
]


@pytest.fixture(autouse=True)
def nothing_kept():
    for cache in (memory, queried):
        cache.clear()
    yield
    for cache in (memory, queried):
        cache.clear()


@pytest.fixture(params=["by Django's handler", "by the fast path"])
def reader(request, client):
    """Whoever asks: past the fast path, as all tests do, or as the server does."""
    remembered.clear()
    return ServerClient() if "short" in request.param else client


@pytest.fixture
def checkpoint_key(settings):
    settings.CHECKPOINT_KEY = str(Signer.new("medicines.example"))


@pytest.fixture
def examplol():
    """A page that was reviewed, beside another one."""
    publish_document(slug="eol", title="Eol")
    return publish_document(review=make_review())


def said(reader):
    answers = {address: reader.get(address) for address in KEPT}
    return {address: (answer.status_code, answer.content) for address, answer in answers.items()}


def publish_another(publication):
    publish_document(slug="efol", title="Efol")


def change_the_other(publication):
    change_the_text(Publication.objects.get(slug="eol"), title="Eol")


def change_the_text(publication, **more):
    sections = (*make_document().sections, Section("other", "New", "It is for something new."))
    desk.write(
        make_document(slug=publication.slug, sections=sections, **more),
        by="writer",
        monograph=publication.monograph,
    )
    publishing.publish(publication.monograph, by="test", kind="safety", note="New.")


def review_the_other(publication):
    other = Monograph.objects.get(slug="eol")
    publishing.publish(other, by="test", kind="review", note="", review=make_review())


def withdraw(publication):
    publishing.withdraw(publication, reason="Wrong.", by="test")


def bring_back(publication):
    publishing.publish(publication.monograph, by="test", kind="safety", note="Right after all.")


def merge_into_the_other(publication):
    merge(publication.monograph, Monograph.objects.get(slug="eol"), by="test")


def change_a_site_text(publication):
    SiteText.objects.filter(key="contact").update(body="Ring us, or write to us@example.org.")


def make_a_checkpoint(publication):
    assert checkpoints.make(now_due=True)


def count_anew(publication):
    Publication.objects.filter(slug="eol").update(summary="As a newer version writes it.")
    index.rebuild()


CHANGES = [
    publish_another,
    change_the_text,
    change_the_other,  # which nobody had reviewed: nothing is said of it elsewhere but in lists
    review_the_other,
    make_a_checkpoint,
    change_a_site_text,
    count_anew,
    withdraw,
    bring_back,
    merge_into_the_other,
]


def test_a_rebuild_that_dies_midway_leaves_nothing_stale(client, examplol):
    def die(count):
        raise InterruptedError

    PublishedClass.objects.all().delete()
    before = client.get("/classes/beta-blocker/").content
    with pytest.raises(InterruptedError):
        index.rebuild(die)
    after = client.get("/classes/beta-blocker/").content
    assert after != before
    memory.clear()
    assert after == client.get("/classes/beta-blocker/").content


def test_no_public_address_is_stale_after_any_change(reader, examplol, checkpoint_key):
    before = said(reader)
    for change in CHANGES:
        change(examplol)
        after = said(reader)
        memory.clear()
        made = said(reader)
        assert after == made, change.__name__
        assert made != before, change.__name__
        before = made


def test_no_public_address_is_stale_when_a_review_falls_due(reader, examplol):
    with today_is(datetime.date(2029, 11, 21)):
        before = said(reader)
    with today_is(datetime.date(2029, 11, 22)):
        after = said(reader)
        memory.clear()
        assert after == said(reader)
    due = {address for address in KEPT if after[address] != before[address]}
    assert due >= {"/", "/drugs/examplol/", "/drugs/examplol.json", "/classes/beta-blocker/", "/sitemap.xml"}


def test_unknown_parameters_are_no_answer_of_their_own(client, examplol, django_assert_num_queries):
    client.get("/drugs/?letter=e")
    with django_assert_num_queries(1):
        client.get("/drugs/?colour=blue&letter=e&_=1")


def test_only_good_answers_without_a_cookie_are_kept(client, rf):
    made = []

    @kept_list()
    def view(request):
        made.append(request)
        response = HttpResponse("yes", status=201 if "bad" in request.GET else 200)
        if "cookie" in request.GET:
            response.set_cookie("who", "somebody")
        return response

    for address in ("/?bad=1", "/?bad=1", "/?cookie=1", "/?cookie=1"):
        view(rf.get(address))
    assert len(made) == 4


# Searches


@pytest.mark.parametrize("address", ["/search/", "/search/suggest/"])
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("examplol", True),
        ("exam", True),
        ("examplil", False),
        ("somebody", False),
        ("i want to die", False),
        ("", True),
        ("x" * 301, False),
    ],
)
def test_searches_for_names_are_kept_and_what_else_is_written_is_not(
    client, examplol, monkeypatch, address, query, kept
):
    first = client.get(f"{address}?q={query}").content
    assert bool(queried.all_keys()) is kept
    if kept:
        monkeypatch.setattr("drugs.search.names.find", None)
    assert client.get(f"{address}?q={query}").content == first


def test_a_kept_search_shows_a_change_at_once(client, examplol):
    address = "/search/suggest/?q=e"
    assert {row["name"] for row in client.get(address).json()["results"]} == {"Eol", "Examplol"}
    publish_another(examplol)
    assert {row["name"] for row in client.get(address).json()["results"]} == {"Efol", "Eol", "Examplol"}
    assert "Examplol" in client.get("/search/?q=examplol").content.decode()
    withdraw(examplol)
    assert {row["name"] for row in client.get(address).json()["results"]} == {"Efol", "Eol"}
    assert "/drugs/examplol/" not in client.get("/search/?q=examplol").content.decode()


def test_a_new_abbreviation_is_found_in_spite_of_what_was_kept(client, examplol, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert [row["name"] for row in client.get("/search/suggest/?q=eo").json()["results"]] == ["Eol"]
    (tmp_path / "abbreviations.csv").write_text("abbreviation,names,source\neo,examplol,us\n")
    assert "Examplol" in [row["name"] for row in client.get("/search/suggest/?q=eo").json()["results"]]


def test_a_flood_of_made_up_addresses_pushes_no_page_out(client, examplol):
    client.get("/drugs/examplol/")
    pages = memory.all_keys()
    for number in range(5):
        client.get(f"/drugs/?letter=e&after={'examplol' if number % 2 else 'eol'}")
        client.get(f"/drugs/?colour={number}")
    assert len(queried.all_keys()) == 2
    assert set(pages) <= set(memory.all_keys())
    assert queried.limit < memory.limit


def test_a_flood_of_made_up_addresses_is_not_in_the_shared_cache(client, examplol, settings, monkeypatch):
    stored = []
    monkeypatch.setattr(page_cache.cache, "set", lambda key, value, **kwargs: stored.append(value[1]))
    settings.CACHE_IS_SHARED = True
    for number in range(3):
        client.get(f"/drugs/examplol/print/?as={number}")
    assert not [value for value in stored if isinstance(value, page_cache.FinishedPage)]
    client.get("/drugs/examplol/print/")
    assert [value for value in stored if isinstance(value, page_cache.FinishedPage)]


@pytest.mark.parametrize("address", ["/search/suggest/?q=exam", "/drugs/?second="])
def test_what_was_asked_counts_among_the_bytes_that_are_kept(client, examplol, address):
    sizes = []
    for blanks in (1, 1001):
        queried.clear()
        client.get(address + "%20" * blanks)
        sizes.append(queried.size)
    assert sizes[1] - sizes[0] >= 1000
