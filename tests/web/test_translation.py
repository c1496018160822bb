"""Translation and right-to-left languages: every word of the interface can be translated.

A pseudo-language puts brackets around whatever gettext is asked for, and the pages are filled with words that
begin with z: any other word on them is one that no translator would ever see.
"""

import ast
import re
from pathlib import Path

import html5lib
import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override, trans_real
from django.utils.translation.template import templatize

from drugs import content, desk, publishing
from drugs.models import SiteText
from tests.support.builders import make_document, make_review, publish_document
from tests.support.clock import TODAY

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = [
    "/",
    "/drugs/",
    "/drugs/?letter=z",
    "/drugs/zaa/",
    "/drugs/zbb/",
    "/drugs/zcc/",
    "/drugs/zdd/",
    "/drugs/zaa/history/",
    "/drugs/zaa/history/1/",
    "/drugs/zaa/history/2/",
    "/drugs/zdd/history/",
    "/drugs/zee/history/",
    "/drugs/zee/history/1/",
    "/search/",
    "/search/?q=zaa",
    "/search/?q=zaax",
    "/search/?q=zzzzzz",
    "/search/?q=%00",
    "/search/?q=" + "z" * 301,
    "/side-effects/",
    "/side-effects/?letter=z&after=zeffect",
    "/side-effects/zeffect/",
    "/side-effects/zeffect/?after=very_common.zaa",
    "/classes/",
    "/classes/zlas/",
    "/classes/zlas/?after=zaa",
    "/report/zaa/",
    "/report/zaa/thanks/",
    "/about/",
    "/disclaimer/",
    "/checkpoints/",
    "/emergency/",
    "/search/?q=zaa+overdose",
    "/search/?q=zaa+alcohol",
    "/nowhere/",
]
SHOWN = (
    "aria-label",
    "placeholder",
    "title",
    "alt",
    "data-label",
    "data-similar",
    "data-near",
    "data-none",
)
NAMES_OF_THINGS = re.compile(r"https?://\S+|\b(?:MedInfo|Markdown|JSON|ATC)\b|\bz\w*", re.IGNORECASE)


class Brackets:
    """A translation in Arabic's place that brackets every message and remembers it."""

    def __init__(self):
        self.asked = set()

    def gettext(self, message):
        self.asked.add(message)
        return f"⟦{message.split(trans_real.CONTEXT_SEPARATOR)[-1]}⟧"

    def ngettext(self, singular, plural, number):
        self.asked.add(singular)
        return f"⟦{singular if number == 1 else plural}⟧"

    def to_language(self):
        return "ar"

    language = to_language


@pytest.fixture
def brackets(monkeypatch):
    found = Brackets()
    monkeypatch.setitem(trans_real._translations, "ar", found)
    cache.clear()
    with override("ar"):
        yield found
    cache.clear()


@pytest.fixture
def zone(monkeypatch):
    """A site whose own words all begin with z: pages of every status, with everything that a page can hold."""
    monkeypatch.setattr("drugs.content_checks.check", lambda *args, **kwargs: [])
    SiteText.objects.update(body="Zite zext.")
    urgencies = (*content.URGENCIES, *content.URGENCIES)[: len(content.FREQUENCIES)]
    effects = [
        content.SideEffect("Zeffect" if not at else f"Zide {'z' * at}", "Zoo.", group, "", frequency, urgency)
        for at, (frequency, urgency) in enumerate(zip(content.FREQUENCIES, urgencies, strict=True))
        for group in (content.GROUPS if urgency == "unsorted" else content.GROUPS[:1])
    ]
    whole = {
        "names": tuple(content.Name(f"Zame{at}", kind) for at, kind in enumerate(content.NAME_KINDS)),
        "classes": (content.DrugClass("Zlas", "Z01"),),
        "sections": (
            *(content.Section(kind, "", "Zody.") for kind in content.SECTION_KINDS),
            content.Section("other", "Z"),
        ),
        "side_effects": tuple(effects),
        "faqs": (content.FAQ("Zan zi?", "Zo."),),
        "references": (content.Reference("Zook", "Zub", "https://z.example/", 2024, TODAY),),
    }
    review = make_review(by="Zoe Zed", role="zole")
    zaa = publish_document(slug="zaa", title="Zaa", note="Zote.", **whole)
    less = {"faqs": (), "ingredients": ("Zaa",), "names": (), "side_effects": tuple(effects[2::-1])}
    changed = make_document(slug="zaa", title="Zaa", origin="label", **{**whole, **less, "references": ()})
    desk.write(changed, by="writer", monograph=zaa.monograph)
    publishing.publish(zaa.monograph, by="test", kind="safety", note="Zote.")
    publish_document(slug="zbb", title="Zbb + Zaa", ingredients=("Zbb", "Zaa"), review=review, **whole)
    old = make_review(by="Zoe Zed", role="", on=TODAY.replace(year=2018), due=TODAY.replace(year=2021))
    publish_document(slug="zcc", title="Zcc", review=old, origin="label", **whole)
    zdd = publish_document(slug="zdd", title="Zdd", origin="editorial", note="Zote.", **whole)
    publishing.withdraw(zdd, reason="Zeason.", by="test")
    zee = publish_document(slug="zee", title="Zee", note="Zote.", **whole)
    publishing.withdraw(zee, reason="Zeason.", by="test", successor=zaa)


