"""Without a net: the service worker as it is served, its switch, and the manifest."""

import json

import pytest

from tests.support.builders import publish_document
from tests.support.public_pages import body, main_text

pytestmark = pytest.mark.django_db


def config_of(client):
    response = client.get("/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    first = body(response).partition("\n")[0]
    return json.loads(first.removeprefix("const CONFIG = ").removesuffix(";"))


def test_the_service_worker_keeps_pages_of_medicines_and_of_help_alone(client):
    config = config_of(client)
    assert config["on"] is True and config["days"] == 30
    assert config["pages"] == ["^/drugs/[a-z0-9_-]+/$", "^/emergency/$"]
    assert config["help"] == "/emergency/"
    for words in (config["words"], config["words_without"]):
        assert "{date}" in words and "{until}" in words
    assert "{edition}" in config["words"]


def test_the_service_worker_can_be_switched_off(client, settings):
    settings.OFFLINE = False
    assert config_of(client)["on"] is False


def test_readers_are_told_what_their_browser_keeps_while_it_does(client, settings):
    text = main_text(client.get("/about/"))
    assert "kept in your browser for up to 30 days" in text
    assert (
        "emergency numbers is kept with the first" in text
        and "Somebody else who uses the same browser" in text
    )
    settings.OFFLINE = False
    assert "kept in your browser" not in main_text(client.get("/about/"))


def test_the_service_worker_is_asked_for_anew_each_time(client):
    response = client.get("/sw.js")
    assert response.headers["Cache-Control"] == "no-cache" and response.headers["ETag"]


def test_the_manifest_names_the_site_and_no_other_address(client, settings):
    settings.SITE_NAME = "Zed"
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    data = response.json()
    assert (data["name"], data["start_url"], data["scope"]) == ("Zed", "/", "/")
    assert '<link rel="manifest" href="/manifest.webmanifest">' in body(client.get("/"))


def test_a_page_says_its_edition_to_the_service_worker(client):
    html = body(client.get(publish_document().get_absolute_url()))
    assert 'data-edition="1"' in html and 'data-worker="/sw.js"' in html
    assert "data-edition" not in body(client.get("/drugs/examplol/history/1/"))
