"""Words above side effects in German, French, Spanish, Portuguese, Italian and Dutch: groups, numbers, body systems.

The bands and their wording are those of package leaflets (QRD templates, section 4). Texts are compared in small
letters without accents.
"""

import re
import unicodedata

_GROUPS = (
    (
        "serious",
        r"schwerwiegend\w*|schwere[nrs]?|lebensbedrohlich\w*|graves?(?!['’]|\s+disease)|gravi|serieu(?:x|ses?)"
        r"|ernstige?|levensbedreigend\w*|potencialmente mortales",
    ),
    (
        "less_common",
        r"gelegentlich\w*|selten\w*|weniger haufig\w*|peu frequente?s?|moins frequente?s?|rares?|poco frecuentes?"
        r"|menos frecuentes?|raros?|raras?|pouco frequentes?|menos frequentes?|incomuns?|non comun[ei]|meno comuni"
        r"|rar[io]|soms|zelden|minder vaak",
    ),
    ("common", r"haufig\w*|frequente?s?|frecuentes?|frequentes?|comun[ei]|comuns|vaak"),
)
_GROUP = re.compile("|".join(rf"(?P<{group}>\b(?:{words})\b)" for group, words in _GROUPS))
_NOT_KNOWN = re.compile(
    r"\b(?:nicht bekannt|haufigkeit unbekannt|frequence indeterminee|frecuencia no conocida|no conocida"
    r"|frequencia desconhecida|desconhecid[oa]s?|(?:frequenza )?non nota|niet bekend|frequentie onbekend)\b"
)
_EFFECTS = re.compile(
    r"\b(?:nebenwirkungen|unerwunschte wirkungen|effets (?:indesirables|secondaires)|efectos (?:adversos|secundarios)"
    r"|reacciones adversas|efeitos (?:adversos|secundarios|indesejaveis|colaterais)|reacoes adversas"
    r"|effetti (?:indesiderati|collaterali)|reazioni avverse|bijwerkingen)$"
)
_BESIDE = frozenset(
    """
    sehr haufig haufige haufigen haufiger nebenwirkungen nebenwirkung gelegentlich gelegentliche selten seltene
    seltener nicht bekannt kann konnen mehr als bis zu von behandelten behandelte betreffen auf der
    die grundlage verfugbaren daten
    haufigkeit schwerwiegende schwere unerwunschte wirkungen personen patienten mogliche weitere andere bei weniger und
    tres frequent frequents frequente frequentes peu rare rares effets effet indesirables indesirable secondaires graves
    frequence indeterminee peut peuvent affecter plus de moins jusqu a personne personnes sur patients les et
    muy frecuentes frecuente poco raros raras efectos adversos secundarios frecuencia no conocida pueden afectar mas
    hasta cada los pacientes
    muito frequentes pouco efeitos indesejaveis colaterais desconhecida podem afetar mais ate em pessoas
    molto comune comuni non raro rari effetti indesiderati collaterali gravi frequenza nota possono interessare piu di
    fino su persone persona
    zeer vaak soms zelden bijwerkingen ernstige komen voor meer dan minder op gebruikers niet bekend kunnen tot
    """.split()
)
_SYSTEM = re.compile(
    r"(?:erkrankungen|funktionsstorungen|affektionen|psychiatrische erkrankungen) (?:des|der|von)?\b.*"
    r"|(?:affections|troubles) (?:du|de|des|cardiaques|vasculaires|psychiatriques|hepatobiliaires)\b.*"
    r"|trastornos (?:del|de|cardiacos|vasculares|psiquiatricos|gastrointestinales|hepatobiliares)\b.*"
    r"|(?:doencas|perturbacoes|disturbios) (?:do|da|dos|das|gastrointestinais|cardiacas|cardiacos)\b.*"
    r"|(?:patologie|disturbi) (?:del|della|dell'|cardiache|vascolari|gastrointestinali|psichiatrici|epatobiliari)\b.*"
    r"|\w+aandoeningen|nervensystem|magen-darm-trakt|haut|herz|leber|niere|blut|augen|ohren|atemwege|psyche"
)
_MARKS_NUMBER = re.compile(r"\b(?:von|sur|de cada|em cada|su|op(?: de)?|chez)\b[^\d]{0,20}\d", re.I)
_IN_ENGLISH = (
    (re.compile(r"\b(?:mehr als|plus de|m[aá]s de|mais de|pi[uù] di|meer dan)\b", re.I), "more than"),
    (re.compile(r"\b(?:weniger als|moins de|menos de|meno di|minder dan)\b", re.I), "less than"),
    (re.compile(r"\b(?:bis zu|jusqu['’][aà]|hasta|at[eé]|fino a|tot(?: maximaal)?)(?=\s)", re.I), "up to"),
    (re.compile(r"(?<=\d)\.(?=\d{3}\b)"), ""),
    (
        re.compile(r"\b1 (?:\w+ ){0,2}?(?:von|sur|de cada|em cada|su|op(?: de)?) (?:los |de )?(?=\d)", re.I),
        "1 in ",
    ),
)


def folded(text):
    """`text` in small letters without accents."""
    text = text.casefold()
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def group_of(text):
    """The group that the words of `text` name, `other` for none; the gravest counts."""
    found = {match.lastgroup for match in _GROUP.finditer(folded(text))}
    return next((group for group, _ in _GROUPS if group in found), "other")


def is_group(text):
    """True if `text` is the label of a group and of no effect."""
    plain = folded(text).strip()
    if _EFFECTS.search(plain):
        return True
    says_group = _GROUP.search(plain) or _NOT_KNOWN.search(plain)
    return bool(says_group) and _BESIDE.issuperset(re.findall(r"[^\W\d_]+", plain))


def is_system(text):
    """True if `text` is a part or system of the body."""
    return bool(_SYSTEM.fullmatch(folded(text).strip()))


def says_not_known(text):
    """True if `text` says that nobody knows how often."""
    return bool(_NOT_KNOWN.search(folded(text)))


def in_english(text):
    """`text` with the words around its numbers in English, where they are in another language."""
    if _MARKS_NUMBER.search(text):
        for pattern, words in _IN_ENGLISH:
            text = pattern.sub(words, text)
    return text
