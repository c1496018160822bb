"""German headings: of notes, of Gebrauchsinformation and Fachinformation (QRD templates)."""

HEADINGS = {
    "warning": "wichtigster warnhinweis|rote-hand-brief|warnhinweis mit rahmen",
    "key_facts": "das wichtigste|kurz gefasst|auf einen blick|steckbrief|das wichtigste in kurze",
    "uses": """
        anwendungsgebiete|anwendungsgebiet|indikation|indikationen|anwendung|verwendung|einsatzgebiete|einsatz
        |wofur es verwendet wird|therapeutische indikationen|was ist … und wofur wird es angewendet
        |was ist … und wofur wird es eingenommen|wofur wird … angewendet|anwendungsbereiche
    """,
    "do_not_take": """
        gegenanzeigen|gegenanzeige|kontraindikation|kontraindikationen|ki|wann nicht anwenden|nicht anwenden
        |nicht anwenden bei|nicht geeignet fur|… darf nicht eingenommen werden|… darf nicht angewendet werden
        |wann darf … nicht eingenommen werden|absolute kontraindikationen|… darf nicht eingenommen werden, wenn
    """,
    "precautions": """
        vorsichtsmassnahmen|warnhinweise|warnungen|warnhinweise und vorsichtsmassnahmen|vorsicht|hinweise und vorsicht
        |besondere warnhinweise und vorsichtsmassnahmen fur die anwendung|besondere vorsicht|wann zum arzt
        |wann sie zum arzt gehen sollten|sicherheitshinweise
    """,
    "pregnancy": """
        schwangerschaft und stillzeit|schwangerschaft|stillzeit|schwangerschaft, stillzeit und fortpflanzungsfahigkeit
        |fertilitat, schwangerschaft und stillzeit|schwangerschaft, stillzeit und zeugungs-/gebarfahigkeit
        |schwangerschaft/stillzeit
    """,
    "interactions": """
        wechselwirkungen|wechselwirkung|interaktionen|interaktion|arzneimittelwechselwirkungen
        |wechselwirkungen mit anderen arzneimitteln
        |wechselwirkungen mit anderen arzneimitteln und sonstige wechselwirkungen
        |einnahme von … zusammen mit anderen arzneimitteln|anwendung von … zusammen mit anderen arzneimitteln
    """,
    "food_alcohol": """
        nahrungsmittel und alkohol|alkohol|essen und trinken|speisen und getranke
        |einnahme von … zusammen mit nahrungsmitteln, getranken und alkohol
        |einnahme von … zusammen mit nahrungsmitteln und getranken
    """,
    "driving": """
        verkehrstuchtigkeit|verkehrstuchtigkeit und fahigkeit zum bedienen von maschinen|fahrtuchtigkeit|autofahren
        |auswirkungen auf die verkehrstuchtigkeit und die fahigkeit zum bedienen von maschinen
        |verkehrstuchtigkeit und das bedienen von maschinen
    """,
    "dosage": """
        dosierung|dosis|dosen|dosierung und anwendung|dosierung und art der anwendung|art der anwendung|einnahme
        |anwendungshinweise|verabreichung|dosierungsanleitung
    """,
    "missed_dose": """
        vergessene einnahme|vergessene dosis|einnahme vergessen|wenn sie die einnahme von … vergessen haben
        |wenn sie die anwendung von … vergessen haben
    """,
    "overdose": """
        uberdosierung|uberdosis|vergiftung|intoxikation
        |wenn sie eine grossere menge von … eingenommen haben, als sie sollten
        |wenn sie eine grossere menge … eingenommen haben, als sie sollten
        |wenn sie eine grossere menge von … angewendet haben, als sie sollten
    """,
    "stopping": """
        absetzen|beenden der einnahme|ausschleichen|entzug|wenn sie die einnahme von … abbrechen
        |wenn sie die anwendung von … abbrechen
    """,
    "side_effects": """
        nebenwirkungen|nebenwirkung|uaw|unerwunschte wirkungen|unerwunschte arzneimittelwirkungen|uaws
        |mogliche nebenwirkungen|welche nebenwirkungen sind moglich|welche nebenwirkungen kann … haben
        |haufige nebenwirkungen|schwere nebenwirkungen|schwerwiegende nebenwirkungen|seltene nebenwirkungen
    """,
    "monitoring": "kontrollen|kontrolluntersuchungen|uberwachung|laborkontrollen|untersuchungen|monitoring",
    "how_it_works": """
        wirkung|wirkungsweise|wirkmechanismus|wirkungsmechanismus|wie es wirkt|pharmakodynamik|pharmakologie
        |pharmakokinetik|pharmakodynamische eigenschaften|pharmakokinetische eigenschaften|wie wirkt …
    """,
    "storage": """
        aufbewahrung|lagerung|haltbarkeit|dauer der haltbarkeit|besondere vorsichtsmassnahmen fur die aufbewahrung
        |wie ist … aufzubewahren
    """,
    "ingredients": """
        zusammensetzung|inhaltsstoffe|bestandteile|wirkstoff|wirkstoffe|hilfsstoffe|sonstige bestandteile
        |qualitative und quantitative zusammensetzung|liste der sonstigen bestandteile|was … enthalt
        |inhalt der packung und weitere informationen
    """,
    "faqs": "haufige fragen|haufig gestellte fragen|fragen und antworten|fragen",
}
OPEN = {
    "precautions": """
        was sollten sie vor der einnahme von … beachten|was sollten sie vor der anwendung von … beachten
        |was mussen sie vor der einnahme von … beachten
    """,
    "dosage": "wie ist … einzunehmen|wie ist … anzuwenden|wie wird … eingenommen|wie wird … angewendet",
}
CONTAINERS = """
    uberblick|ubersicht|einleitung|einfuhrung|zusammenfassung|allgemeines|allgemeine informationen|informationen
    |beschreibung|grundlagen|klinische angaben|pharmakologische eigenschaften|pharmazeutische angaben|klinik
    |sicherheit|weitere informationen|gebrauchsinformation|packungsbeilage|fachinformation|produktinformation
"""
