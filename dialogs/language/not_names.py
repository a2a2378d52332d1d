"""Words that tell what is no name: answers, questions, small talk, and how sentences go on after "I'm"."""

from collections.abc import Mapping
from functools import cache
from unicodedata import is_normalized

from dialogs.language.affirmation import stance
from dialogs.language.dismissals import is_deed, is_dismissal
from dialogs.language.folding import fold, fold_words
from dialogs.language.introductions import words_alone, words_around
from dialogs.language.number_words import LEXICONS, look_up
from dialogs.language.vocabulary import word_set

_NO_NAMES = word_set(
    """
    hi hello hey there good morning evening afternoon guten tag morgen abend buenos dias buenas tardes noches maybe
    back tomorrow vielleicht hallo hola bonjour salut thanks thank danke gracias merci please bitte why what who how
    when where which warum was wer wie wann porque que quien como pourquoi quoi qui comment quand test none nobody
    anonymous anonym nothing nichts nada rien skip help hilfe stop me myself yo ich moi you sir madam user customer
    guest n/a na idk dunno later quit exit bye tschuss adios lol haha hmm hm um asdf qwerty secret geheim
    """
)
_SENTENCE = word_set(
    """
    i you we they he she it your our is are was were am have has had want need would could should like know think
    tell give show don't dont can't won't not this that these what how why pricing price cost looking interested
    help please ich sie wir ist bin habe hast haben mochte will wollen nicht kein keine das wie warum preis kosten
    quiero necesito tengo puedo eso esto cuanto como por precio usted je vous nous suis veux voudrais peux pas est
    combien prix c'est j'ai
    """
)
_AFTER_I_AM = word_set(
    """
    a an the not no from in at on just here looking interested sorry busy fine good great ok okay well sure happy
    tired new only also still so very really your your's afraid trying thinking working using going called curious
    wondering ready done back alone bored confused human nobody lost open available based hungry glad right it that
    what ein eine einer der die das nicht kein aus auf im am hier neu nur auch noch gerade interessiert mude
    beschaftigt sicher un una el la los de del en muy solo aqui nuevo nueva interesado interesada seguro segura une
    le les pas du chez ici tres interesse interessee desole desolee nouveau sur
    """
)
_COURTESY = word_set("please thanks thank you danke gracias merci bitte way sir sure not no nicht pas")
_ALSO_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("roger", "kay", "simon", "noe", "will", "love", "ye", "noel"), ""),
    **{"jo": "de", "dale": "es", "vale": "es", "nan": "fr"},
}
"""Words that say yes or no and are names too, with the language in which they are rather an answer."""
_DETERMINERS = word_set("the a an this that these those my our your some any about around in on at within after before")
"""What begins a phrase and no name; where it is written in lower case, for "The Edge" is one."""
_NUMBER_WORDS = frozenset(word for words in LEXICONS.values() for word in words)
_BETWEEN_NUMBERS = word_set("and und y et of de a an")
_NUMBERS_AND_NAMES = word_set(
    "neuf quinto octavo noveno seis dos par mil vier elf cr k m b g t acht ten point dot paar"
)
"""Number words that people are called by, or that are too short to tell."""
_MOST_WORDS = 9
_FEW_WORDS = 3


def is_plainly_a_name(text: str, language: str) -> bool:
    """Whether a text is one to three words of which nothing is known but that they may be a name: "Ada Lovelace".

    The everyday answer, told without a closer look: every word that might mean something else makes it doubtful.
    """
    words = words_alone(text, _FEW_WORDS)
    if not words or not _words_with_a_meaning().isdisjoint(words) or not is_normalized("NFC", text):
        return False
    if is_dismissal(words):
        return False
    return not is_an_answer(text, language)


@cache
def _words_with_a_meaning() -> frozenset[str]:
    return words_around("name") | _NO_NAMES | _SENTENCE | _ALSO_NAMES.keys() | _DETERMINERS | _NUMBER_WORDS


def is_no_name(text: str) -> bool:
    """Whether a text is small talk or part of a sentence rather than somebody's name."""
    words = [word.strip(".,") for word in fold(text).split()]
    if all(word in _NO_NAMES for word in words) or len(words) > _MOST_WORDS or is_deed(text):
        return True
    if is_dismissal([word.strip("!?-\"'") for word in words]):
        return True
    if text.islower() and len(words) > 1 and words[0] in _DETERMINERS:
        return True
    if all(word in _NUMBER_WORDS or look_up(word, "de") for word in words if word not in _BETWEEN_NUMBERS):
        return len(words) > 1 or words[0] not in _NUMBERS_AND_NAMES
    return len(words) > 2 and any(word in _SENTENCE for word in words)


def goes_on_after_i_am(text: str) -> bool:
    """Whether "I'm" and this text make a sentence about something else: "not sure", "from Berlin", "looking for"."""
    words = fold(text).split()
    return bool(words) and (words[0].strip(".,!") in _AFTER_I_AM or (words[0].endswith("ing") and len(words) > 1))


def is_an_answer(text: str, language: str) -> bool:
    """Whether somebody said yes, no or "I don't know" where a name was asked for."""
    words = fold_words(text).split()
    if len(words) == 1 and words[0] in _ALSO_NAMES:
        return _ALSO_NAMES[words[0]] == language
    if len(words) > 1 and text.istitle() and not any(word.strip(",.!") in _COURTESY for word in words):
        return False
    said = stance(text, language)
    return said.says is not None or said.mixed or said.unsure
