"""Changes between editions that readers may know, and the Atom feed."""

import re

import pytest

from drugs import desk, publishing
from drugs.content import SideEffect
from drugs.models import Edition
from tests.support.builders import make_document, make_review, publish_document
from tests.support.public_pages import body

pytestmark = pytest.mark.django_db


def again(publication, kind="clarity", **overrides):
    desk.write(make_document(**overrides), by="writer", monograph=publication.monograph)
    return publishing.publish(publication.monograph, by="test", kind=kind, note=f"A {kind} change.")


def other_uses():
    first, second, *rest = make_document().sections
    return (
        first,
        type(second)("uses", "", second.body.replace("high blood pressure", "very high pressure")),
        *rest,
    )


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_edition_shows_what_changed_word_by_word(client):
    again(publish_document(), sections=other_uses())
    page = text(client, "/drugs/examplol/history/2/")
    assert "What changed since edition 1" in page
    assert "<del>" in page and "blood</del>" in page.replace("\n", "")
    assert "<ins>" in page and "very" in page
    assert "What changed since" not in text(client, "/drugs/examplol/history/1/")


def test_an_edition_only_signed_says_that_the_text_is_the_same(client):
    publication = publish_document()
    publishing.publish(publication.monograph, by="test", kind="evidence", note="Read.", review=make_review())
    assert "The text is the same" in text(client, "/drugs/examplol/history/2/")


def test_markup_in_a_change_is_text(client):
    again(publish_document(), title="<script>alert(1)</script>")
    page = text(client, "/drugs/examplol/history/2/")
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def uses(body, **overrides):
    first, second, *rest = make_document().sections
    return {"sections": (first, type(second)("uses", "", body), *rest), **overrides}


def shown_changes(client, before, after):
    """What stands below the changes of the second edition, with [taken out] and {added} words."""
    again(publish_document(**before), **after)
    listed = text(client, "/drugs/examplol/history/2/").partition('class="changes"')[2].partition("</dl>")[0]
    listed = re.sub('<span class="unseen"[^>]*>[^<]*</span>', "", listed.partition("<dl>")[2])
    listed = re.sub(
        "<del>(.*?)</del>", r"[\1]", re.sub("<ins>(.*?)</ins>", r"{\1}", listed, flags=re.S), flags=re.S
    )
    return " ".join(re.sub("<[^>]+>", " ", listed).split())


def test_a_change_is_said_in_the_words_that_readers_see(client):
    before = uses("It is **for** [pain](https://example.org/a).\n\n- Gout\n- Fits")
    after = uses("It is for *bad* [pain](https://example.org/b).\n\n- Gout\n- *Fits* too")
    assert shown_changes(
        client, before, after
    ) == "Section “Uses” It is for {bad }pain. • Gout • Fits{ too}".replace("Uses", "What it is used for")


def test_a_change_of_layout_alone_says_that_no_word_is_another(client):
    said = shown_changes(client, uses("It is **for** pain."), uses("It is for *pain*."))
    assert said.startswith("Section “What it is used for” Its words are the same.")
    assert "*" not in said and "{" not in said


def test_a_power_that_is_lost_is_no_change_of_layout(client):
    said = shown_changes(client, uses("10<sup>9</sup> cells."), uses("109 cells."))
    assert "[10⁹]{109} cells." in said


def test_names_and_effects_are_compared_without_their_marks(client):
    effects = (SideEffect("*Rash*", "Tell *somebody*."),)
    more = (SideEffect("Rash", "Tell *nobody*."),)
    said = shown_changes(client, {"side_effects": effects}, {"side_effects": more})
    assert "Side effect “Rash”" in said and "*" not in said and "[somebody]{nobody}" in said.replace(" ", "")


def test_while_a_page_is_withdrawn_its_list_of_editions_stays(client):
    publication = publish_document()
    again(publication, sections=other_uses())
    publishing.withdraw(publication, reason="No longer sold.", by="test")
    page = text(client, "/drugs/examplol/history/")
    assert "This page was withdrawn on" in page and "No longer sold." in page
    assert "A clarity change." in page and "history/1/" not in page
    for number in (1, 2):
        assert client.get(f"/drugs/examplol/history/{number}/").status_code == 410


def test_the_feed_has_news_and_marks_safety(client):
    publication = publish_document(kind="import")
    publish_document(slug="other", title="Otherol", kind="names")
    again(publication, kind="safety", sections=other_uses())
    feed = text(client, "/feed/")
    assert "Safety change: Examplol" in feed and "A safety change." in feed
    assert "Otherol" not in feed and feed.count("<entry>") == 1


def test_a_withdrawn_page_has_no_news(client):
    publication = publish_document()
    assert text(client, "/feed/").count("<entry>") == 1
    publishing.withdraw(publication, reason="No longer sold.", by="test")
    assert text(client, "/feed/").count("<entry>") == 0


def updated(client):
    """The feed's bytes, and the time that it gives itself."""
    feed = text(client, "/feed/")
    return feed, re.search("<updated>(.*?)</updated>", feed)[1]


def test_the_feed_s_time_is_that_of_its_newest_entry(client):
    publish_document()
    newest = publish_document(slug="other", title="Otherol")
    feed, moment = updated(client)
    assert moment == newest.published_at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    assert updated(client)[0] == feed


def test_a_feed_without_entries_is_the_same_bytes_each_time(client):
    feed, moment = updated(client)
    assert updated(client) == (feed, moment)
    assert feed.count("<entry>") == 0 and moment == "1970-01-01T00:00:00+00:00"


def test_the_feed_takes_two_queries_beside_the_state(client, django_assert_max_num_queries):
    for number in range(30):
        publish_document(slug=f"page-{number}", title=f"Page {number}")
    assert Edition.objects.count() == 30
    with django_assert_max_num_queries(3):
        client.get("/feed/")


def test_the_feed_names_pages_by_the_sites_own_address(client):
    publish_document()
    text = body(client.get("/feed/", headers={"host": "localhost"}))
    assert "http://127.0.0.1:8000/drugs/examplol/" in text
    assert "localhost" not in text
