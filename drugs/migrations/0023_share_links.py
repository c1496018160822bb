import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0022_daily_reads"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of the document that the desk said as this version.", max_length=64
                    ),
                ),
                ("nonce", models.CharField(max_length=32)),
                ("made_by", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_by", models.CharField(blank=True, default="", max_length=200)),
                (
                    "monograph",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="share_links",
                        to="drugs.monograph",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="reviewnote",
            name="share",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="drugs.sharelink",
            ),
        ),
    ]
