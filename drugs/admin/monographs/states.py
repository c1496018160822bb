"""The state of a monograph's text on the desk: new, waiting for review, changed, as published, or withdrawn.

`state` says it of one monograph, `condition` of those that a list shows; both go by the same rules.
"""

from typing import NamedTuple

from django.db.models import F, Q

from drugs.models import Monograph


class State(NamedTuple):
    key: str
    words: str


STATES = {
    "new": State("new", "new draft, not public yet"),
    "changes": State("changes", "changes not public yet"),
    "submitted": State("submitted", "waiting for review"),
    "same": State("same", "as published"),
    "withdrawn": State("withdrawn", "withdrawn"),
}


def state(monograph: Monograph) -> State:
    """The state of one monograph: what was handed in waits for review, be its page new, public or withdrawn.

    A query, unless `publication` was joined.
    """
    publication = monograph.publication_or_none
    if monograph.submitted and not (publication and publication.desk_version == monograph.version):
        return STATES["submitted"]
    if not publication:
        return STATES["new"]
    if publication.withdrawn_at:
        return STATES["withdrawn"]
    return STATES["same" if publication.desk_version == monograph.version else "changes"]


def condition(key: str, through: str = "") -> Q:
    """The condition on monographs in the state `key`; `through` is the way to them, such as "monograph__"."""

    def of_monograph(**lookups):
        return Q(**{f"{through}{name}": value for name, value in lookups.items()})

    version = F(f"{through}version")
    as_published = of_monograph(publication__desk_version=version)
    handed_in = of_monograph(submitted_version__gte=1, submitted_version=version) & ~as_published
    new, public = of_monograph(publication=None), of_monograph(publication__withdrawn_at=None)
    conditions = {
        "new": new & ~handed_in,
        "changes": ~new & public & ~as_published & ~handed_in,
        "submitted": handed_in,
        "same": public & as_published,
        "withdrawn": of_monograph(publication__withdrawn_at__isnull=False) & ~handed_in,
    }
    return conditions[key]
