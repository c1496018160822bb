"""Every column of the tables that acts speak of: `verify` finds a value that was changed past the site.

A column that is neither proved nor named here, with the reason, fails: so a new one is thought of.
"""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.db.utils import DatabaseError
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from drugs.audit import triggers
from drugs.backups import integrity
from drugs.backups.tables import carried
from drugs.models import (
    Contributor,
    DeskRevision,
    DrugName,
    Monograph,
    OneTimePassword,
    PageChange,
    Publication,
)
from tests.support.witnessed_site import witnessed_site

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

THROTTLE = {"throttling_failure_timestamp", "throttling_failure_count", "created_at", "last_used_at", "name"}
# What no act proves, since it decides nothing that a reader meets, or who may do what.
NOT_PROVED = {
    # Derived from the text of the desk at the next save; a signature asks for the checks anew.
    Monograph: {"letter", "folded", "sameness", "blocks", "held_back"}
    # Where a text stands on its way: whoever signs reads it, and is held against the writers that acts name.
    | {"changed_at", "changed_by", "submitted_version", "submitted_at", "submitted_by", "sent_back_to"},
    DrugName: {"folded"},
    # The first entry. It leads to the page, and says nothing of it: the newest one on a page proves what that is now.
    PageChange: {"kind", "publication_id", "edition", "at"},
    # The lines of a list of saves; the texts themselves are proved, and who may not sign them.
    DeskRevision: {"saved_at", "saved_by"},
    Contributor: {"since", "who", "monograph_id", "signed_in"},  # those whose text a second person has signed
    # Of a page that is not withdrawn; and the file that it came from, which imports note beside the text.
    Publication: {"desk_version", "withdrawn_reason"}
    | {"source_path", "source_format", "source_sha256", "old_address"},
    get_user_model(): {"last_login", "email", "date_joined"},
    OneTimePassword: {"set_at"},
    TOTPDevice: THROTTLE | {"drift", "last_t"},  # written by each use
    StaticDevice: THROTTLE | {"confirmed"},
}
# Tables whose rows are made by what runs beside the texts: the record of acts is held against none of them.
NOT_ASKED = {LogEntry}


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker):
    with witnessed_site(django_db_blocker):
        yield


def other_values(field: models.Field, value: Any) -> Iterator[Any]:
    """Values that `field` could have instead of `value`."""
    if field.remote_field:
        yield from field.remote_field.model._base_manager.exclude(pk=value).values_list("pk", flat=True)[:2]
    elif isinstance(field, models.BooleanField):
        yield not value
    elif field.choices:
        yield from [choice for choice, _ in field.flatchoices if choice != value][:2]
    elif isinstance(field, models.DateField):
        yield value - datetime.timedelta(90) if value else datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    elif isinstance(field, models.IntegerField):
        yield (value or 0) + 100
    elif isinstance(field, models.JSONField):
        yield ["other"]
    else:
        yield f"x{value}"[: field.max_length]
    if field.null and value is not None:
        yield None


def unproved(model: type[models.Model], row: models.Model, field: models.Field) -> bool:
    """Whether `field` of `row` can be changed, with the triggers lifted meanwhile, and nothing is found."""
    for other in other_values(field, getattr(row, field.attname)):
        try:
            with transaction.atomic():
                triggers.remove(connection)
                model._base_manager.filter(pk=row.pk).update(**{field.attname: other})
                triggers.install(connection)
                fault = integrity.first_fault(integrity.PROOFS)
                transaction.set_rollback(True)
        except DatabaseError:
            continue  # the database itself has no such row
        if fault is None:
            return True
    return False


@pytest.mark.parametrize("model", carried(), ids=lambda model: model.__name__)
def test_a_changed_column_is_found_or_named_here(model):
    row = model._base_manager.order_by("pk").first()
    if row is None or model in NOT_ASKED:
        pytest.skip("The site has none, or no act speaks of it.")
    places = {"position"}  # the order says them, and is proved where there is more than one row
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.attname not in places
    ]
    found = {field.attname for field in fields if unproved(model, row, field)}
    assert found == NOT_PROVED.get(model, set())
