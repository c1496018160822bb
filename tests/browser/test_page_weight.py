"""What a first visit weighs: bytes over the wire, requests, and whether anything moves while the page loads."""

import gzip
import random
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from drugs.content import FAQ, Section, SideEffect
from tests.benchmarks.pages import prose
from tests.support.builders import make_document, publish_document

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]
SHIFTS = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 300);
})"""


def words(seed, sentences):
    """Text that compresses about as well as a real one."""
    return prose(random.Random(str(seed)), sentences)


def long_document():
    """As long as the longer pages of the collection that the site began with: 25 kB of text."""
    sections = [
        Section(kind, "", words(kind, 25)) for kind in ("uses", "do_not_take", "precautions", "dosage")
    ]
    effects = tuple(SideEffect(f"Effect {at}", words(at, 1), urgency="talk") for at in range(40))
    faqs = tuple(FAQ(f"May I take it with number {at}?", words(at, 3)) for at in range(15))
    return make_document(
        sections=(*sections, Section("side_effects"), Section("faqs")), side_effects=effects, faqs=faqs
    )


def weighed(url, size):
    """The path of `url` and its bytes. Only installed sites have compressed copies of their files."""
    path = urlsplit(url).path
    if path.startswith("/static/"):
        file = Path(finders.find(path.removeprefix("/static/"))).read_bytes()
        size += len(gzip.compress(file)) - len(file)
    return {path: size}


@pytest.fixture
def visit(browser, live_server):
    """Opens an address as a first visitor does; gives the page and what came over the wire, by path."""
    contexts = []

    def visit(address, **options):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page, wire = context.new_page(), {}
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        asked = {}
        tools.on(
            "Network.requestWillBeSent", lambda it: asked.update({it["requestId"]: it["request"]["url"]})
        )
        tools.on(
            "Network.loadingFinished",
            lambda it: wire.update(weighed(asked[it["requestId"]], int(it["encodedDataLength"]))),
        )
        page.goto(live_server.url + address, wait_until="networkidle")
        return page, wire

    yield visit
    for context in contexts:
        context.close()


def test_the_page_of_a_drug_weighs_less_than_30_kb_in_all(visit):
    publish_document(long_document())
    page, wire = visit("/drugs/examplol/")
    assert len(page.content()) > 25_000
    assert sum(wire.values()) <= 30_000, wire
    assert len(wire) <= 4, wire  # the page, one stylesheet, one script, one icon
    assert sum(path.endswith(".css") for path in wire) == 1
    assert page.evaluate("document.fonts.size") == 0


@pytest.mark.parametrize("address", ["/drugs/examplol/", "/", "/drugs/?letter=e"])
@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_moves_while_a_page_loads(visit, address, width):
    publish_document(long_document())
    page, _ = visit(address)
    page.set_viewport_size({"width": width, "height": 900})
    page.reload(wait_until="networkidle")
    assert page.evaluate(SHIFTS) == 0
