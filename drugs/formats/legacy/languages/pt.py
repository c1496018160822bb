"""Portuguese headings: of notes, of the folheto informativo, the bula and the resumo das características do medicamento
(QRD templates).
"""

HEADINGS = {
    "warning": "aviso principal|advertencia principal|aviso mais importante",
    "key_facts": "pontos-chave|pontos chave|o essencial|em resumo",
    "uses": """
        indicacoes terapeuticas|indicacoes|indicacao|usos|utilizacao|para que serve|uso
        |o que e … e para que e utilizado|para que e utilizado|para que este medicamento e indicado
        |para que e utilizado …|para que serve …
    """,
    "do_not_take": """
        contraindicacoes|contra-indicacoes|contraindicacao|nao tome|nao tomar|nao usar|nao use|nao tome …
        |nao utilize …|quando nao devo usar este medicamento
    """,
    "precautions": """
        precaucoes|advertencias|advertencias e precaucoes|advertencias e precaucoes especiais de utilizacao
        |cuidados|quando procurar o medico|o que devo saber antes de usar este medicamento
    """,
    "pregnancy": """
        gravidez|amamentacao|aleitamento|gravidez e amamentacao|gravidez e aleitamento|gravidez e lactacao
        |gravidez, amamentacao e fertilidade|fertilidade, gravidez e aleitamento
    """,
    "interactions": """
        interacoes|interaccoes|interacoes medicamentosas|outros medicamentos|outros medicamentos e …
        |interacoes com outros medicamentos|interacoes medicamentosas e outras formas de interacao
    """,
    "food_alcohol": """
        alimentos e bebidas|alcool|alimentos, bebidas e alcool|… com alimentos, bebidas e alcool
        |… com alimentos e bebidas
    """,
    "driving": """
        conducao|conducao de veiculos|conducao de veiculos e utilizacao de maquinas
        |efeitos sobre a capacidade de conduzir e utilizar maquinas
    """,
    "dosage": """
        posologia|posologia e modo de administracao|dose|doses|dosagem|modo de administracao|administracao
        |modo de usar|via de administracao|como devo usar este medicamento
    """,
    "missed_dose": """
        dose esquecida|esquecimento de dose|caso se tenha esquecido de tomar …|caso se tenha esquecido de utilizar …
        |o que devo fazer quando eu me esquecer de usar este medicamento
    """,
    "overdose": """
        sobredosagem|superdosagem|superdose|overdose|intoxicacao|se tomar mais … do que deveria
        |se utilizar mais … do que deveria
    """,
    "stopping": "interrupcao do tratamento|suspensao|descontinuacao|se parar de tomar …|se parar de utilizar …",
    "side_effects": """
        efeitos indesejaveis|efeitos secundarios|efeitos adversos|efeitos colaterais|reacoes adversas
        |efeitos secundarios possiveis|quais os males que este medicamento pode me causar
        |efeitos secundarios frequentes|efeitos secundarios graves
    """,
    "monitoring": "monitorizacao|monitoramento|controlos|exames|vigilancia",
    "how_it_works": """
        mecanismo de acao|modo de acao|acao|farmacodinamica|farmacocinetica|farmacologia
        |propriedades farmacodinamicas|propriedades farmacocineticas|como funciona|como este medicamento funciona
        |como funciona …
    """,
    "storage": """
        conservacao|armazenamento|prazo de validade|precaucoes especiais de conservacao|como conservar …
    """,
    "ingredients": """
        composicao|composicao qualitativa e quantitativa|lista dos excipientes|excipientes|substancia ativa
        |principio ativo|principios ativos|qual a composicao de …|conteudo da embalagem e outras informacoes
    """,
    "faqs": "perguntas frequentes|perguntas e respostas",
}
OPEN = {
    "precautions": "o que precisa de saber antes de tomar …|o que precisa de saber antes de utilizar …",
    "dosage": "como tomar …|como utilizar …",
}
CONTAINERS = """
    resumo|introducao|generalidades|informacoes gerais|informacao geral|descricao|informacoes clinicas
    |propriedades farmacologicas|informacoes farmaceuticas|seguranca|outras informacoes|folheto informativo|bula
    |monografia
"""
