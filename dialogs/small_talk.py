"""What people say to be kind, or to find out whom they talk to: greetings, thanks, "are you a bot?", another language.

None of it answers a question, and none of it is a wish; it is met with a word of its own.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from dialogs.language.plain_words import plain_words
from dialogs.language.vocabulary import word_set


class SmallTalk(StrEnum):
    """Kinds of small talk; each has a phrase of the same name (``small_greeting``)."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    IDENTITY = "identity"
    """Who or what the bot is."""
    DATA = "data"
    """What is stored, or to have it deleted: for people to answer."""


_SAID: Mapping[SmallTalk, str] = {
    SmallTalk.GREETING: (
        "hi|hello|hey|hiya|hi there|hello there|hey there|good morning|good afternoon|good evening|greetings|howdy|yo"
        "|hallo|guten tag|guten morgen|guten abend|moin|servus|gruß gott|gruss gott|gruezi|hallo zusammen|hi mia"
        "|hola|buenos dias|buenas tardes|buenas noches|buenas|que tal|bonjour|bonsoir|salut|coucou|👋|🙂|😊|😀"
    ),
    SmallTalk.THANKS: (
        "thanks|thank you|thanks a lot|thank you very much|many thanks|thx|ty|cheers|great thanks|ok thanks|okay thanks"
        "|perfect thanks|thanks so much|much appreciated|danke|danke schon|dankeschon|vielen dank|danke sehr|besten dank"
        "|ok danke|super danke|merci vielmals|gracias|muchas gracias|mil gracias|ok gracias|merci|merci beaucoup"
        "|ok merci|grand merci|🙏|👍 thanks"
    ),
    SmallTalk.GOODBYE: (
        "bye|bye bye|goodbye|good bye|see you|see you later|see ya|ciao|that's all|that is all|i'm done|im done"
        "|tschuss|auf wiedersehen|bis bald|bis dann|das ist alles|das war's|das wars|adios|hasta luego|hasta pronto|chao"
        "|eso es todo|au revoir|a bientot|c'est tout"
    ),
    SmallTalk.IDENTITY: (
        "are you a bot|are you a robot|are you human|are you a human|are you real|are you a real person|are you an ai"
        "|is this a bot|is this a robot|am i talking to a bot|am i talking to a robot|am i talking to a human|who are you"
        "|what are you|what's your name|what is your name|whats your name|who am i talking to|is anybody there"
        "|bist du ein bot|bist du ein roboter|bist du ein mensch|bist du echt|sind sie ein bot|sind sie ein roboter"
        "|sind sie ein mensch|wer bist du|wer sind sie|wie heißt du|wie heissen sie|ist das ein bot|ist hier jemand"
        "|eres un bot|eres un robot|eres humano|eres humana|es usted un robot|quien eres|quien es usted|como te llamas"
        "|es-tu un robot|tu es un robot|vous etes un robot|etes-vous un robot|etes-vous humain|qui es-tu|qui etes-vous"
        "|comment t'appelles-tu|comment vous appelez-vous"
    ),
    SmallTalk.DATA: (
        "delete my data|delete my information|erase my data|remove my data|forget me|delete everything about me"
        "|what data do you have|what do you know about me|what do you store|show me my data|gdpr"
        "|losch meine daten|loschen sie meine daten|meine daten loschen|vergiss mich|welche daten habt ihr"
        "|welche daten haben sie|dsgvo|borra mis datos|borren mis datos|elimina mis datos|olvidame"
        "|supprimez mes donnees|effacez mes donnees|oubliez-moi|rgpd"
    ),
}

