"""The change form of a monograph: names, sections, side effects, questions and references as inline formsets."""

import pytest
from django.db import connection
from django.urls import reverse

from drugs import content_checks, desk
from drugs.content import FAQ, Name, Section, SideEffect
from drugs.models import DrugName, Monograph, Paragraph
from drugs.models import Section as SectionRow
from tests.support.builders import make_document, make_monograph, publish_document
from tests.support.desk_posts import address_of, change_address, fields_of, make_user, read, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user("edith", "drugs.add_monograph", "drugs.change_monograph", "drugs.view_monograph")
    client.force_login(user)
    return user


def save(client, monograph, fields, **changes):
    return client.post(change_address(monograph), {**fields, **changes})


def test_the_screen_shows_every_row_of_the_desk(client, editor):
    monograph = make_monograph()
    page = client.get(change_address(monograph)).content.decode()
    for text in ("Xamp", "Do not stop it suddenly.", "Feeling tired", "Can I drive?", "Examplol leaflet"):
        assert text in page


def test_saving_without_a_change_changes_nothing(client, editor):
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    assert save(client, monograph, fields).status_code == 302
    fresh = Monograph.objects.get()
    assert (fresh.version, fresh.changed_by) == (1, "writer")
    assert read(monograph) == make_document()


def test_a_change_is_saved_with_a_new_version_and_the_editor(client, editor):
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    body = "It lowers high blood pressure.\r\n\r\n* once a day\r\n"
    assert (
        save(client, monograph, fields, **{"sections-1-body": body, "title": "Examplol forte"}).status_code
        == 302
    )
    document = read(monograph)
    assert document.sections[1].body == "It lowers high blood pressure.\n\n* once a day"
    fresh = Monograph.objects.get()
    assert (document.title, fresh.version, fresh.changed_by) == ("Examplol forte", 2, "edith")
    assert fresh.sameness == desk.sameness(document)


def test_rows_can_be_added_removed_and_moved(client, editor):
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    fields |= {
        "sections-TOTAL_FORMS": "8",
        "sections-7-kind": "storage",
        "sections-7-heading": "",
        "sections-7-body": "Keep it dry.",
        "sections-7-position": "0",
        "side_effects-0-DELETE": "on",
        "faqs-TOTAL_FORMS": "2",
        "faqs-1-question": "Can I swim?",
        "faqs-1-answer": "Yes.",
        "faqs-1-position": "",
    }
    assert save(client, monograph, fields).status_code == 302
    document = read(monograph)
    assert document.sections[0] == Section("storage", "", "Keep it dry.")
    assert [effect.name for effect in document.side_effects] == ["Swelling of the face"]
    assert document.faqs == (*make_document().faqs, FAQ("Can I swim?", "Yes."))


def test_a_blank_row_that_was_only_numbered_is_no_row(client, editor):
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    fields |= {"names-TOTAL_FORMS": "3", "names-2-text": "", "names-2-kind": "", "names-2-position": "3"}
    assert save(client, monograph, fields).status_code == 302
    assert read(monograph) == make_document()


def test_names_keep_their_source_until_an_editor_changes_them(client, editor):
    monograph = make_monograph()
    DrugName.objects.filter(text="Xamp").update(source="list")
    fields = fields_of(client, monograph)
    fields |= {"names-TOTAL_FORMS": "3", "names-2-text": "Exampla", "names-2-kind": "brand"}
    first = next(key for key, value in fields.items() if value == "Examplol hydrochloride")
    assert save(client, monograph, fields, **{first: "Examplol HCl"}).status_code == 302
    assert dict(DrugName.objects.values_list("text", "source")) == {
        "Examplol HCl": "editor",
        "Xamp": "list",
        "Exampla": "editor",
    }


MISTAKES = {
    "sections-1-body": ("## Dosage\ntext", "headings inside a text start at ####"),
    "sections-0-heading": ("a\u202eb", "cannot be printed"),
    "side_effects-0-name": ("**bold**", "leave the ** out"),
    "side_effects-0-description": ("x\x00y", "Null characters"),
    "faqs-0-answer": ("```\nopen", "a code fence must be closed"),
    "faqs-0-question": ("", "required"),
    "references-0-year": ("12", "not a year"),
    "references-0-url": ("javascript:alert(1)", "valid URL"),
    "classes-0-name": ("x" * 501, "500 characters"),
    "sections-0-kind": ("nonsense", "not one of the available choices"),
    "title": ("", "required"),
    "language": ("??", "not a language tag"),
}


@pytest.mark.parametrize("field", MISTAKES)
def test_a_mistake_is_shown_at_its_field_and_nothing_is_saved(client, editor, field):
    monograph = make_monograph()
    value, message = MISTAKES[field]
    response = save(client, monograph, fields_of(client, monograph), **{field: value})
    assert response.status_code == 200
    prefix, *rest = field.split("-")
    form = response.context["adminform"].form
    if rest:
        rows = next(f for f in form.formsets if f.prefix == prefix)
        form, field = rows.forms[int(rest[0])], rest[1]
    assert message in " ".join(form.errors[field])
    assert read(monograph) == make_document()


