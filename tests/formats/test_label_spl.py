"""SPL reader: facts, codes, kinds, boxed warnings and words of made-up labels; hostile files."""

import io
import zipfile

import pytest

from drugs.formats.label import LabelError, Raw, raw_files, read_file, read_raw
from tests.support.labels import section, spl
from tests.support.uploads import many_entries


def _read(data):
    [(_, label)] = read_raw(Raw("made-up.xml", data))
    return label


def test_spl_facts_are_exact():
    label = _read(spl(section("34067-9", "1 USES", "<paragraph>For made-up pain.</paragraph>")))
    assert (label.set_id, label.version, label.effective_date) == (
        "11111111-2222-3333-4444-555555555555", 12, "2024-03-05",
    )  # fmt: skip
    assert label.labeler == "Made-up Works & Sons"
    assert [(moiety.name, moiety.unii) for moiety in label.moieties] == [("EXAMPLOL", "AAAAAAAAA1")]
    assert label.brand_names == ("XAMP Night", "Examplol Tablets") and label.true_brand_names == (
        "XAMP Night",
    )
    assert label.marketing == (("NDA", "NDA000001"),)


def test_spl_heading_and_highlights_stay_out_of_the_body():
    label = _read(
        spl(section("34067-9", "1 USES", "<paragraph>For pain.</paragraph>", highlight="Short uses"))
    )
    [uses] = label.sections
    assert (uses.kind, uses.heading, uses.body) == ("uses", "1 USES", "For pain.")


def _sub(title, words, code="42229-5", inner=""):
    return section(code, title, f"<paragraph>{words}</paragraph>" if words else "", inner)


def test_spl_section_absorbs_its_unclassified_subsections():
    inner = _sub("1.1 Colds", "For colds.") + _sub("1.2 Flu (all)", "For flu.", inner=_sub("1.2.1 *", "Any."))
    [uses] = _read(spl(section("34067-9", "1 USES", "<paragraph>For all.</paragraph>", inner))).sections
    assert (uses.kind, uses.code, uses.heading) == ("uses", "34067-9", "1 USES")
    assert uses.body.split("\n\n") == [
        "For all.", "**1.1 Colds**", "For colds.", "**1.2 Flu (all)**", "For flu.", "**1.2.1 \\***", "Any.",
    ]  # fmt: skip


def test_spl_words_of_a_section_never_begin_with_a_heading():
    inner = _sub("1.1 Colds", "", inner=_sub("1.1.1 Old", "For colds.")) + _sub("1.2 Flu", "For flu.")
    [uses] = _read(spl(section("34067-9", "1 USES", inner=inner))).sections
    assert uses.heading == "1 USES › 1.1 Colds › 1.1.1 Old" and uses.place == "1 USES"
    assert uses.body == "For colds.\n\n**1.2 Flu**\n\nFor flu."


def test_spl_misused_code_is_a_passage_of_the_section_around_it():
    inner = _sub("Doses", "5 mg.", code="34066-1") + _sub("Babies", "None.", code="34080-2")
    label = _read(spl(section("34068-7", "2 DOSE", "<paragraph>Daily.</paragraph>", inner)))
    assert [(found.kind, found.code) for found in label.sections] == [("dosage", "34068-7")]
    assert "5 mg." in label.sections[0].body and "**Babies**" in label.sections[0].body


def test_spl_code_that_is_expected_inside_speaks_for_itself():
    inner = _sub("8.1 Pregnancy", "Avoid.", code="42228-7") + _sub("8.7 Liver", "Halve it.")
    label = _read(spl(section("43684-0", "8 PEOPLE", inner=inner)))
    assert [(found.kind, found.heading, found.body) for found in label.sections] == [
        ("precautions", "8 PEOPLE › 8.7 Liver", "Halve it."),
        ("pregnancy", "8 PEOPLE › 8.1 Pregnancy", "Avoid."),
    ]
    assert [found.place for found in label.sections] == ["8 PEOPLE", ""]


def test_spl_codes_are_all_told_nested_and_repeated_ones_too():
    inner = section("42229-5", "a", "<paragraph>b</paragraph>") * 2
    assert _read(spl(section("34067-9", "1", inner=inner))).section_codes == (
        "48780-1", "34067-9", "42229-5", "42229-5",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("doc_type", "outer", "expected"),
    [
        ("34391-3", "", True),
        ("34391-3", "42229-5", True),
        ("34391-3", "34068-7", False),
        ("34390-5", "", False),
    ],
)
def test_spl_boxed_warning_is_believed_only_in_its_place(doc_type, outer, expected):
    box = section("34066-1", "", "<paragraph>It may do harm.</paragraph>")
    assert (
        _read(spl(section(outer, "x", inner=box) if outer else box, doc_type=doc_type)).boxed_warning
        is expected
    )


def test_spl_summary_of_an_emergency_use_is_told_by_its_words():
    words = "<paragraph>FDA has issued an <content>Emergency</content> Use Authorization.</paragraph>"
    assert not _read(spl(section("34066-1", "", words))).boxed_warning


