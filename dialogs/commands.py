"""What a visitor may ask for on any channel by a command or a button that belongs to no step: stop, a person, another
language, what we know of them, to be forgotten, to go on elsewhere.

Commands come as the key of a button, so that no wording of theirs can be taken for an answer, in any language.
"""

from dialogs import phrases
from dialogs.answering import open_step
from dialogs.asking import pose_again
from dialogs.crossing import offer_crossing
from dialogs.desk.talking import leave_for_the_bot
from dialogs.draft import Draft
from dialogs.effects import Say
from dialogs.going_on import announce_text
from dialogs.going_over import walk_again
from dialogs.granting import grant, restart, speak_instead
from dialogs.outcomes import default_target, hand_off
from dialogs.questions.base import Option
from dialogs.small_talk import language_named
from dialogs.state import Status
from dialogs.wishes import Wish

WISH = "wish."
"""What the key of a command begins with that is a wish: ``wish.stop``."""
LANGUAGE = "language:"
"""Before the language that is to be spoken; nothing behind it asks which."""
MY_DATA = "my_data"
FORGET_ME = "forget_me"
FORGET_YES = "forget_me.yes"
"""The visitor is sure: whoever runs the conversation erases it, the engine can only pass it on to people."""
FORGET_NO = "forget_me.no"
CROSS = "cross:"
"""Before the channel on which the visitor wants to go on."""

_NAMES = {
    "en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "it": "Italiano", "pt": "Português",
    "nl": "Nederlands", "pl": "Polski", "ru": "Русский", "zh": "中文", "ar": "العربية",
}  # fmt: skip
_ENDS_A_TALK = (Wish.STOP, Wish.RESTART)


def obey(draft: Draft, key: str) -> bool:
    """Do what a command says; False when the key is none of a command, or is for the person who talks."""
    if key.startswith(WISH):
        return _grant(draft, key.removeprefix(WISH))
    if draft.status is Status.TALKING and not key.startswith((MY_DATA, FORGET_ME, CROSS)):
        return False
    if key.startswith(LANGUAGE):
        _speak(draft, key.removeprefix(LANGUAGE))
    elif key.startswith(CROSS):
        offer_crossing(draft, key.removeprefix(CROSS))
    elif key == MY_DATA:
        _tell_data(draft)
    elif key in (FORGET_ME, FORGET_YES, FORGET_NO):
        _forget(draft, key)
    else:
        return False
    return True


def _grant(draft: Draft, name: str) -> bool:
    try:
        wish = Wish(name)
    except ValueError:
        return False
    if draft.status is Status.TALKING:
        if wish not in _ENDS_A_TALK:
            return False
        leave_for_the_bot(draft, Status.STOPPED)
    if wish is Wish.REPEAT and draft.status is Status.ENDED:
        restart(draft)
    elif wish is Wish.REPEAT and draft.step not in draft.script.steps:
        walk_again(draft)
    elif wish is Wish.RESTART:
        restart(draft)
    else:
        grant(draft, wish)
    return True


def _speak(draft: Draft, words: str) -> None:
    """Go on in another language of the script's, or ask which."""
    languages = draft.script.languages
    language = next((one for one in languages if one.lower() == words.strip().lower()), None) or language_named(words)
    if language is not None:
        speak_instead(draft, language)
        return
    choices = tuple(Option(f"{LANGUAGE}{one}", _NAMES.get(one, one)) for one in languages)
    draft.say(Say(text=phrases.say("which_language", draft.language), choices=choices))


def _tell_data(draft: Draft) -> None:
    """What the visitor has told in this conversation, as people read it."""
    language, lines = draft.language, []
    for name, field in draft.script.fields.items():
        value = draft.answers.get(name)
        if value is not None:
            lines.append(f"{draft.words(field.label)}: {field.type.show(value, field.options, language)}")
    for purpose, record in draft.consents.items():
        lines.append(f"{purpose.replace('_', ' ')}: {phrases.say('yes' if record.given else 'no', language)}")
    head = phrases.say("my_data" if lines else "my_data_none", language)
    choices = (Option(FORGET_ME, phrases.say("forget_me", language)),)
    draft.say(Say(text="\n".join((head, *lines)), choices=choices))


def _forget(draft: Draft, key: str) -> None:
    """Ask whether they are sure; who is, and is not erased by whoever runs the conversation, is passed on to people."""
    language = draft.language
    if key == FORGET_ME:
        yes, no = phrases.say("forget_yes", language), phrases.say("forget_no", language)
        choices = (Option(FORGET_YES, yes), Option(FORGET_NO, no))
        draft.say(Say(text=phrases.say("forget_sure", language), choices=choices))
    elif key == FORGET_YES:
        hand_off(draft, "data", default_target(draft), "Asks about their data, or to have it deleted", None)
        announce_text(draft, phrases.say("small_data", language))
    else:
        announce_text(draft, phrases.say("forget_kept", language))
        step = open_step(draft)
        if step is not None and draft.status is Status.ASKING:
            pose_again(draft, step)
