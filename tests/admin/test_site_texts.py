"""The site texts in the admin: what is saved stands on the next page, whatever cache held the old one."""

import pytest
from django.urls import reverse

from drugs.content import Section, sha256
from drugs.models import SiteText
from drugs.web import site_texts
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


def test_a_word_of_the_glossary_is_explained_on_the_next_page(client, administrator):
    page = publish_document(
        sections=(Section("uses", "", "It helps with zody pain."),), side_effects=(), faqs=()
    )
    assert "zody</a>" not in client.get(page.get_absolute_url()).content.decode()
    screen = reverse("admin:drugs_sitetext_change", args=["glossary"])
    assert client.post(screen, {"body": "zody: of the zod\nno term here"}).status_code == 302
    html = client.get(page.get_absolute_url()).content.decode()
    assert '<a class="term" href="#word-1">zody</a>' in html and "<dd>of the zod</dd>" in html


# SHA-256 of every default that any version shipped, the first 16 characters: lines are added here, and none goes.
SHIPPED = {
    "disclaimer_short": ("ec323be5635779b9",),
    "disclaimer_full": ("dae62c92d27b3594",),
    "about": ("e985e557f24dd3b5",),
    "contact": ("e3b0c44298fc1c14",),
    "banner_ai_or_crowd": ("71d11fc8d9a4b6ff",),
    "banner_editorial": ("3edd38b7ae495858",),
    "banner_label": ("2a480530da23c38c",),
    "glossary": ("67236114143b1eca",),
}


@pytest.mark.parametrize("key", site_texts.DEFAULTS)
def test_a_default_that_was_shipped_once_is_known_for_ever(key):
    """Where nobody has changed a text, no act speaks of it: `verify` knows it by its hash (site_texts.EARLIER)."""
    known = {sha256(site_texts.DEFAULTS[key]), *site_texts.EARLIER.get(key, ())}
    assert {digest[:16] for digest in known} == set(SHIPPED[key])
