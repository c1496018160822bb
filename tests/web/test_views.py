"""What readers and machines get at every public address."""

import re

import html5lib
import pytest
from django.core.management import call_command
from django.utils.translation import override

from drugs import desk, publishing
from drugs.content import FAQ, Document, DrugClass, Name, Reference, Section, SideEffect
from drugs.models import ImportRecord, SiteText
from drugs.search import names
from drugs.search.names import NameHit
from drugs.web import page_state
from tests.support.builders import TODAY, make_document, make_monograph, make_review, publish_document

pytestmark = pytest.mark.django_db

SECRET = "Whisperol"
ADDRESSES = [
    "/",
    "/drugs/",
    "/drugs/?letter=e",
    "/drugs/?letter=w",
    "/drugs/examplol/",
    "/drugs/examplol.json",
    "/drugs/examplol.md",
    "/drugs/examplol/history/",
    "/drugs/examplol/history/1/",
    "/search/",
    "/search/?q=examplol",
    "/search/?q=whisperol",
    "/search/suggest/?q=whisperol",
    "/side-effects/",
    "/side-effects/?letter=f",
    "/side-effects/feeling-tired/",
    "/classes/",
    "/classes/beta-blocker/",
    "/about/",
    "/disclaimer/",
    "/feed/",
    "/sitemap.xml",
    "/sitemap-0.xml",
    "/robots.txt",
    "/opensearch.xml",
    "/schema/monograph-1.json",
    "/healthz/",
    "/readyz/",
]


@pytest.fixture(autouse=True)
def found(monkeypatch):
    """What the search finds, in place of its index: the pages whose slugs a test puts in this list."""
    hits = []
    monkeypatch.setattr(names, "find", lambda query, limit=10: list(hits))
    return hits


def hit(publication, **overrides):
    values = {"matched": publication.title, "kind": "title", "match": "exact", "score": 1.0}
    return NameHit(slug=publication.slug, title=publication.title, **{**values, **overrides})


def body(response):
    return response.content.decode()


