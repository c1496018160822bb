"""Seen changes: an import publishes over what readers have only the changes that somebody has read and ticked."""

import html5lib
import pytest
from django.contrib.admin.models import LogEntry

from drugs import desk, publishing
from drugs.content import Name, Section
from drugs.import_export import seen_changes
from drugs.import_export import tasks as import_tasks
from drugs.models import DrugName, Edition, ImportTask, Monograph, Publication
from tests.support.builders import make_document, make_review
from tests.support.desk_posts import make_person
from tests.support.uploads import address_of, many, packed, page, text

pytestmark = pytest.mark.django_db


def dosed(dose, slug, **overrides):
    sections = (Section("dosage", "", f"Take {dose} mg twice a day."), *make_document().sections)
    return page(**{"slug": slug, "title": slug.capitalize(), "sections": sections, **overrides})


@pytest.fixture
def public(reviewer, upload, send):
    """Two imported pages that readers have."""
    upload("pages.zip", packed({f"e/{slug}.md": dosed(500, slug) for slug in ("aol", "bol")}))
    send(address_of(ImportTask.objects.get()), {"_save": "", "publish": "on"})
    assert Publication.objects.count() == 2


@pytest.fixture
def again(public, upload):
    """Uploads some pages, and gives the task of what would come of them."""

    def check(**pages):
        upload("pages.zip", packed({f"e/{slug}.md": data for slug, data in pages.items()}))
        return ImportTask.objects.get(state="checked")

    return check


@pytest.fixture
def checked(again):
    """The task of an upload that raises the dose of both pages tenfold and brings a new one."""
    return again(**{slug: dosed(5000, slug) for slug in ("aol", "bol", "col")})


def numbers(slug):
    return list(Edition.objects.filter(monograph__slug=slug).values_list("number", flat=True))


def rows(client, task, **query):
    report = client.get(address_of(task), query).context["report"]
    return {row["slug"]: row for row in report["rows"]}


def box_of(client, task, slug):
    return str(rows(client, task)[slug]["number"])


def boxes(shown):
    tree = html5lib.parse(shown, namespaceHTMLElements=False)
    return [element for element in tree.iter("input") if element.get("name") == "tick"]


def edit_desk(slug):
    Monograph.objects.get(slug=slug).sections.filter(kind="uses").update(body="An editor's text.")


def test_the_dry_run_shows_the_words_that_would_change(client, checked):
    shown = text(client, checked)
    assert shown.count("<del>500</del><ins>5000</ins>") == 2
    assert len(boxes(shown)) == 2 and not any("checked" in box.attrib for box in boxes(shown))
    assert {box.get("form") for box in boxes(shown)} == {"import-save"}
    assert "2 to be ticked" in shown and "0 of 2 changes" in shown
    assert set(rows(client, checked, show="tick")) == {"aol", "bol"}


def test_only_what_is_ticked_is_published(client, checked, send):
    send(address_of(checked), {"_save": "", "publish": "on", "tick": box_of(client, checked, "aol")})
    assert (numbers("aol"), numbers("bol"), numbers("col")) == ([1, 2], [1], [1])
    for slug in ("aol", "bol", "col"):
        assert "5000 mg" in desk.read(Monograph.objects.get(slug=slug)).sections[0].body
    assert "500 mg" in Publication.objects.get(slug="bol").edition.document
    report = rows(client, checked)
    assert report["bol"]["held"] == [("nobody ticked the change, which waits on the desk", [])]
    assert report["aol"]["published"] and not report["aol"]["held"]


def test_a_tick_is_enough_and_new_pages_wait_for_the_option(client, checked, send):
    send(address_of(checked), {"_save": "", "tick": box_of(client, checked, "aol")})
    assert (numbers("aol"), numbers("bol"), numbers("col")) == ([1, 2], [1], [])


def test_saving_without_a_tick_publishes_no_change(checked, send):
    send(address_of(checked), {"_save": "", "publish": "on", "overwrite": "on"})
    assert (numbers("aol"), numbers("bol"), numbers("col")) == ([1], [1], [1])


def test_ticks_are_kept_from_page_to_page_of_the_report(client, checked, send):
    aol, bol = box_of(client, checked, "aol"), box_of(client, checked, "bol")
    response = client.post(address_of(checked), {"_tick": "1", "shown": [aol], "tick": [aol], "show": "tick"})
    assert response["Location"] == f"{address_of(checked)}?show=tick&after=1#report"
    shown = text(client, checked)
    assert [box.get("value") for box in boxes(shown) if "checked" in box.attrib] == [aol]
    assert "1 of 2 changes" in shown
    client.post(address_of(checked), {"_tick": "", "shown": [aol, bol], "tick": [bol]})
    send(address_of(checked), {"_save": ""})
    assert (numbers("aol"), numbers("bol")) == ([1], [1, 2])


def test_an_edition_that_came_in_between_holds_a_tick_back(client, checked, send):
    box, monograph = box_of(client, checked, "aol"), Monograph.objects.get(slug="aol")
    desk.add_names(monograph, [Name("Aol forte", "brand")], source=DrugName.Source.LIST, by="someone")
    publishing.publish(monograph, by="other", kind="clarity", note="A name.")
    send(address_of(checked), {"_save": "", "tick": box})
    assert numbers("aol") == [1, 2]
    assert "5000 mg" not in Publication.objects.get(slug="aol").edition.document
    assert "another change than the one that was ticked" in rows(client, checked)["aol"]["held"][0][0]


