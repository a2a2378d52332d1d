"""What the bot says in its own words, in each language it speaks, where a script says nothing else."""

from collections.abc import Mapping

from dialogs.questions.base import phrase

PHRASES: Mapping[str, Mapping[str, str]] = {
    "ask": {"en": "{label}?", "de": "{label}?", "es": "¿{label}?", "fr": "{label} ?"},
    "skip": {"en": "Skip", "de": "Überspringen", "es": "Omitir", "fr": "Passer"},
    "yes": {"en": "Yes", "de": "Ja", "es": "Sí", "fr": "Oui"},
    "no": {"en": "No", "de": "Nein", "es": "No", "fr": "Non"},
    "keep": {
        "en": "No, it's right as it is",
        "de": "Nein, es stimmt so",
        "es": "No, está bien así",
        "fr": "Non, c'est correct",
    },
    "back": {"en": "Sure, one step back.", "de": "Gern, einen Schritt zurück.", "es": "Claro, un paso atrás.", "fr": "D'accord, revenons en arrière."},
    "nothing_before": {
        "en": "This is the first question, there is nothing before it.",
        "de": "Das ist die erste Frage, davor kommt nichts.",
        "es": "Esta es la primera pregunta, no hay nada antes.",
        "fr": "C'est la première question, il n'y a rien avant.",
    },
    "skipped": {"en": "No problem, we'll leave that out.", "de": "Kein Problem, das lassen wir aus.", "es": "No pasa nada, lo dejamos.", "fr": "Pas de souci, on passe."},
    "cannot_skip": {
        "en": "I can't go on without this one, sorry.",
        "de": "Ohne diese Angabe komme ich leider nicht weiter.",
        "es": "Lo siento, sin este dato no puedo continuar.",
        "fr": "Désolé, je ne peux pas continuer sans cette réponse.",
    },
    "why": {
        "en": "It helps us give you an answer that fits you.",
        "de": "So können wir Ihnen eine passende Antwort geben.",
        "es": "Nos ayuda a darle una respuesta a su medida.",
        "fr": "Cela nous aide à vous donner une réponse adaptée.",
    },
    "why_consent": {
        "en": "We only do that with your yes, and you can take it back at any time.",
        "de": "Das tun wir nur mit Ihrem Ja, und Sie können es jederzeit zurücknehmen.",
        "es": "Solo lo hacemos si nos dice que sí, y puede retirarlo cuando quiera.",
        "fr": "Nous ne le faisons qu'avec votre accord, que vous pouvez retirer à tout moment.",
    },
    "stop": {
        "en": "All right, I'll stop here. Write again whenever you like.",
        "de": "In Ordnung, ich höre hier auf. Schreiben Sie einfach wieder, wenn Sie möchten.",
        "es": "De acuerdo, lo dejamos aquí. Escriba de nuevo cuando quiera.",
        "fr": "Très bien, j'arrête ici. Écrivez-moi quand vous voulez.",
    },
    "welcome_back": {
        "en": "Good to have you back. We were here:",
        "de": "Schön, dass Sie wieder da sind. Wir waren hier:",
        "es": "Qué bien que haya vuelto. Estábamos aquí:",
        "fr": "Ravi de vous revoir. Nous en étions ici :",
    },
    "person": {
        "en": "I've told the team that you would like to talk to a person.",
        "de": "Ich habe dem Team gesagt, dass Sie mit einem Menschen sprechen möchten.",
        "es": "He avisado al equipo de que quiere hablar con una persona.",
        "fr": "J'ai prévenu l'équipe que vous souhaitez parler à quelqu'un.",
    },
    "person_reach": {
        "en": "They can reach you at {contact}.",
        "de": "Sie erreichen Sie unter {contact}.",
        "es": "Pueden localizarle en {contact}.",
        "fr": "Ils peuvent vous joindre à {contact}.",
    },
    "person_no_contact": {
        "en": "So that they can reach you, please leave your e-mail address or phone number here.",
        "de": "Damit man Sie erreichen kann, lassen Sie bitte Ihre E-Mail-Adresse oder Telefonnummer hier.",
        "es": "Para que puedan localizarle, deje aquí su correo o su teléfono.",
        "fr": "Pour qu'ils puissent vous joindre, laissez ici votre e-mail ou votre téléphone.",
    },
    "help": {
        "en": "Just answer in your own words. You can also say: back, skip, repeat, why do you ask?, start over, stop, or \"a person, please\". To change an answer, say \"sorry, I meant …\".",
        "de": "Antworten Sie einfach in Ihren Worten. Sie können auch sagen: zurück, überspringen, wiederholen, warum fragen Sie?, von vorn, stopp oder „einen Menschen, bitte“. Um eine Antwort zu ändern: „Entschuldigung, ich meinte …“.",
        "es": "Responda con sus propias palabras. También puede decir: atrás, omitir, repetir, ¿por qué lo pregunta?, empezar de nuevo, parar o «una persona, por favor». Para cambiar una respuesta: «perdón, quería decir …».",
        "fr": "Répondez avec vos mots. Vous pouvez aussi dire : retour, passer, répéter, pourquoi cette question ?, recommencer, stop ou « une personne, s'il vous plaît ». Pour changer une réponse : « pardon, je voulais dire … ».",
    },
    "corrected": {
        "en": "Thanks, I've changed that to {value}.",
        "de": "Danke, ich habe es geändert: {value}.",
        "es": "Gracias, lo he cambiado: {value}.",
        "fr": "Merci, c'est modifié : {value}.",
    },
    "correct_what": {
        "en": "What would you like to change? For example: \"sorry, I meant 50\".",
        "de": "Was möchten Sie ändern? Zum Beispiel: „Entschuldigung, ich meinte 50“.",
        "es": "¿Qué desea cambiar? Por ejemplo: «perdón, quería decir 50».",
        "fr": "Que souhaitez-vous changer ? Par exemple : « pardon, je voulais dire 50 ».",
    },
    "unanswered": {
        "en": "I don't know that, sorry. Say \"a person, please\" if somebody should answer it.",
        "de": "Das weiß ich leider nicht. Sagen Sie „einen Menschen, bitte“, wenn es jemand beantworten soll.",
        "es": "Eso no lo sé, lo siento. Diga «una persona, por favor» si alguien debe responderlo.",
        "fr": "Je ne sais pas, désolé. Dites « une personne, s'il vous plaît » si quelqu'un doit y répondre.",
    },
    "person_for_question": {
        "en": "That is beyond me; I have told the team that you have a question.",
        "de": "Da bin ich überfragt; ich habe dem Team gesagt, dass Sie eine Frage haben.",
        "es": "Eso me supera; he avisado al equipo de que tiene una pregunta.",
        "fr": "Cela me dépasse ; j'ai prévenu l'équipe que vous avez une question.",
    },
    "way_out": {
        "en": "Let's leave that for now.",
        "de": "Lassen wir das erst einmal.",
        "es": "Dejémoslo por ahora.",
        "fr": "Laissons cela pour l'instant.",
    },
    "unsure": {
        "en": "That's all right, a rough guess is enough.",
        "de": "Das macht nichts, eine grobe Schätzung genügt.",
        "es": "No pasa nada, basta una idea aproximada.",
        "fr": "Ce n'est pas grave, une estimation suffit.",
    },
    "declines": {
        "en": "I understand.",
        "de": "Das verstehe ich.",
        "es": "Lo entiendo.",
        "fr": "Je comprends.",
    },
    "noted": {
        "en": "Thank you, I've noted {value}.",
        "de": "Danke, {value} ist notiert.",
        "es": "Gracias, he anotado {value}.",
        "fr": "Merci, j'ai noté {value}.",
    },
    "menu_lost": {
        "en": "I'm not sure I understand you, so I've asked a colleague to look in. You can also pick one of these.",
        "de": "Ich bin nicht sicher, ob ich Sie verstehe, und habe jemanden aus dem Team gebeten, dazuzukommen. Sie können auch eine der Möglichkeiten wählen.",
        "es": "No estoy seguro de entenderle; he pedido a un compañero que mire. También puede elegir una de estas opciones.",
        "fr": "Je ne suis pas sûr de vous comprendre ; j'ai demandé à un collègue de regarder. Vous pouvez aussi choisir une de ces réponses.",
    },
    "small_greeting": {"en": "Hello!", "de": "Hallo!", "es": "¡Hola!", "fr": "Bonjour !"},
    "small_thanks": {"en": "You're welcome!", "de": "Gern geschehen!", "es": "¡De nada!", "fr": "Avec plaisir !"},
    "small_goodbye": {
        "en": "Goodbye! Write again whenever you like.",
        "de": "Auf Wiedersehen! Schreiben Sie gern wieder.",
        "es": "¡Adiós! Escriba de nuevo cuando quiera.",
        "fr": "Au revoir ! Écrivez-moi quand vous voulez.",
    },
    "small_identity": {
        "en": "I'm {name}, an automated assistant. Say \"a person, please\" if you would rather talk to one of us.",
        "de": "Ich bin {name}, ein automatischer Assistent. Sagen Sie „einen Menschen, bitte“, wenn Sie lieber mit jemandem von uns sprechen.",
        "es": "Soy {name}, un asistente automático. Diga «una persona, por favor» si prefiere hablar con alguien del equipo.",
        "fr": "Je suis {name}, un assistant automatique. Dites « une personne, s'il vous plaît » si vous préférez parler à quelqu'un.",
    },
    "small_data": {
        "en": "That is your right; I've passed it on to the team, who will see to it.",
        "de": "Das ist Ihr gutes Recht; ich habe es dem Team weitergegeben, das sich darum kümmert.",
        "es": "Está en su derecho; lo he pasado al equipo, que se ocupará.",
        "fr": "C'est votre droit ; je l'ai transmis à l'équipe, qui s'en occupera.",
    },
    "language_here": {"en": "Gladly, in English.", "de": "Gern auf Deutsch.", "es": "Con gusto, en español.", "fr": "Volontiers, en français."},
    "language_missing": {
        "en": "I'm afraid I don't speak that here.",
        "de": "Das spreche ich hier leider nicht.",
        "es": "Lo siento, aquí no hablo ese idioma.",
        "fr": "Désolé, je ne parle pas cette langue ici.",
    },
    "pick_one": {
        "en": "Please pick one of these.",
        "de": "Bitte wählen Sie eine der Möglichkeiten.",
        "es": "Elija una de estas opciones, por favor.",
        "fr": "Choisissez l'une de ces réponses, s'il vous plaît.",
    },
    "too_long": {
        "en": "That is more than I can take as one answer. Could you say it in fewer words?",
        "de": "Das ist mehr, als ich als eine Antwort aufnehmen kann. Geht es kürzer?",
        "es": "Es más de lo que puedo tomar como una respuesta. ¿Puede decirlo más breve?",
        "fr": "C'est trop long pour une seule réponse. Pouvez-vous faire plus court ?",
    },
    "already": {
        "en": "You already have {title}; scroll up a little to find it.",
        "de": "{title} haben Sie schon; Sie finden es ein Stück weiter oben.",
        "es": "Ya tiene {title}; lo encontrará un poco más arriba.",
        "fr": "Vous avez déjà {title} ; remontez un peu pour le retrouver.",
    },
    "empty": {
        "en": "I'm sorry, there is none of {title} left.",
        "de": "Es tut mir leid, {title} ist vergriffen.",
        "es": "Lo siento, ya no queda {title}.",
        "fr": "Désolé, il n'y a plus de {title}.",
    },
    "disqualified": {
        "en": "Thank you for telling me. I'm afraid we are not the right fit for you at the moment.",
        "de": "Danke für die Auskunft. Leider passen wir im Moment nicht gut zu Ihnen.",
        "es": "Gracias por contármelo. Me temo que ahora mismo no somos lo que necesita.",
        "fr": "Merci de me l'avoir dit. Je crains que nous ne soyons pas faits pour vous pour le moment.",
    },
    "ended": {
        "en": "We have been through everything. Would you like to start again?",
        "de": "Wir sind mit allem durch. Möchten Sie noch einmal beginnen?",
        "es": "Ya lo hemos visto todo. ¿Quiere empezar de nuevo?",
        "fr": "Nous avons tout vu. Voulez-vous recommencer ?",
    },
    "restart": {"en": "Start again", "de": "Von vorn", "es": "Empezar de nuevo", "fr": "Recommencer"},
    "restarted": {"en": "From the top, then.", "de": "Also von vorn.", "es": "Desde el principio, entonces.", "fr": "Reprenons depuis le début."},
    "lost": {
        "en": "Sorry, I lost the thread there. Someone from the team has been told.",
        "de": "Entschuldigung, da habe ich den Faden verloren. Das Team weiß Bescheid.",
        "es": "Perdón, he perdido el hilo. El equipo ya lo sabe.",
        "fr": "Désolé, j'ai perdu le fil. L'équipe est prévenue.",
    },
    "broken": {
        "en": "Sorry, something went wrong on my side. Your answer is kept; could you try once more?",
        "de": "Entschuldigung, bei mir ist etwas schiefgegangen. Ihre Antwort ist notiert; versuchen Sie es bitte noch einmal.",
        "es": "Perdón, algo ha fallado por mi parte. Su respuesta está guardada; ¿puede intentarlo otra vez?",
        "fr": "Désolé, quelque chose s'est mal passé de mon côté. Votre réponse est gardée ; pouvez-vous réessayer ?",
    },
}  # fmt: skip


def say(key: str, language: str, **facts: str) -> str:
    """The bot's own sentence ``key``; raises ``KeyError`` for one that does not exist."""
    return phrase(PHRASES, key, language, **facts)
