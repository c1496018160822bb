"""Where does a monograph stand: on the desk, and for readers?"""

from dataclasses import dataclass

from django.contrib import admin
from django.db.models import F, Q
from django.utils import timezone

from drugs.models import Publication


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


class StateFilter(admin.SimpleListFilter):
    title = "text on the desk"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(item.key, item.words) for item in STATES.values()]

    def queryset(self, request, queryset):
        same = Q(publication__desk_version=F("version"))
        submitted = Q(submitted_version=F("version"))
        match self.value():
            case "same":
                return queryset.filter(same)
            case "submitted":
                return queryset.filter(submitted).exclude(same)
            case "draft":
                return queryset.exclude(same).exclude(submitted)
        return queryset


class StatusFilter(admin.SimpleListFilter):
    title = "status for readers"
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [
            ("none", "not published"),
            ("not_reviewed", "not reviewed"),
            ("reviewed", "reviewed"),
            ("overdue", "review overdue"),
            ("withdrawn", "withdrawn"),
        ]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(publication=None)
        if self.value() == "withdrawn":
            return queryset.filter(publication__withdrawn_at__isnull=False)
        today = timezone.localdate()
        conditions = {
            "not_reviewed": Q(reviewed_on=None),
            "reviewed": Q(review_due__gt=today),
            "overdue": Q(review_due__lte=today),
        }
        if self.value() not in conditions:
            return queryset
        return queryset.filter(publication__in=Publication.objects.public().filter(conditions[self.value()]))
