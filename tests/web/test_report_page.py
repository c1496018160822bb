"""Problem report: the form, and what is kept of it; nothing about its writer."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from drugs import desk, publishing
from drugs.content import Section
from drugs.models import ProblemReport
from drugs.web import problem_reports
from tests.support.builders import make_document, make_monograph, publish_document
from tests.support.desk_posts import sent
from tests.support.public_pages import body, elements, main_text, strict
from tests.support.report_posts import ADDRESS, MINE, TEXT, THANKS, fill, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def publish_sections(publication, *sections):
    """Publishes another edition with these sections."""
    document = make_document(sections=sections, side_effects=(), faqs=())
    desk.write(document, by="writer", monograph=publication.monograph)
    publication.monograph.refresh_from_db()
    publishing.publish(publication.monograph, by="test", kind="clarity", note="Plainer.")
    publication.refresh_from_db()


def test_the_form_is_plain_strict_html_that_asks_for_no_person(client, django_assert_max_num_queries):
    publish_document()
    with django_assert_max_num_queries(4):
        response = client.get(ADDRESS)
    fields = {element.get("name") for element in elements(strict(response), "input", "select", "textarea")}
    assert response.status_code == 200
    assert fields - {None, "q"} == {"token", "website", "kind", "section", "message"}
    assert "Do not write your name, address or anything about your own health" in main_text(response)


@pytest.mark.parametrize("address", [ADDRESS, THANKS])
def test_no_copy_no_cookie_and_no_search_engine_keeps_it(client, address):
    publish_document()
    for response in (client.get(address), client.head(address)):
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
    assert '<meta name="robots" content="noindex">' in body(client.get(address))
    assert "Disallow: /report/\n" in body(client.get("/robots.txt"))


def test_sections_to_choose_are_those_of_the_current_edition(client):
    publication = publish_document()
    desk.write(
        make_document(sections=(*make_document().sections, Section("storage", "", "Dry."))),
        by="writer",
        monograph=publication.monograph,
    )
    choices = [option.get("value") for option in strict(client.get(ADDRESS)).iter("option")]
    assert choices == [
        "", "warning", "uses", "do-not-take", "pregnancy", "side-effects", "faqs", "overdose", "sources",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "gb",
            ["call 999 now", "Tell your doctor", "the Yellow Card scheme", "https://yellowcard.mhra.gov.uk"],
        ),
        ("intl", ["call your local emergency number now", "the medicines authority of your country"]),
    ],
)
def test_it_says_whom_to_call_and_who_collects_side_effects(client, settings, code, sentences):
    publish_document()
    settings.COUNTRY = code
    text = main_text(client.get(ADDRESS))
    assert all(sentence in text for sentence in sentences)
    assert sentences[-1] in main_text(client.get(THANKS))


def test_every_page_of_a_medicine_leads_to_it(client):
    publish_document()
    for address in ("/drugs/examplol/", "/drugs/examplol/history/1/"):
        page = strict(client.get(address))
        for part in (page.find(".//main"), page.find(".//footer")):
            assert "Report a problem" in [a.text for a in part.iter("a") if a.get("href") == ADDRESS], address
    assert ADDRESS not in body(client.get("/about/"))


def test_unknown_or_unpublished_is_404_and_withdrawn_410(client):
    publication = publish_document()
    make_monograph(slug="draftol")
    for slug in ("nowhere", "draftol"):
        for address in (f"/report/{slug}/", f"/report/{slug}/thanks/"):
            assert client.get(address).status_code == 404
        assert client.post(f"/report/{slug}/", {"message": "x"}, headers=MINE).status_code == 404
    publishing.withdraw(publication, reason="Under inquiry.", by="test")
    response = client.get(ADDRESS)
    assert (response.status_code, "Under inquiry." in main_text(response)) == (410, True)
    assert "no-store" in response.headers["Cache-Control"]


def test_nothing_else_can_be_done_there(client):
    publish_document()
    for method in (client.put, client.patch, client.delete, client.options, client.trace):
        assert method(ADDRESS).status_code == 405
    assert client.post(THANKS).status_code == 405


def test_a_report_is_kept_with_nothing_about_its_writer(clock):
    client = Client(enforce_csrf_checks=True)
    publication = publish_document()
    response = send(client, fill(client, clock, message=f"  {TEXT}\r\nSee the leaflet.\n"))
    assert (response.status_code, response["Location"]) == (302, THANKS)
    assert not response.cookies
    kept = ProblemReport.objects.values().get()
    assert timezone.now() - kept.pop("created_at") < datetime.timedelta(minutes=1)
    del kept["id"]
    assert re.fullmatch(r"[0-9a-f]{16}", kept.pop("token"))  # of the form, which sends once
    assert kept == {
        "monograph_id": publication.monograph_id,
        "number": 1,
        "sha256": publication.sha256,
        "section": "uses",
        "heading": "What it is used for",
        "kind": "wrong",
        "message": f"{TEXT}\nSee the leaflet.",
        "overflow": False,
        "state": "open",
        "outcome": "",
        "note": "",
        "closed_at": None,
        "closed_by": "",
    }
    assert "Thank you for your report" in main_text(client.get(THANKS))


def test_a_report_may_be_about_the_whole_page(client, clock):
    publish_document()
    assert send(client, fill(client, clock, section="")).status_code == 302
    assert ProblemReport.objects.get().heading == ""


def test_a_report_is_about_the_edition_that_its_writer_had_read(client, clock):
    publication = publish_document()
    before = publication.sha256
    fields = fill(client, clock, section="do-not-take")
    publish_sections(publication, Section("uses", "", "Pain."))
    wrong = send(client, fields | {"kind": ""})
    assert (wrong.status_code, "edition 1 of" in main_text(wrong)) == (400, True)
    assert send(client, sent(wrong) | {"kind": "wrong"}).status_code == 302
    kept = ProblemReport.objects.get()
    assert (kept.number, kept.sha256, kept.heading) == (1, before, "Who must not take it")


def test_a_page_withdrawn_meanwhile_still_takes_the_report(client, clock):
    publication = publish_document()
    fields = fill(client, clock)
    publishing.withdraw(publication, reason="Under inquiry.", by="test")
    assert send(client, fields | {"message": ""}).status_code == 400
    assert send(client, fields).status_code == 302
    assert client.get(THANKS).status_code == 200
    assert ProblemReport.objects.count() == 1


def test_the_same_words_within_an_hour_are_kept_once(client, clock):
    publish_document()
    publish_document(slug="otherol", title="Otherol")
    fields = fill(client, clock)
    assert [send(client, fields)["Location"] for _ in range(3)] == [THANKS] * 3
    assert ProblemReport.objects.count() == 1
    send(client, fill(client, clock) | {"section": "warning"})
    other = fill(client, clock, "/report/otherol/")
    assert send(client, other, address="/report/otherol/").status_code == 302
    assert ProblemReport.objects.count() == 3
    ProblemReport.objects.update(created_at=timezone.now() - problem_reports.HOUR)
    send(client, fill(client, clock))
    assert ProblemReport.objects.count() == 4


def test_a_form_sends_once_and_other_words_need_another(client, clock):
    publish_document()
    fields = fill(client, clock)
    send(client, fields)
    response = send(client, fields | {"message": "And the storage is wrong too."})
    assert response.status_code == 403 and "has already been sent" in main_text(response)
    again = sent(response)
    assert again["message"].strip() == "And the storage is wrong too." and again["token"] != fields["token"]
    clock(120)
    assert send(client, again).status_code == 302
    assert ProblemReport.objects.count() == 2
