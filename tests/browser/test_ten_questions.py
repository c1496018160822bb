"""Ten questions of readers on a small telephone, from the home page: three taps and one flick lead to the answer."""

import pytest
from django.conf import settings
from django.core.management import call_command

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
FLICK = 560  # pixels
IN_THE_SUGGESTION = None

# What is typed, the jump that is tapped on the page, and words of the answer.
BY_NAME = [
    ("metformin", "Missed a dose", "Leave it out, and take the next dose"),
    ("paracetamol", "Took too much", "Go to a hospital now, even if you feel well"),
    ("amoxicillin", "Alcohol and food", "A small amount of alcohol"),
    ("pomalidomide", "Pregnancy", "It must not be taken in pregnancy."),
    ("amlodipine", "Driving", "Do not drive or use machines if you feel dizzy"),
    ("pomalidomide", "", "Never take it if you are pregnant."),
    ("amlodipine", "", "Not yet reviewed by a clinician."),
    ("brufen", IN_THE_SUGGESTION, "Ibuprofen"),
    ("co-amoxiclav", IN_THE_SUGGESTION, "Amoxicillin + Clavulanic acid"),
]
BY_QUESTION = [
    ("rash after amoxicillin", "take no more until you have asked"),
    ("can i drink with amoxicillin", "A small amount of alcohol"),
    ("which drugs cause headache", "Headache as a side effect"),
]


@pytest.fixture
def telephone(browser, live_server):
    call_command(
        "import_monographs", settings.BASE_DIR / "fixtures" / "monographs", publish=True, verbosity=0
    )
    context = browser.new_context(**PHONE, reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.site = live_server.url
    yield page
    context.close()


def type_at_home(page, words):
    """The search box of the home page with these words, after one tap."""
    page.goto(page.site + "/")
    box = page.get_by_role("combobox")
    box.tap()
    box.fill("")
    box.press_sequentially(words)
    return box


def is_in_reach(page, words):
    """Whether these words are in sight, or are after one flick."""
    found = page.get_by_text(words).locator("visible=true")
    return any(-1 <= found.nth(at).bounding_box()["y"] <= 640 + FLICK - 40 for at in range(found.count()))


def test_a_name_leads_to_the_answer_in_three_taps(telephone):
    for typed, jump, answer in BY_NAME:
        type_at_home(telephone, typed)
        first = telephone.get_by_role("option").first
        first.wait_for()
        if jump is IN_THE_SUGGESTION:
            assert answer in first.inner_text(), typed
            continue
        first.tap()
        telephone.wait_for_url(f"**/drugs/{typed}/")
        if jump:
            telephone.locator("nav.jumps a", has_text=jump).tap()
            telephone.wait_for_url("**#*")
        assert is_in_reach(telephone, answer), (typed, jump)


def test_a_question_is_answered_in_two_taps(telephone):
    for typed, answer in BY_QUESTION:
        type_at_home(telephone, typed)
        telephone.get_by_role("button", name="Search").tap()
        telephone.wait_for_url("**/search/**")
        assert is_in_reach(telephone, answer), typed
