import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0019_mentions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importrecord",
            name="opened_at",
            field=models.DateTimeField(
                db_index=True,
                help_text="Read by nobody. The column stays: a restore takes only backups that the same migrations made.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="OpenForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "monograph",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_forms",
                        to="drugs.monograph",
                    ),
                ),
            ],
            options={
                "ordering": ["monograph", "at"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("monograph", "who"), name="openform_once")],
            },
        ),
    ]
