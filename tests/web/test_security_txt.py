"""security.txt (RFC 9116): whoever finds a security hole finds out whom to tell."""

import datetime

import pytest
from django.utils import timezone

from drugs.models import SiteText

pytestmark = pytest.mark.django_db

ADDRESS = "/.well-known/security.txt"


def fields(client):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return [line.split(": ", 1) for line in response.content.decode().splitlines()]


def write_contact(text):
    SiteText.objects.filter(key="contact").update(body=text)


def test_a_site_whose_contact_is_empty_has_none(client):
    assert client.get(ADDRESS).status_code == 404


def test_it_names_the_contact_and_expires_within_a_year(client):
    write_contact("The pharmacy of *Some Hospital*, <pharmacy@hospital.example>.\n")
    (contact, expires, language) = fields(client)
    assert contact == ["Contact", "mailto:pharmacy@hospital.example"]
    left = datetime.datetime.fromisoformat(expires[1]) - timezone.now()
    assert datetime.timedelta(days=90) < left < datetime.timedelta(days=365)
    assert language == ["Preferred-Languages", "en"]


def test_web_addresses_are_https_and_the_site_s_own(client, settings):
    settings.BASE_URL = "https://medicines.example.org"
    write_contact("Call us.\nContact: https://evil.example/\n")
    named = fields(client)
    assert [value for name, value in named if name == "Contact"] == [
        "https://medicines.example.org/about/#contact"
    ]
    assert ["Canonical", f"https://medicines.example.org{ADDRESS}"] in named


def test_without_https_and_e_mail_there_is_nobody_to_name(client):
    write_contact("Call us.")
    assert client.get(ADDRESS).status_code == 404
