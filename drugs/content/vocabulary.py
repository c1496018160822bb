"""Controlled vocabularies of a monograph: one table a kind, with the labels for readers, editors and tables.

A table maps each code, which documents, columns and the page format hold, to its words; the order is that of the
choices. Words that readers meet are only marked for translation here and translated where they are shown;
editors' words are English. Codes are never renamed: editions hold them for ever.
"""

from typing import NamedTuple


def gettext_noop(text: str) -> str:
    """`text` itself, marked for the catalogues of translations: this module knows no Django."""
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


class OriginLabels(NamedTuple):
    """Where a text came from."""

    phrase: str  # between the words of a page, where two editions are compared
    choice: str  # for editors


ORIGIN_LABELS = {
    "ai_or_crowd": OriginLabels(
        phrase=gettext_noop("AI-generated or crowd-sourced"), choice="AI-generated or crowd-sourced"
    ),
    "editorial": OriginLabels(phrase=gettext_noop("written by editors"), choice="written by editors"),
    "label": OriginLabels(phrase=gettext_noop("from a regulator’s label"), choice="a regulator's label"),
}


class NameKindLabels(NamedTuple):
    """What sort of name a name is."""

    heading: str  # before the names on a page; empty for what no page shows
    phrase: str  # in brackets behind a name, where two editions are compared
    found_by: str  # in "Found by the … X" among the results of a search
    choice: str  # for editors who add a name that readers looked for in vain


NAME_KIND_LABELS = {
    "generic": NameKindLabels(
        heading=gettext_noop("Generic name"),
        phrase=gettext_noop("generic name"),
        found_by=gettext_noop("generic name"),
        choice="Generic name",
    ),
    "brand": NameKindLabels(
        heading=gettext_noop("Brand names"),
        phrase=gettext_noop("brand name"),
        found_by=gettext_noop("brand name"),
        choice="Brand",
    ),
    "synonym": NameKindLabels(
        heading=gettext_noop("Also called"),
        phrase=gettext_noop("other name"),
        found_by=gettext_noop("other name"),
        choice="Synonym",
    ),
    "abbreviation": NameKindLabels(
        heading=gettext_noop("Short names"),
        phrase=gettext_noop("short name"),
        found_by=gettext_noop("short name"),
        choice="Abbreviation",
    ),
    "misspelling": NameKindLabels(
        heading="",
        phrase=gettext_noop("misspelling"),
        found_by=gettext_noop("spelling"),
        choice="Misspelling: readers find the page by it and never see it",
    ),
}
# Misspellings are for the search alone.
SHOWN_NAME_KINDS = tuple(kind for kind, labels in NAME_KIND_LABELS.items() if labels.heading)
# Names by which another page may mean this medicine: a brand is a product of it, and may hold something else besides.
SUBSTANCE_NAME_KINDS = ("generic", "synonym", "abbreviation")


class GroupLabels(NamedTuple):
    """Under which of its lists the source has a side effect."""

    heading: str  # above side effects that nobody has sorted by urgency, where the source gives no heading
    phrase: str  # between the words of a page, where two editions are compared


GROUP_LABELS = {
    "common": GroupLabels(gettext_noop("Common side effects"), gettext_noop("common")),
    "less_common": GroupLabels(gettext_noop("Less common side effects"), gettext_noop("less common")),
    "serious": GroupLabels(gettext_noop("Serious side effects"), gettext_noop("serious")),
    "other": GroupLabels(gettext_noop("Side effects can include"), gettext_noop("other")),
}


class UrgencyLabels(NamedTuple):
    """What a reader who has a side effect should do."""

    heading: str  # above the side effects on a page, with `number` of the country; empty for unsorted
    phrase: str  # between the words of a page, where two editions are compared
    choice: str  # for editors
    short: str  # for editors, in a table


