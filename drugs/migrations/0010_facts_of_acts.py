from django.db import migrations, models

from drugs.migrations import _found, _triggers


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("drugs", "0009_second_stamp_and_report_tokens"),
        ("otp_static", "0001_initial"),
        ("otp_totp", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("record", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("key", models.CharField(max_length=300)),
                ("note", models.TextField()),
            ],
            options={"ordering": ["id"], "default_permissions": ()},
        ),
        migrations.AddField(
            model_name="auditentry",
            name="facts",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="What is so since this act, as canonical JSON: the keys of drugs.audit.facts.",
            ),
        ),
        # SQLite has made the table anew, and its triggers are gone.
        migrations.RunPython(_triggers.install, _triggers.install),
        migrations.RunPython(_found.state, migrations.RunPython.noop),
    ]
