"""Which tables travel in a backup, in which order, and how does a row become JSON and a row again?

Every table of every installed app travels, so that a new one is not forgotten, except those named here.
"""

import base64
from functools import cache

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
    PublishedClass,
    PublishedEffect,
    PublishedIngredient,
    SearchMark,
    SearchName,
    SiteText,
    Stamp,
    Tally,
)

# Written anew from the editions.
DERIVED = {SearchName, SearchMark, PublishedEffect, PublishedClass, PublishedIngredient, Tally, Stamp}
# In which order the database wants the rows of a chain.
ORDER = {Edition: ("monograph_id", "number"), AuditEntry: ("number",)}
# Every database makes these itself, with keys of its own: whoever names one does so by its natural key.
OWN = {ContentType, Permission}
# Whoever was logged in logs in again.
PASSING = {Session}
# What a database holds when nobody has used it yet.
SHIPPED = {SiteText, Group, Group.permissions.through}


def carried():
    """The models whose rows travel."""
    left_out = DERIVED | OWN | PASSING
    return [model for model in _stored() if model not in left_out]


def emptied():
    """The models whose rows go when another site takes this one's place."""
    return [model for model in _stored() if model not in OWN | DERIVED]


def _stored():
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def migrations():
    """The names of the migrations that made the tables that travel, such as `drugs.0001_initial`, sorted."""
    return _names(MigrationRecorder(connection).applied_migrations())


def own_migrations():
    """The names of those that this version makes the same tables with, sorted."""
    return _names(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _names(pairs):
    labels = {model._meta.app_label for model in carried()}
    return sorted(f"{app}.{name}" for app, name in pairs if app in labels)


class Table:
    """A model's rows as lists of JSON values."""

    def __init__(self, model):
        self.model = model
        self.label = model._meta.label_lower
        self.fields = [field for field in model._meta.concrete_fields if _is_column(field)]
        self.columns = [field.column for field in self.fields]

    def rows(self):
        """Yields every row, a few at a time."""
        rows = self.model._base_manager.order_by(*ORDER.get(self.model, ("pk",)))
        names = [field.attname for field in self.fields]
        writers = [_writer(field) for field in self.fields]
        for row in rows.values_list(*names).iterator(chunk_size=500):
            yield [write(value) for write, value in zip(writers, row, strict=True)]

    def read(self, row):
        """What the database is given for a `row` of the file. Raises ValueError for one of another shape."""
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


def forget_own_keys():
    """Before another database, or the same one later, is read."""
    _own_keys.cache_clear()
