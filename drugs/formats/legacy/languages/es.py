"""Spanish headings: of notes, of the prospecto and the ficha técnica (QRD templates)."""

HEADINGS = {
    "warning": "advertencia principal|advertencia mas importante|recuadro de advertencia",
    "key_facts": "lo esencial|puntos clave|datos clave|en resumen",
    "uses": """
        indicaciones terapeuticas|indicaciones|indicacion|usos|uso|para que se utiliza|usos terapeuticos
        |que es … y para que se utiliza|para que sirve|para que se utiliza …|para que sirve …
    """,
    "do_not_take": """
        contraindicaciones|contraindicacion|no tome|no tomar|no usar|no use|cuando no tomarlo|no tome …|no use …
    """,
    "precautions": """
        precauciones|advertencias|advertencias y precauciones|advertencias y precauciones especiales de empleo
        |precauciones especiales|cuando acudir al medico|cuando consultar al medico
    """,
    "pregnancy": """
        embarazo|lactancia|embarazo y lactancia|fertilidad, embarazo y lactancia|embarazo, lactancia y fertilidad
    """,
    "interactions": """
        interacciones|interaccion|interacciones medicamentosas|interacciones farmacologicas|otros medicamentos
        |interaccion con otros medicamentos y otras formas de interaccion|interacciones con otros medicamentos
        |otros medicamentos y …|toma de … con otros medicamentos|uso de … con otros medicamentos
    """,
    "food_alcohol": """
        alimentos y bebidas|alcohol|alimentos, bebidas y alcohol|toma de … con alimentos, bebidas y alcohol
        |toma de … con alimentos y bebidas|uso de … con alimentos, bebidas y alcohol
    """,
    "driving": """
        conduccion|conduccion y uso de maquinas|efectos sobre la capacidad para conducir y utilizar maquinas
        |conduccion de vehiculos
    """,
    "dosage": """
        posologia|posologia y forma de administracion|dosis|dosificacion|forma de administracion|modo de empleo
        |administracion|modo de administracion|dosis y administracion|via de administracion
    """,
    "missed_dose": "dosis olvidada|olvido de una dosis|si olvido tomar …|si olvido usar …",
    "overdose": """
        sobredosis|sobredosificacion|intoxicacion|en caso de sobredosis|si toma mas … del que debe
        |si toma mas … de la que debe|si usa mas … del que debe
    """,
    "stopping": """
        suspension del tratamiento|interrupcion del tratamiento|retirada|si interrumpe el tratamiento con …
    """,
    "side_effects": """
        efectos adversos|efectos secundarios|reacciones adversas|efecto adverso|posibles efectos adversos
        |efectos no deseados|efectos indeseables|efectos adversos frecuentes|efectos adversos graves
        |reacciones adversas medicamentosas|ram
    """,
    "monitoring": "monitorizacion|controles|seguimiento|analisis|vigilancia|pruebas",
    "how_it_works": """
        mecanismo de accion|modo de accion|accion|farmacodinamia|farmacocinetica|farmacologia
        |propiedades farmacodinamicas|propiedades farmacocineticas|como funciona|como actua …|como funciona …
    """,
    "storage": """
        conservacion|almacenamiento|periodo de validez|precauciones especiales de conservacion
        |conservacion de …
    """,
    "ingredients": """
        composicion|composicion cualitativa y cuantitativa|lista de excipientes|excipientes|principio activo
        |principios activos|composicion de …|contenido del envase e informacion adicional
    """,
    "faqs": "preguntas frecuentes|preguntas y respuestas",
}
OPEN = {
    "precautions": """
        que necesita saber antes de empezar a tomar …|que necesita saber antes de empezar a usar …
        |antes de tomar …
    """,
    "dosage": "como tomar …|como usar …",
}
CONTAINERS = """
    resumen|introduccion|generalidades|informacion general|informacion|descripcion|datos clinicos
    |propiedades farmacologicas|datos farmaceuticos|seguridad|otra informacion|prospecto|ficha tecnica|monografia
"""
