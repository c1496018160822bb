"""Content checks: what they find, and what they leave in peace."""

import pytest

from drugs import content_checks, desk
from drugs.content import FAQ, Document, DrugClass, Name, Section, SideEffect
from drugs.content_checks.readability import reading_grade
from tests.support.builders import make_document

LEVELS = {"block": 0, "review": 1, "look": 2}


def clean_document(**overrides):
    """A page about which no check has anything to say."""
    base = make_document()
    sections = (
        *base.sections[:4],
        Section("driving", "", "Do not drive until you know how it affects you."),
        *base.sections[4:],
    )
    return make_document(**{"sections": sections, **overrides})


def with_body(body, kind="uses"):
    document = clean_document()
    return clean_document(sections=(Section(kind, "", body.strip()), *document.sections))


def without(kind):
    return clean_document(sections=tuple(part for part in clean_document().sections if part.kind != kind))


def codes(document, **options):
    return {finding.code: finding.level for finding in content_checks.check(document, **options)}


def test_a_good_page_has_no_findings():
    assert content_checks.check(clean_document()) == []


BLOCKED = {
    "empty": Document(slug="x", title="X"),
    "title-cut-off": clean_document(title="Omegalol-"),
    "refusal": Document(
        slug="x", title="X", sections=(Section("other", "", "Please provide the generic name of the drug."),)
    ),
    "placeholder": with_body("It treats {details}."),
    "title-blank": clean_document(title="\u3164"),
}


@pytest.mark.parametrize("code", BLOCKED)
def test_what_blocks(code):
    assert codes(BLOCKED[code])[code] == "block"
    assert code in {finding.code for finding in content_checks.blocking_findings(BLOCKED[code])}


@pytest.mark.parametrize(
    "title",
    [
        "Omegalol +",
        "Omegalol .",
        "Alpha + Omegalol-",
        "Alpha / Omegalol/",
        "Omegalol (",
        "Alpha and",
        "+ Omegalol",
    ],
)
def test_titles_that_lost_their_end(title):
    assert "title-cut-off" in codes(clean_document(title=title))


@pytest.mark.parametrize(
    "title", ["Omegalol (low-dose)", "Vitamin B12", "Examplol 5%", "Omegalol 2.5", "Brand", "[18F]Omegalol"]
)
def test_titles_that_are_whole(title):
    assert "title-cut-off" not in codes(clean_document(title=title))


def test_a_placeholder_in_a_question_blocks_and_is_placed():
    document = clean_document(faqs=(FAQ("Can I use it for [specific infection]?", "No."),))
    (finding,) = content_checks.blocking_findings(document)
    assert (finding.code, finding.field) == ("placeholder", "faqs.0")


@pytest.mark.parametrize(
    "text",
    [
        "{details}",
        "{{ name }}",
        "{drug-name}",
        "[insert dose]",
        "[mention the class]",
        "[Drug Name]",
        "[condition]",
    ],
)
def test_what_a_template_left_unfilled_blocks(text):
    assert codes(with_body(f"It treats {text}."))["placeholder"] == "block"


@pytest.mark.parametrize(
    "text",
    [
        "Calcifediol [25(OH)D] and [a link](https://example.org).",
        "Given into a vein [IV].",
        "Last revised [DATE OF REVISION: May 2020].",
        "One inch [2.5 cm].",
    ]
    + ["Low pressure [hypotension].", "A yawn [type of breath].", "Dose = [weight] / [level]."],
)
def test_brackets_that_explain_are_no_placeholders(text):
    assert "placeholder" not in codes(with_body(text))


def running_text(body, *more):
    return Document(slug="x", title="X", sections=(Section("other", "", body), *more))


@pytest.mark.parametrize(
    "text",
    """I’m sorry, but I can’t help with that.
I cannot find a medicine called Examplol.
There is no medicine called Examplol. Please check the spelling.
Examplol is not a recognized medicine. Did you mean Exampline?
I need a valid generic name to proceed.
The input provided does not name a medicine.
Could you clarify which one you mean?
As a large language model, I do not have this.
Please enter the name of the medicine.
This request cannot be fulfilled.
To write it, more information is needed.
Writing it down in the requested format would mislead.""".split("\n"),
)
def test_a_page_that_is_only_a_refusal_is_blocked_in_any_words(text):
    assert codes(running_text(f"{text} It may be harmful."))["refusal"] == "block"


@pytest.mark.parametrize(
    "text",
    """I cannot provide this for both together.
Please note: I can’t give specific advice.
As an AI model, I have no patients.
This is based on the original prompt.
It is impossible to answer in the format requested.
This response will describe each of them.
I will address each drug by itself.""".split("\n"),
)
def test_a_page_that_speaks_as_a_model_is_blocked_everywhere(text):
    informs = Section("uses", "", "For yawning.")
    assert codes(running_text(text, informs))["refusal"] == "block"
    assert codes(running_text("Text.", informs, Section("precautions", "", text)))["refusal"] == "block"
    asked = Document(
        slug="x", title="X", sections=(informs, Section("faqs")), faqs=(FAQ("Why?", f"So. {text}"),)
    )
    assert codes(asked)["refusal"] == "block"


