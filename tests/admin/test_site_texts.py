"""The site texts in the admin: what is saved stands on the next page, whatever cache held the old one."""

import pytest
from django.urls import reverse

from drugs.models import SiteText
from tests.support.builders import publish_document
from tests.support.desk_posts import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = make_person("adam", "Administrators")
    client.force_login(person)
    return person


def test_every_site_text_that_is_changed_stands_on_the_next_page(client, administrator):
    publication = publish_document(origin="label")
    where = {
        "disclaimer_short": "/",
        "disclaimer_full": publication.get_absolute_url(),
        "about": "/about/",
        "contact": "/about/",
        "banner_label": publication.get_absolute_url(),
    }
    for key, address in where.items():
        assert client.get(address).status_code == 200  # whatever is kept of a page is kept now
        screen = reverse("admin:drugs_sitetext_change", args=[key])
        assert "markdownx-editor" in client.get(screen).content.decode()
        assert client.post(screen, {"body": f"Now *{key}* is new."}).status_code == 302
        assert f"Now <em>{key}</em> is new." in client.get(address).content.decode(), key
    for origin in ("ai_or_crowd", "editorial", "label"):
        assert SiteText.objects.filter(key=f"banner_{origin}").exists()
