"""Markup of other programs: readers meet it as what it means or as plain words, and a finding names it."""

import pytest

from drugs.formats import read
from drugs.formats.foreign.formulas import plain_formula
from drugs.formats.foreign.markup import usual_markup


def plain(text):
    return usual_markup(text).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[falls]]", "falls"),
        ("[[Notes/Falls.md|bad falls]]", "bad falls"),
        ("[[Falls#At night]]", "Falls (At night)"),
        ("![[Other page]]", "Other page"),
        ("[falls](../falls.md)", "falls"),
        ('[falls](onenote:#a&id={A1} "title")', "falls"),
        ('[falls]({{< ref "falls" >}})', "falls"),
        ("[falls]({% link falls.md %})", "falls"),
        ("[falls](javascript:alert(1))", "falls"),
        ("[falls](https://example.org/a_(b))", "[falls](https://example.org/a_(b))"),
        ("[falls][1]\n\n[1]: https://example.org", "[falls](https://example.org)\n\n"),
        ("a ==very bad== fall", "a *very bad* fall"),
        ("1 == 1 and 2 == 2", "1 == 1 and 2 == 2"),
        ("~~Two~~ one a day", "one a day"),
        ("- [ ] ask\n- [x] look", "- ask\n- look"),
        ("Falls\n: when one falls", "- **Falls**:\n  when one falls"),
        ("dose:: 5 mg", "dose: 5 mg"),
        ("Text ^abc-1\nmore", "Text\nmore"),
        ("Once.[^a] Twice.[^b]\n\n[^a]: Ann.\n[^b]: Bob.", "Once.[1] Twice.[2]\n\n[1] Ann.\n[2] Bob."),
        ("Once.^[Says Ann.]", "Once. (Says Ann.)"),
        (":pill: :unknown_sign: 1:30:20", "💊 :unknown_sign: 1:30:20"),
        ("#pain #drug/pill\nText", "\nText"),
        ("[toc]\nText", "\nText"),
        ("Text {: .red}", "Text"),
        ("## Uses {#uses}\n", "## Uses\n"),
        ("[a](https://example.org){ .button } b", "[a](https://example.org) b"),
        ("## Uses :material-pill:{ .big }\n", "## Uses\n"),
        ("H~2~O, 10^6^ and Ca^2+^, 5~10", "H<sub>2</sub>O, 10<sup>6</sup> and Ca<sup>2+</sup>, 5~10"),
        ("{++one++} {==two==} {~~three~>four~~}{--five--}", "one two four"),
        ("*[BNF]: British National Formulary", "BNF: British National Formulary"),
        ("Text\n--8<-- 'foot.md'", "Text\n"),
        ("Text\nSCHEDULED: <2023-04-01 Sat>\n{{embed ((1))}}", "Text\n\n"),
        ("((63f1a0b2-0000-4000-8000-000000000001)) and ((two))", " and ((two))"),
        ("{{cloze five}} mg", "five mg"),
        ("[[DVT / PE]], [[mg/kg]], [[Notes/1. Pain/Falls]]", "DVT / PE, mg/kg, Falls"),
        ("[falls](Bad falls%20f00.md)", "falls"),
        ("#pain/bad# #hiccups\nText", "\nText"),
        ("Falls #flashcard\nand #hiccups (#warfarin)", "Falls\nand hiccups (warfarin)"),
        ("# 1 and #2", "# 1 and #2"),
        ("`= this.dose` and [dose:: 5 mg] (route:: oral)", " and (dose: 5 mg) (route: oral)"),
        ("What is it::a pill\n\na ::bad:: ^^fall^^", "What is it: a pill\n\na *bad* *fall*"),
        ("![][one]\n\n[one]: <data:image/png;base64,AA>", "\n\n"),
        ("[]{#_Toc1 .anchor}[Common]{.underline}", "Common"),
        ("Blocks florp [@ann2020; see @bob, p. 3]. ann@example.org", "Blocks florp. ann@example.org"),
        ("Text\n\\newpage\n", "Text\n\n"),
        ("## 1\\. Uses\n2\\. a\\.m.", "## 1. Uses\n2\\. a.m."),
        ("5&nbsp;mg &gt; 3 mg, R&D; &lt;b&gt;", "5 mg > 3 mg, R&D; &lt;b>"),
        ("{{[[TODO]]}} ask ((aB-d_1234)) ((nine word))", "ask  ((nine word))"),
        ('{{< tab "Adults" >}}One{{< /tab >}}', "**Adults** One"),
        ("`[[a]]` and\n```\n==b==\n```", "`[[a]]` and\n```\n==b==\n```"),
        ("```dataview\nlist\n```\nText", "\n\n\nText"),
    ],
)
def test_a_mark_becomes_its_words(text, words):
    assert plain(text) == words


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("> [!danger] Stop\n> Not now.", "> **Danger: Stop**\n> Not now."),
        ("> [!NOTE]\n> Not now.", "> **Note**\n> Not now."),
        (
            '!!! danger "Stop"\n    Not now.\n\n    Never.\n\nText',
            "> **Danger: Stop**\n> Not now.\n>\n> Never.\n\nText",
        ),
        ('=== "Adults"\n\n    One.\n\n    Two.\n\nText', "**Adults**\n\nOne.\n\nTwo.\n\nText"),
        ("??? tip\n    Not now.\nText", "> **Tip**\n> Not now.\nText"),
        (":::danger Stop\nNot now.\n:::\nText", "> **Danger: Stop**\n> Not now.\n\nText"),
        ('::: {.callout-tip title="Now"}\nA.\n:::', "> **Tip: Now**\n> A.\n"),
        (":::warning[Warning: hot]\nA.\n:::", "> **Warning: hot**\n> A.\n"),
        ("```\n:::danger\n```", "```\n:::danger\n```"),
    ],
)
def test_a_callout_is_a_quotation_that_says_its_kind(text, quoted):
    assert plain(text) == quoted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<div class='a'>Text</div>", "Text"),
        ("<details>\n<summary>More</summary>\nText\n</details>", "\n**More** \nText\n"),
        ("5 mg<br>10 mg", "5 mg\\\n10 mg"),
        ("- 5 mg<br>10 mg", "- 5 mg; 10 mg"),
        ("H<sub class='x'>2</sub>O", "H<sub>2</sub>O"),
        ("<a href='https://example.org'>Ann</a>", "[Ann](https://example.org)"),
        ("<a href='x.html'>Ann</a>", "Ann"),
        ("<script>alert('x')</script>Text", "Text"),
        ("<del>Two</del>One", "One"),
        ("if CrCl <30 or <Cmin> and a<b", "if CrCl <30 or <Cmin> and a<b"),
        (
            'import A from "a";\n\n<Tabs>\n<TabItem label="Adults">\n5 mg\n</TabItem>\n</Tabs>',
            "\n\n\n**Adults** \n5 mg\n\n",
        ),
        ('<Admonition type="danger" title="Stop">Not now.</Admonition>', "**Danger: Stop** Not now."),
        ("{{< notice warning >}}\nHot.\n{{< /notice >}}", "**Warning** \nHot.\n"),
        ('{% include alert.html type="danger" content="Not now." %}', "**Danger: Not now.** "),
        ("{% hint style='info' %}\nHot.\n{% endhint %}", "**Info** \nHot.\n"),
        ("{% raw %}a{% endraw %}", "a"),
    ],
)
def test_elements_and_shortcodes_leave_their_words(text, words):
    assert plain(text) == words


