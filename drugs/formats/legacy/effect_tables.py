"""Side effect tables: the rows of a table whose headings say what stands in its columns.

Labels and leaflets have a column of effects beside their frequency, body system or a remark, or a column for each
frequency. A table with any heading that says something else stays a table.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from drugs.content import LABEL_JOINER
from drugs.formats.legacy import effect_texts, effect_vocabulary
from drugs.formats.legacy.phrases import members

MOST_COLUMNS = 8
# What a column holds, by its heading in small letters without accents, in the languages of `languages`.
_HEADINGS = {
    "effect": "side effects?|adverse (?:drug )?(?:effects?|reactions?|events?)|reactions?|effects?|symptoms?|adrs?"
    "|undesirable effects?|events?|nebenwirkung(?:en)?|unerwunschte (?:arzneimittel)?wirkung(?:en)?|symptome?"
    "|effets? (?:indesirables?|secondaires?)|efectos? (?:adversos?|secundarios?)|reaccion(?:es)? adversas?"
    "|efeitos? (?:adversos?|secundarios?|colaterais|colateral|indesejaveis)"
    "|effett[oi] (?:indesiderat[oi]|collateral[ei])"
    "|bijwerking(?:en)?|what you may (?:notice|feel)|sintomas?",
    "label": "frequency|incidence|how (?:common|often)|likelihood|rate|occurrence|severity|seriousness|category|group"
    "|type|(?:system )?organ class|soc|(?:body|organ) system|system|haufigkeit|schweregrad|(?:system)?organklasse"
    "|organsystem|frequence|gravite|classe de systemes? d.?organes?|frecuencia|gravedad|frequenza|gravita|frequencia"
    "|gravidade|frequentie|ernst|(?:sistema de )?clasificacion (?:por|de) organos|meddra.*|percent(?:age)?|prevalence",
    "description": "descriptions?|notes?|comments?|details?|management|what (?:to do|it is|it means)|advice|actions?"
    "|remarks?|explanation|information|meaning|beschreibung|bemerkung(?:en)?|hinweise?|massnahmen?|was tun|erklarung"
    "|description|remarques?|conduite a tenir|descripcion|notas?|observaciones|que hacer|descrizione|note"
    "|descricao|observacoes|beschrijving|opmerking(?:en)?",
}
_ROLES = re.compile("|".join(f"(?P<{role}>{words})" for role, words in _HEADINGS.items()))
_CELLS = re.compile(r"(?<!\\)\|")
_BREAKS = re.compile(r"<br\s*/?>|\n|;\s|(?:^|\s)•\s", re.IGNORECASE)
_RULE = re.compile(r"[|\s:-]+")


class TableEffect(NamedTuple):
    """An effect of a table: the `text` of its cell, what other cells `say` of it, and its `label`. What stands in other
    columns keeps the heading of its column.
    """

    text: str
    say: str
    label: str


class EffectTable(NamedTuple):
    effects: list[TableEffect]
    dropped: list[
        str
    ]  # headings of columns of effects, which only say so, and labels that row after row says


def read_effect_table(raw: str, drugs: frozenset[str] = frozenset()) -> EffectTable | None:
    """The effects of the Markdown table `raw`; None if it is no table, or not known to be one of effects.

    A column may hold the drugs that they are of, or each column be headed by one: `drugs` are all words of their names.
    """
    lines = [line.strip() for line in raw.strip().split("\n")]
    if len(lines) < 3 or "|" not in lines[0] or not _RULE.fullmatch(lines[1]):
        return None
    headings, *rows = (_cells(line) for line in [lines[0], *lines[2:]])
    if not 1 <= len(headings) <= MOST_COLUMNS or any(len(row) > len(headings) for row in rows):
        return None
    roles = [
        "label" if not role and _names_drugs([row[at] for row in rows if at < len(row)], drugs) else role
        for at, role in enumerate(map(_role, headings))
    ]
    if roles.count("effect") == 1 and "" not in roles:
        effects = list(_by_rows(rows, headings, roles))
        again = [
            one.label for one, above in zip(effects[1:], effects, strict=False) if one.label == above.label
        ]
        return EffectTable(effects, [headings[roles.index("effect")], *again])
    groups = [at for at, heading in enumerate(headings) if effect_vocabulary.heads_group(heading)]
    groups = groups or [at for at, heading in enumerate(headings) if _names_drugs([heading], drugs)]
    others = [at for at in range(len(headings)) if at not in groups]
    if groups and (not others or others == [0] and roles[0] in ("label", "effect") or headings[0] == ""):
        return EffectTable(list(_by_columns(rows, headings, groups, others)), [])
    return None


def _cells(line: str) -> list[str]:
    inside = line.removeprefix("|")
    inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
    return [cell.strip().replace("\\|", "|") for cell in _CELLS.split(inside)]


def _role(heading: str) -> str:
    text = unicodedata.normalize("NFKD", heading.strip("*_: ").casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    match = _ROLES.fullmatch(re.sub(r"\s*\([^()]*\)$", "", text).replace("/", " "))
    return match.lastgroup or "" if match else ""


def _names_drugs(cells: list[str], drugs: frozenset[str]) -> bool:
    """Whether each of `cells` that says anything is the name of a drug, brackets apart."""
    names = [re.sub(r"\([^()]*\)", " ", cell).strip("*_ ") for cell in cells]
    found = [re.findall(r"\w{3,}", name.lower()) for name in names if name]
    return bool(found) and all(words and drugs.issuperset(words) for words in found)


def _by_rows(rows: list[list[str]], headings: list[str], roles: list[str]) -> Iterator[TableEffect]:
    """One or more effects a row; an empty cell of a label goes on from the row above."""

    def said(cells, role):
        return [
            f"{headings[at]}: {cells[at].strip('*_ ')}"
            for at, own in enumerate(roles)
            if own == role and cells[at]
        ]

    above = [""] * len(roles)
    for row in rows:
        cells = row + [""] * (len(roles) - len(row))
        above = [cell or above[at] for at, cell in enumerate(cells)]
        label = LABEL_JOINER.join(said(above, "label"))
        for text in _members(cells[roles.index("effect")]):
            yield TableEffect(text, " ".join(said(cells, "description")), label)


def _by_columns(rows, headings, groups, others):
    """One or more effects a cell; the first column may say to which body system they belong."""
    for at in groups:
        for row in rows:
            first = ": ".join(filter(None, (headings[0], row[0].strip("*_ ")))) if others and row else ""
            label = LABEL_JOINER.join(filter(None, (headings[at].strip("*_ "), first)))
            for text in _members(row[at] if at < len(row) else ""):
                yield TableEffect(text, "", label)


def _members(cell: str) -> Iterator[str]:
    """The effects of a cell: its lines, and of a bare list with commas each member."""
    for line in _BREAKS.split(cell):
        text = line.strip(" -•*") if line.count("**") % 2 else line.strip(" -•")
        if text and re.search(r"\w", text):
            listed = effect_texts.bare_list(text) or (members(text) if _is_pair(text) else [])
            yield from listed or [text]


def _is_pair(text: str) -> bool:
    """Whether `text` is two short effects with a comma between them."""
    return text.count(",") == 1 and not re.search(r"[.:;()–—]| (?:or|and) ", text) and len(text) < 60
