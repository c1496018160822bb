"""Word forms in the languages of pages: which endings a word may lose, and which words say nothing by themselves.

The databases know forms of English words (Porter's stems). A page in another language is marked with that in the index
of its words, and is looked up by the beginnings of the words of a query, cut by the longest ending of its language.
The endings are those of light stemmers (Savoy 2006): of nouns and adjectives, and the commonest of verbs.
"""

from collections.abc import Iterable

from drugs.content.languages import primary_language

SHORTEST = 4  # letters that stay of a word
_TABLES = {
    "de": (
        "ern em en er es e s n innen in st te ten",
        "aber als am an auch auf aus bei bin bis das dass dem den der des die dir du ein eine einem einen "
        "einer es für hat habe haben ich ihr im in ist ja kann können man mein meine meinem meinen mich mir "
        "mit muss nach nicht noch nur ob oder sich sie sind so und vom von vor wann war was wenn werden wie "
        "wir wird zu zum zur über",
    ),
    "fr": (
        "issements issement atrices atrice ateurs ateur ations ation euses euse eaux ements ement ées ée és é "
        "er ez ent ait aient ants ant es e s x ux l",
        "au aux avec avoir ce cela ces cette comment dans de des du elle en est et eu il je la le les leur "
        "lors ma mais mes mon ne nous on ou où par pas pendant peut peux plus pour puis quand que quel quelle "
        "qui sa sans se ses si son sont sur un une vous",
    ),
    "es": (
        "amientos amiento imientos imiento aciones ación adoras adora adores ador mente idades idad ando "
        "iendo adas ada ados ado idas ida idos ido ar er ir as os es a o e s",
        "al algo como con cuando de del dónde donde durante el ella en es está esta este hay la las le lo los "
        "más me mi mientras muy no nos o para pero por puede puedo que qué se si sí sin sobre son su sus "
        "también te tengo tomar un una y ya yo",
    ),
    "pt": (
        "amentos amento imentos imento ações ação mente idades idade ando endo indo adas ada ados ado idas "
        "ida idos ido ões ão ar er ir as os es is a o e s l",
        "a ao aos as com como da das de do dos durante e ela ele em é está eu há já mais mas me meu minha na "
        "nas no nos não o os ou para pela pelo pode posso por quando que se sem ser seu sobre sua são também "
        "tem um uma você",
    ),
    "it": (
        "amenti amento imenti imento azioni azione mente ità ando endo ate ata ati ato ite ita iti ito are "
        "ere ire he hi i e a o",
        "a ad al alla anche che chi ci come con cosa da dal del della delle di dove durante e è gli ha ho i "
        "il in io la le lo ma mi mio nel nella non o per perché più posso può quando quanto se sei si sono su "
        "sul un una uno",
    ),
    "nl": (
        "heden ingen ing ken len pen sen ten en es e s n t je jes",
        "aan als bij dat de den der die dit door een en er geen had heb hebben heeft het hoe ik in is ja je "
        "kan kun maar me met mijn moet na naar niet nog nu of om onder ook op over te tot u uit van voor "
        "wanneer was wat we wel wordt worden ze zijn zo",
    ),
}
_ENDINGS = {
    language: tuple(sorted(endings.split(), key=len, reverse=True))
    for language, (endings, _) in _TABLES.items()
}
_STOP_WORDS = {language: frozenset(words.split()) for language, (_, words) in _TABLES.items()}


def language_mark(language: str) -> str:
    """The word by which the index knows a page of `language`, which nobody writes; "" for one whose words are looked up
    as English.
    """
    base = primary_language(language)
    return f"zq{base}qz" if base in _TABLES else ""


def beginnings(words: Iterable[str]) -> dict[str, list[str]]:
    """For each language mark the beginnings of those of `words` that say something there; none without any."""
    words = list(words)
    found = {
        language_mark(language): [_beginning(word, language) for word in words if word not in stop_words]
        for language, stop_words in _STOP_WORDS.items()
    }
    return {mark: stems for mark, stems in found.items() if stems}


def _beginning(word: str, language: str) -> str:
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word
