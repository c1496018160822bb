"""The first screen of a drug's page: names, jumps, and the site's own words on danger under what nobody has sorted."""

import re

import pytest

from drugs.content import FAQ, DrugClass, Name, Section, SideEffect
from drugs.web import article
from drugs.web.effect_cards import cards
from drugs.web.jumps import TOPICS, jumps
from drugs.web.name_lines import name_lines
from tests.support.builders import make_document, make_review, publish_document
from tests.support.combinations import PAIR
from tests.support.public_pages import body


def lines_of(*names, ingredients=()):
    return name_lines("Examplol", ingredients, [Name(text, kind) for text, kind in names])


def test_two_brands_lead_and_the_other_names_follow():
    lines = lines_of(
        ("Examplolum", "generic"),
        ("Xamp", "brand"),
        ("Ximp", "brand"),
        ("Xomp", "brand"),
        ("EX", "abbreviation"),
    )
    assert lines.first == (("Brand names", ("Xamp", "Ximp")),)
    assert [names for _kind, names in lines.more] == [("Examplolum",), ("Xomp",), ("EX",)]
    assert lines.hidden == 3


def test_a_name_twice_by_case_or_kind_is_shown_once():
    lines = lines_of(("Xamp", "brand"), ("XAMP", "brand"), ("xamp", "synonym"), ("examplol", "synonym"))
    assert lines == ((("Brand names", ("Xamp",)),), (), False)


def test_long_names_stay_behind_the_line_on_the_first_screen():
    long = "Extraordinarily long name of a product in its box number"
    first, more, crowded = lines_of((f"{long} 1", "brand"), (f"{long} 2", "brand"))
    assert [len(names) for _kind, names in (*first, *more)] == [1, 1] and not crowded
    title = "Aol + Bol" * 10
    assert name_lines(title, ("Aol", "Bol"), [Name(long, "brand")], ()).first == ()
    assert name_lines("Aol + Bol", ("Aol", "Bol"), [], ["Blockers"]).crowded is False
    assert name_lines("Aol + Bol", ("Aol", "Bol"), [], ["Blockers of something very long", "B" * 30]).crowded


@pytest.mark.django_db
def test_classes_of_crowded_first_screens_are_behind_the_line(client):
    classes = (
        DrugClass("Blockers of something very long"),
        DrugClass("Inhibitors of something else as long"),
    )
    html = client.get(publish_document(classes=classes).get_absolute_url()).content.decode()
    names = html.partition('class="names"')[2].partition("</details>")[0]
    assert names.index("<summary>") < names.index("Inhibitors of something else")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("hydrochloride, examplol", False), ("examplol, zinc salt, examplol", False), ("1,2-diol", True)],
)
def test_names_turned_round_by_commas_are_not_shown(name, shown):
    assert bool(lines_of((name, "synonym")).first) is shown


def test_without_brands_the_first_names_of_another_kind_lead():
    assert lines_of(("Onum", "generic"), ("Twonum", "generic"), ("Threenum", "generic")).first[0][1] == (
        "Onum",
        "Twonum",
    )


def test_jumps_lead_to_sections_and_else_to_the_site():
    places = [("dosage", "", "dosage"), ("overdose", "", "overdose")]
    places += [("interactions", name, f"interactions-{name}") for name in ("aol", "bol")]
    found = jumps(places, "danger", {"pregnancy": {"": "said-on-pregnancy"}, "dosage": {"": "elsewhere"}})
    anchors = {link.label: link.anchor for link in found.links}
    assert len(anchors) == len(TOPICS)
    assert (anchors["Took too much"], anchors["Signs of danger"]) == ("overdose", "danger")
    assert (anchors["How to take it"], anchors["Missed a dose"]) == ("dosage", "not-on-this-page")
    assert anchors["Other medicines"] == "contents"  # which say where each component's stand
    assert anchors["Pregnancy"] == "said-on-pregnancy"  # no section, but a sentence of another
    assert "a missed dose" in found.missing and "other medicines" not in found.missing
    assert [link.label for link in found.links if link.urgent] == ["Took too much"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "document",
    [
        make_document(),
        PAIR,
        make_document(sections=(Section("uses", "", "Pain."),), side_effects=(), faqs=()),
    ],
)
def test_every_jump_has_its_place_on_the_page(client, document):
    html = client.get(publish_document(document).get_absolute_url()).content.decode()
    nav = re.search(r'<nav class="jumps".*?</nav>', html, re.S)[0]
    anchors = re.findall(r'href="#([^"]+)"', nav)
    assert len(anchors) == len(TOPICS)
    assert all(html.count(f'id="{anchor}"') == 1 for anchor in anchors)
    assert html.index('class="jumps"') < html.index('class="contents"')


