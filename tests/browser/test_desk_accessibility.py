"""The screens of the desk by the rules of accessibility, WCAG 2.2's size of targets among them: wide, phone, dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from drugs import desk, publishing
from drugs.admin.worklists import START
from drugs.models import ImportTask, LikelyDuplicate, UnansweredQuery
from tests.support.builders import make_document, make_monograph, make_report, publish_document
from tests.support.desk_browser import open_desk
from tests.support.desk_posts import address_of, change_address, make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.appearance]

# axe leaves out target-size (2.5.8) unless it is asked. A live preview is a piece of a page: its headings have the
# level that they have there. In the dark only colours differ, on a phone what lies where.
WHOLE = {"rules": {"target-size": {"enabled": True}, "heading-order": {"enabled": False}}}
COLOURS = {"runOnly": ["color-contrast"]}
LOOKS = ((1280, "light", WHOLE), (360, "dark", {"runOnly": ["color-contrast", "target-size"]}))
OTHER_LOOKS = ((1280, "dark", COLOURS), (360, "light", COLOURS))


def pages_beside(monograph, other):
    """The addresses of all screens about one page, which waits for review."""
    names = ("publish", "withdraw", "preview", "same_medicine", "review", "compare", "revisions", "share")
    return [
        change_address(monograph),
        *(address_of(name, monograph) for name in names),
        address_of("hand_in", monograph),
        address_of("restore", monograph, 1),
        address_of("edition", monograph, 1),
        f"{address_of('same_medicine', monograph)}?with={other.pk}",
        f"/admin/drugs/monograph/{monograph.pk}/history/",
    ]


@pytest.fixture
def addresses(pat):
    """The addresses of the screens of the desk, about things that are there."""
    monograph = publish_document().monograph
    other = publish_document(slug="other", title="Other").monograph
    make_monograph(slug="again", title="Examplol-", sections=(), side_effects=(), faqs=())
    publishing.submit(
        desk.write(make_document(origin="editorial"), by="edith", monograph=monograph), by="edith"
    )
    row = {"text": "exampel", "count": 3, "last_seen": "2026-11-20", "kind": "similar"}
    task = ImportTask.objects.create(name="a.zip", size=9, started_by="pat", worker="x", state="checked")
    rows = {
        "unansweredquery": UnansweredQuery.objects.create(**row),
        "problemreport": make_report(monograph),
        "importtask": task,
        "likelyduplicate": LikelyDuplicate.objects.first(),
    }
    zoe = make_person("zoe", "Editors", first_name="Zoe", last_name="Ek")
    return [
        *pages_beside(monograph, other),
        "/admin/",
        *(item.url for item in START),
        *(f"/admin/drugs/{name}/{row.pk}/change/" for name, row in rows.items()),
        *(f"/admin/drugs/{name}/" for name in ("importtask", "edition", "auditentry", "sitetext")),
        "/admin/drugs/importtask/add/",
        "/admin/drugs/monograph/add/",
        "/admin/drugs/sitetext/about/change/",
        "/admin/drugs/monograph/?list=held&class=Statins",
        "/admin/drugs/monograph/texts/?q=suddenly",
        "/admin/drugs/monograph/phrase/?find=suddenly&words=at+once",
        *("/admin/auth/user/", "/admin/auth/user/add/", f"/admin/auth/user/{zoe.pk}/change/"),
        *("/admin/password_change/", "/admin/log-out-everywhere/", "/admin/notices/"),
    ]


@pytest.mark.parametrize("looks", [LOOKS, pytest.param(OTHER_LOOKS, marks=pytest.mark.slow)])
def test_the_screens_keep_the_rules_of_accessibility(browser, live_server, addresses, looks):
    axe, page = Axe(), open_desk(browser, live_server, "pat", bypass_csp=True)
    for address in addresses:
        assert page.goto(live_server.url + address).status == 200, address
        page.add_style_tag(content="* { transition: none !important }")
        page.evaluate(
            "document.querySelectorAll('#content details').forEach((fold) => { fold.open = true; })"
        )
        for width, scheme, options in looks:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found = axe.run(page, options=options).response["violations"]
            seen = [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
            assert seen == [], (address, width, scheme)
