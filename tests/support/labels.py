"""Made-up labels: SPL in our own words."""


def section(code: str, title: str, text: str = "", inner: str = "", highlight: str = "") -> str:
    """A component with a section of SPL."""
    words = f"<text>{text}</text>" if text else ""
    excerpt = f"<excerpt><highlight><text>{highlight}</text></highlight></excerpt>" if highlight else ""
    inside = f"<code code='{code}'/><title>{title}</title>{words}{excerpt}{inner}"
    return f"<component><section>{inside}</section></component>"


def spl(sections: str, *, doc_type: str = "34391-3", category: str = "NDA", version: int = 12) -> bytes:
    """A label of examplol with these sections."""
    return f"""<document xmlns="urn:hl7-org:v3"><id root="99999999-2222-3333-4444-55555555555{version % 10}"/>
<code code="{doc_type}"/><title>Examplol <br/>tablets</title><effectiveTime value="20240305"/>
<setId root="11111111-2222-3333-4444-555555555555"/><versionNumber value="{version}"/>
<author><assignedEntity><representedOrganization><name>Made-up Works &amp; Sons</name></representedOrganization>
</assignedEntity></author><component><structuredBody><component><section><code code="48780-1"/>
{_product("XAMP<suffix>Night</suffix>", category)}{_product("Examplol Tablets", category)}</section></component>
{sections}</structuredBody></component></document>""".encode()


def _product(name: str, category: str) -> str:
    return f"""<subject><manufacturedProduct><manufacturedProduct><name>{name}</name>
<asEntityWithGeneric><genericMedicine><name>examplol</name></genericMedicine></asEntityWithGeneric>
<ingredient classCode="ACTIB"><ingredientSubstance><name>EXAMPLOL SODIUM</name><activeMoiety><activeMoiety>
<code code="AAAAAAAAA1"/><name>EXAMPLOL</name></activeMoiety></activeMoiety></ingredientSubstance></ingredient>
<ingredient classCode="IACT"><ingredientSubstance><name>MILK</name><activeMoiety><activeMoiety><code code="BBBBBBBBB2"/>
<name>MILK</name></activeMoiety></activeMoiety></ingredientSubstance></ingredient></manufacturedProduct>
<subjectOf><approval><id extension="NDA000001"/><code displayName="{category}"/></approval></subjectOf>
</manufacturedProduct></subject>"""


def openfda(**changes) -> dict:
    """A result of openFDA on examplol; a change to None leaves the field out."""
    result = {
        "set_id": "22222222-2222-3333-4444-555555555555",
        "id": "88888888-2222-3333-4444-555555555555",
        "version": "7",
        "effective_time": "20230402",
        "openfda": {
            "product_type": ["HUMAN PRESCRIPTION DRUG"],
            "substance_name": ["EXAMPLOL SODIUM"],
            "unii": ["CCCCCCCCC3"],
            "generic_name": ["EXAMPLOL SODIUM"],
            "brand_name": ["Examplol Tablets", "Xamp"],
            "application_number": ["ANDA000002"],
            "manufacturer_name": ["Made-up Works"],
            "pharm_class_epc": ["Made-up Blocker [EPC]"],
            "is_original_packager": [True],
        },
        "indications_and_usage": ["1 INDICATIONS AND USAGE Examplol is for pain."],
        "contraindications_table": ["<table><tr><td>markup</td></tr></table>"],
    } | changes
    return {key: value for key, value in result.items() if value is not None}
