"""List filters of the changelists: state, status for readers, origin, class and first letter of a monograph.

A changelist of something else than monographs says in its admin's `through` how its rows reach their monograph,
such as "monograph__", and may then use the same filters.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from drugs.admin.monographs import states
from drugs.models import ClassOfDrug, Monograph
from drugs.web.lists import LETTERS, letter_label

Choices = list[tuple[str, str]]  # of the value in the address and its label

PEOPLE = 100  # offered
CLASSES = 300  # offered while somebody types; any other class is found too


class MonographFilter(admin.SimpleListFilter):
    """The base of these filters: one of the choices that `lookups` offers; any other value filters nothing.

    A filter says in `condition` which rows a value of its parameter leaves.
    """

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Model],
        model_admin: admin.ModelAdmin,
    ) -> None:
        self.through = getattr(model_admin, "through", "")
        super().__init__(request, params, model, model_admin)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if value is None or value not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(self.condition(value))

    def condition(self, value: str) -> Q:
        raise NotImplementedError

    def of_monograph(self, **lookups: Any) -> Q:
        """A condition on the monographs of the rows, its lookups written as for Monograph itself."""
        return Q(**{f"{self.through}{name}": value for name, value in lookups.items()})


class StateFilter(MonographFilter):
    title = "text on the desk"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return [(item.key, item.words) for item in states.STATES.values()]

    def condition(self, key: str) -> Q:
        return states.condition(key, self.through)


class StatusFilter(MonographFilter):
    title = "status for readers"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return [
            ("none", "not published"),
            ("not_reviewed", "not reviewed"),
            ("reviewed", "reviewed"),
            ("overdue", "review overdue"),
            ("withdrawn", "withdrawn"),
        ]

    def condition(self, status: str) -> Q:
        today = timezone.localdate()
        conditions: dict[str, dict[str, Any]] = {
            "none": {"publication": None},
            "withdrawn": {"publication__withdrawn_at__isnull": False},
            "not_reviewed": {"publication__isnull": False, "publication__reviewed_on": None},
            "reviewed": {"publication__review_due__gt": today},
            "overdue": {"publication__review_due__lte": today},
        }
        public = Q() if status in ("none", "withdrawn") else self.of_monograph(publication__withdrawn_at=None)
        return public & self.of_monograph(**conditions[status])


class PersonFilter(MonographFilter):
    """Whoever changed the text last. It offers the active accounts of the desk; a command has no name here."""

    title = "last changed by"
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        people = (
            get_user_model().objects.filter(is_active=True, is_staff=True).order_by("last_name", "username")
        )
        names = [
            (person.get_username(), person.get_full_name() or person.get_username())
            for person in people[:PEOPLE]
        ]
        me = request.user.get_username()
        return [(me, "me"), *(pair for pair in names if pair[0] != me)]

    def condition(self, account: str) -> Q:
        return self.of_monograph(changed_by=account)


class OriginFilter(MonographFilter):
    title = "origin"
    parameter_name = "origin"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return list(Monograph._meta.get_field("origin").flatchoices)

    def condition(self, origin: str) -> Q:
        return self.of_monograph(origin=origin)


class ClassFilter(MonographFilter):
    """A combo box for the class, as there may be thousands. It offers the most frequent ones, with one query."""

    title = "class"
    parameter_name = "class"
    template = "admin/drugs/class_filter.html"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        names = ClassOfDrug.objects.values_list("name").annotate(pages=Count("pk"))
        return [(name, name) for name, _ in names.order_by("-pages", "name")[:CLASSES]]

    def has_output(self) -> bool:
        return bool(self.lookup_choices or self.value())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        name = (self.value() or "").replace("\0", "").strip()
        return queryset.filter(self.condition(name)) if name else queryset

    def condition(self, name: str) -> Q:
        # Not by a join: a page may have a class twice.
        return self.of_monograph(pk__in=ClassOfDrug.objects.filter(name__iexact=name).values("monograph"))

    def choices(  # type: ignore[override]  # its template is our own
        self, changelist: ChangeList
    ) -> Iterator[Mapping[str, Any]]:
        """The context of the template: the address without this filter, its other parameters, and the names."""
        others = [pair for pair in changelist.params.items() if pair[0] != self.parameter_name]
        yield {
            "name": self.parameter_name,
            "value": self.value() or "",
            "without": changelist.get_query_string(remove=[self.parameter_name]),
            "others": others,
            "offered": [name for name, _ in self.lookup_choices],
        }


class LetterFilter(MonographFilter):
    """The letter under which readers find the page, or would if it were published."""

    title = "letter"
    parameter_name = "letter"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Choices:
        return [(letter, letter_label(letter)) for letter in LETTERS]

    def condition(self, letter: str) -> Q:
        return self.of_monograph(letter=letter)
