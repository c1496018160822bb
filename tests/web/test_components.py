"""The page of a combination that treats its drugs one after the other: groups, contents, anchors, links."""

import json
import re
from dataclasses import replace

import html5lib
import pytest

from drugs.content import FAQ, Document, Section, SideEffect
from drugs.web import article, component_groups
from tests.support.builders import make_document, make_review, publish_document
from tests.support.combinations import FIRST, PAIR, SECOND


@pytest.fixture(scope="module")
def shown():
    return article.build(PAIR)


def headings(html, tags=("h2", "h3", "h4")):
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [
        (node.tag, " ".join("".join(node.itertext()).split())) for node in tree.iter() if node.tag in tags
    ]


def test_each_component_is_a_group_of_its_parts(shown):
    assert [group.component for group in shown.groups] == [FIRST, SECOND]
    assert headings(shown.groups[0].html, ("h3", "h4")) == [
        ("h3", "Examplol: what it is used for"),
        ("h3", "Examplol: how to take it"),
        ("h3", "Examplol: side effects"),
        ("h4", "Common"),
        ("h4", "Side effects can include"),
    ]
    assert headings(shown.after, ("h2", "h3")) == [
        ("h2", "Both together"),
        ("h2", "Common questions"),
        ("h3", "May I take both?"),
        ("h3", "Examplol: Is it new?"),
    ]


def test_the_contents_are_nested_and_say_which_component(shown):
    nested = {group.label: [entry.heading for entry in group.entries] for group in shown.outline}
    assert nested["Danger"] == ["Signs of danger", "If you feel unwell", "If you take too much"]
    assert list(nested) == ["Danger", FIRST, SECOND, "About"]
    assert nested["About"][:3] == ["More information", "Both together", "Common questions"]
    assert nested[SECOND] == [
        "Testamine: what it is used for",
        "Testamine: if you take too much",
        "Testamine: side effects",
        "Testamine (Testex) and sleep",
    ]


def test_names_that_only_brackets_tell_apart_keep_them():
    names = ("Aol (salt)", "Aol (acid)", "Bol (Bex)")
    assert component_groups.short_names(names) == {**{name: name for name in names}, "Bol (Bex)": "Bol"}


def test_anchors_say_kind_and_component(shown):
    anchors = [entry.anchor for entry in shown.contents]
    assert "overdose" in anchors and "overdose-testamine-testex" in anchors
    assert "side-effects-testamine-testex-2" in anchors
    assert len(set(anchors)) == len(anchors)
    html = shown.boxes + shown.body
    assert all(f'id="{anchor}"' in html for anchor in anchors if not anchor.startswith("component-"))


def test_components_in_one_script_or_number_have_anchors():
    sections = tuple(Section("uses", "", "A.", name) for name in ("2", "(!)", "Aol", "AOL"))
    built = article.build(Document(slug="x", title="X", sections=(*sections, Section("uses", "", "B."))))
    anchors = [entry.anchor for entry in built.contents]
    assert len(set(anchors)) == len(anchors)


def test_what_the_site_says_stands_once_before_the_components(shown):
    assert headings(shown.before, ("h2",)) == [
        ("h2", "More information"),
        ("h2", "If you feel unwell"),
        ("h2", "If you take too much"),
    ]
    assert (shown.before + shown.body).count("If you feel very unwell") == 2  # `body` holds `before`
    assert "poison centre" not in "".join(group.html for group in shown.groups)


def test_the_text_that_calls_it_no_product_is_quoted(shown):
    assert shown.denial == ("The combination is not an approved product.", "other")
    assert article.build(make_document()).denial == ("", "")


def test_the_text_that_calls_a_medicine_withdrawn_is_quoted_first():
    gone = FAQ("Is Examplol still sold?", "No, it was withdrawn from the market.")
    document = make_document(
        title="Examplol",
        slug="examplol",
        sections=(Section("uses", "For pain."), Section("side_effects"), Section("faqs")),
        faqs=(gone,),
    )
    found = article.build(document)
    assert found.denial == ("No, it was withdrawn from the market.", "faqs-question-1")
    assert f'id="{found.denial[1]}"' in found.body


