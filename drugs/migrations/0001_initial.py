import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import drugs.models.fields
from drugs.migrations import _fulltext, _triggers


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SiteText",
            fields=[
                ("key", models.CharField(editable=False, max_length=40, primary_key=True, serialize=False)),
                ("body", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "site text",
                "ordering": ["key"],
            },
        ),
        migrations.CreateModel(
            name="Monograph",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The last part of the page's address. It is fixed once the page has been published.",
                        max_length=255,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9_-]{1,255}\\Z",
                                "An address may hold only a-z, 0-9, - and _, at most 255 of them.",
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                ("title", models.CharField(help_text="The name at the top of the page.", max_length=500)),
                (
                    "language",
                    models.CharField(
                        default="en", help_text="Language of the text, such as en or pt-BR.", max_length=35
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("ai_or_crowd", "AI-generated or crowd-sourced"),
                            ("editorial", "written by editors"),
                            ("label", "a regulator's label"),
                        ],
                        default="ai_or_crowd",
                        help_text="Where the text came from. Readers are told as long as nobody has reviewed the page.",
                        max_length=20,
                    ),
                ),
                ("sameness", models.CharField(db_index=True, editable=False, max_length=500)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "changed_by",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="An account's name, or a command.",
                        max_length=200,
                    ),
                ),
                (
                    "submitted_version",
                    models.PositiveIntegerField(
                        editable=False,
                        help_text="The version handed in for review; any later save takes it back.",
                        null=True,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("submitted_by", models.CharField(blank=True, editable=False, max_length=200)),
            ],
            options={
                "ordering": ["title", "slug"],
                "permissions": [
                    ("publish_monograph", "Can review, publish, withdraw and restore monographs")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="monograph_slug_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="monograph_title_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["ai_or_crowd", "editorial", "label"])),
                        name="monograph_origin_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(help_text="Last folder and name of the file.", max_length=1000)),
                (
                    "old_address",
                    models.CharField(db_index=True, help_text="Last folder and stem.", max_length=600),
                ),
                ("format", models.CharField(max_length=20)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "reader",
                    models.CharField(help_text="Version of the reader that understood it.", max_length=20),
                ),
                ("desk_sha256", models.CharField(max_length=64)),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "monograph",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_record",
                        to="drugs.monograph",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "document",
                    models.TextField(help_text="Canonical JSON: text, since a JSON column would reorder it."),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("typo", "typo"),
                            ("clarity", "clarity"),
                            ("evidence", "evidence"),
                            ("safety", "safety"),
                            ("names", "names"),
                            ("import", "import"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("reviewed_by", models.CharField(blank=True, max_length=200)),
                ("reviewer_role", models.CharField(blank=True, max_length=200)),
                ("reviewed_on", models.DateField(blank=True, null=True)),
                ("review_due", models.DateField(blank=True, null=True)),
                (
                    "review_of",
                    models.PositiveIntegerField(
                        blank=True, help_text="Number of the edition that the review was of.", null=True
                    ),
                ),
                (
                    "previous",
                    models.CharField(
                        blank=True, help_text="The record of the edition before.", max_length=64
                    ),
                ),
                ("record", models.CharField(max_length=64, unique=True)),
                (
                    "monograph",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="drugs.monograph",
                    ),
                ),
            ],
            options={
                "ordering": ["monograph", "number"],
            },
        ),
        migrations.CreateModel(
            name="DrugName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("text", models.CharField(max_length=500, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("generic", "generic"),
                            ("brand", "brand"),
                            ("synonym", "synonym"),
                            ("abbreviation", "abbreviation"),
                            ("misspelling", "misspelling"),
                        ],
                        help_text="Misspellings are found by search and never shown.",
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("page", "a page that was imported"),
                            ("list", "a list of names"),
                            ("editor", "an editor"),
                        ],
                        default="editor",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "monograph",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drugs.monograph"),
                ),
            ],
            options={
                "verbose_name": "name",
                "ordering": ["position", "id"],
                "abstract": False,
                "default_related_name": "names",
            },
        ),
        migrations.CreateModel(
            name="ClassOfDrug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("name", models.CharField(max_length=500, verbose_name="class")),
                ("atc", models.CharField(blank=True, max_length=10, verbose_name="ATC code")),
                (
                    "monograph",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drugs.monograph"),
                ),
            ],
            options={
                "verbose_name": "class",
                "verbose_name_plural": "classes",
                "ordering": ["position", "id"],
                "abstract": False,
                "default_related_name": "classes",
            },
        ),
        migrations.CreateModel(
            name="Paragraph",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(db_index=True, max_length=16)),
                (
                    "monograph",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paragraphs",
                        to="drugs.monograph",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=255, unique=True)),
                ("title", models.CharField(max_length=500)),
                ("letter", models.CharField(max_length=1)),
                ("sort_key", models.CharField(max_length=500)),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Number and hash of the edition, so that a lost one shows."
                    ),
                ),
                (
                    "desk_version",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="The desk's version that was published; a higher one there is not public yet.",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("ai_or_crowd", "ai or crowd"),
                            ("editorial", "editorial"),
                            ("label", "label"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reviewed_by", models.CharField(blank=True, max_length=200)),
                ("reviewer_role", models.CharField(blank=True, max_length=200)),
                ("reviewed_on", models.DateField(blank=True, null=True)),
                ("review_due", models.DateField(blank=True, null=True)),
                ("review_of", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "summary",
                    models.CharField(
                        blank=True, help_text="First sentence of what it is used for.", max_length=300
                    ),
                ),
                ("classes", drugs.models.fields.LinesField(default=list)),
                ("ingredients", drugs.models.fields.LinesField(default=list)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="drugs.edition"
                    ),
                ),
                (
                    "monograph",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="drugs.monograph",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedClass",
            fields=[
                ("slug", models.CharField(max_length=80)),
                ("letter", models.CharField(max_length=1)),
                ("name", models.CharField(max_length=80)),
                ("sort_key", models.CharField(help_text="That of the publication.", max_length=500)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "publication_id",
                        "slug",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("atc", models.CharField(blank=True, max_length=10)),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="in_classes",
                        to="drugs.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedEffect",
            fields=[
                ("slug", models.CharField(max_length=80)),
                ("letter", models.CharField(max_length=1)),
                ("name", models.CharField(max_length=80)),
                ("sort_key", models.CharField(help_text="That of the publication.", max_length=500)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "publication_id",
                        "slug",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("band", models.PositiveSmallIntegerField()),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="effects",
                        to="drugs.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedIngredient",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "publication_id",
                        "folded",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("folded", models.CharField(max_length=500)),
                ("sort_key", models.CharField(help_text="That of the publication.", max_length=500)),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contains",
                        to="drugs.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("title", models.CharField(max_length=2000)),
                ("publisher", models.CharField(blank=True, max_length=2000)),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="address")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "accessed_on",
                    models.DateField(blank=True, help_text="The day on which a person read it.", null=True),
                ),
                (
                    "monograph",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drugs.monograph"),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "default_related_name": "references",
            },
        ),
        migrations.CreateModel(
            name="SearchName",
            fields=[
                ("key", models.BigAutoField(primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=500)),
                ("kind", models.CharField(max_length=20)),
                ("form", models.TextField()),
                ("whole", models.BooleanField()),
                ("sound", models.CharField(max_length=200)),
                ("names", models.PositiveSmallIntegerField(help_text="How many names the page has.")),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_names",
                        to="drugs.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchMark",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "mark",
                        "size",
                        "name_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("mark", models.CharField(max_length=80)),
                ("size", models.PositiveSmallIntegerField(help_text="Number of trigrams of the name.")),
                (
                    "name",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="drugs.searchname",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warning", "Most important warning"),
                            ("key_facts", "Key facts"),
                            ("uses", "What it is used for"),
                            ("do_not_take", "Who must not take it"),
                            ("precautions", "Precautions"),
                            ("pregnancy", "Pregnancy and breastfeeding"),
                            ("interactions", "Other medicines"),
                            ("food_alcohol", "Food, drink and alcohol"),
                            ("driving", "Driving and using machines"),
                            ("dosage", "How to take it"),
                            ("missed_dose", "If you miss a dose"),
                            ("overdose", "If you take too much"),
                            ("stopping", "Stopping it"),
                            ("side_effects", "Side effects"),
                            ("monitoring", "Check-ups and tests"),
                            ("how_it_works", "How it works"),
                            ("storage", "Storage"),
                            ("ingredients", "What it contains"),
                            ("faqs", "Common questions"),
                            ("other", "More information"),
                            ("notice", "Note from the source"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty to show the heading of the section's kind.",
                        max_length=2000,
                        verbose_name="own heading",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True, help_text="Markdown. Headings inside a section start at ####."
                    ),
                ),
                (
                    "monograph",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drugs.monograph"),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "default_related_name": "sections",
            },
        ),
        migrations.CreateModel(
            name="SideEffect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("name", models.CharField(help_text="Inline Markdown.", max_length=2000)),
                ("description", models.TextField(blank=True)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("common", "common"),
                            ("less_common", "less common"),
                            ("serious", "serious"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True,
                        help_text="The words under which the source lists it.",
                        max_length=2000,
                        verbose_name="heading in the source",
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("very_common", "More than 10 in 100 people"),
                            ("common", "1 to 10 in 100 people"),
                            ("uncommon", "1 to 10 in 1,000 people"),
                            ("rare", "1 to 10 in 10,000 people"),
                            ("very_rare", "Fewer than 1 in 10,000 people"),
                            ("not_known", "It is not known how many people"),
                            ("not_stated", "not stated by the source"),
                        ],
                        default="not_stated",
                        help_text="By number, never by word alone.",
                        max_length=20,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("emergency", "emergency: call for help now"),
                            ("urgent", "urgent: medical help today"),
                            ("talk", "talk: tell a doctor or pharmacist"),
                            ("expected", "expected: often passes"),
                            ("unsorted", "nobody has sorted it yet"),
                        ],
                        default="unsorted",
                        help_text="What a reader should do.",
                        max_length=20,
                    ),
                ),
                (
                    "monograph",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drugs.monograph"),
                ),
            ],
            options={
                "verbose_name": "side effect",
                "ordering": ["position", "id"],
                "abstract": False,
                "default_related_name": "side_effects",
            },
        ),
        migrations.CreateModel(
            name="UnansweredQuery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        help_text="Small letters, without accents.", max_length=100, unique=True
                    ),
                ),
                ("count", models.PositiveIntegerField(help_text="About how often it was searched for.")),
                ("last_seen", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nothing", "nothing was found"),
                            ("similar", "only similar names were found"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "unanswered queries",
                "ordering": ["-count", "text"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("count__gte", 3)), name="unanswered_not_rare"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["nothing", "similar"])), name="unanswered_known_kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ingredient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("text", models.CharField(max_length=500, verbose_name="ingredient")),
                (
                    "monograph",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drugs.monograph"),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "default_related_name": "ingredients",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="ingredient_text_given"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FAQ",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("question", models.CharField(max_length=2000)),
                ("answer", models.TextField(blank=True)),
                (
                    "monograph",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="drugs.monograph"),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "common questions",
                "ordering": ["position", "id"],
                "abstract": False,
                "default_related_name": "faqs",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True), name="faq_question_given"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["kind", "published_at"], name="edition_news_by_date"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(fields=("monograph", "number"), name="edition_number_once"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="edition_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["typo", "clarity", "evidence", "safety", "names", "import"])
                ),
                name="edition_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", 1), ("previous", "")),
                    models.Q(("number__gt", 1), models.Q(("previous", ""), _negated=True)),
                    _connector="OR",
                ),
                name="edition_previous_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("review_due", None), ("review_of", None), ("reviewed_by", ""), ("reviewed_on", None)
                    ),
                    models.Q(
                        models.Q(("reviewed_by", ""), _negated=True),
                        ("review_due__isnull", False),
                        ("review_of__lte", models.F("number")),
                        ("reviewed_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="edition_review_whole_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="drugname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["generic", "brand", "synonym", "abbreviation", "misspelling"])
                ),
                name="drugname_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="drugname",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="drugname_text_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="classofdrug",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="classofdrug_name_given"
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["letter", "sort_key", "slug"], name="publication_by_letter"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["published_at"], name="publication_by_date"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["reviewed_on"], name="publication_by_review"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="publication_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None), models.Q(("withdrawn_reason", ""), _negated=True), _connector="OR"
                ),
                name="publication_withdrawn_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="publishedclass",
            index=models.Index(fields=["letter", "slug", "name", "atc"], name="class_by_letter"),
        ),
        migrations.AddIndex(
            model_name="publishedclass",
            index=models.Index(fields=["slug", "sort_key", "publication"], name="class_by_title"),
        ),
        migrations.AddIndex(
            model_name="publishedeffect",
            index=models.Index(fields=["letter", "slug", "name"], name="effect_by_letter"),
        ),
        migrations.AddIndex(
            model_name="publishedeffect",
            index=models.Index(
                fields=["slug", "band", "sort_key", "publication"], name="effect_by_frequency"
            ),
        ),
        migrations.AddIndex(
            model_name="publishedingredient",
            index=models.Index(fields=["folded", "sort_key", "publication"], name="ingredient_by_title"),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="reference_title_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "warning",
                            "key_facts",
                            "uses",
                            "do_not_take",
                            "precautions",
                            "pregnancy",
                            "interactions",
                            "food_alcohol",
                            "driving",
                            "dosage",
                            "missed_dose",
                            "overdose",
                            "stopping",
                            "side_effects",
                            "monitoring",
                            "how_it_works",
                            "storage",
                            "ingredients",
                            "faqs",
                            "other",
                            "notice",
                        ],
                    )
                ),
                name="section_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sideeffect",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="sideeffect_name_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="sideeffect",
            constraint=models.CheckConstraint(
                condition=models.Q(("group__in", ["common", "less_common", "serious", "other"])),
                name="sideeffect_group_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sideeffect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "frequency__in",
                        ["very_common", "common", "uncommon", "rare", "very_rare", "not_known", "not_stated"],
                    )
                ),
                name="sideeffect_frequency_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sideeffect",
            constraint=models.CheckConstraint(
                condition=models.Q(("urgency__in", ["emergency", "urgent", "talk", "expected", "unsorted"])),
                name="sideeffect_urgency_known",
            ),
        ),
        migrations.RunPython(_triggers.install, _triggers.remove),
        migrations.RunPython(_fulltext.create, _fulltext.drop),
    ]