@pytest.mark.parametrize("title", ["", "1 INDICATIONS AND USAGE", "Indications and usage:"])
def test_spl_heading_that_stands_once_more_is_no_words(title):
    once_more = "<paragraph><content styleCode='bold'>INDICATIONS AND USAGE</content></paragraph>"
    [uses] = _read(spl(section("34067-9", title, once_more + "<paragraph>Pain.</paragraph>"))).sections
    assert (uses.heading, uses.body) == (title or "INDICATIONS AND USAGE", "Pain.")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("", "<content styleCode='bold'>INDICATIONS AND USAGE:</content> Pain."),
        ("1 Indications and Usage", "<content styleCode='bold'>INDICATIONS AND USAGE</content>: Pain."),
        ("1 Indications and Usage", "<content styleCode='bold'>INDICATIONS AND USAGE</content> <br/>Pain."),
        ("", "INDICATIONS AND USAGE<br/>Pain."),
    ],
)
def test_spl_heading_before_the_words_of_its_paragraph_is_cut(title, words):
    [uses] = _read(spl(section("34067-9", title, f"<paragraph>{words}</paragraph>"))).sections
    assert (uses.heading, uses.body) == (title or "INDICATIONS AND USAGE", "Pain.")


@pytest.mark.parametrize("words", ["of it are few.", ": 1. First."])
def test_spl_sentence_that_begins_with_its_heading_in_bold_stays(words):
    bold = f"<paragraph><content styleCode='bold'>Indications and usage</content> {words}</paragraph>"
    [uses] = _read(spl(section("34067-9", "Indications and usage", bold))).sections
    assert uses.body == f"**Indications and usage** {words}"


def test_spl_without_codes_goes_by_its_headings():
    titles = ("INDICATIONS AND USAGE", "Contraindications", "BOXED WARNING", "Usage of old")
    sections = "".join(section("42229-5", title, "<paragraph>Words.</paragraph>") for title in titles)
    label = _read(spl(sections))
    assert [found.kind for found in label.sections] == ["uses", "do_not_take", "other", "other"]
    assert {found.code for found in label.sections} == {"42229-5"} and not label.boxed_warning
    coded = section("34070-3", "4", "<paragraph>Never.</paragraph>")
    assert [found.kind for found in _read(spl(sections + coded)).sections][:2] == ["uses", "other"]


def test_spl_first_words_that_only_look_like_a_heading_stay():
    words = "<paragraph>Pain of adults</paragraph><paragraph>More.</paragraph>"
    for code, title in (("34067-9", ""), ("34067-9", "1 Pain"), ("42229-5", "")):
        assert _read(spl(section(code, title, words))).sections[0].body == "Pain of adults\n\nMore."


def test_spl_fact_sheet_for_emergencies_has_no_boxed_warning():
    box = section("34066-1", "", "<paragraph>Summary.</paragraph>")
    assert not _read(spl(box, category="Emergency Use Authorization")).boxed_warning


@pytest.mark.parametrize(
    ("doc_type", "category", "use"),
    [
        ("34391-3", "NDA", "prescription"),
        ("34391-3", "NDA AUTHORIZED GENERIC", "prescription"),
        ("34390-5", "unapproved homeopathic", "homeopathic"),
        ("34391-3", "Unapproved drug other", "unapproved"),
        ("34391-3", "Emergency Use Authorization", "unapproved"),
        ("34391-3", "Outsourcing Facility Compounded Human Drug Product", "unapproved"),
        ("34391-3", "Drug for Further Processing", "bulk"),
        ("34391-3", "ANADA", "animal"),
        ("50578-4", "NDA", "animal"),
        ("34391-3", "Export only", "other"),
        ("53404-0", "BLA", "prescription"),
        ("55439-8", "Premarket Application", "other"),
    ],
)
def test_spl_use_goes_by_type_and_categories(doc_type, category, use):
    assert _read(spl("", doc_type=doc_type, category=category)).use == use


def test_spl_package_words_are_no_section():
    assert not _read(spl(section("51945-4", "", "<paragraph>100 tablets</paragraph>"))).sections


@pytest.mark.parametrize(
    "title",
    [
        "HIGHLIGHTS OF PRESCRIBING INFORMATION",
        "Carton Label",
        "Full Prescribing Information: Contents",
        "Label 2:",
        "Packaging and Labeling",
        "Principal Display",
        "Examplol 5 mg, 30 tablets, label",
        "Representative sample of labeling",
    ],
)
def test_spl_highlights_and_pack_without_a_code_are_no_words(title):
    inner = section("42229-5", title, "<paragraph>Ten tablets.</paragraph>")
    label = _read(spl(section("34069-5", "16 SUPPLY", "<paragraph>In packs.</paragraph>", inner)))
    assert [found.body for found in label.sections] == ["In packs."]


def test_spl_words_of_the_pack_below_their_heading_in_bold_are_no_section():
    words = "<content styleCode='bold'>PRINCIPAL DISPLAY PANEL</content></paragraph><paragraph>Ten."
    assert not _read(spl(section("42229-5", "", f"<paragraph>{words}</paragraph>"))).sections
    about = "<paragraph><content styleCode='bold'>Label</content> on it says ten.</paragraph>"
    assert _read(spl(section("42229-5", "", about))).sections


