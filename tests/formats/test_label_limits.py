"""Hostile labels: files that would take time or memory by the square of their length."""

import io
import json
import time

import pytest

from drugs.formats.label import LabelDocument, LabelError, Raw, read_json, read_raw
from tests.support.labels import section, spl

_SECONDS = 1.0  # of the process: each takes a fifth of it


def _timed(read):
    begun = time.process_time()
    found = [label for _, label in read]
    assert time.process_time() - begun < _SECONDS
    return found


def _bundle(*resources):
    return json.dumps({"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}).encode()


def test_label_table_is_not_filled_up_to_the_square_of_its_length():
    cells = "<tr>" + "<td>a</td>" * 6000 + "</tr>" + "<tr><td>b</td></tr>" * 6000
    data = spl(section("34067-9", "USES", f"<table>{cells}</table>"))
    (label,) = _timed(read_raw(Raw("made-up.xml", data)))
    assert isinstance(label, LabelDocument)
    assert label.sections[0].body.split() == ["a"] * 6000 + ["b"] * 6000


_COMPOSITION = {"resourceType": "Composition", "identifier": {"value": "a"}}
_REFERENCE = {"code": {"reference": {"reference": "SubstanceDefinition/none"}}}
_ACTIVE = {
    "resourceType": "Ingredient",
    "role": {"coding": [{"code": "100000072072"}]},
    "substance": _REFERENCE,
}


@pytest.mark.parametrize(
    "data",
    [
        _bundle(
            _COMPOSITION | {"author": [{"reference": "Organization/none"}] * 4000},
            *[{"resourceType": "Organization", "id": f"o{number}"} for number in range(4000)],
        ),
        _bundle(
            _COMPOSITION,
            *[_ACTIVE] * 3000,
            *[{"resourceType": "SubstanceDefinition", "id": f"s{number}"} for number in range(3000)],
        ),
    ],
    ids=["authors", "substances"],
)
def test_label_in_fhir_takes_time_by_its_length(data):
    (label,) = _timed(read_json("made-up.json", io.BytesIO(data)))
    assert isinstance(label, LabelDocument)


@pytest.mark.parametrize(
    "data",
    [
        b'{"resourceType":"Bundle","entry":[' + b"[]," * 130_000 + b"1]}",
        b'{"nregistro":"1","x":[' + b"1," * 260_000 + b"1]}",
        _bundle(*[_COMPOSITION] * 60),
        _bundle(_COMPOSITION | {"section": [{}] * 12_000}),
    ],
    ids=["FHIR", "CIMA", "documents", "sections"],
)
def test_label_in_more_pieces_than_any_is_refused(data):
    (error,) = _timed(read_json("made-up.json", io.BytesIO(data)))
    assert isinstance(error, LabelError) and "than any product information" in str(error)


def test_label_with_thirty_boxed_warnings_has_none():
    result = {
        "set_id": "a",
        "boxed_warning": [f"Harm {number}." for number in range(30)],
        "description": ["a"],
    }
    (label,) = _timed(read_json("made-up.json", io.BytesIO(json.dumps({"results": [result]}).encode())))
    assert not label.boxed_warning
