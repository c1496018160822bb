"""Publishing: the desk frozen into editions, one of them current, withdrawal and restoring.

Merging two pages on one medicine has a module of its own, `drugs.publishing.merging`.
"""

from drugs.publishing.editions import (
    Review,
    desk_differs,
    discard_changes,
    publish,
    publish_names,
    publish_new,
    restore,
)
from drugs.publishing.errors import Blocked, PublishingError, Unchanged
from drugs.publishing.locks import lock_publishing
from drugs.publishing.new_names import apart
from drugs.publishing.objections import CommandObjection, objection_to_command
from drugs.publishing.publications import publication_columns, withdraw
from drugs.publishing.signatures import signature_objection
from drugs.publishing.submissions import ask_for_changes, comment, kind_objection, submit

__all__ = [
    "signature_objection",
    "Blocked",
    "CommandObjection",
    "PublishingError",
    "Review",
    "Unchanged",
    "apart",
    "ask_for_changes",
    "comment",
    "desk_differs",
    "discard_changes",
    "kind_objection",
    "lock_publishing",
    "objection_to_command",
    "publication_columns",
    "publish",
    "publish_names",
    "publish_new",
    "restore",
    "submit",
    "withdraw",
]
