"""What a visitor can always say: back, skip, repeat, why, stop, start over, a person, the bot, help, "sorry, I meant …".

Recognised by the whole message, so that "stop" is a wish and "non-stop flights" an answer. Scripts may add phrases.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from dialogs.hesitating import read_hesitation
from dialogs.language.affirmation import polarity
from dialogs.language.correction_wordings import corrected_in
from dialogs.language.plain_words import plain_words
from dialogs.language.vocabulary import word_set
from dialogs.language.wish_wordings import wish_in
from dialogs.script import Script


class Wish(StrEnum):
    """What the visitor wants of the bot, whatever is being asked."""

    BACK = "back"
    SKIP = "skip"
    REPEAT = "repeat"
    WHY = "why"
    STOP = "stop"
    RESTART = "restart"
    PERSON = "person"
    HELP = "help"
    BOT = "bot"
    """The bot, instead of the person of ours who talks."""


class Correction(NamedTuple):
    """ "Sorry, I meant 50": what was said instead, and how sure it is that a correction was meant."""

    rest: str
    """What is to hold instead."""
    certain: bool
    said: str
    """The whole message: it may name the answer that is meant ("change my e-mail to …")."""


PATTERNS = (*Wish, "correct", "unanswered", "way_out", "ended", "claimed", "joined", "nobody_free")
"""Names a script's ``patterns`` section may use."""

