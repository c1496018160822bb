"""Codes of regulators mapped to our vocabulary: LOINC of US labels, EMA's of product information, openFDA's fields.

LOINC: the list of section codes of FDA's SPL guide. EMA: lists 200000029659 and 100000155531 of SPOR.
"""

UNCLASSIFIED = "42229-5"
BOXED_WARNING = "34066-1"
PRODUCT_DATA = "48780-1"
CLASS_INDEX = "60685-5"
# Pictures and words of the pack, lists of changes, product data: no passage of the text.
SKIPPED = frozenset(("51945-4", "43683-2", PRODUCT_DATA, "48779-3"))

DOCUMENT_USES = {
    "34391-3": "prescription",
    "45129-4": "prescription",
    "53404-0": "prescription",  # vaccine
    "60683-0": "prescription",  # plasma derivative
    "60684-8": "prescription",  # cellular therapy
    "53408-1": "prescription",  # licensed minimally manipulated cells
    "60682-2": "prescription",  # standardized allergenic
    "53405-7": "prescription",  # standardized allergenic
    "53406-5": "prescription",  # non-standardized allergenic
    "34390-5": "otc",
    "50577-6": "animal",
    "50578-4": "animal",
    "50576-8": "animal",
    "50571-9": "animal",
    "50575-0": "animal",
    "50572-7": "animal",
    "50573-5": "animal",
    "50574-3": "animal",
    "81203-2": "bulk",
    "53409-9": "bulk",
    CLASS_INDEX: "class_index",
    "100000155538": "leaflet",
    "100000155532": "prescription",
}

_LOINC_OF_KIND = {
    "warning": BOXED_WARNING,
    "key_facts": "55105-1",
    "uses": "34067-9",
    "do_not_take": "34070-3 50570-1",
    "precautions": "43685-7 34071-1 42232-9 34072-9 50569-3 50567-7 50566-9 43684-0 34081-0 34082-8 88828-9 88829-7 "
    "42227-9 34085-1 34086-9 34087-7",
    "pregnancy": "42228-7 77290-5 34080-2 77291-3 34077-8 34078-6 34079-4 53414-9",
    "interactions": "34073-7 34074-5 50568-5",
    "dosage": "34068-7 59845-8",
    "overdose": "34088-5 50565-1",
    "side_effects": "34084-4 90374-0 90375-7",
    "monitoring": "34075-2",
    "how_it_works": "34090-1 43679-0 43681-6 43682-4 49489-8 66106-6",
    "storage": "44425-7",
    "ingredients": "43678-2 34089-3 55106-9 51727-6",
}
SPL_KINDS = {code: kind for kind, codes in _LOINC_OF_KIND.items() for code in codes.split()}
# These say how the medicine is kept only where the word itself stands in them.
PERHAPS_STORAGE = frozenset(("34069-5", "60561-8"))

_POPULATIONS = "42228-7 77290-5 34080-2 77291-3 34077-8 34078-6 34079-4 34081-0 34082-8 88828-9 88829-7"
# In which section a section with a code of its own may stand and still speak for itself. Anywhere else it is a
# passage of the section around it, because codes of nested sections are often misused.
_INNER_CODES = {
    "43684-0": _POPULATIONS,
    "42232-9": _POPULATIONS + " 34073-7 34076-0 34074-5 34072-9 34075-2",
    "42228-7": "34077-8 34078-6 34079-4",
    "34090-1": "43679-0 43681-6 43682-4 49489-8 66106-6",
    "34071-1": "50570-1 50569-3 50568-5 50567-7 50566-9 50565-1 53414-9 " + BOXED_WARNING,
    "34069-5": "44425-7",
}
EXPECTED_INSIDE = frozenset((outer, code) for outer, inner in _INNER_CODES.items() for code in inner.split())

