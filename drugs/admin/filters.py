"""Which pages does a list show: of which origin, which class, under which letter?

`through` is how a list of something else reaches its monographs, such as "monograph__".
"""

from django.contrib import admin
from django.db.models import Q

from drugs.lists import LETTERS, said
from drugs.models import Monograph


class MonographFilter(admin.SimpleListFilter):
    """One of the choices that it offers; anything else in the address filters nothing."""

    through = ""

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(self.condition(self.value()))

    def of_monograph(self, **lookups):
        return Q(**{f"{self.through}{name}": value for name, value in lookups.items()})


class OriginFilter(MonographFilter):
    title = "origin"
    parameter_name = "origin"

    def lookups(self, request, model_admin):
        return Monograph._meta.get_field("origin").choices

    def condition(self, origin):
        return self.of_monograph(origin=origin)


class ClassFilter(MonographFilter):
    """Offers the classes of the pages in the list: one query."""

    title = "class"
    parameter_name = "class"

    def lookups(self, request, model_admin):
        rows = model_admin.get_queryset(request).order_by()
        names = rows.values_list(f"{self.through}classes__name", flat=True).distinct()
        return [(name, name) for name in sorted(filter(None, names), key=str.casefold)]

    def condition(self, name):
        # Not by a join: a page may have a class twice.
        return self.of_monograph(pk__in=Monograph.objects.filter(classes__name=name).values("pk"))


class LetterFilter(MonographFilter):
    """The letter under which readers find the page, or would if it were published."""

    title = "letter"
    parameter_name = "letter"

    def lookups(self, request, model_admin):
        return [(letter, said(letter)) for letter in LETTERS]

    def condition(self, letter):
        titled = self.of_monograph(title__istartswith=letter)
        if letter == "0":
            titled = ~self.of_monograph(title__iregex="^[a-z]")
        return self.of_monograph(publication__letter=letter) | self.of_monograph(publication=None) & titled
