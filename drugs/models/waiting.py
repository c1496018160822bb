"""Which pages wait for an editor?"""

import datetime

from django.db import models
from django.db.models import F
from django.utils import timezone

DUE_DAYS = 60  # a review is prepared before it falls due


class MonographQuerySet(models.QuerySet):
    def waiting(self):
        """Handed in for review as they stand, and not published since."""
        # The number alone would do; it lets the database start from the few that were ever handed in.
        handed_in = self.filter(submitted_version__gte=1, submitted_version=F("version"))
        return handed_in.exclude(publication__desk_version=F("version"))

    def due(self):
        """Public, reviewed, and the next review is overdue or due within DUE_DAYS."""
        last = timezone.localdate() + datetime.timedelta(days=DUE_DAYS)
        return self.filter(publication__review_due__lte=last, publication__withdrawn_at=None)

    def held_back(self):
        """Those whose text the checks forbid to publish."""
        return self.filter(blocks__gte=1)

    def unopened(self):
        """Imported, and opened since by nobody who could change the text."""
        return self.filter(import_record__isnull=False, import_record__opened_at=None)
