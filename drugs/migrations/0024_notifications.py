import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0023_share_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NotificationCursor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=50, unique=True)),
                ("day", models.DateField(blank=True, help_text="Of the last digest.", null=True)),
                (
                    "report",
                    models.BigIntegerField(
                        db_default=0, default=0, help_text="The last report that was announced."
                    ),
                ),
                (
                    "wait_until",
                    models.DateTimeField(blank=True, help_text="After something was not taken.", null=True),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(blank=True, default="", max_length=254)),
                ("daily", models.BooleanField(db_default=False, default=False)),
                ("at_once", models.BooleanField(db_default=False, default=False)),
                ("feed_sha256", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("feed_made_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscription",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("feed_sha256", ""), _negated=True),
                        fields=("feed_sha256",),
                        name="subscription_feed_once",
                    )
                ],
            },
        ),
    ]
