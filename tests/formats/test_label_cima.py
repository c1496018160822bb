"""CIMA reader: a medicine of Spain's register with the sections of its documents, made up."""

import io
import json

import pytest

from drugs.formats.label import LabelDocument, LabelError, read_json

_MEDICINE = {
    "nregistro": "99901",
    "nombre": "XAMPOL 10 mg comprimidos",
    "pactivos": "EXAMPLOL",
    "labtitular": "Obras Inventadas, S.A.",
    "principiosActivos": [{"id": 1, "codigo": "1A", "nombre": "EXAMPLOL", "cantidad": "10", "unidad": "mg"}],
    "viasAdministracion": [{"id": 48, "nombre": "VÍA ORAL"}],
    "docs": [{"tipo": 1, "fecha": 1704063600000}, {"tipo": 2, "fecha": "no day"}],
    "estado": {"aut": 0},
}
_SUMMARY = [
    {"seccion": "4.1", "titulo": "4.1 Indicaciones", "orden": 1, "contenido": "<p>Dolor.</p>"},
    {"seccion": "4.3", "titulo": "4.3 Contraindicaciones", "orden": 2,
     "contenido": "<h2>4.3. Contraindicaciones</h2><p>Nunca &amp; jamás.</p><script>x()</script>"},
    {"seccion": "4", "titulo": "4 Datos", "orden": 3, "contenido": ""},
]  # fmt: skip
_LEAFLET = [{"seccion": "4", "titulo": "4. Posibles efectos", "contenido": "<ul><li>bostezo</li></ul>"}]


def _read(value):
    return [label for _, label in read_json("made-up.json", io.BytesIO(json.dumps(value).encode()))]


def _with(*sections):
    return _MEDICINE | {"secciones": list(sections)}


def test_cima_facts_are_exact():
    (label,) = _read(_with(*_SUMMARY))
    assert (label.source, label.country, label.language, label.set_id) == ("cima", "es", "es", "99901-1")
    assert (label.effective_date, label.labeler, label.use) == (
        "2024-01-01",
        "Obras Inventadas, S.A.",
        "prescription",
    )
    assert [moiety.name for moiety in label.moieties] == ["EXAMPLOL"] and label.routes == ("VÍA ORAL",)
    assert label.true_brand_names == ("XAMPOL 10 mg comprimidos",) and label.section_codes == ("4.1", "4.3")
    assert label.url == "https://cima.aemps.es/cima/dochtml/ft/99901/FT_99901.html"
    assert "AEMPS" in label.licence.attribution


def test_cima_sections_are_safe_words_below_their_headings():
    (label,) = _read(_with(*_SUMMARY))
    assert [(found.kind, found.heading, found.body) for found in label.sections] == [
        ("uses", "4.1 Indicaciones", "Dolor."),
        ("do_not_take", "4.3 Contraindicaciones", "Nunca & jamás."),
    ]


def test_cima_summary_and_leaflet_are_two_labels():
    summary, leaflet = _read({"resultados": [_with(*_LEAFLET, *_SUMMARY)]})
    assert (summary.set_id, leaflet.set_id, leaflet.use) == ("99901-1", "99901-2", "leaflet")
    assert [(found.kind, found.body) for found in leaflet.sections] == [("side_effects", "- bostezo")]
    docs = [{"tipo": 2, "secciones": _LEAFLET}]
    assert [label.set_id for label in _read([_MEDICINE | {"docs": docs}])] == ["99901-2"]


@pytest.mark.parametrize(
    "value",
    [
        {"nregistro": None},
        {"nregistro": "", "secciones": _SUMMARY},
        _MEDICINE,
        _MEDICINE | {"secciones": {"4.1": "x"}, "docs": "x"},
        _with({"seccion": 4, "contenido": ["x"]}),
        _with(_SUMMARY[0] | {"contenido": "<!DOCTYPE x [<!ENTITY a 'b'>]><p>&a;</p>"}),
        _with(*_SUMMARY) | {"nregistro": "9" * 300},
    ],
)
def test_cima_without_a_medicine_or_its_words_is_refused(value):
    (error,) = _read(value)
    assert isinstance(error, LabelError) and str(error).endswith(".")


def test_cima_of_another_shape_is_read_as_far_as_it_goes():
    odd = {
        "principiosActivos": [1, {"nombre": ["x"]}],
        "estado": "x",
        "labtitular": 7,
        "docs": [{"fecha": 1e300}],
    }
    (label,) = _read(_with(*_SUMMARY) | odd)
    assert isinstance(label, LabelDocument) and (label.moieties, label.effective_date) == ((), "")


@pytest.mark.parametrize("depth", [900, 990, 100_000])
def test_cima_nested_deeper_than_any_is_no_crash(depth):
    data = b'{"nregistro":"1","x":' + b"[" * depth + b"]" * depth + b"}"
    [(_, error)] = read_json("made-up.json", io.BytesIO(data))
    assert isinstance(error, LabelError) and str(error).endswith(".")
