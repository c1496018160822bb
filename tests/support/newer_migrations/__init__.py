"""The migrations of a version that is yet to come: those there are, and one more."""

from drugs import migrations

__path__ = [*migrations.__path__, *__path__]
