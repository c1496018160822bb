"""Invisible characters are left out where texts are compared, and pointed to where no script needs them."""

import pytest

from drugs.content import invisible

OUT_OF_PLACE = {
    "a zero-width space": "Exam\u200bplol",
    "a soft hyphen": "Exam\u00adplol",
    "a word joiner": "Exam\u2060plol",
    "a mark of byte order": "\ufeffExamplol",
    "a joiner between Latin letters": "Exam\u200dplol",
    "a non-joiner at the end": "Examplol\u200c",
    "a joiner behind a space": "Examplol \u200dx",
    "a filler that counts as a letter": "Exam\u3164plol",
    "a blank of braille": "\u2800",
    "letters for machines alone": "Examplol\U000e0041\U000e0042",
    "a hidden message behind an emoji": "😀\U000e0131\U000e0132",
    "a mark of direction that turns a range of doses": "10\u200f-20 mg",
    "a mark of direction in a text of one direction": "Examplol\u200e",
}
IN_PLACE = {
    "Persian": "می\u200cخواهم",
    "an Indic script": "क्\u200dष",
    "an emoji of several": "👩\u200d🔬",
    "an emoji in colour": "⚠\ufe0f Take care, 1\ufe0f\u20e3",
    "a mark of direction beside Hebrew": "דבר\u200f (5 mg)",
    "Latin, Greek and Cyrillic with accents": "Éxamplöl α Ёж",
    "plain": "Examplol",
    "nothing": "",
}


@pytest.mark.parametrize("text", OUT_OF_PLACE.values(), ids=OUT_OF_PLACE)
def test_what_no_script_needs_is_found_and_left_out(text):
    at = invisible.find_misplaced(text)
    assert at is not None and text[at] not in invisible.strip_invisible(text)
    assert invisible.find_misplaced(invisible.strip_invisible(text)) is None


@pytest.mark.parametrize("text", IN_PLACE.values(), ids=IN_PLACE)
def test_what_a_script_needs_stays(text):
    assert invisible.find_misplaced(text) is None