_PHRASES: Mapping[Wish, str] = {
    Wish.BACK: (
        "back|go back|step back|one step back|previous|previous question|undo|take me back|i want to go back|can we go back"
        "|can i go back|zuruck|zuruck bitte|einen schritt zurück|vorherige frage|atras|volver|volver atras|vuelve atras"
        "|pregunta anterior|retour|revenir|revenir en arriere|precedent|question precedente|en arriere"
    ),
    Wish.SKIP: (
        "skip|skip it|skip this|skip that|skip this question|pass|next|next question|next one|no comment|i'd rather not say"
        "|rather not say|i would rather not say|prefer not to say|i prefer not to say|not saying|uberspringen|weiter"
        "|nachste frage|keine angabe|mochte ich nicht sagen|omitir|saltar|saltar pregunta|siguiente|paso|prefiero no decirlo"
        "|passer|passe|suivant|question suivante|je prefere ne pas repondre"
    ),
    Wish.REPEAT: (
        "repeat|repeat that|repeat please|say that again|say it again|can you repeat|can you repeat that|could you repeat that"
        "|come again|what was the question|what did you ask|pardon|wiederholen|nochmal|noch mal|noch einmal|noch einmal bitte"
        "|was war die frage|wie bitte|repetir|repite|repita|repita por favor|otra vez|puede repetir|cual era la pregunta"
        "|repeter|repete|repetez|pouvez-vous repeter|vous pouvez repeter|quelle etait la question"
    ),
    Wish.WHY: (
        "why|why do you ask|why do you ask that|why do you need that|why do you need this|why do you want to know"
        "|why do you want that|why would you need that|what for|what do you need that for|what do you need it for"
        "|why are you asking|why is that important|why should i tell you|why does that matter|why do you need to know"
        "|why do you need to know that|why do you need my email|why do you need my phone number|why do you need my name"
        "|warum|wieso|weshalb|wozu|wofur|warum fragst du|warum fragen sie|wozu brauchst du das|wozu brauchen sie das"
        "|warum wollen sie das wissen|warum willst du das wissen|warum brauchen sie das|por que|para que|por que lo pregunta"
        "|por que preguntas|por que lo preguntas|para que lo quieren|para que lo necesitan|por que necesita eso"
        "|pourquoi|pourquoi cette question|pourquoi demandez-vous ca|pourquoi demandez-vous cela|pourquoi vous demandez ca"
        "|pour quoi faire"
    ),
    Wish.STOP: (
        "stop|stop it|stop this|stop please|please stop|quit|exit|cancel|enough|leave me alone|i want to stop|end chat|end"
        "|unsubscribe|bye|goodbye|no more questions|stopp|aufhoren|abbrechen|ende|schluss|genug|lass mich in ruhe|tschuss"
        "|parar|para|basta|cancelar|salir|terminar|adios|dejame en paz|arreter|arrete|arretez|annuler|quitter|fin|assez"
        "|au revoir|laissez-moi tranquille"
    ),
    Wish.RESTART: (
        "restart|start over|start again|begin again|from the beginning|from the start|reset|let's start over|can we start over"
        "|neu starten|neustart|von vorn|von vorn beginnen|von vorne|noch mal von vorn|neu anfangen|reiniciar|empezar de nuevo"
        "|volver a empezar|desde el principio|recommencer|redemarrer|depuis le debut|on recommence"
    ),
    Wish.PERSON: (
        "human|a human|a human please|person|a person|a person please|real person|a real person|agent|live agent|an agent"
        "|operator|representative|sales rep|talk to a human|talk to a person|talk to someone|talk to a real person"
        "|talk to sales|talk to an agent|speak to a human|speak to a person|speak to someone|speak to a real person"
        "|speak to an agent|speak with a human|speak with someone|speak with a person|chat with a human|chat with a person"
        "|i want a human|i want a person|i want to talk to a human|i want to talk to a person|i want to talk to someone"
        "|i want to speak to a human|i want to speak to someone|i want to speak to a person|i need a human|i need a person"
        "|i'd like to talk to a person|i'd like to talk to someone|i'd like to speak to someone|i'd like to talk to a human"
        "|can i talk to a human|can i talk to a person|can i talk to someone|can i talk to a real person"
        "|can i speak to a human|can i speak to someone|can i speak to a person|can i speak to a real person"
        "|could i talk to someone|could i speak to someone|could i talk to a person|let me talk to a human"
        "|let me talk to a person|let me speak to someone|connect me to a human|connect me to a person"
        "|connect me with someone|get me a human|get me a person|give me a human|human please|person please|agent please"
        "|i don't want to talk to a bot|not a bot|real human|a real human|an actual person|actual person|customer service"
        "|mensch|ein mensch|einen menschen|einen menschen bitte|menschen|jemanden|eine person bitte|person bitte|ein mensch bitte|mitarbeiter|einen mitarbeiter|echte person|berater"
        "|mit einem menschen sprechen|mit jemandem sprechen|ich mochte mit einem menschen sprechen"
        "|ich mochte mit jemandem sprechen|kann ich mit einem menschen sprechen|kann ich mit jemandem sprechen"
        "|humano|un humano|una persona por favor|agente|un agente|hablar con una persona"
        "|hablar con alguien|hablar con un agente|quiero hablar con una persona|quiero hablar con alguien"
        "|puedo hablar con alguien|puedo hablar con una persona|humain|un humain|une personne s'il vous plait"
        "|un conseiller|conseiller|parler a quelqu'un|parler a une personne|parler a un humain|parler a un conseiller"
        "|je veux parler a quelqu'un|je veux parler a une personne|je voudrais parler a quelqu'un"
    ),
    Wish.HELP: (
        "help|help me|help please|what can i say|what can i do|how does this work|i need help|commands|options|menu|hilfe"
        "|was kann ich sagen|wie geht das|wie funktioniert das|ich brauche hilfe|ayuda|ayudame|como funciona|que puedo decir"
        "|aide|aidez-moi|aide-moi|comment ca marche|que puis-je dire|j'ai besoin d'aide"
    ),
    Wish.BOT: (
        "back to the bot|back to bot|bot please|the bot please|give me the bot|give me the bot back|talk to the bot"
        "|i want the bot|i want the bot back|i'd rather talk to the bot|i would rather talk to the bot|can i have the bot back"
        "|can i talk to the bot|continue with the bot|go back to the bot|i want to go back to the bot"
        "|zuruck zum bot|zum bot zuruck|bot bitte|lieber den bot|lieber mit dem bot|weiter mit dem bot|ich mochte den bot"
        "|ich mochte zuruck zum bot|mit dem bot weitermachen|volver al bot|prefiero el bot|el bot por favor"
        "|quiero volver al bot|hablar con el bot|seguir con el bot|revenir au bot|retour au bot|je prefere le bot"
        "|le bot s'il vous plait|je veux revenir au bot|parler au bot|continuer avec le bot"
    ),
}

_POLITE = re.compile(
    r"^(?:please|pls|bitte|por favor|s'il vous plait|ok|okay|um|uh|hey|hi|well|oh|no|sorry|entschuldigung|perdon|pardon) "
    r"| (?:please|pls|plz|bitte|por favor|s'il vous plait|svp|thanks|thank you|danke|gracias|merci)$"
)
_PERSON = re.compile(
    r"\b(?:(?:talk|speak|chat|connect|transfer|put)(?: me)? (?:to|with|through to) (?:a |an |some |your |the |somebody |someone )?"
    r"(?:in |from )?(?:real |live |actual )?(?:human|person|someone|somebody|agent|people|sales|rep|representative|colleague|team)s?"
    r"|mit (?:einem |einer |jemandem? )?(?:echten |richtigen )?(?:menschen?|jemandem?|mitarbeiter(?:in)?|person|berater(?:in)?|kollegen|vertrieb)?"
    r" ?(?:sprechen|reden|telefonieren|schreiben|verbinden)"
    r"|hablar con (?:una? )?(?:persona|humano|alguien|agente|asesora?|comercial)"
    r"|parler (?:a|avec) (?:une? )?(?:humain|personne|quelqu'un|conseill\w+|commercial\w*))\b"
)
_WHY = re.compile(
    r"^(?:(?:but|and|so|um|well|aber|und|pero|mais) )?"
    r"(?:why (?:do|would|should|does|must|is|are|you)\b.{0,40}\b(?:need|ask|asking|want|require|collect|know|tell|matter|important|give|do that|necessary)\b"
    r"|what(?:'?s| is| do you need| do you want| would you do| do you do)? (?:that|this|it|my [\w -]+|the [\w -]+)? ?(?:for|with (?:it|that|my [\w -]+))$"
    r"|(?:warum|wieso|wozu|weshalb|wofur)\b.{0,50}\b(?:braucht?|brauchen|brauchst|fragt?|fragen|fragst|wissen|wollt?|wollen|willst|angeben|notig|wichtig)\b"
    r"|muss (?:das|ich das)(?: wirklich)? (?:sein|angeben|sagen)$"
    r"|(?:por|para) que .{0,40}\b(?:necesita\w*|pregunta\w*|quiere\w*|pide\w*)"
    r"|pourquoi .{0,40}\b(?:demand\w*|besoin|voul\w*|savoir|faut))"
)

