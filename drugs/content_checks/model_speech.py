"""Speech of a language model to whoever asked it for a page: phrases that no text for readers holds.

Each row of `_PHRASES` is a shape of such speech: signs, in small letters, one of which a text must hold, and the
expression that is then tried. Readers' own first person (`I cannot sleep`) and doctors' (`we do not start it`) are no
such speech.
"""

import re
from collections.abc import Iterable

from drugs.content_checks.texts import Text

_CANNOT = (
    r"\bi(?: cannot| can['’]t| can not| could not| couldn['’]t| won['’]t be able to| will not be able to"
    r"| (?:am|was) (?:unable|not able) to|['’]m (?:unable|not able) to)"
)
_WRITES = (
    r"(?:provide|supply|generate|create|give|fulfil|complete|answer|find|help|assist|offer|write"
    r"|proceed|process|produce"
    r"|locate|identify|diagnose|recommend|prescribe|verify|confirm|fill in|comply|elaborate|summari[sz]e|disclose"
    r"|access)\b"
)
_ASKED = r"(?:asked for|requested|specified|provided|supplied|given|entered|gave(?: me)?)\b(?! (?:to|by) )"
_TEXT = (
    r"(?:information|structure|format|template|page|monograph|document|output|details|text|title|headings?|drug name"
    r"|overview|sections?)"
)
_MADE = (
    r"(?:omitted|written|assumed|structured|generated|formatted|filled|rewritten|summari[sz]ed"
    r"|kept (?:each|the|every|all)"
    r"|left (?:it|this|the|them|that) |included (?:only|general|all|the)|followed (?:the|your)|based (?:this|the|it)"
    r"|used (?:placeholder|the (?:provided|given|requested)|your|general))"
)
_PHRASES: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (" i ", "\ni ", "i'm", "i’m", "i won"),
        # In good conscience, currently, ...: but not `cannot sleep or find`
        rf"{_CANNOT} (?:(?:\w+ |in good \w+ ){{0,2}}?){_WRITES}(?! (?:up|my|him|her)\b)"
        r"|\bi(?: am|['’]m) sorry, but\b|\bi(?: can only|(?: must|['’]ll have to) decline)\b|\bi apologi[sz]e\b"
        r"|\bi suggest (?:separately )?(?:researching|searching|looking)\b",
    ),
    (
        (" i ", "\ni ", "i'll", "i’ll", "i've", "i’ve"),
        r"\bi(?: will|['’]ll) (?:address|describe|detail|cover|discuss|outline) (?:each|both|them|the|all)\b"
        rf"|\bi(?: have|['’]ve) (?:\w+ )?{_MADE}|\bi(?: lack|(?: do not| don['’]t) have|['’]ve no| have no)"
        r" (?:\w+[- ]){0,4}(?:access|information|data|details|sources|knowledge)\b(?! (?:about|on) my)",
    ),
    (
        (
            "language model",
            "sprachmodell",
            "de langage",
            "de lenguaje",
            "de linguagem",
            "linguistico",
            "taalmodel",
        ),
        r"\b(?:language model|\w*sprachmodell|mod[èe]le de langage|modelo de l(?:enguaje|inguagem)|modello linguistico"
        r"|\w*-?taalmodel)\b",
    ),
    (
        ("as an ai", "as a large", "as an art", "an ai ", "'m an", "am an", "’m an", "chatbot", "assistant"),
        r"\bas an? (?:ai|artificial intelligence)(?:[- ](?:model|assistant|system|chatbot|tool|program))?,? (?:i|my)\b"
        r"|\bas an ai (?:model|assistant|system|chatbot|tool|program)\b"
        r"|\bas an? (?:chatbot|(?:virtual|digital|helpful) assistant),? (?:i|my)\b"
        r"|\bi(?:['’]m| am) (?:just |only )?an? (?:ai|artificial|large language|language|chatbot|virtual assistant)\b",
    ),
    (
        (
            "chatgpt",
            "gpt-",
            "ai-generated",
            "by an ai",
            "by ai",
            "by gemini",
            "by claude",
            "by copilot",
            "by a chatbot",
        ),
        r"\b(?:generated|written|produced|created|drafted) (?:by|with|using) (?:an? )?(?:ai\b|chatgpt"
        r"|gpt|gemini\b|claude\b"
        r"|copilot\b|chatbot)|\bai-generated (?:response|content|text|page|answer|summary)\b",
    ),
    (
        (
            "my training",
            "my knowledge",
            "my last",
            "my programming",
            "my response",
            "my previous",
            "my answer",
        ),
        r"\bmy (?:last )?(?:training|knowledge) (?:data|cut-?off|base|update|ends)\b|\bmy last update\b"
        r"|\bmy (?:previous |earlier |above )?(?:response|answer|message) (?:is|was|will|covers|above"
        r"|may)\b|\bmy (?:programming"
        r"|training) (?:does|prevents|only)",
    ),
    (
        ("prompt",),
        r"\b(?:original|initial|provided|given|your|user) prompt\b(?! (?:medical|treatment|attention|care|help))"
        r"|\bthe prompt (?:does|did|is|was|has|lacks|asks|contains|requests|requires|specifies)\b",
    ),
    (
        ("requested",),
        r"\b(?:format|output|document|information) (?:as )?requested (?:for|cannot|would|is|by|above)?(?! (?:regulator"
        r"|ema|fda))\b|\brequested (?:format|output|document)\b|\bin the format requested\b"
        r"|\bsections? (?:that were |were |was )?requested\b",
    ),
    (
        ("you ", "you've", "you’ve", "your ", "the user"),
        rf"\b{_TEXT} (?:that |which )?you(?:['’]ve| have)? {_ASKED}|\bthe user (?:asked|asks|requested|wants|wanted"
        r"|specified)\b|\b(?:the )?user['’]s (?:request|prompt|query|input)\b"
        r"|\b(?:as )?(?:per|following) your (?:instructions?|request|prompt|specifications?|requirements|template)\b"
        r"|\b(?:would you like|do you want|if you(?:['’]d| would) like) me to\b|\byou (?:have )?asked me\b",
    ),
    (
        ("let me know", "for me to", "that i can", "hope this", "feel free", "happy to", "clarify"),
        r"\blet me know\b|\bfor me to (?:supply|provide|complete|generate|write|answer|create)\b"
        r"|\bso (?:that )?i can (?:provide|complete|generate|write|help|finish|give|answer)\b"
        r"|\bi hope this (?:helps|overview"
        r"|information|summary|meets)\b|\bfeel free to (?:ask(?! (?:your|a|the|for)\b)|reach out|let me"
        r"|provide (?:me|more))"
        r"|\bi(?:['’]d| would|['’]m| am)(?: be)? happy to (?:help|provide|assist|expand|add|answer)\b"
        r"|\b(?:could|can) you (?:please )?(?:clarify|specify)\b",
    ),
    (
        ("certainly", "sure", "of course", "absolutely", "okay", "here is", "here's", "here’s", "below is"),
        r"\b(?:certainly|sure|of course|absolutely|okay|great question)[!,.:] (?:here|below|i['’ ])"
        r"|\b(?:here(?:['’]s| is)|below is) (?:the|a|an|your) (?:\w+[- ]){0,2}?(?:rewritten|revised|requested|updated"
        r"|completed|structured) (?:\w+ )?(?:page|monograph|version|overview|document|text|section|profile)\b",
    ),
    (
        ("markdown", "json", "template", "placeholder"),
        r"\b(?:in|use|using) (?:the )?(?:markdown|json)\b|\b(?:markdown|json) (?:format|object|file)\b"
        r"|\bplaceholder (?:values?|text|data|names?)\b|\bthe template (?:requires|asks|says)\b",
    ),
    (
        ("response",),
        r"\bthis response (?:will|focuses|addresses|covers|details|cannot|is (?:based|intended|limited|for|not))\b"
        r"|\b(?:the )?(?:above|following|previous) (?:response|answer) (?:is|was|covers|contains|assumes"
        r"|includes|does)\b",
    ),
    (
        (
            "name was",
            "name is",
            "next message",
            "next response",
            "token",
            "due to length",
            "sufficient data regarding",
        ),
        r"\bno (?:drug|medicine|product|specific) name (?:was|is|has been) (?:supplied|given|provided|specified)\b"
        r"|\b(?:continue[sd]?|continuing) in (?:the |my )?next (?:message|response|part)\b|\btoken limit\b"
        r"|\bi lack sufficient data\b",
    ),
    (
        ("ich ", "mich wissen", "hier ist", "gewünscht", "angefordert"),
        r"\bich kann [^.!?\n]{0,60}?(?:keine|nicht)\b[^.!?\n]{0,60}?(?:angaben|informationen|auskunft|bereitstellen"
        r"|erstellen|liefern|beantworten|helfen)\b|\bleider kann ich\b|\b(?:ich habe|habe ich) kein(?:en|e) (?:zugriff"
        r"|informationen|daten)\b|\blassen sie (?:es )?mich wissen\b|\btut mir leid, aber ich\b"
        r"|\bhier (?:ist|sind|finden sie) (?:die|das|der|eine?) (?:gewünscht|angefordert|erbeten|überarbeitet)",
    ),
    (
        ("je ", "voici", "n'hésitez", "n’hésitez", "me le"),
        r"\bje suis désolée?,|\bje ne (?:peux|suis) pas (?:\w+ ){0,3}?(?:fournir|donner|générer|créer|mesure|répondre"
        r"|rédiger|aider)\b|\bje n['’]ai pas (?:accès|d['’]informations?|suffisamment)\b|\bn['’]hésitez pas à me\b"
        r"|\bvoici (?:la|le|une?) (?:\w+ ){0,3}?(?:demandée?|au format|en format)\b",
    ),
    (
        (
            "puedo",
            "posso",
            "siento",
            "tengo",
            "tenho",
            "desculpe",
            "dispiace",
            "ho accesso",
            "aquí",
            "aqui",
            "ecco",
        ),
        r"\bno puedo (?:proporcionar|ofrecer|generar|crear|ayudar|dar (?:esa|esta|informaci))"
        r"|\blo siento, pero (?:no|yo)\b"
        r"|\bno tengo (?:acceso|informaci[oó]n)\b|\bn[aã]o posso (?:fornecer|gerar|criar|ajudar)\b|\bdesculpe, mas\b"
        r"|\bn[aã]o tenho (?:acesso|informa)|\bnon posso (?:fornire|generare|creare|aiutar)|\bmi dispiace, ma\b"
        r"|\bnon ho accesso\b|\b(?:aqu[ií] (?:está|tiene|tem)|ecco) (?:la|el|o|a"
        r"|il) (?:\w+ ){0,3}?(?:solicitad|pedid|richiest)",
    ),
    (
        ("ik ", "spijt me", "me weten"),
        r"\bik kan [^.!?\n]{0,40}?(?:geen|niet)\b[^.!?\n]{0,40}?(?:informatie|verstrekken|leveren|helpen|geven)\b"
        r"|\bhet spijt me, maar\b|\bik heb geen (?:toegang|informatie)\b|\blaat (?:het )?me weten\b",
    ),
    (
        (
            "computer program",
            "trained",
            "programmed",
            "openai",
            "truncated",
            "required format",
            "apologies",
            "apologise",
        ),
        r"\bi(?:['’]m| am) (?:just |only )?a computer program\b|\bi (?:was|am|have been) (?:trained|programmed)\b"
        r"|\bopenai\b|\b(?:output|response|answer) (?:was |is |has been )?truncated\b|\bin the required format\b"
        r"|\bapologies for (?:the|any) (?:confusion|inconvenience|error|mistake|oversight)\b",
    ),
    (
        (
            "your request",
            "your query",
            "your question",
            "your input",
            "if you ",
            "let me ",
            "glad to",
            "happy to",
        ),
        r"\byour (?:request|query|question|input) (?:mentions?|asks?|contains?|does|names?|refers?|seems)\b"
        r"|\b(?:in|about|regarding|for) your (?:request|query|input)\b|\blet me (?:rewrite|explain"
        r"|summari[sz]e|provide|clarify"
        r"|start|begin|give you|correct|break)\b|\b(?:happy|glad) to (?:revise|provide|expand|rewrite|assist)\b"
        r"|\bif you (?:provide|share|give|send|paste|specify) (?:me|(?:the )?(?:correct |full |exact )?(?:spelling"
        r"|(?:drug )?name|composition))\b",
    ),
    (
        (
            "ich bin ein",
            "gerne ",
            "liegen mir",
            "je suis",
            "intelligence",
            "inteligencia",
            "inteligência",
            "intelligenza",
        ),
        r"\bich bin (?:nur )?eine? (?:ki\b|ki-|künstliche|computer)|\bgerne (?:erstelle|helfe|beantworte) ich\b"
        r"|\bliegen mir [^.!?\n]{0,60}(?:keine|nicht)\b|\bje suis une (?:intelligence artificielle|ia)\b"
        r"|\b(?:soy|sou|sono) (?:\w+ ){0,3}(?:intel+ig[eê]n[cz]i?a artificial|ia\b)",
    ),
    (
        ("voici une", "aquí tienes", "aquí está", "aqui está", "ecco a te"),
        r"\bvoici une (?:fiche|synthèse|présentation|monographie) (?:complète|détaillée|structurée)"
        r"|\b(?:aquí tienes|aquí está|aqui está|ecco a te) (?:la|el|o|a|una?) (?:monograf|ficha"
        r"|informaci|resumen|resumo)",
    ),
    (
        (" i ", "\ni ", "i'll", "i’ll", "i have"),
        r"\bi(?: will| shall|['’]ll)(?: now| therefore| also| only)? (?:describe|treat (?:each|both|them"
        r"|the)|explain|list"
        r"|summari[sz]e|outline|present|discuss|cover|write|answer)\b(?! my\b)|\bi (?:was|have been) asked to (?:write"
        r"|describe|provide|create|generate|list)\b|\bi have to decline\b|\bi(?: do not| don['’]t| cannot| can['’]t"
        r"| could not| did not) (?:recogni[sz]e (?:this|the|that|any)|browse|search|look up)\b"
        r"|\bi (?:have|had|found|find|could find) no (?:record|entry|listing|match|source|reliable)",
    ),
    (
        (
            "my sources",
            "note to ",
            "as requested, ",
            "by an ai",
            "by ai",
            "a machine",
            "the name",
            "name of the",
        ),
        r"\bmy sources (?:do|list|say|have|contain)\b|\bnote to (?:the )?user\b|\bas requested, (?:here|below|i)\b"
        r"|\b(?:prepared|compiled|made|authored) (?:by|with) (?:an )?ai\b|\bi['’ ](?:a)?m (?:only |just )?a machine\b"
        r"|\bthe name (?:you (?:typed|gave|entered|supplied|provided)|does not (?:correspond|refer) to (?:a|any))\b"
        r"|\b(?:please|kindly) (?:re-?send|re-?enter|enter|type|supply) (?:me "
        r"|us )?the (?:\w+ )?name of the (?:drug|medic)",
    ),
    (
        ("valid ",),
        r"\b(?:please|kindly) (?:re-?)?(?:enter|type|supply|provide|send) (?:me |us )?an? valid (?:drug"
        r"|medic|name|product)",
    ),
    (
        ("ich habe", "je n", "encontrado", "encontrei", "trovato", "gevonden"),
        r"\bich habe (?:\w+ ){0,4}keine (?:\w+ ){0,2}(?:daten|informationen|angaben|quellen)\b"
        r"|\bje n['’]ai (?:pas )?trouvé"
        r" (?:aucune?|de|d['’])|\bno he encontrado (?:datos|informaci|fuentes|ning)|\bn[aã]o encontrei (?:dados|informa"
        r"|fontes)|\bnon ho trovato (?:dati|informazioni|fonti)|\bik heb geen (?:\w+ ){0,2}(?:gegevens|informatie"
        r"|bronnen) gevonden\b",
    ),
)
# A speaker's own sentence, no question, about the page and what it is made of. Patients speak of what is theirs.
_SPEAKER = re.compile(
    r"(?<![\w(“\"'‘])(?<!\b[Cc]lass )(?<!\b[Tt]ype )(?<!\b[Gg]rade )"
    r"(?<!\b[Pp]hase )(?<!\b[Ss]tage )(?<!\b[Ff]actor )(?<!\b[Gg]roup )"
    r""
    r"I(?:['’](?:m|ve|ll|d))? (?!\()(?:[^.!?\n“”\"]{0,160}? )?"
    r"(?:answers?|responses?|quer(?:y|ies)|requests?|spelling|template|headings?|monographs?|overview|output|input"
    r"|combination|composition|data|context|version|both drugs|personal experience|any product|each section"
    r"|details about|approved product)\b[^.!?\n]{0,200}(?![^.!?\n])(?!\?)"
)
_THEIRS = re.compile(r"\b(?:my|our|mine)\b", re.IGNORECASE)
_COMPILED = tuple((signs, re.compile(words, re.IGNORECASE)) for signs, words in _PHRASES)


def first_said(told: Iterable[Text]) -> tuple[str, str] | None:
    """Path and words of the first text in `told` that speaks as a model; None where none does."""
    for path, text in told:
        small = f"\n{text.lower()}"
        for signs, expression in _COMPILED:
            if any(map(small.__contains__, signs)) and (match := expression.search(text)):
                return path, match[0]
        if "I" in text:
            for match in _SPEAKER.finditer(text):
                if not _THEIRS.search(match[0]):
                    return path, match[0][:80]
    return None
