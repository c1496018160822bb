"""What a first visit weighs: bytes over the wire, requests, what is waited for, and whether anything moves."""

import gzip
import random
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from drugs.content import FAQ, Section, SideEffect
from tests.benchmarks.pages import prose
from tests.support.builders import make_document, publish_document
from tests.support.combinations import PAIR

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]
# White space between two elements, of which the second has not come yet, moves nothing that anybody sees.
SHIFTS = """() => new Promise(resolve => {
  let sum = 0;
  const seen = node => !node || node.nodeType !== Node.TEXT_NODE || node.data.trim();
  new PerformanceObserver(list => list.getEntries().forEach(
    entry => { if (entry.sources.some(source => seen(source.node))) sum += entry.value; }
  )).observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 300);
})"""
PAGES = [
    *(
        "/drugs/examplol/",
        "/",
        "/emergency/",
        "/drugs/?letter=e",
        "/search/?q=examplol",
        "/search/?q=took+too+much",
    ),
    *("/side-effects/", "/classes/", "/about/"),
]
# Files without which a browser shows nothing.
BLOCKING = """() => performance.getEntriesByType("resource")
  .filter(entry => entry.renderBlockingStatus === "blocking").map(entry => entry.name)"""
LARGEST = """() => new Promise(resolve => {
  let last = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { last = entry.startTime; }))
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => resolve(last), 300);
})"""
# "Slow 3G" of Chromium's developer tools: what is asked for comes two seconds later, at 400 kbit a second.
SLOW = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


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

    def visit(address, slow=False, **options):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page, wire = context.new_page(), {}
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        if slow:
            tools.send("Network.emulateNetworkConditions", SLOW)
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
    assert len(wire) <= 4, wire  # the page, the stylesheet for paper, one script, one icon
    assert [path for path in wire if path.endswith(".css")] == ["/static/drugs/print.css"]
    assert page.evaluate("document.fonts.size") == 0


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_waited_for_but_the_page(visit, address):
    publish_document(long_document())
    page, wire = visit(address)
    assert page.evaluate(BLOCKING) == []
    assert sum(wire.values()) <= 30_000, wire


@pytest.mark.slow
@pytest.mark.parametrize("address", [*PAGES, "/drugs/pair/"])
def test_a_page_is_in_sight_in_3500_ms_on_a_slow_connection(visit, address):
    publish_document(long_document())
    publish_document(PAIR)
    page, _ = visit(address, slow=True)
    assert 2000 < page.evaluate(LARGEST) <= 3500
    assert page.evaluate(SHIFTS) == 0


@pytest.mark.parametrize("address", ["/drugs/examplol/", "/", "/drugs/?letter=e"])
@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_moves_while_a_page_loads(visit, address, width):
    publish_document(long_document())
    page, _ = visit(address)
    page.set_viewport_size({"width": width, "height": 900})
    page.reload(wait_until="networkidle")
    assert page.evaluate(SHIFTS) == 0
