"""Words of a language model in German and Dutch, French, Spanish, Portuguese and Italian; see speech_words."""

GERMANIC = {
    "me": "ich ik",
    "self": "ich ik",
    "us_me": "mir mich mij me",
    "my": "mein meine meinem meinen meiner meines mijn",
    "you": "sie ihnen du dir u je jij",
    "your": "ihr ihre ihrem ihren ihrer ihres dein deine deinem deinen deiner uw jouw",
    "not": "nicht kein keine keinen keiner keinem keines keinerlei nichts außerstande ablehnen verzichte verzichten"
    " weigere unmöglich fehlt fehlen ontbreekt verweigern unterlassen niet geen niets weigeren weiger afwijzen"
    " onmogelijk",
    "sorry": "leid leider entschuldigung bedaure helaas spijt sorry excuses",
    "can": "kann könnte darf werde will muss möchte soll würde konnte kan mag wil zal moet zou",
    "be": "bin ist sind war ben is zijn was",
    "have": "habe hatte liegen liegt heb had",
    "task": "schreiben verfassen verfasse schreibe erstellen erstelle bereitstellen beantworten beantworte"
    " zusammenfassen fasse wiedergeben ausformulieren formulieren formuliere weiterhelfen generieren liefern"
    " erläutern erklären beschreiben beschreibe eingehen nennen helfen ausbauen ergänzen überarbeiten"
    " erweitern kürzen verraten preisgeben schrijven opstellen verstrekken beantwoorden genereren samenvatten"
    " geven leveren beschrijven uitleggen helpen aanvullen uitbreiden herschrijven toevoegen ingaan",
    "did": "erzeugt generiert gegenereerd aangemaakt zusammengefasst weggelassen ergänzt erstellt geschrieben"
    " formatiert überarbeitet gekürzt erweitert gegliedert formuliert verfasst angepasst ausgelassen"
    " beschränkt gehalten freigelassen übernommen aufgeführt strukturiert berücksichtigt orientiert befolgt"
    " eingehalten samengevat weggelaten geschreven opgesteld ingekort aangepast toegevoegd beperkt gevolgd"
    " gestructureerd opgemaakt opgenomen gehouden",
    "text": "abschnitt abschnitte abschnitten überschrift überschriften text texte textes vorlage format gliederung"
    " monografie monographie seite stichpunkte stichpunkten fassung struktur entwurf zusammenfassung artikel"
    " antwort antworten inhalt inhalte überblick übersicht version unterlagen ausgabe aufbau tekst sectie"
    " secties rubriek rubrieken kop koppen sjabloon formaat structuur pagina versie hoofdstuk hoofdstukken"
    " inhoud samenvatting antwoord overzicht opmaak",
    "info": "informationen information angaben auskunft details daten anleitung dazu hierzu darüber hierüber"
    " informatie gegevens hierover daarover",
    "source": "datenbank datenbanken quellen echtzeit internet zugriff trainingsdaten wissensstand kenntnisstand wissen"
    " richtlinien trainiert training databank databases database toegang bronnen trainingsgegevens getraind"
    " kennis",
    "request": "anfrage anfragen eingabe eingaben prompt frage thema vorgabe vorgaben anweisung anweisungen auftrag"
    " aufgabe nutzer nutzerin verzoek vraag instructies opdracht invoer onderwerp gebruiker",
    "name": "name namen wirkstoff wirkstoffs arzneimittel medikament präparat naam geneesmiddel middel stof",
    "asked": "gewünscht gewünschte gewünschten gewünschter gewünschtes angefordert angeforderte angeforderten erbeten"
    " erbetene gefragt genannt genannten eingegeben übermittelt gevraagde gevraagd opgevraagde gewenste"
    " ingevoerd opgegeven",
    "found": "gefunden vorliegen gevonden bekannt",
    "assistant": "assistent assistentin ki-assistent",
    "how": "wie zoals",
    "revised": "überarbeitete überarbeitet herschreven herziene korrigierte gewünschte aangepaste verbeterde"
    " zusammengefasste",
    "bot": "sprachmodell sprachmodelle chatbot sprachassistent taalmodel",
    "ai": "ki intelligenz intelligentie",
    "as": "als",
    "sure": "natürlich gerne selbstverständlich sicher klar natuurlijk zeker",
    "hope": "hoffe hoop",
    "helps": "hilfreich hilft nuttig helpt weiter",
    "context": "kontext context",
    "please": "bitte gerne gern alstublieft graag",
    "here": "hier nachfolgend folgend",
    "auto": "automatisch maschinell",
    "know": "bescheid sag sagen zeg wissen weten mitteilen teilen laten lassen melden geben nennen senden schicken"
    " geef noem stuur",
    "care": "arzt ärztin ärzte arztes apotheker apothekerin apotheke krankenkasse klinik patient patienten patientin"
    " behandler kinderarzt hausarzt arts artsen dokter huisarts apotheek patiënt patiënten",
    "body": "schlucken schlafen einnehmen nehme tablette tabletten schmerzen tropfen innemen slikken pijn slapen",
}
ROMANCE = {
    "me": "dispongo disponho je j' puedo podría debo tengo lamento siento prefiero estoy yo posso poderia devo"
    " tenho sinto prefiro estou sou consigo desculpe ho sono riesco preferisco temo eu io désolé désolée"
    " désolés lamentamos sento",
    "he": "he",
    "self": "je j' yo eu io",
    "us_me": "me m' moi indíqueme indíquame dígame dime forneça envíe diga",
    "you": "vous tu usted você lei",
    "mine": "mi mon ma mes mis meu meus minha minhas mia miei mie mio",
    "your": "votre vos ton tes su sus tu tus sua suas seu seus tua tue suo sue vostra",
    "not": "manque falta manca faltan pas aucun aucune impossible refuser refuse décliner regrette incapable no"
    " ningún ninguna ninguno imposible lamento siento não nao nenhum nenhuma impossível recusar desculpe non"
    " nessun nessuna impossibile rifiutare dispiace désolé désolée rechazar declinar declinare autorisé"
    " permitido autorizado consentito permesso sin sem",
    "task": "insérer insertar inserir inserire ajudar rédiger fournir générer répondre écrire résumer créer détailler"
    " compléter proposer élaborer développer reformuler donner décrire expliquer aider traiter aborder ajouter"
    " rédige fournis compléterai redactar escribir proporcionar generar responder describir explicar dar"
    " ofrecer crear resumir completar facilitar elaborar ampliar añadir ayudarle ayudarte ayudar continuar"
    " procesar escrever redigir fornecer gerar descrever oferecer criar acrescentar reescrever reescribir"
    " processar scrivere fornire redigere generare rispondere descrivere spiegare dare creare riassumere"
    " completare aiutare aiutarti aiutarla elaborare ampliare aggiungere riscrivere continuare",
    "did": "généré générée generado generada gerado gerada generato generata facilitado résumé omis rédigé structuré"
    " suivi laissé limité regroupé conservé ajouté complété adapté reformulé inclus respecté abrégé écrit"
    " condensé organisé repris redactado resumido omitido seguido estructurado dejado incluido limitado"
    " mantenido escrito elaborado adaptado completado evitado añadido agregado agrupado reescrito redigido"
    " estruturado deixado incluído mantido seguito riassunto omesso redatto strutturato lasciato incluso"
    " mantenuto scritto adattato sintetizzato inserito",
    "idid": "omiti resumi redigi segui mantive escrevi incluí inclui estruturei adaptei deixei elaborei organizei"
    " acrescentei resumí omití redacté seguí mantuve dejé",
    "text": "section sections rubrique rubriques fiche texte format modèle plan structure titre titres page version"
    " monographie paragraphe paragraphes réponse contenu résumé synthèse sección secciones ficha formato texto"
    " plantilla estructura apartado apartados títulos monografía página resumen contenido respuesta seção"
    " secção seções secções seccção modelo estrutura resumo conteúdo resposta monografia tabela tabla tabelas"
    " tablas sezione sezioni scheda testo modello struttura titoli pagina paragrafo paragrafi versione"
    " contenuto risposta tabella tabelle borrador rascunho bozza brouillon",
    "info": "informations information données donnée détails renseignements información datos detalles informações"
    " informacao informação dados detalhes informazioni dati dettagli posologie",
    "source": "bases internet accès entraînement connaissances sources acceso fuentes entrenamiento conocimientos"
    " acesso fontes treinamento treino conhecimento conhecimentos accesso banche fonti addestramento"
    " conoscenze entraîné entrenado treinado addestrato",
    "request": "demande requête question consigne consignes instructions invite prompt sujet solicitud petición"
    " instrucciones consulta pregunta tema pedido solicitação instruções pergunta richiesta istruzioni domanda"
    " argomento utilisateur usuario utente utilizador usuário",
    "name": "nom nombre nome substance principio princípio médicament medicamento medicinale farmaco",
    "asked": "transmis transmise transmises envoyé demandé demandée demandés demandées souhaité souhaitée fourni"
    " fournie fournis fournies solicitado solicitada solicitados solicitadas pedida pedidos proporcionado"
    " proporcionada fornecido fornecida fornecidos fornecidas richiesto richiesta richiesti richieste fornito"
    " fornita forniti fornite",
    "found": "trouvé trouver encontrado encontrei trovato faltam faltan encontrar dispongo disponho dispose",
    "have": "ai avoir tener ter avere",
    "be": "suis",
    "can": "peux puis pourrai dois vais",
    "sorry": "désolé désolée désolés lamento siento desculpe dispiace navré",
    "assistant": "assistant assistante asistente assistente",
    "how": "comme conforme como come",
    "revised": "corregido corregida revisado revisada riveduta rivista corretto corretta corrigé corrigée remanié"
    " remaniée révisé révisée revisto reescrito reescrita tienes",
    "bot": "langage lenguaje linguagem linguistico",
    "ai": "ia intelligence inteligencia inteligência intelligenza",
    "as": "tant como come quanto",
    "sure": "sûr claro supuesto certo certamente naturellement",
    "hope": "espero espère spero",
    "helps": "útil utile aide ayuda ajude",
    "context": "contexto contexte contesto",
    "please": "veuillez merci pouvez pourriez favor favore prego indichi hésitez",
    "auto": "automatiquement automáticamente automaticamente",
    "know": "dire decir dizer dirmi decirme dizer-me savoir saber sapere préciser fournir indiquer donner communiquer",
    "que": "que che",
    "want": "voulez souhaitez quiere quieres desea deseja quer vuole vuoi desidera",
    "here": "ici qui voici ci-dessous aquí aqui ecco segue continuación siguiente",
    "care": "médecin médecins pharmacien pharmaciens patient patients ordonnance médico farmacéutico farmacêutico"
    " pacientes paciente receta medico farmacista pazienti paziente ricetta",
    "body": "dormir boire avaler comprimé comprimés pastillas conducir dormire guidare beber leite",
}
