"""What may somebody ask a list of the desk for? No regular expressions, and no more words than a person types."""

from django.contrib import admin

SEARCH_CHARS, SEARCH_WORDS = 200, 10


class DeskAdmin(admin.ModelAdmin):
    """The base of every screen of the desk: what an address asks for must not cost more than it can be worth."""

    def get_object(self, request, object_id, from_field=None):
        return super().get_object(request, object_id, from_field or None)  # `?_to_field=` names no field

    def lookup_allowed(self, lookup, value, request):
        # SQLite leaves them to Python, which may try one for hours.
        return not lookup.endswith("regex") and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, limit_search_words(search_term))


def limit_search_words(search_term):
    """As much of what was searched for as a person types."""
    return " ".join(search_term[:SEARCH_CHARS].split()[:SEARCH_WORDS])
