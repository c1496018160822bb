"""Full-text search: words inside pages are found on either database, with the sentence that says them."""

import re

import pytest
from django.db import connection

from drugs.content import FAQ, Section, SideEffect
from drugs.models import Publication
from drugs.search import fulltext, index
from tests.support.builders import make_document, publish_document
from tests.support.hostile_queries import HOSTILE_QUERIES

pytestmark = pytest.mark.django_db


def publish(**overrides):
    document = make_document(**overrides)
    publication = publish_document(document)
    index.write([(publication, document)])
    return publication


def marked(hit):
    return "".join(f"[{text}]" if matched else text for text, matched in hit.snippet)


def test_the_sentence_that_says_the_words_is_marked():
    publish()
    (hit,) = fulltext.find("racing heart")
    assert (hit.slug, hit.title) == ("examplol", "Examplol")
    assert marked(hit) == "It also calms a [racing] [heart]."


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("swelling", "[Swelling] of the face"),
        ("swel\u00adling fa\u200bce", "[Swelling] of the [face]"),
        ("drive", "Can I [drive]? Not until you know how it affects you."),
        ("lowering", "It [lowers] high blood pressure."),
        ("What is it for high PRESSURE", "It lowers [high] blood [pressure]."),
        ("asthma", "Do not take it if you have [asthma]."),
    ],
)
def test_uses_side_effects_and_questions_are_searched(query, sentence):
    publish()
    assert [marked(hit) for hit in fulltext.find(query)] == [sentence]


def test_the_snippet_has_the_word_that_the_page_says_least():
    uses = (
        "Take examplol daily. Taking examplol with food helps. It does more than it should beside warfarin."
    )
    publish(sections=(Section("uses", "", uses + " Do not take examplol twice."),), side_effects=(), faqs=())
    (hit,) = fulltext.find("can I take examplol with warfarin")
    assert marked(hit) == "It does more than it should beside [warfarin]."


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("blood", "Do not take it if you: … often give [blood]"),
        ("alcohol", "Do not take it if you: drink [alcohol]"),
        ("sleep", "Others [sleep] well."),
        ("faint", "[Faint] lines."),
        ("take alcohol", "Do not [take] it if you: drink [alcohol]"),
    ],
)
def test_an_item_of_a_list_stands_behind_its_opening_line(query, sentence):
    body = "Do not take it if you:\n\n* drink alcohol\n* often give blood\n\nOthers sleep well.\n\n* Faint lines."
    publish(sections=(Section("do_not_take", "", body),), side_effects=(), faqs=())
    assert [marked(hit) for hit in fulltext.find(query)] == [sentence]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("cycle", "Can I [cycle]? Not until you know."),
        ("machines", "Driving and using [machines]: See the questions."),
        ("bananas", "[Bananas] or plums? Yes: this one."),
    ],
)
def test_a_heading_and_a_question_stand_before_what_comes_next(query, sentence):
    publish(
        sections=(
            Section("other", "Driving and using machines", "See the questions. And more."),
            Section("other", "Bananas or plums?", "Yes:\n\n* this one.\n* That one."),
            Section("faqs"),
        ),
        side_effects=(),
        faqs=(FAQ("Can I cycle?", "Not until you know. Then yes."),),
    )
    assert marked(fulltext.find(query)[0]) == sentence


def test_a_passage_never_begins_inside_a_condition():
    body = f"Do not take it {'ever ' * 50}if you:\n\n* drink alcohol"
    publish(sections=(Section("do_not_take", "", body),), side_effects=(), faqs=())
    (said,) = [marked(hit) for hit in fulltext.find("alcohol")]
    assert (
        said.startswith("Do not take it ever ") and said.endswith("if you: drink [alcohol]") and " … " in said
    )


def test_a_passage_knows_the_section_in_which_it_stands():
    publish(
        sections=(
            Section("other", "One", "Sleep well."),
            Section("precautions", "", "Mind the stairs."),
            Section("other", "Two", "Eat little."),
            Section("side_effects"),
            Section("faqs"),
        ),
        side_effects=(SideEffect("Hiccups", "They pass."),),
        faqs=(FAQ("Does it taste?", "Of lemons."),),
    )
    anchors = {
        word: fulltext.find(word)[0].anchor for word in ("sleep", "stairs", "little", "hiccups", "lemons")
    }
    assert anchors == {
        "sleep": "other",
        "stairs": "precautions",
        "little": "other-2",
        "hiccups": "side-effects",
        "lemons": "faqs",
    }


def test_a_word_with_something_unseen_in_it_is_found_as_it_looks():
    publish(
        sections=(Section("uses", "", "It lo\u00adwers blood pres\u200bsure."),), side_effects=(), faqs=()
    )
    assert [marked(hit) for hit in fulltext.find("lowers pressure")] == ["It [lowers] blood [pressure]."]


