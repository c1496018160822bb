"""Under which terms the words of a regulator's label may be used, and who is to be named."""

from typing import NamedTuple


class Licence(NamedTuple):
    """The terms, and whom a use must name as the source; nobody where that is empty."""

    name: str
    attribution: str


_AEMPS = Licence("Reuse with attribution", "Agencia Española de Medicamentos y Productos Sanitarios (AEMPS)")
_LICENCES = {
    ("spl", "us"): Licence("Public domain (United States)", ""),
    ("openfda", "us"): Licence("CC0 1.0", ""),
    ("epi", "us"): Licence("Public domain (United States)", ""),
    ("epi", "eu"): Licence("Reuse with attribution", "European Medicines Agency (EMA)"),
    ("epi", "es"): _AEMPS,
    ("cima", "es"): _AEMPS,
}
_UNKNOWN = Licence("Not stated", "")


def licence_of(source: str, country: str) -> Licence:
    """The licence of the labels of a `source` and country; one without a name to give where none is known."""
    return _LICENCES.get((source, country), _UNKNOWN)
