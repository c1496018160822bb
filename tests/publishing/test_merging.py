"""Merging of two pages on one medicine: one gives way and redirects to the other, and its names go over."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone

from drugs import desk, publishing
from drugs.content import Name
from drugs.models import DrugName, Monograph, Publication
from drugs.publishing import merging
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.desk_posts import address_of, change_address, make_person, read, sent

pytestmark = pytest.mark.django_db


def publish(slug, title=None, names=(), **overrides):
    return publish_document(slug=slug, title=title or slug.capitalize(), names=names, **overrides)


def merge(page, into, **options):
    return merging.merge(page.monograph, into.monograph, by="rey", **options)


@pytest.fixture
def pair():
    gone = publish("oldol", names=(Name("Xamp", "brand"), Name("OLD-ol", "misspelling")))
    return gone, publish("newol", names=(Name("xamp", "brand"), Name("Newol acid", "synonym")))


SHAPES = ["/drugs/{}/", "/drugs/{}.json", "/drugs/{}.md"]


@pytest.mark.parametrize("shape", SHAPES)
def test_readers_are_redirected_to_the_same_format_elsewhere(client, pair, shape):
    merge(*pair)
    response = client.get(shape.format("oldol"))
    assert (response.status_code, response["Location"]) == (301, shape.format("newol"))
    assert "no-cache" in response["Cache-Control"]  # restoring the page ends it


def test_old_addresses_lead_straight_to_the_other_page(client, pair):
    Publication.objects.filter(pk=pair[0].pk).update(old_address="o/Old-Ol")
    merge(*pair)
    for address in ("/composition/o/Old-Ol/", "/composition/o/Old-Ol.html", "/composition/x/oldol/"):
        assert client.get(address)["Location"] == "/drugs/newol/"


def test_a_chain_is_followed_to_its_end_and_never_closes(client, pair):
    gone, stays = pair
    last = publish("lastol")
    merge(gone, stays)
    merge(stays, last)
    for slug in ("oldol", "newol"):
        assert client.get(f"/drugs/{slug}/")["Location"] == "/drugs/lastol/"
    for into in (gone, stays):
        with pytest.raises(
            publishing.PublishingError, match="itself withdrawn as the same medicine as Lastol"
        ):
            merge(last, into)
    with pytest.raises(publishing.PublishingError, match="its own place"):
        merge(last, last)


def test_a_redirect_loop_in_the_database_ends_in_410(client, pair):
    for page, other in (pair, pair[::-1]):
        Publication.objects.filter(pk=page.pk).update(
            withdrawn_at=timezone.now(), withdrawn_reason="x", successor=other
        )
    assert client.get("/drugs/oldol/").status_code == 410


def test_a_successor_that_is_withdrawn_later_says_why_itself(client, pair):
    merge(*pair)
    publishing.withdraw(pair[1], reason="No longer sold.", by="test")
    response = client.get("/drugs/oldol/", follow=True)
    assert response.redirect_chain == [("/drugs/newol/", 301)]
    assert response.status_code == 410 and "No longer sold." in response.content.decode()


def test_its_history_stays_and_names_the_other_page(client, pair):
    merge(*pair)
    listed = client.get("/drugs/oldol/history/").content.decode()
    assert (
        "Same medicine as Newol." in listed
        and 'href="/drugs/newol/"' in listed
        and "history/1/" not in listed
    )
    text = client.get("/drugs/oldol/history/1/")
    assert text.status_code == 410 and 'href="/drugs/newol/"' in text.content.decode()


def test_lists_forget_the_page_and_find_the_other_by_its_names(client, pair):
    merge(*pair)
    for address in ("/", "/drugs/?letter=o", "/feed/", "/sitemap-o.xml", "/search/?q=oldol"):
        assert "/drugs/oldol/" not in client.get(address).content.decode(), address
    publishing.publish(pair[1].monograph, by="ann", kind="names", note="Its other names.")
    for query in ("Oldol", "old ol", "xamp"):
        hits = client.get("/search/suggest/", {"q": query}).json()["results"]
        assert [hit["url"] for hit in hits] == ["/drugs/newol/"], query


def test_names_go_over_once_with_their_kinds_and_wait(pair):
    gone, stays = pair
    DrugName.objects.create(monograph=gone.monograph, text="Zamp", kind="brand", source="list", position=9)
    before = Monograph.objects.get(pk=stays.monograph_id).version
    names = merge(gone, stays)
    assert names == [Name("Oldol", "synonym"), Name("OLD-ol", "misspelling"), Name("Zamp", "brand")]
    after = Monograph.objects.get(pk=stays.monograph_id)
    assert (after.version, after.changed_by) == (before + 1, "rey")
    assert set(after.names.filter(text__in=["Oldol", "Zamp"]).values_list("source", flat=True)) == {"editor"}
    assert Publication.objects.get(slug="newol").desk_version < after.version


def test_the_title_becomes_a_synonym_and_no_name_comes_twice():
    gone = make_monograph(title="Oldol", names=(Name("Xamp", "brand"), Name("Óld acid", "synonym")))
    stays = make_monograph(
        slug="stays", title="Newol", names=(Name("xamp", "misspelling"), Name("old-acid", "brand"))
    )
    assert merging.names_to_go(gone, stays) == [Name("Oldol", "synonym")]
    assert merging.names_to_go(stays, gone) == [Name("Newol", "synonym")]


def test_what_only_readers_knew_goes_over_too(pair):
    gone, stays = pair
    desk.write(make_document(slug="oldol", title="Other", names=()), by="x", monograph=gone.monograph)
    assert {name.text for name in merge(gone, stays)} >= {"Other", "Oldol"}


def test_restoring_the_page_ends_the_redirect(client, pair):
    merge(*pair)
    publishing.restore(pair[0].edition, by="rey", note="It was another medicine.")
    assert client.get("/drugs/oldol/").status_code == 200
    assert Publication.objects.get(slug="oldol").successor is None


def test_a_public_page_gives_way_only_to_a_public_one(pair):
    unpublished = make_monograph(slug="draftol", title="Draftol")
    with pytest.raises(publishing.PublishingError, match="never published"):
        merging.merge(pair[0].monograph, unpublished, by="rey")
    publishing.withdraw(pair[1], reason="Wrong.", by="test")
    with pytest.raises(publishing.PublishingError, match="Newol is withdrawn"):
        merge(*pair)
    assert Publication.objects.get(slug="oldol").withdrawn_at is None


def test_names_that_no_page_can_hold_stop_all_of_it(pair):
    gone, stays = pair
    DrugName.objects.bulk_create(
        DrugName(monograph=gone.monograph, text=f"Oldol of the long name number {at}", kind="synonym")
        for at in range(900)
    )
    with pytest.raises(publishing.PublishingError, match="cannot take the names"):
        merge(gone, stays)
    assert Publication.objects.get(slug="oldol").withdrawn_at is None and stays.monograph.names.count() == 2


def test_only_what_is_withdrawn_has_a_successor(pair):
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(slug="oldol").update(successor=pair[1])


# In the admin


@pytest.fixture
def reviewer(client):
    client.force_login(make_person("rey", "Reviewers"))
    return client


def compare(page, into):
    return f"{address_of('same_medicine', page.monograph)}?with={into.monograph.pk}"


def test_the_other_page_is_found_by_any_name_or_offered_at_once(reviewer, pair):
    address = address_of("same_medicine", pair[0].monograph)
    make_monograph(slug="oldol-2", title="OLDOL", names=())
    with_likely = reviewer.get(address).content.decode()
    assert "Likely the same" in with_likely and ">OLDOL<" in with_likely and ">Newol<" not in with_likely
    assert ">Newol<" in reviewer.get(address, {"q": "newol ac"}).content.decode()
    assert "No other page" in reviewer.get(address, {"q": "zzz"}).content.decode()
    for query in ("\0", "x" * 400, "%" * 300, "'\""):
        assert reviewer.get(address, {"q": query}).status_code == 200
    assert change_address(pair[0].monograph) in with_likely


@pytest.mark.parametrize("key", ["", "x", "-1", "0", "9" * 40, "٣", "1\0"])
def test_an_unknown_other_page_is_said_in_a_sentence(reviewer, pair, key):
    page = reviewer.get(address_of("same_medicine", pair[0].monograph), {"with": key})
    assert "There is no such page any more" in page.content.decode()


def test_both_pages_stand_side_by_side_and_a_tick_merges_them(reviewer, pair):
    gone, stays = pair
    address = compare(gone, stays)
    page = reviewer.get(address)
    assert [side["page"].title for side in page.context["sides"]] == ["Oldol", "Newol"]
    assert "sure" in reviewer.post(address, sent(page)).context["form"].errors
    response = reviewer.post(address, sent(page) | {"sure": "on"}, follow=True)
    assert response.redirect_chain == [(change_address(stays.monograph), 302)]
    said = response.content.decode()
    assert "Readers of Oldol are led to Newol." in said and address_of("publish", stays.monograph) in said
    logged = LogEntry.objects.values_list("object_id", "change_message")
    assert {pk for pk, _ in logged} == {str(gone.monograph_id), str(stays.monograph_id)}
    assert "Readers are led to" in reviewer.get(change_address(gone.monograph)).content.decode()


def test_a_draft_hands_over_its_names_and_stays_whole(reviewer, pair):
    draft = make_monograph(slug="draftol", title="Draftol")
    address = f"{address_of('same_medicine', draft)}?with={pair[1].monograph_id}"
    said = reviewer.post(address, sent(reviewer.get(address)) | {"sure": "on"}, follow=True).content.decode()
    assert "It stays on the desk" in said and "delete it" in said
    assert read(draft) == make_document(slug="draftol", title="Draftol")
    assert Name("Draftol", "synonym") in read(pair[1].monograph).names


def test_what_changed_since_it_was_compared_is_compared_again(reviewer, pair):
    gone, stays = pair
    address = compare(gone, stays)
    fields = sent(reviewer.get(address)) | {"sure": "on"}
    desk.touch(Monograph.objects.get(pk=stays.monograph_id), "zoe")
    assert "has changed since" in reviewer.post(address, fields).content.decode()
    assert Publication.objects.get(slug="oldol").withdrawn_at is None


def test_different_ingredients_are_a_warning(reviewer):
    one, other = (publish(slug, ingredients=(slug,)) for slug in ("aol", "bol"))
    assert "different ingredients" in reviewer.get(compare(one, other)).content.decode()


def test_pages_that_share_nothing_are_a_warning_too(reviewer, pair):
    stranger = publish("strangol", classes=())
    assert "share no name" in reviewer.get(compare(stranger, pair[1])).content.decode()
    assert "share no name" not in reviewer.get(compare(*pair)).content.decode()


def test_a_merge_keeps_the_review_of_the_page_that_stays(client, pair):
    gone = publish("goneol", names=(Name("Goneol forte", "brand"),))
    stays = publish("signedol", review=make_review())
    merge(gone, stays)
    with pytest.raises(publishing.PublishingError, match="second person"):
        publishing.publish(stays.monograph, by="rey", kind="names", note="Names.")
    publishing.publish(stays.monograph, by="ann", kind="names", note="Names.")
    assert Publication.objects.get(slug="signedol").status == "reviewed"
