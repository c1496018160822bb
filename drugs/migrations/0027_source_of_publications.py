from django.db import migrations, models
from django.db.models import OuterRef, Subquery

COLUMNS = {
    "source_path": "path",
    "source_format": "format",
    "source_sha256": "sha256",
    "old_address": "old_address",
}


def from_import_records(apps, schema_editor):
    """What JSON says of each page today stays, and its old address leads on."""
    using = schema_editor.connection.alias
    records = apps.get_model("drugs", "ImportRecord").objects.using(using)
    found = records.filter(monograph=OuterRef("monograph"))
    publications = apps.get_model("drugs", "Publication").objects.using(using)
    publications.filter(monograph__in=records.values("monograph")).update(
        **{column: Subquery(found.values(name)[:1]) for column, name in COLUMNS.items()}
    )


class Migration(migrations.Migration):
    dependencies = [("drugs", "0026_language_of_pages")]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="source_path",
            field=models.CharField(blank=True, db_default="", default="", max_length=1000),
        ),
        migrations.AddField(
            model_name="publication",
            name="source_format",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="publication",
            name="source_sha256",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="publication",
            name="old_address",
            field=models.CharField(blank=True, db_default="", db_index=True, default="", max_length=600),
        ),
        migrations.RunPython(from_import_records, migrations.RunPython.noop),
    ]
