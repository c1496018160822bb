"""Public pages by the million for benchmarks: their rows as SQL, without desks or texts behind them.

A ninth is withdrawn, half reviewed, an eighth overdue, and every filter fits more than a hundred of any thousand: so
answers have as many rows among a thousand as among a million.
"""

import datetime

BATCH = 20_000
NOW = datetime.datetime(2026, 1, 1)
LANGUAGES = ("en", "en", "en", "de", "pt-BR")
# What a column holds on every page.
_SAME = {"kind": "import", "note": "Made up.", "published_by": "bench", "desk_version": 1}


def slug(number):
    return f"page-{number:07}"


def fill(count):
    """Pages inserted until there are `count`, and what the database knows of its tables brought up to date."""
    from django.db import connection, transaction

    from drugs.models import Publication

    start = Publication.objects.count()
    while start < count:
        numbers = range(start + 1, min(start + BATCH, count) + 1)
        with transaction.atomic():
            _insert(numbers)
        start = numbers[-1]
    _count_facets(connection)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def _insert(numbers):
    from drugs.models import (
        Edition,
        Monograph,
        PageChange,
        Publication,
        PublishedClass,
        PublishedEffect,
        PublishedIngredient,
    )

    pages = [_page(number) for number in numbers]
    _rows(Monograph, ({**page, "folded": page["sort_key"]} for page in pages))
    _rows(Edition, ({**page, "document": "{}", "record": page["sha256"], "previous": ""} for page in pages))
    _rows(Publication, pages)
    _rows(PageChange, ({**page, "kind": "published", "edition": 1} for page in pages))
    public = [page for page in pages if "withdrawn_at" not in page]
    _rows(PublishedClass, (_facet(page, "class", page["id"] % 500) for page in public))
    _rows(PublishedClass, (_facet(page, "class-of-many", page["id"] % 4) for page in public))
    _rows(PublishedEffect, (_facet(page, "effect", page["id"] * 7919 % 5000) for page in public))
    combined = (page for page in public if page["id"] % 4 == 0)
    _rows(PublishedIngredient, ({**page, "folded": "part"} for page in combined))


def _page(number):
    at = (NOW + datetime.timedelta(seconds=number)).isoformat(" ")
    letter = "adgkmpt"[number % 7]
    review = {}
    if number % 8 < 4:
        due = datetime.date(2020 if number % 8 == 3 else 2090, 1 + number % 12, 1 + number % 28).isoformat()
        review = {"reviewed_by": "Pat", "reviewed_on": "2019-01-01", "review_due": due, "review_of": 1}
    gone = {"withdrawn_at": at, "withdrawn_reason": "Made up."} if number % 9 == 0 else {}
    return {
        **_SAME,
        **review,
        **gone,
        "id": number,
        "monograph_id": number,
        "publication_id": number,
        "edition_id": number,
        "number": 1,
        "slug": slug(number),
        "title": f"{letter.upper()}{number:07}",
        "letter": letter,
        "sort_key": f"{letter}{number:07}",
        "language": LANGUAGES[number % len(LANGUAGES)],
        "origin": "ai_or_crowd" if number % 5 else "editorial",
        "sha256": f"{number:064x}",
        "published_at": at,
        "changed_at": at,
        "at": at,
    }


def _facet(page, kind, number):
    return {
        **page,
        "slug": f"{kind}-{number}",
        "name": f"{kind.capitalize()} {number}",
        "letter": kind[0],
        "band": 1,
    }


def _rows(model, rows):
    """Rows of `model`, each what it holds of these values by column, or the column's default."""
    from django.db import connection

    from drugs.models.bulk_insert import insert_rows

    defaults = {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if not hasattr(field, "fields")
    }
    if model._meta.pk.name == "number":  # of the change log
        rows = ({**row, "number": row["id"]} for row in rows)
    values = [[row.get(name, default) for name, default in defaults.items()] for row in rows]
    with connection.cursor() as cursor:
        insert_rows(cursor, model._meta.db_table, list(defaults), values)


def _count_facets(connection):
    """The tallies of the facets, as publishing would have counted them, of pages that readers may see."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM drugs_tally")
        for kind, table in (("effect", "publishedeffect"), ("class", "publishedclass")):
            cursor.execute(
                "INSERT INTO drugs_tally (kind, letter, key, number) "
                f"SELECT '{kind}', letter, slug, COUNT(*) FROM drugs_{table} GROUP BY letter, slug"
            )
