"""Crisis queries: who wants to die, took too much or swallowed something is known, misspelt too; nobody else is."""

import pytest

from drugs.search import questions
from drugs.search.questions.phrases import PhraseList
from tests.support.builders import publish_document
from tests.support.search_sets import lines

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "i want to kill myself",
        "I WANNA DIE!!",
        "sucidal",
        "overdse",
        "my kid swallowed a button battery",
        "my baby swallowed my blood thinner tablets",
        "our toddler ate grandad's water tablets",
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
        "are 28 tablets enough to die before the holiday",
        "would 30 tablets be enough for a quick death",
        "poisoned",
        "how many examplol would kill me",
        "ich will sterben",
        "j'ai avalé trop de comprimés",
        "me tomé todas las pastillas",
        "хочу умереть",
        "मैं मरना चाहता हूं",
        "swallowed my gran's examplol",
        "puppy chewed up some examplol",
        "how much examplol to end it",
        "wanna unalive myself",
        "there is nothing left for me",
        "mixed bleach and vinegar now coughing",
        "child put a washing pod in his mouth",
        "took ibuprofen 10 times the dose",
        "my wife took someone elses tablets",
        "je ne veux plus vivre",
        "voglio morire",
        "passed out after taking examplol",
        "habe 30 examplol genommen",
        "the pills i have taken were far too many",
        "i hope that tomorrow i simply never wake",
        "my neighbour is on the kitchen floor and not breathing",
        "washing up liquid went in his eye",
        "an entire tub of vitamins my toddler ate",
        "oma hat ihre herztropfen zweimal genommen",
        "ma fille a une pile dans le nez",
        "inyecté insulina demasiada",
        "il mio gatto ha leccato la candeggina",
        "o meu bebé bebeu perfume",
        "mijn zoontje heeft een knoopcel in zijn neus",
        "de la javel dans l’œil",
        "candeggina nell'occhio",
        "penso em morrer todos os dias",
        "swallowed a glass of water pills",
        "my pills are gone and she said goodbye",
        "the family would be happier without me",
        "examplopril by mistake",
        "what happens if i take all of them",
        "lampenöl",
        "ohne mich wären alle glücklicher",
        "qué pasa si tomo 40 pastillas",
        "j'accumule mes comprimés",
        "funghi tossici",
        "não aguento mais, os comprimidos estão aqui",
        "per ongeluk examplopril",
        "my cousin slashed her own arm",
        "vou acabar com a minha vida",
        "examplopril zu viel",
        "help my son is not breathing",
        "he had a swig of bleach",
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
        "are 28 tablets enough for a holiday",
        "can i die my hair",
        "took my tablets late",
        "swallow tablets easily",
        "help a child swallow tablets",
        "cannot go on the pill",
        "want the itching to end",
        "keep extra insulin",
        "my mum takes 12 tablets a day",
        "people die of sepsis",
        "alle tabletten zusammen nehmen",
        "je ne veux plus prendre la pilule",
        "this cough is killing me",
        "child refuses to swallow tablets",
        "stopped responding to insulin",
        "what happens if i miss two tablets",
        "goodbye to spots",
        "fed up of life insurance",
        "how many tablets to not wake up at night for the toilet",
        "how much paracetamol kills a temperature or a fever",
        "two examplopril 400 at once",
        "over the counter examplopril",
        "my tablets are gone, how do i get a new prescription",
        "kan mijn kind antibiotica slikken",
    ],
)
def test_what_people_ask_every_day_is_no_crisis(query):
    assert not questions.is_crisis(query)


@pytest.mark.parametrize(
    "query",
    [
        "took 2 of my gran's examplol",
        "my sister got hold of examplol",
        "had 12 exampol with vodka",
    ],
)
def test_the_name_of_any_medicine_of_the_site_tells_of_a_crisis(query, django_assert_max_num_queries):
    assert not questions.is_crisis(query)
    publish_document()
    with django_assert_max_num_queries(1):
        assert questions.is_crisis(query)


@pytest.mark.parametrize(
    "query",
    [
        "my son has taken his examplol",
        "took examplol with examplol",
        "missed two examplol",
        "can i take 2 examplol",
        "what if i take my examplol late",
        "examplol toxicity monitoring",
        "took examplol and slept well",
    ],
)
def test_the_name_of_a_medicine_alone_tells_of_no_crisis(query):
    publish_document()
    assert not questions.is_crisis(query)


