"""Hostile requests: no address or field is an error of the site, and no invisible character turns a text."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse

from drugs.content import DrugClass, Name
from drugs.models import Edition, Publication
from tests.support.builders import make_monograph, publish_document
from tests.support.desk_posts import address_of, change_address, fields_of, make_user, read, sent

pytestmark = pytest.mark.django_db

TURNED = "\u202etfeL\u202c"  # a reader sees it the other way round
HUGE = "9" * 40


@pytest.fixture
def boss(client):
    client.force_login(make_user("pat", is_superuser=True, first_name="Pat", last_name="Doe"))
    return client


# Asking


@pytest.mark.parametrize(
    "query",
    [
        "pk__in=" + HUGE,
        "pk__exact=" + HUGE,
        "pk=1e5",
        "p=" + HUGE,
        "o=" + HUGE,
        "q=%00",
        "q=" + "a+" * 4_000,
        "_to_field=",
        "changed_at__year=" + HUGE,
        "published_at__year=" + HUGE,
        "origin__exact=%00",
        "kind__exact=%00",
    ],
)
def test_a_desk_list_answers_or_refuses_whatever_it_is_asked(boss, query):
    publish_document()
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert boss.get(f"{address}?{query}").status_code < 500, address


def test_no_list_of_the_desk_takes_a_regular_expression(boss):
    publish_document(title="a" * 60)
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for field in ("pk", "title", "username", "body"):
            for lookup in ("regex", "iregex"):
                assert boss.get(address, {f"{field}__{lookup}": "(a+)+$"}).status_code in (302, 400), address


def test_a_screen_answers_or_refuses_whatever_key_is_asked(boss):
    monograph = publish_document().monograph
    screen = reverse("admin:drugs_monograph_change", args=[monograph.pk])
    assert boss.get(f"{screen}?_to_field=").status_code == 200
    for key in (HUGE, "%00", "_00", "1e5"):
        for name in ("monograph", "edition", "sitetext"):
            assert boss.get(f"/admin/drugs/{name}/{key}/change/").status_code in (302, 400, 404)
        assert boss.get(f"/admin/drugs/monograph/{key}/publish/").status_code in (302, 400, 404)


def test_long_searches_of_the_desk_look_for_their_first_words(boss):
    publish_document()
    address = reverse("admin:drugs_monograph_changelist")
    assert "Examplol" in boss.get(address, {"q": "examplol " + " " * 500 + "exam " * 500}).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "\0",
        "a" * 10_000,
        '"NOT AND NEAR(a*b) col:',
        "💊" * 150,
        TURNED,
        "!?-_.,;:" * 30,
        "ine" * 100,
        "\ud800x",
    ],
)
def test_a_hostile_search_is_answered_or_refused_as_a_page(client, query):
    publish_document()
    asked = query.encode("utf-8", "surrogatepass")
    for address in ("/search/", "/search/suggest/"):
        response = client.get(address, {"q": asked})
        assert response.status_code == (400 if len(query) > 300 or "\0" in query else 200)


def test_a_number_of_rows_makes_none_and_loses_none(boss):
    monograph = make_monograph()
    before = read(monograph)
    for prefix in ("names", "sections", "side_effects"):
        fields = {**fields_of(boss, monograph), f"{prefix}-TOTAL_FORMS": "1999"}
        response = boss.post(change_address(monograph), fields)
        assert response.status_code == 200
        assert all(len(rows.forms) < 100 for rows in response.context["inline_admin_formsets"])
    assert read(monograph) == before


def test_a_form_with_too_many_fields_is_refused(boss):
    address = change_address(make_monograph())
    assert boss.post(address, {f"x{number}": "" for number in range(5_001)}).status_code == 400


def test_no_header_moves_the_site_to_another_place(boss):
    address = reverse("admin:drugs_edition_changelist")
    answer = boss.get(address, {"published_at__gte": "x"}, SCRIPT_NAME="//evil.example")
    assert answer.headers["Location"] == f"{address}?e=1"


# Directions


@pytest.mark.parametrize("kind", ["note", "role"])
def test_nothing_that_is_published_with_a_page_turns_it_round(boss, kind):
    monograph = make_monograph()
    address = address_of("publish", monograph)
    fields = {
        **sent(boss.get(address)),
        "kind": "clarity",
        "note": "First text.",
        "looked": "on",
        kind: TURNED,
    }
    answer = boss.post(address, fields).content.decode()
    assert "cannot be printed (U+202E)" in answer
    assert not Edition.objects.exists()


def test_no_reason_for_a_withdrawal_turns_its_page_round(boss):
    monograph = publish_document().monograph
    answer = boss.post(address_of("withdraw", monograph), {"reason": TURNED}).content.decode()
    assert "cannot be printed (U+202E)" in answer
    assert Publication.objects.public().exists()


def test_no_account_and_no_text_of_the_site_turns_a_page_round(boss):
    person = get_user_model().objects.get()
    address = reverse("admin:auth_user_change", args=[person.pk])
    answer = boss.post(address, {**sent(boss.get(address)), "last_name": TURNED}).content.decode()
    assert "cannot be printed (U+202E)" in answer
    address = reverse("admin:drugs_sitetext_change", args=["about"])
    answer = boss.post(address, {**sent(boss.get(address)), "body": TURNED}).content.decode()
    assert "cannot be printed (U+202E)" in answer


def test_names_of_the_other_direction_reorder_no_neighbours(client):
    arabic = "دواء"
    publish_document(
        names=(Name(f"{arabic} 1", "brand"), Name("Xamp", "brand")),
        classes=(DrugClass(arabic),),
        ingredients=(arabic, "Bol"),
    )
    publish_document(slug="arabic", title=f"{arabic} 5")
    page = client.get("/drugs/examplol/").content.decode()
    assert f"<bdi>{arabic} 1</bdi>, Xamp" in page
    assert f"<bdi>{arabic}</bdi></a> + Bol" in page or f"<bdi>{arabic}</bdi> + Bol" in page
    assert "<bdi>Xamp" not in page
    assert f"<bdi>{arabic} 5</bdi>" in client.get("/drugs/arabic/").content.decode()
    found = client.get("/search/", {"q": TURNED}).content.decode()
    assert f"Search: <bdi>{TURNED}</bdi>" in found and f"called “<bdi>{TURNED}</bdi>”" in found
