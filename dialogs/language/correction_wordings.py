"""How people take back what they said: "sorry, I meant 50", "could you change my e-mail to ...", "60, not 50"."""

import re
from functools import cache
from typing import NamedTuple

from dialogs.language.affirmation import polarity
from dialogs.language.vocabulary import word_set


class Corrected(NamedTuple):
    """What is to hold instead, and how sure it is that a correction was meant."""

    rest: str
    certain: bool


_POINTS = " ,.!:;-…"
_NAMED = (
    r"(?:(?:first |last |full |family |company |work |business |mobile |phone |e-?mail )?"
    r"(?:e-?mail|mail|address|phone|number|mobile|cell|name|surname|company|employer|website|site|url|domain|budget"
    r"|size"
    r"|team|headcount|count|amount|spend|answer|reply|response|choice|date|day|time|timeline|deadline|rating|score"
    r"|country|city|role|title|position|industry|seats|users|people|adresse|nummer|telefonnummer|handynummer|namen?"
    r"|firma|antwort|teamgr[oö](?:ß|ss)e|correo|tel[eé]fono|nombre|empresa|presupuesto|respuesta|fecha|adresse"
    r"|num[eé]ro"
    r"|nom|pr[eé]nom|soci[eé]t[eé]|entreprise|r[eé]ponse)(?: (?:size|address|number|name|adresse|nummer))?)"
)
"""What people call the answers they gave; other things they want changed are no business of ours."""
_FRAMED = (
    r"(?:(?:(?:can|could|would|may) (?:you|we|i)(?: please)?|i(?:'d| would)? (?:like|want|need|have) to|let me|let us"
    r"|let's|please|kannst du|k[oö]nnen sie|k[oö]nnten sie|ich (?:m[oö]chte|will|w[uü]rde gerne?)|puedes?|podr[ií]as?"
    r"|quiero|quisiera|(?:pouvez|peux)-(?:vous|tu)|je (?:veux|voudrais)) )?"
    rf"(?:(?:change|correct|update|fix|edit|switch|set) (?:that|it|(?:(?:my|the|our|your) )?{_NAMED})(?: to| with"
    rf"| into|:)"
    rf"|(?:cambiar|corregir) (?:mi|el|la) {_NAMED} (?:a|por)|(?:changer|corriger) (?:mon|ma|le|la) {_NAMED} (?:en"
    rf"|par|pour)"
    rf"|(?:meine?n?|unsere?n?|die|das|den) {_NAMED} (?:auf|in|zu)(?= .* [aä]ndern))"
)
_TAKEN_BACK = (
    r"(?:scratch|strike|ignore|forget|disregard) that|i take (?:that|it) back|on second thoughts?"
    r"|let me (?:correct|rephrase|fix|change|redo)(?: (?:that|it|this|my (?:last )?answer))?"
    r"|i made a (?:mistake|typo|slip)(?: (?:in|with|on) (?:my|the) [^:,]{2,20})?"
    r"|i (?:misspelled|misspelt|mistyped|misspoke|mixed up)(?: (?:my|the) [^,:]{2,20})?"
    r"|i got (?:my|the) [^,:]{2,20} wrong|(?:quatsch|falsch|vertippt)"
)
_SAID_BEFORE = (
    r"(?:earlier )?(?:i|we) (?:said|told you|wrote|typed|put|entered) [^,]{1,40}?,? but (?:i |we )?"
    r"(?:meant|mean|it(?:'s| is)|it should be|we(?:'re| are)|now it(?:'s| is))"
)
_IS_WRONG = (
    rf"(?:my|our|the|that|meine?|die) {_NAMED} (?:(?:is|was|ist|war) (?:wrong|incorrect|misspelled|outdated|falsch)"
    r"|should (?:be|have been|read|say))"
)
_CERTAIN = (
    r"^\s*(?:(?:oh|ah|oops|whoops|ups|no|hmm|wait|hang on|hold on|actually|well|sorry about that|sorry|my bad"
    r"|my mistake|excuse me|apologies|nein|moment|warte|entschuldigung|perd[oó]n"
    r"|espera|pardon|d[eé]sol[eé]e?|attendez|non|oups)[\s,.!:;-]++)*+"
    rf"(?:{_FRAMED}|{_TAKEN_BACK}|{_SAID_BEFORE}|{_IS_WRONG}"
    r"|i (?:actually )?mean[t]?(?: to (?:say|write|type))?|i (?:wanted|meant) to (?:say|write|type)|correction"
    r"|make (?:that|it)"
    r"|(?:please )?(?:change|correct|update) (?:that|it|(?:my|the|our) [^:]{2,40}?)(?: to|:)|(?:my"
    r"|our) [^:]{2,30}? (?:is|are) actually|should (?:be|have been)|(?:that|it) should (?:be|have been)"
    r"|i mistyped(?: that)?(?:, it's)?|typo"
    r"|ich (?:meinte|wollte sagen|meine)|korrektur|(?:es )?(?:muss|sollte) hei(?:ß|ss)en|[aä]ndere das (?:auf|in|zu)"
    r"|(?:bitte )?(?:[aä]ndern?|[aä]ndere|korrigier\w*|berichtig\w*) (?:sie )?(?:meine?n?|unsere?n?|die|das"
    r"|den) [^:]{2,40}?(?: (?:auf|in|zu)|:)"
    r"|(?:meine?|unsere?) [^:]{2,30}? (?:hat sich ge[aä]ndert(?: auf)?|(?:ist|lautet) (?:jetzt|nun|eigentlich|doch))"
    r"|ich habe? mich (?:vertan|vertippt|geirrt|verschrieben)(?:[.,:;!]* (?:meine?|es|die|der) [^:]{0,30}?(?:ist"
    r"|lautet|hei(?:ß|ss)t))?"
    r"|(?:that'?s |that was |it was )?(?:the )?wrong [\w-]{2,20}(?=[\s,.:!])|falsche[rs]? [\w-]{2,20}(?=[\s,.:!])"
    r"|me equivoqu[eé]|(?:cambi|corri)\w+ (?:mi|el|la) [^:]{2,30}? (?:a|por)|(?:mi"
    r"|nuestr[oa]) [^:]{2,30}? (?:ahora es|en realidad es)"
    r"|je me suis tromp[eé]e?|(?:chang|corrig)\w+ (?:mon|ma|le|la) [^:]{2,30}? (?:en|par|pour)|(?:mon|ma"
    r"|notre) [^:]{2,30}? est (?:maintenant|en fait)"
    r"|quer[ií]a decir|quise decir|me refer[ií]a a|correcci[oó]n|c[aá]mbialo (?:a|por)"
    r"|je voulais dire|je veux dire|correction|changez?[- ](?:le|la|ça|ca)? ?(?:en|pour))"
    r"[\s:,.;!]+(?P<rest>\S.*)$"
)
_POSSIBLE = (
    r"^\s*(?:(?:oh|ah|hm+|um+|uh|ok|okay|no|well)[\s,.!-]++)*+(?:actually|(?:oh,? )?(?:no,? )?wait"
    r"|(?:ah|oh)?,? ?sorry(?: about that)?|oops|whoops"
    r"|my mistake|my bad"
    r"|hang on|hold on|rather|or rather|better|eigentlich|nein,? warte|moment|entschuldigung|perd[oó]n"
    r"|en realidad|mejor dicho|espera|en fait|plut[oô]t|pardon|attendez|oups)[\s,:.!-]+(?P<rest>\S.*)$"
)
_OPENINGS = word_set(
    """
    ah hm hmm hmmm um umm uh ok okay whoops hang hold well can could would may let i'd id instead replace swap switch
    fix edit update scratch strike
    ignore forget disregard on earlier we that or better quatsch falsch vertippt kannst können konnen könnten konnten
    puedes puede podrías podrias quiero quisiera pouvez-vous peux-tu die
    oh oops ups no hmm wait sorry my excuse apologies nein moment warte entschuldigung perdón perdon espera
    pardon désolé désolée desolé desole desolee attendez non oups i correction make please change correct update
    our should that it typo that's thats the wrong ich korrektur es muss sollte bitte ändere andere ändern
    andern ändert korrigiere korrigieren korrigier berichtige berichtigen meine mein meinen unsere unser unseren
    falsche falscher falsches quería queria quise me corrección correccion cámbialo cambialo cambia cambie
    corrige corrija mi nuestra nuestro je changez change corrigez mon ma notre actually rather eigentlich en
    mejor plutôt plutot it's its bad mistake was
    """
)
"""First words of messages that may be corrections: anything else need not be looked at."""
_INTRODUCED = re.compile(
    r"^(?:(?:it(?:'s| is| should be)|use|the (?:right|correct) one is|the correct [\w-]{2,15} is|my [\w -]{2,20} is"
    r"|richtig ist|es ist"
    r"|son|es|c'est|it was|please use)[\s:,]+)+",
    re.IGNORECASE,
)
_TOLD = r"(?=\S*[\d@]|\S+ \S*[\d@])\S+(?: \S+){0,3}?"
"""A few words with a number or an address in them: what replaces something, and no new sentence."""
_DENIED = (
    r"^\s*(?:no|nope|nein|non|doch|not [^,]{1,30}?(?:,| but)|nicht [^,]{1,30}?(?:, sondern|,| sondern)"
    r"|no [^,]{1,30}?,? sino|pas [^,]{1,30}?,? mais)"
    rf"[\s,:;.!-]+(?:(?:it's|it is|we are|we're|son|es|c'est|es sind|wir sind) )?(?P<rest>{_TOLD})[.!]?\s*$"
)
_BEHIND = (
    rf"^\s*(?:(?:it's|it is|we are|we're|use|please use|put|son|es|c'est) )?(?P<rest>{_TOLD})"
    r"(?:,? (?:sorry|my bad|my mistake|i mean)(?:,? not .{1,40})?|,? (?:not|instead of|rather than|nicht|statt|y no"
    r"|en vez de|et pas|au lieu de)"
    r" .{1,40}|,? instead)[.!]?\s*$"
)
_ENDS = (
    " not ",
    " instead",
    " sorry",
    ",sorry",
    " rather than ",
    " nicht ",
    " statt ",
    " my bad",
    " i mean",
    " pas ",
    " lieu ",
    " vez ",
)
_MAY_APPROVE = re.compile(r"should (?:be|have been)|i mean|make (?:it|that)", re.IGNORECASE)
"""What is no correction before praise: "that should be fine"."""
_INSTEAD = (
    rf"^\s*(?:instead of [^,]{{1,30}}?(?:,| put| use| write| make it| it should be)|(?:replace"
    rf"|swap) [^,]{{1,30}}? (?:with|by|for))"
    rf" (?P<rest>{_TOLD})[.!]?\s*$"
)
_FITTING = word_set("enough possible clear easy doable there soon later free obvious it so them that")
_OWN_ADDRESS = rf"(?:my|our|the|meine?|unsere?|mi|nuestro|mon|notre|it) ?(?:{_NAMED})? ?(?:is|ist|es|est|'s)\b.*@"
_DENIALS = word_set("no nope nein non doch not nicht pas")
_LONGEST, _LONGEST_BEHIND = 1000, 80
_AT_THE_END = re.compile(r" (?:[aä]ndern|please|pls|bitte|por favor|s'il (?:vous|te) pla[iî]t)[.!?]*$", re.IGNORECASE)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Few conversations hold a correction: the first one that may be pays for the patterns."""
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def corrected_in(text: str) -> Corrected | None:
    """The correction that ``text`` is, or None.

    Uncertain ones ("no, 60", "actually Bob") may as well answer the question that is open.
    """
    first = text[:40].split(None, 1)
    if len(first) < 2 or len(text) > _LONGEST:
        return None
    opening = first[0].strip(_POINTS).lower()
    if opening in _OPENINGS:
        match = _compiled(_CERTAIN).match(text)
        if match and not (_MAY_APPROVE.search(text[: match.start("rest")]) and _approves(match["rest"])):
            return Corrected(_plain(match["rest"]), certain=True)
        if match := _compiled(_POSSIBLE).match(text):
            # "No wait, my e-mail is ..." can be about nothing else, whatever is being asked.
            return Corrected(match["rest"].strip(), certain=_compiled(_OWN_ADDRESS).match(match["rest"]) is not None)
    if len(text) > _LONGEST_BEHIND:
        return None
    if opening in _DENIALS and (match := _compiled(_DENIED).match(text)):
        return Corrected(match["rest"].strip(" ,"), certain=False)
    if opening in ("instead", "replace", "swap") and (match := _compiled(_INSTEAD).match(text)):
        return Corrected(match["rest"].strip(" ,"), certain=True)
    lowered = text.lower()
    if any(end in lowered for end in _ENDS) and (match := _compiled(_BEHIND).match(text)):
        return Corrected(match["rest"].strip(" ,"), certain=False)
    return None


def _approves(rest: str) -> bool:
    return polarity(rest, "en") is True or rest.strip(_POINTS).lower() in _FITTING


def _plain(rest: str) -> str:
    """What is to hold, without the words that lead to it: "it should be 60", "x@example.com ändern"."""
    rest = _AT_THE_END.sub("", rest.strip())
    return _INTRODUCED.sub("", rest) or rest
