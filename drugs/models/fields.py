"""Model fields: a list of lines in one text column, and a folded copy of a name."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from drugs.content.normalisation import MAX_CHARS, fold


class LinesField(models.TextField):
    """A list of texts without line breaks, kept one a line: lists read it, and no database searches in it.

    Not a JSONField, whose system check writes to the database and so fails with another's words when that
    is locked.
    """

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> list[str] | None:
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            return value.split("\n") if value else []
        return value

    def get_prep_value(self, value: str | list[str]) -> str:
        return value if isinstance(value, str) else "\n".join(value)


class FoldedField(models.CharField):
    """The text of the field `of` as search folds names, derived whenever a row is saved."""

    def __init__(self, of: str, **kwargs: Any):
        self.of = of
        kwargs = {"editable": False, "max_length": MAX_CHARS, **kwargs}
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = super().deconstruct()
        return name, path, [self.of], kwargs

    @staticmethod
    def folded(text: str) -> str:
        """What the field holds for `text`."""
        return fold(text)[:MAX_CHARS]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        setattr(model_instance, self.attname, self.folded(getattr(model_instance, self.of)))
        return getattr(model_instance, self.attname)
