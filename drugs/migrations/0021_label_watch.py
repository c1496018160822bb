from django.db import migrations, models

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("drugs", "0020_open_forms")]

    operations = [
        migrations.CreateModel(
            name="LabelCitation",
            fields=[
                ("id", ID),
                ("source", models.CharField(max_length=300)),
                ("set_id", models.CharField(max_length=300)),
                ("version", models.CharField(blank=True, max_length=300)),
                ("seen_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "monograph",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="label_citations", to="drugs.monograph"
                    ),
                ),
            ],
            options={
                "ordering": ["monograph", "source", "set_id", "version"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["set_id", "source"], name="labelcitation_by_set")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("monograph", "source", "set_id", "version"), name="label_citation_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceNotice",
            fields=[
                ("id", ID),
                ("changed_on", models.DateField(help_text="The day of the label's newer version.")),
                (
                    "begins_on",
                    models.DateField(db_index=True, help_text="The day from which readers are told."),
                ),
                (
                    "monograph",
                    models.OneToOneField(
                        on_delete=models.CASCADE, related_name="source_notice", to="drugs.monograph"
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
    ]