def test_a_table_of_html_is_a_table():
    html = (
        "<table><tr><th>Age</th><th>Dose</th></tr>\n<tr><td>1</td><td>5 mg<br>twice | daily</td></tr></table>"
    )
    assert plain(html).strip() == "| Age | Dose |\n| --- | --- |\n| 1 | 5 mg; twice \\| daily |"


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\frac{\text{target} \times V_{d}}{F}", "(target × V<sub>d</sub>) / F"),
        (r"10^{-6}", "10⁻⁶"),
        (r"\mathrm{H_2O}", "H₂O"),
        (r"\Delta T \leq 5^\circ C", "ΔT ≤ 5° C"),
        (r"\sqrt{\frac{a}{b}} \pm 2\,\mu g", "√(a / b) ± 2 μg"),
        (r"CL = \frac{Dose}{AUC}", "CL = Dose / AUC"),
        (r"\unknowncommand x", "unknowncommand x"),
    ],
)
def test_a_formula_is_plain_characters(latex, words):
    assert plain_formula(latex) == words
    assert plain(f"So ${latex}$ it is") == f"So {words} it is"
    assert plain(f"$$\n{latex}\n$$").strip() == words


def test_sums_of_money_are_no_formulas():
    assert (
        plain("It costs $5 and more than $6, or US$ 7 = $8") == "It costs $5 and more than $6, or US$ 7 = $8"
    )


def test_marks_and_images_are_named_in_findings():
    text = "# Examplol\n## Uses\n![A chart](a.png) ![[b.png|300]] [[Falls]] {{< dose-table >}} ~~never~~\n"
    page = read(text.encode(), stem="x")
    said = " ".join(finding.message for finding in page.findings)
    assert "a.png, described as “A chart”" in said and "b.png, without a description" in said
    assert "[[Falls]]" in said and "dose-table" in said and "~~never~~" in said
    assert page.document.sections[0].body.split() == ["A", "chart", "Falls"]
    kept = " ".join(page.kept)
    assert "![A chart](a.png)" in kept and "~~never~~" in kept and "{{< dose-table >}}" in kept


@pytest.mark.parametrize(
    "text",
    ["[[" * 40_000, "$a" * 40_000, "<a " * 40_000, "![" * 40_000, "==a" * 40_000, "{{< " * 30_000, ">" * 90_000,
     "a\n: " * 40_000, "[a](" * 30_000, "<table>" * 20_000, "\\(" * 60_000, ":::a\n" * 20_000, "[a]: b\n" * 20_000,
     "<script>" * 20_000, "<del>" * 30_000, "{:" + " " * 90_000 + "x"],
)  # fmt: skip
def test_many_open_marks_take_no_time(text):
    usual_markup(text)
