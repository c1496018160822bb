"""The search for medicines to link to, from the editor."""

import pytest

from drugs import publishing
from tests.support.builders import make_monograph, publish_document
from tests.support.desk_posts import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/drugs/monograph/medicines/"


def test_public_pages_are_found_by_any_of_their_names(client):
    client.force_login(make_user("edith", "drugs.view_monograph"))
    publish_document()
    publishing.withdraw(
        publish_document(slug="xampine", title="Xampine", names=()), reason="Wrong.", by="test"
    )
    make_monograph(slug="xamplus", title="Xamplus", names=())
    results = client.get(ADDRESS, {"q": "xamp"}).json()["results"]
    assert [(row["name"], row["matched"], row["url"]) for row in results] == [
        ("Examplol", "Xamp", "/drugs/examplol/")
    ]
    assert client.get(ADDRESS).json() == {"results": []}
    assert client.get(ADDRESS, {"q": "x" * 301}).status_code == 400


def test_only_the_desk_is_asked_by_whoever_may_see_it(client):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(make_user("una"))
    assert client.get(ADDRESS, {"q": "x"}).status_code == 403
