"""Real labels, where MEDINFO_TEST_LABELS names a folder of them: facts exact, no word lost, hostile files inert."""

import re
import resource
import time
from xml.etree import ElementTree

import pytest

from drugs.formats.label import LabelDocument, LabelError, Raw, raw_files, read_file, read_raw

_SPL = "{urn:hl7-org:v3}"
_PACK = ("51945-4", "48780-1", "48779-3", "43683-2")


def _spl_files(folder):
    for path in sorted((folder / "spl").iterdir()):
        for raw in raw_files(path):
            if isinstance(raw, Raw) and b"urn:hl7-org:v3" in raw.data[:2000]:
                yield raw


def _words(text):
    return re.findall(r"\w+", text)


def _sections(parent):
    for section in parent.iterfind(f"{_SPL}component/{_SPL}section"):
        yield section
        yield from _sections(section)


def _attribute(root, tag, name):
    found = root.find(_SPL + tag)
    return found.get(name) if found is not None else ""


def test_real_labels_have_exactly_the_facts_of_their_files(labels_data):
    for raw in _spl_files(labels_data):
        root = ElementTree.fromstring(raw.data)  # noqa: S314 - another parser on purpose
        [(name, label)] = read_raw(raw)
        body = root.find(f"{_SPL}component/{_SPL}structuredBody")
        codes = [_attribute(section, "code", "code") for section in _sections(body)]
        substances = root.iter(f"{_SPL}ingredient")
        active = [one for one in substances if one.get("classCode", "").startswith("ACTI")]
        moieties = {
            moiety.find(_SPL + "code").get("code")
            for one in active
            for moiety in one.iter(_SPL + "activeMoiety")
            if moiety.find(_SPL + "code") is not None
        }
        assert (label.set_id, label.document_id, str(label.version)) == (
            _attribute(root, "setId", "root"),
            _attribute(root, "id", "root"),
            _attribute(root, "versionNumber", "value"),
        ), name
        assert label.effective_date.replace("-", "") == _attribute(root, "effectiveTime", "value")[:8], name
        assert label.section_codes == tuple(code for code in codes if code), name
        if label.use != "class_index":
            assert {moiety.unii for moiety in label.moieties} == moieties, name


def test_real_labels_lose_no_word_of_a_section(labels_data):
    for raw in _spl_files(labels_data):
        [(name, label)] = read_raw(raw)
        kept = " ".join(f"{section.heading} {section.body}" for section in label.sections)
        known = set(_words(re.sub(r"</?su[bp]>|\*\*|\\", "", kept)))
        for section in _sections(
            ElementTree.fromstring(raw.data).find(f"{_SPL}component/{_SPL}structuredBody")
        ):  # noqa: S314
            heading = (
                "".join(section.find(_SPL + "title").itertext())
                if section.find(_SPL + "title") is not None
                else ""
            )
            if _attribute(section, "code", "code") in _PACK or re.search(
                "package|principal", heading, re.IGNORECASE
            ):
                continue
            if (text := section.find(_SPL + "text")) is not None:
                # A word may go on in the next element, as the H and the 2 of a formula do.
                pieces = [word for piece in text.itertext() for word in _words(piece)]
                lost = [
                    word for word in pieces if word not in known and not any(word in other for other in known)
                ]
                assert not lost, (name, heading, lost[:5])


def test_real_labels_of_other_formats_are_read(labels_data):
    for kind in ("epi", "openfda"):
        found = [label for path in (labels_data / kind).rglob("*.*") for _, label in read_file(path)]
        assert any(isinstance(label, LabelDocument) and label.sections for label in found), kind


def test_real_labels_cut_anywhere_end_in_a_sentence(labels_data):
    for raw in _spl_files(labels_data):
        for part in range(1, 8):
            [(_, error)] = read_raw(Raw("cut.xml", raw.data[: len(raw.data) * part // 8]))
            assert isinstance(error, LabelError) and str(error).endswith(".")


def test_hostile_labels_take_no_time_and_no_memory(labels_data):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in sorted((labels_data / "hostile").iterdir()):
        begun = time.process_time()
        found = [label for _, label in read_file(path)]
        assert time.process_time() - begun < 1, path.name
        for label in found:
            texts = [str(label)] if isinstance(label, LabelError) else [one.body for one in label.sections]
            assert not any("<script" in text or "javascript:" in text for text in texts), path.name
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024
    )  # KiB, the peak of all of them


@pytest.mark.parametrize(
    "name", ["truncated.xml", "xxe.xml", "entity_bomb.xml", "bad_utf8.xml", "deep_nesting.xml"]
)
def test_hostile_label_is_refused_with_a_sentence(labels_data, name):
    [(_, error)] = read_file(labels_data / "hostile" / name)
    assert isinstance(error, LabelError) and str(error).endswith(".")
