"""English headings: of people's own notes, of leaflets and summaries of product characteristics (QRD templates of the
European Medicines Agency), of prescribing information (21 CFR 201.57) and Drug Facts (21 CFR 201.66).
"""

HEADINGS = {
    "warning": "boxed warning|black box warning|black box|bbw",
    "key_facts": "key facts|key points|at a glance|quick facts",
    "uses": """
        use|uses|indication|indications|indications and usage|indications & usage|indications for use
        |therapeutic indications
        |approved indications|clinical indications|used for|what it is for|what it's for|purpose|therapeutic uses
        |clinical uses|medical uses|licensed uses|what … is and what it is used for|what is … used for
        |why is … prescribed|what … is used for
    """,
    "do_not_take": """
        contraindication|contraindications|contra-indications|c/i|ci|c/is|cis|do not use|do not use if|do not take
        |do not take if|when not to use|when not to use it|who should not take it|not suitable for
        |absolute contraindications|do not use …|do not take …|who should not take …|who cannot take …
    """,
    "precautions": """
        precaution|precautions|warning|warnings|cautions|caution|warnings and precautions|warnings & precautions
        |precautions and warnings|special warnings and precautions for use|special precautions
        |ask a doctor before use
        |ask a doctor before use if|ask a doctor or pharmacist before use if|ask doctor before use
        |when using this product|keep out of reach of children|stop use and ask a doctor if|when to see a doctor
        |when to call a doctor
        |when to call your doctor|when to seek help|when to get medical help|red flags
        |use in specific populations|special populations
    """,
    "pregnancy": """
        pregnancy and breastfeeding|pregnancy and breast-feeding|pregnancy & breastfeeding|pregnancy and lactation
        |pregnancy/lactation|pregnancy, breast-feeding and fertility|fertility, pregnancy and lactation|lactation
        |breastfeeding|breast-feeding|if pregnant or breast-feeding|if pregnant or breastfeeding
        |use in pregnancy|pregnancy category
    """,
    "interactions": """
        interaction|interactions|drug interactions|drug-drug interactions|ddi|ddis|other medicines
        |interactions with other medicines
        |interaction with other medicinal products and other forms of interaction|drug/drug interactions
        |other medicines and …|interacts with
    """,
    "food_alcohol": """
        food and drink|alcohol|food interactions|food, drink and alcohol|… with food, drink and alcohol
        |… with food and drink|alcohol and food
    """,
    "driving": """
        driving|driving and using machines|driving and machines|effects on ability to drive and use machines
        |ability to drive
    """,
    "dosage": """
        dose|doses|dosing|dosage|dosages|dosage and administration|dosage & administration|dosage and route
        |posology|posology and method of administration|administration|directions|directions for use|how to take it
        |how to use it|how to take|how to use|method of administration|dosing and administration|dose and route
        |recommended dose|usual dose|adult dose|route and dose|how much to take
    """,
    "missed_dose": "missed dose|missed doses|if you forget a dose|if you forget to take …|if you miss a dose of …",
    "overdose": """
        overdose|overdosage|over dose|toxicity and overdose|overdose and antidote|in case of overdose
        |symptoms of overdose|if you take more … than you should|if you take too much …
    """,
    "stopping": """
        stopping|withdrawal|discontinuation|stopping treatment|stopping the medicine|if you stop taking …
        |how to stop|tapering|deprescribing
    """,
    "side_effects": """
        side effect|side effects|side-effects|serious side effects|common side effects|adr|adrs|adverse effect
        |adverse effects|adverse drug reactions|adverse reaction|adverse reactions
        |adverse events|undesirable effects|unwanted effects|s/e|se|ses|s/es|a/e|aes|ae
        |side effects and adverse reactions
        |toxicities|possible side effects|reported side effects|common adverse effects
        |serious adverse effects
    """,
    "monitoring": """
        monitor|monitoring|monitoring parameters|laboratory monitoring|lab monitoring|tests|blood tests|follow-up
        |check-ups|parameters to monitor
    """,
    "how_it_works": """
        moa|mechanism|mechanism of action|mode of action|action|actions|pharmacodynamics|pharmacodynamic properties
        |pd|pk|pharmacokinetics|pharmacokinetic properties|pharmacology|clinical pharmacology|pk/pd|adme|kinetics
        |absorption, distribution, metabolism, excretion|how … works|how does … work
    """,
    "storage": """
        storage|storing|how to store it|shelf life|storage and handling|how supplied/storage and handling
        |special precautions for storage|storage conditions|how to store …
    """,
    "ingredients": """
        ingredients|ingredient|active ingredient|active ingredients|inactive ingredient|inactive ingredients
        |composition
        |qualitative and quantitative composition|list of excipients|excipients|contents|what … contains
        |active ingredient (in each tablet)|contents of the pack and other information
    """,
    "faqs": "faq|frequently asked questions|q&a|q & a|q and a|common questions|questions|questions and answers",
    "notice": "disclaimer|important disclaimer",
}
# Of leaflets: sections whose own sub-headings are whole sentences about something else.
OPEN = {
    "precautions": """
        what you need to know before you take …|what you need to know before you use …|before you take …
    """,
    "dosage": "how to take …|how to use …|how … is given",
}
CONTAINERS = """
    overview|introduction|summary|general|general information|information|about|description|details|basics
    |key information|essentials|quick reference|drug information|medicine information|medication information
    |prescribing information|full prescribing information|highlights|highlights of prescribing information
    |patient information|product information|monograph|drug facts|clinical|clinical information|clinical particulars
    |clinical use|pharmacological properties|pharmaceutical particulars|safety|safety information
    |important safety information|properties|nursing considerations|practical information|notes|more information
    |other information|main information|package leaflet|summary of product characteristics|prescribing|drug profile
"""
