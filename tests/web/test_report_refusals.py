"""Problem reports that are refused: CSRF by Origin, time trap, tokens, honeypot, wrong fields, hostile bodies."""

import json

import pytest
from django.db import InternalError, OperationalError

from drugs.http import form_tokens
from drugs.models import ProblemReport
from drugs.web.views import reports
from tests.support.builders import publish_document
from tests.support.desk_posts import sent
from tests.support.public_pages import body, main_text
from tests.support.report_posts import ADDRESS, MINE, assert_refused, fill, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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
def test_csrf_what_comes_from_another_origin_is_sent_again(client, clock, headers):
    publish_document()
    response = assert_refused(send(client, fill(client, clock), headers), 403)
    assert send(client, sent(response) | {"kind": "wrong"}).status_code == 302


def test_csrf_an_old_browser_without_origin_sends_its_referer(client, clock):
    publish_document()
    assert send(client, fill(client, clock), {"referer": f"http://testserver{ADDRESS}"}).status_code == 302


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "very fast"), (form_tokens.SECONDS_OPEN + 1, "open for a long time")]
)
def test_time_trap_what_is_too_fresh_or_too_old_is_sent_again(client, clock, seconds, words):
    publish_document()
    fields = fill(client, clock)
    clock(seconds)
    response = assert_refused(send(client, fields), 403)
    assert words in main_text(response)
    clock(seconds + 3)
    assert send(client, sent(response) | {"kind": "wrong"}).status_code == 302


def test_a_token_of_another_page_or_a_lost_edition_is_refused(client, clock):
    publish_document()
    publish_document(slug="otherol", title="Otherol")
    response = assert_refused(send(client, fill(client, clock, "/report/otherol/")), 403)
    assert "We could not check this form." in main_text(response)
    clock(0)
    gone = form_tokens.make_token(reports.PURPOSE, "examplol", 1, "0" * 64)
    assert_refused(send(client, fill(client, clock, token=gone)), 403)


@pytest.mark.parametrize(
    "changes", [{"token": ""}, {"token": "WzE3XQ:x"}, {"website": "https://buy.example"}]
)
def test_honeypot_and_invented_tokens_are_refused(client, clock, changes):
    publish_document()
    response = assert_refused(send(client, fill(client, clock) | changes), 403)
    assert sent(response)["website"] == ""
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
    response = assert_refused(send(client, fields), 400, fields["message"])
    assert words in main_text(response)
    (field,) = changes
    assert f'href="#{field}"' in body(response) and f'id="id_{field}_error"' in body(response)


def test_only_blanks_are_no_message(client, clock):
    publish_document()
    for message in ("", " \r\n\t", "\x00\x0b\u202e"):
        response = send(client, fill(client, clock, message=message))
        assert "Please say what the problem is." in main_text(response)
    assert not ProblemReport.objects.exists()


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


def test_a_body_too_long_is_answered_without_reading_its_fields(client, clock):
    publish_document()
    for length in (200_000, 5_000_000):
        response = send(client, fill(client, clock, message="x" * length))
        assert response.status_code == 413
        assert "too long for us to read" in main_text(response)
        assert sent(response)["token"]


def test_whoever_hangs_up_is_no_fault_of_ours(client, monkeypatch):
    def hang_up(request, *args):
        raise OSError("gone")

    publish_document()
    monkeypatch.setattr("django.http.request.HttpRequest.read", hang_up)
    assert send(client, {"message": "x"}).status_code == 400


@pytest.mark.parametrize("error", [OperationalError("database is locked"), InternalError("it is read-only")])
def test_without_a_database_the_text_is_kept_in_the_form(client, clock, monkeypatch, error):
    def locked(*args, **kwargs):
        raise error

    publish_document()
    fields = fill(client, clock)
    monkeypatch.setattr(ProblemReport.objects, "create", locked)
    response = assert_refused(send(client, fields), 503)
    assert response.headers["Retry-After"] == "30"
