"""The benchmarks run, on next to nothing. What they measure is for people: no test here looks at a time."""

import json
from types import SimpleNamespace

import pytest

from tests.benchmarks import database, one_address, open_data, servers, speed
from tests.support.postgres import drop_database, postgres_server

PAGES = 20


@pytest.fixture
def server(monkeypatch, vendor, whole_sites):
    """The server of the kind under test, as speed.py is told of it; the database that it makes there goes again."""
    if vendor == "sqlite":
        monkeypatch.delenv("MEDINFO_BENCH_POSTGRES", raising=False)
        yield
        return
    named = postgres_server()
    monkeypatch.setenv("MEDINFO_BENCH_POSTGRES", named.rsplit("/", 1)[0])
    yield
    drop_database(named, f"bench_{PAGES}")


def test_the_speed_of_pages_is_measured_and_reported(server, vendor, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(speed, "EDITS", 2)
    found = speed.measure(tmp_path, [PAGES], rounds=1, seconds=0.05)
    assert found["database"].lower() == vendor
    speed.report(json.loads(json.dumps(found)))
    said = capsys.readouterr().out
    for name in (speed.BARE, speed.DRUG, "publish one page", "memory of a worker", found["machine"]["cpu"]):
        assert name in said


def test_what_one_hostile_address_costs_readers_is_measured(whole_sites, tmp_path, capsys):
    one_address.measure(tmp_path, PAGES, seconds=2)
    alone, attacked = capsys.readouterr().out.splitlines()
    assert alone.startswith("nobody else: ") and "hostile requests: " in attacked
    assert all("p99" in line for line in (alone, attacked))


def test_lists_for_programs_are_asked_among_few_and_among_many(db, capsys):
    options = SimpleNamespace(pages=[1100, 1000], rounds=1, most_ratio=1e9)
    assert open_data.lists(options) == []
    said = capsys.readouterr().out
    assert "1,100 pages inserted" in said and "monographs?order=review_due, middle" in said
    (fault,) = open_data.faults_of({"changes": 2.0}, {"changes": 3.0}, 1.25)
    assert fault == "changes: 1.50 times as long, at most 1.25 is allowed."


def test_made_up_pages_are_reproducible_and_can_be_published(db):
    database.fill(20)
    assert database.document(9) == database.document(9)
    assert database.document(9).ingredients
    assert "MEDINFO_DATA_DIR" in servers.bench_site("somewhere").environment
