"""Plain words and short ways: the rail, the edit address, links in the preview, withdrawn pages."""

import pytest
from django.urls import reverse

from drugs import publishing
from drugs.models import Monograph
from tests.support.builders import make_monograph, publish_document
from tests.support.desk_posts import address_of, change_address, fields_of, make_person

pytestmark = pytest.mark.django_db


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_edit_address_leads_to_the_text_whoever_is_inside(client, editor):
    monograph = publish_document().monograph
    answer = client.get("/drugs/examplol/edit/", follow=True)
    assert answer.redirect_chain[-1][0] == change_address(monograph)
    assert client.get("/drugs/nosuchol/edit/", follow=True).status_code == 404


def test_the_edit_address_tells_strangers_nothing(client):
    make_monograph(slug="secretol")
    for slug in ("secretol", "nosuchol"):
        answer = client.get(f"/drugs/{slug}/edit/", follow=True)
        assert answer.redirect_chain[-1][0] == f"/admin/login/?next=/admin/drugs/monograph/edit/{slug}/"
    assert not client.get("/drugs/secretol/edit/").cookies


def test_each_section_of_the_preview_leads_to_its_text(client, editor):
    monograph = make_monograph()
    page = text_of(client.get(address_of("preview", monograph)))
    assert f'{change_address(monograph)}#id_sections-0-body">Edit' in page
    assert f'{change_address(monograph)}#id_sections-3-body">Edit' in page


def test_readers_see_no_link_to_the_desk(client):
    publish_document()
    assert 'class="edit-section"' not in client.get("/drugs/examplol/").content.decode()


def test_a_withdrawn_page_says_so_wherever_it_is_opened(client, editor):
    publication = publish_document()
    publishing.withdraw(publication, reason="Wrong.", by="rey")
    assert "WITHDRAWN" in text_of(client.get(address_of("preview", publication.monograph)))
    assert "desk-state-withdrawn" in text_of(client.get(change_address(publication.monograph)))
    assert 'class="state-withdrawn"' in text_of(client.get("/admin/drugs/monograph/"))


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [("Editors", "Medicines", "People"), ("Administrators", "People", "Searches without result")],
)
def test_the_rail_shows_what_one_may_open(client, role, seen, hidden):
    client.force_login(make_person("someone", role))
    page = text_of(client.get("/admin/"))
    rail = page[page.index('class="rail"') : page.index("</nav>")]
    assert f">{seen}</a>" in rail and f">{hidden}</a>" not in rail
    assert 'href="/admin/" aria-current="page">Work' in rail


def test_saving_logging_in_and_out_speak_plain_words(client, editor):
    monograph = make_monograph()
    fields = fields_of(client, monograph) | {"title": "Better"}
    assert "Better is saved." in text_of(client.post(change_address(monograph), fields, follow=True))
    fields = fields_of(client, monograph) | {"_continue": ""}
    answer = client.post(change_address(monograph), fields, follow=True)
    assert answer.redirect_chain[-1][0] == change_address(monograph)
    assert "<h1>Editions</h1>" in text_of(client.get("/admin/drugs/edition/"))
    assert "quality time" not in text_of(client.post(reverse("admin:logout")))
    wrong = client.post(reverse("admin:login"), {"username": "edith", "password": "wrong"})
    assert "User name or password is wrong" in text_of(wrong) and "staff account" not in text_of(wrong)
    assert Monograph.objects.count() == 1
