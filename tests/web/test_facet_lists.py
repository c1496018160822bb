"""Facet lists, for readers who know no name: side effects, classes, ingredients, what is new."""

import html
import re

import pytest

from drugs import desk, publishing
from drugs.content import DrugClass, Name, SideEffect
from tests.support.builders import make_document, make_review, publish_document
from tests.support.public_pages import body, main_text

pytestmark = pytest.mark.django_db


def with_rash(title, frequency="not_stated", name="Rash", **overrides):
    effects = (SideEffect(name, frequency=frequency, urgency="talk"),)
    return publish_document(slug=title.lower(), title=title, side_effects=effects, **overrides)


def names(response):
    return re.findall(r'class="name"><a href="[^"]+">([^<]+)</a>', body(response))


def following(response):
    found = re.search(r'rel="next" href="([^"]+)"', body(response))
    return found and found[1].replace("&amp;", "&")


def all_names(client, address):
    found, path = [], address.split("?")[0]
    while address:
        response = client.get(address)
        assert response.status_code == 200
        found += names(response)
        more = following(response)
        address = more and path + more
    return found


# Side effects


def test_medicines_with_a_side_effect_stand_by_its_frequency(client):
    for title, frequency in (
        ("Aol", "not_stated"),
        ("Bol", "rare"),
        ("Col", "not_known"),
        ("Dol", "very_common"),
        ("Eol", "common"),
        ("Fol", "uncommon"),
        ("Gol", "very_rare"),
        ("Hol", "very_common"),
    ):
        with_rash(title, frequency)
    response = client.get("/side-effects/rash/")
    assert names(response) == ["Dol", "Hol", "Eol", "Fol", "Bol", "Gol", "Col", "Aol"]
    text = main_text(response)
    assert "Dol Not yet reviewed More than 10 in 100 people" in text
    assert "Gol Not yet reviewed Fewer than 1 in 10,000 people" in text
    assert "Col Not yet reviewed It is not known how many people" in text
    assert "Aol Not yet reviewed Our source does not say how many people" in text


def test_the_page_of_a_side_effect_first_warns_against_comparing(client, settings):
    settings.COUNTRY = "gb"
    with_rash("Aol")
    text = main_text(client.get("/side-effects/rash/"))
    assert "1 medicine whose page names it." in text
    assert text.index("This is no comparison of safety.") < text.index("Aol")
    assert text.index("If you feel very unwell, call 999 now.") < text.index(
        "This is no comparison of safety."
    )


def test_one_page_lists_a_side_effect_however_it_is_written(client):
    with_rash("Aol", name="Rash")
    with_rash("Bol", name="*rashes* (on the arms)")
    with_rash("Col", name="Itchy rash")
    assert names(client.get("/side-effects/rash/")) == ["Aol", "Bol"]
    with_rash("Dol", name="Skin rash")
    assert names(client.get("/side-effects/rash/")) == ["Aol", "Bol", "Dol"]
    assert names(client.get("/side-effects/")) == ["Rash"]
    text = main_text(client.get("/side-effects/"))
    assert "Rash also skin rash, skin eruption 3 medicines" in text
    assert "1 more that only one medicine's page names" in html.unescape(text)
    assert names(client.get("/side-effects/?named=once")) == ["Itchy rash"]
    assert client.get("/side-effects/?named=twice").status_code == 404


def test_another_name_of_a_side_effect_leads_to_its_entry(client):
    with_rash("Aol", name="Xerostomia")
    response = client.get("/side-effects/xerostomia/")
    assert (response.status_code, response.headers["Location"]) == (301, "/side-effects/dry-mouth/")
    text = main_text(client.get("/side-effects/dry-mouth/"))
    assert "Dry mouth as a side effect" in text and "xerostomia" in text
    assert client.get("/side-effects/emesis/").status_code == 404
    page = body(client.get("/search/?q=which+drugs+cause+dry+mouth"))
    assert 'href="/side-effects/dry-mouth/"' in page


def test_side_effects_are_paged_by_key_and_by_letter(client, monkeypatch):
    monkeypatch.setattr("drugs.web.facet_lists.PAGE", 2)
    for number, name in enumerate(["Ulcer", "Rash", "Fever", "Rushing sound", "Flushing", "Rigors", "Rash"]):
        with_rash(f"Aol{number}", name=name)
    assert all_names(client, "/side-effects/") == ["Rash"]
    assert all_names(client, "/side-effects/?named=once") == [
        "Fever",
        "Flushing",
        "Rigors",
        "Rushing sound",
        "Ulcer",
    ]
    assert all_names(client, "/side-effects/?named=once&letter=r") == ["Rigors", "Rushing sound"]
    second = client.get("/side-effects/?named=once&letter=r&after=rigor")
    assert names(second) == ["Rushing sound"]
    assert "Those after Rigors." in main_text(second)
    assert "?named=once&amp;letter=r" in body(client.get("/side-effects/?letter=r"))
    assert names(client.get("/side-effects/?letter=x")) == []