@pytest.mark.parametrize(
    "text",
    """We do not start it without a blood test.
We need a second test after a week.
Mix it with the provided diluent.
The supplied spoon holds 5 ml.
Nurses prompt the patient to swallow.""".split("\n"),
)
def test_what_a_clinic_says_of_itself_is_no_refusal(text):
    assert "refusal" not in codes(running_text(text))
    assert "refusal" not in codes(with_body(text))


@pytest.mark.parametrize(
    "text",
    [
        r"Dose: $\frac{\text{target} \times V_{d}}{F}$",
        r"Dose: \frac{target}{level}",
        "See [notes](onenote:#Page&section-id={A1B2C3D4-0000-4444-8888-ABCDEFABCDEF}&end).",
        "See https://example.org/{id}/page",
        "The salt {CuSO4} and the set {x}",
    ],
)
def test_braces_of_formulas_and_addresses_are_no_placeholders(text):
    assert "placeholder" not in codes(with_body(text))
    assert codes(with_body(f"{text} for {{details}}"))["placeholder"] == "block"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It is not approved for use in humans.", "animals"),
        ("For use in dogs. Ask how much to give your pet.", "animals"),
        ("It is no longer marketed.", "no-longer-sold"),
        ("The drug has been withdrawn from the market.", "no-longer-sold"),
        ("Das Mittel ist nicht mehr im Handel.", "no-longer-sold"),
    ],
)
def test_animals_and_what_is_no_longer_sold_get_a_look(text, code):
    assert codes(with_body(text))[code] == "look"


@pytest.mark.parametrize(
    "text", ["Given to veterinarians.", "If the medicine is discontinued, taper it.", "It is no longer safe."]
)
def test_a_remark_on_animals_or_stopping_gets_no_look(text):
    assert not {"animals", "no-longer-sold"} & set(codes(with_body(text)))


@pytest.mark.parametrize("text", ["Dry. <!-- sure? -->", "Dry. %% sure? %%", "<!-- never closed"])
def test_a_comment_is_not_published(text):
    assert codes(with_body(text))["comment"] == "block"
    assert "comment" not in codes(with_body(f"`{text}` at 5%% or 10%%"))


@pytest.mark.parametrize(
    "text",
    ["A salt of examplic acid that was once used for yawning.", "Tell your doctor which medicines you take."]
    + ["Please provide your doctor with a list of your medicines."],
)
def test_a_short_text_that_informs_is_no_refusal(text):
    assert "refusal" not in codes(running_text(text))
    assert "refusal" not in codes(with_body(text))


def test_what_readers_ask_is_no_refusal():
    faqs = (FAQ("What if I cannot find it?", "Ask."),)
    document = Document(
        slug="x", title="X", sections=(Section("precautions", "", "X"), Section("faqs")), faqs=faqs
    )
    assert "refusal" not in codes(document)


def test_a_page_of_nothing_but_a_disclaimer_says_nothing():
    assert (
        codes(Document(slug="x", title="X", sections=(Section("notice", "", "No advice."),)))["empty"]
        == "block"
    )


REVIEW = {
    "title-unseen": clean_document(title="Omega\u200blol"),
    "unsorted": clean_document(side_effects=(SideEffect("Itching"),)),
    "no-references": clean_document(references=()),
    "no-do-not-take": without("do_not_take"),
    "no-pregnancy": without("pregnancy"),
    "trailing-zero": with_body("Take 1.0 mg daily."),
    "naked-decimal": with_body("Take .5 mg daily."),
    "no-number": with_body("Take mg daily."),
    "emergency-number": with_body("Call 911 at once."),
}


@pytest.mark.parametrize("code", REVIEW)
def test_what_stops_a_signature(code):
    assert codes(REVIEW[code])[code] == "review"


def test_unsorted_side_effects_are_one_finding_at_the_first():
    effects = (SideEffect("Cough", urgency="talk"), SideEffect("Itching"), SideEffect("Rash"))
    (finding,) = content_checks.check(clean_document(side_effects=effects))
    assert (finding.code, finding.field) == ("unsorted", "side_effects.1")
    assert "“Itching”, “Rash” by" in finding.message and "Cough" not in finding.message


def test_many_unsorted_side_effects_are_counted():
    effects = tuple(SideEffect(f"Effect {number}") for number in range(200))
    found = content_checks.check(clean_document(side_effects=effects))
    (finding,) = [one for one in found if one.code == "unsorted"]
    assert "“Effect 2” and 197 more by" in finding.message and "Effect 3”" not in finding.message


@pytest.mark.parametrize(
    "body",
    ["Take 10 mg, 0.5 mg or 1,000 mg.", "5mg/kg", "Give 2.05 mg.", "doses in mg/kg", "10–20 mg", "1-2 mg"],
)
def test_doses_that_are_written_well(body):
    assert codes(with_body(body)) == {}


