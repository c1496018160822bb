import django.db.models.deletion
from django.db import migrations, models

from drugs.migrations import _change_log


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0016_label_citations"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageChange",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("reviewed", "reviewed"),
                            ("withdrawn", "withdrawn"),
                            ("moved", "moved"),
                            ("restored", "restored"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "edition",
                    models.PositiveIntegerField(help_text="Number of the edition that was current then."),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RemoveIndex(
            model_name="publication",
            name="publication_by_date",
        ),
        migrations.RemoveIndex(
            model_name="publication",
            name="publication_by_due",
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["published_at", "slug"], name="publication_by_change"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["review_due", "slug"], name="publication_by_due_day"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["origin", "slug"], name="publication_by_origin"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)),
                fields=["slug"],
                name="publication_withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="pagechange",
            name="publication",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="drugs.publication",
            ),
        ),
        migrations.AddIndex(
            model_name="pagechange",
            index=models.Index(fields=["at", "number"], name="pagechange_by_date"),
        ),
        migrations.AddIndex(
            model_name="pagechange",
            index=models.Index(fields=["publication", "number"], name="pagechange_by_page"),
        ),
        migrations.AddConstraint(
            model_name="pagechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["published", "reviewed", "withdrawn", "moved", "restored"])),
                name="pagechange_kind_known",
            ),
        ),
        migrations.RunPython(_change_log.write, migrations.RunPython.noop),
    ]
