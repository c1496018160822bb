"""English words of a language model that speaks to whoever asked it for a page, by class; speech_shapes joins them."""

_IRREGULAR = {"go": "goes", "redo": "redoes", "do": "does"}


def _forms(verbs: str) -> str:
    """`verbs` with their forms in -s and -ing."""
    forms = []
    for verb in verbs.split():
        stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
        ended_y = verb.endswith(("ify", "ply"))
        forms += [verb, f"{verb[:-1]}ies" if ended_y else _IRREGULAR.get(verb, f"{verb}s"), f"{stem}ing"]
    return " ".join(forms)


# Classes of common words, the commonest first; the words of all others are rare in a page on a medicine.
COMMON = tuple(
    "in det and body be to act care name info can no write did not this your it as would you want have do ask given"
    " just note didnt able request number source instruct begin way here follow there age task resp system"
    " needed".split()
)
ENGLISH = {
    # Who speaks (`I` is found by its neighbours, see model_speech), and to whom
    "me": "i",
    "my": "my mine myself",
    "us_me": "me",
    "we": "we us our ourselves",
    "you": "you yourself",
    "your": "your",
    "user": "user requester questioner asker user's",
    "editor": "editor editors reviewer reviewers self",
    # What he does not do
    "not": "not never",
    "unable": "unable hesitant reluctant incapable",
    "no": "no any without lack lacks lacked lacking insufficient enough sufficient nothing missing nor"
    " neither little limited more further additional",
    "decline": "decline declines declined declining refuse refuses refused refusing refrain refrained"
    " refraining rather abstain withhold withheld withholding prefer",
    "able": "able possible permissible permitted allowed authorised authorized appropriate responsible"
    " ethical comfortable supposed willing designed equipped position going free liberty",
    "impossible": "impossible inappropriate irresponsible unethical",
    "sorry": "sorry apologize apologise apologies apology regret regrettably unfortunately afraid"
    " apologizing",
    "rules": "rules guidelines policy policies limitations limits",
    "prevents": "prevent prevents forbid forbids prohibit prohibits",
    # Small words
    "can": "can could will shall may must might ought",
    "would": "would should",
    "be": "be am are is was were been being",
    "have": "have has had having",
    "do": "do does did",
    "didnt": "did",
    "to": "to",
    "as": "as",
    "it": "it",
    "and": "assuming and or but so because since if when while where which that than then what how whether",
    "this": "this",
    "det": "the a an that these those each its another",
    "in": "in on for with from by at about into within of per under against beyond outside according based"
    " following before after due given",
    "here": "here below above following",
    "number": "1 one two three four five six seven eight nine ten hundred",
    "begin": "begin start turn moving move now next look cover get continue continuing beginning first"
    " lastly",
    "go": "go goes",
    "blank": "off short blank out empty unfilled",
    "there": "there anything",
    "needed": "needed required",
    # What a writer does, and no doctor to a patient; what both do; what needs an object to be a writer's
    "proceed": "go continue carry add proceed list move turn",
    "task": _forms(
        "provide generate draft summarise summarize elaborate speculate fulfil fulfill comply invent"
        " fabricate compose assist disclose extrapolate paraphrase rephrase rewrite reword condense format"
        " regenerate hallucinate supply reformat formulate"
    )
    + " formatting fulfilling",
    "write": _forms(
        "write create answer discuss describe detail explain include verify confirm cite quote identify"
        " produce respond reply reproduce access present outline fill translate shorten simplify tailor adjust"
        " revise update refine extend clarify correct expand convert adapt redo amend carry specify address"
        " analyse analyze retrieve process re-run rerun retry resend re-send re-enter resubmit re-submit enter"
        " type research state copy reference double-check proceed"
    ),
    "act": _forms(
        "give find help say tell continue add go break treat avoid share keep walk mention advise recommend"
        " suggest see look finish complete list check cover offer locate search guess diagnose determine show make"
        " use send recognise recognize omit skip assume focus work know discover need"
    )
    + " found adding omitting skipping getting",
    "ask": "called forbids ask asks asking call calls contain contains say says require requires"
    " refer refers seem seems appear appears tells mentions looks names lists leaves gives specifies",
    "made": "omitted structured formatted drafted summarised summarized rewritten rewrote condensed"
    " rephrased paraphrased compiled reworded abridged shortened reformatted organised organized restructured"
    " trimmed tailored interpreted assumed",
    "did": "kept left followed included added based used limited grouped focused merged split wrote written"
    " prepared created produced generated skipped avoided marked flagged labelled labeled arranged adapted"
    " adhered stuck filled revised updated expanded described covered listed removed dropped excluded tried"
    " chosen chose decided aimed completed corrected presented combined adopted outlined placed put keep leave"
    " stick stopped restricted treated reordered cut sorted separated addressed authored continued made"
    " translated checked double-checked verified explained discussed clarified",
    "redone": "inferred regenerated summarised summarized drafted paraphrased rephrased rewritten formatted"
    " generated condensed elaborated fulfilled",
    "rewritten": "rewritten regenerated paraphrased rephrased reworded",
    "omitted": "omitted skipped truncated abridged",
    "cut": "cut truncated",
    "check": "verify check review approve proofread",
    "clarify": "clarify specify rephrase",
    "guess": "guess guessing",
    "discuss": "discuss speak talk",
    "replace": "replace insert",
    "found": "found recognised recognized",
    "agreed": "agreed discussed",
    "told": "told asked gave set instructed wanted",
    # What he writes, and of what
    "draft": "monograph monographs heading headings subheading subheadings outline template draft drafts"
    " write-up writeup bullet bullets bullet-point placeholder placeholders wording synopsis paragraph"
    " paragraphs essay article layout rewrite boilerplate walkthrough",
    "text": "translation translations explanation explanations summary summaries overview section sections"
    " page pages text content contents format structure document documents description descriptions entry"
    " entries version versions title topic subject passage passages sentence sentences style tone length field"
    " fields table tables",
    "field": "field fields section sections heading headings",
    "resp": "answered answer answers response responses reply replies output outputs message messages",
    "output": "output outputs",
    "info": "information details data advice guidance facts fact figures references citations specifics"
    " material background composition combination record records dosing dosage",
    "instruct": "instructions instruction",
    "version": "version draft",
    "citation": "citation citations reference references",
    "figures": "figure figures numbers",
    "example": "example examples placeholder",
    "picture": "picture image photo logo link screenshot",
    "file": "file files attachment",
    "placeholder": "placeholder placeholders",
    # What he is, and what he knows
    "code": "tokens chatgpt openai anthropic llm llms chatbot chatbots markdown json yaml",
    "bot": "model models assistant bot machine program programme software tool",
    "lm": "model assistant chatbot ai",
    "kind": "language artificial virtual digital automated computer large",
    "machine": "machine ai software computer",
    "auto": "machine-written auto-generated machine-generated computer-generated ai-written ai-drafted",
    "source": "source sources database databases knowledge training dataset cutoff cut-off update internet"
    " web browse browsing real-time programming capabilities memory trained programmed developers creators"
    " system browser cut design scope",
    "way": "experience way means ability access",
    "clear": "clear upfront transparent honest flag notice caveats",
    "thought": "thought reasoning",
    "role": "role job goal aim",
    "attempt": "attempt estimate apologies guess best draft understanding",
    "returned": "returned timed failed wrote",
    "system": "system",
    # What he was asked
    "input": "input inputs",
    "request": "request requests query queries brief specification specifications requirements task",
    "brief": "brief task assignment",
    "question": "question questions",
    "prompt": "prompt prompts",
    "original": "original initial user",
    "wanted": "wished liked asked wanted ordered expected",
    "asked": "typed entered pasted submitted specified instructed prompted uploaded attached queried",
    "given": "provided supplied gave shared mentioned listed named sent wanted indicated give send said"
    " provide paste",
    "uploaded": "uploaded pasted typed",
    "name": "name names drug drugs medicine medicines medication medications product products substance"
    " substances spelling brand ingredient ingredients compound strength salt generic formulation",
    "meant": "mean meant intend intended",
    "want": "want wants like likes wish wishes need needs require requires wanted",
    "limit": "limit limits constraint constraints count restrictions",
    "length": "length space word words character characters token tokens",
    "level": "level language english readers reader",
    "reading": "reading grade lay plain",
    "age": "age audience",
    "clarity": "clarity readability",
    "brevity": "brevity conciseness",
    "fictional": "fictional fictitious made-up",
    "match": "match matches matching results result",
    "typo": "typo typos misspelled misspelt misspelling misspellings mistyped",
    # How he talks and what he offers
    "please": "please kindly",
    "know": "know aware",
    "hope": "hope hopefully trust",
    "glad": "happy glad pleased delighted ready",
    "helps": "meet meets helpful useful helps satisfies answers",
    "sure": "alright certainly sure absolutely okay understood noted course",
    "great": "great good excellent",
    "thank": "thank thanks",
    "problem": "problem worries",
    "dear": "dear hello",
    "oops": "oops hmm ah hm whoops",
    "lets": "let's",
    "follow": "follow follows come",
    "just": "just simply",
    "earlier": "earlier previous",
    "conversation": "conversation chat dialogue",
    "confusion": "confusion mistake oversight inconvenience misunderstanding error",
    "pretend": "pretend imagine",
    "revised": "revised rewritten updated comprehensive detailed structured final full finished corrected"
    " concise",
    # What he leaves to others
    "note": "note disclaimer",
    "todo": "todo fixme",
    "publishing": "publishing publication publish",
    "content": "content usage",
    "policy": "policy policies guidelines",
    "human": "human person somebody someone",
    "writer": "writer expert copywriter editor author",
    # Whose papers, questions and treatments are no page's
    "care": "doctor doctors pharmacist pharmacists nurse nurses physician physicians prescriber prescribers"
    " clinic clinics hospital patient patients parents parent midwife dentist surgeon healthcare team fda ema"
    " agency regulator regulators manufacturer manufacturers authority authorities committee emergency police"
    " airline laboratory lab insurer pharmacy gp specialist clinician consultant carer carers caregiver label"
    " leaflet pack package carton device pump registry trial sponsor company companies ward anaesthetist"
    " poison interpreter family school wallet embassy customs oncologist pharmacopoeia pharmacopeia standard"
    " standards",
    "body": "take taking took swallow sleep start prescribe inject tablet tablets dose doses mg pain blood"
    " eat drink drive breathe immune urine medical attention treatment care therapy recognition diagnosis"
    " cardiac hormonal surgery pregnancy administration antibody symptoms",
    "message": "message messages",
    "comply": "comply adhere",
}
