"""The live preview is for editors only, shows what readers will see, and takes no files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from drugs.content.markdown import MAX_CHARS, render
from tests.support.desk_posts import make_user

pytestmark = pytest.mark.django_db

PREVIEW = "/markdownx/markdownify/"
UPLOAD = "/markdownx/upload/"


@pytest.fixture
def editor(client):
    client.force_login(make_user("edith", "drugs.change_monograph"))
    return client


def nobody():
    return None


def reader():
    return make_user("rita", "drugs.change_monograph", is_staff=False)


def staff_without_rights():
    return make_user("sam", "drugs.view_monograph")


@pytest.mark.parametrize("who", [nobody, reader, staff_without_rights])
@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_only_editors_have_a_preview(client, who, address):
    if user := who():
        client.force_login(user)
    response = client.post(address, {"content": "text"})
    assert response.status_code == 403
    assert b"text" not in response.content.replace(b"text/html", b"")


def test_the_preview_is_what_readers_will_see(editor):
    text = "Take **one** tablet.\n\n* if CrCl <x\n* HLA-B*57:01"
    response = editor.post(PREVIEW, {"content": text})
    assert response.status_code == 200
    assert response.content.decode() == render(text)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/x.png)",
        "<b onclick=alert(1)>x</b>",
        "<style>*{display:none}</style>",
    ],
)
def test_the_preview_carries_nothing_that_runs(editor, text):
    html = editor.post(PREVIEW, {"content": text}).content.decode()
    for danger in ("<script", "<img", "<style", 'href="javascript', 'href="data', "<b onclick"):
        assert danger not in html


@pytest.mark.parametrize("fields", [{}, {"content": "x" * (MAX_CHARS + 1)}], ids=["missing", "too long"])
def test_a_missing_or_too_long_text_is_answered_with_a_sentence(editor, fields):
    response = editor.post(PREVIEW, fields)
    assert response.status_code == 400 and b"No preview" in response.content


def test_looking_at_the_addresses_is_not_enough(editor):
    assert editor.get(PREVIEW).status_code == editor.get(UPLOAD).status_code == 405


def test_uploads_are_refused_even_for_editors(editor):
    image = SimpleUploadedFile("x.html", b"<script>alert(1)</script>", content_type="image/gif")
    assert editor.post(UPLOAD, {"image": image}).status_code == 403


def test_a_forged_request_from_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("edith", "drugs.change_monograph"))
    assert client.post(PREVIEW, {"content": "text"}).status_code == 403


def test_the_names_of_the_addresses_are_those_the_editor_expects():
    assert reverse("markdownx_markdownify") == PREVIEW and reverse("markdownx_upload") == UPLOAD
