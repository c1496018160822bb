"""Objections to publishing by a command: what people withdrew, reviewed or never published stays as they left it."""

from enum import StrEnum

from drugs.models import Monograph
from drugs.publishing.editions import desk_differs


class CommandObjection(StrEnum):
    """Why no command publishes a desk by itself; as text, the words that a report says."""

    NEVER_PUBLISHED = "the page was never published"
    WITHDRAWN = "the page is withdrawn"
    REVIEWED = "the current edition is reviewed"


def objection_to_command(monograph: Monograph) -> CommandObjection | None:
    """The objection to a command that would publish the desk of `monograph`; None if there is none.

    A reviewed edition objects only to a desk that says something else. An importer of whole pages may pass over
    NEVER_PUBLISHED, since it brings all that the page will say.
    """
    publication = monograph.publication_or_none
    if publication is None:
        return CommandObjection.NEVER_PUBLISHED
    if publication.withdrawn_at:
        return CommandObjection.WITHDRAWN
    if publication.reviewed_on and desk_differs(monograph, publication):
        return CommandObjection.REVIEWED
    return None
