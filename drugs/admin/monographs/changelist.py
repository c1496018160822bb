"""What stands in the lists of monographs, and how is one found there?"""

from django.contrib import admin, messages
from django.utils.html import format_html_join

from drugs.admin import filters, search
from drugs.admin.base import limit_search_words
from drugs.admin.monographs.states import publication_of, state
from drugs.admin.worklists import ListedAdmin, ListFilter


class MonographList(ListedAdmin):
    list_display = ["name", "slug", "on_the_desk", "for_readers", "review_due", "changed_at", "changed_by"]
    list_filter = [
        ListFilter,
        filters.StateFilter,
        filters.StatusFilter,
        filters.OriginFilter,
        filters.ClassFilter,
        filters.LetterFilter,
        "changed_at",
    ]
    list_select_related = ["publication", "import_record"]
    search_fields = ["folded"]  # shows the box; `get_search_results` answers
    search_help_text = "Title, address or any other name. If nothing is called that, similar names are shown."
    ordering = ["letter", "folded", "pk"]
    actions = None

    def get_search_results(self, request, queryset, search_term):
        search_term = limit_search_words(search_term)
        if not search_term:
            return queryset, False
        found, only_similar = search.find_monographs(queryset, search_term)
        if only_similar and found:
            words = f"Nothing here is called “{search_term}”. These public pages have similar names."
            self.message_user(request, words, messages.WARNING)
        return found, False

    @admin.display(description="title", ordering="folded")
    def name(self, monograph):
        return monograph.title

    @admin.display(description="on the desk", ordering="version")
    def on_the_desk(self, monograph):
        return state(monograph).words

    @admin.display(description="for readers", ordering="publication__number")
    def for_readers(self, monograph):
        publication = publication_of(monograph)
        if not publication:
            return "not published"
        return f"edition {publication.number}, {publication.status.replace('_', ' ')}"

    @admin.display(description="next review", ordering="publication__review_due")
    def review_due(self, monograph):
        publication = publication_of(monograph)
        return publication and publication.review_due

    @admin.display(description="handed in", ordering="submitted_at")
    def handed_in(self, monograph):
        return monograph.submitted_at

    @admin.display(description="handed in by", ordering="submitted_by")
    def handed_in_by(self, monograph):
        return monograph.submitted_by

    @admin.display(description="what the checks found", ordering="blocks")
    def reasons(self, monograph):
        return format_html_join("", "<p>{}</p>", ((reason,) for reason in monograph.held_back))

    @admin.display(description="imported", ordering="import_record__imported_at")
    def imported_at(self, monograph):
        return monograph.import_record.imported_at