UNSORTED = (SideEffect("Rash"),)


def bare(*sections, **more):
    return make_document(
        sections=(*sections, Section("side_effects")), side_effects=UNSORTED, faqs=(), **more
    )


def test_an_unsorted_page_shows_the_sites_signs_of_danger():
    assert article.build(bare()).floor.shown


def test_a_sorted_emergency_takes_the_place_of_the_sites_signs():
    effects = (SideEffect("Coma", urgency="emergency"), SideEffect("Rash", urgency="talk"))
    floor = article.build(make_document(side_effects=effects)).floor
    assert (floor.shown, floor.anchor) == (False, "side-effects")


@pytest.mark.django_db
def test_the_floor_says_what_the_text_itself_says(client):
    text = "- Contraindicated in pregnancy - ask, first.\n- It **interacts** with other drugs. Sleep well & long."
    html = client.get(
        publish_document(bare(Section("precautions", "", text))).get_absolute_url()
    ).content.decode()
    assert "Nobody has written the warnings of this page yet." in html
    assert '<a href="#precautions:~:text=Contraindicated%20in%20pregnancy%20%2D%20ask%2C%20first.">' in html
    assert ">It interacts with other drugs.</a>" in html
    assert ">Sleep well" not in html


PRECAUTIONS = """**Examplol:**

- Do not use it when pregnant.

**Testamine (Testex):** It may harm the unborn.

**All:** Pregnancy needs care."""


def quoted(*sections, kind="pregnancy"):
    """What the floor of a page on Examplol and Testamine quotes on `kind`, with the component before it."""
    document = bare(*sections, title="Examplol + Testamine", ingredients=("Examplol", "Testamine"))
    found = next(found for found in article.build(document).floor.found if found.kind == kind)
    return [(said.component, said.sentence) for said in found.said]


def test_each_component_is_quoted_under_its_own_name():
    assert quoted(
        Section("precautions", "", "Pregnancy: use with caution. No pregnancy tests.", "Examplol"),
        Section("precautions", "", "Testamine is not for pregnant people.", "Testamine (Testex)"),
    ) == [("Examplol", "Pregnancy: use with caution."), ("", "Testamine is not for pregnant people.")]


def test_below_a_name_no_sentence_stands_without_its_own():
    assert quoted(
        Section("precautions", "", "Use in pregnancy with caution.", "Examplol"),
        Section("precautions", "", "In pregnancy Testamine may harm.", "Testamine"),
    ) == [("Examplol", "Use in pregnancy with caution."), ("Testamine", "In pregnancy Testamine may harm.")]


def test_a_label_in_the_text_of_the_whole_page_names_the_component():
    assert quoted(Section("precautions", "", PRECAUTIONS)) == [
        ("", "All: Pregnancy needs care."),
        ("Examplol", "Do not use it when pregnant."),
        ("", "Testamine (Testex): It may harm the unborn."),
    ]


@pytest.mark.parametrize(
    ("text", "component"),
    [
        ("#### Examplol\n\n##### Women\n\nDo not take it when pregnant.", "Examplol"),
        ("#### Examplol\n\n**Important:** Do not take it when pregnant.", "Examplol"),
        ("#### Examplol\n\nSleep.\n\n#### Women\n\nDo not take it when pregnant.", ""),
        ("#### Examplol\n\nSleep.\n\n**Both medicines:** Do not take them when pregnant.", ""),
        ("**Examplol:** Sleep.\n\n**Important:** Do not take it when pregnant.", ""),
    ],
)
def test_what_stands_below_a_components_heading_is_about_it(text, component):
    assert [name for name, _sentence in quoted(Section("precautions", "", text))] == [component]


@pytest.mark.parametrize(
    ("text", "component"),
    [
        ("- **Examplol:** Sleep. Not for pregnant people.", "Examplol"),
        ("1. Testamine (Testex): Sleep. Not for pregnant people.", "Testamine"),
        ("* **Examplol:**\n    * **Women:** Not for pregnant people.", "Examplol"),
        ("* **Examplol:** Sleep.\n\n    Not for pregnant people.", "Examplol"),
        ("* **Examplol:** Sleep.\n* **Women:** Not for pregnant people.", ""),
        ("* **Examplol:** Sleep.\n* **Both:** Not for pregnant people.", ""),
        ("**Testamine**\n* **Examplol:** Sleep.\n* **Women:** Not for pregnant people.", "Testamine"),
        ("* Sleep with Examplol: not for pregnant people.", ""),
        ("* **Examplol:** Sleep.\n\nNone of it is for pregnant people.", ""),
    ],
)
def test_the_label_of_an_item_speaks_for_what_stands_in_it(text, component):
    assert [name for name, _sentence in quoted(Section("precautions", "", text))] == [component]


