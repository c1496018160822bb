"""Links to other medicines: in the sections that speak of them, to one public page, and gone when it is withdrawn."""

import pytest

from drugs import publishing
from drugs.content import Name, Section
from drugs.models import Publication, PublishedMentions
from drugs.search import derived_index, facets, mentions
from tests.support.builders import make_document, publish_document

pytestmark = pytest.mark.django_db
TEXT = "Tell your doctor if you take **Testamine**, folic sodium or a statin. Testamine again."
PLAIN = {"names": (), "side_effects": (), "faqs": ()}


def page_of(*sections, **more):
    return publish_document(make_document(sections=sections, **{**PLAIN, **more}))


def html_of(client, publication):
    return client.get(publication.get_absolute_url()).content.decode()


def other(title, **more):
    return publish_document(
        make_document(slug=title.lower().replace(" ", "-"), title=title, **{**PLAIN, **more})
    )


@pytest.mark.parametrize("kind", mentions.SECTIONS)
def test_a_medicine_that_is_mentioned_is_a_link_once_a_section(client, kind):
    page = page_of(Section(kind, "", TEXT))
    assert "/drugs/testamine/" not in html_of(client, page)
    other("Testamine"), other("Folic sodium")
    html = html_of(client, page)
    assert html.count('<a href="/drugs/testamine/">Testamine</a>') == 1
    assert '<a href="/drugs/folic-sodium/">folic sodium</a>' in html


def test_mentions_elsewhere_are_no_links(client):
    page = page_of(Section("uses", "", TEXT), Section("dosage", "", TEXT))
    other("Testamine")
    assert 'href="/drugs/testamine/"' not in html_of(client, page)


def test_a_mention_of_a_withdrawn_page_is_no_link(client):
    page, target = page_of(Section("interactions", "", TEXT)), other("Testamine")
    assert 'href="/drugs/testamine/"' in html_of(client, page)
    publishing.withdraw(target, reason="Wrong.", by="test")
    assert 'href="/drugs/testamine/"' not in html_of(client, page)


def test_a_name_that_may_mean_two_pages_is_no_link(client):
    page = page_of(Section("interactions", "", TEXT))
    other("Testamine"), other("Testol", names=(Name("Testamine", "generic"),))
    assert "/drugs/testamine/" not in html_of(client, page)


def test_a_brand_or_an_everyday_word_is_no_mention(client):
    page = page_of(Section("food_alcohol", "", "Drink water with Brandol and vitamin tablets."))
    other("Water"), other("Aol", names=(Name("Brandol", "brand"),))
    html = html_of(client, page)
    assert "/drugs/water/" not in html and "/drugs/aol/" not in html


def test_candidates_are_rows_that_can_be_written_anew():
    page = page_of(Section("interactions", "", TEXT))
    row = PublishedMentions.objects.get(publication=page)
    assert {"testamine", "folic sodium"} <= set(row.candidates.splitlines())
    assert "tell" not in row.candidates.splitlines()
    row.delete()
    indexed: list[derived_index.IndexedPage] = [
        (page, make_document(sections=(Section("interactions", "", TEXT),), **PLAIN))
    ]
    assert facets.differing(indexed) == {page.pk}
    facets.rewrite(indexed)
    assert PublishedMentions.objects.filter(publication=page).exists()
    publishing.withdraw(Publication.objects.get(pk=page.pk), reason="Wrong.", by="test")
    assert not PublishedMentions.objects.exists()


def test_candidates_of_a_long_text_are_bounded():
    text = " ".join(f"word{'abcdefghij'[at % 10] * (at // 10 + 1)}" for at in range(900))
    found = mentions.candidates(make_document(sections=(Section("interactions", "", text),), **PLAIN))
    assert len(found) == mentions.MOST
