"""A backup of a site with something of everything on it, made once a module."""

import shutil

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from drugs.models import Publication
from tests.support.backups import fill
from tests.support.module_rows import rows_of_a_module


@pytest.fixture(autouse=True)
def no_key_of_another_database_is_remembered():
    yield
    ContentType.objects.clear_cache()


@pytest.fixture(scope="module")
def backup(django_db_setup, django_db_blocker, tmp_path_factory):
    """A site with something of everything on it, and a backup of it, made once for all these tests."""
    path = tmp_path_factory.mktemp("backup") / "site.gz"
    with rows_of_a_module(django_db_blocker):
        fill()
        call_command("backup", path)
        yield path


@pytest.fixture
def filled(backup):
    return Publication.objects.get(slug="examplol")


@pytest.fixture
def copy(backup, tmp_path):
    path = tmp_path / "site.gz"
    shutil.copy(backup, path)
    return path
