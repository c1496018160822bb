"""Script injection (XSS): no field of a document carries one to readers."""

import re

import pytest

from drugs.content import FAQ, DrugClass, Name, Reference, Section, SideEffect
from drugs.http.inline_style import inline_style
from drugs.web import read_counts
from tests.support.builders import publish_document
from tests.support.public_pages import elements, hit, strict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_hits")]


VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![image](https://evil.example/x.png)",
    '"><svg onload=alert(1)>',
    "<style>body{display:none}</style>",
    "<a href='data:text/html,x' onclick=alert(1)>x</a>",
    "{{ settings.SECRET_KEY }}{% debug %}",
]


@pytest.mark.parametrize("vector", VECTORS)
def test_no_field_of_a_document_carries_a_script_to_readers(client, search_hits, vector, monkeypatch):
    for name in ("check", "blocking_findings"):
        monkeypatch.setattr(f"drugs.content_checks.{name}", lambda *args, **kwargs: [])
    line = f"if CrCl <x {vector}"
    publication = publish_document(
        title=line,
        names=(Name(line, "brand"),),
        classes=(DrugClass(line),),
        ingredients=(line, "Bol"),
        sections=tuple(Section(kind, line, line) for kind in ("warning", "uses", "side_effects", "faqs")),
        side_effects=(SideEffect(line, line, label=line), SideEffect(line, line, label=line, urgency="talk")),
        faqs=(FAQ(line, line),),
        references=(Reference(line, line),),
    )
    search_hits.append(hit(publication, kind="brand", matched=line, match="fuzzy", not_same_as=line))
    client.get("/drugs/examplol/")
    read_counts.flush()  # what is most read stands on the home page
    for address in (
        "/drugs/examplol/",
        "/",
        "/drugs/?letter=i",
        "/search/?q=x",
        "/drugs/examplol/history/1/",
    ):
        tree = strict(client.get(address))
        scripts = [
            element
            for element in tree.iter("script")
            if not (element.get("src") or "").startswith("/static/")
            and element.get("type") != "application/ld+json"  # data, which no browser runs
        ]
        assert not scripts
        assert not elements(tree, "img", "svg", "iframe", "object")
        assert {style.text for style in tree.iter("style")} <= {inline_style()}
        for element in tree.iter():
            assert not [name for name in element.attrib if name.startswith("on")]
            assert not re.match(r"\s*(javascript|data|vbscript):", element.get("href") or "", re.IGNORECASE)
        assert "if CrCl <x" in "".join(tree.itertext())
