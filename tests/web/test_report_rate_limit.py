"""Rate limit of problem reports: by address, page and site, without keeping any address."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisConnectionError

from drugs.admin.worklists import lists_of
from drugs.models import ProblemReport
from drugs.web import problem_reports
from tests.support.builders import publish_document
from tests.support.desk_posts import sent
from tests.support.public_pages import main_text
from tests.support.report_posts import MINE, TEXT, fill, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def send_from(client, clock, address, number):
    return send(client, fill(client, clock, message=f"{TEXT} {number}"), REMOTE_ADDR=address)


@pytest.mark.parametrize("limit", ["FROM_ADDRESS", "FROM_ADDRESS_ON_PAGE"])
def test_beyond_the_rate_limit_is_429_and_the_text_stays(client, clock, monkeypatch, limit):
    publish_document()
    monkeypatch.setattr(problem_reports, limit, 2)
    assert [send_from(client, clock, "203.0.113.9", n).status_code for n in range(3)] == [302, 302, 429]
    response = send_from(client, clock, "203.0.113.9", 4)
    assert sent(response)["message"].strip() == f"{TEXT} 4"
    assert "send it in an hour" in main_text(response)
    assert response.headers["Retry-After"] == "3600"
    assert ProblemReport.objects.count() == 2
    # What is already there is not refused: its writer clicked twice.
    assert send_from(client, clock, "203.0.113.9", 1).status_code == 302
    ProblemReport.objects.update(created_at=timezone.now() - problem_reports.HOUR)
    cache.clear()
    assert send_from(client, clock, "203.0.113.9", 5).status_code == 302


@pytest.mark.parametrize("limit", ["ON_PAGE", "ON_SITE"])
def test_what_nobody_can_read_in_an_hour_is_kept_as_overflow(client, clock, monkeypatch, limit):
    publish_document()
    monkeypatch.setattr(problem_reports, limit, 2)
    monkeypatch.setattr(problem_reports, "MOST_OVERFLOW", 2)
    answers = [send_from(client, clock, f"203.0.113.{n}", n).status_code for n in range(5)]
    assert answers == [302, 302, 302, 302, 429]
    assert (
        list(ProblemReport.objects.order_by("pk").values_list("overflow", flat=True))
        == [False] * 2 + [True] * 2
    )
    open_list, overflow = lists_of(ProblemReport)["open"], lists_of(ProblemReport)["overflow"]
    assert (open_list.count(), overflow.count()) == (2, 2) and open_list.caution().startswith("2 more wait")


def test_two_addresses_close_no_form(client, clock):
    publish_document()
    for number in range(30):
        send_from(client, clock, f"203.0.113.{number % 2}", number)
    assert send_from(client, clock, "198.51.100.7", 99).status_code == 302
    assert not ProblemReport.objects.get(message=f"{TEXT} 99").overflow


def test_each_page_and_each_address_has_its_own_number(client, clock, monkeypatch):
    publish_document()
    publish_document(slug="otherol", title="Otherol")
    monkeypatch.setattr(problem_reports, "FROM_ADDRESS_ON_PAGE", 1)
    assert send_from(client, clock, "203.0.113.9", 1).status_code == 302
    assert send_from(client, clock, "203.0.113.9", 2).status_code == 429
    fields = fill(client, clock, "/report/otherol/")
    assert send(client, fields, address="/report/otherol/").status_code == 302
    monkeypatch.setattr(problem_reports, "FROM_ADDRESS_ON_PAGE", 9)
    monkeypatch.setattr(problem_reports, "FROM_ADDRESS", 1)
    assert send_from(client, clock, "203.0.113.9", 3).status_code == 429
    assert send_from(client, clock, "203.0.113.10", 3).status_code == 302


def test_one_household_is_one_address_and_a_claimed_one_is_none(client, clock, settings, monkeypatch):
    publish_document()
    monkeypatch.setattr(problem_reports, "FROM_ADDRESS", 1)
    assert send_from(client, clock, "2001:db8::1", 1).status_code == 302
    assert send_from(client, clock, "2001:db8::2:1", 2).status_code == 429
    assert send_from(client, clock, "2001:db8:0:1::1", 3).status_code == 302
    claimed = {**MINE, "x-forwarded-for": "198.51.100.1"}
    fields = fill(client, clock, message="Else.")
    assert send(client, fields, claimed, REMOTE_ADDR="2001:db8::1").status_code == 429
    settings.PROXIES = 1
    assert send(client, fields, claimed, REMOTE_ADDR="2001:db8::1").status_code == 302


def test_a_hospital_behind_one_address_can_report():
    assert problem_reports.FROM_ADDRESS >= 20


def test_no_address_is_kept_anywhere(client, clock, monkeypatch):
    publish_document()
    counted = []
    monkeypatch.setattr(cache, "incr", counted.append)
    send_from(client, clock, "203.0.113.9", 1)
    assert len(counted) == 2 and all(re.fullmatch(r"reports:[0-9a-f]{64}", key) for key in counted)
    assert "203.0.113.9" not in str(ProblemReport.objects.values().get())


def test_a_cache_that_is_down_stops_no_report(client, clock, monkeypatch):
    def down(*args, **kwargs):
        raise RedisConnectionError("down")

    publish_document()
    fields = fill(client, clock)
    for name in ("get", "add", "incr"):
        monkeypatch.setattr(cache, name, down)
    assert send(client, fields).status_code == 302
    assert ProblemReport.objects.count() == 1


def test_a_report_costs_a_bounded_number_of_queries(client, clock, django_assert_max_num_queries):
    publish_document()
    for number in range(30):
        send_from(client, clock, f"203.0.113.{number}", number)
    fields = fill(client, clock, message="One more.")
    with django_assert_max_num_queries(14 if connection.vendor == "sqlite" else 18):
        assert send(client, fields).status_code == 302
