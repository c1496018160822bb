"""Which rows does a list show: in which state, of which origin and class, under which letter?

A list of something else than monographs says in `through` how its rows reach theirs, such as "monograph__".
"""

from django.contrib import admin
from django.db.models import Count, F, Q
from django.utils import timezone

from drugs.admin.monographs.states import STATES
from drugs.models import ClassOfDrug, Monograph
from drugs.web.lists import LETTERS, letter_label

CLASSES = 300  # offered while somebody types; any other class is found too


class MonographFilter(admin.SimpleListFilter):
    """One of the choices that it offers; anything else in the address filters nothing."""

    def __init__(self, request, params, model, model_admin):
        self.through = getattr(model_admin, "through", "")
        super().__init__(request, params, model, model_admin)

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(self.condition(self.value()))

    def of_monograph(self, **lookups):
        return Q(**{f"{self.through}{name}": value for name, value in lookups.items()})


class StateFilter(MonographFilter):
    title = "text on the desk"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(item.key, item.words) for item in STATES.values()]

    def condition(self, key):
        version = F(f"{self.through}version")
        same = self.of_monograph(publication__desk_version=version)
        submitted = self.of_monograph(submitted_version__gte=1, submitted_version=version)
        return {"same": same, "submitted": submitted & ~same, "draft": ~submitted & ~same}[key]


class StatusFilter(MonographFilter):
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

    def condition(self, status):
        today = timezone.localdate()
        conditions = {
            "none": {"publication": None},
            "withdrawn": {"publication__withdrawn_at__isnull": False},
            "not_reviewed": {"publication__isnull": False, "publication__reviewed_on": None},
            "reviewed": {"publication__review_due__gt": today},
            "overdue": {"publication__review_due__lte": today},
        }
        public = Q() if status in ("none", "withdrawn") else self.of_monograph(publication__withdrawn_at=None)
        return public & self.of_monograph(**conditions[status])


class OriginFilter(MonographFilter):
    title = "origin"
    parameter_name = "origin"

    def lookups(self, request, model_admin):
        return Monograph._meta.get_field("origin").choices

    def condition(self, origin):
        return self.of_monograph(origin=origin)


class ClassFilter(MonographFilter):
    """A box to type a class into: there may be thousands. It offers the most frequent ones, with one query."""

    title = "class"
    parameter_name = "class"
    template = "admin/drugs/class_filter.html"

    def lookups(self, request, model_admin):
        names = ClassOfDrug.objects.values_list("name").annotate(pages=Count("pk"))
        return [(name, name) for name, _ in names.order_by("-pages", "name")[:CLASSES]]

    def has_output(self):
        return bool(self.lookup_choices or self.value())

    def queryset(self, request, queryset):
        name = (self.value() or "").replace("\0", "").strip()
        return queryset.filter(self.condition(name)) if name else queryset

    def condition(self, name):
        # Not by a join: a page may have a class twice.
        return self.of_monograph(pk__in=ClassOfDrug.objects.filter(name__iexact=name).values("monograph"))

    def choices(self, changelist):
        """What the template needs: the address without this filter, its other parameters, and the names."""
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

    def lookups(self, request, model_admin):
        return [(letter, letter_label(letter)) for letter in LETTERS]

    def condition(self, letter):
        return self.of_monograph(letter=letter)
