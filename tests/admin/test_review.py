"""Submission and review: what a signature asks for, and what cannot be got round."""

import pytest
from django.urls import reverse
from django.utils import timezone

from drugs import desk, publishing
from drugs.content.dates import months_later
from drugs.models import Edition, Monograph, Publication
from tests.support.builders import make_document, make_monograph, make_review, publish_document
from tests.support.desk_posts import address_of, change_address, fields_of, make_person, sent

pytestmark = pytest.mark.django_db


def signing(client, monograph, **changes):
    fields = sent(client.get(address_of("publish", monograph)))
    return (
        fields
        | {"kind": "evidence", "note": "Read and signed.", "signed": "yes", "role": "pharmacist"}
        | changes
    )


def test_a_submitted_text_waits_until_it_is_changed_or_published(client):
    client.force_login(make_person("edith", "Editors"))
    monograph = make_monograph()
    saved = client.post(
        change_address(monograph), fields_of(client, monograph) | {"title": "Better", "_submit": ""}
    )
    said = {"kind": "clarity", "reason": "A better title."}
    client.post(saved.url, sent(client.get(saved.url)) | said)
    monograph.refresh_from_db()
    assert monograph.submitted and monograph.submitted_by == "edith"
    page = client.get(change_address(monograph)).content.decode()
    assert "Waiting for review" in page
    top, _, buttons = page.partition('id="save-row"')
    assert 'waits for review. <a href="/admin/">Back to my work</a>' in top
    assert "waits for review" not in buttons  # said once: the browser is led to the top
    listed = client.get(reverse("admin:drugs_monograph_changelist") + "?state=submitted")
    assert [row.title for row in listed.context["cl"].result_list] == ["Better"]
    client.post(change_address(monograph), fields_of(client, monograph) | {"title": "Better still"})
    monograph.refresh_from_db()
    assert not monograph.submitted


def test_nothing_new_is_not_submitted(client):
    client.force_login(make_person("edith", "Editors"))
    monograph = publish_document().monograph
    response = client.post(
        change_address(monograph), fields_of(client, monograph) | {"_submit": ""}, follow=True
    )
    assert "Nothing has changed" in response.content.decode()
    assert Monograph.objects.get().submitted_version is None


def test_a_signature_carries_name_role_and_both_days(client, reviewer, settings):
    settings.REVIEW_MONTHS = 12
    monograph = make_monograph()
    assert client.post(address_of("publish", monograph), signing(client, monograph)).status_code == 302
    publication, today = Publication.objects.get(), timezone.localdate()
    assert (publication.reviewed_by, publication.reviewer_role) == ("Rey Ito", "pharmacist")
    assert (publication.reviewed_on, publication.review_due) == (today, months_later(today, 12))
    assert publication.status == "reviewed"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": ""}, "role"),
        ({"reviewed_on": ""}, "reviewed_on"),
        ({"review_due": ""}, "review_due"),
        ({"reviewed_on": "2999-01-01"}, "reviewed_on"),
        ({"review_due": "2001-01-01"}, "review_due"),
        ({"reviewed_on": "x"}, "reviewed_on"),
        ({"signed": "maybe"}, "signed"),
    ],
)
def test_a_signature_that_is_not_whole_is_refused(client, reviewer, changes, field):
    monograph = make_monograph()
    response = client.post(address_of("publish", monograph), signing(client, monograph, **changes))
    assert field in response.context["form"].errors
    assert not Edition.objects.exists()


def test_an_account_without_a_name_cannot_sign(client):
    client.force_login(make_person("anon", "Reviewers"))
    monograph = make_monograph()
    response = client.post(address_of("publish", monograph), signing(client, monograph))
    assert "has no name to sign with" in response.content.decode()
    assert not Edition.objects.exists()


def test_whoever_changed_the_text_last_cannot_sign_it(client, reviewer, settings):
    monograph = make_monograph()
    client.post(change_address(monograph), fields_of(client, monograph) | {"title": "By Rey"})
    response = client.post(address_of("publish", monograph), signing(client, monograph))
    assert "somebody else has to sign it" in response.content.decode()
    assert not Edition.objects.exists()
    with pytest.raises(publishing.PublishingError):
        publishing.publish(monograph, by="rey", kind="evidence", note="x", review=make_review())
    settings.SECOND_PERSON = False
    assert client.post(address_of("publish", monograph), signing(client, monograph)).status_code == 302


