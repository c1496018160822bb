"""Article: a document becomes the parts and the HTML that readers meet."""

import re

import html5lib
import pytest
from django.core.cache import cache

from drugs.content import FAQ, Document, Name, Reference, Section, SideEffect
from drugs.web import article
from tests.support.builders import make_document, publish_document


def effect(name, urgency="unsorted", label="", group="common", **more):
    return SideEffect(name, group=group, label=label, urgency=urgency, **more)


def effects_document(*effects):
    return make_document(side_effects=effects)


def headings(html):
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [("".join(node.itertext())) for node in tree.iter() if node.tag in ("h2", "h3")]


def text(html):
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return " ".join("".join(tree.itertext()).split())


def test_warnings_and_key_facts_stand_before_everything_else():
    document = make_document(
        sections=(
            Section("uses", "", "Uses."),
            Section("key_facts", "", "Facts."),
            Section("warning", "Danger", "Warning."),
            Section("side_effects"),
            Section("faqs"),
        )
    )
    shown = article.build(document)
    assert headings(shown.boxes) == ["Key facts", "Danger"]
    assert headings(shown.body)[0] == "What it is used for"
    assert shown.contents[:3] == (
        ("key-facts", "Key facts", True),
        ("warning", "Danger", False),
        ("uses", "What it is used for", True),
    )


def test_sections_keep_the_authors_order_and_their_own_headings():
    kinds = ("how_it_works", "uses", "notice", "other", "dosage")
    sections = tuple(Section(kind, "", f"About {kind}.") for kind in kinds)
    document = make_document(
        sections=(*sections, Section("uses", "Examplol usage", "More.")), side_effects=(), faqs=()
    )
    assert headings(article.build(document).body) == [
        "How it works",
        "What it is used for",
        "Note from the source",
        "More information",
        "How to take it",
        "If you take too much",
        "Examplol usage",
        "Sources",
    ]


def test_without_an_overdose_section_the_general_advice_is_given(settings):
    settings.COUNTRY = "us"
    kinds = ("dosage", "missed_dose", "storage")
    document = make_document(
        sections=tuple(Section(kind, "", f"About {kind}.") for kind in kinds), side_effects=(), faqs=()
    )
    shown = article.build(document)
    said = text(shown.body)
    assert (
        said.index("About missed_dose.")
        < said.index("Call Poison Help on 1-800-222-1222 at once, even if nothing seems wrong.")
        < said.index("This page has no section of its own about too much of this one.")
        < said.index("About storage.")
    )
    assert ("overdose", "If you take too much", True) in shown.contents
    assert "1-800-222-1222" in article.section_html(document, "overdose")


def test_a_silent_combination_is_not_called_this_one():
    document = make_document(ingredients=("Examplol", "Testamine"), faqs=())
    assert "about too much of this combination." in article.build(document).body


CLAIM = "This page has no section of its own about too much of this one."
GENERAL = "even if nothing seems wrong."


@pytest.mark.parametrize(
    "parts",
    [
        {"sections": (Section("other", "Überdosierung", "Sofort anrufen."),), "language": "de"},
        {"sections": (Section("dosage", "Posologie et surdosage", "Appelez."),), "language": "fr"},
        {"sections": (Section("dosage", "", "One a day.\n\n#### Overdose\n\nCall at once."),)},
        {"sections": (Section("dosage", "", "One a day.\n\n**If you take too much** call at once."),)},
        {"sections": (Section("dosage", "", "One a day. After an overdose call at once."),)},
        {"sections": (Section("faqs"),), "faqs": (FAQ("What if I took too much?", "Call at once."),)},
        {"sections": (Section("faqs"),), "faqs": (FAQ("What if?", "In overdose, call at once."),)},
        {"sections": (Section("other", "Předávkování", "Volejte."),)},
        {"sections": (Section("other", "Передозировка", "Звоните."),)},
        {"sections": (Section("dosage", "", "Raz dziennie."),), "language": "pl"},
    ],
    ids=lambda parts: parts["sections"][0].heading or parts["sections"][0].body or parts["faqs"][0].answer,
)
def test_a_page_that_may_speak_of_an_overdose_is_not_said_to_be_silent(parts):
    shown = article.build(make_document(**{"side_effects": (), "faqs": (), **parts}))
    said = text(shown.body)
    assert GENERAL in said and "This holds for every medicine." in said
    assert CLAIM not in said


@pytest.mark.parametrize("language", ["en", "pt-BR", "de"])
def test_a_page_that_says_nothing_of_an_overdose_says_so(language):
    section = Section("dosage", "", "Do not eat too much liquorice.")
    shown = article.build(make_document(sections=(section,), side_effects=(), faqs=(), language=language))
    assert CLAIM in text(shown.body)


