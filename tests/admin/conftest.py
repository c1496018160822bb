"""People with a role who are logged in at the desk."""

import pytest

from tests.support.desk_posts import make_person


@pytest.fixture
def editor(client):
    person = make_person("edith", "Editors")
    client.force_login(person)
    return person


@pytest.fixture
def reviewer(client):
    person = make_person("rey", "Reviewers", first_name="Rey", last_name="Ito")
    client.force_login(person)
    return person