_EMA_OF_KIND = {
    "uses": "29799 29895",
    "dosage": "29800 29801 29803 29905",
    "do_not_take": "29805 29897",
    "precautions": "29806 29896 29898 29899",
    "interactions": "29809 29900",
    "food_alcohol": "29901",
    "pregnancy": "29811 29812 29813 29814 29902",
    "driving": "29815 29903",
    "side_effects": "29816 29910 29911 29912 29817 29818",
    "overdose": "29819 29907",
    "missed_dose": "29908",
    "stopping": "29909",
    "how_it_works": "29821 29822 29827 29834",
    "storage": "29839 29840 29842 29913",
    "ingredients": "29793 29796 29837 29904 29914 29915",
}
EMA_KINDS = {f"2000000{code}": kind for kind, codes in _EMA_OF_KIND.items() for code in codes.split()}

# By the number that its heading begins with, where a section has no code of its own.
LEAFLET_NUMBERS = {
    "1": "uses",
    "2": "precautions",
    "3": "dosage",
    "4": "side_effects",
    "5": "storage",
    "6": "ingredients",
}
SUMMARY_NUMBERS = {
    "2": "ingredients",
    "4.1": "uses",
    "4.2": "dosage",
    "4.3": "do_not_take",
    "4.4": "precautions",
    "4.5": "interactions",
    "4.6": "pregnancy",
    "4.7": "driving",
    "4.8": "side_effects",
    "4.9": "overdose",
    "5": "how_it_works",
    "6.1": "ingredients",
    "6.3": "storage",
    "6.4": "storage",
    "6.6": "storage",
}

SUMMARY, LEAFLET = "100000155532", "100000155538"
NUMBERS = {SUMMARY: SUMMARY_NUMBERS, LEAFLET: LEAFLET_NUMBERS}

OPENFDA_FIELDS = {
    "abuse": "34086-9",
    "active_ingredient": "55106-9",
    "adverse_reactions": "34084-4",
    "animal_pharmacology_and_or_toxicology": "34091-9",
    "ask_doctor": "50569-3",
    "ask_doctor_or_pharmacist": "50568-5",
    "boxed_warning": BOXED_WARNING,
    "carcinogenesis_and_mutagenesis_and_impairment_of_fertility": "34083-6",
    "clinical_pharmacology": "34090-1",
    "clinical_studies": "34092-7",
    "contraindications": "34070-3",
    "controlled_substance": "34085-1",
    "dependence": "34087-7",
    "description": "34089-3",
    "do_not_use": "50570-1",
    "dosage_and_administration": "34068-7",
    "dosage_forms_and_strengths": "43678-2",
    "drug_abuse_and_dependence": "42227-9",
    "drug_and_or_laboratory_test_interactions": "34074-5",
    "drug_interactions": "34073-7",
    "general_precautions": "34072-9",
    "geriatric_use": "34082-8",
    "how_supplied": "34069-5",
    "inactive_ingredient": "51727-6",
    "indications_and_usage": "34067-9",
    "information_for_patients": "34076-0",
    "instructions_for_use": "59845-8",
    "keep_out_of_reach_of_children": "50565-1",
    "labor_and_delivery": "34079-4",
    "laboratory_tests": "34075-2",
    "mechanism_of_action": "43679-0",
    "microbiology": "49489-8",
    "nonclinical_toxicology": "43680-8",
    "nonteratogenic_effects": "34078-6",
    "nursing_mothers": "34080-2",
    "other_safety_information": "60561-8",
    "overdosage": "34088-5",
    "package_label_principal_display_panel": "51945-4",
    "patient_medication_information": "68498-5",
    "pediatric_use": "34081-0",
    "pharmacodynamics": "43681-6",
    "pharmacogenomics": "66106-6",
    "pharmacokinetics": "43682-4",
    "precautions": "42232-9",
    "pregnancy": "42228-7",
    "pregnancy_or_breast_feeding": "53414-9",
    "purpose": "55105-1",
    "questions": "53413-1",
    "recent_major_changes": "43683-2",
    "references": "34093-5",
    "spl_medguide": "42231-1",
    "spl_patient_package_insert": "42230-3",
    "spl_product_data_elements": PRODUCT_DATA,
    "spl_unclassified_section": UNCLASSIFIED,
    "stop_use": "50566-9",
    "storage_and_handling": "44425-7",
    "teratogenic_effects": "34077-8",
    "use_in_specific_populations": "43684-0",
    "user_safety_warnings": "54433-8",
    "warnings": "34071-1",
    "warnings_and_cautions": "43685-7",
    "when_using": "50567-7",
}
