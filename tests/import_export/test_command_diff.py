"""The option --diff of the import command: the word difference of each changed page as plain text."""

import pytest

from drugs import publishing
from drugs.content import Section
from drugs.models import Edition, Publication
from tests.import_export.test_page_import import put, run
from tests.support.builders import make_document

pytestmark = pytest.mark.django_db


def dosed(folder, dose):
    sections = (Section("dosage", "", f"Take {dose} mg twice a day."), *make_document().sections)
    put(folder, sections=sections)


@pytest.fixture
def folder(tmp_path):
    """A folder whose page is public."""
    dosed(tmp_path, 500)
    run(tmp_path, publish=True)
    return tmp_path


def test_the_words_that_would_change_are_marked(folder):
    dosed(folder, 5000)
    said, failure = run(folder, publish=True, dry_run=True, diff=True)
    assert failure is None
    assert "examplol.md would change edition 1, which readers have:\n  Section “" in said
    assert "\n  Take [-500-]{+5000+} mg twice a day.\n" in said
    assert Edition.objects.count() == 1


def test_the_words_that_changed_are_marked(folder):
    dosed(folder, 5000)
    said, _ = run(folder, publish=True, diff=True)
    assert "examplol.md changes edition 1" in said and "[-500-]{+5000+}" in said
    assert Edition.objects.count() == 2


def test_without_the_option_nothing_is_printed(folder):
    dosed(folder, 5000)
    said, _ = run(folder, publish=True, dry_run=True)
    assert "5000" not in said


def test_a_new_or_unchanged_page_has_no_difference(folder):
    put(folder, slug="otherol", title="Otherol")
    said, _ = run(folder, publish=True, dry_run=True, diff=True)
    assert "edition" not in said and "[-" not in said and "{+" not in said


def test_what_is_withdrawn_is_not_said_to_change(folder):
    publishing.withdraw(Publication.objects.get(), reason="A dose was wrong.", by="test")
    dosed(folder, 5000)
    said, _ = run(folder, publish=True, dry_run=True, diff=True)
    assert "which readers have" not in said and "the page is withdrawn" in said


def test_other_spaces_alone_are_said_to_be_all(folder):
    path = folder / "e" / "examplol.md"
    path.write_text(path.read_text().replace("500 mg", "500\u00a0mg"))
    said, _ = run(folder, publish=True, dry_run=True, diff=True)
    assert "Only spaces differ." in said
