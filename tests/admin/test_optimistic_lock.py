"""The optimistic lock by version: the second of two people is told, and loses nothing.

Where the text that the form was opened with is known, both texts are merged (three-way), and only what both changed
is asked; where it is not, both are shown.
"""

import dataclasses

import pytest

from drugs import desk, publishing
from drugs.content import FAQ, Name
from drugs.models import DrugName, Edition, Monograph
from tests.support.builders import make_document, make_monograph
from tests.support.desk_posts import address_of, change_address, fields_of, make_person, make_user, read, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("edith", "drugs.add_monograph", "drugs.change_monograph", "drugs.view_monograph")
    client.force_login(user)
    return user


@pytest.fixture
def reviewer(client):
    user = make_user("rey", "drugs.change_monograph", "drugs.view_monograph", "drugs.publish_monograph")
    client.force_login(user)
    return user


@pytest.fixture
def unknown_base(monkeypatch):
    """Nobody knows what the desk said before."""
    monkeypatch.setattr(desk, "revision", lambda monograph, version: None)


@pytest.fixture
def opened(client, editor, monkeypatch):
    """A monograph that somebody has opened: itself, and the fields of its form. What it said then is known."""
    monograph = make_monograph()
    base, before = read(monograph), monograph.version
    monkeypatch.setattr(desk, "revision", lambda _, version: base if version == before else None)
    make_user("zoe", first_name="Zoe", last_name="Li")
    return monograph, fields_of(client, monograph)


def save(client, monograph, fields, **changes):
    return client.post(change_address(monograph), {**fields, **changes})


def save_as_zoe(monograph, **changes):
    monograph.refresh_from_db()
    desk.write(dataclasses.replace(read(monograph), **changes), by="zoe", monograph=monograph)


def with_first_section(body):
    first, *rest = make_document().sections
    return (dataclasses.replace(first, body=body), *rest)


def messages_of(client, monograph):
    return " ".join(map(str, client.get(change_address(monograph)).context["messages"]))


def test_a_dose_that_only_the_other_set_stays_unasked(client, opened):
    monograph, fields = opened
    save_as_zoe(monograph, sections=with_first_section("The highest dose is 7 mg."))
    response = save(client, monograph, fields, **{"faqs-0-answer": "Not today."}, _continue="1")
    assert response.status_code == 302
    assert read(monograph) == make_document(
        sections=with_first_section("The highest dose is 7 mg."), faqs=(FAQ("Can I drive?", "Not today."),)
    )
    said = messages_of(client, monograph)
    assert "Zoe Li saved this page while you were working on it" in said
    assert "both changes are in it. Not written by you: Section “" in said
    saved = Monograph.objects.get()
    assert (saved.version, saved.changed_by) == (monograph.version + 1, "edith")


def test_only_what_both_changed_is_asked_beside_the_common_text(client, opened):
    monograph, fields = opened
    faqs = (FAQ("Can I drive?", "Never."), FAQ("Can I swim?", "Yes."))
    save_as_zoe(monograph, sections=with_first_section("Do not stop it at once."), faqs=faqs)
    theirs = read(monograph)
    changes = {
        "sections-0-body": "Do not stop it quickly.",
        "faqs-0-answer": "Ask first.",
        "title": "Examplol I",
    }
    response = save(client, monograph, fields, **changes)
    assert response.status_code == 200 and read(monograph) == theirs
    asked = response.context["questions"]
    assert [question.part.what for question in asked][1:] == ["Question “Can I drive?”"]
    page = response.content.decode()
    assert "Do not stop it suddenly.</td>" in page and "<del>suddenly</del><ins>at once</ins>" in page
    assert "<ins>quickly</ins>" in page
    assert [change.what for change in response.context["taken"]] == ["Question “Can I swim?”"]

    answers = {asked[0].field: "theirs"}
    again = save(client, monograph, sent(response), **answers)
    assert again.status_code == 200 and read(monograph) == theirs  # one is still to be chosen
    assert sent(again)[asked[0].field] == "theirs"
    assert save(client, monograph, sent(again), **{asked[1].field: "mine"}).status_code == 302
    assert read(monograph) == dataclasses.replace(
        theirs, title="Examplol I", faqs=(FAQ("Can I drive?", "Ask first."), faqs[1])
    )


