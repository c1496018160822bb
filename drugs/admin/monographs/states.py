"""The state of a monograph's text on the desk: draft, submitted for review, or as published."""

from typing import NamedTuple

from drugs.models import Monograph


class State(NamedTuple):
    key: str
    words: str


STATES = {
    "draft": State("draft", "draft, not public yet"),
    "submitted": State("submitted", "waiting for review"),
    "same": State("same", "as published"),
}


def state(monograph: Monograph) -> State:
    publication = monograph.publication_or_none
    if publication and publication.desk_version == monograph.version:
        return STATES["same"]
    return STATES["submitted" if monograph.submitted else "draft"]
