"""Problem reports: constraints of their table, and the purge of closed ones."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from drugs.models import ProblemReport
from drugs.web import problem_reports
from tests.support.builders import make_report, publish_document
from tests.support.clock import TODAY

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(12)))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("problemreport_kind_known", {"kind": "praise"}),
        ("problemreport_closed_whole_or_not", {"state": "lost"}),
        ("problemreport_message_given", {"message": ""}),
        ("problemreport_number_from_one", {"number": 0}),
        ("problemreport_closed_whole_or_not", {"state": "closed"}),
        ("problemreport_closed_whole_or_not", {"outcome": "corrected"}),
        ("problemreport_closed_whole_or_not", {"closed_by": "pat"}),
        (
            "problemreport_closed_whole_or_not",
            {"state": "closed", "outcome": "praised", "closed_at": NOW, "closed_by": "pat"},
        ),
    ],
)
def test_the_database_itself_refuses_half_a_report(name, values):
    monograph = publish_document().monograph
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_report(monograph, **values)


def close(report, days):
    problem_reports.close_report(report, "corrected", by="pat")
    report.closed_at = NOW - datetime.timedelta(days=days)
    report.save()


def purge(*options):
    out = io.StringIO()
    call_command("purge_reports", *options, stdout=out)
    return out.getvalue()


def test_closed_reports_are_purged_after_a_year_open_ones_never():
    monograph = publish_document().monograph
    opened, fresh, old = (make_report(monograph, message=text) for text in ("open", "fresh", "old"))
    ProblemReport.objects.update(created_at=NOW - datetime.timedelta(days=2000))
    close(fresh, 360)
    close(old, 370)
    assert purge("--dry-run") == "Reports closed at least 12 months ago and to be deleted: 1.\n"
    assert ProblemReport.objects.count() == 3
    assert purge() == "Reports closed at least 12 months ago and deleted: 1.\n"
    assert set(ProblemReport.objects.values_list("message", flat=True)) == {"open", "fresh"}
    assert purge("--months", "1").endswith("deleted: 1.\n")
    assert ProblemReport.objects.get() == opened


@pytest.mark.parametrize("months", ["-1", "9999999"])
def test_a_number_of_months_that_makes_no_sense_is_refused(months):
    with pytest.raises(CommandError, match="from 0 to 1200"):
        purge("--months", months)
