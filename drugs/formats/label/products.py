"""Product data of an SPL label: names, active moieties, marketing, routes, from the elements of its first section."""

import re
from dataclasses import dataclass, field

from lxml import etree

from drugs.formats.label.document import Moiety
from drugs.formats.label.narrative import SPL, plain_words

_PRODUCTS = (SPL + "manufacturedProduct", SPL + "manufacturedMedicine")
_INGREDIENTS = (SPL + "ingredient", SPL + "activeIngredient")
_SUBSTANCES = (SPL + "ingredientSubstance", SPL + "activeIngredientSubstance")
# What accompanies a medicine in a kit, a swab or water, is marketed under one of these.
_ACCOMPANYING = re.compile(r"otc monograph|part\s*3|unapproved|medical device|cosmetic", re.IGNORECASE)


@dataclass
class Products:
    """What the product data of one label adds up to, each in the order of the file and without repetition."""

    generic_names: dict[str, None] = field(default_factory=dict)
    brand_names: dict[str, None] = field(default_factory=dict)
    moieties: dict[Moiety, None] = field(default_factory=dict)
    substances: dict[str, None] = field(default_factory=dict)
    marketing: dict[tuple[str, str], None] = field(default_factory=dict)
    routes: dict[str, None] = field(default_factory=dict)
    accompanying: set[str] = field(default_factory=set)
    is_repackaged: bool = False
    ends: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, ...]:
        """The UNIIs of the active moieties that make the medicine, sorted."""
        codes = {moiety.unii for moiety in self.moieties if moiety.unii}
        return tuple(sorted(codes - self.accompanying or codes))

    def add(self, subject: etree._Element) -> None:
        """Adds the product of a `subject` element."""
        outer = subject.find(_PRODUCTS[0])
        if outer is None:
            return
        inner = next((child for child in outer if child.tag in _PRODUCTS), outer)
        if name := _name(inner.find(SPL + "name")):
            self.brand_names[name] = None
        for generic in inner.iterfind(f"{SPL}asEntityWithGeneric/{SPL}genericMedicine/{SPL}name"):
            if words := plain_words(generic):
                self.generic_names[words] = None
        for ingredient in outer.iter(*_INGREDIENTS):
            self._add_ingredient(ingredient)
        for approval in outer.iter(SPL + "approval"):
            if any(pair := _approval(approval)):
                self.marketing[pair] = None
        for route in outer.iter(SPL + "routeCode"):
            if words := route.get("displayName"):
                self.routes[words] = None
        self.is_repackaged |= inner.find(f"{SPL}asEquivalentEntity/{SPL}definingMaterialKind") is not None
        for act in outer.iterfind(f"{SPL}subjectOf/{SPL}marketingAct"):
            end = act.find(f"{SPL}effectiveTime/{SPL}high")
            self.ends.append((end.get("value") or "")[:8] if end is not None else "")
        self._set_apart(inner)

    def _add_ingredient(self, ingredient: etree._Element) -> None:
        if ingredient.tag == _INGREDIENTS[0] and not (ingredient.get("classCode") or "").startswith("ACTI"):
            return
        substance = next((child for child in ingredient if child.tag in _SUBSTANCES), None)
        if substance is None:
            return
        if words := plain_words(substance.find(SPL + "name")):
            self.substances[words] = None
        for moiety in _moieties(substance):
            self.moieties[moiety] = None

    def _set_apart(self, product: etree._Element) -> None:
        """Keeps apart what only accompanies the medicine in a kit: a part with an approval of a lesser kind."""
        parts = list(product.iterfind(SPL + "part"))
        lesser = [_is_lesser(part) for part in parts]
        if all(lesser) or not any(lesser):
            return
        codes: dict[bool, set[str]] = {True: set(), False: set()}
        for part, is_lesser in zip(parts, lesser, strict=True):
            codes[is_lesser] |= _codes(part)
        self.accompanying |= codes[True] - codes[False]


def _name(element: etree._Element | None) -> str:
    """The name of a product with its suffix, which SPL sets beside it without a space."""
    if element is None:
        return ""
    words = " ".join(
        [element.text or "", *(" ".join((plain_words(child), child.tail or "")) for child in element)]
    )
    return " ".join(words.split())


def _moieties(substance: etree._Element) -> list[Moiety]:
    found = []
    for moiety in substance.iterfind(f"{SPL}activeMoiety/{SPL}activeMoiety"):
        code = moiety.find(SPL + "code")
        found.append(
            Moiety(plain_words(moiety.find(SPL + "name")), code.get("code", "") if code is not None else "")
        )
    return found


def _approval(approval: etree._Element) -> tuple[str, str]:
    code, identifier = approval.find(SPL + "code"), approval.find(SPL + "id")
    return (
        code.get("displayName", "") if code is not None else "",
        identifier.get("extension", "") if identifier is not None else "",
    )


def _is_lesser(part: etree._Element) -> bool:
    approvals = [_approval(approval) for approval in part.iter(SPL + "approval")]
    return bool(approvals) and all(_ACCOMPANYING.search(" ".join(approval)) for approval in approvals)


def _codes(part: etree._Element) -> set[str]:
    return {moiety.unii for ingredient in part.iter(*_INGREDIENTS) for moiety in _active(ingredient)}


def _active(ingredient: etree._Element) -> list[Moiety]:
    products = Products()
    products._add_ingredient(ingredient)
    return list(products.moieties)
