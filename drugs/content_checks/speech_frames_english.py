"""Frames of a language model's speech in English; see speech_frames."""

from drugs.content_checks.speech_frames_others import Frame

_ME = (" i ", "\ni ", " i'", " i’", "\ni'", "\ni’", "(i ", "*i ", "_i ", "—i ")
# `I` where English has a subject: not `type I`, `troponin I`, `I.V.`, `(I)`.
_I = (
    r"(?:(?:^|[,;:()—–]|[-–] |\b(?i:and|but|so|or|that|which|what|how|as|if|because|since|when|while|where"
    r"|before|than"
    r"|therefore|however|unfortunately|regrettably|whether|though|although|until|once|then|thus|hence|also|here"
    r"|can|could|should|shall|must|am|do|information|data|everything|all|anything"
    r"|something|nothing|topic|subject|being) )[\s*_#>]{0,8}I\b(?![.)(/-])|(?<!\w)I['’](?:m|ve|ll|d)\b)"
)
_NOT = (
    r"(?: \w+){0,2}? ?(?:cannot|can['’]?t|can not|could(?:n['’]t| not)|won['’]t|will not|would(?:n['’]t| not)"
    r"|(?:am |was |['’]m )?(?:not|unable|hesitant|reluctant|in no position|beyond what)\b|wasn['’]t|(?:do"
    r"|did)(?:n['’]t| not)|should(?:n['’]t| not)"
    r"|(?:must|have to|need to|will|shall|['’]ll|['’]d|had to) (?:\w+ )?(?:decline|refuse|refrain|stop|avoid"
    r"|rather not"
    r"|pass(?= on)|withhold)|decline|refuse|refrain|prefer not|rather not|chose to (?:omit|skip)|lack|sorry"
    r"|afraid|regret|apologi[sz]e)\b"
)
# Verbs of a writer's task that no doctor denies of a treatment ...
_WRITING = (
    r"\b(?:provid(?:e|ing)|generat(?:e|ing)|draft(?:ing)?|summari[sz](?:e|ing)|elaborat(?:e|ing)|speculat(?:e|ing)"
    r"|fulfil(?:l|ling)?|comply|invent(?:ing)?|fabricat(?:e|ing)|compos(?:e|ing)|assist(?:ing)?|go(?:ing)? into"
    r"|writ(?:e|ing) (?:about|on|that|this|it|more|anything|such)|produc(?:e|ing) (?:a|an|the|this|that|such|any)"
    r"|help(?:ing)? (?:with|you)|fill(?:ing)? (?:in|out)|make up|made up|walk(?:ing)? \w+ through"
    r"|disclos(?:e|ing)|get(?:ting)? into|shar(?:e|ing)(?=[.,;]|$| (?:that|this|details|information|instructions))"
    r"|(?:(?:declin|refus|refrain|pass|rather not|comfortable)\w*[^?]{0,20}? )(?:describ|discuss|explain|detail"
    r"|answer|cover|outlin)\w*)\b"
)
# ... and other verbs with what is written: parts of a document, what was asked for.
_DOES = (
    r"(?:writ(?:e|ing)|creat(?:e|ing)|giv(?:e|ing)|answer(?:ing)?|discuss(?:ing)?|describ(?:e|ing)|detail(?:ing)?"
    r"|explain(?:ing)?|list(?:ing)?|includ(?:e|ing)|continu(?:e|ing)|complet(?:e|ing)|offer(?:ing)?|shar(?:e|ing)"
    r"|verif(?:y|ying)|confirm(?:ing)?|cit(?:e|ing)|quot(?:e|ing)|find(?:ing)?|found|see|have|format(?:ting)?"
    r"|extract(?:ing)?|determin(?:e|ing)|cover(?:ing)?|add(?:ing)?|respond(?:ing)?|reproduc(?:e|ing)|access(?:ing)?)"
)
_PART = (
    r"\b(?:sections?|headings?|pages?|monographs?|text|template|format|structure|summary|summaries|overview|outline"
    r"|drafts?|bullets?|bullet points|paragraphs?|placeholders?|wording|descriptions?|entry|entries|answers?"
    r"|responses?|repl(?:y|ies)|article|version|content|instructions|prompt|blank|references|citations|sources"
    r"|(?:general|available|detailed|reliable|specific|accurate|verified|enough) information)\b"
)
_TOPIC = (
    r"\b(?:sections?|pages?|monographs?|article|text|content|summary|overview|details|information|instructions"
    r"|guidance|(?:dosing|dosage) advice|requests?|topic|questions?|substance|synthesis|manufactur\w+|recipe"
    r"|sources?|references|citations|the drug name|a drug (?:called|named|by)|figures?|claims?|half-life|facts)\b"
)
_WRITTEN = (
    r"\b(?:this|that|the|these|a|an|any) (?:\w+ )?(?:sections?|headings?|monographs?|article|summary"
    r"|overview|page|request|topic|template)\b"
)
_MADE = (
    r"(?: have|['’]ve| will|['’]ll| did| am|['’]m| was)?(?: \w+)??"
    r" ?(?:omitt?(?:ed|ing)|summari[sz](?:ed|e|ing)|structured|formatted|drafted|rewritten|rewrote|condensed"
    r"|shortened|restrict(?:ed|ing)?|limited|kept|left|leaving|includ(?:ed|ing)|grouped|organi[sz]ed|arranged"
    r"|written|wrote|writing|added|marked|flagged|labell?ed|based|basing|focus(?:s?ed|ing)|follow(?:ed|ing)?"
    r"|assumed|merged|keep(?:ing)? (?:this|each|the (?:answer|page|text|sections?))|split"
    r"|interpreted|paraphrased|compiled|prepared|created|produced|generated|trimmed|skipped|(?:chose|decided"
    r"|opted) to (?:omit|leave|skip|keep|merge)|stopped|revised|updated|expanded"
    r"|adapted|adhered|stuck|filled|put together|tried to)\b"
)
_MORE = (
    r"(?: can| could| will|['’]ll| would|['’]d| may| shall)(?: (?:then|also|gladly|happily|certainly|try to"
    r"|be \w+ to|of"
    r" course|now))? (?:continue|expand|revise|update|add|adjust|refine|rewrite|extend|elaborate|fill|complete"
    r"|tailor|redo|draft|correct|clarify|write|generate|create|prepare|produce|provide|summari[sz]e|finish|format"
    r"|go deeper|go on|simplify|shorten|translate|convert|adapt|amend)\b"
)
_YOUR_TURN = (
    rf"{_PART}|\byou (?:\w+ )?(?:want|need|tell|share|give|say|send|provide|paste|specify|supply|confirm|prefer"
    rf"|upload"
    r"|wish|let)\b|\byou['’]d (?:like|prefer)\b|\b(?i:say so|just ask|tell me|send me)\b"
)
_CARE = (
    r"\b(?:doctors?|pharmacists?|nurses?|physicians?|prescribers?|clinics?|hospital|patients?|parents?|carers?"
    r"|family|poison|emergency|report(?:ing)?|police|airline)\b"
)
_RULES = (
    r"(?:cut-?off|(?:\w+ )?guidelines|polic(?:y|ies)|programming|developers?|creators?|capabilities|limitations"
    r"|limits|safety rules|design|instructions|training(?: data)?|scope|database|knowledge(?: base)?|rules)"
)
FRAMES = (
    # He who refuses
    Frame(_ME, (rf"{_I}{_NOT}[^?]{{0,200}}?{_WRITING}",), r"\b(?:help with (?:the|his|her|my) )"),
    Frame(
        _ME, (rf"{_I}{_NOT}[^?]{{0,60}}?\b{_DOES}\b[^?]{{0,80}}?{_TOPIC}",), r"\bmy (?:patients?|doctor)\b"
    ),
    Frame(
        ("my ",),
        (
            rf"(?i:\b(?:against|beyond|outside|due to|because of|within|under|violates?|exceeds?"
            rf"|given) my (?:\w+ )?{_RULES}\b"
            rf"|\bmy (?:\w+ )?{_RULES} (?:\w+ ){{0,2}}?(?:don['’]t|do not|does not|doesn['’]t|prevents?"
            rf"|prohibits?|forbids?"
            r"|restricts?|ends?|ended|means?|limits?|stops? me|requires? me|tells? me|keeps? me|won['’]t"
            r"|will not|cannot|can['’]t|has no)\b)",
        ),
        r"\b(?:patients?|my (?:doctor|phone|diet))\b",
    ),
    Frame(
        ("20",),
        (
            r"(?i:\b(?:my|what i|everything i) (?:know\w*|information|data\w*|training|learned|sources)\b"
            r"|\bmein\w* (?:wissen\w*"
            r"|kenntnis\w*|daten\w*|training\w*)\b|\bmes (?:connaissances|données|informations)\b"
            r"|\bmis? (?:conocimientos?|informaci[óo]n"
            r"|datos|base)\b|\bl[ea] mi[ea] (?:conoscenz[ae]|informazioni)\b|\bi miei dati\b|\b(?:meus?"
            r"|minhas?) (?:conhecimentos?"
            r"|informaç\w+|dados|base)\b|\bmijn (?:kennis|gegevens|training\w*|informatie)\b)",
            r"\b20[0-4]\d\b",
            r"(?i:\b(?:stops?|ends?|ended|reach(?:es)?|extends?|go(?:es)?|runs?|until|up to|through|as of|only"
            r"|s['’]arrêt\w+|datent|jusqu\w*"
            r"|llega\w*|hasta|termina\w*|ferma\w*|finisc\w+|arriva\w*|reik\w+|tot|loopt|eindig\w+|bis|endet"
            r"|reich\w+|até|vão|vai)\b)",
        ),
        r"\b(?:patients?|patienten)\b",
    ),
    Frame(_ME, (rf"{_I}{_NOT}[^?]{{0,120}}?(?:{_WRITTEN})",), r"\bmy (?:patients?|doctor)\b"),
    Frame(
        _ME,
        (
            rf"{_I}[^?]{{0,20}}? not (?:\w+ )?(?:permitted|allowed|authori[sz]ed|able|at liberty|free|willing"
            rf"|designed|going) to"
            r" (?:discuss|describe|write|explain|answer|detail|cover|outline|list)\b"
            r"|(?i:\b(?:questions?|requests?|topic|task|this|that)\b)[^?]{0,40}? I (?:must|have to|will"
            r"|need to) (?:\w+ )?(?:decline|refuse)\b",
        ),
        r"\bprescri|\bpatients?\b",
    ),
    Frame(
        (
            "in my ",
            "language ",
            "writing ",
            "you did",
            "you have not",
            "you only",
            "model",
            "output",
            "assistant",
        ),
        (
            r"(?i:\b(?:not|no|nothing|enough|little|missing)\b[^?]{0,40}? in my (?:sources|data|training"
            r"|database|knowledge base)\b"
            r"|^\W*(?:since |as |because )?you (?:did not|didn['’]t|have not|haven['’]t|only) (?:mention|specif"
            r"|state|give|name|suppl|provid"
            r"|includ)\w*\b(?! your)|\[(?:ai|assistant|model|ai) (?:output|response|answer|note)\b"
            r"|\bas an? (?:language|virtual|digital|writing|automated|computer) (?:assistant|bot|tool"
            r"|program),? i\b)",
        ),
        _CARE,
    ),
    # He who tells how he made it
    Frame(_ME, (rf"{_I}{_MADE}[^?]{{0,160}}?{_PART}",), r"\bmy (?:patients?|doctor|notes)\b"),
    Frame(
        _ME,
        (rf"{_I}{_MADE}", r"\b(?:limits|guidelines|length|requested|as (?:asked|instructed))\b"),
        r"\b(?:patients?|dose|nice|tablets?|national|local)\b",
    ),
    Frame(_ME, (rf"{_I}{_MORE}", _YOUR_TURN), r"\byour (?:dose|treatment|medic\w+|symptoms|blood)\b"),
    Frame(
        ("left out", "omitted", "left blank"),
        (
            r"\b(?:section|heading|field|part)s? (?:was|were|has been|have been|is|are)"
            r" (?:therefore |deliberately |intentionally )?(?:left out|omitted|left (?:blank|empty))\b",
        ),
    ),
    Frame(
        _ME,
        (
            rf"{_I}(?:['’ ]\w+)? (?:(?:\w+ )?not |only )?(?:been )?(?:given|asked|told|instructed|supplied"
            rf"|shown)\b[^?]{{0,120}}?{_PART}",
        ),
        _CARE,
    ),
    # What he is
    Frame(
        _ME,
        (
            rf"{_I}[^?]{{0,80}}?\b(?:an? (?:\w+ )?(?:ai|AI|model|machine|bot|program)\b(?! of)|real-time"
            rf"|(?:live|online|internet|web) (?:data|access|connection|search)"
            r"|knowledge cut-?off|training data|brows(?:e|ing)|the internet|databases?\b(?! of)|up-to-date sources)",
            r"(?i:\b(?:not|cannot|can['’]t|don['’]t|no|unable|lack|without|only|am|['’]m|as)\b|['’]m\b)",
        ),
        r"\b(?:patients?|animal|mouse|insulin|pump)\b",
    ),
    Frame(
        (" ai ", " ai,"),
        (
            r"\b(?:[Bb]eing|[Aa]s|I am|I['’]m) (?:\w+ )?an? (?:\w+ )?(?:AI|artificial intelligence)\b(?! \()",
            r"\b(?:I|my|me)\b",
        ),
    ),
    # Whoever asked
    Frame(
        (*_ME, "thank you", "my answer", "my summary"),
        (
            r"(?i:^\W*thank you for (?:your|the) (?:question|request|prompt|query|message|patience|input)\b"
            r"|\bi appreciate your (?:understanding|patience|question)\b|\banything else i can (?:do|help|add"
            r"|write)\b|^\W*i(?:['’]m| am) here to (?:help|assist|answer|provide)\b|^\W*my (?:answer|summary"
            r"|overview) (?:draws|relies|rests) on\b)"
            rf"|{_I}(?: would|['’]d)? prefer not to (?:describe|discuss|answer|write|explain|list|say)\b"
            rf"|{_I}(?: do not|['’ ]?don['’]t) (?:think|believe) I (?:should|can|could) (?:answer|write"
            rf"|describe|discuss|help|provide)\b|{_I}[^?]{{0,30}}? from the (?:prompt|input|request)\b"
            rf"|{_I}(?: have|['’]ve)? (?:removed|dropped|cut|decided against"
            rf"|deleted) [^?]{{0,40}}?\b(?:references|sections?|headings?|dosing table"
            r"|citations|paragraphs?)\b",
        ),
        r"(?i:\bpharmacists?\b|\bnurses?\b)",
        asks=True,
    ),
    Frame(
        ("your ", "you "),
        (
            r"(?i:\byour (?:\w+ )?(?:outline|layout|template|input|specifications?|brief|guidelines"
            r"|instructions|request|wording)\b"
            r"|\byou(?:['’]ve| have)? (?:supplied|asked for|requested|specified|gave|provided|typed|entered"
            r"|wanted|pasted|listed)\b|\bas you (?:asked|requested|wanted|specified)\b)",
            r"(?i:\bi\b(?!\.)|\bi['’]|\bme\b|\b(?:headings?|layout|article|word count|storage|outline|template"
            r"|style)\b)",
        ),
        rf"(?i:{_CARE}|\byour (?:doctor|pharmac|nurse|diary)|\b(?:sample|samples|form|app|website|urine|blood)\b)",
    ),
    Frame(
        ("if you ", "you asked", "you requested", "you wanted", "interpret"),
        (
            r"(?i:\bif you (?:need|want|would like|wish)\b[^.?]{0,60}?\b(?:sections?|version|headings?|draft)\b"
            r"|^\W*you (?:asked for|requested|wanted) (?:(?:the|an?|\w+) )?(?:points|sections|page|summary"
            r"|headings|table|monograph|overview)\b[^?]{0,80}?\b(?:here|below|follows?)\b"
            r"|\bi (?:have )?interpreted (?:the|this|your) (?:\w+ )?(?:name|input|title|word|request|question)\b)",
        ),
        _CARE,
    ),
    Frame(
        ("prompt", "input"),
        (
            r"(?i:\bin the (?:\w+ )?prompt\b(?! \w*(?:ment|tion|sis|ry|al|care|use|therapy|and|control))"
            r"|\bthe input (?:is|seems|appears"
            r"|was|does|names?|refers|contains|looks)\b[^?]{0,60}?\b(?:name|drug|word|typo|text|food|valid"
            r"|spelling|medicine|brand|title)\b)",
        ),
    ),
    Frame(
        ("you confirm", "you specify", "you clarify", "you share", "you provide", "you please"),
        (
            r"(?i:\b(?:could|can|would|will) you (?:please )?(?:confirm|specify|clarify|share|provide"
            r"|check) (?:me )?(?:with )?"
            r"(?:which|what|whether|if|the|more|any) (?:[\w-]+ ){0,2}?(?:salt|strength|product|drug|medicine"
            r"|name|version|form|substance"
            r"|spelling|details|information|context|text|document|formulation|brand|ingredients?)\b)",
        ),
        _CARE,
        asks=True,
    ),
    Frame(
        (
            "happy to",
            "glad to",
            "ready to",
            "end of ",
            "word count",
            "finished",
            "completed",
            "final ",
            "revised",
        ),
        (
            r"(?i:^\W*(?:always |more than |i['’]m |i am |i['’]d be |i would be )?(?:happy|glad|ready"
            r"|delighted) to (?:go deeper|expand|continue|revise|add"
            r"|help|elaborate|provide|adjust|refine|tailor|write|clarify|answer)\b|^\W*end of (?:response"
            r"|output|answer|draft|generat\w+|reply)\b"
            r"|^\W*word count\b|\b(?:finished|completed|final|revised) (?:page|monograph|text|article|document"
            r"|version|draft) (?:is below|follows|below)[.:]?$)",
        ),
    ),
    Frame(
        ("prompt",),
        (
            r"(?i:\b(?:according to|per|from|in|following|by|with|given|based on|matching|answers|answering|of)"
            r" (?:the|this|your) (?:\w+ )?prompt(?=[,.;:!?)]|$| (?:above|and|you)\b))",
        ),
        r"(?i:\b(?:screen|press|button|device|pump|display)\b)",
    ),
    Frame(
        ("the user", "the requester"),
        (
            r"(?i:\bthe (?:user|requester) (?:(?:has|had|did|does|was|is|may|might|seems to|appears to|would"
            r"|probably)(?:n['’]t| not)? )?(?:\w+ )?(?:give[ns]?|gave|say|provided?|ask(?:s|ed)?|specif(?:y|ies|ied)"
            r"|suppl(?:y|ied)|mention(?:s|ed)?|request(?:s|ed)?|want(?:s|ed)(?! to (?!know|see|have|learn|read)\b)"
            r"|include[ds]?|named?|states?|stated|enter(?:s|ed)"
            r"|meant|intended?)\b|\bthe (?:user|requester) is (?:looking for|asking|after)\b)",
        ),
        r"(?i:\b(?:dose|doses|button|device|pen|inhaler|pump|injector)\b)",
    ),
    Frame(
        ("provided", "given", "supplied", "requested", "specified", "above", "required"),
        (
            r"(?i:\b(?:the|this|your|a) (?:\w+ )?(?:template|context|input|outline|specification|source text"
            r"|instructions"
            r"|format|text|headings?|section list|structure|brief) (?:as |was |is |that was |you )?(?:provided"
            r"|given|supplied|requested|specified)\b(?! (?:by|on|in|to|with|for|at|below|under|from|here)\b)"
            r"|\b(?:provided|supplied|requested|specified|given) (?:\w+ )?(?:template|outline|specification"
            r"|source text|input"
            r"|context|structure|headings|section headings)\b|\b(?:no|without) (?:\w+ )?(?:input|context"
            r"|source text) (?:was|is|has been|being) (?:provided|given|supplied))",
        ),
        r"(?i:\b(?:label|leaflet|doctor|pharmacist|nurse|pack|carton|any given|a given|device)\b)",
    ),
    Frame(
        ("instruct", "requested", "asked", "specified"),
        (
            r"(?i:\binstructions? (?:above )?(?:ask|call|require|specif|state|said|say|request|want)\w*\b"
            r"|^\W*as (?:you )?(?:instructed|requested|asked|specified|directed|you (?:asked|requested|wanted)),)",
            r"(?i:\b(?:headings?|sections?|bullets?|paragraphs|words|format|monograph|brand names|mentioned"
            r"|included|listed|omitted|left out|table|summary)\b)",
        ),
        _CARE,
    ),
    Frame(
        ("please ", "kindly "),
        (
            r"(?i:\b(?:please|kindly) (?:provide|share|supply|paste|upload|specify|resubmit|re-?send|clarify"
            r"|name|state)(?: me| us)?(?: with)? (?:the|more|a|an|additional|further|any|which|some|its)"
            r" (?:[\w-]+ ){0,3}?(?:names?|details|text|document|information|context|leaflet|label|drug|medicine"
            r"|product"
            r"|source|content|spelling|ingredients?|data|(?:dosage )?form|article|file|substance|input|request)\b)",
        ),
        _CARE,
    ),
    Frame(
        ("would you like", "do you want", "shall i", "should i", "if you wish", "want me"),
        (
            r"(?i:\b(?:would you like|do you want) (?:a|an|the|another|any|further"
            r"|more) (?:\w+ ){0,3}?(?:version|section|summary"
            r"|table|examples?|explanation|draft|page|references)\b|\bwant me to\b|^\W*(?:shall"
            r"|should) i (?:also |now )?"
            r"(?:add|continue|expand|include|write|summari[sz]e|draft|go on|format|rewrite|proceed"
            r"|provide)\b[^?]{0,60}?\b(?:section|table|page|version|text|summary|headings?)|\bdo you want me to\b)",
        ),
        r"(?i:\b(?:taking|treatment|my|dose|medicine|tablets?|to take)\b)",
        asks=True,
    ),
    Frame(
        (
            "hope this",
            "hope that",
            "hope it",
            "this output",
            "this answer",
            "this draft",
            "this reply",
            "this response",
        ),
        (
            r"(?i:^\W*(?:i |we )?hope (?:this|that|it) (?:helps|is helpful|is useful|answers|meets)\b(?! you\b)"
            r"|\bthis (?:output|answer|draft|reply) (?:is (?:based|intended|for|not|a|limited|meant)|was|has"
            r"|should|follows|does|uses|omits|should|may|contains|assumes"
            r"|reflects|relies)\b|\bthis response (?:was|follows|uses|omits|assumes|contains|does not|relies))",
        ),
        r"(?i:\b(?:treatment|patients?|immune|cardiac|urine|hormone|correct|wrong|dose-dependent|mediated)\b)",
    ),
    Frame(
        ("here is", "here are", "here's", "here’s", "below is", "below are"),
        (
            r"(?i:\b(?:here(?:['’]s| is| are)|below (?:is|are)) (?:(?:your|the"
            r"|an?) (?:[\w-]+ ){0,3}?(?:monograph|draft|rewrite"
            r"|write-up|rewritten|response)\b|your (?:[\w-]+ ){0,3}?(?:page|overview|summary|text|profile|article)\b"
            r"|[^.?]{0,80}\b(?:you|as) (?:asked|requested|wanted|specified)\b))",
        ),
        _CARE,
    ),
    Frame(
        ("placeholder", "todo"),
        (r"(?i:\(placeholder\)|\btodo:? ?\(?(?:model|ai|assistant|llm|insert|fill in|generate)\b)",),
    ),
)
