"""The reading grade and the longest sentences of a page, as its editors see them."""

import pytest
from django.urls import reverse

from tests.support.builders import make_monograph
from tests.support.desk_posts import change_address, make_person

pytestmark = pytest.mark.django_db


def test_editors_see_the_reading_grade_and_the_longest_sentences(client):
    client.force_login(make_person("edith", "Editors"))
    monograph = make_monograph()
    html = client.get(change_address(monograph)).content.decode()
    screen = reverse("admin:drugs_monograph_change", args=[monograph.pk])
    assert "Reads at US school grade" in html
    assert (
        f'<a href="{screen}#id_sections-3-body">9 words</a>: “Ask your doctor before you take it while pregnant.”'
        in html
    )
