from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0024_notifications"),
    ]

    operations = [
        migrations.AddField(
            model_name="dailyreads",
            name="searches",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
