"""The closed vocabularies of a monograph: section kinds, name kinds, groups, urgencies, frequencies, origins."""


def gettext_noop(text):
    """Marks `text` for the catalogues of translations and gives it back: this module knows no Django."""
    return text


# Section kinds in page order, each with the heading that readers see when a section has none of its own.
SECTION_HEADINGS = {
    "warning": gettext_noop("Most important warning"),
    "key_facts": gettext_noop("Key facts"),
    "uses": gettext_noop("What it is used for"),
    "do_not_take": gettext_noop("Who must not take it"),
    "precautions": gettext_noop("Precautions"),
    "pregnancy": gettext_noop("Pregnancy and breastfeeding"),
    "interactions": gettext_noop("Other medicines"),
    "food_alcohol": gettext_noop("Food, drink and alcohol"),
    "driving": gettext_noop("Driving and using machines"),
    "dosage": gettext_noop("How to take it"),
    "missed_dose": gettext_noop("If you miss a dose"),
    "overdose": gettext_noop("If you take too much"),
    "stopping": gettext_noop("Stopping it"),
    "side_effects": gettext_noop("Side effects"),
    "monitoring": gettext_noop("Check-ups and tests"),
    "how_it_works": gettext_noop("How it works"),
    "storage": gettext_noop("Storage"),
    "ingredients": gettext_noop("What it contains"),
    "faqs": gettext_noop("Common questions"),
    "other": gettext_noop("More information"),
    "notice": gettext_noop("Note from the source"),
}


SECTION_KINDS = tuple(SECTION_HEADINGS)


NAME_KINDS = ("generic", "brand", "synonym", "abbreviation", "misspelling")


GROUPS = ("common", "less_common", "serious", "other")


URGENCIES = ("emergency", "urgent", "talk", "expected", "unsorted")


ORIGINS = ("ai_or_crowd", "editorial", "label")


CHANGE_KINDS = ("typo", "clarity", "evidence", "safety", "names", "import")


# Bands of EU/CIOMS (SmPC guideline, section 4.8), said as numbers of people.
FREQUENCIES = {
    "very_common": gettext_noop("More than 1 in 10 people"),
    "common": gettext_noop("Up to 1 in 10 people"),
    "uncommon": gettext_noop("Up to 1 in 100 people"),
    "rare": gettext_noop("Up to 1 in 1,000 people"),
    "very_rare": gettext_noop("Fewer than 1 in 10,000 people"),
    "not_known": gettext_noop("It is not known how many people"),
    "not_stated": "",
}


LABEL_JOINER = " › "
