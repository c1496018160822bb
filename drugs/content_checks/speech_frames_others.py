"""Frames of a language model's speech in German, French, Spanish, Portuguese, Italian and Dutch; see speech_frames."""

from typing import NamedTuple


class Frame(NamedTuple):
    """Signs in small letters, one of which a text must hold; what a sentence must have; what it must not have."""

    signs: tuple[str, ...]
    all_of: tuple[str, ...]
    none_of: str = ""
    asks: bool = False  # whether a question can be such speech


FRAMES = (
    # German
    Frame(
        (" ich ", "\nich ", "mir leid", "mir nicht"),
        (
            r"(?i:\bich (?:\w+ ){0,2}?(?:kann|darf|werde|möchte|will|muss|bin|habe|konnte|könnte)\b|\b(?:kann"
            r"|darf|werde|möchte|will|muss|bin|habe|konnte) ich\b|\btut mir (?:sehr )?leid\b"
            r"|\bist (?:es )?mir (?:leider )?nicht (?:möglich|erlaubt|gestattet))",
            r"(?i:\b(?:nicht|nichts|keine?[nrs]?|ablehnen|verzichten|außerstande|verweigern|unterlassen)\b)",
            r"(?i:\b(?:schreiben|verfassen|erstellen|bereitstellen|beantworten|anleitung|auskunft|informationen"
            r"|angaben|abschnitt\w*|zusammenfassen|anfrage\w*|inhalte?|eingehen|monografie|monographie|wiedergeben"
            r"|ausformulieren"
            r"|dazu|hierzu|darüber|hierüber|formulieren|datenbank\w*|quellen|weiterhelfen|echtzeit\w*)\b)",
        ),
        r"(?i:\b(?:ärzte|arzt|apotheker)\b)",
    ),
    Frame(
        (
            " ich ",
            "\nich ",
        ),
        (
            r"(?i:\b(?:ich|habe|werde|kann|soll|würde|könnte)\b)",
            r"(?i:\b(?:zusammengefasst|weggelassen|ergänz\w+|erstellt?e?|geschrieben|formatiert|überarbeite\w*"
            r"|gekürzt|erweiter\w+"
            r"|gegliedert|formuliert|verfasst|angepasst|ausgelassen|beschränkt|gehalten|freigelassen|übernommen"
            r"|aufgeführt|ausbauen)\b)",
            r"(?i:\b(?:abschnitte?n?|überschrift\w*|texte?s?|vorlage|format|gliederung|monogra\w+|seite|angaben"
            r"|wie gewünscht|stichpunkte\w*|fassung|struktur|anweisung\w*|entwurf)\b)",
            r"(?i:\bich\b)",
        ),
        r"(?i:\b(?:arzt|apotheker|patient\w*|dosis|tabletten?|tropfen)\b)",
        asks=True,
    ),
    Frame(
        ("ihre", "mir "),
        (
            r"(?i:\bihre[nrm]? (?:\w+ )?(?:vorgaben?|anfrage|anweisung(?:en)?|vorlage|eingabe|prompt)\b"
            r"|\bbitte (?:nennen|geben|teilen|schicken"
            r"|senden) sie mir\b|\b(?:nennen|geben|teilen|schicken|senden) sie mir (?:bitte )?(?:den|die|das"
            r"|mehr|weitere)\b)",
            r"(?i:\b(?:ich|mir|mich|eingabe|prompt|vorgaben?)\b)",
        ),
        r"(?i:\b(?:arzt\w*|apothek\w*|krankenkasse|patient\w*)\b)",
    ),
    Frame(
        (" ich ", "assistent", "assistant", "asistente", "assistente"),
        (
            r"(?i:\b(?:möchten|wünschen|wollen) sie,? dass ich\b|\bals (?:\w+-?)?(?:sprachassistent|chatbot"
            r"|assistent) (?:habe|kann|darf|bin)"
            r"|\ben tant qu['’]assistant\b|\bcomo (?:un |um )?(?:asistente|assistente) virtual\b"
            r"|\bcome assistente virtuale\b)",
        ),
        asks=True,
    ),
    # French
    Frame(
        (" je ", "\nje ", "j'", "j’", "désolé"),
        (
            r"(?i:\bje (?:ne|n['’])|\bje (?:dois|préfère|regrette|refuse)|\bdésolée?\b|\bm['’]est impossible"
            r"|\bdans l['’]impossibilité)",
            r"(?i:\b(?:pas|refuser?|décliner|regrette|impossible|impossibilité|aucune?)\b)",
            r"(?i:\b(?:rédiger|fournir|générer|répondre|écrire|demande|requête|section|rubrique|fiche"
            r"|monographie|informations?"
            r"|bases? de données|internet|texte|contenu|résumer|créer|détails|sujet|question|aborder)\b)",
        ),
        r"(?i:\b(?:médecin|pharmacien|ordonnance|patients?)\b)",
    ),
    Frame(
        ("j'", "j’", " je ", "\nje "),
        (
            r"(?i:\bj['’]ai (?:\w+ )?(?:résumé|omis|rédigé|structuré|suivi|laissé|limité|regroupé|conservé"
            r"|ajouté|complété|adapté"
            r"|reformulé|inclus|respecté|abrégé|écrit|condensé)|\bque je (?:développe|complète|continue|rédige"
            r"|ajoute|reformule)"
            r"|\bje (?:peux|pourrai|vais) (?:\w+ )?(?:compléter|rédiger|développer|ajouter|reformuler|résumer))",
            r"(?i:\b(?:rubriques?|sections?|fiche|texte|format|modèle|consignes|instructions|plan|structure"
            r"|titres?|page|version|posologie|monographie|paragraphes?|réponse)\b)",
        ),
        r"(?i:\b(?:médecin|pharmacien|patients?|mon)\b)",
        asks=True,
    ),
    Frame(
        (
            "merci de",
            "veuillez",
            "pouvez-vous",
            "pourriez-vous",
            "por favor",
            "per favore",
            "la prego",
            "indichi",
            "geef",
            "noem",
            "stuur",
            "indíqueme",
            "indíquame",
        ),
        (
            r"(?i:\b(?:merci de|veuillez|pouvez-vous|pourriez-vous) (?:me |m['’])?(?:préciser|fournir|indiquer"
            r"|donner|communiquer)\b"
            r"|\bpor favor,? (?:\w+ )?(?:ind[ií](?:que|ca)(?:me)?|proporci\w+|facil[ií]t\w+|especifi\w+|forneça"
            r"|informe|env[ií]\w+|diga-me|dime|d[ií]game)\b"
            r"|\b(?:per favore|la prego(?: di)?),? (?:mi )?(?:indic\w+|fornis\w+|forni\w+|specifi\w+)\b"
            r"|\b(?:geef|noem|stuur|vermeld) (?:me|mij|alstublieft)\b)",
            r"(?i:\b(?:nom|nombre|nome|naam|détails|detalles|detalhes|dettagli|details|texte|texto|testo|tekst"
            r"|informations|información|informações|informazioni|informatie|substance|principio|princípio)\b)",
        ),
        r"(?i:\b(?:m[ée]d[ei]c[io]n?o?|pharmac\w+|farmac\w+|apotheker|arts|signal\w+|notific\w+|receta"
        r"|ordonnance)\b)",
        asks=True,
    ),
    # Spanish and Portuguese
    Frame(
        (
            "puedo",
            "posso",
            "lamento",
            "no voy a",
            "não vou",
            "prefiero",
            "prefiro",
            "siento",
            "permitido",
            "podido",
            "consigo",
            "possível",
            "debo",
            "devo",
            "tengo",
            "tenho",
            "posible",
            "estou",
        ),
        (
            r"(?i:\bno (?:me es posible|me est[áa] permitido|puedo|he podido|debo|tengo|estoy (?:autorizad"
            r"|en condiciones))|\blamento\b|\blo siento\b|\bpref(?:ie|i)ro n[oã]o?\b|\b(?:no voy a"
            r"|n[ãa]o vou) (?=descr|explic|escr|redact|redig|respond)"
            r"|\bn[ãa]o (?:me é (?:possível|permitido)|posso|consigo|devo|tenho|estou autorizad)"
            r"|\bme? (?:veo obligad|abstengo)|\bdevo recusar|\bdebo (?:rechazar|declinar))",
            r"(?i:\b(?:ayudarte|ayudarle|solicitud|petición|redactar|escribir|escrever|redigir|secci[óo]n"
            r"|sec?ção|seção"
            r"|informaci[óo]n|informaç\w+|proporcionar|fornecer|pedido|ficha|contenido|conteúdo|proces[so]o?"
            r"|síntes[ei]s?|pregunta|pergunta|tema|instrucciones|instruções"
            r"|texto|responder|describir|descrever|explicar|detalles|detalhes|bases? de da[dt]os|internet"
            r"|ajudá-lo|ajudar com|generar|gerar)\b)",
        ),
        r"(?i:\b(?:médico|farmac\w+)\b)",
    ),
    Frame(
        (
            " he ",
            "\nhe ",
            "amplíe",
            "resumi",
            "redigi",
            "segui",
            "omiti",
            "mantive",
            "escrevi",
            "inclu",
            "estruturei",
            "adaptei",
            "deixei",
            "elaborei",
            "puedo",
            "posso",
            "añada",
            "acrescente",
        ),
        (
            r"(?i:\bhe (?:redactado|resumido|omitido|seguido|estructurado|dejado|incluido|limitado|mantenido"
            r"|escrito|elaborado"
            r"|adaptado|completado|evitado|añadido|agregado|agrupado|reescrito)|\bque (?:amplíe|añada|continúe"
            r"|redacte|complete|amplie|acrescente|continue)"
            r"|\b(?:resumi|redigi|omiti|elaborei|escrevi|segui|mantive|inclu[íi]|estruturei|adaptei|deixei)\b"
            r"|\b(?:puedo|posso) (?:ampliar|redactar|completar|añadir|continuar|acrescentar|reescrever"
            r"|reescribir|redigir))",
            r"(?i:\b(?:secci[óo]n|secciones|sec?ções|seções|seção|secção|ficha|formato|texto|plantilla|modelo"
            r"|instrucciones|instruções|estructura|estrutura|apartados?|títulos|monograf[íi]a|tablas?|tabelas?|(?:la"
            r"|los) (?:información|datos) por|resumen|resumo|página|solicitado)\b)",
        ),
        r"(?i:\b(?:médico|farmac\w+|pacientes?)\b)",
        asks=True,
    ),
    # Italian
    Frame(
        (
            "posso",
            "sono in grado",
            "dispiace",
            "possibile",
            "permesso",
            "consentito",
            "temo di",
            " ho ",
            "\nho ",
        ),
        (
            r"(?i:\bnon (?:posso|sono in grado|mi è possibile|ho|riesco|mi è (?:consentito|permesso))"
            r"|\bmi dispiace|\bdevo (?:rifiutare|declinare)|\bpreferisco non|\btemo di non)",
            r"(?i:\b(?:scrivere|fornire|redigere|generare|sezione|richiesta|scheda|informazioni|contenuto"
            r"|banche dati|dettagli"
            r"|internet|domanda|argomento|rispondere|aiutarti|aiutarla|descrivere|spiegare|testo|istruzioni)\b)",
        ),
        r"(?i:\b(?:medico|farmacista)\b)",
    ),
    Frame(
        (" ho ", "\nho ", "posso ", "vuoi che", "vuole che", "desidera che"),
        (
            r"(?i:\bho (?:\w+ )?(?:seguito|riassunto|omesso|redatto|strutturato|lasciato|incluso|limitato"
            r"|mantenuto|scritto|adattato"
            r"|completato|evitato|sintetizzato)|\b(?:vuoi|vuole|desidera) che\b|\bposso (?:ampliare|completare"
            r"|aggiungere|redigere|riscrivere|continuare))",
            r"(?i:\b(?:sezion[ei]|scheda|formato|testo|modello|istruzioni|struttura|titoli|pagina|paragraf[io]"
            r"|monografia|tabell[ae]|versione)\b)",
        ),
        r"(?i:\b(?:medico|farmacista|pazient[ei])\b)",
        asks=True,
    ),
    # Dutch
    Frame(
        (" ik ", "\nik ", "spijt me"),
        (
            r"(?i:\bik (?:\w+ )?(?:kan|ga|mag|wil|zal|moet|ben|heb)\b|\b(?:kan|mag|wil|zal|moet|ben|heb) ik\b"
            r"|\bspijt me\b)",
            r"(?i:\b(?:geen|niet|niets|weigeren|afwijzen)\b)",
            r"(?i:\b(?:schrijven|opstellen|verstrekken|informatie|verzoek|tekst|sectie|rubriek|beantwoorden"
            r"|genereren|databases?"
            r"|actuele gegevens|internet|vraag|onderwerp|details|inhoud|instructies|samenvatten)\b)",
        ),
        r"(?i:\b(?:arts|apotheker|dokter)\b)",
    ),
    Frame(
        (
            " ik ",
            "\nik ",
        ),
        (
            r"(?i:\b(?:ik (?:heb|zal|kan)|heb ik|zal ik|kan ik|wilt u dat ik|wil je dat ik)\b)",
            r"(?i:\b(?:samengevat|weggelaten|geschreven|opgesteld|ingekort|aangepast|toegevoegd|beperkt|gevolgd"
            r"|aanvullen|uitbreiden|herschrijven|toevoegen|gestructureerd|opgemaakt|opgenomen)\b)",
            r"(?i:\b(?:tekst|secties?|rubrieken|koppen|sjabloon|formaat|structuur|pagina|gevraagd|versie"
            r"|hoofdstuk\w*|instructies|monografie)\b)",
        ),
        r"(?i:\b(?:arts|apotheker|dokter|patiënt\w*)\b)",
        asks=True,
    ),
    # All of them: as a machine
    Frame(
        ("ki ", "ki-", " ia", "ai ", "intel"),
        (
            r"\b(?:[Aa]ls (?:eine? )?(?:KI|AI)\b|[Ee]n tant qu['’](?:une )?IA\b|[Cc]om[oe] (?:una |uma )?IA\b"
            r"|[Ii]n quanto IA\b)",
        ),
    ),
    Frame(
        ("intelligen", "inteligen", "inteligên", "intelligentie"),
        (
            r"(?i:^\W*(?:als|come|como|en tant qu['’]|in quanto) ?(?:une? |een |eine |una |uma )?(?:künstliche"
            r"|kunstmatige|intelligen|inteligên|inteligen)\w*\b(?: (?:intelligen\w+|artificiel\w*|artificial\w*))?)",
        ),
    ),
    Frame(
        ("segue", "ecco", "aquí", "aqui", "hier ", "voici", "a continuación"),
        (
            r"(?i:^\W*(?:segue|ecco|aquí|aqui|hier|voici|a continuación)\b[^.?]{0,60}?\b(?:solicitad[oa]s?"
            r"|pedid[oa]s?|gevraagde|richiest[oaie]|demandée?s?|gewünschte[ns]?|angeforderte[ns]?|opgevraagde)\b)",
        ),
    ),
)
