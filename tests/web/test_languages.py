"""Languages and directions: where words of a page stand among words of the site, each says which language it is."""

import html5lib
import pytest
from django.utils.translation import override

from drugs import desk, publishing
from drugs.content import Section, SideEffect
from drugs.search.facets import facet_slug
from tests.support.builders import make_document, publish_document

pytestmark = pytest.mark.django_db
HEBREW = ("he", "rtl")


@pytest.fixture
def page():
    """A page in Hebrew on a site in English."""
    sections = (
        Section("uses", "", "מוריד לחץ דם."),
        Section("other", "עוד", "עוד."),
        Section("side_effects", "", "תופעות לוואי."),
    )
    effects = (SideEffect("כאב", "", "common", "", "common", "expected"),)
    return publish_document(
        language="he", title="דוגמה", faqs=(), sections=sections, side_effects=effects, kind="safety"
    )


def tree_of(client, address):
    return html5lib.parse(client.get(address).content.decode(), namespaceHTMLElements=False)


def languages(client, address, words):
    """For each place in the body of a page where `words` stand, the language and direction that hold there."""
    found = []

    def walk(element, lang, dir):
        lang, dir = element.get("lang", lang), element.get("dir", dir)
        if words in (element.text or "") and element.tag not in ("script", "option"):
            found.append((lang, dir))
        for child in element:
            walk(child, lang, dir)
            if words in (child.tail or ""):
                found.append((lang, dir))

    root = tree_of(client, address)
    walk(root.find("body"), root.get("lang"), root.get("dir"))
    assert found, f"{words} stands nowhere on {address}"
    return set(found)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("עוד", HEBREW),
        ("דוגמה", HEBREW),
        ("Examplol hydrochloride", HEBREW),
        ("On this page", ("en", "ltr")),
        ("What it is used for", ("en", "ltr")),
        ("About this information", ("en", "ltr")),
        ("Sources", ("en", "ltr")),
    ],
)
def test_each_word_on_a_page_is_in_its_own_language(client, page, words, language):
    assert languages(client, "/drugs/examplol/", words) == {language}


def test_the_contents_are_in_the_language_of_the_text(client, page):
    tree = tree_of(client, "/drugs/examplol/")
    parents = {child: parent for parent in tree.iter() for child in parent}
    element = tree.find(".//nav[@aria-labelledby='contents']")
    while not element.get("lang"):
        element = parents[element]
    assert (element.get("lang"), element.get("dir")) == HEBREW


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "דוגמה"),
        ("/drugs/?letter=0", "דוגמה"),
        ("/search/?q=xamp", "דוגמה"),
        ("/search/?q=xamp", "מוריד"),
        ("/search/?q=תופעות", "לוואי"),
        ("/search/?q=תופעות", "דוגמה"),
        (f"/classes/{facet_slug('Beta blockers')}/", "מוריד"),
        ("/drugs/examplol/", "דוגמה"),
    ],
)
def test_the_words_of_a_page_in_a_list_say_their_language(client, page, address, words):
    assert languages(client, address, words) == {HEBREW}


def test_effects_list_pages_with_their_language(client, page):
    assert languages(client, "/side-effects/%D7%9B%D7%90%D7%91/", "מוריד") == {HEBREW}


@pytest.mark.parametrize(
    "address", ["/drugs/examplol/history/", "/report/examplol/", "/report/examplol/thanks/"]
)
def test_the_breadcrumb_says_the_language_of_the_title(client, page, address):
    tree = tree_of(client, address)
    (crumb,) = [one for one in tree.iter("a") if one.get("href") == "/drugs/examplol/" and one.get("lang")]
    assert (crumb.get("lang"), crumb.get("dir")) == HEBREW


def test_a_combination_is_listed_in_its_own_language(client, page):
    publish_document(slug="a", title="Alphol", names=())
    publish_document(slug="ab", title="אלפול", language="he", names=(), ingredients=("Alphol", "Betol"))
    assert languages(client, "/drugs/a/", "אלפול") == {HEBREW}


def test_changes_are_told_in_the_language_of_the_site(client, page):
    desk.write(make_document(language="he", title="אחר"), by="writer", monograph=page.monograph)
    publishing.publish(page.monograph, by="test", kind="clarity", note="Other.")
    address = "/drugs/examplol/history/2/"
    assert languages(client, address, "What changed since edition 1") == {("en", "ltr")}
    assert languages(client, address, "Words that were taken out") == {("en", "ltr")}
    assert languages(client, address, "taken out:") == {("en", "ltr")}
    assert languages(client, address, "אחר") == {HEBREW}


def test_a_page_in_the_language_of_the_site_needs_no_marks(client):
    publish_document()
    for address in ("/", "/drugs/?letter=e", "/search/?q=examplol", "/drugs/examplol/history/"):
        assert [one.tag for one in tree_of(client, address).iter() if one.get("lang")] == ["html"], address
    with override("de"):
        assert [one.tag for one in tree_of(client, "/drugs/?letter=e").iter() if one.get("lang") == "en"]
