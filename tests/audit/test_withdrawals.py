"""Withdrawals of pages, read from the record of acts: when, why, and since when readers have the page again."""

import datetime

import pytest
from django.db import connection

from drugs import audit, publishing
from drugs.audit import withdrawals
from drugs.models import AuditEntry, Publication
from drugs.publishing.merging import merge
from tests.support.builders import publish_document

pytestmark = pytest.mark.django_db


def of(publication):
    """The withdrawals of one page."""
    return withdrawals.withdrawals_of_pages([Publication.objects.get(pk=publication.pk)])[publication.slug]


def test_a_page_that_was_never_withdrawn_has_no_withdrawals():
    publication = publish_document()
    publishing.withdraw(publish_document(slug="other", title="Otherol"), reason="Wrong.", by="test")
    assert of(publication) == ()


def test_a_withdrawal_has_its_day_and_reason_and_no_return():
    publication = publishing.withdraw(publish_document(), reason="A dose was wrong.", by="test")
    assert of(publication) == ((publication.withdrawn_at, "A dose was wrong.", None),)


def test_a_page_that_came_back_keeps_its_withdrawals_for_ever():
    publication = publish_document()
    publishing.withdraw(publication, reason="A dose was wrong.", by="test")
    second = publishing.restore(publication.edition, by="test", note="Right after all.")
    publishing.withdraw(publication, reason="Wrong again.", by="test")
    third = publishing.publish(publication.monograph, by="test", kind="safety", note="Mended.")
    first, last = of(publication)
    assert first[1:] == ("A dose was wrong.", second.published_at)
    assert last[1:] == ("Wrong again.", third.published_at)
    assert first.withdrawn_at < second.published_at < last.withdrawn_at < third.published_at


def test_a_reason_that_changed_meanwhile_is_a_withdrawal_of_its_own():
    publication = publish_document()
    publishing.withdraw(publication, reason="Under review.", by="test")
    publication = publishing.withdraw(publication, reason="No longer sold.", by="test")
    first, last = of(publication)
    assert (first.reason, first.returned_at) == ("Under review.", None)
    assert last == (publication.withdrawn_at, "No longer sold.", None)
    back = publishing.restore(publication.edition, by="test", note="Sold again.")
    assert [one.returned_at for one in of(publication)] == [back.published_at] * 2


def test_a_duplicate_is_a_withdrawn_page_too():
    publication, into = publish_document(), publish_document(slug="other", title="Otherol")
    merge(publication.monograph, into.monograph, by="test")
    (only,) = of(publication)
    assert (only.reason, only.returned_at) == ("Same medicine as Otherol.", None)


def test_a_page_withdrawn_before_acts_were_recorded_still_says_so():
    publication = publish_document()
    moment = datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)
    Publication.objects.update(withdrawn_at=moment, withdrawn_reason="Long ago.")
    assert of(publication) == ((moment, "Long ago.", None),)


def test_a_long_reason_is_whole_while_the_page_is_withdrawn():
    reason = "Wrong. " * (audit.DETAIL_CHARS // 5)
    publication = publishing.withdraw(publish_document(), reason=reason, by="test")
    assert of(publication)[0].reason == reason.strip()
    publishing.restore(publication.edition, by="test", note="Right after all.")
    assert of(publication)[0].reason.endswith(" …")


def test_a_clock_that_was_put_back_loses_no_return(monkeypatch):
    publication = publish_document()
    now = datetime.datetime(2030, 1, 2, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    publishing.withdraw(publication, reason="Wrong.", by="test")
    now -= datetime.timedelta(hours=1)
    back = publishing.restore(publication.edition, by="test", note="Right after all.")
    assert of(publication)[0].returned_at == back.published_at


def test_many_pages_take_two_queries(django_assert_num_queries):
    pages = [publish_document(slug=f"page-{number}", title=f"Page {number}") for number in range(8)]
    for page in pages[:4]:
        publishing.withdraw(page, reason="Wrong.", by="test")
    publishing.restore(pages[0].edition, by="test", note="Right after all.")
    pages = list(Publication.objects.all())
    with django_assert_num_queries(2):
        found = withdrawals.withdrawals_of_pages(pages)
    assert sorted(slug for slug in found if found[slug]) == [f"page-{number}" for number in range(4)]
    assert set(found) == {page.slug for page in pages}


def test_the_record_of_acts_is_found_by_its_index():
    query = AuditEntry.objects.filter(action="withdrawn", object__in=["examplol"])
    assert "auditentry_by_action" in query.explain() or connection.vendor != "sqlite"
