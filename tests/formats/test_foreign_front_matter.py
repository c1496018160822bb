"""Foreign front matter: what the keys of other programs become, TOML and JSON, titles and slugs without any."""

import pytest

from drugs.content import DrugClass, Name, Reference
from drugs.formats import FormatError, read
from drugs.formats.slugs import slug_of


def foreign(front="", body="### Usage\nPain.\n", stem="examplol"):
    return read(f"---\ntitle: Examplol\n{front}---\n{body}".encode(), stem=stem)


def codes(page):
    return [finding.code for finding in page.findings]


@pytest.mark.parametrize(
    ("stem", "slug"),
    [
        ("examplol-2_x", "examplol-2_x"),
        ("Examplol Tablets", "examplol-tablets"),
        ("Éxämplol 1.5 (Süß)", "examplol-1-5-suss"),
        ("β-Examplol", "beta-examplol"),
        ("  Exam…plol  ", "exam-plol"),
        ("ЖЖ", ""),
        ("x" * 300, "x" * 255),
    ],
)
def test_a_files_name_becomes_a_slug_by_one_rule(stem, slug):
    assert slug_of(stem) == slug


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ("aliases: [Xamp, '[[Xampolin]]']\n", [("Xamp", "synonym"), ("Xampolin", "synonym")]),
        ("Aliases: Xamp, Xampolin\n", [("Xamp", "synonym"), ("Xampolin", "synonym")]),
        ("brand_names:\n  - Xamp\n", [("Xamp", "brand")]),
        ("Handelsname: Xamp\n", [("Xamp", "brand")]),
        ("abbreviations: EXA\n", [("EXA", "abbreviation")]),
        ("names: [Xamp]\nsynonyms: [Xamp]\n", [("Xamp", "synonym")]),
        ("generic_name: Xamp\n", [("Xamp", "generic")]),
        ("aliases: [/old/place/, Xamp]\n", [("Xamp", "synonym")]),
    ],
)
def test_names_under_keys_of_other_programs_are_names(front, names):
    assert foreign(front).document.names == tuple(Name(*name) for name in names)


def test_classes_are_taken_only_where_they_are_certain():
    page = foreign(
        "drug_class: Beta blockers\ntags: [class/Opioids, calcium-channel-blocker, exam, hiccups]\n"
    )
    names = ("Beta blockers", "Opioids", "calcium channel blocker")
    assert page.document.classes == tuple(map(DrugClass, names))
    assert codes(page) == ["unknown_key"]
    assert "exam" in page.kept[0]


def test_nested_keys_are_findings_and_kept():
    page = foreign("course:\n  - unit: {week: [1, {day: 2}]}\n")
    assert codes(page) == ["unknown_key"]
    assert page.kept == ("Front matter:\ntitle: Examplol\ncourse:\n  - unit: {week: [1, {day: 2}]}",)
    assert page.line_of(page.findings[0].field) == 3


def test_references_that_are_texts_become_titles():
    page = foreign("references: [A book, 'https://example.org/x']\n")
    url = "https://example.org/x"
    assert page.document.references == (Reference("A book"), Reference(url, url=url))


@pytest.mark.parametrize(
    ("value", "language"), [("de", "de"), ("German", "de"), ("pt_BR", "pt-BR"), ("x y", "en")]
)
def test_a_language_is_a_tag_or_its_name(value, language):
    assert foreign(f"lang: {value}\n").document.language == language


TOML = '+++\ntitle = "Examplol"\ndraft = true\nweight = 1.50\n[params]\nbrand_names = ["X"]\n+++\n'
JSON = '{\n  "title": "Examplol",\n  "brand_names": ["Xamp"],\n  "weight": 1.50\n}\n'


def test_toml_is_front_matter():
    page = read(f"{TOML}### Usage\nPain.\n".encode(), stem="x")
    assert page.document.title == "Examplol"
    assert page.unready
    assert page.line_of("front_matter.weight") == 4
    assert [section.kind for section in page.document.sections] == ["uses"]
    assert page.line_of("sections.0") == 8


def test_json_is_front_matter():
    page = read(f"{JSON}\n### Usage\nPain.\n".encode(), stem="x")
    assert page.document.title == "Examplol"
    assert page.document.names == (Name("Xamp", "brand"),)
    assert page.line_of("sections.0") == 7


@pytest.mark.parametrize("data", ['{"title": }\na', "+++\ntitle = 1\n"])
def test_front_matter_that_cannot_be_read_is_an_error(data):
    with pytest.raises(ValueError, match="front matter"):
        read(data.encode(), stem="x")


@pytest.mark.parametrize(
    ("text", "title", "code"),
    [
        ("# Examplol *forte*\n\n## Uses\nPain.", "Examplol forte", ["title_from_heading"]),
        ("\n\n## [[Drugs/Ex|Examplol]] {#top}\nText.", "Examplol", ["title_from_heading"]),
        ("Examplol\n===\n\nText.", "Examplol", ["title_from_heading"]),
        ("## Uses\nPain.", "My examplol", ["title_from_name"]),
        ("# Overview\nPain.", "My examplol", ["title_from_name"]),
        ("```\n# no heading\n```\nText.", "My examplol", ["title_from_name"]),
    ],
)
def test_a_title_is_the_first_heading_or_the_files_name(text, title, code):
    page = read(text.encode(), stem="My_examplol")
    assert page.document.title == title
    assert [code for code in codes(page) if code.startswith("title")] == code


