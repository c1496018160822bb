"""Preview cards: a PNG with name and status, made once a state of the page, and never with letters left out."""

import io
from datetime import date

import pytest
from PIL import Image

from drugs import publishing
from drugs.web import preview_card
from drugs.web.views import machine_files
from tests.support.builders import make_review, publish_document

pytestmark = pytest.mark.django_db
CARD = "/drugs/examplol/card.png"


@pytest.fixture
def drawn(monkeypatch):
    """What is drawn, in words."""
    words, draw = [], preview_card.draw

    def listen(*arguments):
        words.append(arguments)
        return draw(*arguments)

    monkeypatch.setattr(preview_card, "draw", listen)
    return words


def test_a_card_says_name_and_status_and_is_made_once(client, drawn):
    publish_document()
    first, again = client.get(CARD), client.get(CARD)
    assert first.headers["Content-Type"] == "image/png" and first.content == again.content
    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    (words,) = drawn
    assert words[:4] == ("Examplol", "not_reviewed", "Not yet reviewed by a clinician.", "MedInfo")
    assert client.get(CARD, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("dates", "status"),
    [({}, "reviewed"), ({"on": date(2018, 5, 1), "due": date(2020, 5, 1)}, "overdue")],
)
def test_a_card_names_the_review_and_whether_it_is_due(client, drawn, dates, status):
    publish_document(review=make_review(**dates))
    client.get(CARD)
    assert drawn[0][1] == status and drawn[0][2].startswith("Reviewed by Pat Doe on ")


def test_a_name_that_the_font_cannot_write_gets_the_sites_card(client, drawn):
    publish_document(title="Примерол")
    assert client.get(CARD).content == (machine_files.PICTURES / "card.png").read_bytes()
    assert not drawn


def test_there_is_no_card_of_a_page_that_is_not_there(client):
    assert client.get(CARD).status_code == 404
    publishing.withdraw(publish_document(), reason="Wrong.", by="test")
    assert client.get(CARD).status_code == 410


def test_accents_are_dropped_where_the_font_lacks_them_and_nothing_else():
    assert preview_card.can_draw("Ångström – “forte”, naïve") and preview_card._drawable("é–“a”") == 'e-"a"'
    for text in ("µ", "α", "漢", "😀", "ب"):
        assert not preview_card.can_draw(text)


@pytest.mark.parametrize("title", ["word " * 60, "w" * 250, "A"])
def test_the_longest_title_stays_on_the_card(title):
    size, lines = preview_card._fitted(title)
    assert 1 <= len(lines) <= preview_card.TITLE_LINES and all(
        preview_card._fits(line, size) for line in lines
    )
    assert (lines[-1][-1] == "…") == (len(title) > 1)
