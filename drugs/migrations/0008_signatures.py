import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from drugs.migrations import _triggers

KINDS = ["typo", "clarity", "evidence", "safety", "names", "import", "review"]


class RemoveForGood(migrations.RemoveConstraint):
    """Going back leaves the wider constraint: editions of kind `review` are never changed, and older code shows them."""

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass


class AddForGood(migrations.AddConstraint):
    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass


def note_contributors(apps, schema_editor):
    """Whoever saved a desk since its last signed edition, as the record of the admin and the desk itself tell."""
    using = schema_editor.connection.alias
    model = {name: apps.get_model("drugs", name) for name in ("Monograph", "Edition", "Contributor")}
    saves = (
        apps.get_model("admin", "LogEntry")
        .objects.using(using)
        .filter(content_type__app_label="drugs", content_type__model="monograph", action_flag__in=(1, 2))
    )
    saves = saves.filter(
        models.Q(change_message__startswith="Saved as version") | models.Q(change_message="Added.")
    )
    last = 0
    monographs = model["Monograph"].objects.using(using).order_by("pk")
    while batch := list(monographs.filter(pk__gt=last).select_related("publication")[:500]):
        last = batch[-1].pk
        keys = [monograph.pk for monograph in batch]
        signed = {}
        editions = (
            model["Edition"].objects.using(using).filter(monograph__in=keys, review_of=models.F("number"))
        )
        for pk, at in editions.order_by("number").values_list("monograph_id", "published_at"):
            signed[pk] = at
        people = {pk: set() for pk in keys}
        for monograph in batch:
            publication = getattr(monograph, "publication", None)
            clean = publication and publication.review_of == publication.number
            if monograph.changed_by and not (clean and publication.desk_version == monograph.version):
                people[monograph.pk].add(monograph.changed_by)
        rows = saves.filter(object_id__in=[str(pk) for pk in keys])
        for pk, at, who in rows.values_list("object_id", "action_time", "user__username"):
            if at > signed.get(int(pk), at.replace(year=1)):
                people[int(pk)].add(who)
        model["Contributor"].objects.using(using).bulk_create(
            (
                model["Contributor"](monograph_id=pk, who=who)
                for pk, names in people.items()
                for who in sorted(names)
            ),
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("drugs", "0007_lists_of_the_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contributor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(help_text="The account or the command, as text.", max_length=200)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("signed_in", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "monograph",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributors",
                        to="drugs.monograph",
                    ),
                ),
            ],
            options={"ordering": ["monograph", "since", "id"], "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="DeskRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("document", models.TextField(help_text="Canonical JSON, as in an edition.")),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.CharField(blank=True, max_length=200)),
                (
                    "monograph",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="drugs.monograph",
                    ),
                ),
            ],
            options={"ordering": ["monograph", "version"], "default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.UniqueConstraint(
                fields=("monograph", "who"), condition=models.Q(("signed_in", None)), name="contributor_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="deskrevision",
            constraint=models.UniqueConstraint(
                fields=("monograph", "version"), name="deskrevision_version_once"
            ),
        ),
        migrations.AlterField(
            model_name="edition",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=20),
        ),
        RemoveForGood(model_name="edition", name="edition_kind_known"),
        AddForGood(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", KINDS)), name="edition_kind_known"
            ),
        ),
        # SQLite has made the table of editions anew, and its triggers are gone.
        migrations.RunPython(_triggers.install, _triggers.install),
        migrations.RunPython(note_contributors, migrations.RunPython.noop),
    ]
