"""A table that the version before does not know."""

from pathlib import Path

from django.db import migrations, models

from drugs import migrations as ours

LAST = max(path.stem for path in Path(ours.__path__[0]).glob("[0-9]*.py"))


class Migration(migrations.Migration):
    dependencies = [("drugs", LAST)]
    operations = [migrations.CreateModel("Newer", [("id", models.BigAutoField(primary_key=True))])]
