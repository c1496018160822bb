"""The worklist of problem reports: list filters, outcomes, diffs, and what the reports remember."""

import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from drugs import desk, publishing
from drugs.content import DrugClass, Section
from drugs.models import ProblemReport
from drugs.web import problem_reports
from tests.support.builders import make_document, make_report, publish_document
from tests.support.desk_posts import change_address, make_person, sent
from tests.support.public_pages import body

pytestmark = pytest.mark.django_db
LIST = "/admin/drugs/problemreport/"


@pytest.fixture
def edith(client):
    person = make_person("edith", "Editors", first_name="Edith", last_name="Ek")
    client.force_login(person)
    return person


def address(report):
    return reverse("admin:drugs_problemreport_change", args=[report.pk])


def listed(client, query=""):
    """The medicines in the list, in order."""
    response = client.get(LIST + query)
    assert response.status_code == 200
    return [report.monograph.title for report in response.context["cl"].result_list]


def answer(client, report, **fields):
    return client.post(address(report), sent(client.get(address(report))) | fields)


# The list


def test_thirty_reports_are_listed_oldest_first_with_few_queries(
    client, edith, django_assert_max_num_queries
):
    for number in range(30):
        publication = publish_document(slug=f"drug-{number}", title=f"Drug {number:02}")
        report = make_report(publication.monograph, message=f"Report {number}")
        report.created_at -= datetime.timedelta(days=number)
        if number % 3 == 0:
            problem_reports.close_report(report, "corrected", by="pat")
        report.save()
    client.get(LIST)
    with django_assert_max_num_queries(12):
        titles = listed(client)
    assert titles[:2] == ["Drug 29", "Drug 28"]
    assert titles[-10:] == [f"Drug {number:02}" for number in range(27, -1, -3)]
    page = body(client.get(LIST + "?list=open"))
    assert "20 problem reports" in page and "4\xa0weeks" in page


def test_the_list_is_filtered_as_editors_think(client, edith):
    examplol = publish_document().monograph
    statins = (DrugClass("Statins"), DrugClass("Statins"))
    other = publish_document(slug="4-other", title="4-Otherol", origin="label", names=(), classes=statins)
    closed = make_report(other.monograph, kind="missing", message="Nothing on grapefruit.")
    problem_reports.close_report(closed, "no_change", by="pat")
    closed.save()
    make_report(examplol)
    for query in (
        "?list=open", "?kind__exact=wrong", "?origin=ai_or_crowd", "?class=Beta+blockers", "?letter=e",
        "?q=xamp", "?q=headaches", f"?monograph__id__exact={examplol.pk}",
    ):  # fmt: skip
        assert listed(client, query) == ["Examplol"], query
    for query in (
        "?list=closed", "?outcome__exact=no_change", "?origin=label", "?class=Statins", "?letter=0",
        "?q=grapefruit", "?q=4-other",
    ):  # fmt: skip
        assert listed(client, query) == ["4-Otherol"], query
    for nonsense in ("?letter=%00", "?class=%00", "?origin=x", "?letter=%25%25"):
        assert len(listed(client, nonsense)) == 2, nonsense


def test_an_action_closes_spam_and_each_report_remembers_by_whom(client, edith):
    monograph = publish_document().monograph
    spam = [make_report(monograph, message=f"Buy {number}") for number in range(3)]
    settled = make_report(monograph)
    problem_reports.close_report(settled, "corrected", by="pat")
    settled.save()
    chosen = [str(report.pk) for report in [*spam, settled]]
    fields = {"action": "close_as_no_report", "_selected_action": chosen}
    page = client.post(LIST, fields, follow=True)
    assert "Closed as not a report: 3." in body(page)
    assert set(ProblemReport.objects.values_list("outcome", "closed_by")) == {
        ("no_report", "edith"),
        ("corrected", "pat"),
    }
    logged = LogEntry.objects.filter(user=edith)
    assert sorted(logged.values_list("object_id", flat=True)) == sorted(str(report.pk) for report in spam)
    assert {entry.get_change_message() for entry in logged} == {
        "Closed: not a report (spam, or about something else)."
    }


# One report


def test_a_report_stands_beside_the_section_it_is_about(client, edith):
    monograph = publish_document().monograph
    report = make_report(monograph, message="Not <b>that</b>.\n\nBut this.")
    page = body(client.get(address(report)))
    assert "Not &lt;b&gt;that&lt;/b&gt;.\n\nBut this." in page
    assert "It lowers high blood pressure." in page and "Do not stop it suddenly." not in page
    assert "Readers still see this edition." in page
    assert f'href="{change_address(monograph)}"' in page
    assert f"/admin/drugs/monograph/{monograph.pk}/edition/1/#uses" in page
    assert client.get(f"/admin/drugs/monograph/{monograph.pk}/edition/1/").status_code == 200


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("side-effects", "Swelling of the face"),
        ("side-effects", "Report anything unusual."),
        ("faqs", "Not until you know"),
        ("sources", "Examplol leaflet"),
        ("warning", "Do not stop it suddenly."),
        ("", "about the whole page"),
        ("gone", "This section cannot be shown."),
    ],
)
def test_every_section_that_readers_can_choose_is_shown(client, edith, section, words):
    report = make_report(publish_document().monograph, section=section)
    assert words in body(client.get(address(report)))


