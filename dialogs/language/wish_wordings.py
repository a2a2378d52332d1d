"""Other wordings of what a visitor can always say: "could we go back one step", "please repeat the question".

A wish is a frame ("could you please ...", "ich möchte ...") around a core ("go back"). The frame and what is polite
come off, and what is left must be a core as a whole, so that "back office" and "skip level meetings" stay answers.
"""

import re
from collections.abc import Mapping
from functools import cache

from dialogs.language.vocabulary import word_set

_FRAME = re.compile(
    r"(?:(?:please|pls|plz|sorry|oops|um|uh|hm|well|ok|okay|no|hey|hi|wait|hang on|hold on|one sec|actually"
    r"|excuse me|but|and|so|just|bitte|aber|also|moment"
    r"|entschuldigung|por favor|perdon|espera|pero|pardon|mais|attendez|non|nein) )*"
    r"(?:(?:(?:can|could|may|would|will|shall|should) (?:i|we|you)|i (?:want|need|would like|would love|would prefer"
    r"|would rather|wish)|i(?:'d| d) (?:like|love|prefer|rather)|we(?:'d| would) (?:like|rather|prefer)|let me"
    r"|let us|let's"
    r"|lets|how (?:do|can) i|is it possible|give me|get me|bring me|find me|ich (?:will|mochte|wurde"
    r"|brauche)(?: gerne?)?"
    r"|(?:kann|konnte|darf) ich|(?:konnen|konnten) (?:wir|sie)|(?:kannst|konntest) du|lass uns|geben sie mir|gib mir"
    r"|quiero|quisiera|necesito|me gustaria|(?:puedo|podemos|podria|puedes|puede|podrias)|dame|deme|vamos a"
    r"|je (?:veux|voudrais|souhaite|prefere)|j'aimerais|puis-je|(?:peux|pouvez)-(?:tu|vous)|on peut|donnez-moi)"
    r" (?:(?:please|just|to|bitte|gerne?|mal|a|por favor) )*)?"
)
_POLITE_END = re.compile(
    r"(?: (?:please|pls|plz|bitte|por favor|s'il (?:vous|te) plait|svp|thanks|thank you|danke|gracias|merci|now"
    r"|jetzt|ahora"
    r"|maintenant|mal|if possible|for me|then|already|gerne?|machen|gehen))+$"
)
_WHICH = r"(?:previous|prior|last|earlier|first)"
_CORES: Mapping[str, str] = {
    "back": (
        r"(?:(?:take|bring) me |go |step |jump |move |get |head )?(?:(?:one|a) (?:step |question )?)?back"
        rf"(?: (?:one|a)(?: step| question)?)?(?: to (?:the |my )?{_WHICH}(?: one| question| step| answer)?)?"
        rf"|(?:go |return )to (?:the |my )?{_WHICH} (?:question|step|one)|prev|{_WHICH} question"
        rf"|undo(?: that| it| this| my last answer)|change (?:the|my) {_WHICH} answer"
        r"|(?:(?:geh|gehe|gehen sie|wieder|einen|einen schritt|eine frage) )*zuruck(?: zur letzten frage)?"
        r"|(?:zur |zuruck zur )?(?:vorherigen|letzten|vorigen) frage(?: zuruck)?|ruckgangig"
        r"|(?:volver|regresar|vuelve|regresa|ir)(?: (?:atras|a la (?:pregunta )?anterior))"
        r"|volver|regresar|vuelve|(?:retour|retourner|revenir|reviens|revenez)"
        r"(?: (?:en arriere|a la (?:question )?precedente|d'une question))?"
    ),
    "skip": (
        r"(?:skip|skipping)(?: (?:this|that|it|the|ahead))?(?: one| question)?"
        r"|pass(?: on)? (?:this|that|it)(?: one| question)?|(?:move|moving) (?:on|ahead)(?: to the next(?: one"
        r"| question)?)?"
        r"|(?:go|going) (?:on )?to the next(?: one| question)?|(?:the )?next(?: one| question)"
        r"|not answer(?:ing)?(?: that| this| it)?"
        r"|(?:i(?:'ll| will) )?pass on (?:that|this)(?: one)?|no answer|leave (?:it|this|that) (?:blank|empty|out)"
        r"|(?:i )?(?:rather|prefer) not(?: to)? (?:say|answer|tell(?: you)?|share|disclose)(?: (?:that|this|it))?"
        r"|(?:i )?(?:do not|don't|dont|won't) want to (?:answer|say|tell you)(?: (?:that|this|it))?"
        r"|(?:das |diese frage |die frage |die )?(?:uberspringen|auslassen|skippen)|nachste(?: frage)?"
        r"|(?:das )?(?:will|mochte) ich (?:lieber )?nicht (?:beantworten|sagen|angeben)"
        r"|(?:saltar|omitir|saltarme|saltarnos)(?: (?:esta|la|esto|esa))?(?: pregunta)?|siguiente(?: pregunta)?"
        r"|prefiero no (?:contestar|responder|decirlo|decir)"
        r"|(?:passer|sauter)(?: (?:cette|la|celle-ci))?(?: question)?|(?:je prefere )?ne pas (?:repondre|le dire|dire)"
    ),
    "repeat": (
        r"(?:repeat|rephrase)(?: (?:that|it|this|yourself|(?:the|your|that)(?: last)? question))?(?: again)?"
        r"|(?:say|ask)(?: (?:that|it|this|me|(?:the|your) question))*(?: again| once more| one more time)"
        r"|once more|one more time|again|what (?:was|is) (?:the|your|that)(?: last)? question(?: again)?"
        r"|what did you (?:say|ask)(?: me)?(?: again)?|say (?:what|again)"
        r"|i (?:forgot|missed|lost|didn't (?:get|catch|hear|see|read)) (?:the|your|that|this)(?: last)?(?: question)?"
        r"|wiederhol\w*(?: (?:das|sie|es|die|frage|bitte))*|(?:das |die frage |es )?wiederholen"
        r"|(?:wie|was) war (?:die|deine|ihre) frage(?: noch ?mal)?"
        r"|(?:repet\w*|repit\w*)(?: (?:la|eso|lo|pregunta|esa))*|repet\w*(?: (?:la|cette|votre|ta) question)?"
        r"|encore une fois|quelle etait la question"
    ),
    "why": (
        r"why (?:tho|though|me|that|this|please)|why|how come(?: .{1,40})?|for what(?: reason| purpose)?"
        r"|why (?:is|are|was|would) (?:this|that|it|these)(?: (?:info|information|question))?(?: be)? "
        r"(?:needed|necessary|required|relevant|important|asked)"
        r"|what(?:'s| is) (?:the|your) (?:reason|purpose|point)(?: (?:of|for|in) (?:this|that|it|asking|the question))?"
        r"|(?:is|are) (?:that|this|it|these)(?: question)?(?: really| actually| absolutely)? "
        r"(?:necessary|needed|required|mandatory|obligatory|relevant)"
        r"|do you(?: really| actually)? need (?:that|this|it|to know(?: (?:that|this))?|my [\w -]{2,20})"
        r"|do i(?: really)? have to (?:tell|answer|give|say|share)(?: (?:you|that|this|it|my [\w -]{2,20}))*"
        r"|what (?:will|do|would) you do with (?:it|that|this|my (?:e-?mail|number|phone|phone number|name|address))"
        r"|(?:what(?:'s| is) it to you|why do you care)"
        r"|(?:wofur|wozu|wieso|weshalb|warum)(?: (?:das|denn|eigentlich|ist das.{0,30}))?"
        r"|(?:ist|muss) das(?: wirklich| denn)? (?:notig|notwendig|pflicht|erforderlich|sein)"
        r"|(?:es|de verdad es|realmente es) (?:necesario|obligatorio|realmente necesario)|para que(?: es"
        r"| sirve)?(?: eso| esto)?"
        r"|(?:c'est|est-ce)(?: vraiment)? (?:necessaire|obligatoire|pour quoi(?: faire)?)|a quoi (?:ca|cela) sert"
    ),
    "stop": (
        r"(?:stop|quit|end|close|exit|cancel|abort|terminate)"
        r"(?: (?:it|this|that|the|asking|messaging|texting|writing|bothering|contacting|pestering|sending))*"
        r"(?: (?:chat|conversation|questions|dialog|session|me|messages|here|talking))*"
        r"|finish (?:this|the) (?:chat|conversation)|go away|get lost|(?:that's |that is )?enough(?: of this"
        r"| questions)?"
        r"|no more questions|opt(?: me)? out|i(?:'m| am) (?:done|out)(?: here| with this)|out of here|i want out"
        r"|hort? (?:endlich )?auf|horen sie (?:bitte )?auf|(?:chat |gesprach |das )?(?:beenden|abbrechen|aufhoren)"
        r"|schluss(?: damit)?|vergiss es|vergessen sie es|basta(?: ya)?|detente|detenganse"
        r"|terminar(?: (?:el|la))?(?: (?:chat|conversacion))?|olvidalo|ca suffit|terminer|laisse(?:z)? tomber|stop"
    ),
    "person": (
        r"(?:to )?(?:talk|speak|chat) (?:to|with) (?:your |a |the )?(?:manager|supervisor|boss|expert|specialist"
        r"|advisor)"
        r"|(?:can|could|will|would) (?:someone|somebody|anyone|a person|you|a human|one of you) "
        r"(?:please )?(?:call|phone|ring|contact)(?: me)(?: back| up)?"
        r"|(?:have )?(?:someone|somebody) (?:please )?(?:call|contact|phone)(?: me)(?: back)?|(?:call|phone"
        r"|ring) me(?: back| up)?"
        r"|(?:is|are) there (?:a |an |any |some)?(?:real )?(?:human|person|one|body|people|agent)"
        r"(?: (?:i can (?:talk|speak) to|there|available|here))?|transfer me|contact (?:sales|support|the team"
        r"|your team)"
        r"|(?:someone|somebody) from (?:your|the) (?:team|sales team|company)|sales team|no (?:more )?bots"
        r"|i (?:hate|don't like|do not like|can't stand) (?:chat ?)?bots"
        r"|(?:a |an )?(?:real |live |actual )?(?:human|human being|person|agent)"
        r"|(?:mich )?(?:jemand )?(?:anrufen|zuruckrufen)|(?:kann|konnte) mich (?:bitte )?jemand (?:anrufen|zuruckrufen)"
        r"|rufen sie mich (?:bitte )?(?:an|zuruck)|ruf(?:t)? mich (?:an|zuruck)"
        r"|(?:mit )?(?:einem )?mitarbeiter sprechen"
        r"|(?:einen? )?(?:echten?|richtigen?) (?:menschen?|person)|(?:una )?persona real|que me (?:llame"
        r"|contacte) alguien"
        r"|(?:me )?(?:pueden|puede) (?:llamar|llamarme)|llamame|llamenme|rappelez-moi|appelez-moi svp|etre rappelee?"
    ),
    "restart": (
        r"(?:start|begin|do|try|go)(?: (?:it|this|all|everything))* (?:over|again|anew|afresh|from scratch"
        r"|from the (?:top|beginning|start))(?: again)?|from (?:the top|scratch|the beginning|the start)"
        r"|(?:noch ?mal |wieder |ganz )*von vorne?(?: anfangen| beginnen| starten)?"
        r"|(?:tout )?recommencer(?: (?:depuis le|au|du|a) (?:debut|zero))?"
        r"|(?:empezar|comenzar|volver a empezar)(?: (?:de nuevo|otra vez|desde (?:el principio|cero)))"
    ),
    "help": (
        r"what are (?:my|the) options|which options (?:do i have|are there)|hilf mir|helfen sie mir|a l'aide"
        r"|help me out"
    ),
}
_TELLING: Mapping[str, frozenset[str]] = {
    "back": word_set(
        "back prev previous prior undo earlier question answer zuruck frage ruckgangig volver regresar vuelve regresa "
        "ir retour retourner revenir reviens revenez"
    ),
    "skip": word_set(
        "skip skipping pass ahead next answer answering leave rather prefer want on uberspringen auslassen skippen "
        "nachste nicht saltar omitir saltarme saltarnos siguiente prefiero passer sauter ne"
    ),
    "repeat": word_set(
        "repeat rephrase again more time question say did forgot missed lost didn't wiederholen wiederholst wiederhole "
        "wiederholt frage repetir repite repita repitan repeter repete repetez encore"
    ),
    "why": word_set(
        "why how reason purpose point what necessary needed required mandatory obligatory relevant need have it care "
        "wofur wozu wieso weshalb warum notig notwendig pflicht erforderlich sein necesario obligatorio para "
        "necessaire obligatoire quoi"
    ),
    "stop": word_set(
        "stop quit end close exit cancel abort terminate finish go get enough questions opt out done auf beenden "
        "abbrechen aufhoren schluss vergiss vergessen basta detente detenganse terminar olvidalo suffit terminer "
        "laisse laissez"
    ),
    "person": word_set(
        "talk speak chat call phone ring contact someone somebody human person there agent transfer team "
        "bots chatbots anrufen zuruckrufen rufen ruf ruft sprechen menschen persona llame contacte llamar "
        "llamarme llamame llamenme rappelez-moi appelez-moi rappele rappelee"
    ),
    "restart": word_set("start begin do try go from vorn vorne recommencer empezar comenzar volver"),
    "help": word_set("options hilf helfen l'aide help"),
}
"""Words of which a wish has one: where there is none, it need not be looked for."""
_ANY = frozenset[str]().union(*_TELLING.values())
_MOST_WORDS = 11


@cache
def _core(wish: str) -> re.Pattern[str]:
    """Compiled when it is first needed: together they would take longer than the rest of this folder."""
    return re.compile(_CORES[wish])


def wish_in(said: str) -> str | None:
    """The name of the wish that ``said`` (in plain words) expresses as a whole, or None."""
    words = said.split()
    if len(words) > _MOST_WORDS or _ANY.isdisjoint(words):
        return None
    likely = [wish for wish, telling in _TELLING.items() if not telling.isdisjoint(words)]
    frame = _FRAME.match(said)
    begin = frame.end() if frame is not None else 0
    for core in dict.fromkeys((said, said[begin:])):
        plain = _POLITE_END.sub("", core)
        for wish in likely:
            if plain and _core(wish).fullmatch(plain):
                return wish
    return None
