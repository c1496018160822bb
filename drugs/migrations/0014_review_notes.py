import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0013_labels"),
    ]

    operations = [
        migrations.AddField(
            model_name="monograph",
            name="sent_back_to",
            field=models.CharField(
                blank=True,
                db_default="",
                db_index=True,
                default="",
                editable=False,
                help_text="Who handed in the text for which a reviewer has asked for changes, until it is handed in anew.",
                max_length=200,
            ),
        ),
        migrations.CreateModel(
            name="ReviewNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("handed_in", "handed in"),
                            ("asked", "asked for changes"),
                            ("commented", "commented"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of the document that the desk said as this version.", max_length=64
                    ),
                ),
                ("anchor", models.CharField(blank=True, default="", max_length=400)),
                ("heading", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("typo", "typo"),
                            ("clarity", "clarity"),
                            ("evidence", "evidence"),
                            ("safety", "safety"),
                            ("names", "names"),
                            ("import", "import"),
                            ("review", "review"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True, default="", max_length=4000)),
                ("source", models.TextField(blank=True, default="", max_length=2000)),
                ("batch", models.CharField(blank=True, db_index=True, default="", max_length=16)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "monograph",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_notes",
                        to="drugs.monograph",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["monograph", "at"], name="reviewnote_by_page")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["handed_in", "asked", "commented"])),
                        name="reviewnote_act_known",
                    )
                ],
            },
        ),
    ]
