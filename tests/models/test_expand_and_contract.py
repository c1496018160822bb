"""Expand and contract: workers of the version before go on reading and adding while and after `migrate` runs.

So from migration 0014 on a new column of an old table has a `db_default` or may be empty, and nothing that an older
version names goes. What is to go goes in a version later than the one that stopped using it, and is named here.
"""

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

SINCE = "0014"
CONTRACTED: dict[str, str] = {}  # migration to the version that stopped using what it takes away
TAKING = (
    migrations.DeleteModel,
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def objections(operations):
    """Why workers of the version before would stumble over tables after `operations`, as sentences."""
    added = {
        operation.name_lower for operation in operations if isinstance(operation, migrations.CreateModel)
    }
    for operation in _flattened(operations):
        if getattr(operation, "model_name_lower", "") in added:
            continue  # a table that they do not know
        if isinstance(operation, TAKING):
            yield f"{operation.describe()}: the version before still names it."
        elif isinstance(operation, migrations.AddField | migrations.AlterField):
            field = operation.field
            may_be_left_out = field.null or field.many_to_many or field.db_default is not NOT_PROVIDED
            if isinstance(operation, migrations.AddField) and not may_be_left_out:
                yield f"{operation.describe()}: it needs a db_default, or the version before adds no row."


def _flattened(operations):
    for operation in operations:
        yield operation
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _flattened(operation.database_operations)


def test_new_migrations_let_old_workers_read_and_add():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {name: step for (app, name), step in loader.disk_migrations.items() if app == "drugs"}
    assert "0013_labels" in ours
    wrong = {
        name: list(objections(step.operations))
        for name, step in ours.items()
        if name >= SINCE and name not in CONTRACTED
    }
    assert not {name: sentences for name, sentences in wrong.items() if sentences}


@pytest.mark.parametrize(
    ("operation", "is_fine"),
    [
        (migrations.AddField("monograph", "x", models.TextField()), False),
        (
            migrations.AddField("monograph", "x", models.TextField(default="")),
            False,
        ),  # Django's, not the database's
        (migrations.AddField("monograph", "x", models.TextField(db_default="")), True),
        (migrations.AddField("monograph", "x", models.TextField(null=True)), True),
        (migrations.RemoveField("monograph", "title"), False),
        (migrations.RenameField("monograph", "title", "name"), False),
        (migrations.DeleteModel("Monograph"), False),
        (migrations.CreateModel("New", [("id", models.AutoField(primary_key=True))]), True),
    ],
)
def test_what_old_workers_stumble_over_is_seen(operation, is_fine):
    assert (not list(objections([operation]))) is is_fine


def test_a_column_of_a_new_table_is_nobodys_old_one():
    new = migrations.CreateModel("New", [("id", models.AutoField(primary_key=True))])
    assert not list(objections([new, migrations.AddField("new", "x", models.TextField())]))


@pytest.mark.django_db
def test_the_database_has_the_defaults_that_the_models_name():
    """A rebuilt table of SQLite may lose them."""
    for model in apps.get_app_config("drugs").get_models():
        named = [field for field in model._meta.concrete_fields if field.db_default is not NOT_PROVIDED]
        with connection.cursor() as cursor:
            columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
        defaults = {column.name: column.default for column in columns}
        assert not [field.name for field in named if defaults[field.column] is None], model