def test_spl_pictures_alone_are_no_section():
    pictures = "<renderMultiMedia referencedObject='x'/><paragraph><renderMultiMedia referencedObject='y'/></paragraph>"
    assert not _read(spl(section("42229-5", "", pictures))).sections
    assert _read(spl(section("34089-3", "", pictures))).sections


def test_spl_heading_alone_is_no_words_above_those_inside():
    once_more = "<paragraph>INDICATIONS AND USAGE</paragraph>"
    [uses] = _read(spl(section("34067-9", "1 USES", once_more, _sub("1.1 Colds", "For colds.")))).sections
    assert (uses.heading, uses.body) == ("1 USES › 1.1 Colds", "For colds.")
    [uses] = _read(spl(section("34067-9", "", once_more))).sections
    assert uses.body == "INDICATIONS AND USAGE"


def test_spl_foot_of_a_table_stands_below_its_rows():
    words = "<table><tfoot><tr><td>HR: rate</td></tr></tfoot><tbody><tr><td>HR</td><td>2</td></tr></tbody></table>"
    [uses] = _read(spl(section("34067-9", "USES", words))).sections
    assert uses.body.splitlines()[2:] == ["| HR | 2 |", "| HR: rate | |"]


def test_spl_lines_of_a_cell_are_kept_apart_by_two_spaces():
    cells = "<td>a<br/>b</td><td><paragraph>c</paragraph><list><item>d</item><item>e</item></list></td>"
    [uses] = _read(
        spl(section("34067-9", "USES", f"<table><tbody><tr>{cells}</tr></tbody></table>"))
    ).sections
    assert uses.body.splitlines()[2] == "| a  b | c  • d  • e |"


def test_spl_markup_of_the_words_is_text():
    text = "<paragraph>a &lt;img src=x&gt; *b* <linkHtml href='javascript:x'>c</linkHtml></paragraph>"
    [found] = _read(spl(section("34067-9", "", text))).sections
    assert found.body == "a &lt;img src=x> \\*b\\* c"


def test_spl_picture_is_told_with_its_words_and_its_caption():
    inner = "<component><observationMedia ID='m1'><text>A molecule</text></observationMedia></component>"
    text = "<renderMultiMedia referencedObject='m1'><caption>C<sub>2</sub>H</caption></renderMultiMedia>"
    [found] = _read(spl(section("34089-3", "", text, inner))).sections
    assert found.body == "[Image: A molecule] C<sub>2</sub>H"


def test_spl_tables_and_lists_are_kept():
    text = (
        "<list><item>one</item><item>two</item></list>"
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td colspan='2'>c</td></tr></tbody></table>"
    )
    [found] = _read(spl(section("34067-9", "", text))).sections
    assert found.body == "- one\n- two\n\n| A | B |\n| --- | --- |\n| c | |"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<",
        b"<a/>",
        b"<!DOCTYPE d [<!ENTITY a 'b'>]><d>&a;</d>",
        "<!DOCTYPE d><d/>".encode("utf-16"),
        b"<document xmlns='urn:hl7-org:v3'/>",
        b"<a>" * 5000,
        spl("")[:400],
        spl("").replace(b"34391-3", b"3" * 41),
        spl("").replace(b"11111111-2222", b"1" * 300),
    ],
)
def test_spl_hostile_xml_is_refused(data):
    assert isinstance(_read(data), LabelError)


def test_label_zips_in_a_zip_are_read_in_place(tmp_path):
    inner, path = io.BytesIO(), tmp_path / "release.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.xml", spl(section("34067-9", "", "<paragraph>x</paragraph>")))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rx/one.zip", inner.getvalue())
        archive.writestr("../evil.xml", "<a/>")
        archive.writestr("bomb.xml", b" " * 5_000_000)
        archive.writestr("__MACOSX/rx/._one.xml", b"\0\5")
    labels = [label for _, label in read_file(path)]
    assert [isinstance(label, LabelError) for label in labels] == [False, True, True]
    assert list(tmp_path.iterdir()) == [path]


def test_a_zip_with_a_million_entries_is_refused_before_they_are_counted(tmp_path):
    (tmp_path / "labels.zip").write_bytes(many_entries(1_000_000))
    (raw,) = raw_files(tmp_path / "labels.zip")
    assert "its list of files is too long" in raw.error


def test_a_release_that_was_cut_off_is_told_so(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.xml", spl(""))
    with zipfile.ZipFile(
        tmp_path / "whole.zip", "w"
    ) as archive:  # stored, so that its zips can be found in the rest
        for number in range(3):
            archive.writestr(f"{number}.zip", inner.getvalue())
    data = (tmp_path / "whole.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: len(data) - 300])
    [(_, error)] = read_file(tmp_path / "cut.zip")
    assert isinstance(error, LabelError) and "cut off" in str(error)
