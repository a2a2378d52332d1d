"""What people say instead of a name: insults, "none of your business", "skip it", and what they do ("I advise")."""

from collections.abc import Sequence

from dialogs.language.vocabulary import word_set

_RUDE = word_set(
    """
    fuck fucking fucker fuckoff motherfucker asshole arsehole idiot bitch bastard cunt wanker twat shit
    bullshit dumbass scumbag
    arschloch ficken wichser hurensohn verpiss idiotin trottel vollidiot scheisse scheiss miststuck
    mierda gilipollas cabron idiota imbecil pendejo puta puto joder cono capullo
    merde connard connasse salaud putain enculer foutre encule salope abruti cretin
    """
)
"""Words that no name has in it."""
_PHRASES = frozenset(
    phrase.strip()
    for phrase in """
    moron|jerk|loser|prick|fick dich|go away|get lost|piss off|bugger off|sod off|screw you
    |leave me alone|shut up|you suck|stupid bot|dumb bot|go to hell
    |none of your business|not your business|mind your own business|it's none of your business|that's private
    |not telling|not telling you|i'm not telling|won't tell|won't say|not saying|not giving it|rather not|no name
    |no answer|no comment|not applicable|skip it|skip this|skip that|skip please|pass on this|not now|not important
    |doesn't matter|who cares|bite me|nice try|just looking|just browsing
    |geht dich nichts an|geht sie nichts an|geht euch nichts an|das geht dich nichts an|das geht sie nichts an
    |sag ich nicht|sage ich nicht|verrate ich nicht|lass mich in ruhe|lassen sie mich in ruhe|halt die klappe|leck mich
    |leck mich am arsch|hau ab|keine angabe|keine angaben|kein name|kein kommentar|uberspringen|weiter bitte
    |nicht wichtig|zieh leine|halt's maul|dummer bot|bloder bot
    |no te importa|no le importa|a ti que te importa|dejame en paz|dejeme en paz|callate|vete al diablo|sin nombre
    |no lo digo|largate|saltar|omitir
    |ca ne vous regarde pas|ca te regarde pas|ca ne te regarde pas|pas vos affaires|fichez moi la paix|fiche moi la paix
    |ta gueule|ferme la|laisse moi tranquille|laissez moi tranquille|sans nom
    """.replace("\n", " ").split("|")
)
"""Whole answers, folded, that dismiss the question."""
_SUBJECTS = word_set("i ich wir we yo je nous nosotros")


def is_dismissal(words: Sequence[str]) -> bool:
    """Whether folded words, without punctuation, are a refusal or an insult rather than what was asked for."""
    return " ".join(words) in _PHRASES or not _RUDE.isdisjoint(words)


def is_deed(written: str) -> bool:
    """Whether a text says what somebody does: "I advise", "ich studiere"; "I Wayan" is a name."""
    first, _, rest = written.replace("j'", "je ", 1).partition(" ")
    return first.casefold() in _SUBJECTS and rest.lstrip()[:1].islower()
