"""What an upgrade of the image takes as proof: a backup after which nothing was done that it does not hold."""

import pytest
from django.core.management import call_command

from drugs import audit
from medinfo.container import why_not_proved
from tests.support.builders import publish_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def last(tmp_path):
    publish_document()
    call_command("backup", tmp_path / "last.gz")
    return tmp_path / "last.gz"


def test_a_backup_proves_an_upgrade_until_the_next_act(last):
    assert not why_not_proved(last)
    publish_document(slug="another", title="Anotherol")
    assert "something was done since the backup" in why_not_proved(last)


def test_other_backups_take_nothing_from_a_proof(last):
    call_command("backup", last.with_name("of-a-night.gz"))
    audit.record("checkpoint", "checkpoint_key", "of another day")
    assert not why_not_proved(last)
    last.rename(last.with_name("older.gz"))
    assert why_not_proved(last.with_name("older.gz"))