def test_the_sites_own_emergency_number_is_right():
    assert codes(with_body("Call 911 at once."), country="us") == {}
    assert "emergency-number" in codes(with_body("Call 911 at once."), country="gb")


LOOK = {
    "model-speech": with_body("I find it too weak."),
    "hypothetical": with_body("This hypothetical medicine lowers blood pressure."),
    "ingredient-twice": clean_document(ingredients=("Examplol", "examplol")),
    "title-form": clean_document(title="Examplol  acid"),
    "alphabetical": clean_document(
        side_effects=tuple(
            SideEffect(name, urgency="talk") for name in "Ache Burn Cough Death Emesis Fever".split()
        )
    ),
    "frequency-word": clean_document(
        side_effects=(SideEffect("Ache", "", "common", "Common (>10%)", "very_common", "talk"),)
    ),
    "only-in-answer": clean_document(faqs=(FAQ("And drinking?", "Never drink alcohol with it."),)),
    "long-sentence": with_body(" ".join(["It lowers blood pressure and it"] * 10) + "."),
    "reading-grade": with_body(
        "Pharmacodynamic antihypertensive characterisation necessitates interdisciplinary evaluation.\n" * 20
    ),
}


@pytest.mark.parametrize("code", LOOK)
def test_what_an_editor_should_look_at(code):
    assert codes(LOOK[code])[code] == "look"


@pytest.mark.parametrize(
    ("field", "document"),
    {
        "names.0": clean_document(names=(Name("Xa\u200bmp", "brand"),)),
        "ingredients.0": clean_document(ingredients=("Bo\u00adrol",)),
        "classes.0": clean_document(classes=(DrugClass("Beta\u2060 blockers"),)),
        "sections.0": with_body("Take 10\u200f-20 mg."),
        "side_effects.0": clean_document(side_effects=(SideEffect("Ra\u200bsh", urgency="talk"),)),
        "faqs.0": clean_document(faqs=(FAQ("May I\U000e0041\U000e0042 drive?", "No."),)),
    }.items(),
)
def test_invisible_characters_are_pointed_to(field, document):
    (finding,) = [finding for finding in content_checks.check(document) if finding.code == "unseen"]
    assert (finding.level, finding.field) == ("look", field)


def test_an_editor_is_told_where_an_invisible_character_stands():
    (finding,) = content_checks.check(clean_document(title="Omega\u200blol"))
    assert finding.message == (
        "Behind “Omega” stands something that nobody sees (U+200B, zero width space). Write the word anew."
    )


@pytest.mark.parametrize("title", ["Omegalol- + Examplol", "Examplol + Omegalol- + Testol"])
def test_a_title_that_lost_its_middle_is_shown_to_an_editor(title):
    assert codes(clean_document(title=title)) == {"title-form": "look"}
    assert codes(clean_document(title="L-Omegalol + Examplol T-2")) == {}


def test_effects_in_another_order_are_left_in_peace():
    names = "Death Fever Burn Ache Cough Emesis".split()
    document = clean_document(side_effects=tuple(SideEffect(name, urgency="talk") for name in names))
    assert codes(document) == {}


@pytest.mark.parametrize(
    ("label", "frequency"),
    [
        ("Very common (>10%)", "very_common"),
        ("Less common (0.1-1%)", "uncommon"),
        ("1-10%", "common"),
        ("Rare", "not_stated"),
    ],
)
def test_frequency_words_that_fit(label, frequency):
    effects = (SideEffect("Ache", "", "common", label, frequency, "talk"),)
    assert codes(clean_document(side_effects=effects)) == {}


def test_a_shared_paragraph_is_shown_with_the_other_page():
    text = "If you miss a dose, take it as soon as you remember, unless it is almost time for the next one."
    here, there = with_body(text), with_body(text.upper().replace(",", ""))
    shared = dict.fromkeys(content_checks.paragraph_hashes(there), "other-page")
    (finding,) = content_checks.check(here, shared=shared)
    assert (finding.level, finding.code, finding.field) == ("look", "shared-paragraph", "sections.0")
    assert "other-page" in finding.message


def test_the_gravest_findings_come_first():
    document = clean_document(title="Examplol  acid-", references=(), faqs=())
    levels = [LEVELS[finding.level] for finding in content_checks.check(document)]
    assert levels == sorted(levels) and len(set(levels)) == 3


def test_plain_words_read_at_a_low_grade():
    assert reading_grade("Take one tablet each day. Do not stop it.") < 4
    assert reading_grade("") == 0


@pytest.mark.django_db
def test_the_desk_knows_which_paragraphs_two_pages_share():
    text = "If you miss a dose, take it as soon as you remember, unless it is almost time for the next one."
    first = desk.write(with_body(text), by="test")
    document = make_document(slug="second", faqs=(FAQ("And if I forget?", text),))
    second = desk.write(document, by="test")
    assert set(desk.shared_paragraphs(second, document).values()) == {"examplol"}
    desk.write(clean_document(), by="test", monograph=first)
    assert desk.shared_paragraphs(second, document) == {}
