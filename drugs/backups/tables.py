"""Tables of a backup: which of them travel, in which order, and the serialisation of their rows as JSON.

Every table of every installed app travels, so that a new one is not forgotten, except those named here.
"""

import base64
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from drugs.models import (
    AuditEntry,
    Edition,
    OpenForm,
    PublishedClass,
    PublishedEffect,
    PublishedIngredient,
    PublishedMentions,
    SearchMark,
    SearchName,
    SiteText,
    Stamp,
    Tally,
)

# Written anew from the editions.
DERIVED: set[type[models.Model]] = {
    SearchName,
    SearchMark,
    PublishedEffect,
    PublishedClass,
    PublishedIngredient,
    PublishedMentions,
    Tally,
    Stamp,
}
# In which order the database wants the rows of a chain.
ORDER: dict[type[models.Model], tuple[str, ...]] = {
    Edition: ("monograph_id", "number"),
    AuditEntry: ("number",),
}
# Every database makes these itself, with keys of its own: whoever names one does so by its natural key.
OWN: set[type[models.Model]] = {ContentType, Permission}
# Whoever was logged in logs in again, and opens again what was open.
PASSING: set[type[models.Model]] = {OpenForm, Session}
# What a database holds when nobody has used it yet.
SHIPPED: set[type[models.Model]] = {SiteText, Group, Group.permissions.through}


def carried() -> list[type[models.Model]]:
    """Models of a backup: those whose rows travel."""
    left_out = DERIVED | OWN | PASSING
    return [model for model in _stored() if model not in left_out]


def emptied() -> list[type[models.Model]]:
    """Models of a restore: those whose rows go when another site takes this one's place."""
    return [model for model in _stored() if model not in OWN | DERIVED]


def _stored():
    installed = apps.get_models(include_auto_created=True)
    return [model for model in installed if model._meta.managed and not model._meta.proxy]


def migrations() -> list[str]:
    """Applied migrations, which made the tables that travel, by name such as `drugs.0001_initial`, sorted."""
    return _names(MigrationRecorder(connection).applied_migrations())


def own_migrations() -> list[str]:
    """Migrations of this version: the names of those that it makes the same tables with, sorted."""
    return _names(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _names(pairs):
    labels = {model._meta.app_label for model in carried()}
    return sorted(f"{app}.{name}" for app, name in pairs if app in labels)


class Table:
    """Serialiser of a model's rows as lists of JSON values, in the order of `columns`."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.label = model._meta.label_lower
        self.fields = [field for field in model._meta.concrete_fields if _is_column(field)]
        self.columns = [field.column for field in self.fields]

    def rows(self) -> Iterator[list[Any]]:
        """Every row, a few hundred read at a time."""
        rows = self.model._base_manager.order_by(*ORDER.get(self.model, ("pk",)))
        names = [field.attname for field in self.fields]
        writers = [_writer(field) for field in self.fields]
        for row in rows.values_list(*names).iterator(chunk_size=500):
            yield [write(value) for write, value in zip(writers, row, strict=True)]

    def read(self, row: Any) -> list[Any]:
        """Database values of a `row` of the file. Raises ValueError for one of another shape."""
        if not isinstance(row, list) or len(row) != len(self.fields):
            raise ValueError(f"a row of {self.label} has not {len(self.fields)} values")
        return [
            field.get_db_prep_save(_reader(field)(value), connection)
            for field, value in zip(self.fields, row, strict=True)
        ]


def _is_column(field):
    return field.column is not None and not field.generated


def _names_own(field):
    return field.is_relation and field.related_model in OWN


def _writer(field):
    if _names_own(field):
        keys = {row.pk: list(row.natural_key()) for row in field.related_model._base_manager.all().iterator()}
        return lambda value: None if value is None else keys[value]
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None else base64.b64encode(value).decode()
    return _plain


def _plain(value):
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _reader(field):
    if _names_own(field):
        return lambda value: None if value is None else _own_key(field.related_model, tuple(value))
    while field.is_relation:
        field = field.target_field
    return lambda value: None if value is None else field.to_python(value)


def _own_key(model, natural_key):
    try:
        return _own_keys(model)[natural_key]
    except KeyError:
        raise ValueError(f"this database knows no {model._meta.verbose_name} {natural_key}") from None


@cache
def _own_keys(model):
    return {row.natural_key(): row.pk for row in model._base_manager.all().iterator()}


def forget_own_keys() -> None:
    """Reset of the remembered keys, before another database, or the same one later, is read."""
    _own_keys.cache_clear()
