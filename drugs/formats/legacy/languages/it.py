"""Italian headings: of notes, of the foglio illustrativo and the riassunto delle caratteristiche del prodotto (QRD
templates).
"""

HEADINGS = {
    "warning": "avvertenza principale|avvertenza piu importante",
    "key_facts": "punti chiave|in breve|l'essenziale",
    "uses": """
        indicazioni terapeutiche|indicazioni|indicazione|usi|uso|a cosa serve|impieghi|utilizzo
        |cos'e … e a cosa serve|che cos'e … e a cosa serve|a cosa serve …
    """,
    "do_not_take": """
        controindicazioni|controindicazione|non usare|non assumere|non prenda|non prenda …|non usi …|quando non usarlo
    """,
    "precautions": """
        precauzioni|avvertenze|avvertenze e precauzioni|avvertenze speciali e precauzioni d'impiego
        |precauzioni per l'uso|precauzioni d'impiego|quando consultare il medico
    """,
    "pregnancy": """
        gravidanza|allattamento|gravidanza e allattamento|fertilita, gravidanza e allattamento
        |gravidanza, allattamento e fertilita
    """,
    "interactions": """
        interazioni|interazione|interazioni farmacologiche|altri medicinali|altri medicinali e …
        |interazioni con altri medicinali ed altre forme d'interazione|interazioni con altri medicinali
        |interazioni con altri farmaci
    """,
    "food_alcohol": """
        cibi e bevande|alcol|cibi, bevande e alcol|… con cibi, bevande e alcol|… con cibi e bevande
    """,
    "driving": """
        guida di veicoli|guida di veicoli e utilizzo di macchinari|guida
        |effetti sulla capacita di guidare veicoli e sull'uso di macchinari
    """,
    "dosage": """
        posologia|posologia e modo di somministrazione|dose|dosi|dosaggio|modo di somministrazione|somministrazione
        |modo d'uso|dose, modo e tempo di somministrazione
    """,
    "missed_dose": "dose dimenticata|dimenticanza di una dose|se dimentica di prendere …|se dimentica di usare …",
    "overdose": """
        sovradosaggio|sovradose|iperdosaggio|intossicazione|se prende piu … di quanto deve
        |se usa piu … di quanto deve
    """,
    "stopping": "interruzione del trattamento|sospensione|se interrompe il trattamento con …",
    "side_effects": """
        effetti indesiderati|effetti collaterali|reazioni avverse|possibili effetti indesiderati|effetti avversi
        |effetti indesiderati comuni|effetti indesiderati gravi
    """,
    "monitoring": "monitoraggio|controlli|esami|sorveglianza",
    "how_it_works": """
        meccanismo d'azione|meccanismo di azione|modo d'azione|azione|farmacodinamica|farmacocinetica|farmacologia
        |proprieta farmacodinamiche|proprieta farmacocinetiche|come funziona|come agisce …|come funziona …
    """,
    "storage": """
        conservazione|periodo di validita|precauzioni particolari per la conservazione|come conservare …
    """,
    "ingredients": """
        composizione|composizione qualitativa e quantitativa|elenco degli eccipienti|eccipienti|principio attivo
        |principi attivi|cosa contiene …|contenuto della confezione e altre informazioni
    """,
    "faqs": "domande frequenti|domande e risposte",
}
OPEN = {
    "precautions": "cosa deve sapere prima di prendere …|cosa deve sapere prima di usare …",
    "dosage": "come prendere …|come usare …",
}
CONTAINERS = """
    panoramica|introduzione|riassunto|generalita|informazioni generali|informazioni|descrizione|informazioni cliniche
    |proprieta farmacologiche|informazioni farmaceutiche|sicurezza|altre informazioni|foglio illustrativo|monografia
"""