URGENCY_LABELS = {
    "emergency": UrgencyLabels(
        heading=gettext_noop("Call %(number)s now if you have"),
        phrase=gettext_noop("call for help now"),
        choice="emergency: call for help now",
        short="call for help now",
    ),
    "urgent": UrgencyLabels(
        heading=gettext_noop("Get medical help today if you have"),
        phrase=gettext_noop("medical help today"),
        choice="urgent: medical help today",
        short="get help today",
    ),
    "talk": UrgencyLabels(
        heading=gettext_noop("Tell your doctor or pharmacist if you have"),
        phrase=gettext_noop("tell a doctor or pharmacist"),
        choice="talk: tell a doctor or pharmacist",
        short="tell a professional",
    ),
    "expected": UrgencyLabels(
        heading=gettext_noop("Often passes"),
        phrase=gettext_noop("often passes"),
        choice="expected: often passes",
        short="often passes",
    ),
    "unsorted": UrgencyLabels(
        heading="",
        phrase=gettext_noop("not sorted by urgency"),
        choice="nobody has sorted it yet",
        short="not sorted yet",
    ),
}
# On a page what nobody has sorted stands before all that can wait.
URGENCIES_BY_GRAVITY = ("emergency", "urgent", "unsorted", "talk", "expected")


class FrequencyLabels(NamedTuple):
    """How many people have a side effect."""

    readers: str  # a number, never a word alone; empty where the source gives none
    short: str  # for editors, in a table

    @property
    def choice(self) -> str:
        """For editors."""
        return self.readers or "not stated by the source"


# Bands of EU/CIOMS (SmPC guideline, section 4.8), the most frequent first.
FREQUENCY_LABELS = {
    "very_common": FrequencyLabels(gettext_noop("More than 10 in 100 people"), "over 10 in 100"),
    "common": FrequencyLabels(gettext_noop("1 to 10 in 100 people"), "1 to 10 in 100"),
    "uncommon": FrequencyLabels(gettext_noop("1 to 10 in 1,000 people"), "1 to 10 in 1,000"),
    "rare": FrequencyLabels(gettext_noop("1 to 10 in 10,000 people"), "1 to 10 in 10,000"),
    "very_rare": FrequencyLabels(gettext_noop("Fewer than 1 in 10,000 people"), "under 1 in 10,000"),
    "not_known": FrequencyLabels(gettext_noop("It is not known how many people"), "not known"),
    "not_stated": FrequencyLabels("", "not stated"),
}


class ChangeKindLabels(NamedTuple):
    """What sort of change an edition brings."""

    readers: str  # in the history of a page
    choice: str  # for whoever publishes


CHANGE_KIND_LABELS = {
    "typo": ChangeKindLabels(gettext_noop("Spelling put right"), "Spelling only (keeps the review)"),
    "clarity": ChangeKindLabels(gettext_noop("Wording made clearer"), "Clearer words, same facts"),
    "evidence": ChangeKindLabels(gettext_noop("New evidence"), "New or corrected facts"),
    "safety": ChangeKindLabels(gettext_noop("Safety change"), "Safety: something readers must know"),
    "names": ChangeKindLabels(gettext_noop("Names changed"), "Names only (keeps the review)"),
    "import": ChangeKindLabels(gettext_noop("Imported"), "Text taken over from a source"),
    "review": ChangeKindLabels(gettext_noop("Reviewed, nothing changed"), "Reviewed, nothing changed"),
}

# The codes alone, in the order of the tables.
SECTION_KINDS = tuple(SECTION_HEADINGS)
ORIGINS = tuple(ORIGIN_LABELS)
NAME_KINDS = tuple(NAME_KIND_LABELS)
GROUPS = tuple(GROUP_LABELS)
URGENCIES = tuple(URGENCY_LABELS)
CHANGE_KINDS = tuple(CHANGE_KIND_LABELS)
# Each frequency with its words for readers.
FREQUENCIES = {frequency: labels.readers for frequency, labels in FREQUENCY_LABELS.items()}

# Between the levels of a side effect's label, from the widest heading of the source to the narrowest.
LABEL_JOINER = " › "
