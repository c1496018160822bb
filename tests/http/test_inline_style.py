"""The style inside pages: what the stylesheet says, allowed by the policy, and nothing that a hostile word could be."""

import base64
import hashlib
import re

import pytest
from django.test import Client

from drugs import publishing
from drugs.http.inline_style import inline_style, shortened
from tests.support.builders import make_document, publish_document

# Pages for people: what is left of the addresses is data, feeds and files.
PAGES = [
    *(
        "/",
        "/drugs/",
        "/drugs/?letter=e",
        "/drugs/examplol/",
        "/drugs/examplol/history/1/",
        "/search/?q=examplol",
    ),
    *("/search/?q=took+too+much", "/emergency/", "/side-effects/", "/side-effects/tiredness/", "/classes/"),
    *("/classes/beta-blocker/", "/about/", "/disclaimer/", "/api/v1/docs", "/checkpoints/"),
]


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("a { color: red; }\n", "a{color:red}"),
        ("/* why */ a,\n  b > c { margin: 0 auto; }", "a,b>c{margin:0 auto}"),
        ('a::after { content: " ;  , /"; }', 'a::after{content:" ;  , /"}'),
        (".a :is(b, c) { top: calc(1px + 2px); }", ".a :is(b,c){top:calc(1px + 2px)}"),
        ("@media (min-width: 5em) and (max-width: 9em) { a { top: 0; } }", None),
    ],
)
def test_what_says_nothing_is_left_out(css, short):
    short = short or "@media (min-width:5em) and (max-width:9em){a{top:0}}"
    assert shortened(css) == short


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PAGES, "/nowhere/", "/drugs/gone/", "/share/nothing/"])
def test_the_policy_allows_the_style_inside_a_page(client, address):
    publish_document(language="de")
    publishing.withdraw(
        publish_document(make_document(slug="gone", title="Gone")), reason="Wrong.", by="test"
    )
    assert_allowed(client.get(address))


@pytest.mark.django_db
def test_errors_of_the_desk_are_such_pages_too():
    response = Client(enforce_csrf_checks=True).post("/admin/login/")
    assert response.status_code == 403
    assert_allowed(response)


def assert_allowed(response):
    html, policy = response.content.decode(), response.headers["Content-Security-Policy"]
    (style,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in policy and "unsafe" not in policy
    assert style == inline_style() and "</" not in style
    # Nothing but the style for paper is asked for besides, and nobody waits for that.
    assert all('media="print"' in link for link in re.findall('<link rel="stylesheet"[^>]*>', html))
