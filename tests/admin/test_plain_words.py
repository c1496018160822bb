"""Plain words and short ways: the rail, the edit address, links in the preview, withdrawn pages."""

import re

import pytest
from django.urls import reverse

from drugs import desk, publishing
from drugs.models import Edition, Monograph
from tests.support.builders import make_document, make_monograph, publish_document
from tests.support.desk_posts import address_of, change_address, fields_of, make_person, make_user
from tests.support.desk_screens import desk_addresses

pytestmark = pytest.mark.django_db


UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>")
# What Django says by itself, in its words for programmers or for no desk in particular.
DEFAULT_WORDS = (
    *(
        "Authentication and Authorization",
        "Site administration",
        "Django",
        "View site",
        "View on site",
        "Welcome,",
    ),
    *(
        "Superuser",
        "Staff status",
        "Hold down",
        "to change",
        "Please correct the error",
        "for security’s sake",
    ),
    *(
        "Add monograph",
        "Add user",
        "Change user",
        "Change history",
        "Date/time",
        "Monographs",
        "Yes, I’m sure",
    ),
    *(
        "this object",
        "This object",
        "import_monographs",
        "import_names",
        "pbkdf2",
        "monograph object",
        "Home ›",
    ),
)


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
    rail = page[page.index('class="rail"') :].partition("</nav>")[0]
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


def test_no_screen_speaks_in_the_words_of_django(client):
    addresses = desk_addresses()
    draft = make_monograph(slug="draft", title="Draftol")
    addresses += [f"/admin/drugs/monograph/{draft.pk}/delete/"]
    addresses += [
        f"/admin/drugs/edition/{Edition.objects.first().pk}/change/",
        "/admin/drugs/",
        "/admin/auth/",
    ]
    client.force_login(make_user("root", is_superuser=True, first_name="Root", last_name="Ek"))
    said = {}
    for address in addresses:
        words = UNSEEN.sub(" ", text_of(client.get(address, follow=True)))
        said |= {word: address for word in DEFAULT_WORDS if word in words}
    assert said == {}


def test_an_edition_of_an_import_names_no_command(client, editor):
    monograph = desk.write(make_document(), by="import_monographs")
    publishing.publish(monograph, by="import_monographs", kind="import", note="Imported.")
    edition = Edition.objects.get()
    page = text_of(client.get(f"/admin/drugs/edition/{edition.pk}/change/"))
    assert "an import" in page and "import_monographs" not in page


def test_a_phone_finds_a_medicine_on_the_start_page(client, editor):
    page = text_of(client.get("/admin/"))
    assert 'for="start-q">Find a medicine</label>' in page[page.index('id="content-main"') :]


def test_the_way_back_names_the_part_of_the_desk_and_the_medicine(client, editor):
    monograph = make_monograph()
    page = text_of(client.get(address_of("hand_in", monograph)))
    way = page[page.index('<nav class="way"') :].partition("</nav>")[0]
    parts = ["/admin/", "/admin/drugs/monograph/", change_address(monograph)]
    assert [part.partition('"')[0] for part in way.split('href="')[1:]] == parts


def test_a_phone_has_the_rail_in_a_menu_that_needs_no_script(client, editor):
    page = text_of(client.get("/admin/"))
    menu = page[page.index('<details class="desk-menu">') :].partition("</details>")[0]
    assert "<summary>Menu</summary>" in menu
    assert 'name="q"' in menu and ">Medicines</a>" in menu and "Log out</button>" in menu
