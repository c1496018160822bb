"""The style inside pages: what the stylesheet says, allowed by the policy, and nothing that a hostile word could be."""

import base64
import hashlib
import re

import pytest

from drugs.http.inline_style import inline_style, shortened
from tests.support.builders import publish_document


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
@pytest.mark.parametrize("address", ["/", "/drugs/examplol/", "/emergency/"])
def test_the_policy_allows_the_style_inside_a_page(client, address):
    publish_document()
    response = client.get(address)
    (style,) = re.findall("<style>(.*?)</style>", response.content.decode(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert style == inline_style() and "</" not in style


@pytest.mark.django_db
def test_other_pages_link_the_stylesheet(client):
    html = client.get("/about/").content.decode()
    assert "<style" not in html and re.search(r'<link rel="stylesheet" href="[^"]+/site\.css">', html)
