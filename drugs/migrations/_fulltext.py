"""Table and index of the full-text search as 0001_initial makes them. Frozen: never edited."""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE VIRTUAL TABLE drugs_searchwords "
            "USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        return
    # No foreign key: a row without its page is found by nobody, and tables can be emptied in any order.
    schema_editor.execute(
        "CREATE TABLE drugs_searchwords (rowid bigint PRIMARY KEY, text text NOT NULL, "
        "words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED)"
    )
    schema_editor.execute("CREATE INDEX drugs_searchwords_words ON drugs_searchwords USING gin (words)")


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE drugs_searchwords")
