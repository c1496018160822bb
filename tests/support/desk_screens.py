"""All screens of the desk, for whoever looks at each of them."""

from dataclasses import replace

from drugs import desk, publishing
from drugs.admin.worklists import START
from drugs.models import ImportTask, LikelyDuplicate, Monograph, UnansweredQuery
from tests.support.builders import make_document, make_monograph, make_report, publish_document
from tests.support.desk_posts import address_of, change_address, make_person


def pages_beside(monograph: Monograph, other: Monograph) -> list[str]:
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


def in_second_round() -> Monograph:
    """A page that was sent back with comments, and waits for review again."""
    monograph = publish_document(slug="round", title="Roundol").monograph

    def hand_in(document):
        return publishing.submit(desk.write(document, by="edith", monograph=monograph), by="edith")

    text = make_document(slug="round", title="Roundol")
    monograph = hand_in(replace(text, side_effects=text.side_effects[1:]))
    publishing.comment(monograph, by="rey", text="Why?", version=monograph.version, anchor="uses")
    publishing.ask_for_changes(monograph, by="rey", text="Which source?")
    return hand_in(replace(text, title="Roundol 5 mg"))


def desk_addresses() -> list[str]:
    """The addresses of the screens of the desk, about things that are put there."""
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
        address_of("review", in_second_round()),
        f"{address_of('review', monograph)}?whole=1",
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
