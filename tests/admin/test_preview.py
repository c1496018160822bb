"""The preview of a whole page: the desk as readers would see it, and old editions."""

import pytest
from django.urls import reverse

from drugs import desk, publishing
from tests.support.builders import make_document, publish_document
from tests.support.desk_posts import address_of

pytestmark = pytest.mark.django_db


def test_the_preview_is_the_public_page_of_what_is_on_the_desk(client, reviewer):
    monograph = publish_document().monograph
    desk.write(make_document(title="Only on the desk"), by="writer", monograph=monograph)
    response = client.get(address_of("preview", monograph))
    page = response.content.decode()
    assert "This is a preview" in page and "Only on the desk" in page and "Can I drive?" in page
    assert "no-store" in response["Cache-Control"]


def test_editors_read_old_editions_even_of_a_withdrawn_page(client, reviewer):
    publication = publish_document()
    publishing.withdraw(publication, reason="A fault.", by="test")
    page = client.get(address_of("edition", publication.monograph, 1)).content.decode()
    assert "This is edition 1" in page and "Can I drive?" in page
    assert client.get(address_of("edition", publication.monograph, 2)).status_code == 404
    listed = client.get(reverse("admin:drugs_edition_change", args=[publication.edition_id])).content.decode()
    assert address_of("edition", publication.monograph, 1) in listed


def test_editors_see_what_a_file_holds_for_them_only(client, reviewer):
    source = desk.Source("e/examplol.md", "old", "0" * 64, kept="Comment, line 3:\n<!-- ask Ann -->")
    (monograph,) = desk.create_pages([(make_document(), source)], by="test")
    page = client.get(reverse("admin:drugs_monograph_change", args=[monograph.pk])).content.decode()
    assert "Comment, line 3:\n&lt;!-- ask Ann --&gt;" in page
    assert "ask Ann" not in client.get(address_of("preview", monograph)).content.decode()
