"""The change log with several publishers at once: who reads a number has missed none before it."""

import threading

import pytest
from django.db import connection, transaction

from drugs import publishing
from drugs.models import PageChange
from tests.support.builders import make_monograph


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time.")
@pytest.mark.django_db(transaction=True)
def test_no_number_is_seen_before_a_lower_one():
    first, second = (make_monograph(slug=slug, title=slug.title(), names=()) for slug in ("first", "second"))
    written, may_end, done = threading.Event(), threading.Event(), threading.Event()

    def publish(monograph, after):
        try:
            with transaction.atomic():
                publishing.publish(monograph, by="test", kind="clarity", note="First text.")
                after()
            done.set()
        finally:
            connection.close()

    def wait():
        written.set()
        may_end.wait(20)

    threads = [
        threading.Thread(target=publish, args=args) for args in ((first, wait), (second, lambda: None))
    ]
    threads[0].start()
    assert written.wait(20)
    threads[1].start()
    assert not done.wait(0.3) and not PageChange.objects.exists()
    may_end.set()
    for thread in threads:
        thread.join()
    assert list(PageChange.objects.order_by("number").values_list("number", "publication__slug")) == [
        (1, "first"),
        (2, "second"),
    ]
