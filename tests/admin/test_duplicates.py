"""The worklist of likely duplicates: list filters, admin actions, and how a pair is deleted."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from drugs.models import LikelyDuplicate, Monograph
from tests.support.desk_posts import make_person
from tests.support.worklist_rows import make_draft, make_pair, rows

pytestmark = pytest.mark.django_db


def test_pairs_are_filtered_by_the_older_page(client, editor):
    make_pair(1)
    make_draft(slug="zzol", title="Zzol", origin="label")
    make_draft(slug="zzol-2", title="Zzol")
    address = reverse("admin:drugs_likelyduplicate_changelist")
    for query in ("letter=z", "origin=label", "class=beta+blockers&letter=z", "state=draft&letter=z"):
        assert [str(pair) for pair in rows(client, f"{address}?list=open&{query}")] == ["Zzol and Zzol"]
    assert rows(client, f"{address}?list=open&state=same") == []


def test_an_editor_settles_pairs_and_each_is_logged(client, editor):
    for number in range(2):
        make_pair(number)
    address = reverse("admin:drugs_likelyduplicate_changelist")
    keys = list(LikelyDuplicate.objects.values_list("pk", flat=True))
    client.post(f"{address}?list=open", {"action": "settle", "_selected_action": keys})
    assert rows(client, f"{address}?list=open") == []
    assert len(rows(client, f"{address}?list=settled")) == 2
    assert LogEntry.objects.filter(object_id__in=map(str, keys), user=editor).count() == 2
    client.post(f"{address}?list=settled", {"action": "ask_again", "_selected_action": keys[:1]})
    assert len(rows(client, f"{address}?list=open")) == 1
    assert LogEntry.objects.count() == 3


def test_a_pair_is_deleted_with_its_draft_and_never_alone(client):
    client.force_login(make_person("rey", "Reviewers"))
    newer = make_pair()
    pair = LikelyDuplicate.objects.get()
    delete = reverse("admin:drugs_likelyduplicate_delete", args=[pair.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    address = reverse("admin:drugs_monograph_delete", args=[newer.pk])
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not LikelyDuplicate.objects.exists() and Monograph.objects.count() == 1