def test_a_third_save_while_one_chooses_is_merged_again(client, opened):
    monograph, fields = opened
    save_as_zoe(monograph, sections=with_first_section("At once."), title="Examplol II")
    response = save(client, monograph, fields, **{"sections-0-body": "Quickly."}, title="Examplol I")
    answers = {question.field: "mine" for question in response.context["questions"]}
    save_as_zoe(monograph, sections=with_first_section("Ever."), language="de")
    response = save(client, monograph, sent(response), **answers)
    (question,) = (each for each in response.context["questions"] if not each.answer)
    assert response.status_code == 200 and question.part.theirs.endswith("Ever.")
    assert (
        "This page was saved 2 times while you were working on it, last by Zoe Li"
        in response.content.decode()
    )
    assert save(client, monograph, sent(response), **{question.field: "theirs"}).status_code == 302
    assert read(monograph) == make_document(
        sections=with_first_section("Ever."), title="Examplol I", language="de"
    )


def test_names_that_are_merged_keep_what_brought_them(client, opened):
    monograph, fields = opened
    monograph.refresh_from_db()
    desk.add_names(monograph, [Name("Listed", "brand"), Name("Xamp", "brand")], source="list", by="zoe")
    assert save(client, monograph, fields, title="Examplol I").status_code == 302
    sources = DrugName.objects.values_list("text", "source")
    assert list(sources) == [
        ("Examplol hydrochloride", "page"),
        ("Xamp", "page"),
        ("Xamp", "list"),
        ("Listed", "list"),
    ]


def test_a_conflict_leads_back_to_the_form_with_what_was_sent(client, opened):
    monograph, fields = opened
    save_as_zoe(monograph, sections=with_first_section("At once."))
    response = save(client, monograph, fields, **{"sections-0-body": "Quickly."})
    form = save(client, monograph, sent(response), _edit="1")
    assert "Nothing has been saved yet" in form.content.decode()
    assert sent(form)["sections-0-body"] == "Quickly."
    assert save(client, monograph, sent(form)).context["questions"]  # and is asked again


def test_mistakes_are_shown_before_two_texts_are_merged(client, opened):
    monograph, fields = opened
    save_as_zoe(monograph, sections=with_first_section("At once."))
    form = save(client, monograph, fields, title="")
    assert form.status_code == 200 and form.context["adminform"].form.errors.keys() == {"title"}
    assert save(client, monograph, sent(form), title="Examplol I").status_code == 302
    assert read(monograph) == make_document(sections=with_first_section("At once."), title="Examplol I")


def test_what_was_handed_in_meanwhile_is_not_handed_in_any_more(client, opened):
    monograph, fields = opened
    save_as_zoe(monograph, title="Examplol II")
    publishing.submit(monograph, by="zoe")
    save(client, monograph, fields, **{"faqs-0-answer": "Not today."})
    saved = Monograph.objects.get()
    assert (saved.submitted, saved.submitted_by) == (False, "zoe")


def test_a_form_saved_without_a_change_leaves_what_was_saved(client, opened):
    monograph, fields = opened
    save_as_zoe(monograph, title="Examplol II")
    assert save(client, monograph, fields).status_code == 302
    saved = Monograph.objects.get()
    assert (saved.title, saved.version, saved.changed_by) == ("Examplol II", monograph.version, "zoe")


def test_the_second_of_two_editors_is_told_and_loses_nothing(client, editor, unknown_base):
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    make_user("zoe", first_name="Zoe", last_name="Li")
    theirs = dataclasses.replace(make_document(), title="Examplol by Zoe")
    desk.write(theirs, by="zoe", monograph=monograph)
    response = save(client, monograph, fields, title="Examplol by me", **{"sections-0-body": "Mine."})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Zoe Li saved this page while you were working on it" in page
    assert "Examplol by me" in page and "Mine." in page
    assert read(monograph) == theirs

    overruling = sent(response)
    assert save(client, monograph, overruling).status_code == 200  # not by accident
    version = Monograph.objects.get().version
    assert save(client, monograph, overruling, overrule=str(version)).status_code == 302
    assert read(monograph).title == "Examplol by me"


def test_a_form_without_its_version_is_not_saved(client, editor):
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    del fields["version"]
    assert save(client, monograph, fields, title="Other").status_code == 200
    assert read(monograph) == make_document()


def test_the_diff_of_both_texts_is_shown_when_two_save_at_once(client, unknown_base):
    client.force_login(make_person("edith", "Editors"))
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    desk.write(make_document(title="Examplol of the other"), by="zoe", monograph=monograph)
    page = client.post(change_address(monograph), fields | {"title": "Examplol of mine"}).content.decode()
    assert "<del>the other</del>" in page and "<ins>mine</ins>" in page


def test_a_text_that_changed_since_it_was_read_is_not_published(client, reviewer):
    monograph = make_monograph()
    fields = sent(client.get(address_of("publish", monograph))) | {"kind": "clarity", "note": "New."}
    desk.write(make_document(title="Sneaked in"), by="zoe", monograph=monograph)
    response = client.post(address_of("publish", monograph), fields)
    assert "has changed since you opened this page" in response.content.decode()
    assert not Edition.objects.exists()