def test_a_paragraph_behind_a_list_may_be_about_every_component():
    text = "**Examplol**\n- Sleep well and long.\n\nNone of it is for pregnant people."
    assert quoted(Section("precautions", "", text)) == [("", "None of it is for pregnant people.")]


def test_what_is_about_caution_is_quoted_before_what_is_not():
    uses = Section("uses", "", "In pregnancy ask a doctor first.", "Examplol")
    dosage = Section("dosage", "", "Pregnant women take half of it.", "Examplol")
    more = Section("precautions", "", "Pregnancy needs a doctor's advice.", "Examplol")
    assert quoted(uses, dosage, more) == [
        ("Examplol", "Pregnancy needs a doctor's advice."),
        ("Examplol", "Pregnant women take half of it."),
    ]
    assert quoted(uses) == [("Examplol", "In pregnancy ask a doctor first.")]


def test_a_need_in_pregnancy_is_no_word_of_caution():
    helps = Section("uses", "", "**Testamine:** It is important during pregnancy.")
    asked = Section("precautions", "", "Ask a doctor if you are pregnant.")
    assert [sentence for _name, sentence in quoted(helps, asked)] == ["Ask a doctor if you are pregnant."]
    assert not article.build(bare(helps, ingredients=("Examplol", "Testamine"))).floor.found


def test_what_the_page_is_not_for_forbids_no_medicine():
    said = "This information is for learning and should not be used for treatment."
    assert not article.build(bare(Section("dosage", "", said))).floor.found
    said = "By the prescribing information it should not be used in gout."
    assert article.build(bare(Section("dosage", "", said))).floor.found


def test_what_stands_before_the_first_heading_is_quoted_last():
    words = Section("other", "", "They are not for pregnant people at all.")
    more = Section("precautions", "", "Pregnant women should ask first.")
    assert [sentence for _name, sentence in quoted(words, more)] == ["Pregnant women should ask first."]
    assert [sentence for _name, sentence in quoted(words)] == ["They are not for pregnant people at all."]


@pytest.mark.django_db
def test_a_line_of_more_names_opens_on_something(client):
    title = "Examplol hydrochloride monohydrate + Testamine succinate and more"
    long = ("Examplol hydrochloride monohydrate", "Testamine succinate and more")
    names = (Name("Examplol with Testamine, two medicines in one box", "generic"),)
    document = make_document(title=title, ingredients=long, names=names, classes=())
    html = client.get(publish_document(document).get_absolute_url()).content.decode()
    assert "All names and what it contains" not in html  # the title says what it contains


@pytest.mark.django_db
def test_no_page_with_a_warning_or_a_review_is_called_unwritten(client):
    warned = publish_document(bare(Section("warning", "", "Take care.")))
    signed = publish_document(make_document(slug="signed", title="Signed"), review=make_review())
    for publication in (warned, signed):
        assert b"Nobody has written" not in client.get(publication.get_absolute_url()).content


def test_an_empty_finding_is_not_called_safe_in_any_language():
    floor = article.build(bare(Section("precautions", "", "Nicht nehmen."), language="de")).floor
    assert floor.unwritten and not floor.found


@pytest.mark.parametrize(
    ("warning", "absolute"),
    [
        (
            "It harms the unborn. Never take it if you are pregnant. More.",
            "It harms the unborn. Never take it if you are pregnant.",
        ),
        ("It can harm the liver. Ask first. Never take two.", ""),
    ],
)
def test_only_a_warning_that_forbids_stands_above_the_jumps(warning, absolute):
    assert article.build(bare(Section("warning", "", warning))).absolute == absolute


def test_serious_groups_stand_above_common_ones():
    effects = [SideEffect("Itch", group="common"), SideEffect("Coma", group="serious")]
    assert [card.serious for card in cards(effects)] == [True, False]


@pytest.mark.django_db
def test_without_a_country_numbers_with_their_places_follow_the_jumps(client):
    publish_document()
    html = body(client.get("/drugs/examplol/"))
    line = html.partition('<nav class="jumps"')[2].partition("by-place short")[2].partition("</p>")[0]
    assert re.search(r"tel:112.*European Union.*tel:911.*Canada.*tel:999.*United Kingdom", line, re.DOTALL)
    assert 'href="/emergency/#numbers"' in line


