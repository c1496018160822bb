"""Crisis queries: who wants to die, took too much or swallowed something is known, misspelt too; nobody else is."""

import pytest

from drugs.search import questions
from drugs.search.questions.phrases import PhraseList
from tests.support.search_sets import lines


@pytest.mark.parametrize(
    "query",
    [
        "i want to kill myself",
        "I WANNA DIE!!",
        "sucidal",
        "overdse",
        "my kid swallowed a button battery",
        "took the hole packet of examplol",
        "my puppy chewed examplol",
        "he took the lot",
        "is a jar of examplol deadly",
        "od",
        "took 24 examplol",
        "gave her a double dose by mistake",
        "su1cidal",
        "drain cleaner splashed in my eye",
        "took examplol twice today",
        "used eye drops up my nose by mistake",
        "rum and a handful of examplol",
        "gin with 30 examplol",
        "poisoned",
        "how many examplol would kill me",
        "ich will sterben",
        "j'ai avalé trop de comprimés",
        "me tomé todas las pastillas",
        "хочу умереть",
        "मैं मरना चाहता हूं",
    ],
)
def test_a_crisis_is_known_in_the_words_that_people_use(query):
    assert questions.is_crisis(query)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "examplol",
        "painkiller",
        "this headache is killing me",
        "does alcohol kill germs",
        "swallowed whole or crushed",
        "took 2 examplol 6 hours ago",
        "took 20 mg examplol for 10 days",
        "poison ivy",
        "took examplol twice a day",
        "eye drops with hyaluronic acid",
        "rum flavoured syrup",
        "vitamin b12",
        "examplol od dosing",
        "my baby ate porridge before examplol",
        "end of life care",
        "medication overuse headache",
        "prison",
        "die Pille",
        "can I take all my tablets together",
    ],
)
def test_what_people_ask_every_day_is_no_crisis(query):
    assert not questions.is_crisis(query)


def test_unseen_crises_are_known_and_ordinary_queries_are_not():
    crises, ordinary = lines("crisis.txt"), lines("ordinary.txt")
    assert len(crises) >= 80 and len(ordinary) >= 400
    missed = [query for query in crises if not questions.is_crisis(query)]
    assert len(missed) <= len(crises) // 40, missed
    assert not [query for query in ordinary[::4] if questions.is_crisis(query)]


def test_a_phrase_list_names_the_line_that_nobody_can_read(tmp_path):
    (tmp_path / "xx.txt").write_text("# A remark\ntake <everything>\n")
    with pytest.raises(ValueError, match=r"xx\.txt, line 2: there is no set 'everything'"):
        PhraseList([tmp_path / "xx.txt"])


def test_a_phrase_list_reads_sets_gaps_numbers_and_what_is_set_aside(tmp_path):
    (tmp_path / "xx.txt").write_text(
        "fruit = apple pear\nmy pet > dog\n! apple pie\n[snack]\nate ... <fruit>\n^ dog|cat\n"
        "5+ =figs\nraw ?green bean\ncherry $\n"
    )
    phrases = PhraseList([tmp_path / "xx.txt"])

    def found(query):
        return bool(phrases.matches(phrases.words(query)))

    assert all(
        map(
            found,
            [
                "ate one ripe apple",
                "ate some of my one very ripe apple",
                "ate appel",
                "my pet",
                "cat food",
                "7 figs",
                "raw green bean",
                "raw bean",
                "a cherry",
            ],
        )
    )
    assert not any(
        map(
            found,
            [
                "ate apple pie",
                "ate big red sweet ripe apple",
                "cherry on top",
                "the dog",
                "4 figs",
                "7 figz",
                "raw red bean",
                "green bean",
            ],
        )
    )