_LANGUAGES: Mapping[str, str] = {
    "en": "english|ingles|englisch|anglais",
    "de": "deutsch|german|aleman|allemand",
    "es": "espanol|spanish|spanisch|espagnol|castellano",
    "fr": "francais|french|franzosisch|frances",
    "it": "italiano|italian|italienisch|italien",
    "pt": "portugues|portuguese|portugiesisch|portugais",
    "nl": "nederlands|dutch|niederlandisch|neerlandais",
    "pl": "polski|polish|polnisch|polonais",
    "ru": "russian|russisch|russe|ruso",
    "zh": "chinese|chinesisch|chinois|chino",
    "ar": "arabic|arabisch|arabe",
}
_ASKED_FOR = re.compile(
    r"^(?:(?:can|could|may) (?:we|i|you) (?:please )?(?:speak|talk|chat|write|switch to|do this in|have this in)(?: in)?"
    r"|(?:do|does) (?:you|it) speak|(?:please )?(?:in|speak|switch to|write in)|konnen wir|kann ich|geht das auch|geht es auch"
    r"|sprechen sie|sprichst du|auf|bitte auf|lieber|podemos hablar(?: en)?|hablas|habla usted|en|peut-on parler"
    r"|parlez-vous|tu parles)?\s*(?:auf |in |en )?(?P<language>[\w]+)"
    r"(?: (?:please|bitte|por favor|s'il vous plait|sprechen|reden|schreiben|instead|auch|better|gerne?))*$"
)
_LONGEST = 60
_WORDINGS = (
    (
        SmallTalk.GREETING,
        re.compile(
            r"(?:hi|hey|hello|hallo|hola|bonjour|salut|good (?:morning|afternoon|evening)|guten (?:tag|morgen|abend))"
            r" (?:there|again|bot|all|everyone|everybody|guys|team|friend|zusammen|mia|a todos|a tous)"
        ),
    ),
    (
        SmallTalk.THANKS,
        re.compile(
            r"(?:(?:ok|okay|great|perfect|super) )?(?:thanks|thank you|thx)(?: (?:so|very) much| again| a (?:lot|bunch|million))?"
            r"(?: for (?:your|the|all your) (?:help|info|information|time|answer))?(?: (?:mia|bot))?"
            r"|(?:danke|vielen dank)(?: (?:fur (?:die|ihre|deine) (?:hilfe|info|antwort)|nochmals?|euch|ihnen|dir))?"
            r"|(?:muchas |mil )?gracias(?: por (?:tu|su|la) (?:ayuda|informacion))?"
            r"|merci(?: (?:beaucoup|bien))?(?: pour (?:votre|ton|ta|l')? ?(?:aide|information))?"
        ),
    ),
    (
        SmallTalk.IDENTITY,
        re.compile(
            r"(?:are|r) (?:you|u) (?:really |actually |just )?(?:a |an )?(?:real |live |actual )?(?:human being|human|person|bot"
            r"|chat ?bot|robot|machine|computer|ai|chatgpt|gpt|automated|real)"
            r"|is (?:this|that|it) (?:a |an )?(?:real |live )?(?:person|human|bot|chat ?bot|robot|machine|ai|chatgpt|automated)"
            r"|am i (?:really )?(?:talking|speaking|chatting|writing) (?:to|with) (?:a |an )?(?:real |live )?"
            r"(?:person|human|human being|bot|chat ?bot|robot|machine|ai|computer)"
            r"|who (?:is this|am i (?:speaking|chatting|writing) (?:to|with)|are you exactly)"
        ),
    ),
    (
        SmallTalk.DATA,
        re.compile(
            r"(?:please |can you (?:please )?|i want (?:you )?to |you (?:must|should) )?(?:delete|erase|remove|forget)(?: all)?(?: of)?"
            r" (?:my|the|everything about) (?:data|personal data|information|info|details|account|me)(?: please)?"
            r"|(?:please )?(?:remove|delete) me(?: from (?:your|the) (?:list|database|system|mailing list|records))(?: please)?"
            r"|what (?:data|information|personal data)(?: about me)? do you (?:store|have|keep|collect|save)(?: about me| on me)?"
            r"|what (?:do|will|happens) (?:you do )?(?:with|to) my (?:data|information|details)|how do you (?:use|handle) my data"
            r"|(?:gdpr|dsgvo|rgpd)(?: request)?"
            r"|(?:bitte )?losch\w*(?: sie)?(?: bitte)? (?:alle )?meine daten|was (?:passiert mit|macht ihr mit|machen sie mit)"
            r" meinen daten|(?:borr|elimin)\w+ (?:todos )?mis datos|(?:supprim|effac)\w+ (?:toutes )?mes donnees"
        ),
    ),
)
"""Other wordings of small talk, in plain words."""
_FIRST_WORDS = word_set(
    """
    hi hey hello hallo hola bonjour salut good guten thanks thank thx danke dank gracias merci are r is am who delete
    erase remove forget data daten datos donnees information info gdpr dsgvo rgpd
    """
)
"""Words of which each of these has one."""


def read_small_talk(text: str) -> SmallTalk | None:
    """The small talk that the whole of ``text`` is, or None."""
    if len(text) > _LONGEST:
        return None
    said = plain_words(text)
    kind = _KINDS.get(said) or _KINDS.get(text.strip())
    if kind is not None or " " not in said or _FIRST_WORDS.isdisjoint(said.split()):
        return kind
    return next((kind for kind, pattern in _WORDINGS if pattern.fullmatch(said)), None)


def read_language_wish(said: str) -> str | None:
    """The language (ISO 639-1) that the visitor would rather speak, or None. ``said`` is the message in plain words."""
    if len(said) > _LONGEST or not any(word in _LANGUAGE_NAMES for word in said.split()):
        return None
    match = _ASKED_FOR.match(said)
    return _LANGUAGE_NAMES.get(match["language"]) if match else None


def language_named(words: str) -> str | None:
    """The language (ISO 639-1) of which this is a name, or None."""
    return _LANGUAGE_NAMES.get(plain_words(words[:_LONGEST]))


_KINDS = {plain_words(said) or said: kind for kind, all_said in _SAID.items() for said in all_said.split("|")}
_LANGUAGE_NAMES = {name: code for code, names in _LANGUAGES.items() for name in names.split("|")}
