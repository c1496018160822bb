"""Class index: the established classes of a moiety, and no other kind of class."""

from drugs.formats.label import Raw, read_raw

_INDEX = b"""<document xmlns="urn:hl7-org:v3"><id root="d"/><code code="60685-5"/><title>EXAMPLOL class</title>
<effectiveTime value="201011"/><setId root="s"/><versionNumber value="1"/><component><structuredBody><component>
<section><code code="48779-3"/><subject><identifiedSubstance><identifiedSubstance><code code="AAAAAAAAA1"/>
<name>EXAMPLOL</name>
<asSpecializedKind><generalizedMaterialKind><code displayName="Made-up Blocker [EPC]"/></generalizedMaterialKind>
</asSpecializedKind>
<asSpecializedKind><generalizedMaterialKind><code displayName="Blocking [MoA]"/></generalizedMaterialKind>
</asSpecializedKind></identifiedSubstance></identifiedSubstance></subject></section></component></structuredBody>
</component></document>"""


def test_class_index_gives_established_classes_and_is_never_offered():
    [(_, label)] = read_raw(Raw("index.xml", _INDEX))
    assert (label.use, label.classes, label.key) == ("class_index", ("Made-up Blocker",), ("AAAAAAAAA1",))
    assert (label.effective_date, label.section_codes, label.sections) == ("2010-11", ("48779-3",), ())
