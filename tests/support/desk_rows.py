"""Rows of every table that is not for readers: one of each, and each of their columns changed to something else."""

import datetime
import json
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from drugs import models as tables
from drugs.models.fields import LinesField
from drugs.models.imports import OUTCOMES

# What readers are shown is made of these alone. Notices of labels begin by their day, reads are readers' own.
FOR_READERS = {
    tables.Publication,
    tables.Edition,
    tables.PageChange,
    tables.PublishedClass,
    tables.PublishedEffect,
    tables.PublishedIngredient,
    tables.PublishedMentions,
    tables.SearchName,
    tables.SearchMark,
    tables.Tally,
    tables.Stamp,
    tables.SiteText,
    tables.SourceNotice,
    tables.DailyReads,
    tables.AuditEntry,
    tables.Checkpoint,
}
# Where a check of the database asks for more than a value of the column's kind.
VALUES: dict[str, Any] = {
    "likelyduplicate.first": lambda page: tables.Monograph.objects.order_by("pk").first(),
}
CHOICES = {"importresult.outcome": OUTCOMES, "problemreport.state": ("closed",)}


def desk_tables() -> list[type[models.Model]]:
    """Every table but those for readers, accounts included."""
    models = [get_user_model(), *apps.get_app_config("drugs").get_models()]
    return [model for model in models if model not in FOR_READERS]


def add_rows(monograph: tables.Monograph) -> None:
    """A row of each of these tables that has none yet, about `monograph` where it is about one."""
    for model in desk_tables():
        if not model.objects.exists():
            fields = [field for field in model._meta.concrete_fields if not field.auto_created]
            model.objects.create(**{field.name: _value(field, monograph) for field in fields})


def _value(field, monograph):
    if special := VALUES.get(_name(field)):
        return special(monograph)
    if isinstance(field, models.ForeignKey):
        return monograph if field.related_model is tables.Monograph else field.related_model.objects.first()
    return _another(field, None)


def _name(field):
    return f"{field.model._meta.model_name}.{field.name}"


def change_all() -> int:
    """Every column of every row of these tables changed, but keys: how many columns."""
    changed = 0
    for model in desk_tables():
        for row in model.objects.all():
            columns = {
                field.attname: _another(field, getattr(row, field.attname))
                for field in model._meta.concrete_fields
                if not field.primary_key and not field.is_relation
            }
            columns = {name: value for name, value in columns.items() if value is not None}
            model.objects.filter(pk=row.pk).update(**columns)
            changed += len(columns)
    return changed


def _another(field, value):
    """What a column may hold besides `value`; None where it may hold nothing else."""
    if choices := CHOICES.get(_name(field)) or [choice for choice, _ in field.choices or ()]:
        return next((choice for choice in choices if choice not in (value, "")), None)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) + datetime.timedelta(days=1)
    if isinstance(field, models.DateField):
        return (value or timezone.localdate()) + datetime.timedelta(days=1)
    if isinstance(field, models.IntegerField):
        return (value or 9) + 1
    if isinstance(field, models.BinaryField):
        return b"other"
    if isinstance(field, models.JSONField):
        return {"other": 1}
    if isinstance(field, LinesField):
        return ["Other"]
    if field.name == "document":
        return json.dumps({"title": "Other"})
    return f"other {value or ''}".strip()[: field.max_length]
