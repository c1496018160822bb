from django.db import migrations, models

HELP = "The ingredient that this is about; empty for the whole page."


class Migration(migrations.Migration):
    dependencies = [("drugs", "0010_facts_of_acts")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="component",
            field=models.CharField(blank=True, help_text=HELP, max_length=500),
        )
        for name in ("section", "sideeffect", "faq")
    ]
