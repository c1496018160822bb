"""Questions of readers: whether somebody needs help at once, and which section of which page answers.

Faces: `is_crisis` for the card of help; `parse_question`, `named_medicines`, `kind_saying` and `INSTEAD` for answers.
The words are data, in text files by language (`phrases` says how they are read).
"""

from drugs.search.questions.crisis import is_crisis, is_wish_to_die, without_crisis_words
from drugs.search.questions.medicines import named_in_full, named_medicines, names_another
from drugs.search.questions.said_words import effects_saying, kind_saying, words_besides
from drugs.search.questions.topics import INSTEAD, Question, effect_asked, kinds_of, parse_question

__all__ = [
    "INSTEAD",
    "Question",
    "effect_asked",
    "is_crisis",
    "is_wish_to_die",
    "effects_saying",
    "kind_saying",
    "kinds_of",
    "named_in_full",
    "named_medicines",
    "names_another",
    "parse_question",
    "without_crisis_words",
    "words_besides",
]
