"""Share for comment at the desk: links made, shown, revoked, and what came by them beside the sections."""

import pytest
from django.urls import reverse

from drugs.desk import share_links
from drugs.models import ReviewNote, ShareLink
from tests.support.builders import publish_document
from tests.support.desk_posts import address_of, make_person, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    client.force_login(make_person("edith", "Editors", first_name="Edith", last_name="Ek"))
    return publish_document().monograph


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_share_link_is_made_shown_and_revoked(client, page):
    form = sent(client.get(address_of("share", page)))
    assert form["days"] == "7"  # the usual
    made = client.post(address_of("share", page), form | {"_share": ""})
    link = ShareLink.objects.get()
    assert (link.expires_at - link.made_at).days == 7 and made.status_code == 302
    shown = client.get(address_of("share", page))
    assert share_links.token_of(link) in text_of(shown) and "Made by Edith Ek" in text_of(shown)
    client.post(address_of("share", page), {"revoke": link.pk})
    shown = client.get(address_of("share", page))
    assert share_links.token_of(link) not in text_of(shown) and "Revoked by Edith Ek" in text_of(shown)


def test_the_thanks_for_a_comment_stand_where_the_form_is(client, page):
    link = share_links.share(page, by="edith", version=page.version, days=1)
    address = reverse("drugs:shared-text", args=[share_links.token_of(link)])
    form = text_of(client.get(f"{address}?sent")).partition('id="comment"')[2]
    assert "Thank you. Your comment is with the editors." in form
    assert "Thank you" not in text_of(client.get(address))


def test_a_share_of_a_text_that_changed_meanwhile_is_refused(client, page):
    form = sent(client.get(address_of("share", page)))
    refused = client.post(address_of("share", page), form | {"_share": "", "version": page.version + 1})
    assert "Read it again first" in text_of(refused) and not ShareLink.objects.exists()


def test_a_link_of_another_page_is_not_revoked_here(client, page):
    other = publish_document(slug="otherol", title="Otherol").monograph
    link = share_links.share(other, by="ann", version=other.version, days=1)
    for key in (link.pk, "x", "9" * 30):
        assert client.post(address_of("share", page), {"revoke": key}).status_code == 404
    link.refresh_from_db()
    assert link.is_open


def test_a_guest_comment_stands_at_its_section_and_bears_no_accounts_name(client, page):
    make_person(
        "edith (without an account)", first_name="Professor", last_name="Ek"
    )  # as a proxy might call one
    link = share_links.share(page, by="edith", version=page.version, days=1)
    shared = share_links.find(share_links.token_of(link))
    share_links.comment_by_link(shared, name="edith", text="5 <b>mg</b>", anchor="uses", heading="Uses")
    shown = text_of(client.get(address_of("review", page)))
    part = shown[shown.index('id="part-uses"') :]
    assert "By a link: " in part[: part.index("</details>")]
    assert "5 &lt;b&gt;mg&lt;/b&gt;" in part and "edith (without an account)" in part
    assert ReviewNote.objects.get().by != "edith" and "Professor" not in part
    assert "1 of 20 comments" in text_of(client.get(address_of("share", page)))