def test_a_report_shows_the_diff_since_its_edition(client, edith):
    publication = publish_document()
    report = make_report(publication.monograph)
    sections = (Section("uses", "", "It lowers blood pressure."), *make_document().sections[2:])
    monograph = desk.write(make_document(sections=sections), by="writer", monograph=publication.monograph)
    publishing.publish(monograph, by="test", kind="clarity", note="Plainer.")
    page = body(client.get(address(report)))
    assert "Readers see edition 2 of" in page and "since edition 1" in page
    assert "It lowers high blood pressure." in page
    assert "1 (now 2)" in body(client.get(LIST))
    publication.refresh_from_db()
    publishing.withdraw(publication, reason="Under inquiry.", by="test")
    assert "The page was withdrawn on" in body(client.get(address(report)))


def test_a_report_on_a_missing_edition_can_still_be_closed(client, edith):
    report = make_report(publish_document().monograph, number=7)
    assert "This edition is not in the database." in body(client.get(address(report)))
    assert answer(client, report, outcome="passed_on").status_code == 302


def test_an_editor_says_what_came_of_it_and_may_open_it_again(client, edith):
    report = make_report(publish_document().monograph)
    assert answer(client, report, outcome="corrected", note="Edition 2.").status_code == 302
    report.refresh_from_db()
    assert (report.state, report.outcome, report.note) == ("closed", "corrected", "Edition 2.")
    assert report.closed_by == "edith" and timezone.now() - report.closed_at < datetime.timedelta(minutes=1)
    assert "By Edith Ek on" in body(client.get(address(report)))
    before = report.closed_at
    client.force_login(make_person("zoe", "Editors"))
    answer(client, report, note="Edition 3.")
    report.refresh_from_db()
    assert (report.closed_by, report.closed_at, report.note) == ("edith", before, "Edition 3.")
    answer(client, report, outcome="")
    report.refresh_from_db()
    assert (report.state, report.outcome, report.closed_at, report.closed_by) == ("open", "", None, "")
    said = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert said == ["Closed: the page was corrected. Note changed.", "Note changed.", "Opened."]


def test_the_readers_words_can_be_removed_and_never_rewritten(client, edith):
    report = make_report(publish_document().monograph, message="I am Jane Roe of 5 Elm Street.")
    answer(client, report, message="x", kind="other", number="9", monograph="9", closed_by="x")
    report.refresh_from_db()
    assert (report.message, report.kind, report.number) == ("I am Jane Roe of 5 Elm Street.", "wrong", 1)
    answer(client, report, remove_words="on")
    page = body(client.get(address(report)))
    assert "Jane Roe" not in page and "An editor removed these words" in page
    assert "id_remove_words" not in page
    assert "Jane Roe" not in str(list(LogEntry.objects.values()))


@pytest.mark.parametrize("root", [False, True])
def test_nobody_adds_or_deletes_reports(client, edith, root):
    edith.is_superuser = root
    edith.save()
    report = make_report(publish_document().monograph)
    assert client.get(LIST + "add/").status_code == 403
    delete = reverse("admin:drugs_problemreport_delete", args=[report.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [str(report.pk)], "post": "yes"})
    assert ProblemReport.objects.count() == 1


def test_administrators_read_reports_and_cannot_close_them(client):
    client.force_login(make_person("adam", "Administrators"))
    report = make_report(publish_document().monograph)
    page = body(client.get(address(report)))
    assert "It is not for headaches." in page and "Read edition" not in page
    assert client.post(address(report), {"outcome": "corrected"}).status_code == 403
    client.post(LIST, {"action": "close_as_no_report", "_selected_action": [str(report.pk)]})
    assert ProblemReport.objects.get().state == "open"


def test_the_desk_says_how_many_reports_are_open(client, edith):
    monograph = publish_document().monograph
    assert "from readers</a>" not in body(client.get(change_address(monograph)))
    make_report(monograph)
    assert ">1 open report from readers</a>" in body(client.get(change_address(monograph)))


def test_the_optimistic_lock_keeps_two_editors_answers_apart(client, edith):
    report = make_report(publish_document().monograph)
    mine = sent(client.get(address(report))) | {"outcome": "corrected", "note": "I mended it."}
    answer(client, report, outcome="no_change", note="The leaflet says the same.")
    page = body(client.post(address(report), mine))
    report.refresh_from_db()
    assert (report.outcome, report.note) == ("no_change", "The leaflet says the same.")
    assert "Edith Ek answered this report while you had it open" in page
    assert "no change is needed" in page and "The leaflet says the same." in page
    assert "I mended it." in page
    again = client.post(address(report), mine | {"seen": sent_seen(page)})
    report.refresh_from_db()
    assert again.status_code == 302 and (report.outcome, report.note) == ("corrected", "I mended it.")


def sent_seen(page):
    return re.search(r'name="seen" value="([^"]+)"', page)[1]
