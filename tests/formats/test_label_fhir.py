"""FHIR reader: documents and collections, JSON and XML, kinds by code, number and heading, safe words."""

import io
import json

import pytest

from drugs.formats.label import LabelError, Raw, read_json, read_raw

_LEAFLET = "100000155538"


def _section(title, words="", code=_LEAFLET, inner=(), **more):
    part = {"title": title, "code": {"coding": [{"code": code}]}, **more}
    if words:
        part["text"] = {"div": f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{words}</p></div>'}
    return part | ({"section": list(inner)} if inner else {})


def _bundle(*sections, doc_type=_LEAFLET, **composition):
    substance = {"code": {"concept": {"coding": [{"code": "AAAAAAAAA1", "display": "examplol"}]}}}
    filler = {"code": {"concept": {"coding": [{"code": "BBBBBBBBB2", "display": "milk"}]}}}
    resources = [
        {"resourceType": "Composition", "identifier": [{"value": "set-1"}], "language": "pt", "title": "Examplol",
         "type": {"coding": [{"code": doc_type}]}, "date": "2023-04-02T10:00:00Z",
         "author": [{"reference": "Organization/o1"}], "section": list(sections)} | composition,
        {"resourceType": "Organization", "id": "o1", "name": "Made-up  Works"},
        {"resourceType": "Ingredient", "role": {"coding": [{"code": "100000072072"}]}, "substance": substance},
        {"resourceType": "Ingredient", "role": {"coding": [{"code": "100000072082"}]}, "substance": filler},
        {"resourceType": "RegulatedAuthorization", "identifier": [{"value": "EU/1/00/000/001"}]},
    ]  # fmt: skip
    return {
        "resourceType": "Bundle", "type": "document", "identifier": {"value": "doc-1"},
        "entry": [{"resource": resource} for resource in resources],
    }  # fmt: skip


def _read(value):
    return [label for _, label in read_json("made-up.json", io.BytesIO(json.dumps(value).encode()))]


def test_fhir_facts_are_exact():
    (label,) = _read({"epi": _bundle(_section("1. What it is", "For pain."), version="3")})
    assert (label.set_id, label.document_id, label.version, label.effective_date) == (
        "set-1", "doc-1", 3, "2023-04-02",
    )  # fmt: skip
    assert (label.language, label.country, label.labeler) == ("pt", "eu", "Made-up Works")
    assert [(moiety.name, moiety.unii) for moiety in label.moieties] == [("examplol", "AAAAAAAAA1")]
    assert label.use == "leaflet" and label.licence.attribution


def test_fhir_kinds_are_those_of_codes_else_of_numbers():
    summary = "100000155532"
    inner = (
        _section("4.1 Indicaciones", "Para el dolor.", "200000029799"),
        _section("4.5 Interacciones", "Ninguna.", summary),
        _section("Embarazo y lactancia", "No tomar.", "XXXXXXXXXXXX"),
    )
    whole = _section("Ficha", "", summary, [_section("4. Datos", "", summary, inner)])
    (label,) = _read(_bundle(whole, doc_type=summary))
    assert [section.kind for section in label.sections] == ["uses", "interactions", "pregnancy"]
    assert label.sections[0].heading == "4. Datos › 4.1 Indicaciones"
    assert label.section_codes == (summary, summary, "200000029799", summary, "XXXXXXXXXXXX")


def test_fhir_words_for_a_missing_text_are_none_but_a_text_is_kept():
    reason = {"emptyReason": {"coding": [{"code": "unavailable"}]}}
    (label,) = _read(
        _bundle(
            _section("1. A", "unavailable", **reason),
            _section("2. B", "Ask before you take it now.", **reason),
        )
    )
    assert [section.body for section in label.sections] == ["Ask before you take it now."]


def test_fhir_markup_of_the_words_comes_out_inert():
    words = "<script>alert(1)</script>a <b onclick='x'>b</b> <a href='javascript:x'>c</a> &lt;img src=x&gt;"
    (label,) = _read(_bundle(_section("4. Side effects", words)))
    assert label.sections[0].body == "a **b** c &lt;img src=x>"


def test_fhir_collection_in_xml_gives_a_label_for_each_document():
    def document(number):
        return f"""<entry><resource><Bundle><id value="doc-{number}"/><type value="document"/><entry><resource>
<Composition><language value="es"/><type><coding><code value="{_LEAFLET}"/></coding></type>
<date value="2024-12-13"/><title value="Prospecto"><extension url="x"/></title><section>
<title value="4. Efectos"/><code><coding><code value="200000029910"/></coding></code>
<text><div xmlns="http://www.w3.org/1999/xhtml"><ul><li>uno</li><li>dos</li></ul></div></text></section>
</Composition></resource></entry></Bundle></resource></entry>"""

    data = f"""<Bundle xmlns="http://hl7.org/fhir"><type value="collection"/>{document(1)}{document(2)}</Bundle>"""
    labels = [label for _, label in read_raw(Raw("made-up.xml", data.encode()))]
    assert [(label.set_id, label.title, label.language) for label in labels] == [
        ("doc-1", "Prospecto", "es"),
        ("doc-2", "Prospecto", "es"),
    ]
    assert [(found.kind, found.body) for found in labels[0].sections] == [("side_effects", "- uno\n- dos")]


@pytest.mark.parametrize(
    ("div", "body"),
    [
        ("<div><p>Keep&nbsp;dry.<br>Always.</p></div>", "Keep dry.  \nAlways."),
        ("<div><p>A & B</p><o:p>c</o:p><script>x()</script></div>", "A & B\n\nc"),
        ("Only words", "Only words"),
        ("<div><h2>5 Storage:</h2><p>Keep dry.</p></div>", "Keep dry."),
        ("<div><h2>5. Storage</h2><p>Keep dry.</p></div>", "Keep dry."),
        ("<div><h2>5 Storage</h2></div>", "5 Storage"),
    ],
)
def test_fhir_narrative_that_is_no_xml_is_read_as_html(div, body):
    (label,) = _read(_bundle({"title": "5. Storage", "text": {"div": div}}))
    assert [section.body for section in label.sections] == [body]


def test_fhir_narrative_with_a_document_type_is_refused():
    (error,) = _read(
        _bundle({"title": "5. Storage", "text": {"div": "<!DOCTYPE html><div>Keep dry.<br></div>"}})
    )
    assert isinstance(error, LabelError)


def test_fhir_composition_alone_has_what_it_contains():
    bundle = _bundle(_section("1. What it is", "For pain."), author=[{"reference": "#o1"}])
    composition, *others = (entry["resource"] for entry in bundle["entry"])
    (label,) = _read(composition | {"contained": others})
    assert (label.labeler, label.key, len(label.sections)) == ("Made-up Works", ("AAAAAAAAA1",), 1)


def test_fhir_bundle_that_does_not_say_so_is_one_and_addresses_count():
    bundle = _bundle(_section("1. What it is", "For pain."), author=[{"reference": "urn:uuid:7"}])
    bundle["entry"].append({"resource": {"resourceType": "Organization", "id": "o2", "name": "Other"}})
    bundle["entry"][1] = {
        "fullUrl": "urn:uuid:7",
        "resource": {"resourceType": "Organization", "name": "By address"},
    }
    del bundle["resourceType"]
    (label,) = _read(bundle)
    assert label.labeler == "By address"


def test_fhir_day_that_is_none_is_left_out():
    (label,) = _read(_bundle(date="soon"))
    assert label.effective_date == ""


@pytest.mark.parametrize(
    "value",
    [{"resourceType": "Bundle"}, {"resourceType": "Patient"}, {"resourceType": "Bundle", "entry": [None, 1]}],
)
def test_fhir_that_is_no_product_information_is_refused(value):
    (error,) = _read(value)
    assert isinstance(error, LabelError) and "no Composition" in str(error)


def _kinds(*sections, doc_type):
    (label,) = _read(_bundle(*sections, doc_type=doc_type))
    return [found.kind for found in label.sections], label.boxed_warning


def test_fhir_of_an_unknown_type_is_a_leaflet_unless_its_numbers_have_points():
    two, four = _section("2. Before you take it", "Words."), _section("4. Effets", "Words.")
    assert _kinds(two, four, doc_type="leaflet")[0] == ["precautions", "side_effects"]
    below = _section("4. Clinical", inner=[_section("4.8 Effects", "Words.")])
    assert _kinds(two, below, doc_type="leaflet")[0] == ["ingredients", "side_effects"]


def test_fhir_of_a_us_label_goes_by_its_codes_and_never_by_its_numbers():
    sections = (
        _section("WARNING", "It may do harm.", "34066-1"),
        _section("2 DOSAGE", "Daily.", "34068-7"),
        _section("4 THINGS", "Words.", "42229-5"),
    )
    assert _kinds(*sections, doc_type="34391-3") == (["warning", "dosage", "other"], True)
    assert _kinds(*sections, doc_type="34390-5") == (["other", "dosage", "other"], False)


@pytest.mark.parametrize(
    "name", ["composition-clinicaldocument-versionNumber", "extension-Composition.version"]
)
def test_fhir_version_stands_in_an_extension_before_r5(name):
    extension = [
        {"url": "http://hl7.org/x", "valueString": "1"},
        {"url": f"http://a.example/{name}", "valueString": "6"},
    ]
    (label,) = _read(_bundle(_section("1. What it is", "For pain."), extension=extension))
    assert label.version == 6
    xml = f"""<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Composition url="x"><url value="y"/>
        <identifier><value value="set-1"/>
        </identifier><extension url="http://a.example/{name}"><valueString value="6"/></extension></Composition>
        </resource></entry></Bundle>"""
    [(_, label)] = read_raw(Raw("made-up.xml", xml.encode()))
    assert label.version == 6


def test_fhir_author_that_is_only_named_is_the_labeler():
    bundle = _bundle(_section("1. What it is", "For pain."), author=[{"display": "Made-up  Makers"}])
    assert _read(bundle)[0].labeler == "Made-up Makers"