def strict(response):
    """The tree of a page that is HTML without a single parse error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(body(response))


def elements(tree, *tags):
    return [element for element in tree.iter() if element.tag in tags]


def said(response):
    main = strict(response).find(".//main")
    return " ".join("".join(main.itertext()).split())


def edit(publication, **overrides):
    desk.write(
        make_document(slug=publication.slug, **overrides), by="writer", monograph=publication.monograph
    )


# Every address


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_only_on_the_desk_is_hidden_from_every_public_address(client, found, address):
    publication = publish_document()
    found.append(hit(publication))
    edit(publication, title=SECRET, sections=(*make_document().sections, Section("uses", SECRET, SECRET)))
    make_monograph(slug="whisperol", title=SECRET)
    response = client.get(address)
    assert response.status_code == 200
    assert SECRET not in body(response)


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_kept_about_readers_and_copies_are_asked_for_again(client, address):
    publish_document()
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    if address not in ("/healthz/", "/readyz/"):
        assert response.headers["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"if-none-match": response.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    "address", [a for a in ADDRESSES if a.endswith("/") and "z/" not in a and a != "/feed/"]
)
def test_pages_are_strict_html_in_the_sites_look_and_ask_no_other_host(client, address):
    publish_document(language="de")
    response = client.get(address)
    tree = strict(response)
    assert len(list(tree.iter("h1"))) == 1
    assert body(response).index("not medical advice") < body(response).index('role="search"')
    for element in elements(tree, "link", "script", "img", "iframe", "form"):
        if element.get("type") == "application/ld+json":
            continue  # data, which no browser runs
        target = element.get("href") or element.get("src") or element.get("action")
        assert target.startswith("/") or element.get("rel") == "canonical"
    assert not list(tree.iter("style"))
    assert not [element for element in tree.iter() if element.get("style") or element.get("onclick")]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/drugs/%00/", 404),
        ("/drugs/Examplol/", 404),
        ("/drugs/unknown/", 404),
        ("/drugs/unknown.json", 404),
        ("/drugs/unknown.md", 404),
        ("/drugs/" + "x" * 10_000 + "/", 404),
        ("/drugs/examplol/history/2/", 404),
        ("/drugs/examplol/history/0/", 404),
        ("/drugs/examplol/history/99999999999999999999/", 404),
        ("/drugs/examplol/history/" + "9" * 5000 + "/", 404),
        ("/drugs/?letter=%00", 404),
        ("/drugs/?letter=ab", 404),
        ("/drugs/?letter=é", 404),
        ("/drugs/?letter=e&after=unknown", 404),
        ("/drugs/?letter=e&after=%00", 404),
        ("/drugs/?letter=e&after=" + "x" * 10_000, 404),
        ("/drugs/?letter=p&after=examplol", 404),
        ("/drugs/?letter=E", 200),
        ("/drugs/?letter=q", 200),
        ("/drugs/?colour=blue", 200),
        ("/search/?q=%00", 400),
        ("/search/suggest/?q=%00", 400),
        ("/search/?q=" + "x" * 300, 200),
        ("/search/?q=" + "x" * 301, 400),
        ("/search/suggest/?q=" + "x" * 301, 400),
        ("/search/?q=" + "x" * 10_000, 400),
        ("/search/?q=%ff%fe", 200),
        ("/search/?q=%ED%A0%80", 200),
        ("/composition/e/%00/", 404),
        ("/composition/e/" + "é" * 300 + "/", 404),
        ("/sitemap-%00.xml", 404),
        ("/sitemap-e.xml", 404),
        ("/sitemap-1.xml", 404),
        ("/sitemap-" + "9" * 18 + ".xml", 404),
        ("/sitemap-" + "9" * 5000 + ".xml", 404),
        ("/schema/monograph-2.json", 404),
        ("/side-effects/?letter=%00", 404),
        ("/side-effects/?letter=ab", 404),
        ("/side-effects/?letter=F&after=feeling-tired", 200),
        ("/side-effects/?letter=g&after=feeling-tired", 404),
        ("/side-effects/?after=unknown", 404),
        ("/side-effects/?after=%00", 404),
        ("/side-effects/?after=" + "x" * 10_000, 404),
        ("/side-effects/unknown/", 404),
        ("/side-effects/%00/", 404),
        ("/side-effects/" + "x" * 10_000 + "/", 404),
        ("/side-effects/feeling-tired/?after=very_common.examplol", 200),
        ("/side-effects/feeling-tired/?after=examplol", 404),
        ("/side-effects/feeling-tired/?after=often.examplol", 404),
        ("/side-effects/feeling-tired/?after=rare.unknown", 404),
        ("/side-effects/feeling-tired/?after=rare.%00", 404),
        ("/classes/?after=%00", 404),
        ("/classes/unknown/", 404),
        ("/classes/beta-blocker/?after=unknown", 404),
        ("/classes/beta-blocker/?after=%00", 404),
        ("/classes/beta-blocker/?after=examplol", 200),
    ],
)
def test_whatever_a_client_sends_is_answered(client, address, status):
    publish_document()
    response = client.get(address)
    assert response.status_code == status
    if status != 200:
        assert response.headers["Cache-Control"] == "no-store"
    if status == 404 or response.headers["Content-Type"].startswith("text/html"):
        assert 'role="search"' in body(response)


@pytest.mark.parametrize("address", ["/", "/drugs/examplol/", "/search/", "/drugs/examplol.json"])
def test_only_reading_is_possible(client, address):
    publish_document()
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


# The drug page


def test_the_page_says_at_its_top_that_nobody_reviewed_it_and_where_it_came_from(client):
    publish_document()
    response = client.get("/drugs/examplol/")
    text = said(response)
    assert "Not yet reviewed by a clinician. This text was AI-generated or crowd-sourced" in text
    assert text.index("Not yet reviewed") < text.index("Do not stop it suddenly.")
    assert '<meta name="robots" content="noindex">' in body(response)
    assert "They are not medical advice, they do not know you" in text


def test_a_reviewed_page_names_reviewer_role_and_dates(client):
    publish_document(review=make_review())
    response = client.get("/drugs/examplol/")
    assert (
        "Reviewed by Pat Doe (pharmacist) on 22 November 2026. The next review is due on 22 November 2029."
        in said(response)
    )
    assert "noindex" not in body(response)
    assert "Not yet reviewed" not in said(response)


def test_an_overdue_page_says_so_and_is_not_indexed(client):
    due = make_review().on.replace(year=2020)
    publish_document(review=make_review(on=due.replace(year=2018), due=due))
    response = client.get("/drugs/examplol/")
    assert "The review of this page is overdue. It was due on 22 November 2020" in said(response)
    assert "noindex" in body(response)


def test_a_review_that_was_kept_says_of_which_edition_it_was(client):
    publication = publish_document(review=make_review())
    edit(publication, names=(Name("Xomp", "brand"),))
    publishing.publish(publication.monograph, by="test", kind="names", note="A brand.")
    assert "The review was of edition 1." in said(client.get("/drugs/examplol/"))


def test_every_part_of_the_document_is_on_the_page(client):
    publish_document(
        names=(Name("Examplolum", "generic"), Name("Xamp", "brand"), Name("Exampel", "misspelling")),
        ingredients=("Aol", "Bol"),
    )
    publish_document(slug="aol", title="Aol")
    response = client.get("/drugs/examplol/")
    text = said(response)
    for part in (
        "Generic name: Examplolum",
        "Brand names: Xamp",
        "Class: Beta blockers",
        "Contains: Aol + Bol",
        "Do not take it if you have asthma.",
        "Swelling of the face",
        "Up to 1 in 1,000 people",
        "Can I drive?",
        "Examplol leaflet. Some agency, 2024",
        "1, published",
        "1 cited",
        "http://127.0.0.1:8000/drugs/examplol/",
    ):
        assert part in text
    assert "Exampel" not in body(response)
    assert '<a href="/drugs/aol/">Aol</a> + Bol' in body(response)


def test_the_canonical_address_is_the_sites_own_whatever_the_host(client):
    publish_document()
    response = client.get("/drugs/examplol/", headers={"host": "localhost"})
    assert '<link rel="canonical" href="http://127.0.0.1:8000/drugs/examplol/">' in body(response)
    assert "localhost" not in body(response)


def test_home_and_an_address_that_leads_nowhere_say_whom_to_call(client, settings):
    settings.COUNTRY = "us"
    for address in ("/", "/nowhere/"):
        text = said(client.get(address))
        assert "If you feel very unwell, call 911 now. Has somebody taken too much? Call Poison Help" in text


def test_a_letter_without_medicines_reassures_nobody(client):
    assert "That a medicine is not here does not mean that it is safe." in said(
        client.get("/drugs/?letter=j")
    )


def test_a_page_whose_review_is_overdue_is_not_praised_as_recently_reviewed(client):
    publish_document(review=make_review(on=TODAY.replace(year=2020), due=TODAY.replace(year=2021)))
    assert "Recently reviewed" not in said(client.get("/"))
    publish_document(slug="reviewol", title="Reviewol", review=make_review(due=TODAY.replace(year=2999)))
    reviewed = said(client.get("/")).partition("Recently reviewed")[2].partition("Recently published")[0]
    assert "Reviewol" in reviewed and "Examplol" not in reviewed


def test_a_changed_text_of_the_site_shows_at_once(client):
    publish_document()
    before = client.get("/drugs/examplol/")
    SiteText.objects.filter(key="disclaimer_short").update(body="Only *general* words.")
    SiteText.objects.filter(key="banner_ai_or_crowd").update(body="Machines wrote this.")
    after = client.get("/drugs/examplol/", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Only <em>general</em> words." in body(after)
    assert "Machines wrote this." in said(after)


def test_a_page_that_comes_back_while_somebody_asks_for_it_is_shown(client, monkeypatch):
    publish_document()
    ask, first = page_state.page_state, [page_state.page_state("examplol")._replace(withdrawn=True)]
    monkeypatch.setattr(page_state, "page_state", lambda slug: first.pop() if first else ask(slug))
    assert client.get("/drugs/examplol/").status_code == 200
    assert not first


def test_a_withdrawn_page_says_when_and_why(client):
    publication = publish_document()
    publishing.withdraw(publication, reason="It was <b>wrong</b>.", by="test")
    for address in (
        "/drugs/examplol/",
        "/drugs/examplol/history/1/",
        "/drugs/examplol.md",
    ):
        response = client.get(address)
        assert response.status_code == 410
        assert "It was <b>wrong</b>." in said(response)
        assert "Call a poison centre, a doctor or a hospital at once" in said(response)
        assert 'href="/drugs/examplol/history/"' in body(response)
    data = client.get("/drugs/examplol.json")
    assert data.status_code == 410
    assert data.json()["withdrawn_reason"] == "It was <b>wrong</b>."
    for address in ("/", "/drugs/?letter=e", "/feed/", "/sitemap-0.xml"):
        assert "examplol" not in body(client.get(address))


def test_json_holds_the_document_its_status_and_the_disclaimer(client):
    publication = publish_document()
    response = client.get("/drugs/examplol.json")
    data = response.json()
    assert Document.from_dict(data) == make_document()
    assert (data["status"], data["edition"]["number"]) == ("not_reviewed", 1)
    assert data["edition"]["sha256"] == publication.sha256
    assert "not medical advice" in data["disclaimer"]
    assert response.headers["Link"] == (
        '<http://127.0.0.1:8000/drugs/examplol/>; rel="canonical", '
        '<http://127.0.0.1:8000/schema/monograph-1.json>; rel="describedby"'
    )


def test_markdown_is_the_page_format(client):
    publish_document()
    response = client.get("/drugs/examplol.md")
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert "\n# Examplol\n" in body(response)


def test_old_editions_stay_readable_and_are_marked_as_old(client):
    publication = publish_document()
    edit(publication, title="Examplol forte")
    publishing.publish(publication.monograph, by="test", kind="safety", note="A new name.")
    listed = said(client.get("/drugs/examplol/history/"))
    assert listed.index("Edition 2") < listed.index("Edition 1")
    assert "Safety change: A new name." in listed
    response = client.get("/drugs/examplol/history/1/")
    assert "<h1>Examplol</h1>" in body(response)
    assert "This is an old text." in said(response)
    assert "Nobody had reviewed it. This text was AI-generated or crowd-sourced" in said(response)
    assert "noindex" in body(response)
    assert "This is the current text." in said(client.get("/drugs/examplol/history/2/"))


def test_old_addresses_lead_to_the_page_for_ever(client):
    publication = publish_document()
    ImportRecord.objects.create(
        monograph=publication.monograph,
        path="e/Ex-Am.md",
        old_address="e/Ex-Am",
        format="old",
        sha256="",
        reader="1",
    )
    make_monograph(slug="whisperol", title=SECRET)
    for address in ("/composition/e/Ex-Am/", "/composition/e/Ex-Am.html", "/composition/x/examplol/"):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, "/drugs/examplol/")
    assert client.get("/composition/w/whisperol/").status_code == 404


# Markup


VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![image](https://evil.example/x.png)",
    '"><svg onload=alert(1)>',
    "<style>body{display:none}</style>",
    "<a href='data:text/html,x' onclick=alert(1)>x</a>",
    "{{ settings.SECRET_KEY }}{% debug %}",
]


@pytest.mark.parametrize("vector", VECTORS)
def test_no_field_of_a_document_carries_a_script_to_readers(client, found, vector, monkeypatch):
    for name in ("check", "blocking_findings"):
        monkeypatch.setattr(f"drugs.content_checks.{name}", lambda *args, **kwargs: [])
    line = f"if CrCl <x {vector}"
    publication = publish_document(
        title=line,
        names=(Name(line, "brand"),),
        classes=(DrugClass(line),),
        ingredients=(line, "Bol"),
        sections=tuple(Section(kind, line, line) for kind in ("warning", "uses", "side_effects", "faqs")),
        side_effects=(SideEffect(line, line, label=line), SideEffect(line, line, label=line, urgency="talk")),
        faqs=(FAQ(line, line),),
        references=(Reference(line, line),),
    )
    found.append(hit(publication, kind="brand", matched=line, match="fuzzy", not_same_as=line))
    for address in (
        "/drugs/examplol/",
        "/",
        "/drugs/?letter=i",
        "/search/?q=x",
        "/drugs/examplol/history/1/",
    ):
        tree = strict(client.get(address))
        scripts = [
            element
            for element in tree.iter("script")
            if not (element.get("src") or "").startswith("/static/")
            and element.get("type") != "application/ld+json"  # data, which no browser runs
        ]
        assert not scripts
        assert not elements(tree, "img", "svg", "style", "iframe", "object")
        for element in tree.iter():
            assert not [name for name in element.attrib if name.startswith("on")]
            assert not re.match(r"\s*(javascript|data|vbscript):", element.get("href") or "", re.IGNORECASE)
        assert "if CrCl <x" in "".join(tree.itertext())


def test_what_readers_search_for_is_shown_as_text(client):
    response = client.get("/search/", {"q": '"><script>alert(1)</script>%%'})
    assert "<script>alert" not in body(response)
    assert 'Search: "><script>alert(1)</script>%%' in said(response)


# Lists


def test_search_shows_which_name_matched_and_keeps_similar_names_apart(client, found):
    one = publish_document(slug="piptaz", title="Piptaz", review=make_review())
    two = publish_document(slug="pentaz", title="Pentaz")
    found.extend(
        [
            hit(one, matched="Tazocin", kind="brand"),
            hit(two, match="fuzzy", not_same_as="Tazocin"),
        ]
    )
    response = client.get("/search/?q=tazocin")
    assert response.status_code == 200
    text = said(response)
    assert "Piptaz Reviewed 22 November 2026 Found by the brand name Tazocin Beta blockers" in text
    apart = text.index("These names are only similar. They are different medicines.")
    assert (
        text.index("Piptaz")
        < apart
        < text.index("Pentaz Not yet reviewed")
        < text.index("Not the same as Tazocin")
    )


def test_a_search_that_finds_nothing_says_so_and_offers_a_way_on(client):
    text = said(client.get("/search/?q=zzz"))
    assert "We have no medicine called “zzz”." in text
    assert "does not mean that it is safe" in text


def test_suggestions_are_json_best_first(client, found):
    publication = publish_document()
    found.append(hit(publication, matched="Xamp", kind="brand"))
    assert client.get("/search/suggest/?q=xamp").json() == {
        "query": "xamp",
        "exact": True,
        "results": [
            {
                "name": "Examplol",
                "matched": "Xamp",
                "kind": "brand",
                "match": "exact",
                "url": "/drugs/examplol/",
            }
        ],
    }
    found.clear()
    assert client.get("/search/suggest/?q=").json() == {"query": "", "exact": False, "results": []}


def test_a_letter_is_paged_by_key(client, monkeypatch):
    monkeypatch.setattr("drugs.web.lists.PAGE", 2)
    for number, title in enumerate(["Eb", "Ea", "Ec", "Ea"]):
        publish_document(slug=f"e{number}", title=title)
    first = client.get("/drugs/?letter=e")
    slugs = re.findall(r'class="name"><a href="/drugs/(\w+)/"', body(first))
    following = re.search(r'rel="next" href="([^"]+)"', body(first))[1].replace("&amp;", "&")
    second = client.get(f"/drugs/{following}")
    slugs += re.findall(r'class="name"><a href="/drugs/(\w+)/"', body(second))
    assert slugs == ["e1", "e3", "e0", "e2"]
    assert 'rel="next"' not in body(second)


def test_a_page_that_was_withdrawn_meanwhile_still_leads_on(client):
    publishing.withdraw(publish_document(slug="ea", title="Ea"), reason="Wrong.", by="test")
    publish_document(slug="eb", title="Eb")
    assert "Eb" in said(client.get("/drugs/?letter=e&after=ea"))


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 5),
        ("/drugs/", 1),
        ("/drugs/?letter=e", 2),
        ("/drugs/?letter=e&after=e00", 2),
        ("/drugs/e00/", 3),
        ("/drugs/e00/history/", 3),
        ("/search/?q=e", 1),
        ("/search/suggest/?q=e", 0),
        ("/side-effects/", 2),
        ("/side-effects/?letter=f&after=feeling-tired", 2),
        ("/side-effects/feeling-tired/", 2),
        ("/side-effects/feeling-tired/?after=very_common.e03", 2),
        ("/classes/", 2),
        ("/classes/beta-blocker/", 2),
        ("/classes/beta-blocker/?after=e03", 2),
        ("/about/", 3),
        ("/feed/", 1),
        ("/sitemap.xml", 1),
        ("/sitemap-0.xml", 2),
    ],
)
def test_lists_of_thirty_pages_cost_no_more_queries(
    client, found, django_assert_num_queries, address, queries
):
    for number in range(30):
        found.append(hit(publish_document(slug=f"e{number:02}", title=f"E{number}")))
    with django_assert_num_queries(queries):
        client.get(address)


def test_counts_on_home_and_about_tell_reviewed_pages_from_others(client):
    publish_document()
    publish_document(slug="bol", title="Bol", review=make_review(), origin="editorial")
    assert "2 medicines · 1 reviewed by a clinician · 1 not yet reviewed" in said(client.get("/"))
    about = said(client.get("/about/"))
    assert "AI-generated or crowd-sourced 1" in about
    assert "Written by editors 1" in about


@pytest.mark.parametrize("unreviewed", [False, True])
def test_search_engines_are_told_of_reviewed_pages_only_unless_the_operator_wants_all(
    client, settings, unreviewed
):
    settings.INDEX_UNREVIEWED = unreviewed
    publish_document()
    publish_document(slug="eol", title="Eol", review=make_review())
    text = body(client.get("/sitemap-0.xml"))
    assert "http://127.0.0.1:8000/drugs/eol/" in text
    assert ("/drugs/examplol/" in text) is unreviewed
    assert "http://127.0.0.1:8000/sitemap-0.xml" in body(client.get("/sitemap.xml"))
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in body(client.get("/robots.txt"))


def test_the_feed_names_pages_by_the_sites_own_address(client):
    publish_document()
    text = body(client.get("/feed/", headers={"host": "localhost"}))
    assert "http://127.0.0.1:8000/drugs/examplol/" in text
    assert "localhost" not in text


def test_a_cdn_may_keep_pages_when_the_operator_says_so(client, settings):
    settings.CDN_SECONDS = 60
    assert client.get("/about/").headers["Cache-Control"] == "max-age=0, s-maxage=60"


# The frame


def test_every_template_works_with_the_hashed_files_of_production(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    publication = publish_document()
    publishing.withdraw(publish_document(slug="gone", title="Gone"), reason="Wrong.", by="test")
    for address in (*ADDRESSES, "/drugs/gone/", "/nowhere/"):
        assert client.get(address).status_code in (200, 404, 410)
    page = body(client.get(publication.get_absolute_url()))
    assert re.search(r"/static/drugs/site\.[0-9a-f]{12}\.css", page)


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "503"])
def test_pages_of_errors_need_no_database(name, django_assert_num_queries):
    from django.template.loader import render_to_string

    with django_assert_num_queries(0):
        page = render_to_string(f"{name}.html")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "not medical advice" in page
    assert 'role="search"' in page


def test_the_interface_follows_the_language_and_the_text_keeps_its_own(client):
    publish_document(language="de")
    with override("ar"):
        response = client.get("/drugs/examplol/")
    tree = strict(response)
    assert tree.find(".//article").get("lang") == "de"


def test_health_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz/").status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/readyz/").status_code == 200