def left_over(html):
    """The words of a page that nobody can translate."""
    html = re.sub("</?bdi>", "", html)  # around names inside sentences
    # Links around words and numbers inside sentences.
    html = re.sub('<a [^>]*href="(?:/emergency/|tel:[^"]*)"[^>]*>(.*?)</a>', r"\1", html)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    texts = [
        text for element in tree.iter() if element.tag not in ("script", "style") for text in _of(element)
    ]
    rest = []
    for text in texts:
        while "⟦" in text:
            text, count = re.subn("⟦[^⟦⟧]*⟧", "", text)
            assert count, text
        rest += re.findall(r"[^\W\d_]{2,}", NAMES_OF_THINGS.sub("", text))
    return rest


def _of(element):
    yield element.text or ""
    yield element.tail or ""
    for name in SHOWN:
        yield element.get(name) or ""


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_word_of_the_interface_is_out_of_reach_of_translators(client, brackets, zone, address):
    response = client.get(address)
    assert response.status_code in (200, 400, 404, 410)
    assert not left_over(response.content.decode())


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "503"])
def test_nor_is_any_word_of_an_error_page(brackets, name):
    assert not left_over(render_to_string(f"{name}.html"))


def test_a_right_to_left_page_keeps_the_direction_of_its_text(client, brackets, zone):
    tree = html5lib.parse(client.get("/drugs/zaa/").content.decode(), namespaceHTMLElements=False)
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    article = tree.find(".//article")
    assert (article.get("lang"), article.get("dir")) == ("en", "ltr")
    contents = article.find(".//nav[@aria-labelledby='contents']")  # its headings are those of the text
    assert (contents.get("lang"), contents.get("dir")) == ("en", "ltr")
    ours = contents.find("h2")
    assert (ours.get("lang"), ours.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize("sheet", ["site.css", "print.css"])
def test_the_stylesheets_know_no_left_and_right(sheet):
    css = (ROOT / "drugs/static/drugs" / sheet).read_text()
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    assert not re.findall(r"(?<![\w-])(?:\w+-)*(?:left|right)(?:-\w+)*\s*[:;]", css)


def test_makemessages_finds_every_message_that_pages_ask_for(client, brackets, zone):
    for address in ADDRESSES:
        client.get(address)
    ours = marked_in_python() | marked_in_templates()
    theirs = trans_real.DjangoTranslation("de")._catalog.keys()
    known = {key[0] if isinstance(key, tuple) else key for key in theirs}
    assert {*content.SECTION_HEADINGS.values(), *filter(None, content.FREQUENCIES.values())} <= ours
    assert brackets.asked - known <= ours


def marked_in_python():
    """The literals inside calls of gettext and its like in our modules: what xgettext collects."""
    found = set()
    for path in (ROOT / "drugs").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if called == "_" or "gettext" in called:
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return found


def marked_in_templates():
    calls = re.compile(r"""gettext\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
    plain = re.compile(r"""(?<!\w)_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")
    found = set()
    for path in (ROOT / "templates").rglob("*.html"):
        source = templatize(path.read_text())
        found |= {ast.literal_eval(text) for text in (*calls.findall(source), *plain.findall(source))}
    return found


@pytest.mark.parametrize(
    "tag", ['translate "Search"', 'translate "100 %% of <b> & more"', "translate said", "translate 'No' noop"]
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_our_translate_says_what_that_of_django_says(tag, language):
    context = Context({"said": "Search"})
    with override(language):
        said = [
            Template(f"{{% load {tags} %}}{{% {tag} %}}").render(context) for tags in ("i18n", "i18n site")
        ]
    assert said[0] == said[1]
