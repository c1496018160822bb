"""The benchmarks run, on next to nothing. What they measure is for people: no test here looks at a time."""

import json

import pytest

from tests.benchmarks import database, servers, speed

pytestmark = pytest.mark.processes


def test_the_speed_of_pages_is_measured_and_reported(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("MEDINFO_BENCH_POSTGRES", raising=False)
    monkeypatch.setattr(speed, "EDITS", 2)
    found = speed.measure(tmp_path, [20], rounds=1, seconds=0.05)
    speed.report(json.loads(json.dumps(found)))
    said = capsys.readouterr().out
    for name in (speed.BARE, speed.DRUG, "publish one page", "memory of a worker", found["machine"]["cpu"]):
        assert name in said


def test_made_up_pages_are_the_same_each_time_and_may_be_published(db):
    database.fill(20)
    assert database.document(9) == database.document(9)
    assert database.document(9).ingredients
    assert "MEDINFO_DATA_DIR" in servers.environment("somewhere")
