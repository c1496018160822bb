"""Where does a monograph stand: on the desk, and for readers?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    key: str
    words: str


STATES = {
    "draft": State("draft", "draft, not public yet"),
    "submitted": State("submitted", "waiting for review"),
    "same": State("same", "as published"),
}


def publication_of(monograph):
    """The Publication of `monograph`, or None."""
    return getattr(monograph, "publication", None)


def state(monograph):
    """Where the text on the desk stands, as a State."""
    publication = publication_of(monograph)
    if publication and publication.desk_version == monograph.version:
        return STATES["same"]
    return STATES["submitted" if monograph.submitted else "draft"]
