"""The words around a yes or a no that turn it, take it back, open or carry it; see ``yes_and_no_words``."""

from collections.abc import Mapping

from dialogs.language.answer_marks import Mark

SURROUNDINGS: Mapping[Mark, str] = {
    Mark.NOT: """
        not|never|cannot|nicht|kein|keine|keinen|keiner|keinerlei|niemals|nie|pas|jamais|nunca|jamas|nto|hardly|nevr
    """,
    Mark.UNSURE: """
        maybe|mayb|mabye|perhaps|possibly|possible|it is possible|that is possible|potentially|probably|presumably
        |conceivably|might|might be|i might|may be|could be|it could be|that could be|could go|could go either way
        |either way|who knows|depends|it depends|that depends|depending|depend|not sure|not so sure|not too sure
        |not quite sure|not really sure|not entirely sure|not completely sure|not 100 sure|not totally sure
        |not very sure|not certain|not positive|not entirely certain|not really certain|not exactly sure
        |not exactly certain|unsure|uncertain|undecided|undetermined|unclear|unknown|not decided|have not decided
        |not made up my mind|have not made up my mind|do not know|did not know|dont know|do not really know
        |do not exactly know|dunno|dunno about|idk|i do not know|can not say|can not tell|can not decide
        |can not be sure|can not be certain|can not really say|could not say|could not tell|hard to say|hard to tell
        |difficult to say|tough to say|too early to say|no idea|no clue|have no idea|have no clue|i have no idea
        |not a clue|beats me|your guess is as good as mine|up in the air|on the fence|toss up|toss-up|50 50
        |fifty fifty|yes and no|yes or no|yes no|no yes|yeah no|yeah nah|half and half|neither yes nor no
        |neither yes or no|neither no|may or may not|might or might not|yes but no|we will see|we shall see
        |let me think|let me see|let me check|i will think|i need to think|have to think|need to think|think about it
        |thinking about it|will consider|i will consider it|let me get back|not necessarily|i wonder|i doubt it
        |i doubt|doubtful|questionable|debatable|i do not care|do not care|i do not remember|whatever|whichever
        |does not matter|it does not matter|makes no difference|no difference|indifferent|meh|eh|ehh|hmm maybe|so so
        |somewhat|anything is possible|it is a possibility|a possibility|there is a chance|chances are|likely
        |most likely|not clear|i am torn|torn|iffy|wishy washy|remains to be seen|i can not recall|it varies|sometimes
        |sometimes yes sometimes no|could go both ways|either or|i guess maybe|shrug|no comment|ask me later
        |ask me again|you tell me|you decide|as likely as not|in between|leaning|not fully decided|not a definite
        |hesitant|hesitating|can not give you|could be either|vielleicht|eventuell|evtl|vllt|vlt|viell|moglicherweise
        |moglich|kann sein|konnte sein|mal sehen|mal schauen|schauen wir mal|weiss nicht|weiss ich nicht
        |ich weiss nicht|ich weiss es nicht|ich weiss es noch nicht|weiss es nicht|weiss noch nicht|keine ahnung
        |kein plan|keinen plan|nicht sicher|nicht ganz sicher|nicht so sicher|unsicher|unentschlossen|unschlussig
        |unklar|jein|egal|ist mir egal|mir egal|ist egal|kommt drauf an|kommt darauf an|je nachdem|wahrscheinlich
        |vermutlich|muss ich uberlegen|muss uberlegen|uberlege noch|schwer zu sagen|teils teils|halb halb|ja und nein
        |ja oder nein|wer weiss|ka|kp|noch nicht entschieden|ungewiss|wohl|naja|na ja|nun ja|ja nein|weder noch|quiza
        |quizas|tal vez|talvez|a lo mejor|puede|puede ser|podria ser|posiblemente|es posible|posible|probablemente
        |depende|segun|no se|no lo se|no sabria decir|no estoy seguro|no estoy segura|no estoy muy seguro|ni idea
        |ni puta idea|igual|me da igual|da igual|no tengo idea|no tengo ni idea|quien sabe|ya veremos|ya vere|veremos
        |indeciso|indecisa|mas o menos|acaso|si y no|si o no|ni si ni no|lo pensare|tengo que pensarlo|no me acuerdo
        |dudo|lo dudo|no sabria|peut etre|peutetre|possiblement|ptet|eventuellement|probablement|sans doute|ca depend
        |cela depend|on verra|je ne sais pas|je sais pas|j'sais pas|chais pas|jsp|je n'en sais rien|j'en sais rien
        |aucune idee|pas sur|pas sure|je ne suis pas sur|je ne suis pas sure|pas certain|pas certaine|bof|mouais|moyen
        |oui et non|oui ou non|ni oui ni non|qui sait|je verrai|je dois reflechir|je vais reflechir|a voir|faut voir
        |ca m'est egal|peu importe|indecis|indecise|difficile a dire|il se peut|ca se peut|c'est possible|j'hesite
        |hesite|yes if|only if|unless|otherwise|provided that|on condition|as long as|do not have an answer|neither
        |neither one|neither of them|either is fine|either one|either one is fine|anything works|any is fine
        |anything is fine|either works|any of them|i hope so|more or less|kind of|sort of|in a way|to some extent
        |to a degree|not entirely|not completely|not fully|not totally|not wholly|not always|not everywhere
        |not everyone|not all of us|not all of them|some of us|some of them|partly|partially|in part|half way
        |getting there|would rather not say|i would rather not say|rather not say|prefer not to say
        |i prefer not to say|i would prefer not to say|would prefer not to say|would rather not tell
        |i would rather not tell|rather not tell you|i would rather not tell you|prefer not to answer
        |i prefer not to answer|i would rather not answer|would rather not answer|rather not answer|prefer not to tell
        |i prefer not to tell|prefer not to tell you|i prefer not to tell you|prefer not to disclose
        |i prefer not to disclose|do not want to say|i do not want to say|do not want to tell
        |i do not want to tell you|that is private|that is personal|mochte ich nicht sagen|das mochte ich nicht sagen
        |will ich nicht sagen|sage ich nicht|sag ich nicht|teilweise|zum teil|nicht immer|nicht alle|nicht vollig
        |en parte|no siempre|no todos|prefiero no decirlo|prefiero no decir|en partie|pas toujours|pas tous
        |pas entierement|je prefere ne pas le dire|je prefere ne pas dire|je prefere ne pas repondre|yeah right
        |yea right|not so fast|not that fast
    """,
    Mark.LATER: """
        later|maybe later|perhaps later|another time|some other time|some other day|another day|next time
        |maybe next time|in the future|remind me later|not until later|later maybe|in a bit|in a while|some time later
        |at a later time|a bit later|maybe another time|perhaps another time|maybe some other time|i will do it later
        |i will let you know|spater|vielleicht spater|ein andermal|ein anderes mal|nachher|spater vielleicht
        |nachstes mal|luego|mas tarde|despues|otro dia|en otro momento|otra vez sera|quizas luego|quizas mas tarde
        |tal vez luego|tal vez mas tarde|mas adelante|quiza mas tarde|a lo mejor luego|plus tard|peut etre plus tard
        |une autre fois|tout a l'heure|un autre jour|la prochaine fois|bientot
    """,
    Mark.PLEASE: """
        please|pls|plz|plse|pleas|please please|pretty please|bitte|bitte bitte|bitteschon|por favor|porfa
        |s'il vous plait|s'il te plait|svp|stp|please and thank you
    """,
    Mark.OPENING: """
        well|um|umm|uh|uhm|er|erm|hm|hmm|hmmm|oh|ooh|ah|aha|actually|honestly|frankly|truthfully|hey|hi|hello|hiya
        |dear|so|and|then|also|like|man|bro|dude|buddy|mate|sir|madam|maam|ma'am|bot|mr bot|thanks|thank you|thank u
        |thankyou|thx|ty|tks|thnx|tysm|many thanks|thanks a lot|thank you so much|thank you very much|thanks so much
        |thanks very much|thank you kindly|thanks a bunch|thanks a million|thanks again|thanks for asking
        |thank you for asking|thanks for the offer|thanks for your help|thank you for your help|thanks for the help
        |thanks for all your help|cheers|appreciate it|i appreciate it|i appreciate that|much appreciated|kindly|hell
        |heck|damn|fuck|fucking|freaking|god|my god|omg|wow|lol|haha|hahaha|ha|yay|yay me|ugh|whoa|woah|hooray|gosh
        |gee|golly|sorry|i am sorry|i am afraid|unfortunately|sadly|apologies|excuse me|wait|no offense|ok so|anyway
        |anyways|right then|now then|to be honest|tbh|in my opinion|imo|imho|as i said|like i said|of that i am sure
        |for me|for now|for the moment|at the moment|right now|at this time|today|honestly speaking|as well|too|again
        |once more|my friend|friend|pal|dear bot|love bot|folks|have a nice day|have a good day|have a great day
        |have a good one|have a great one|bye|goodbye|good bye|bye bye|see you|good morning|good evening
        |good afternoon|hello there|hi there|wonderful thanks|great thanks|perfect thanks|ach|ah so|na|naja gut|ahm
        |eh bien|halt|eben|mal|nun|tja|hallo|danke|danke schon|dankeschon|vielen dank|danke sehr|besten dank
        |tut mir leid|leider|entschuldigung|sorry aber|und|dann|ehrlich gesagt|grundsatzlich|vorerst|pues|hola|gracias
        |muchas gracias|mil gracias|la verdad|entonces|y|lo siento|disculpa|perdon|hombre|mira|oye|ay|bah|ben|beh|euh
        |heu|hein|alors|bon alors|eh|merci|merci beaucoup|merci bien|desole|desolee|bonjour|salut|et|donc|enfin
        |franchement|honnetement|malheureusement|eigentlich|eher|technically|basically|essentially|generally
        |generally speaking|in general|in theory|theoretically|in principle|in practice|all things considered|overall
        |on balance|all in all|on the whole|strictly speaking|practically|heavens|good heavens|lord|good lord|goodness
        |my goodness|goodness gracious|jesus|christ|jeez|geez|good god|dear god|aw|again and again|man oh man|oh man
        |oh dear|dear me|fuck it|screw it|what the hell|grundsatzlich gesagt|im prinzip|im grunde|theoretisch
        |prinzipiell|en principio|en teoria|en general|basicamente|en principe|en theorie|en general oui|globalement
        |i mean|i meant|i mean to say|what i mean is|make that|correction|or rather|scratch that|on second thought
        |on second thoughts|second thoughts|oops|whoops|ups|not gonna lie|not going to lie|will not lie|i will not lie
        |i can not lie|ngl|ich meine|ich meinte|quiero decir|quise decir|je veux dire|je voulais dire|besser gesagt
        |mejor dicho
    """,
    Mark.YOU: """
        you are|you said|you say|you are saying|what you said|what you say|what you are saying|everything you said
        |all you said|that you said|your statement|this statement
    """,
    Mark.FUNCTION: """
        i|we|me|us|my|mine|our|it|that|this|these|those|them|they|is|are|am|be|been|being|do|does|did|done|have|has
        |had|got|get|to|for|with|from|of|on|in|at|by|a|an|the|all|everything|anything|something|very|really|pretty
        |quite|absolutely|totally|completely|certainly|definitely|entirely|truly|just|only|too|even|still|much|lot
        |lots|bit|little|less|at all|would|will|shall|should|can|going|gonna|wanna|gotta|must|need|say|said|saying
        |tell you|think|believe|guess|suppose|consider|find|call|put|mark|mean|vote|answer|response|reply|choice
        |option|opinion|idea|plan|deal|thing|one|ones|statement|here|there|now|indeed|so|such|as|about|because|and|or
        |then|down|up|let|go|take|make|give|be a|seems|seem|looks|look|sounds|sound|appears|appear|appeal|appeals|sure
        |certain|positive|anyway|yet|any|some|no one|else|other|over|out|both|whole|way|case|part|end|side|view|eyes
        |part of|if you do not mind|if possible|if you can|if you could|if you would|if that is ok|solid|big|firm
        |definite|resounding|hard|strong|clear|simple|final|straight|das|es|ich|mir|mich|wir|uns|ist|sind|ware|war
        |auch|wurde|wird|kann|konnen|konnte|habe|hatte|hab|bin|mal|ja auch|da|dazu|damit|sehr|ganz|echt|wirklich|voll
        |total|finde|hort|hore|sich|klingt|fur|mit|zu|von|der|die|dem|den|ein|eine|einen|meine|mein|antwort|sage|sagen
        |glaube|denke|dass|dies|diese|dieses|alles|noch|jetzt|heute|hier|wurd|tun|machen|sollte|gerade|einfach
        |schon mal|idee|sache|etwas|davon|daran|eso|esto|lo|la|el|los|las|mi|yo|esta|estoy|estan|ser|seria|un|una|que
        |muy|mucho|todo|para|de|con|en|por|mas|creo|digo|diria|pienso|respuesta|opcion|hacer|hacerlo|tambien|ahora|hoy
        |mismo|asi|le|te|se|nos|les|estaria|parece|suena|c'est|ce|cela|ca|je|j'ai|m'|moi|mon|ma|une|des|du|est|sont
        |suis|serait|sera|tres|bien|vraiment|trop|tout|pour|avec|y|au|qu'il|il|elle|nous|ne|n'est|n'ai|ai|fait|faire
        |dire|dirais|reponse|pense|crois|trouve|n'|maintenant|aussi|plus|j'en|l'idee|l'air|etre|plait beaucoup|d'une
        |qui|doing|meant|see|hear|try|reservation|booking|tickets|ticket|appointment|meeting|demo|guide|copy|call me
        |n'en|mache|details|those details|details are|million years|in a million years|time|day|date|place|nice|table
        |permission|enough|style|satisfied with|season|choose|pick|select|fully|wholly|strongly|darn|damn|firmly
        |quite frankly|offer|in agreement with|with that|price|information|movie|song|restaurant|hotel|car|flight
        |event|watch|listen|product|tool|data|address|number|amount|already|another|fat|bloody
    """,
    Mark.ASKING: """
        what|what's|whats|who|who's|whose|whom|where|where's|when|when's|why|how|how's|hows|which|is it|is that
        |is this|is there|is the|is my|is your|is a|is an|is he|is she|are you|are we|are they|are there|are the
        |are my|are your|am i|was it|was that|was there|was the|were you|were there|do you|do i|do we|do they
        |do people|do the|does it|does that|does this|does the|does my|does your|does he|does she|did you|did i|did we
        |did they|did it|did the|can you|can i|can we|can it|can they|can u|could you|could i|could we|could u
        |would you|would it|would that|would u|will you|will it|will the|will there|will i|should i|should we
        |should you|shall we|shall i|may i|have you|have i|has it|has the|has my|had you|tell me|tell us|show me
        |explain|define|look up|search|remind me|set|play|give me a|give me the|find me|find a|find the|let me know
        |i was wondering|please tell|please show|please explain|was|wie|wer|wen|wem|wo|wann|warum|wieso|weshalb|wozu
        |welche|welcher|welches|wieviel|ist das|ist es|gibt es|hast du|haben sie|bist du|sind sie|kann ich|konnen wir
        |kannst du mir|konnen sie mir|erzahl|sag mir|zeig mir|cual|cuales|cuando|cuanto|cuanta|donde|quien|quienes
        |como|es que|puedes decirme|dime|cuentame|hay|comment|quand|combien|quel|quelle|quels|quelles|pourquoi
        |est ce que|qu'est ce que|c'est quoi|dis moi|y a t il|peux tu|pouvez vous|is everything|is anything
        |is everyone|is all|is any|are|does|did|could|should|were|has anyone|have they|would they|will they
        |can someone|can anyone|do all|is not it|is not that|is not this|do not you|are not you|does not that
        |does not it|is not there
    """,
    Mark.IDIOM: """
        no one|no more than|no less than|no matter|no matter what|no kidding|no wonder|no longer|no worries|no worry
        |no preference|no preferences|i have no preference|i do not have a preference|i do not have any preference
        |do not have a preference|no rush|no hurry|no idea how|no smoking|no entry|no later than|no earlier than
        |no hard feelings|no pressure|no pun intended|no pain no gain|no reason|no offense|no joke|no biggie|right now
        |right away|make sure|sure about|i am great|i am well|i am ok|i am okay|i am happy|i am so happy|doing well
        |doing good|doing great|doing fine|not only|not just|like you|love you|i like you|i love you|i hate you
        |i need you|you too|good one|good job|good luck|good night|good day|nice day|nice try|nice to meet you
        |great to meet you|good to see you|nice talking to you|great job|well done|my bad|too bad|so bad|fine print
        |ok google|okay google|no sound|no signal|no internet|no connection|no service|no access|no money|no time
        |no data|no error|no name|never mind|nevermind|forget it|cancel it|cancel that|stop it|that is it|keine sorge
        |keine zeit|kein geld|keine angst|gute nacht|guten tag|guten morgen|guten abend|viel gluck|na und|no pasa nada
        |no te preocupes|no se preocupe|buenos dias|buenas noches|buenas tardes|buena suerte|que tal|de nada|de rien
        |bonne nuit|bonne chance|bonne journee|pas grave|c'est pas grave|ce n'est pas grave|ca va|not my fault
        |as soon as possible|as quickly as possible|as much as possible|whenever possible|where possible|if possible
        |do not get it|do not understand|do not follow|no entiendo|no te entiendo|no comprendo|verstehe nicht
        |verstehe ich nicht|ne comprends pas|comprends pas|big deal|not a big deal|what a deal|later today|later this
        |later on|nobody knows|something else|anything else|someone else|a bit else|no hablo|no habla|no hablas
        |no hablo ingles|no habla ingles|no habla espanol|sure enough|no what|yes what|no way really
        |i want something else|i would like something else|i need something else|something different
        |i want something different|i would like something different|i want another one|i would like another one
        |good at|bad at|great at|better at|no rush at all|try again|i am good at|i am bad at|you are good at
        |you are great at|you are bad at|no concerns|i have no concerns|have no concerns|no reservations|no qualms
        |no hesitation|no lie|no cap|yes man|yes men|nothing yet
    """,
}
"""Phrases by mark, separated by ``|``. A phrase that also answers counts as the answer."""

CLAUSE_BREAKS = "aber|although|aunque|but|cependant|except|however|jedoch|mais|pero|sino|sondern|though"
"""Words after which another clause begins."""
