"""What one regulator's label says, as a frozen value: one set at one version. No database.

A label is a source for the person who edits a page; it never becomes a page.
"""

from dataclasses import dataclass

from drugs.formats.label.licences import Licence, licence_of

# What sort of label it is: only the first three are ever offered beside a page by themselves.
USES = (
    "prescription",
    "otc",
    "leaflet",
    "homeopathic",
    "unapproved",
    "animal",
    "bulk",
    "class_index",
    "other",
)
OFFERED_USES = ("prescription", "otc", "leaflet")


_LONGEST = {"set_id": 255, "document_id": 255, "doc_type": 40, "language": 20, "country": 10}


class LabelError(ValueError):
    """Parse error: a file, or one entry of it, that cannot become a label. Its text is for whoever imports it."""


@dataclass(frozen=True)
class Moiety:
    """An active moiety: the part of the molecule that acts, without its salt. `unii` is FDA's code of a substance."""

    name: str
    unii: str


@dataclass(frozen=True)
class LabelSection:
    """A passage of the label: our kind, the source's own code and heading, and its words as safe Markdown.

    Subsections without a code of their own are part of it, their headings bold paragraphs of the body; those of the
    first, where the section has no words before it, stand in `heading` after the section's own, joined with
    LABEL_JOINER, as do before it the headings of sections around it that have no words. `place` is what a citation
    may give as the place of all its words: `heading` without those of subsections; empty where there are none.
    """

    kind: str
    code: str
    heading: str
    body: str
    place: str = ""


@dataclass(frozen=True)
class LabelDocument:
    """One label: facts as the source writes them, sections in its order. Sequences hold no value twice,
    except `section_codes`, which says each code of the source as often as it stands there.

    `effective_date` is YYYY-MM-DD, or YYYY-MM or YYYY where the source says no more; `version` is None where the
    source has none. `key` is the set of UNIIs by which pages are matched: that of all active moieties, but in a kit
    not of what accompanies the medicine.
    """

    source: str
    country: str
    language: str
    set_id: str
    document_id: str
    version: int | None
    effective_date: str
    labeler: str
    doc_type: str
    title: str
    sha256: str
    use: str = "other"
    generic_names: tuple[str, ...] = ()
    brand_names: tuple[str, ...] = ()
    true_brand_names: tuple[str, ...] = ()
    moieties: tuple[Moiety, ...] = ()
    substances: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    marketing: tuple[tuple[str, str], ...] = ()
    routes: tuple[str, ...] = ()
    is_repackaged: bool = False
    ended_on: str = ""
    section_codes: tuple[str, ...] = ()
    sections: tuple[LabelSection, ...] = ()
    boxed_warning: bool = False
    url: str = ""

    def __post_init__(self) -> None:
        if any(len(getattr(self, name)) > limit for name, limit in _LONGEST.items()):
            raise LabelError("has an id, a type or a language longer than any label has.")

    @property
    def licence(self) -> Licence:
        """The terms under which its words may be used."""
        return licence_of(self.source, self.country)
