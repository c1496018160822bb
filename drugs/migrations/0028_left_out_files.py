from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drugs", "0027_source_of_publications")]

    operations = [
        migrations.AddField(
            model_name="importtask",
            name="left_out",
            field=models.TextField(
                blank=True, db_default="", default="", help_text="Files that hold no page, one a line."
            ),
        ),
    ]