_LONGEST_WISH = 80
_POLITE_WORDS = word_set(
    """
    please pls plz bitte por favor vous plait svp thanks you thank danke gracias merci ok okay um uh hey hi well
    oh no sorry entschuldigung perdon pardon s'il
    """
)
_PERSON_WORDS = word_set(
    """
    human person someone somebody agent agents people sales rep reps representative colleague colleagues team
    humans persons sprechen reden telefonieren schreiben verbinden persona humano alguien agente asesor asesora
    comercial humain personne quelqu'un conseiller conseillere commercial commerciale
    """
)
_WHY_WORDS = word_set(
    """
    why what what's whats warum wieso wozu weshalb wofur muss por para pourquoi
    """
)


def read_wish(script: Script, said: str) -> Wish | None:
    """The wish that the whole of a message expresses, or None. ``said`` is the message in plain words."""
    if len(said) > _LONGEST_WISH:
        return None
    wish = _phrases_of(script).get(said)
    if wish is not None:
        return wish
    if " " not in said:
        return _in_other_words(script, said)
    words = said.split()
    if words[0] in _POLITE_WORDS or words[-1] in _POLITE_WORDS:
        wish = _phrases_of(script).get(_POLITE.sub("", said))
    if (
        wish is None
        and not _PERSON_WORDS.isdisjoint(words)
        and Wish.PERSON in _wishes_of(script)
        and _PERSON.search(said)
    ):
        return Wish.PERSON
    return wish or _in_other_words(script, said)


def _in_other_words(script: Script, said: str) -> Wish | None:
    """The wish in wordings beyond the phrases. The "why" among them comes after the FAQ, see ``asks_why``."""
    found = wish_in(said)
    wish = Wish(found) if found is not None else None
    return wish if wish is not Wish.WHY and wish in _wishes_of(script) else None


def asks_why(script: Script, said: str) -> bool:
    """Whether a longer question, in plain words, asks for our reason: "why do you need my number"."""
    if len(said) > _LONGEST_WISH or " " not in said or Wish.WHY not in _wishes_of(script):
        return False
    asks = not _WHY_WORDS.isdisjoint(said.split()) and bool(_WHY.match(said))
    return asks or wish_in(said) == Wish.WHY.value


def read_correction(text: str) -> Correction | None:
    """The correction that ``text`` is ("sorry, I meant 50"), or None."""
    found = corrected_in(text)
    if found is None or (not found.certain and _answers_instead(text, found.rest)):
        return None
    return Correction(found.rest, found.certain, text)


def _answers_instead(text: str, rest: str) -> bool:
    """Whether "sorry, no" and the like belong to the open question: nobody takes an answer back with them."""
    if rest.rstrip().endswith("?") or read_hesitation(rest) is not None:
        return True
    return "sorry" in text[: len(text) - len(rest)].lower() and polarity(rest, "en") is not None


@lru_cache(maxsize=256)
def _wishes_of(script: Script) -> frozenset[Wish]:
    """The wishes that the script has not turned off."""
    return frozenset(_phrases_of(script).values())


@lru_cache(maxsize=256)
def _phrases_of(script: Script) -> Mapping[str, Wish]:
    """Every phrase that script's visitors may say, folded, with the wish it expresses."""
    phrases = dict(_BUILTIN)
    for wish in Wish:
        pattern = script.patterns.get(wish.value)
        if pattern is None:
            continue
        if pattern.off:
            phrases = {phrase: meant for phrase, meant in phrases.items() if meant is not wish}
        else:
            phrases |= {plain_words(phrase): wish for phrase in pattern.phrases}
    return phrases


_BUILTIN = {plain_words(phrase): wish for wish, phrases in _PHRASES.items() for phrase in phrases.split("|")}
