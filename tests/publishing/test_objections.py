"""Objections to publishing by a command: a withdrawn, reviewed or never published page stays as people left it."""

import pytest

from drugs import desk, publishing
from drugs.models import Monograph
from drugs.publishing import CommandObjection
from tests.support.builders import make_document, make_monograph, make_review, publish_document

pytestmark = pytest.mark.django_db


def objection():
    return publishing.objection_to_command(Monograph.objects.get())


def rewrite():
    desk.write(make_document(title="Examplol forte"), by="writer", monograph=Monograph.objects.get())


def test_a_page_that_was_never_published_is_an_objection():
    make_monograph()
    assert objection() is CommandObjection.NEVER_PUBLISHED


def test_an_edition_without_review_is_no_objection():
    publish_document()
    rewrite()
    assert objection() is None


def test_a_review_objects_to_a_desk_that_differs_and_to_no_other():
    publish_document(review=make_review())
    assert objection() is None
    rewrite()
    assert objection() is CommandObjection.REVIEWED


def test_a_withdrawal_is_an_objection_whatever_the_desk_says():
    publishing.withdraw(publish_document(review=make_review()), reason="No longer sold.", by="test")
    assert objection() is CommandObjection.WITHDRAWN
    rewrite()
    assert objection() == "the page is withdrawn"
