import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProblemReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="The one that the reader had before them.", verbose_name="edition"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "section",
                    models.CharField(
                        blank=True, help_text="Its anchor; empty for the whole page.", max_length=40
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True, help_text="The section's, as readers saw it.", max_length=2000
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("wrong", "Something is wrong"),
                            ("unclear", "Something is hard to understand"),
                            ("missing", "Something is missing"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("message", models.TextField(max_length=4000)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=10
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "the page was corrected"),
                            ("no_change", "no change is needed"),
                            ("passed_on", "passed on to somebody else"),
                            ("no_report", "not a report (spam, or about something else)"),
                        ],
                        help_text="Whoever says what came of it closes it.",
                        max_length=20,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For editors. Readers never see it.", max_length=2000
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                (
                    "monograph",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problem_reports",
                        to="drugs.monograph",
                    ),
                ),
            ],
            options={
                "verbose_name": "problem report",
                "ordering": ["-state", "created_at", "id"],
                "default_permissions": ["change", "view"],
                "indexes": [models.Index(fields=["created_at"], name="problemreport_by_date")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["wrong", "unclear", "missing", "other"])),
                        name="problemreport_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("message", ""), _negated=True), name="problemreport_message_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="problemreport_number_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None), ("closed_by", ""), ("outcome", ""), ("state", "open")
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("outcome__in", ["corrected", "no_change", "passed_on", "no_report"]),
                                ("state", "closed"),
                                models.Q(("closed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="problemreport_closed_whole_or_not",
                    ),
                ],
            },
        ),
    ]