def test_every_word_must_be_on_the_page():
    publish()
    assert fulltext.find("racing giraffe") == []
    assert fulltext.find("the of and") == []


def test_the_source_s_own_notices_are_not_searched():
    publish(
        sections=(Section("uses", "", "Pain."), Section("notice", "", "Written by robots.")),
        side_effects=(),
        faqs=(),
    )
    assert fulltext.find("robots") == []


def test_only_what_the_current_edition_says_is_found():
    page = publish()
    index.write(
        [(page, make_document(sections=(Section("uses", "", "For gout."),), side_effects=(), faqs=()))]
    )
    assert fulltext.find("asthma") == []
    assert [marked(hit) for hit in fulltext.find("gout")] == ["For [gout]."]
    index.remove(page)
    assert fulltext.find("gout") == []


def test_withdrawn_pages_are_not_found():
    publish()
    Publication.objects.update(withdrawn_at="2026-01-01T00:00Z", withdrawn_reason="Old.")
    assert fulltext.find("asthma") == []


def test_only_the_texts_that_are_shown_are_marked(django_assert_num_queries):
    for number in range(12):
        publish(slug=f"examplol-{number}", title=f"Examplol {number}")
    with django_assert_num_queries(1) as asked:
        pages = fulltext.find_pages("asthma", 10)
    assert len(pages) == 10 and not re.search("highlight|ts_headline|text", asked[0]["sql"])
    with django_assert_num_queries(1) as asked:
        hits = fulltext.passages("asthma", pages[3:1:-1])
    assert [hit.slug for hit in hits] == [pages[3].slug, pages[2].slug]
    with django_assert_num_queries(0):
        assert fulltext.passages("asthma", []) == []


def test_a_page_that_went_meanwhile_has_no_passage():
    page = publish()
    pages = fulltext.find_pages("asthma", 10)
    index.remove(page)
    assert fulltext.passages("asthma", pages) == []


def test_no_more_pages_are_unpacked_than_may_be_ranked(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite ranks what its index has at hand.")
    for number in range(4):
        publish(slug=f"examplol-{number}", title=f"Examplol {number}")
    monkeypatch.setattr(fulltext, "RANKED", 2)
    assert [page.slug for page in fulltext.find_pages("asthma", 10)] == ["examplol-2", "examplol-3"]


def test_no_search_reads_a_waiting_list_of_new_words():
    if connection.vendor != "postgresql":
        pytest.skip("Only PostgreSQL's index has such a list.")
    publish()
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('drugs_searchwords_words')")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("query", HOSTILE_QUERIES, ids=range(len(HOSTILE_QUERIES)))
def test_hostile_queries_find_nothing_and_break_nothing(query):
    publish(names=())
    fulltext.find(query)


@pytest.mark.parametrize(
    ("language", "text", "query", "passage"),
    [
        ("de", "Bei Schwangeren nicht anwenden.", "schwangere", "Bei [Schwangeren] nicht anwenden."),
        ("de-AT", "Die Tablette hilft.", "wie helfen die Tabletten", ""),
        ("de", "Starke Kopfschmerzen.", "ich habe starken Kopfschmerz", "[Starke] [Kopfschmerzen]."),
        ("fr", "Prenez les comprimés.", "un comprimé", "Prenez les [comprimés]."),
        ("es", "Puede causar mareo.", "mareos", "Puede causar [mareo]."),
        ("pt", "Tome os comprimidos.", "o comprimido", "Tome os [comprimidos]."),
        ("it", "Per i dolori forti.", "dolore forte", "Per i [dolori] [forti]."),
        ("nl", "Bij hevige krampen.", "kramp", "Bij hevige [krampen]."),
        ("nl", "Neem de tablet in.", "tabletten", "Neem de [tablet] in."),
        ("pt", "Em casos renais graves.", "caso renal", "Em [casos] [renais] graves."),
        ("fr", "Troubles rénaux.", "trouble rénal", "[Troubles] [rénaux]."),
        ("it", "Malattia epatica.", "malattie epatiche", "[Malattia] [epatica]."),
    ],
)
def test_forms_of_words_are_those_of_the_pages_language(language, text, query, passage):
    publish(language=language, sections=(Section("other", "Info", text),), side_effects=(), faqs=())
    assert [marked(hit) for hit in fulltext.find(query)] == ([passage] if passage else [])


def test_an_english_page_is_not_looked_up_in_other_languages():
    publish(sections=(Section("other", "Info", "Krampen, comprimidos."),), side_effects=(), faqs=())
    assert fulltext.find("kramp") == [] and fulltext.find("comprimid") == []


@pytest.mark.parametrize("query", ["die", "de la", "van"])
def test_words_that_say_nothing_in_a_language_find_no_page_of_it(query):
    publish(language="de", sections=(Section("other", "Info", "Nichts."),), side_effects=(), faqs=())
    assert fulltext.find(query) == []