def sources_of(client, **overrides):
    """What the foot of a page says about its sources, as HTML."""
    publish_document(**{"references": (), "side_effects": (), "faqs": (), **overrides})
    page = client.get("/drugs/examplol/").content.decode()
    return re.search(r"<dt>Sources</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)[1].strip()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("section", "sources"),
    [
        (Section("other", "References", "1. A leaflet."), '<a href="#other">In the text</a>'),
        (Section("other", "Quellen und Literatur", "Ein Buch."), '<a href="#other">In the text</a>'),
        (Section("uses", "", "Pain.\n\n#### Sources\n\n- A leaflet."), '<a href="#uses-2">In the text</a>'),
        (Section("notice", "", "Pain.\n\nSource: a leaflet."), '<a href="#notice">In the text</a>'),
        (Section("other", "Where our sources disagree", "Here."), "No list of sources"),
        (Section("other", "Links", "See https://example.org/."), "No list of sources"),
        (Section("other", "", "See [it](https://example.org/)."), "No list of sources"),
        (Section("other", "", "For pain."), "None cited"),
    ],
    ids=lambda value: "" if isinstance(value, str) else f"{value.heading} {value.body}",
)
def test_a_page_with_sources_in_its_text_is_not_said_to_cite_none(client, section, sources):
    sections = (Section("uses", "", "Pain."), Section("dosage", "", "One."), section)
    assert sources_of(client, sections=sections) == sources


def test_what_the_author_says_about_an_overdose_stands_alone(settings):
    settings.COUNTRY = "us"
    shown = article.build(
        make_document(sections=(Section("overdose", "", "Go to a hospital."),), side_effects=(), faqs=())
    )
    assert text(shown.body).count("If you take too much") == 1
    assert "1-800-222-1222" not in shown.body


def test_prose_after_the_list_stands_under_the_same_heading():
    body = article.build(make_document()).body
    said = text(body)
    places = [
        said.index(part)
        for part in ("Not everyone", "Swelling", "Feeling tired", "Report anything", "Can I drive?")
    ]
    assert places == sorted(places)
    assert headings(body).count("Side effects") == 1


def test_in_a_combination_the_list_follows_the_first_text():
    document = make_document(
        sections=(
            Section("side_effects", "Aol side effects", "Of aol."),
            Section("uses", "Bol usage", "For bol."),
            Section("side_effects", "Bol side effects", "Of bol."),
        ),
        faqs=(),
    )
    said = text(article.build(document).body)
    places = [said.index(part) for part in ("Of aol.", "Swelling", "For bol.", "Bol side effects", "Of bol.")]
    assert places == sorted(places)


def test_side_effects_stand_by_urgency_and_in_the_authors_order():
    document = effects_document(
        effect("Zeta", "expected"),
        effect("Beta", "talk"),
        effect("Unsorted one", label="Common"),
        effect("Alpha", "talk"),
        effect("Coma", "emergency"),
        effect("Fever", "urgent"),
    )
    said = text(article.build(document).body)
    order = ("Coma", "Fever", "Unsorted one", "Beta", "Alpha", "Zeta")
    places = [said.index(part) for part in order]
    assert places == sorted(places)
    assert "Call your local emergency number now if you have Coma" in said
    assert "Get medical help today if you have Fever" in said


def test_the_emergency_number_is_the_countrys(settings):
    settings.COUNTRY = "gb"
    assert "Call 999 now if you have Coma" in text(
        article.build(effects_document(effect("Coma", "emergency"))).body
    )


def test_unsorted_effects_show_the_groups_of_the_source():
    document = effects_document(
        effect("One", label="Aol › Common (>10%)"),
        effect("Two", label="Aol › Common (>10%)"),
        effect("Three", label="Rare & odd", group="serious"),
        effect("Four", label="Aol › Common (>10%)"),
        effect("Five", group="other"),
    )
    shown = article.build(document)
    cards = [
        heading
        for heading in headings(shown.body)
        if "›" in heading or "odd" in heading or "include" in heading
    ]
    cards = [" ".join(card.split()) for card in cards]
    assert cards == ["Rare & odd", "Aol › Common (>10%)", "Aol › Common (>10%)", "Side effects can include"]
    assert text(shown.body).count("Nobody has yet sorted these by how urgent they are.") == 1


def test_the_sources_label_stands_under_a_sorted_cards_heading():
    document = effects_document(
        effect("Coma", "emergency", label="Serious side effects requiring immediate attention"),
        effect("Fits", "emergency", label="Very rarely"),
    )
    said = text(article.build(document).body)
    assert "In the source: Serious side effects requiring immediate attention Coma" in said
    assert "In the source: Very rarely Fits" in said