def test_medicines_with_a_side_effect_are_paged_by_key(client, monkeypatch):
    monkeypatch.setattr("drugs.web.facet_lists.PAGE", 2)
    for title, frequency in (
        ("Col", "rare"),
        ("Aol", "rare"),
        ("Bol", "common"),
        ("Eol", "rare"),
        ("Dol", "rare"),
        ("Fol", "not_stated"),
        ("Gol", "common"),
    ):
        with_rash(title, frequency)
    assert all_names(client, "/side-effects/rash/") == ["Bol", "Gol", "Aol", "Col", "Dol", "Eol", "Fol"]


def test_a_list_goes_on_after_a_page_withdrawn_meanwhile(client, monkeypatch):
    monkeypatch.setattr("drugs.web.facet_lists.PAGE", 1)
    first, _ = with_rash("Aol", "rare"), with_rash("Bol", "rare")
    effects, classes = (
        following(client.get(address)) for address in ("/side-effects/rash/", "/classes/beta-blocker/")
    )
    publishing.withdraw(first, reason="Wrong.", by="test")
    assert names(client.get(f"/side-effects/rash/{effects}")) == ["Bol"]
    assert names(client.get(f"/classes/beta-blocker/{classes}")) == ["Bol"]


def test_a_name_that_no_page_says_any_more_is_gone(client):
    publication = with_rash("Aol")
    assert client.get("/side-effects/rash/").status_code == 200
    publishing.withdraw(publication, reason="Wrong.", by="test")
    assert client.get("/side-effects/rash/").status_code == 404
    assert client.get("/classes/beta-blocker/").status_code == 404
    assert "There is nothing here yet." in main_text(client.get("/side-effects/"))


def test_what_is_only_on_the_desk_is_in_no_list(client):
    publication = with_rash("Aol")
    new = make_document(slug="aol", side_effects=(SideEffect("Whisper"),), classes=(DrugClass("Whispers"),))
    desk.write(new, by="writer", monograph=publication.monograph)
    for address in ("/side-effects/", "/classes/"):
        assert "Whisper" not in body(client.get(address))
    assert client.get("/side-effects/whisper/").status_code == 404


def test_lists_of_unreviewed_pages_are_not_for_search_engines(client):
    with_rash("Aol", review=make_review())
    for address in ("/side-effects/rash/", "/classes/beta-blocker/"):
        assert "noindex" not in body(client.get(address))
    with_rash("Bol")
    for address in ("/side-effects/rash/", "/classes/beta-blocker/"):
        assert '<meta name="robots" content="noindex">' in body(client.get(address))


def test_names_in_other_scripts_have_pages_too(client):
    with_rash("Aol", name="Тошнота")
    response = client.get("/side-effects/?named=once")
    assert names(response) == ["Тошнота"]
    assert names(client.get("/side-effects/тошнота/")) == ["Aol"]
    assert names(client.get("/side-effects/?named=once&letter=0")) == ["Тошнота"]


# Classes


def test_a_class_lists_its_medicines_a_to_z_with_their_status(client, monkeypatch):
    monkeypatch.setattr("drugs.web.facet_lists.PAGE", 2)
    publish_document(slug="c", title="Col")
    publish_document(slug="a", title="Aol", classes=(DrugClass("beta-blocker", "C07"),))
    publish_document(slug="b", title="Bol", review=make_review())
    publish_document(slug="d", title="Dol", classes=(DrugClass("Gamma blockers"),))
    assert all_names(client, "/classes/") == ["Beta-blocker", "Gamma blockers"]
    assert all_names(client, "/classes/beta-blocker/") == ["Aol", "Bol", "Col"]
    text = main_text(client.get("/classes/beta-blocker/"))
    assert "3 medicines of this class. ATC code C07." in text
    assert "Aol Not yet reviewed" in text
    assert "Bol Reviewed 22 November 2026" in text


def test_a_page_links_to_its_classes(client):
    publish_document(classes=(DrugClass("Beta blockers"), DrugClass("!!!")))
    page = body(client.get("/drugs/examplol/"))
    assert '<a href="/classes/beta-blocker/">Beta blockers</a>, !!!' in page
    assert client.get("/classes/beta-blocker/").status_code == 200
    assert "/classes/beta-blocker/" not in body(client.get("/drugs/examplol/history/1/"))


# Ingredients


