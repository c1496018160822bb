"""Choices among the labels of a page: pinned first, put away gone, recorded, and kept when labels are imported."""

import pytest

from drugs.labels import PINNED, PUT_AWAY, SetKey, choose_label, match_monograph, store
from drugs.models import AuditEntry, Label, LabelChoice
from tests.labels.builders import make_label, make_page

pytestmark = pytest.mark.django_db


def _stored(*labels):
    store(labels)
    return [SetKey(label.source, label.set_id) for label in labels]


def _sets(page, **options):
    return [match.label.set_id for match in match_monograph(page, **options)]


def test_a_pinned_label_comes_first_and_says_by_whom():
    page = make_page()
    _, lesser = _stored(make_label("better"), make_label("lesser", is_repackaged=True))
    assert _sets(page) == ["better", "lesser"]
    choose_label(page, lesser, PINNED, by="ann")
    assert _sets(page) == ["lesser", "better"]
    assert match_monograph(page)[0].reasons[0] == "pinned by ann"


def test_a_label_that_was_put_away_is_shown_only_on_request():
    page = make_page()
    better, _ = _stored(make_label("better"), make_label("lesser", is_repackaged=True))
    choose_label(page, better, PUT_AWAY, by="ann")
    assert _sets(page) == ["lesser"] and _sets(page, put_away=True) == ["lesser", "better"]
    choose_label(page, better, "", by="ann")
    assert _sets(page) == ["better", "lesser"]


def test_a_label_of_another_medicine_is_matched_only_if_pinned():
    page = make_page()
    (other,) = _stored(make_label("other", moieties=(("OTHEROL", "ZZZZZZZZZ9"),), use="homeopathic"))
    assert not _sets(page)
    choose_label(page, other, PINNED, by="ann")
    assert _sets(page) == ["other"]


def test_a_choice_is_recorded_once_and_outlasts_new_versions():
    page = make_page()
    (key,) = _stored(make_label("one"))
    for _ in range(2):
        choose_label(page, key, PUT_AWAY, by="ann")
    (entry,) = AuditEntry.objects.filter(action="label_chosen")
    assert (entry.who, entry.object, entry.detail) == ("ann", page.slug, "Made-up Works, spl one: put away")
    _stored(make_label("one", version=13))
    assert not _sets(page) and LabelChoice.objects.get().choice == PUT_AWAY


def test_a_choice_needs_a_label_and_a_known_word():
    page = make_page()
    with pytest.raises(Label.DoesNotExist):
        choose_label(page, SetKey("spl", "nowhere"), PINNED, by="ann")
    with pytest.raises(ValueError, match="no choice"):
        choose_label(page, SetKey("spl", "nowhere"), "hidden", by="ann")
