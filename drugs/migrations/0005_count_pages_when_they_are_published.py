from django.db import migrations, models

# Publishing counts from now on; here what is published already is counted once.
COUNT = """
INSERT INTO drugs_tally (kind, letter, key, number)
SELECT 'letter', letter, '', COUNT(*) FROM drugs_publication WHERE withdrawn_at IS NULL GROUP BY letter
UNION ALL
SELECT 'origin', '', origin, COUNT(*) FROM drugs_publication WHERE withdrawn_at IS NULL GROUP BY origin
UNION ALL
SELECT 'due', '', COALESCE(CAST(review_due AS VARCHAR(10)), ''), COUNT(*)
FROM drugs_publication WHERE withdrawn_at IS NULL GROUP BY review_due
UNION ALL
SELECT 'effect', letter, slug, COUNT(*) FROM drugs_publishedeffect GROUP BY letter, slug
UNION ALL
SELECT 'class', letter, slug, COUNT(*) FROM drugs_publishedclass GROUP BY letter, slug"""


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0004_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("relations", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "letter", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("letter", "Letter"),
                            ("origin", "Origin"),
                            ("due", "Due"),
                            ("effect", "Effect"),
                            ("class", "Class"),
                        ],
                        max_length=10,
                    ),
                ),
                ("letter", models.CharField(blank=True, max_length=1)),
                ("key", models.CharField(blank=True, max_length=80)),
                ("number", models.IntegerField()),
            ],
        ),
        migrations.AddIndex(
            model_name="publishedclass",
            index=models.Index(fields=["slug", "atc"], name="class_by_code"),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