def test_a_slug_that_is_an_address_is_its_last_part():
    assert foreign("slug: /drugs/other/\n").document.slug == "other"
    assert "slug_from_key" not in codes(foreign("slug: /drugs/other/\n"))
    assert foreign("slug: /\n").document.slug == "examplol"


def test_a_slug_that_is_no_address_is_made_one_and_said():
    page = foreign("slug: My Slug\n")
    assert page.document.slug == "my-slug"
    assert "The address is 'my-slug', made from the slug 'My Slug'." in [f.message for f in page.findings]


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: Xamp: a summary\ndraft: false\n", "Xamp: a summary"),
        ("title: {{title}}\ntags: [a, b\n", "Examplol"),
        ("title: @xamp # mine\n", "@xamp"),
        ("title: 'Xamp'\n\tkey: value\n", "Xamp"),
        ("title:\n", "Examplol"),
    ],
)
def test_front_matter_that_is_no_yaml_is_read_by_its_lines(front, title):
    page = read(f"---\n{front}---\n# Examplol\n\n### Usage\nPain.\n".encode(), stem="x")
    assert page.document.title == title
    assert page.document.sections[-1].body == "Pain."


def test_what_is_no_yaml_is_said_with_its_line_and_kept():
    page = read(b"---\ntitle: Examplol\nlang: [de\ndraft: true\n---\n### Usage\nPain.\n", stem="x")
    (finding,) = [found for found in page.findings if found.code == "front_matter_read_loosely"]
    assert finding.message.startswith("The front matter is not YAML") and page.line_of(finding.field) == 4
    assert page.document.language == "de" and "draft: true" in page.unready[0]
    assert page.kept == ("Front matter:\ntitle: Examplol\nlang: [de\ndraft: true",)


def test_format_1_asks_for_yaml():
    with pytest.raises(FormatError, match="line 3: The front matter is not YAML"):
        read(b"---\nformat: 1\ntitle: a: b\n---\n# a\n", stem="x")


@pytest.mark.parametrize("head", ["---\n\n", "---\n\n**By the ward**\n\n---\n"])
def test_a_rule_above_the_text_is_no_front_matter(head):
    page = read(f"{head}# Examplol\n\n### Usage\nPain.\n".encode(), stem="x")
    assert page.document.title == "Examplol"
    assert page.document.sections[-1].body == "Pain."


@pytest.mark.parametrize(
    "line",
    [
        "draft: false",
        "status: reviewed",
        "published: yes",
        "date: 2020-05-01",
        "Status: Final",
        "draft: true",
    ],
)
def test_keys_on_readiness_are_understood_and_kept(line):
    page = foreign(f"{line}\n")
    assert codes(page) == []
    assert page.kept == (f"Front matter:\ntitle: Examplol\n{line}",)
    format_1 = read(f"---\nformat: 1\ntitle: A\n{line}\n---\n# A\n\n## Storage\nDry.\n".encode(), stem="a")
    assert codes(format_1) == []


def test_what_such_a_key_says_besides_is_named():
    assert codes(foreign("status: asked Ann\n")) == ["unknown_key"]


@pytest.mark.parametrize("value", ["html", "{html: {toc: true}}"])
def test_what_another_program_makes_of_a_page_is_no_format_of_ours(value):
    page = foreign(f"format: {value}\n")
    assert page.format == "old" and f"format: {value}" in page.kept[0]


OUTLINER = """title:: Examplol
alias:: Xamp, [[Xampolin]]
icon:: pill
dose:: 5 mg

- ## Uses
  id:: 63f1a0b2
  collapsed:: true
"""


def test_properties_at_the_top_are_front_matter():
    page = read(OUTLINER.encode(), stem="a")
    assert page.document.title == "Examplol"
    assert [name.text for name in page.document.names] == ["Xamp", "Xampolin"]
    text = str(page.document.sections)
    assert "dose: 5 mg" in text and "::" not in text and "63f1a0b2" not in text
    assert "id:: 63f1a0b2" in page.kept[-1]


@pytest.mark.parametrize(("sign", "title"), [("page.title", "Examplol"), (".Title", "Examplol")])
def test_a_page_that_asks_for_its_own_title_says_it(sign, title):
    page = foreign(body=f"### Usage\n{{{{ {sign} }}}} is for pain. {{{{ dose }}}}\n")
    assert page.document.sections[0].body == f"{title} is for pain. {{{{ dose }}}}"


def test_names_of_pictures_are_no_part_of_a_title():
    assert read(b"# Examplol :pill: :material-pill:{ .lg }\n\nText", stem="a").document.title == "Examplol"


def test_the_block_of_pandoc_is_front_matter():
    page = read(b"% Examplol\n% Ann\n\nText", stem="a")
    assert (page.document.title, page.document.sections[0].body) == ("Examplol", "Text")
    assert "% Ann" in page.kept[-1]
