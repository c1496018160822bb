"""System checks of the database: what is wrong with what it holds is said with what to do about it."""

import pytest
from django.db import connection

from drugs.audit import triggers
from drugs.models import SiteText
from drugs.system_checks import database

pytestmark = pytest.mark.django_db


def test_missing_triggers_are_an_error_that_names_the_way_back():
    assert database.check_triggers(databases=["default"]) == []
    triggers.remove(connection)
    [error] = database.check_triggers(databases=["default"])
    assert error.id == "drugs.E001" and "drugs_edition_no_update" in error.msg
    assert "migrate --skip-checks" in error.hint


def test_a_site_for_which_nobody_is_responsible_is_warned_about():
    [warning] = database.check_contact(databases=["default"])
    assert warning.id == "drugs.W001" and "Site texts" in warning.hint
    SiteText.objects.filter(key="contact").update(body="The pharmacy.")
    assert database.check_contact(databases=["default"]) == []