def test_a_conflict_is_shown_against_what_readers_have(client, again):
    edit_desk("aol")
    task = again(aol=dosed(5000, "aol"))
    row = rows(client, task)["aol"]
    assert row["outcome"] == "conflict" and "An editor" in row["diff"]
    assert "<del>500</del><ins>5000</ins>" in text(client, task)
    assert "An editor" in desk.read(Monograph.objects.get(slug="aol")).to_json()


@pytest.mark.parametrize(
    ("options", "editions"),
    [({"tick": "1"}, [1]), ({"overwrite": "on"}, [1]), ({"overwrite": "on", "tick": "1"}, [1, 2])],
    ids=["ticked", "replaced", "both"],
)
def test_a_conflict_is_published_if_replaced_and_ticked(again, send, options, editions):
    edit_desk("aol")
    send(address_of(again(aol=dosed(5000, "aol"))), {"_save": "", "publish": "on", **options})
    assert numbers("aol") == editions


def test_a_desk_that_waits_is_shown_though_the_file_is_the_same(client, checked, again, send):
    send(address_of(checked), {"_save": ""})
    task = again(aol=dosed(5000, "aol"))
    assert rows(client, task)["aol"]["outcome"] == "unchanged"
    assert "<del>500</del><ins>5000</ins>" in text(client, task)
    send(address_of(task), {"_save": "", "publish": "on"})
    assert numbers("aol") == [1]


def test_what_is_reviewed_or_blocked_has_no_box(client, again):
    monograph = Monograph.objects.get(slug="aol")
    publishing.publish(monograph, by="other", kind="safety", note="Signed.", review=make_review())
    bad = (Section("dosage", "", "Take {details} mg twice a day."), *make_document().sections)
    task = again(aol=dosed(5000, "aol"), bol=dosed(0, "bol", sections=bad))
    shown = text(client, task)
    assert boxes(shown) == [] and "0 to be ticked" in shown
    assert "<ins>5000</ins>" in shown and "The current edition is reviewed" in shown


def test_a_new_or_unchanged_page_has_no_box(client, again):
    assert boxes(text(client, again(aol=dosed(500, "aol"), col=dosed(500, "col")))) == []


def test_a_change_too_long_to_be_shown_cannot_be_ticked(client, again, send, monkeypatch):
    monkeypatch.setattr(seen_changes, "DIFF_CHARS", 20)
    task = again(aol=dosed(5000, "aol"))
    shown = text(client, task)
    assert "too long to be shown whole" in shown and boxes(shown) == []
    send(address_of(task), {"_save": "", "tick": "1"})
    assert numbers("aol") == [1]


def test_a_change_of_spaces_alone_says_so(client, again):
    task = again(
        aol=dosed("500\u00a0mg or 2", "aol"), bol=dosed(500, "bol").replace(b"500 mg", "500\u00a0mg".encode())
    )
    shown = text(client, task)
    assert shown.count("Only spaces differ") == 1 and len(boxes(shown)) == 2


def test_who_may_not_publish_gets_no_box_and_no_tick(client, checked, send):
    box = box_of(client, checked, "aol")
    client.post(address_of(checked), {"_tick": "", "tick": [box]})
    client.force_login(make_person("adam", "Administrators"))
    assert boxes(text(client, checked)) == []
    send(address_of(checked), {"_save": "", "tick": box_of(client, checked, "bol")})
    assert (numbers("aol"), numbers("bol")) == ([1], [1])


@pytest.mark.parametrize("asked", ["x", "-1", "٣", "9" * 40, "999", "3", "1\0"])
def test_a_tick_of_nothing_is_no_fault(client, checked, send, asked):
    fields = {"shown": [asked], "tick": [asked]}
    assert client.post(address_of(checked), {"_tick": asked, "show": asked, **fields}).status_code == 302
    send(address_of(checked), {"_save": "", **fields})
    assert numbers("aol") == [1] and ImportTask.objects.get(pk=checked.pk).state == "done"


def test_no_tick_is_taken_once_saving_has_begun(client, checked, send, started):
    send(address_of(checked), {"_save": ""}, work=False)
    client.post(address_of(checked), {"_tick": "", "tick": ["1", "2"]})
    assert seen_changes.ticked_keys(ImportTask.objects.get(pk=checked.pk)) == {}


def test_ticks_outlive_an_interruption(client, reviewer, upload, send, started):
    upload("pages.zip", many(3))
    send(address_of(ImportTask.objects.get()), {"_save": "", "publish": "on"})
    upload("pages.zip", packed({f"e/page-{at}.md": dosed(5000, f"page-{at}") for at in range(3)}))
    task = ImportTask.objects.get(state="checked")
    last = task.results.order_by("-number").first()
    send(address_of(task), {"_save": "", "tick": str(last.number)}, work=False)
    started.clear()
    client.post(address_of(task), {"_stop": ""})
    assert client.get(address_of(task)).context["report"]["rows"] == []
    send(address_of(task), {"_continue": ""})
    assert list(Publication.objects.filter(number=2).values_list("slug", flat=True)) == [last.slug]
    assert list(task.results.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_a_text_that_looks_like_a_tick_is_none(client, again, send):
    sections = (Section("uses", "", '{"ticked": true, "key": "x"}'), *make_document().sections)
    task = again(aol=dosed(0, "aol", sections=sections), bol=dosed(5000, "bol"))
    assert seen_changes.ticked_keys(task) == {}
    import_tasks.save(task, by="rey", publish=True, ticked=True)
    assert not task.results.exists()


def test_the_log_says_how_many_were_ticked(client, checked, send):
    send(address_of(checked), {"_save": "", "publish": "on", "tick": box_of(client, checked, "aol")})
    entry = LogEntry.objects.filter(content_type__model="importtask").latest("pk")
    assert entry.change_message == "Saved with publish and 1 ticked change of public pages."