def test_a_desk_that_no_page_can_carry_is_opened_and_mended(client):
    client.force_login(make_user("root", is_superuser=True))
    monograph = make_monograph()
    SectionRow.objects.filter(kind="uses").update(body="## Too high")
    response = client.get(change_address(monograph))
    assert "cannot be printed as a page" in response.content.decode()
    for name in ("publish", "preview"):
        assert client.get(address_of(name, monograph)).status_code == 302
    assert save(client, monograph, sent(response), **{"sections-1-body": "Mended."}).status_code == 302
    assert read(monograph).sections[1].body == "Mended."


def test_a_page_that_no_file_could_hold_is_refused(client, editor):
    monograph = make_monograph()
    fields = fields_of(client, monograph)
    long = {f"sections-{index}-body": "x " * 24_000 for index in range(5)}
    response = save(client, monograph, fields, **long)
    assert response.status_code == 200 and response.context["errors"]
    assert read(monograph) == make_document()


def test_a_paragraph_that_another_page_has_too_is_pointed_out(client, editor):
    body = "This paragraph is long enough to be told from others and tells nothing of one medicine only. " * 2
    others = make_monograph(
        slug="otherol",
        title="Otherol",
        sections=(Section("uses", "", body.strip()),),
        side_effects=(),
        faqs=(),
    )
    monograph = make_monograph()
    save(client, monograph, fields_of(client, monograph), **{"sections-1-body": body})
    assert Paragraph.objects.filter(monograph=monograph).exists()
    assert others.slug in client.get(change_address(monograph)).content.decode()


def test_the_address_is_fixed_once_there_are_editions(client, editor):
    published = publish_document().monograph
    fields = fields_of(client, published)
    assert "slug" not in fields
    assert save(client, published, fields, slug="other", title="New title").status_code == 302
    assert Monograph.objects.get().slug == "examplol"


def test_a_monograph_can_be_written_from_nothing(client, editor):
    response = client.get(reverse("admin:drugs_monograph_add"))
    fields = sent(response) | {
        "title": "Newol",
        "slug": "newol",
        "origin": "editorial",
        "names-TOTAL_FORMS": "1",
        "names-0-text": "Newbrand",
        "names-0-kind": "brand",
        "sections-TOTAL_FORMS": "1",
        "sections-0-kind": "uses",
        "sections-0-body": "For tests.",
    }
    assert client.post(reverse("admin:drugs_monograph_add"), fields).status_code == 302
    document = read(Monograph.objects.get())
    assert (document.slug, document.names) == ("newol", (Name("Newbrand", "brand"),))
    assert document.sections == (Section("uses", "", "For tests."),)
    assert Monograph.objects.get().changed_by == "edith"


def test_a_new_page_asks_for_its_origin_and_for_what_a_signature_needs(client, editor):
    address = reverse("admin:drugs_monograph_add")
    fields = sent(client.get(address)) | {"title": "Newol", "slug": "newol"}
    kinds = [fields[f"sections-{index}-kind"] for index in range(int(fields["sections-TOTAL_FORMS"]))]
    assert fields["origin"] == "" and {"uses", "dosage", "do_not_take", "pregnancy"} <= set(kinds)
    written = make_document(sections=[Section(kind, "", "Something.") for kind in kinds], faqs=())
    assert not [
        one for one in content_checks.check(written) if one.level == "review" and one.field == "sections"
    ]
    response = client.post(address, fields)
    assert "Say where the text is from." in response.content.decode()
    assert (
        client.post(address, fields | {"origin": "editorial", "sections-2-DELETE": "on"}).status_code == 302
    )
    document = read(Monograph.objects.get())
    assert document.origin == "editorial"
    assert [section.kind for section in document.sections] == [kind for kind in kinds if kind != kinds[2]]


def test_saving_takes_no_query_for_each_row(client, editor, django_assert_max_num_queries):
    effects = tuple(SideEffect(f"Effect {number}") for number in range(60))
    monograph = make_monograph(side_effects=effects)
    fields = fields_of(client, monograph) | {"side_effects-0-name": "Another"}
    with django_assert_max_num_queries(81 if connection.vendor == "sqlite" else 85):
        assert save(client, monograph, fields).status_code == 302
    assert len(read(monograph).side_effects) == 60


def test_someone_who_may_only_look_saves_nothing(client):
    client.force_login(make_user("vic", "drugs.view_monograph"))
    monograph = make_monograph()
    page = client.get(change_address(monograph)).content.decode()
    assert "Do not stop it suddenly." in page and 'name="_save"' not in page
    assert client.post(change_address(monograph), {"title": "x"}).status_code == 403
