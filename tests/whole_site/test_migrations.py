"""Migrations up and down: between the first schema and the newest, either way, editions stay byte for byte."""

import json
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.apps import apps

from tests.support.sites import get

pytestmark = pytest.mark.django_db
# Rows as a backup of that version had them. Never changed: there are sites that hold such rows.
FIRST = Path(__file__).parent / "first_schema.ndjson"


def execute(site, statements):
    """Runs pairs of SQL and values in one transaction, past the site's own code; returns the last one's rows."""
    if site.vendor == "postgresql":
        with psycopg.connect(site.url) as opened:
            for sql, values in statements:
                cursor = opened.execute(sql.replace("?", "%s"), values)
            return cursor.fetchall() if cursor.description else None
    import sqlite3

    with closing(sqlite3.connect(site.file, timeout=10)) as opened, opened:
        for sql, values in statements:
            cursor = opened.execute(sql, values)
        return cursor.fetchall()


def first_rows():
    """INSERTs of the rows of that version's own tables."""
    header, *rows = (json.loads(line) for line in FIRST.read_text().splitlines())
    for label, values in rows:
        columns = header["columns"][label]
        names = ", ".join(f'"{column}"' for column in columns)
        places = ", ".join("?" * len(columns))
        # Only whole lists of lines are no plain values there.
        values = ["\n".join(value) if isinstance(value, list) else value for value in values]
        yield f"INSERT INTO {label.replace('.', '_')} ({names}) VALUES ({places})", values


def editions(site):
    header = json.loads(FIRST.read_text().splitlines()[0])
    columns = ", ".join(f'"{column}"' for column in header["columns"]["drugs.edition"])
    rows = execute(site, [(f"SELECT {columns} FROM drugs_edition ORDER BY id", [])])
    return [[str(value) for value in row] for row in rows]


def test_migrating_the_first_schema_touches_no_edition(site_without_tables):
    labels = {app.label for app in apps.get_app_configs() if app.models_module} - {"drugs"}
    for label in sorted(labels & {"auth", "admin", "contenttypes", "sessions"}):
        site_without_tables.must("migrate", label, "-v0")
    site_without_tables.must("migrate", "drugs", "0001_initial", "-v0")
    execute(site_without_tables, first_rows())
    before = editions(site_without_tables)
    assert len(before) == 4
    site_without_tables.must("migrate", "-v0")
    site_without_tables.must("rebuild_index")
    assert editions(site_without_tables) == before
    assert "4 editions of 2 pages" in site_without_tables.must("verify")
    address = site_without_tables.serve()
    assert "Do not stop it suddenly." in get(address + "/drugs/examplol/").text
    assert get(address + "/drugs/examplol/history/1/").status == 200
    assert get(address + "/drugs/gone/").status == 410
    site_without_tables.must("backup", site_without_tables.folder / "site_without_tables.gz")


def test_migrating_back_to_the_first_schema_touches_no_edition(example_site):
    before = editions(example_site)
    assert before
    example_site.must("migrate", "drugs", "0001_initial", "-v0")
    assert editions(example_site) == before
    example_site.must("migrate", "-v0")
    example_site.must("rebuild_index")
    assert editions(example_site) == before
    assert f"{len(before)} editions" in example_site.must("verify")
