"""What a column may hold, said once for models and database."""

from django.db import models
from django.db.models import Q


def choices_of(values):
    return [(value, value.replace("_", " ")) for value in values]


def one_of_check(model, field, values):
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": list(values)}), name=f"{model}_{field}_known"
    )


def not_blank_check(model, field):
    return models.CheckConstraint(condition=~Q(**{field: ""}), name=f"{model}_{field}_given")
