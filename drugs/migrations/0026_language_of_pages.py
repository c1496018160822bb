import json

from django.db import migrations, models

BATCH = 500


def from_current_editions(apps, schema_editor):
    """Each page in the language of the edition that readers meet, which the desk's may no longer be."""
    publications = apps.get_model("drugs", "Publication").objects.using(schema_editor.connection.alias)
    rows = publications.values_list("pk", "edition__document").order_by("pk")
    languages = ((pk, json.loads(document).get("language", "en")) for pk, document in rows.iterator(BATCH))
    for pk, language in [(pk, language) for pk, language in languages if language != "en"]:
        publications.filter(pk=pk).update(language=language)


class Migration(migrations.Migration):
    dependencies = [("drugs", "0025_daily_searches")]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="language",
            field=models.CharField(db_default="en", default="en", max_length=35),
        ),
        migrations.RunPython(from_current_editions, migrations.RunPython.noop),
    ]
