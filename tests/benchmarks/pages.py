"""Pages of the old shapes, of made-up medicines, as many as are asked for: data to measure with."""

import random

_SYLLABLES = (
    "ba be bi bo ca ce co da de di do fa fe ga ge la le li lo ma me mi mo na ne no pa ra re ri ro sa".split()
)
_ENDINGS = "olol pril sartan azole mycin cillin statin tidine oxacin amide vir mab".split()
_WORDS = (
    "the medicine lowers pressure in vessels of patients who have taken it for some weeks and feel no better "
    "doctor dose daily kidney liver blood treatment condition people symptoms pain swelling usually severe mild "
    "before after meals water should not with other medicines unless told otherwise by a pharmacist"
).split()


def name(number):
    """The `number`th name of a medicine that does not exist; names do not repeat below a few million."""
    rng = random.Random(number)
    parts = [rng.choice(_SYLLABLES) for _ in range(3)]
    tail = "".join(_SYLLABLES[int(digit, 36) % len(_SYLLABLES)] for digit in _base36(number))
    return ("".join(parts) + tail + rng.choice(_ENDINGS)).capitalize()


def _base36(number):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while True:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
        if not number:
            return text


def sentence(rng, words=14):
    return " ".join(rng.choice(_WORDS) for _ in range(words)).capitalize() + "."


def prose(rng, sentences):
    return " ".join(sentence(rng, rng.randint(8, 20)) for _ in range(sentences))


def old_page(number):
    """A page of about 5 kB in the most frequent of the old shapes, as text."""
    rng = random.Random(number)
    title = name(number)
    effects = "\n".join(f"* {sentence(rng, 2)[:-1]} ({sentence(rng, 3).lower()[:-1]})" for _ in range(9))
    serious = "\n".join(f"* **{sentence(rng, 2)[:-1]}:** {sentence(rng, 8)}" for _ in range(4))
    doses = "\n".join(f"* **{word}:** {prose(rng, 2)}" for word in ("Adults", "Children", "Older people"))
    faqs = "\n".join(f"* **Q: {sentence(rng, 7)[:-1]}?** A: {prose(rng, 2)}" for _ in range(5))
    return (
        f"---\nlayout: minimal-medicine\ntitle: {title}\n---\n\n# {title}\n### Generic Name\n{title}\n\n"
        f"### Usage\n{prose(rng, 6)}\n\n### Dosage\n{prose(rng, 3)}\n\n{doses}\n\n"
        f"### Side Effects\n{prose(rng, 1)}\n\nCommon side effects may include:\n\n{effects}\n\n"
        f"Less common but serious side effects may include:\n\n{serious}\n\n{prose(rng, 2)}\n\n"
        f"### How it Works\n{prose(rng, 6)}\n\n### Precautions\n{prose(rng, 8)}\n\n### FAQs\n\n{faqs}\n\n"
        "**Disclaimer:** This text is made up and says nothing about any medicine.\n"
    )