@pytest.mark.parametrize("writer", ["rey", "edith"])
def test_an_unchanged_text_is_offered_to_be_signed_to_who_may(client, reviewer, writer):
    monograph = desk.write(make_document(), by=writer)
    publishing.publish(monograph, by="edith", kind="clarity", note="First text.")
    page = client.get(address_of("publish", monograph)).content.decode()
    assert "The text is the one that readers see." in page
    assert ("You can sign it as it stands" in page) is (writer != "rey")
    assert ("You cannot sign this page now." in page) is (writer == "rey")


def test_saving_without_a_change_does_not_take_the_right_to_sign(client, reviewer):
    monograph = make_monograph()
    client.post(change_address(monograph), fields_of(client, monograph))
    assert client.post(address_of("publish", monograph), signing(client, monograph)).status_code == 302


def test_what_stops_a_signature_allows_an_unsigned_edition(client, reviewer):
    monograph = make_monograph(references=())
    response = client.post(address_of("publish", monograph), signing(client, monograph))
    page = response.content.decode()
    assert (
        "The page names no source" in page
        and 'href="' + change_address(monograph) + "#references-group" in page
    )
    assert not Edition.objects.exists()
    fields = signing(client, monograph, signed="no")
    assert client.post(address_of("publish", monograph), fields).status_code == 302
    assert Publication.objects.get().status == "not_reviewed"


def test_points_to_look_at_ask_for_a_tick(client, reviewer):
    monograph = make_monograph(ingredients=("Examplol", "examplol"))
    fields = signing(client, monograph, signed="no")
    response = client.post(address_of("publish", monograph), fields)
    assert "looked" in response.context["form"].errors
    assert client.post(address_of("publish", monograph), fields | {"looked": "on"}).status_code == 302


def test_the_diff_shows_what_changes_word_by_word(client, reviewer):
    monograph = publish_document().monograph
    desk.write(make_document(title="Examplol forte"), by="writer", monograph=monograph)
    page = client.get(address_of("publish", monograph)).content.decode()
    assert "<ins> forte</ins>" in page


def test_names_alone_may_change_in_an_edition_of_names(client, reviewer):
    monograph = publish_document(review=make_review()).monograph
    desk.write(make_document(title="Other"), by="writer", monograph=monograph)
    fields = signing(client, monograph, signed="no", kind="names")
    response = client.post(address_of("publish", monograph), fields)
    assert "More than the names has changed" in response.content.decode()


def test_the_last_day_of_a_month_stays_in_its_month():
    day = timezone.datetime(2026, 1, 31).date()
    assert months_later(day, 1).isoformat() == "2026-02-28"
    assert months_later(day, 12).isoformat() == "2027-01-31"
    assert months_later(day.replace(month=12), 36).isoformat() == "2029-12-31"


def minutes_later(client, minutes):
    session = client.session
    session["password_at"] -= 60 * minutes
    session.save()


def test_a_signature_asks_for_a_password_older_than_ten_minutes(client, reviewer):
    monograph = make_monograph()
    minutes_later(client, 11)
    fields = signing(client, monograph)
    assert fields["password"] == ""
    minutes_later(client, 11)
    for given, words in (("", "Please type it"), ("wrong", "This is not your password.")):
        page = client.post(address_of("publish", monograph), fields | {"password": given})
        assert words in page.content.decode()
    assert not Edition.objects.exists()
    assert client.post(address_of("publish", monograph), fields | {"password": "x"}).status_code == 302
    assert Publication.objects.get().status == "reviewed"


def test_only_a_signature_asks_for_the_password(client, reviewer):
    monograph = make_monograph()
    fields = signing(client, monograph, signed="no")
    assert "password" not in fields  # it was given a moment ago
    minutes_later(client, 60)
    assert client.post(address_of("publish", monograph), fields).status_code == 302


def test_a_password_that_grew_old_on_the_form_is_asked_for_there(client, reviewer):
    monograph = make_monograph()
    fields = signing(client, monograph)
    minutes_later(client, 25)
    page = client.post(address_of("publish", monograph), fields)
    said = page.content.decode()
    assert "Please type it" in said and 'name="password"' in said and "Read and signed." in said
