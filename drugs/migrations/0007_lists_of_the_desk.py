import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import drugs.models.fields
from drugs.migrations._folding import fold, letter

BATCH = 500


def fold_names(apps, schema_editor):
    """What follows from titles and names alone. What the checks find comes with `check_monographs`."""

    def title(row):
        row.folded, row.letter = fold(row.title), letter(row.title)

    def name(row):
        row.folded = fold(row.text)

    using = schema_editor.connection.alias
    for model, derive, columns in (
        ("Monograph", title, ["folded", "letter"]),
        ("DrugName", name, ["folded"]),
    ):
        rows, last = apps.get_model("drugs", model).objects.using(using), 0
        while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
            for row in batch:
                derive(row)
            rows.bulk_update(batch, columns)  # never asks the fields, which fold as the code of today does
            last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("drugs", "0006_record_of_acts"),
    ]

    operations = [
        migrations.CreateModel(
            name="LikelyDuplicate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("title", "the same title"),
                            ("ingredients", "the same ingredients"),
                            ("generic", "the same generic name"),
                            ("name", "the title of one is another name of the other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "settled",
                    models.BooleanField(
                        default=False,
                        help_text="Somebody looked: they are different medicines. It is not asked again.",
                    ),
                ),
            ],
            options={
                "ordering": ["first", "second"],
            },
        ),
        migrations.CreateModel(
            name="OneTimePassword",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="one_time_password",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name="drugname",
            name="folded",
            field=drugs.models.fields.FoldedField("text", default="", editable=False, max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importrecord",
            name="opened_at",
            field=models.DateTimeField(
                db_index=True,
                help_text="When somebody who may change the page first opened it since this text came.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="monograph",
            name="blocks",
            field=models.PositiveSmallIntegerField(
                db_index=True,
                editable=False,
                help_text="How many findings forbid publishing the text. None: not checked since checks have changed.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="monograph",
            name="folded",
            field=drugs.models.fields.FoldedField("title", default="", editable=False, max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="monograph",
            name="held_back",
            field=drugs.models.fields.LinesField(
                default=list, editable=False, help_text="What these findings say."
            ),
        ),
        migrations.AddField(
            model_name="monograph",
            name="letter",
            field=models.CharField(
                default="", editable=False, help_text="As readers' A-Z has it.", max_length=1
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="unansweredquery",
            name="settled",
            field=models.BooleanField(default=False, help_text="An editor has dealt with it."),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="monograph",
            index=models.Index(fields=["letter", "folded", "id"], name="monograph_by_letter"),
        ),
        migrations.AddIndex(
            model_name="monograph",
            index=models.Index(fields=["submitted_version"], name="monograph_by_submission"),
        ),
        migrations.AddIndex(
            model_name="monograph",
            index=models.Index(fields=["folded"], name="monograph_by_name"),
        ),
        migrations.AddIndex(
            model_name="drugname",
            index=models.Index(fields=["folded"], name="drugname_by_name"),
        ),
        migrations.AddIndex(
            model_name="classofdrug",
            index=models.Index(fields=["name"], name="classofdrug_by_name"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["review_due"], name="publication_by_due"),
        ),
        migrations.AddField(
            model_name="likelyduplicate",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="drugs.monograph"
            ),
        ),
        migrations.AddField(
            model_name="likelyduplicate",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="drugs.monograph"
            ),
        ),
        migrations.AddConstraint(
            model_name="likelyduplicate",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="duplicate_pair_once"),
        ),
        migrations.AddConstraint(
            model_name="likelyduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="duplicate_older_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="likelyduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["title", "ingredients", "generic", "name"])),
                name="likelyduplicate_reason_known",
            ),
        ),
    ]
