"""Rows that all tests of a module find, made once: what a single test does to them is undone after it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rows_of_a_module(django_db_blocker) -> Iterator[None]:
    """A transaction around a module's tests, for a fixture of that scope that also asks for `django_db_setup`.

    Every test of the module finds the rows that are made within, whether it asks for them or not.
    """
    around = transaction.atomic()
    around._from_testcase = True  # as Django marks its own transactions around tests
    with django_db_blocker.unblock(), around:
        yield
        transaction.set_rollback(True)