@pytest.mark.django_db
def test_where_the_country_is_known_no_other_number_stands(client, settings):
    settings.COUNTRY = "gb"
    publish_document()
    html = body(client.get("/drugs/examplol/"))
    assert "by-place" not in html and "tel:911" not in html


def test_a_question_of_the_page_answers_a_jump_that_has_no_section():
    asked = (
        FAQ("How do I store it?", "In a dry place."),
        FAQ("What should I do if I miss a dose?", "Leave it out."),
    )
    shown = article.build(
        make_document(
            sections=(Section("dosage", "", "One a day."), Section("faqs")), faqs=asked, side_effects=()
        )
    )
    anchors = {link.label: link.anchor for link in shown.jumps.links}
    assert anchors["Missed a dose"] == "faqs-question-2" and 'id="faqs-question-2">What should' in shown.body
    assert "a missed dose" not in shown.jumps.missing and "alcohol and food" in shown.jumps.missing


def test_a_sentence_is_quoted_under_one_topic_only():
    said = "It is contraindicated in pregnancy. It is contraindicated in gout."
    shown = article.build(
        make_document(sections=(Section("precautions", "", said),), side_effects=(), faqs=())
    )
    quotes = [[one.sentence for one in found.said] for found in shown.floor.found]
    assert quotes == [["It is contraindicated in pregnancy."], ["It is contraindicated in gout."]]
    alone = article.build(
        make_document(sections=(Section("precautions", "", said[:35]),), side_effects=(), faqs=())
    )
    assert [len(found.said) for found in alone.floor.found] == [1, 1]  # nothing else says who must not


@pytest.mark.parametrize(
    ("body", "topic", "begins"),
    [
        ("Take care. Avoid driving until you know how you feel.", "Driving", "Avoid%20driving"),
        ("It holds benzyl alcohol. Avoid alcohol for two days.", "Alcohol and food", "Avoid%20alcohol"),
        ("It drives salt out. It holds benzyl alcohol.", "Driving", None),
        ("It drives salt out. It holds benzyl alcohol.", "Alcohol and food", None),
    ],
)
def test_a_jump_finds_the_sentence_about_caution_that_speaks_of_it(body, topic, begins):
    shown = article.build(
        make_document(sections=(Section("precautions", "", body),), side_effects=(), faqs=())
    )
    anchors = {link.label: link.anchor for link in shown.jumps.links}
    expected = f"precautions:~:text={begins}" if begins else "not-on-this-page"
    assert anchors[topic].startswith(expected)
    assert (topic.lower() in shown.jumps.missing) is (begins is None)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What if I miss a period?", "Missed a dose"),
        ("What if my child has a fever after the shot?", "Alcohol and food"),
        ("Can it replace a balanced diet?", "Alcohol and food"),
        ("How long does it take for Examplol + Caffeine to work?", "Alcohol and food"),
    ],
)
def test_words_in_another_sense_answer_no_jump(question, topic):
    document = make_document(
        title="Examplol + Caffeine",
        ingredients=("Examplol", "Caffeine"),
        sections=(Section("dosage", "", "One a day."), Section("faqs")),
        faqs=(FAQ(question, "Ask."),),
        side_effects=(),
    )
    anchors = {link.label: link.anchor for link in article.build(document).jumps.links}
    assert anchors[topic] == "not-on-this-page"


def test_how_parts_of_a_tablet_interact_is_no_word_on_other_medicines():
    works = Section("how_it_works", "", "The interaction of both with receptors is unclear.")
    facts = Section("key_facts", "", "It is used beside other medicines for pain.")
    assert [sentence for _name, sentence in quoted(works, facts, kind="interactions")] == [
        "It is used beside other medicines for pain."
    ]


def test_a_quoted_sentence_does_not_end_inside_a_name():
    said = "Avoid concurrent use with St. John's wort. Ask first."
    (quote, *_) = quoted(Section("interactions", "", said), kind="interactions")
    assert quote[1] == "Avoid concurrent use with St. John's wort."


@pytest.mark.parametrize(
    "said",
    [
        "People with an allergy to gelatin should not receive it.",
        "It must not be given to babies.",
        "It should be avoided by individuals with weak muscles.",
        "It is not suitable for people with gout.",
    ],
)
def test_who_must_not_have_it_is_said_in_more_words_than_take(said):
    assert quoted(Section("precautions", "", said), kind="do_not_take")[0][1] == said
