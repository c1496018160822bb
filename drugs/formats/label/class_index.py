"""Reader of pharmacologic class indexing SPL: which established classes FDA gives an active moiety."""

from lxml import etree

from drugs.formats.label.document import Moiety
from drugs.formats.label.narrative import SPL, plain_words

_ESTABLISHED = " [EPC]"


def read_classes(root: etree._Element) -> tuple[tuple[Moiety, ...], tuple[str, ...]]:
    """The moieties that the index speaks of, and their established pharmacologic classes (EPC)."""
    moieties: dict[Moiety, None] = {}
    classes: dict[str, None] = {}
    for substance in root.iterfind(f".//{SPL}identifiedSubstance/{SPL}identifiedSubstance"):
        code = substance.find(SPL + "code")
        moieties[
            Moiety(
                plain_words(substance.find(SPL + "name")), code.get("code", "") if code is not None else ""
            )
        ] = None
        for kind in substance.iterfind(f"{SPL}asSpecializedKind/{SPL}generalizedMaterialKind/{SPL}code"):
            name = kind.get("displayName") or ""
            if name.endswith(_ESTABLISHED):
                classes[name.removesuffix(_ESTABLISHED)] = None
    return tuple(moieties), tuple(classes)
