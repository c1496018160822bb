"""Metrics for Prometheus: behind a token, counts that are right, and nothing about readers."""

import os
import re
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from drugs import publishing
from drugs.audit import checkpoints
from drugs.http import latencies
from drugs.models import Checkpoint, Publication
from drugs.web.metrics import LAST_BACKUP
from tests.support.builders import make_report, publish_document

pytestmark = pytest.mark.django_db

SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+(e[+-][0-9]+)?')
TOKEN = "a token of thirty-two characters."


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN


def ask(client, authorization=f"Bearer {TOKEN}"):
    return client.get("/metrics", headers={"authorization": authorization} if authorization else None)


def metrics(client):
    """Each sample by name and labels, the number of the process left out."""
    text = ask(client).content.decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert not [line for line in lines if not SAMPLE.fullmatch(line)]
    pairs = (line.replace(f'process="{os.getpid()}",', "").rpartition(" ") for line in lines)
    return {name: float(value) for name, _, value in pairs}


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", TOKEN]
)
def test_without_the_token_there_are_no_metrics(client, given):
    response = ask(client, given)
    assert response.status_code == 404 and "medinfo_" not in response.content.decode()


def test_where_no_token_is_set_none_opens_the_metrics(client, settings):
    settings.METRICS_TOKEN = ""
    assert ask(client, "Bearer ").status_code == ask(client, "").status_code == 404


def test_metrics_are_kept_by_nobody_and_begin_no_session(client):
    response = ask(client)
    assert response.headers["Cache-Control"] == "no-store" and not response.cookies
    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")


def test_metrics_count_pages_and_what_waits(client):
    publish_document(slug="one")
    gone = publish_document(slug="two")
    publishing.withdraw(gone, reason="x", by="ann")
    late = publish_document(slug="three")
    today = timezone.localdate()
    Publication.objects.filter(pk=late.pk).update(
        reviewed_by="A",
        reviewer_role="x",
        reviewed_on=today - timedelta(days=9),
        review_due=today - timedelta(days=2),
        review_of=1,
    )
    make_report(late.monograph)
    found = metrics(client)
    counts = {
        status: found[f'medinfo_pages{{status="{status}"}}']
        for status in ("not_reviewed", "reviewed", "overdue")
    }
    assert counts == {"not_reviewed": 1, "reviewed": 0, "overdue": 1}
    assert found['medinfo_pages{status="withdrawn"}'] == found['medinfo_queue{queue="reports"}'] == 1
    since = timezone.make_aware(datetime.combine(today - timedelta(days=2), datetime.min.time()))
    waited = found['medinfo_queue_oldest_seconds{queue="overdue_reviews"}']
    assert abs(waited - (timezone.now() - since).total_seconds()) < 60
    assert found["medinfo_acts_total"] == found["medinfo_acts_since_checkpoint"] > 0


def test_metrics_know_the_age_of_backup_and_checkpoint(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert "medinfo_backup_age_seconds" not in metrics(client)
    Path(tmp_path, LAST_BACKUP).touch()
    os.utime(Path(tmp_path, LAST_BACKUP), (time.time() - 7000, time.time() - 7000))
    Checkpoint.objects.create(
        number=0, record="x", made_at=timezone.now() - timedelta(hours=1), key="k", note="n"
    )
    found = metrics(client)
    assert 7000 <= found["medinfo_backup_age_seconds"] < 7100
    assert 3600 <= found["medinfo_checkpoint_age_seconds"] < 3700
    assert checkpoints.WITHOUT_KEY


def test_latencies_are_counted_by_kind_and_name_no_reader(client):
    publish_document()
    before = metrics(client).get('medinfo_requests_total{kind="monograph",status="2xx"}', 0)
    client.get("/drugs/examplol/?name=whisperol", REMOTE_ADDR="203.0.113.9")
    client.get("/whisperol/whisperol")
    found = metrics(client)
    assert found['medinfo_requests_total{kind="monograph",status="2xx"}'] == before + 1
    assert found['medinfo_requests_total{kind="other",status="4xx"}'] >= 1
    buckets = [
        count
        for name, count in found.items()
        if name.startswith('medinfo_request_seconds_bucket{kind="monog')
    ]
    assert buckets == sorted(buckets) and len(buckets) == len(latencies.BOUNDS) + 1
    assert found['medinfo_request_seconds_count{kind="monograph"}'] == buckets[-1]
    text = ask(client).content.decode()
    assert "whisperol" not in text and "203.0.113.9" not in text and "examplol" not in text