def test_ingredients_lead_to_the_page_that_bears_their_name(client):
    publish_document(slug="aol", title="Aol", names=())
    publish_document(slug="bol", title="Boline", names=(Name("bol", "generic"),))
    publish_document(slug="col", title="Coline", names=(Name("Côl", "synonym"),))
    publish_document(slug="dol", title="Doline", names=(Name("Dol", "brand"),))
    publish_document(slug="eol", title="Eoline", names=(Name("Eol", "misspelling"),))
    publish_document(slug="x", title="X", ingredients=("AOL", "Bol", "Col", "Dol", "Eol", "Fol"))
    page = body(client.get("/drugs/x/"))
    expected = (
        '<a href="/drugs/aol/">AOL</a> + <a href="/drugs/bol/">Bol</a> + <a href="/drugs/col/">Col</a>'
        " + Dol + Eol + Fol"
    )
    assert expected in page


def test_an_ingredient_that_two_medicines_bear_leads_to_neither(client):
    names = (Name("Aol", "synonym"),)
    publish_document(slug="a", title="Aoline", names=names)
    publish_document(slug="b", title="Other aoline", names=names)
    publish_document(slug="bol", title="Bol", names=())
    publish_document(slug="x", title="X", ingredients=("Aol", "Bol"))
    assert 'Aol + <a href="/drugs/bol/">Bol</a>' in body(client.get("/drugs/x/"))


def test_another_combination_is_no_page_of_an_ingredient(client):
    publish_document(slug="y", title="Aol + Col", names=(Name("Aol", "synonym"),), ingredients=("Aol", "Col"))
    publish_document(slug="bol", title="Bol", names=())
    publish_document(slug="x", title="Aol + Bol", names=(), ingredients=("Aol", "Bol"))
    assert 'Alone: <span><a href="/drugs/bol/">Bol</a></span>' in " ".join(
        body(client.get("/drugs/x/")).split()
    )


def test_ingredients_in_the_title_are_repeated_only_to_lead_on(client):
    publish_document(
        slug="x", title="Aol + Bol", names=(Name("AOL + bol", "generic"),), ingredients=("Aol", "Bol")
    )
    text = main_text(client.get("/drugs/x/"))
    assert "Contains" not in text
    assert "Generic name" not in text
    publish_document(slug="bol", title="Bol", names=())
    assert "Alone: Bol" in main_text(client.get("/drugs/x/"))
    assert "Contains" not in main_text(client.get("/drugs/x/"))


def test_the_page_of_an_ingredient_lists_its_combinations(client):
    publish_document(slug="aol", title="Aoline", names=(Name("Aol", "synonym"), Name("Zap", "brand")))
    publish_document(slug="y", title="Col + Aol", ingredients=("Col", "aol"), review=make_review())
    publish_document(slug="x", title="Aoline + Bol", ingredients=("AOLINE", "Bol"))
    publish_document(slug="z", title="Zap + Bol", ingredients=("Zap", "Bol"))
    publishing.withdraw(
        publish_document(slug="w", title="W", ingredients=("Aol", "W")), reason="Wrong.", by="test"
    )
    response = client.get("/drugs/aol/")
    text = main_text(response)
    part = text[text.index("Whoever takes one of them already takes Aoline.") :]
    assert part.index("Aoline + Bol Not yet reviewed") < part.index("Col + Aol Reviewed 22 November 2026")
    assert "Zap + Bol" not in text
    assert "/drugs/w/" not in body(response)
    assert '<a href="#combinations">Combined with others</a>' in body(response)
    assert "Combined with others" not in main_text(client.get("/drugs/x/"))


def test_twenty_combinations_are_shown_and_search_has_the_rest(client, django_assert_num_queries):
    publish_document(slug="aol", title="Aol", names=())
    for number in range(30):
        publish_document(slug=f"x{number}", title=f"X{number:02} + Aol", ingredients=("Aol", f"X{number}"))
    with django_assert_num_queries(4):
        response = client.get("/drugs/aol/")
    with django_assert_num_queries(1):
        assert client.get("/drugs/aol/").content == response.content
    assert len(re.findall(r'href="/drugs/x\d+/"', body(response))) == 20
    assert 'href="/search/?q=Aol"' in body(response)


# Home


def test_home_tells_of_safety_changes_with_day_and_reason(client):
    publication = publish_document()
    assert "Safety changes" not in main_text(client.get("/"))
    desk.write(make_document(origin="editorial"), by="writer", monograph=publication.monograph)
    publishing.publish(publication.monograph, by="test", kind="safety", note="New warning for <b>men</b>.")
    text = main_text(client.get("/"))
    assert "Safety changes Examplol Not yet reviewed" in text
    assert "New warning for <b>men</b>. · see what changed" in text
    assert 'href="/drugs/examplol/history/2/"' in body(client.get("/"))
    publishing.withdraw(publication, reason="Wrong.", by="test")
    assert "Safety changes" not in main_text(client.get("/"))


@pytest.mark.parametrize("address", ["/side-effects/", "/classes/"])
def test_every_page_leads_to_side_effects_and_classes(client, address):
    for page in ("/", "/about/", "/nowhere/"):
        assert f'href="{address}"' in body(client.get(page))
    publish_document()
    assert client.get(address).status_code == 200