def test_frequency_is_said_in_numbers_of_people_or_not_at_all():
    document = effects_document(
        effect("Coma", frequency="rare"), effect("Fits", frequency="not_known"), effect("Rash")
    )
    said = text(article.build(document).body)
    assert "Coma 1 to 10 in 10,000 people Fits It is not known how many people Rash" in said
    assert "not stated" not in said


@pytest.mark.parametrize(("careful", "count"), [(True, 1), (False, 0)])
def test_a_dose_that_no_review_covers_carries_its_own_caution(careful, count):
    document = make_document(sections=(Section("dosage", "", "1 mg."),), side_effects=(), faqs=())
    assert article.build(document, careful).body.count("This page has no current review.") == count


def test_names_are_shown_by_kind_and_misspellings_never():
    document = make_document(
        title="Examplol",
        names=(
            Name("Examplol", "generic"),
            Name("Examplolum", "generic"),
            Name("Xamp", "brand"),
            Name("Ximp", "brand"),
            Name("Exampol", "misspelling"),
        ),
    )
    assert article.build(document).names[:2] == (
        (("Brand names", ("Xamp", "Ximp")),),
        (("Generic name", ("Examplolum",)),),
    )


def test_empty_sections_are_left_out_unless_they_have_a_heading():
    document = Document(
        slug="x",
        title="X",
        sections=(Section("storage"), Section("other", "Bol"), Section("uses", "", "Pain.")),
    )
    assert headings(article.build(document).body) == ["Bol", "What it is used for", "If you take too much"]


def test_anchors_are_unique_and_the_contents_lead_to_them():
    document = make_document(
        sections=(
            *make_document().sections,
            Section("uses", "Again", "A."),
            Section("other", "", "B."),
            Section("uses", "", "C."),
        )
    )
    shown = article.build(document)
    anchors = [entry.anchor for entry in shown.contents]
    assert len(set(anchors)) == len(anchors)
    assert all(f'id="{anchor}"' in shown.boxes + shown.body for anchor in anchors)


def test_questions_are_open_and_in_order():
    document = make_document(faqs=(FAQ("Zwei?", "Two."), FAQ("Eins?", "One.")))
    body = article.build(document).body
    assert "<details" not in body
    said = text(body)
    assert said.index("Zwei? Two.") < said.index("Eins? One.")


def test_sources_name_what_is_known_of_them():
    document = make_document(
        references=(Reference("Leaflet", "Agency", "https://example.org/a?b=1&c=2", 2024),)
    )
    shown = article.build(document)
    assert 'href="https://example.org/a?b=1&amp;c=2"' in shown.body
    assert "Leaflet. Agency, 2024" in text(shown.body)
    assert shown.sources == 1


def test_the_interfaces_words_say_their_language_in_another_text():
    body = article.build(make_document(language="ar")).body
    assert '<h2 id="uses" lang="en" dir="ltr">' in body
    assert "lang=" not in article.build(make_document(language="en-GB")).body


@pytest.mark.django_db
def test_the_html_is_made_once_per_edition_and_status(monkeypatch):
    cache.clear()
    publication = publish_document()
    made = []
    build = article.build
    monkeypatch.setattr(article, "build", lambda *args: made.append(args) or build(*args))
    first, second = article.of_publication(publication), article.of_publication(publication)
    assert first == second
    assert len(made) == 1


def test_what_a_label_shares_with_the_one_above_is_not_repeated():
    document = effects_document(
        effect("One", "emergency", label="Serious, get help › Heart"),
        effect("Two", "emergency", label="Serious, get help › Lungs › Rare"),
        effect("Three", "emergency", label="Serious, get help"),
        effect("Four", "emergency", label="Rare"),
    )
    said = text(article.build(document).body)
    for part in (
        "Serious, get help › Heart One",
        "… › Lungs › Rare Two",
        "In the source: Serious, get help Three",
        "In the source: Rare Four",
    ):
        assert part in said


def test_unsorted_side_effects_say_what_to_do_if_very_unwell(settings):
    settings.COUNTRY = "gb"
    said = text(article.build(effects_document(effect("One"), effect("Two", label="Rare"))).body)
    assert said.count("If you feel very unwell, call 999 now.") == 1
    assert said.index("call 999 now") < said.index("One")
    assert "call 999" not in text(article.build(effects_document(effect("One", "talk"))).body)


def test_a_later_section_on_side_effects_leads_to_the_list():
    sections = (
        Section("side_effects"),
        Section("other", "Bol", ""),
        Section("side_effects", "", "They pass."),
        Section("side_effects", "", "Mostly."),
    )
    body = article.build(make_document(sections=sections, faqs=())).body
    assert body.count('<a href="#side-effects">') == 1
    assert body.index("Bol") < body.index('<a href="#side-effects">') < body.index("They pass.")
