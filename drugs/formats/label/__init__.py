"""Parser of regulators' labels: SPL, openFDA, FHIR product information, and zips of them, to frozen values."""

from collections.abc import Iterator
from pathlib import Path

from drugs.formats.label.archives import Found, Raw, raw_files, read_group, read_json, read_raw
from drugs.formats.label.document import OFFERED_USES, USES, LabelDocument, LabelError, LabelSection, Moiety
from drugs.formats.label.names import base_name, without_hydrate

__all__ = [
    "OFFERED_USES",
    "USES",
    "Found",
    "LabelDocument",
    "LabelError",
    "LabelSection",
    "Moiety",
    "Raw",
    "base_name",
    "raw_files",
    "read_file",
    "read_group",
    "read_json",
    "read_raw",
    "without_hydrate",
]


def read_file(path: Path) -> Iterator[Found]:
    """The labels of the file at `path`, each with the name of where it stands; what is none is a LabelError."""
    for raw in raw_files(path):
        yield from read_raw(raw) if isinstance(raw, Raw) else read_json(*raw)
