"""Following: whoever has a copy of any moment and follows the changes has in the end what the bulk files say."""

import gzip
import json

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugs import publishing
from drugs.content import Section
from drugs.import_export import bulk
from drugs.models import Edition, Publication
from drugs.publishing import merging
from drugs.web import change_feed
from tests.support import followers
from tests.support.builders import make_document, make_review, publish_again, publish_document
from tests.support.examples import examples

pytestmark = pytest.mark.django_db
SLUGS = ("a", "b", "c")


def page(slug):
    return Publication.objects.filter(slug=slug).first()


def publish(slug, other):
    found = page(slug)
    if found is None:
        publish_document(slug=slug, title=f"{slug}ol", names=())
    else:
        sections = (
            *make_document().sections,
            Section("storage", "", f"Keep it below {found.number} degrees."),
        )
        publish_again(found, sections=sections)


def sign(slug, other):
    if found := page(slug):
        publish_again(found, review=make_review(), faqs=())


def withdraw(slug, other):
    if found := page(slug):
        publishing.withdraw(found, reason="Wrong.", by="test")


def restore(slug, other):
    if found := page(slug):
        edition = Edition.objects.filter(monograph=found.monograph).order_by("number").first()
        publishing.restore(edition, by="test", note="Back.")


def merge(slug, other):
    found, into = page(slug), page(other)
    if found and into and found != into and not merging.objection(found.monograph, into.monograph):
        merging.merge(found.monograph, into.monograph, by="test")


class Follower:
    """A copy of the public pages, begun with the bulk files or with nothing."""

    def __init__(self, client, *, empty):
        self.client, self.pages, self.cursor = client, {}, ""
        if not empty:
            self.pages, self.cursor = bulk_pages(client)

    def follow(self):
        more = True
        while more:
            changes = self.client.get("/api/v1/changes", {"since": self.cursor}).json()
            for change in changes["items"]:
                self._fetch(change["slug"])
            self.cursor, more = changes["cursor"], changes["next"]

    def _fetch(self, slug):
        self.pages.pop(slug, None)
        response = self.client.get(f"/api/v1/monographs/{slug}")
        if response.status_code == 200:
            self.pages[slug] = response.json()
        else:
            assert response.status_code in (301, 410)


def bulk_pages(client):
    bulk.write()
    names = json.load(followers.answer(client, "/api/v1/bulk/names.json"))
    lines = gzip.decompress(followers.answer(client, "/api/v1/bulk/monographs.ndjson.gz").read()).splitlines()
    pages = {line["slug"]: line for line in map(json.loads, lines) if line["status"] != "withdrawn"}
    assert sorted(pages) == [item["slug"] for item in names["items"]]
    return pages, names["cursor"]


ACTS = st.tuples(
    st.sampled_from((publish, publish, sign, withdraw, restore, merge)),
    st.sampled_from(SLUGS),
    st.sampled_from(SLUGS),
)
STEPS = st.lists(st.one_of(ACTS, ACTS, ACTS, st.sampled_from(("begin", "join", "follow"))), max_size=14)


@settings(
    max_examples=examples(200, quick=8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_following_from_any_moment_gives_what_the_bulk_says(tmp_path, steps):
    client, copies = Client(), []
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(bulk.bulk_files, "bulk_folder", lambda: tmp_path / "bulk")
        patch.setattr(change_feed, "PAGE", 2)
        for step in [*steps, "follow"]:
            if step in ("begin", "join"):
                copies.append(Follower(client, empty=step == "join"))
            elif step == "follow":
                for copy in copies:
                    copy.follow()
            else:
                act, slug, other = step
                try:
                    with transaction.atomic():
                        act(slug, other)
                except publishing.PublishingError:
                    pass
        expected, _ = bulk_pages(client)
        for copy in copies:
            assert copy.pages == expected
        transaction.set_rollback(True)
