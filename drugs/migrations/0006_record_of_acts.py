from django.db import migrations, models

from drugs.migrations import _triggers


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0005_count_pages_when_they_are_published"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("at", models.DateTimeField(verbose_name="when")),
                ("who", models.CharField(help_text="The account or the command, as text.", max_length=200)),
                ("action", models.CharField(help_text="One of ACTIONS, which may grow.", max_length=20)),
                (
                    "object",
                    models.CharField(
                        blank=True,
                        help_text="What it was done to, as text.",
                        max_length=500,
                        verbose_name="what",
                    ),
                ),
                ("detail", models.TextField(blank=True)),
                (
                    "previous",
                    models.CharField(blank=True, help_text="The record of the entry before.", max_length=64),
                ),
                ("record", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "recorded act",
                "verbose_name_plural": "recorded acts",
                "ordering": ["number"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["action", "at"], name="auditentry_by_action")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="auditentry_number_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 1), ("previous", "")),
                            models.Q(("number__gt", 1), models.Q(("previous", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="auditentry_previous_given",
                    ),
                ],
            },
        ),
        migrations.RunPython(_triggers.install, _triggers.remove),
    ]
