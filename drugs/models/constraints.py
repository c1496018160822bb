"""Choices and check constraints of columns, said once for models and database."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q


def choices_of(values: Iterable[str]) -> list[tuple[str, str]]:
    """Each of `values` as a choice, with its words for people: "less_common" is "less common"."""
    return [(value, value.replace("_", " ")) for value in values]


def one_of_check(model: str, field: str, values: Iterable[str]) -> models.CheckConstraint:
    """The column holds one of `values`. `model` is the name of the class in small letters."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": list(values)}), name=f"{model}_{field}_known"
    )


def not_blank_check(model: str, field: str) -> models.CheckConstraint:
    """The column holds no empty text."""
    return models.CheckConstraint(condition=~Q(**{field: ""}), name=f"{model}_{field}_given")
