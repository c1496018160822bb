"""A column for a list of lines."""

from django.db import models


class LinesField(models.TextField):
    """A list of texts without line breaks, kept one a line: lists read it, and no database searches in it.

    Not a JSONField, whose system check writes to the database and so fails with another's words when that
    is locked.
    """

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if isinstance(value, str):
            return value.split("\n") if value else []
        return value

    def get_prep_value(self, value):
        return value if isinstance(value, str) else "\n".join(value)
