"""Freezing the desk into editions, making one current, withdrawing, merging."""

from drugs.publishing.editions import Review, desk_differs, publish, publish_new, restore, submit
from drugs.publishing.errors import Blocked, PublishingError, Unchanged
from drugs.publishing.locks import lock_publishing
from drugs.publishing.publications import publication_columns, withdraw

__all__ = [
    "Blocked",
    "PublishingError",
    "Review",
    "Unchanged",
    "desk_differs",
    "lock_publishing",
    "publication_columns",
    "publish",
    "publish_new",
    "restore",
    "submit",
    "withdraw",
]
