"""Words of new pages go into PostgreSQL's index at once, instead of into its list of what waits to be sorted in.

Every search reads that list, which may grow to 4 MB, and PostgreSQL prefers to read all pages to a long one.
"""

from django.db import migrations

INDEX = "drugs_searchwords_words"


def sort_in_at_once(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER INDEX {INDEX} SET (fastupdate = off)")
        # What waits there from before goes in now: without such a list nothing else would see to it soon.
        schema_editor.execute(f"SELECT gin_clean_pending_list('{INDEX}')")


def let_wait(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER INDEX {INDEX} RESET (fastupdate)")


class Migration(migrations.Migration):
    dependencies = [("drugs", "0028_left_out_files")]

    operations = [migrations.RunPython(sort_in_at_once, let_wait)]
