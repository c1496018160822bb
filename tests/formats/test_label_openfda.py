"""openFDA reader: facts, glued headings, boxed warnings, what was never approved, and JSON read as a stream."""

import io
import json

import pytest

from drugs.formats.label import LabelError, read_json
from tests.support.labels import openfda


def _read(*results):
    data = json.dumps({"meta": {}, "results": results}).encode()
    return [label for _, label in read_json("made-up.json", io.BytesIO(data))]


def test_openfda_facts_are_exact():
    (label,) = _read(openfda())
    assert (label.source, label.version, label.effective_date, label.doc_type, label.use) == (
        "openfda", 7, "2023-04-02", "34391-3", "prescription",
    )  # fmt: skip
    assert label.labeler == "Made-up Works" and label.marketing == (("ANDA", "ANDA000002"),)
    assert [(moiety.name, moiety.unii) for moiety in label.moieties] == [("EXAMPLOL SODIUM", "CCCCCCCCC3")]
    assert label.true_brand_names == ("Xamp",) and label.classes == ("Made-up Blocker",)
    assert label.section_codes == ("34067-9",) and not label.is_repackaged


@pytest.mark.parametrize(
    ("field", "text", "heading", "body"),
    [
        ("indications_and_usage", "Uses treats pain", "Uses", "treats pain"),
        ("indications_and_usage", "Use(s) treats pain", "Use(s)", "treats pain"),
        ("indications_and_usage", "Use this gel on cuts", "", "Use this gel on cuts"),
        ("indications_and_usage", "Indicated for pain", "", "Indicated for pain"),
        ("pregnancy", "8.1 Pregnancy Pregnancy Category C", "8.1 Pregnancy", "Pregnancy Category C"),
        ("dosage_and_administration", "Dosage is low", "", "Dosage is low"),
        ("storage_and_handling", "Other information keep dry", "Other information", "keep dry"),
        ("warnings", "Warnings: For the skin", "Warnings", "For the skin"),
        ("warnings", "WARNINGS", "", "WARNINGS"),
        ("indications_and_usage", "1 INDICATIONS AND USAGE. For pain", "1 INDICATIONS AND USAGE", "For pain"),
        (
            "indications_and_usage",
            "INDICATIONS AND CLINICAL USE For pain",
            "INDICATIONS AND CLINICAL USE",
            "For pain",
        ),
        ("indications_and_usage", "Uses* treats pain", "Uses*", "treats pain"),
        ("indications_and_usage", "Indications/Uses: Pain", "Indications/Uses", "Pain"),
        ("indications_and_usage", "1 USES 1 USES For pain", "1 USES", "For pain"),
        ("overdosage", "Overdosage Overdosage may harm", "Overdosage", "Overdosage may harm"),
        ("pregnancy", "Pregnancy and lactation are rare", "", "Pregnancy and lactation are rare"),
        ("geriatric_use", "8.5 Geriatric Use Of 39 people", "8.5 Geriatric Use", "Of 39 people"),
    ],
)
def test_openfda_heading_is_cut_off_the_text(field, text, heading, body):
    (label,) = _read(openfda(**({"indications_and_usage": None} | {field: [text]})))
    assert [(section.heading, section.body) for section in label.sections] == [(heading, body)]


def test_openfda_boxed_warning_is_believed_of_prescriptions():
    facts = openfda()["openfda"] | {"product_type": ["HUMAN OTC DRUG"]}
    for label, expected in zip(
        _read(openfda(boxed_warning=["Danger."]), openfda(boxed_warning=["Sealed."], openfda=facts)),
        (True, False),
        strict=True,
    ):
        assert label.boxed_warning is expected


@pytest.mark.parametrize(("words", "use"), [("Acts.", "unapproved"), ("HPUS 3X", "homeopathic")])
def test_openfda_label_without_application_is_not_offered(words, use):
    facts = {key: value for key, value in openfda()["openfda"].items() if key != "application_number"}
    (label,) = _read(openfda(openfda=facts, active_ingredient=[words]))
    assert label.use == use


def test_openfda_biological_product_is_known_without_its_suffix():
    facts = {"product_type": ["HUMAN PRESCRIPTION DRUG"], "generic_name": ["EXAMPLUMAB-XYZW"],
             "application_number": ["BLA000003"]}  # fmt: skip
    (label,) = _read(openfda(openfda=facts))
    assert label.substances == ("EXAMPLUMAB",)


def test_openfda_result_without_set_does_not_end_the_file():
    facts = openfda()["openfda"] | {"spl_set_id": ["1" * 300]}
    *errors, last = _read(openfda(set_id=None), "text", openfda(set_id=None, openfda=facts), openfda())
    assert all(isinstance(error, LabelError) for error in errors) and last.version == 7


def test_openfda_is_read_piece_by_piece():
    class Endless(io.RawIOBase):
        def __init__(self):
            self.read_so_far = 0
            self.parts = [b'{"results":[']

        def read(self, size=-1):
            part = self.parts.pop() if self.parts else json.dumps(openfda()).encode() + b","
            self.read_so_far += len(part)
            return part

    file = Endless()
    labels = read_json("endless.json", file)
    assert [next(labels)[1].version for _ in range(3)] == [7, 7, 7]
    assert file.read_so_far < 1_000_000


def test_openfda_json_that_breaks_off_is_told_after_what_was_whole():
    data = json.dumps({"results": [openfda(), openfda()]}).encode()[:-40]
    first, last = (label for _, label in read_json("cut.json", io.BytesIO(data)))
    assert first.version == 7 and isinstance(last, LabelError)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"results": [' + b"[" * 100_000, "nested deeper"),
        (b'{"results": [[' + b"1," * 60_000, "in more pieces"),
        (b'{"meta": {"results": {"total": 0}}}', "holds neither"),
        (b"", "premature EOF"),
        ('{"results": []}'.encode("utf-16"), "no JSON"),
    ],
)
def test_openfda_json_of_another_shape_ends_in_one_sentence(data, said):
    [(_, error)] = read_json("odd.json", io.BytesIO(data))
    assert isinstance(error, LabelError) and said in str(error) and str(error).endswith(".")
    assert "\n" not in str(error)


def test_openfda_results_are_found_wherever_they_stand():
    late = {"meta": {"disclaimer": "long " * 20_000}, "results": [openfda()]}
    for value in (late, [openfda()], openfda()):
        data = b"\xef\xbb\xbf" + json.dumps(value).encode()
        assert [label.version for _, label in read_json("made-up.json", io.BytesIO(data))] == [7]


def test_openfda_words_of_another_section_are_no_boxed_warning():
    table = "Table 1: doses by age, which somebody coded as a warning"
    true, misused = _read(
        openfda(
            boxed_warning=["WARNING: made-up danger", table], dosage_and_administration=[f"Once. {table}"]
        ),
        openfda(boxed_warning=[table], dosage_and_administration=[f"Once. {table}"]),
    )
    boxes = [section.body for section in true.sections if section.kind == "warning"]
    assert true.boxed_warning and boxes == ["WARNING: made-up danger"] and not misused.boxed_warning


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"boxed_warning": ["Danger."], "description": ["White."]}, True),
        ({"boxed_warning": ["Sealed."], "purpose": ["Pain."], "description": ["White."]}, False),
        (
            {
                "boxed_warning": ["FACT SHEET FOR doctors: Emergency Use Authorization"],
                "description": ["White."],
            },
            False,
        ),
    ],
)
def test_openfda_label_without_type_is_known_by_its_sections(fields, expected):
    (label,) = _read(openfda(openfda={}, **fields))
    assert label.boxed_warning is expected
