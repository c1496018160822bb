"""Rows for the worklists and changelists of the desk, and what such a list shows."""

import datetime

from django.utils import timezone

from drugs import desk, publishing
from drugs.content import Section
from drugs.desk import share_links
from drugs.models import SourceNotice, UnansweredQuery
from tests.support.builders import make_document, make_monograph, make_report, make_review, publish_document

MONOGRAPHS = "/admin/drugs/monograph/"
BARE = {"side_effects": (), "faqs": ()}  # a page whose sections a test gives


def make_draft(number=0, **overrides):
    return make_monograph(**{"slug": f"examplol-{number}", "title": f"Examplol {number}", **overrides})


def make_draft_of_edith(number=0):
    return desk.write(make_document(slug=f"examplol-{number}", title=f"Examplol {number}"), by="edith")


def make_public(number=0, **overrides):
    return publish_document(**{"slug": f"examplol-{number}", "title": f"Examplol {number}", **overrides})


def make_import(number=0, **overrides):
    document = make_document(slug=f"examplol-{number}", title=f"Examplol {number}", **overrides)
    source = desk.Source(f"e/examplol-{number}.md", "page", "0" * 64)
    return desk.save_page(document, source, by="import_monographs").monograph


def make_waiting(number=0):
    return publishing.submit(make_draft(number), by="edith")


def make_sent_back(number=0):
    monograph = make_waiting(number)
    publishing.ask_for_changes(monograph, by="rey", text="Which source?")
    return monograph


def make_commented(number=0):
    monograph = make_draft(number)
    link = share_links.share(monograph, by="edith", version=monograph.version, days=7)
    for text in ("Is that so?", "And that?"):
        shared = share_links.SharedText(link, desk.read(monograph))
        share_links.comment_by_link(shared, name="Ann", text=text)
    return monograph


def make_held(number=0, **overrides):
    return make_draft(
        number, **BARE, **{"sections": (Section("uses", "", "Take {details} daily."),), **overrides}
    )


def make_due(number=0, days=30):
    due = timezone.localdate() + datetime.timedelta(days=days)
    on = due - datetime.timedelta(days=1000)
    return make_public(number, review=make_review(on=on, due=due), classes=()).monograph


def make_source_changed(number=0):
    monograph = make_public(number).monograph
    day = datetime.date(2026, 3, 1)
    SourceNotice.objects.create(monograph=monograph, changed_on=day, begins_on=day)
    return monograph


def make_query(number=0, **overrides):
    row = {"text": f"exampol {number}", "count": 3 + number, "last_seen": "2026-11-20", "kind": "nothing"}
    return UnansweredQuery.objects.create(**{**row, **overrides})


def make_reported(number=0):
    return make_report(make_public(f"reported-{number}").monograph)


def make_pair(number=0):
    make_draft(number)
    return make_draft(f"{number}-again", title=f"Examplol {number}")


def rows(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def slugs(client, address):
    return [row.slug for row in rows(client, address)]