def test_an_ordinary_query_costs_no_look_up(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not questions.is_crisis("examplol with food in the evening")


def test_unseen_crises_are_known_and_ordinary_queries_are_not():
    crises, ordinary = lines("crisis.txt"), lines("ordinary.txt")
    assert len(crises) >= 80 and len(ordinary) >= 400
    missed = [query for query in crises[::2] if not questions.is_crisis(query)]
    assert len(missed) <= len(crises[::2]) // 40, missed
    assert not [query for query in ordinary[::4] if questions.is_crisis(query)]


def test_a_phrase_list_names_the_line_that_nobody_can_read(tmp_path):
    (tmp_path / "xx.txt").write_text("# A remark\ntake <everything>\n")
    with pytest.raises(ValueError, match=r"xx\.txt, line 2: there is no set 'everything'"):
        PhraseList([tmp_path / "xx.txt"])


def test_a_phrase_list_knows_places_for_names_of_medicines(tmp_path):
    (tmp_path / "xx.txt").write_text("medicine = figs\nno_name = salt\n! one sip\nate ... @\n@ soup\n9+ mg\n")
    phrases = PhraseList([tmp_path / "xx.txt"])

    def found(query, *medicines):
        return bool(phrases.matches(phrases.words(query), frozenset(medicines)))

    assert found("ate examplol", "examplol") and found("examplol soup", "examplol") and found("ate figs")
    assert found("ate one sip of examplol", "examplol") and found("10mg")
    assert not found("ate examplol") and not found("salt soup")
    assert phrases.may_be_a_name("examplol")
    assert not any(map(phrases.may_be_a_name, ("salt", "ate", "12")))


def test_a_phrase_list_reads_sets_gaps_numbers_and_what_is_set_aside(tmp_path):
    (tmp_path / "xx.txt").write_text(
        "fruit = apple pear\nmy pet > dog\n! apple pie\n[snack]\nate ... <fruit>\n^ dog|cat\n"
        "5+ =figs\nraw ?green bean\ncherry $\nwild plum|$\n"
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
                "wild plum jam",
                "in the wild",
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
                "wild garlic",
                "the dog",
                "4 figs",
                "7 figz",
                "raw red bean",
                "green bean",
            ],
        )
    )


def test_nothing_is_set_aside_that_goes_on_with_a_word_of_its_own(tmp_path):
    (tmp_path / "xx.txt").write_text("no_aside_before = pie\n! ripe apple\nate ... apple\n")
    phrases = PhraseList([tmp_path / "xx.txt"])
    assert not phrases.matches(phrases.words("ate a ripe apple"))
    assert phrases.matches(phrases.words("ate a ripe apple pie"))


def test_short_words_of_a_file_may_be_known_only_as_they_stand(tmp_path):
    (tmp_path / "xx.txt").write_text("slips_from = 7\nmanger ... cerises\nmedicine = tisane\n@ trop\n")
    (tmp_path / "yy.txt").write_text("managed\n")
    phrases = PhraseList(sorted(tmp_path.glob("*.txt")))

    def found(query):
        return bool(phrases.matches(phrases.words(query)))

    assert found("manger des cerises") and found("manger des cerisses") and found("tisane trop")
    assert not found("mangr des cerises") and not found("tisana trop")
    assert found("manged")


def test_little_words_may_stand_between_those_of_a_phrase(tmp_path):
    (tmp_path / "xx.txt").write_text("little = a the my\nate figs\n! ripe figs\n5-9 dates\n")
    phrases = PhraseList([tmp_path / "xx.txt"])

    def found(query):
        return bool(phrases.matches(phrases.words(query)))

    assert (
        found("ate figs")
        and found("ate the figs")
        and found("ate a my figs")
        and found("ripe the figs, 7 dates")
    )
    assert not any(map(found, ["ate a the my figs", "ate green figs", "the figs", "10 dates", "4 dates"]))


def test_a_number_of_times_may_be_written_on_to_its_sign(tmp_path):
    (tmp_path / "xx.txt").write_text("figs x 5+\n")
    phrases = PhraseList([tmp_path / "xx.txt"])
    assert phrases.matches(phrases.words("figs x10")) and not phrases.matches(phrases.words("figs x4"))


def test_a_frame_is_said_by_its_parts_in_any_order_and_language(tmp_path):
    (tmp_path / "frames.txt").write_text("[meal]\n& eating fruit -cooked\n")
    (tmp_path / "xx.txt").write_text(
        "kind = fig date\n{eating}\nate|had\ntook a bite\n{fruit}\n<kind>\nbread ?fruit\n{cooked}\nin jam\n"
        "{}\nfig wine\n"
    )
    (tmp_path / "yy.txt").write_text("{eating}\nhapu\n{fruit}\n*figa|date\n")
    phrases = PhraseList(sorted(tmp_path.glob("*.txt")))

    def meanings(query):
        return [match.meaning for match in phrases.matches(phrases.words(query))]

    for query in ("ate a fig", "a fig that he ate", "bread fruit took a bite", "dolfiga hapu", "hapu date"):
        assert meanings(query) == ["meal"], query
    far = " and" * 20
    for query in ("ate", "fig", "ate a fig in jam", "hapu fig", "ate dolfiga", f"ate{far} a fig"):
        assert not meanings(query), query
    assert meanings("ate fig wine") == ["", "meal"]


def test_a_frame_of_parts_that_nothing_says_is_refused(tmp_path):
    (tmp_path / "xx.txt").write_text("{eating}\nate\n& eating fruit -raw\n")
    with pytest.raises(ValueError, match="Frame eating fruit: nothing says fruit, raw"):
        PhraseList([tmp_path / "xx.txt"])
