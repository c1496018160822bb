"""French headings: of notes, of the notice and the résumé des caractéristiques du produit (QRD templates)."""

HEADINGS = {
    "warning": "avertissement principal|mise en garde principale",
    "key_facts": "l'essentiel|points cles|en bref",
    "uses": """
        indications therapeutiques|indication therapeutique|indications|indication|utilisation|utilisations
        |a quoi sert ce medicament|qu'est-ce que … et dans quels cas est-il utilise
        |qu'est-ce que … et dans quel cas est-il utilise|dans quels cas … est-il utilise
        |dans quel cas est-il utilise
    """,
    "do_not_take": """
        contre-indications|contre-indication|contre indications|ne pas utiliser|ne pas prendre|ne prenez jamais …
        |n'utilisez jamais …|ne prenez pas …|quand ne pas l'utiliser
    """,
    "precautions": """
        precautions|precautions d'emploi|mises en garde|avertissements|avertissements et precautions
        |mises en garde speciales et precautions d'emploi|mises en garde et precautions d'emploi
        |quand consulter un medecin|quand consulter
    """,
    "pregnancy": """
        grossesse|allaitement|grossesse et allaitement|fertilite, grossesse et allaitement
        |grossesse, allaitement et fertilite|fecondite, grossesse et allaitement
    """,
    "interactions": """
        interactions|interactions medicamenteuses|autres medicaments|autres medicaments et …
        |interactions avec d'autres medicaments et autres formes d'interactions
        |interactions avec d'autres medicaments
    """,
    "food_alcohol": """
        aliments et boissons|alcool|… avec des aliments, boissons et de l'alcool|… avec des aliments et boissons
        |aliments, boissons et alcool
    """,
    "driving": """
        conduite|conduite de vehicules|conduite de vehicules et utilisation de machines
        |effets sur l'aptitude a conduire des vehicules et a utiliser des machines
    """,
    "dosage": """
        posologie|posologie et mode d'administration|mode d'administration|dose|doses|dosage|mode d'emploi
        |administration|voie d'administration
    """,
    "missed_dose": """
        oubli d'une dose|dose oubliee|oubli d'une prise|si vous oubliez de prendre …|si vous oubliez d'utiliser …
        |en cas d'oubli
    """,
    "overdose": """
        surdosage|surdose|intoxication|en cas de surdosage|si vous avez pris plus de … que vous n'auriez du
        |si vous avez utilise plus de … que vous n'auriez du
    """,
    "stopping": """
        arret du traitement|arret|sevrage|si vous arretez de prendre …|si vous arretez d'utiliser …
    """,
    "side_effects": """
        effets indesirables|ei|effets secondaires|effet indesirable|effet secondaire|effets indesirables eventuels
        |quels sont les effets indesirables eventuels|quels sont les effets indesirables possibles
        |effets indesirables possibles|effets indesirables frequents|effets indesirables graves
    """,
    "monitoring": "surveillance|suivi|examens|controles|suivi biologique",
    "how_it_works": """
        mecanisme d'action|mode d'action|action|pharmacodynamie|pharmacocinetique|pharmacologie
        |proprietes pharmacodynamiques|proprietes pharmacocinetiques|comment agit …|comment ca marche
    """,
    "storage": """
        conservation|stockage|duree de conservation|precautions particulieres de conservation
        |comment conserver …
    """,
    "ingredients": """
        composition|composition qualitative et quantitative|liste des excipients|excipients|substance active
        |principe actif|principes actifs|ce que contient …|contenu de l'emballage et autres informations
    """,
    "faqs": "questions frequentes|foire aux questions|questions et reponses",
}
OPEN = {
    "precautions": """
        quelles sont les informations a connaitre avant de prendre …
        |quelles sont les informations a connaitre avant d'utiliser …
    """,
    "dosage": "comment prendre …|comment utiliser …",
}
CONTAINERS = """
    apercu|introduction|resume|generalites|informations generales|informations|description|donnees cliniques
    |proprietes pharmacologiques|donnees pharmaceutiques|securite|autres informations|notice|monographie
    |informations cliniques
"""
