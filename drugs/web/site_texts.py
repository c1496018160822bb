"""Site texts, such as disclaimer and banners: the defaults that ship, and what administrators made of them."""

from pathlib import Path

from django.db import connection

from drugs.models import SiteText

DEFAULTS = {
    "disclaimer_short": (
        "General information, not medical advice. Ask a doctor or pharmacist before you change any medicine."
    ),
    "disclaimer_full": (
        "The pages of this site give general information about medicines. They are not medical advice, they do "
        "not know you, and they cannot replace a conversation with a doctor, pharmacist or nurse.\n\n"
        "* Do not start, stop or change a medicine because of something you read here.\n"
        "* Read the leaflet in the pack. It belongs to the product that you have; this page may not.\n"
        "* If you feel very unwell, or think that you have taken too much, get help at once: "
        "call your local emergency number.\n\n"
        "Each page says whether a clinician has reviewed it, who that was and when. Pages that nobody has reviewed "
        "may be wrong or incomplete. That a side effect, a warning or an interaction is not mentioned does not mean "
        "that there is none."
    ),
    "about": (
        "This site explains medicines in plain words: what each is for, who must not take it, what it can do to you "
        "and what to do about that.\n\n"
        "#### How pages are checked\n\n"
        "A page starts as a text from somewhere: written by editors, taken from a regulator's label, or imported "
        "from a collection that was AI-generated or crowd-sourced. Until a named clinician has reviewed the whole "
        "page it says *Not yet reviewed by a clinician* at its top. A review belongs to one exact text. When the "
        "text changes in substance, the page counts as not reviewed again until somebody signs the new one. Every "
        "review has a date on which the next one is due; from that day on the page says that it is overdue.\n\n"
        "Every published version is kept, numbered and can be read again."
    ),
    "contact": "",
    "banner_ai_or_crowd": (
        "This text was AI-generated or crowd-sourced and may not be accurate. "
        "Check it with a professional before relying on it."
    ),
    "banner_editorial": (
        "This text was written by editors of this site. Check it with a professional before relying on it."
    ),
    "banner_label": (
        "This text was taken from a regulator's label. Your product may have a different one. "
        "Check it with a professional before relying on it."
    ),
    "glossary": Path(__file__).with_name("glossary.txt").read_text(encoding="utf-8"),
}

# SHA-256 of defaults that earlier versions shipped, by key: texts that nobody has changed since are those, still.
EARLIER: dict[str, tuple[str, ...]] = {}


def ensure(using: str) -> None:
    """Creates the texts that are not there in the database `using`, and leaves edited ones alone."""
    SiteText.objects.using(using).bulk_create(
        [SiteText(key=key, body=body) for key, body in DEFAULTS.items()], ignore_conflicts=True
    )


def load() -> dict[str, str]:
    """All texts in Markdown by key, in one query. A text that is missing has its default."""
    with connection.cursor() as cursor:  # the ORM takes four times as long to say it
        cursor.execute("SELECT key, body FROM drugs_sitetext")
        return {**DEFAULTS, **dict(cursor.fetchall())}
