"""A combination for tests, whose page treats its two invented drugs one after the other."""

from drugs.content import FAQ, Name, Section, SideEffect
from tests.support.builders import make_document

FIRST, SECOND = "Examplol", "Testamine (Testex)"
PAIR = make_document(
    slug="pair",
    title="Examplol + Testamine",
    names=(Name("Examplol", "generic"), Name("Testamine", "synonym"), Name("Pairex", "brand")),
    ingredients=("Examplol", "Testamine"),
    classes=(),
    sections=(
        Section("other", "", "The combination is not an approved product. Take care."),
        Section("other", "Generic Name", "examplol", FIRST),
        Section("uses", "", "For tests.", FIRST),
        Section("dosage", "", "One.", FIRST),
        Section("side_effects", component=FIRST),
        Section("uses", "", "For exams.", SECOND),
        Section("overdose", "", "Ask.", SECOND),
        Section("side_effects", component=SECOND),
        Section("side_effects", "Testamine (Testex) and sleep", "More.", SECOND),
        Section("other", "Both together", "Never."),
        Section("faqs"),
    ),
    side_effects=(
        SideEffect("Yawning", label=f"{FIRST} › Common", component=FIRST),
        SideEffect("Sighing", label=FIRST, component=FIRST),
        SideEffect("Falls", label=f"{SECOND} › Rare", component=SECOND),
    ),
    faqs=(FAQ("May I take both?", "No."), FAQ("Is it new?", "Yes.", FIRST)),
    references=(),
)
