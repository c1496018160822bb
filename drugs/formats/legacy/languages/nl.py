"""Dutch headings: of notes, of the bijsluiter and the samenvatting van de productkenmerken (QRD templates)."""

HEADINGS = {
    "warning": "belangrijkste waarschuwing",
    "key_facts": "in het kort|kernpunten|belangrijkste punten",
    "uses": """
        therapeutische indicaties|indicaties|indicatie|toepassing|toepassingen|waarvoor
        |waarvoor wordt dit middel gebruikt|wat is … en waarvoor wordt dit middel gebruikt
        |wat is … en waarvoor wordt het gebruikt|waarvoor wordt … gebruikt
    """,
    "do_not_take": """
        contra-indicaties|contra-indicatie|contraindicaties|niet gebruiken|niet gebruiken bij
        |wanneer mag u dit middel niet gebruiken|wanneer mag u … niet gebruiken|wanneer mag u … niet innemen
    """,
    "precautions": """
        voorzorgsmaatregelen|waarschuwingen|waarschuwingen en voorzorgen|bijzondere waarschuwingen
        |bijzondere waarschuwingen en voorzorgen bij gebruik|voorzorgen
        |wanneer moet u extra voorzichtig zijn met dit middel|wanneer moet u extra voorzichtig zijn met …
        |wanneer naar de dokter
    """,
    "pregnancy": """
        zwangerschap|borstvoeding|zwangerschap en borstvoeding|vruchtbaarheid, zwangerschap en borstvoeding
        |zwangerschap, borstvoeding en vruchtbaarheid
    """,
    "interactions": """
        interacties|interactie|wisselwerkingen|wisselwerking|andere geneesmiddelen
        |interacties met andere geneesmiddelen en andere vormen van interactie|interacties met andere geneesmiddelen
        |gebruikt u nog andere geneesmiddelen
    """,
    "food_alcohol": """
        eten en drinken|alcohol|voedsel, drank en alcohol|waarop moet u letten met eten, drinken en alcohol
        |waarop moet u letten met eten en drinken
    """,
    "driving": """
        rijvaardigheid|rijvaardigheid en het gebruik van machines
        |beinvloeding van de rijvaardigheid en het vermogen om machines te bedienen
        |rijvaardigheid en het gebruiken van machines
    """,
    "dosage": """
        dosering|dosering en wijze van toediening|wijze van toediening|dosis|doseringen|toediening
        |gebruiksaanwijzing
    """,
    "missed_dose": """
        vergeten dosis|gemiste dosis|bent u vergeten dit middel in te nemen|bent u vergeten dit middel te gebruiken
        |bent u vergeten … in te nemen|bent u vergeten … te gebruiken
    """,
    "overdose": """
        overdosering|overdosis|vergiftiging|heeft u te veel van dit middel ingenomen
        |heeft u te veel van dit middel gebruikt|heeft u te veel van … ingenomen
    """,
    "stopping": """
        stoppen|staken|afbouwen|als u stopt met het innemen van dit middel|als u stopt met het gebruik van dit middel
        |als u stopt met het innemen van …|als u stopt met het gebruik van …
    """,
    "side_effects": """
        bijwerkingen|bijwerking|mogelijke bijwerkingen|ongewenste effecten|ernstige bijwerkingen
        |vaak voorkomende bijwerkingen
    """,
    "monitoring": "controles|controle|onderzoeken|bloedonderzoek",
    "how_it_works": """
        werking|werkingsmechanisme|hoe werkt het|farmacodynamiek|farmacokinetiek|farmacologie
        |farmacodynamische eigenschappen|farmacokinetische eigenschappen|hoe werkt …
    """,
    "storage": """
        bewaren|opslag|houdbaarheid|speciale voorzorgsmaatregelen bij bewaren|hoe bewaart u dit middel
        |hoe bewaart u …
    """,
    "ingredients": """
        samenstelling|kwalitatieve en kwantitatieve samenstelling|lijst van hulpstoffen|hulpstoffen|werkzame stof
        |werkzame stoffen|welke stoffen zitten er in dit middel|welke stoffen zitten er in …
        |inhoud van de verpakking en overige informatie
    """,
    "faqs": "veelgestelde vragen|vragen en antwoorden",
}
OPEN = {
    "precautions": """
        wanneer mag u dit middel niet gebruiken of moet u er extra voorzichtig mee zijn
        |wanneer mag u … niet gebruiken of moet u er extra voorzichtig mee zijn
    """,
    "dosage": "hoe gebruikt u dit middel|hoe neemt u dit middel in|hoe gebruikt u …|hoe neemt u … in",
}
CONTAINERS = """
    overzicht|inleiding|samenvatting|algemeen|algemene informatie|informatie|beschrijving|klinische gegevens
    |farmacologische eigenschappen|farmaceutische gegevens|veiligheid|overige informatie|bijsluiter
"""
