"""Can everybody tell us what is wrong with a page, and nobody flood or forge what arrives?"""

import datetime
import json
import re
import time

import pytest
from django.core.cache import cache
from django.db import InternalError, OperationalError
from django.test import Client
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisConnectionError

from drugs import desk, publishing
from drugs.content import Section
from drugs.http import form_tokens
from drugs.models import ProblemReport
from drugs.web import problem_reports
from drugs.web.views import reports
from tests.support.builders import make_document, make_monograph, publish_document
from tests.support.desk_posts import sent
from tests.web.test_views import body, elements, said, strict

pytestmark = pytest.mark.django_db
ADDRESS = "/report/examplol/"
THANKS = "/report/examplol/thanks/"
MINE = {"origin": "http://testserver"}
TEXT = "The dose is wrong: <b>5 mg</b>, not 50 mg."


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Sets the time of the forms by calling it with seconds from now; the hour of the limits begins anew."""
    cache.clear()
    now = int(time.time())
    return lambda seconds: monkeypatch.setattr(form_tokens, "time", lambda: now + seconds)


def fill(client, clock, address=ADDRESS, **fields):
    """What a reader has written a minute after opening the form."""
    clock(0)
    form = sent(client.get(address))
    clock(60)
    return form | {"kind": "wrong", "section": "uses", "message": TEXT} | fields


def send(client, fields, headers=MINE, address=ADDRESS, **extra):
    return client.post(address, fields, headers=headers, **extra)


def edit(publication, *sections):
    """Publishes another edition with these sections."""
    document = make_document(sections=sections, side_effects=(), faqs=())
    desk.write(document, by="writer", monograph=publication.monograph)
    publication.monograph.refresh_from_db()
    publishing.publish(publication.monograph, by="test", kind="clarity", note="Plainer.")
    publication.refresh_from_db()


# The form


def test_the_form_is_plain_strict_html_that_asks_for_no_person(client, django_assert_max_num_queries):
    publish_document()
    with django_assert_max_num_queries(3):
        response = client.get(ADDRESS)
    fields = {element.get("name") for element in elements(strict(response), "input", "select", "textarea")}
    assert response.status_code == 200
    assert fields - {None, "q"} == {"token", "link", "kind", "section", "message"}
    assert "Do not write your name, address or anything about your own health" in said(response)


@pytest.mark.parametrize("address", [ADDRESS, THANKS])
def test_no_copy_no_cookie_and_no_search_engine_keeps_it(client, address):
    publish_document()
    for response in (client.get(address), client.head(address)):
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
    assert '<meta name="robots" content="noindex">' in body(client.get(address))
    assert "Disallow: /report/\n" in body(client.get("/robots.txt"))


def test_the_sections_to_choose_from_are_those_of_the_current_edition_and_not_of_the_desk(client):
    publication = publish_document()
    desk.write(
        make_document(sections=(*make_document().sections, Section("storage", "", "Dry."))),
        by="writer",
        monograph=publication.monograph,
    )
    choices = [option.get("value") for option in strict(client.get(ADDRESS)).iter("option")]
    assert choices == [
        "", "warning", "uses", "do-not-take", "pregnancy", "side-effects", "faqs", "overdose", "sources",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("gb", ["call 999 now", "Tell your GP", "the Yellow Card scheme", "https://yellowcard.mhra.gov.uk"]),
        ("intl", ["call your local emergency number now", "the medicines authority of your country"]),
    ],
)
def test_it_says_what_to_do_in_an_emergency_and_who_collects_side_effects(client, settings, code, sentences):
    publish_document()
    settings.COUNTRY = code
    text = said(client.get(ADDRESS))
    assert all(sentence in text for sentence in sentences)
    assert sentences[-1] in said(client.get(THANKS))


def test_every_page_of_a_medicine_leads_to_it(client):
    publish_document()
    for address in ("/drugs/examplol/", "/drugs/examplol/history/1/"):
        page = strict(client.get(address))
        for part in (page.find(".//main"), page.find(".//footer")):
            assert "Report a problem" in [a.text for a in part.iter("a") if a.get("href") == ADDRESS], address
    assert ADDRESS not in body(client.get("/about/"))


def test_what_is_unknown_or_not_published_is_404_and_what_is_withdrawn_410(client):
    publication = publish_document()
    make_monograph(slug="draftol")
    for slug in ("nowhere", "draftol"):
        for address in (f"/report/{slug}/", f"/report/{slug}/thanks/"):
            assert client.get(address).status_code == 404
        assert client.post(f"/report/{slug}/", {"message": "x"}, headers=MINE).status_code == 404
    publishing.withdraw(publication, reason="Under inquiry.", by="test")
    response = client.get(ADDRESS)
    assert (response.status_code, "Under inquiry." in said(response)) == (410, True)
    assert "no-store" in response.headers["Cache-Control"]


def test_nothing_else_can_be_done_there(client):
    publish_document()
    for method in (client.put, client.patch, client.delete, client.options, client.trace):
        assert method(ADDRESS).status_code == 405
    assert client.post(THANKS).status_code == 405


# A report that is kept


def test_a_report_is_kept_with_its_edition_and_section_and_nothing_about_its_writer(clock):
    client = Client(enforce_csrf_checks=True)
    publication = publish_document()
    response = send(client, fill(client, clock, message=f"  {TEXT}\r\nSee the leaflet.\n"))
    assert (response.status_code, response["Location"]) == (302, THANKS)
    assert not response.cookies
    kept = ProblemReport.objects.values().get()
    assert timezone.now() - kept.pop("created_at") < datetime.timedelta(minutes=1)
    del kept["id"]
    assert kept == {
        "monograph_id": publication.monograph_id,
        "number": 1,
        "sha256": publication.sha256,
        "section": "uses",
        "heading": "What it is used for",
        "kind": "wrong",
        "message": f"{TEXT}\nSee the leaflet.",
        "state": "open",
        "outcome": "",
        "note": "",
        "closed_at": None,
        "closed_by": "",
    }
    assert "Thank you for your report" in said(client.get(THANKS))


def test_a_report_may_be_about_the_whole_page(client, clock):
    publish_document()
    assert send(client, fill(client, clock, section="")).status_code == 302
    assert ProblemReport.objects.get().heading == ""


def test_a_report_is_about_the_edition_that_its_writer_had_read(client, clock):
    publication = publish_document()
    before = publication.sha256
    fields = fill(client, clock, section="do-not-take")
    edit(publication, Section("uses", "", "Pain."))
    wrong = send(client, fields | {"kind": ""})
    assert (wrong.status_code, "edition 1 of" in said(wrong)) == (400, True)
    assert send(client, sent(wrong) | {"kind": "wrong"}).status_code == 302
    kept = ProblemReport.objects.get()
    assert (kept.number, kept.sha256, kept.heading) == (1, before, "Who must not take it")


def test_a_page_that_was_withdrawn_while_its_reader_wrote_takes_the_report(client, clock):
    publication = publish_document()
    fields = fill(client, clock)
    publishing.withdraw(publication, reason="Under inquiry.", by="test")
    assert send(client, fields | {"message": ""}).status_code == 400
    assert send(client, fields).status_code == 302
    assert client.get(THANKS).status_code == 200
    assert ProblemReport.objects.count() == 1


def test_the_same_words_within_an_hour_are_kept_once(client, clock):
    publish_document()
    publish_document(slug="otherol", title="Otherol")
    fields = fill(client, clock)
    assert [send(client, fields)["Location"] for _ in range(3)] == [THANKS] * 3
    assert ProblemReport.objects.count() == 1
    send(client, fields | {"section": "warning"})
    other = fill(client, clock, "/report/otherol/")
    assert send(client, other, address="/report/otherol/").status_code == 302
    assert ProblemReport.objects.count() == 3
    ProblemReport.objects.update(created_at=timezone.now() - problem_reports.HOUR)
    send(client, fields)
    assert ProblemReport.objects.count() == 4


# A report that is not kept yet


def refused(response, status, text=TEXT):
    """Whether nothing was kept, and the form still holds the text."""
    assert response.status_code == status
    assert not ProblemReport.objects.exists()
    assert sent(response)["message"].strip() == text
    assert "has not been sent yet" in said(response)
    assert "no-store" in response.headers["Cache-Control"]
    return response


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": "https://evil.example", "referer": "http://testserver/report/examplol/"},
        {"referer": "https://evil.example/report/examplol/"},
        {"origin": "http://["},
    ],
)
def test_what_does_not_come_from_our_page_is_not_taken_and_can_be_sent_from_it(client, clock, headers):
    publish_document()
    response = refused(send(client, fill(client, clock), headers), 403)
    assert send(client, sent(response) | {"kind": "wrong"}).status_code == 302


def test_an_old_browser_that_sends_no_origin_is_believed_by_its_referer(client, clock):
    publish_document()
    assert send(client, fill(client, clock), {"referer": f"http://testserver{ADDRESS}"}).status_code == 302


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "very fast"), (form_tokens.SECONDS_OPEN + 1, "open for a long time")]
)
def test_what_is_too_fresh_or_too_old_is_sent_with_a_second_click(client, clock, seconds, words):
    publish_document()
    fields = fill(client, clock)
    clock(seconds)
    response = refused(send(client, fields), 403)
    assert words in said(response)
    clock(seconds + 3)
    assert send(client, sent(response) | {"kind": "wrong"}).status_code == 302


def test_the_token_of_another_page_or_of_an_edition_that_is_gone_does_not_hold(client, clock):
    publish_document()
    publish_document(slug="otherol", title="Otherol")
    response = refused(send(client, fill(client, clock, "/report/otherol/")), 403)
    assert "We could not check this form." in said(response)
    clock(0)
    gone = form_tokens.make_token(reports.PURPOSE, "examplol", 1, "0" * 64)
    refused(send(client, fill(client, clock, token=gone)), 403)


@pytest.mark.parametrize("changes", [{"token": ""}, {"token": "WzE3XQ:x"}, {"link": "https://buy.example"}])
def test_a_program_that_invents_or_fills_in_what_people_do_not_see_is_refused(client, clock, changes):
    publish_document()
    response = refused(send(client, fill(client, clock) | changes), 403)
    assert sent(response)["link"] == ""
    clock(120)
    assert send(client, sent(response) | {"kind": "wrong"}).status_code == 302


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": ""}, "Please choose what the problem is."),
        ({"kind": "praise"}, "praise"),
        ({"section": "storage"}, "Please choose a part of the page."),
        ({"message": "x" * 4001}, "fewer than 4000 letters. You wrote 4001."),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(client, clock, changes, words):
    publish_document()
    fields = fill(client, clock, **changes)
    response = refused(send(client, fields), 400, fields["message"])
    assert words in said(response)
    (field,) = changes
    assert f'href="#{field}"' in body(response) and f'id="id_{field}_error"' in body(response)


def test_only_blanks_are_no_message(client, clock):
    publish_document()
    for message in ("", " \r\n\t", "\x00\x0b\u202e"):
        response = send(client, fill(client, clock, message=message))
        assert "Please say what the problem is." in said(response)
    assert not ProblemReport.objects.exists()


# Hostile


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("1\x000 mg\x0bor\x7fso\x85", "1 0 mg or so"),
        ("\u202egm 5\u202c \u2028here", "gm 5   here"),
        ("<script>alert(1)</script> {{ x }} %%", "<script>alert(1)</script> {{ x }} %%"),
        ("50 µg 💊 عربي", "50 µg 💊 عربي"),
    ],
)
def test_a_message_is_kept_without_what_cannot_be_seen(client, clock, message, kept):
    publish_document()
    assert send(client, fill(client, clock, message=message)).status_code == 302
    assert ProblemReport.objects.get().message == kept


HOSTILE = {
    "nothing": (b"", "application/x-www-form-urlencoded"),
    "bytes": (b"\xff\xfe%00=%ED%A0%80&message=%ED%A0%80%00&kind=%C0%AF&token=%00", "application/x-www-form-urlencoded"),
    "lone surrogates": (
        b'--x\r\nContent-Disposition: form-data; name="message"\r\n\r\n\\ud800 \\udfff\r\n--x--\r\n',
        "multipart/form-data; boundary=x; charset=unicode_escape",
    ),
    "another charset": (b"message=x", "application/x-www-form-urlencoded; charset=utf-16"),
    "no charset": (b"message=x", "application/x-www-form-urlencoded; charset=nonsense"),
    "a broken multipart": (b"--x\r\nContent-Disposition", "multipart/form-data; boundary=x"),
    "no boundary": (b"x", "multipart/form-data"),
    "JSON": (json.dumps({"message": "x"}).encode(), "application/json"),
    "XML": (b"<!DOCTYPE x [<!ENTITY y 'z'>]>", "text/xml"),
    "no type": (b"message=x", ""),
    "a megabyte": (b"message=" + b"x" * 1_000_000, "application/x-www-form-urlencoded"),
    "five megabytes": (b"message=" + b"x" * 5_000_000, "application/x-www-form-urlencoded"),
    "many fields": (b"&".join(b"a%d=1" % number for number in range(9_000)), "application/x-www-form-urlencoded"),
    "many values": (b"message=x&" * 900, "application/x-www-form-urlencoded"),
    "a file": (
        b'--x\r\nContent-Disposition: form-data; name="message"; filename="../x"\r\n\r\nx\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_is_sent_breaks_it(client, name):
    publish_document()
    content, content_type = HOSTILE[name]
    for headers in (MINE, {}, {"origin": "\x00null\r\n", "referer": "%", "x-forwarded-for": "\x00,'"}):
        response = client.generic("POST", ADDRESS, content, content_type=content_type, headers=headers)
        assert 400 <= response.status_code < 500
    assert not ProblemReport.objects.exists()


def test_a_body_that_no_form_of_ours_sends_is_answered_without_reading_its_fields(client, clock):
    publish_document()
    for length in (200_000, 5_000_000):
        response = send(client, fill(client, clock, message="x" * length))
        assert response.status_code == 413
        assert "too long for us to read" in said(response)
        assert sent(response)["token"]


def test_whoever_hangs_up_is_no_fault_of_ours(client, monkeypatch):
    def hang_up(request, *args):
        raise OSError("gone")

    publish_document()
    monkeypatch.setattr("django.http.request.HttpRequest.read", hang_up)
    assert send(client, {"message": "x"}).status_code == 400


@pytest.mark.parametrize("error", [OperationalError("database is locked"), InternalError("it is read-only")])
def test_without_a_database_to_write_to_the_text_is_kept_in_the_form(client, clock, monkeypatch, error):
    def locked(*args, **kwargs):
        raise error

    publish_document()
    fields = fill(client, clock)
    monkeypatch.setattr(ProblemReport.objects, "create", locked)
    response = refused(send(client, fields), 503)
    assert response.headers["Retry-After"] == "30"


# Floods


def send_from(client, clock, address, number):
    return send(client, fill(client, clock, message=f"{TEXT} {number}"), REMOTE_ADDR=address)


@pytest.mark.parametrize("limit", ["FROM_ADDRESS", "ON_PAGE", "ON_SITE"])
def test_what_is_too_much_in_an_hour_is_429_and_the_text_stays(client, clock, monkeypatch, limit):
    publish_document()
    monkeypatch.setattr(problem_reports, limit, 2)
    assert [send_from(client, clock, "203.0.113.9", n).status_code for n in range(3)] == [302, 302, 429]
    response = send_from(client, clock, "203.0.113.9", 4)
    assert sent(response)["message"].strip() == f"{TEXT} 4"
    assert "send it in an hour" in said(response)
    assert response.headers["Retry-After"] == "3600"
    assert ProblemReport.objects.count() == 2
    # What is already there is not refused: its writer clicked twice.
    assert send_from(client, clock, "203.0.113.9", 1).status_code == 302
    ProblemReport.objects.update(created_at=timezone.now() - problem_reports.HOUR)
    cache.clear()
    assert send_from(client, clock, "203.0.113.9", 5).status_code == 302


def test_each_page_and_each_address_has_its_own_number(client, clock, monkeypatch):
    publish_document()
    publish_document(slug="otherol", title="Otherol")
    monkeypatch.setattr(problem_reports, "ON_PAGE", 1)
    assert send_from(client, clock, "203.0.113.9", 1).status_code == 302
    assert send_from(client, clock, "203.0.113.9", 2).status_code == 429
    fields = fill(client, clock, "/report/otherol/")
    assert send(client, fields, address="/report/otherol/").status_code == 302
    monkeypatch.setattr(problem_reports, "ON_PAGE", 9)
    monkeypatch.setattr(problem_reports, "FROM_ADDRESS", 1)
    assert send_from(client, clock, "203.0.113.9", 3).status_code == 429
    assert send_from(client, clock, "203.0.113.10", 3).status_code == 302


def test_one_household_is_one_address_and_a_claimed_one_is_none(client, clock, settings, monkeypatch):
    publish_document()
    monkeypatch.setattr(problem_reports, "FROM_ADDRESS", 1)
    assert send_from(client, clock, "2001:db8::1", 1).status_code == 302
    assert send_from(client, clock, "2001:db8::2:1", 2).status_code == 429
    assert send_from(client, clock, "2001:db8:0:1::1", 3).status_code == 302
    claimed = {**MINE, "x-forwarded-for": "198.51.100.1"}
    fields = fill(client, clock, message="Else.")
    assert send(client, fields, claimed, REMOTE_ADDR="2001:db8::1").status_code == 429
    settings.PROXIES = 1
    assert send(client, fields, claimed, REMOTE_ADDR="2001:db8::1").status_code == 302


def test_a_hospital_behind_one_address_can_report():
    assert problem_reports.FROM_ADDRESS >= 20


def test_no_address_is_kept_anywhere(client, clock, monkeypatch):
    publish_document()
    counted = []
    monkeypatch.setattr(cache, "incr", counted.append)
    send_from(client, clock, "203.0.113.9", 1)
    assert re.fullmatch(r"reports:[0-9a-f]{64}", *counted)
    assert "203.0.113.9" not in str(ProblemReport.objects.values().get())


def test_a_cache_that_is_down_stops_no_report(client, clock, monkeypatch):
    def down(*args, **kwargs):
        raise RedisConnectionError("down")

    publish_document()
    fields = fill(client, clock)
    for name in ("get", "add", "incr"):
        monkeypatch.setattr(cache, name, down)
    assert send(client, fields).status_code == 302
    assert ProblemReport.objects.count() == 1


def test_a_report_costs_a_bounded_number_of_queries(client, clock, django_assert_max_num_queries):
    publish_document()
    for number in range(30):
        send_from(client, clock, f"203.0.113.{number}", number)
    fields = fill(client, clock, message="One more.")
    with django_assert_max_num_queries(8):
        assert send(client, fields).status_code == 302
