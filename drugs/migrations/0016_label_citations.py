from django.db import migrations, models

HELP = {
    "country": "Of a label: its country, such as US.",
    "version": "Of a label: which version was read.",
    "date": "Of a label: the day of that version.",
    "locator": "Where in it to look, such as a section.",
    "source": "Of a label: the collection it is from.",
    "set_id": "Of a label: its number there, by which newer versions are noticed.",
}


class Migration(migrations.Migration):
    dependencies = [("drugs", "0015_label_choices")]

    operations = [
        *(
            migrations.AddField(
                model_name="reference",
                name=name,
                field=models.CharField(blank=True, db_default="", default="", help_text=text, max_length=300),
            )
            for name, text in HELP.items()
        ),
        migrations.AddField(
            model_name="sideeffect",
            name="reference",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="The number of the reference that says so, as the list stood when you opened the page.",
                null=True,
                verbose_name="source",
            ),
        ),
    ]
