"""Revisions of the desk: listed, compared, put back, discarded, kept long enough; and who has a page open."""

import pytest
from django.utils import timezone

from drugs import desk, publishing
from drugs.admin.monographs.states import state
from drugs.backups.cross_proofs import acts_against_the_database
from drugs.backups.tables import carried
from drugs.content import Name
from drugs.models import DeskRevision, DrugName, Edition, Monograph, OpenForm, ReviewNote
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.desk_posts import address_of, change_address, make_person, read, sent

pytestmark = pytest.mark.django_db


def say(monograph, title, by="edith"):
    return desk.write(make_document(title=title), by=by, monograph=monograph)


def kept(monograph):
    return list(DeskRevision.objects.filter(monograph=monograph).values_list("version", flat=True))


def text_of(response):
    return " ".join(response.content.decode().split())


def test_an_earlier_save_is_listed_compared_and_put_back(client, editor):
    monograph = say(say(make_monograph(), "Second"), "Third")
    listed = text_of(client.get(address_of("revisions", monograph)))
    assert "from=desk&amp;to=version-2" in listed and "edith" in listed
    compared = client.get(address_of("compare", monograph) + "?from=desk&to=version-2")
    assert "<del>Third</del>" in compared.content.decode()
    answer = text_of(client.post(address_of("revisions", monograph), sent(compared), follow=True))
    assert answer.count("Nothing changes for readers.") == 1
    assert read(monograph).title == "Second" and kept(monograph) == [1, 2, 3]


def test_changes_since_the_current_edition_are_discarded(client, editor):
    page = publish_document()
    say(page.monograph, "Slip")
    assert "Discard the changes since edition 1" in text_of(
        client.get(address_of("revisions", page.monograph))
    )
    back = {"text": "edition-1", "version": 2}
    client.post(address_of("revisions", page.monograph), back)
    assert read(page.monograph) == make_document() and Edition.objects.count() == 1
    assert state(Monograph.objects.get()).key == "same"
    assert "Slip" in DeskRevision.objects.get(version=2).document


def test_nothing_is_put_back_over_what_nobody_has_read(client, editor):
    monograph = say(make_monograph(), "Second")
    say(monograph, "Third")
    answer = client.post(address_of("revisions", monograph), {"text": "version-1", "version": 2}, follow=True)
    assert "Nothing was put back" in text_of(answer) and read(monograph).title == "Third"
    for text in ("version-99", "edition-9", "desk", "version-x", ""):
        assert (
            client.post(address_of("revisions", monograph), {"text": text, "version": 3}).status_code == 404
        )


def test_names_keep_their_source_and_acts_say_so_when_a_text_is_put_back():
    monograph = make_monograph()
    desk.add_names(monograph, [Name("Listol", "brand")], source=DrugName.Source.LIST, by="import_names")
    say(monograph, "Second")
    desk.put_back(monograph, DeskRevision.objects.get(version=2), by="edith")
    assert read(monograph).title == "Examplol"
    assert DrugName.objects.get(text="Listol").source == "list"
    assert not [fault for fault in acts_against_the_database(lambda count: None) if not fault.warning]


def test_whoever_wrote_a_text_that_comes_back_cannot_sign_it():
    monograph = desk.write(make_document(title="By zoe"), by="zoe")
    say(monograph, "By edith")
    publishing.publish(monograph, by="rey", kind="clarity", note="x", review=make_review())
    assert desk.contributors(monograph) == []
    desk.put_back(monograph, DeskRevision.objects.get(version=1), by="edith")
    assert set(desk.contributors(monograph)) >= {"zoe", "edith"}


def test_revisions_are_kept_until_the_next_edition_but_one():
    page = publish_document().monograph
    for title in ("Draft 2", "Draft 3"):
        say(page, title)
    publishing.publish(page, by="rey", kind="clarity", note="x")
    assert kept(page) == [2]
    say(page, "Draft 4")
    publishing.publish(page, by="rey", kind="clarity", note="x")
    assert kept(page) == [3]
    publishing.publish(page, by="rey", kind="clarity", note="x", review=make_review())
    assert kept(page) == [3]
    assert not [fault for fault in acts_against_the_database(lambda count: None) if not fault.warning]


def test_backups_carry_revisions_and_notes_and_not_who_looks():
    assert {DeskRevision, ReviewNote} <= set(carried()) and OpenForm not in carried()


def test_somebody_who_has_the_page_open_is_named(client, editor):
    monograph = make_monograph()
    assert "opened this page at" not in text_of(client.get(change_address(monograph)))
    client.force_login(make_person("zoe", "Editors", first_name="Zoe", last_name="Ek"))
    assert "edith opened this page at" in text_of(client.get(change_address(monograph)))
    OpenForm.objects.update(at=timezone.now() - timezone.timedelta(minutes=31))
    assert "opened this page at" not in text_of(client.get(change_address(monograph)))
    client.post(change_address(monograph), sent(client.get(change_address(monograph))) | {"_save": ""})
    assert not OpenForm.objects.filter(who="zoe").exists()


def test_many_revisions_take_few_queries(client, editor, django_assert_max_num_queries):
    monograph = make_monograph()
    for number in range(30):
        say(monograph, f"Title {number}", by=f"person {number}")
    with django_assert_max_num_queries(12):
        client.get(address_of("revisions", monograph))