def test_effects_of_a_component_without_its_section_say_whose_they_are():
    document = make_document(
        sections=(Section("side_effects"), Section("faqs")),
        side_effects=(
            SideEffect("Yawning", label="Common", component="Aol"),
            SideEffect("Falls", label="Aol › Rare", component="Aol"),
            SideEffect("Hurry", label="Common (Aol)", component="Aol", urgency="talk"),
        ),
    )
    said = [text for _, text in headings(article.build(document).body, ("h3",))]
    assert said[:2] == ["Aol › Common", "Aol › Rare"]
    assert "Common (Aol)" in article.build(document).body


def test_a_report_on_a_component_shows_its_text():
    assert "For tests." in article.section_html(PAIR, "component-examplol")
    assert "For tests." not in article.section_html(PAIR, "uses-testamine-testex")


@pytest.mark.django_db
def test_a_component_leads_to_its_own_page_and_shows_its_status(client, django_assert_num_queries):
    publish_document(slug="testamine", title="Testamine", names=(), review=make_review())
    publish_document(PAIR)
    with django_assert_num_queries(4):
        page = client.get("/drugs/pair/").content.decode()
    group = page[page.index('id="component-testamine') : page.index("Both together</h2>")]
    assert '<a href="/drugs/testamine/">Testamine</a>' in group and "Reviewed" in group
    assert (
        "Alone it has a page"
        not in page[page.index('id="component-examplol"') : page.index('id="component-test')]
    )
    with django_assert_num_queries(1):
        client.get("/drugs/pair/")
    assert "/drugs/pair/" in client.get("/drugs/testamine/").content.decode()


@pytest.mark.django_db
def test_drugs_without_a_heading_lead_to_their_own_pages_too(client, django_assert_num_queries):
    publish_document(slug="testamine", title="Testamine", names=(), review=make_review())
    sections = (Section("uses", "", "For exams."), Section("side_effects"))
    publish_document(replace(PAIR, sections=sections, faqs=()))
    with django_assert_num_queries(4):
        page = client.get("/drugs/pair/").content.decode()
    alone = page[page.index('<h2 id="alone">') :]
    assert '<a href="/drugs/testamine/">Testamine</a>' in alone[:600] and "Reviewed" in alone[:600]
    assert page.count('href="#alone"') == 1


@pytest.mark.django_db
def test_drugs_with_a_heading_are_not_listed_again(client):
    publish_document(slug="testamine", title="Testamine", names=())
    publish_document(PAIR)
    assert 'id="alone"' not in client.get("/drugs/pair/").content.decode()


@pytest.mark.django_db
def test_the_name_of_one_ingredient_is_no_name_of_the_page(client):
    publish_document(PAIR)
    page = client.get("/drugs/pair/").content.decode()
    assert "Pairex" in page and "Generic name:" not in page and "Also called" not in page
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.S)[1])
    about = data["@graph"][0]["about"]
    assert about["activeIngredient"] == ["Examplol", "Testamine"]
    assert "nonProprietaryName" not in about and "alternateName" not in about
    questions = data["@graph"][1]["mainEntity"]
    assert [question.get("about", {}).get("name") for question in questions] == [None, "Examplol"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["Examplol", "testamine"])
def test_search_for_one_ingredient_is_not_exact_for_the_pair(client, query):
    publish_document(PAIR)
    found = client.get("/search/suggest/", {"q": query}).json()
    assert found["exact"] is False
    assert [result["name"] for result in found["results"]] == ["Examplol + Testamine"]
    publish_document(slug="single", title=query.capitalize(), names=())
    found = client.get("/search/suggest/", {"q": query}).json()
    assert found["exact"] is True
    assert [result["match"] for result in found["results"]].count("exact") == 1


@pytest.mark.django_db
def test_lists_and_markdown_say_which_component(client):
    publication = publish_document(PAIR)
    assert publication.summary == "Examplol: For tests."
    text = client.get("/drugs/pair.md").content.decode()
    assert "\n# Examplol\n" in text and "\n# Testamine (Testex)\n" in text
    assert client.get("/drugs/pair.json").json()["sections"][2]["component"] == "Examplol"
