"""Headings of the field in seven languages: short ones of notes, and those of leaflets and product characteristics."""

import pytest

from drugs.formats import read
from drugs.formats.legacy import languages
from tests.support.legacy_pages import headings
from tests.support.legacy_pages import read as read_body


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("MOA", "how_it_works"),
        ("**PK/PD**", "how_it_works"),
        ("Pharmacokinetics (ADME)", "how_it_works"),
        ("ADRs", "side_effects"),
        ("4.8 Undesirable effects", "side_effects"),
        ("C/I:", "do_not_take"),
        ("Do not use", "do_not_take"),
        ("💊 Indications & usage", "uses"),
        ("Inactive ingredients", "ingredients"),
        ("When to see a doctor", "precautions"),
        ("If you take more Examplol than you should", "overdose"),
        ("Gegenanzeigen", "do_not_take"),
        ("4.9. Überdosierung", "overdose"),
        ("Dosierung bei Kindern", "dosage"),
        ("Was ist Examplol und wofür wird es angewendet?", "uses"),
        ("Wenn Sie die Einnahme von Examplol abbrechen", "stopping"),
        ("Effets indésirables éventuels", "side_effects"),
        ("Qu’est-ce que Examplol et dans quels cas est-il utilisé ?", "uses"),
        ("¿Para qué se utiliza Examplol?", "uses"),
        ("Advertencias y precauciones", "precautions"),
        ("Condução de veículos e utilização de máquinas", "driving"),
        ("Caso se tenha esquecido de tomar Examplol", "missed_dose"),
        ("Controindicazioni", "do_not_take"),
        ("Se interrompe il trattamento con Examplol", "stopping"),
        ("Mogelijke bijwerkingen", "side_effects"),
        ("Hoe bewaart u dit middel?", "storage"),
    ],
)
def test_a_heading_of_the_field_names_its_kind(heading, kind):
    assert headings(read_body(f"## {heading}\nText.\n"))[0][0] == kind


@pytest.mark.parametrize(
    "heading", ["Geschichte", "Conservation history", "Trade-offs", "Dosis facit venenum"]
)
def test_other_headings_stay_in_place_as_they_are(heading):
    page = read_body(f"## Uses\nA.\n## {heading}\nB.\n## Storage\nC.\n")
    assert headings(page)[1] == ("other", heading)


def test_no_heading_names_two_kinds():
    kinds = {}
    for vocabulary in languages.VOCABULARIES.values():
        for table in (vocabulary.HEADINGS, vocabulary.OPEN):
            for kind, text in table.items():
                for entry in text.split("|"):
                    kinds.setdefault(" ".join(entry.split()), set()).add(kind)
    assert [entry for entry, found in kinds.items() if len(found) > 1] == []
    assert [entry for entry in kinds if "…" not in entry and languages.key(entry) != entry] == []


LEAFLETS = {
    "de": (
        "Was sollten Sie vor der Einnahme von Examplol beachten?",
        "Examplol darf nicht eingenommen werden,",
        "Schwangerschaft und Stillzeit",
        "Welche Nebenwirkungen sind möglich?",
    ),
    "fr": (
        "Quelles sont les informations à connaître avant de prendre Examplol",
        "Ne prenez jamais Examplol",
        "Grossesse et allaitement",
        "Quels sont les effets indésirables éventuels ?",
    ),
    "es": (
        "Qué necesita saber antes de empezar a tomar Examplol",
        "No tome Examplol",
        "Embarazo y lactancia",
        "Posibles efectos adversos",
    ),
    "pt": (
        "O que precisa de saber antes de tomar Examplol",
        "Não tome Examplol",
        "Gravidez e amamentação",
        "Efeitos secundários possíveis",
    ),
    "it": (
        "Cosa deve sapere prima di prendere Examplol",
        "Non prenda Examplol",
        "Gravidanza e allattamento",
        "Possibili effetti indesiderati",
    ),
    "nl": (
        "Wanneer mag u Examplol niet gebruiken of moet u er extra voorzichtig mee zijn?",
        "Wanneer mag u Examplol niet gebruiken?",
        "Zwangerschap en borstvoeding",
        "Mogelijke bijwerkingen",
    ),
}


@pytest.mark.parametrize("language", LEAFLETS)
def test_a_leaflet_is_read_section_by_section(language):
    before, never, pregnancy, effects = LEAFLETS[language]
    text = f"# Examplol\n## 2. {before}\n### {never}\n- A\n### {pregnancy}\nB\n## 4. {effects}\n- C\n"
    document = read(text.encode(), stem="x").document
    assert [section.kind for section in document.sections] == [
        "precautions",
        "do_not_take",
        "pregnancy",
        "side_effects",
    ]
    assert document.language == language
    assert [effect.name for effect in document.side_effects] == ["C"]


def test_the_front_matter_says_the_language_before_the_headings():
    body = "# Examplol\n## Nebenwirkungen\n- A\n## Anwendungsgebiete\nB\n"
    assert read(f"---\nlanguage: de-AT\n---\n{body}".encode(), stem="x").document.language == "de-AT"
    assert read(body.encode(), stem="x").document.language == "de"
    assert read(f"{body}## Storage\nC\n## Uses\nD\n".encode(), stem="x").document.language == "en"


@pytest.mark.parametrize(
    ("label", "group", "frequency"),
    [
        ("Sehr häufig (kann mehr als 1 von 10 Behandelten betreffen)", "common", "very_common"),
        ("Gelegentlich (kann bis zu 1 von 100 Behandelten betreffen)", "less_common", "uncommon"),
        ("Selten: kann bis zu 1 von 1.000 Behandelten betreffen", "less_common", "rare"),
        ("Très fréquent (peut affecter plus de 1 personne sur 10)", "common", "very_common"),
        ("Rare (peut affecter jusqu’à 1 personne sur 1 000)", "less_common", "rare"),
        ("Frecuentes (pueden afectar hasta 1 de cada 10 personas)", "common", "common"),
        ("Raros (podem afetar até 1 em cada 1000 pessoas)", "less_common", "rare"),
        ("Molto comune (possono interessare più di 1 persona su 10)", "common", "very_common"),
        ("Soms (komen voor bij minder dan 1 op de 100 gebruikers)", "less_common", "not_stated"),
        ("Nicht bekannt", "other", "not_known"),
        ("Schwerwiegende Nebenwirkungen", "serious", "not_stated"),
        ("Effets indésirables graves", "serious", "not_stated"),
    ],
)
def test_groups_of_effects_are_known_in_other_languages(label, group, frequency):
    (effect,) = read_body(f"## Side effects\n**{label}**\n\n- Falls\n").side_effects
    assert (effect.group, effect.frequency, effect.label) == (group, frequency, label)
