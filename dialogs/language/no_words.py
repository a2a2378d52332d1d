"""The words by which people say no, in four languages, each with its mark; see ``yes_and_no_words``."""

from collections.abc import Mapping

from dialogs.language.answer_marks import Mark

NO_WORDS: Mapping[Mark, str] = {
    Mark.NO: """
        no|nope|nop|nah|nay|naw|noo|noe|nopes|nooo|no no|negative|negatory|no thanks|no thank you|no thx|no ty|no sir
        |no siree|no sirree|no maam|no ma'am|no way|no way jose|no chance|no can do|no deal|no dice|no go|hell no
        |heck no|no sale|nothing doing|nuh uh|nuhuh|uh uh|no please|oh no|god no|no not at all|no need
        |there is no need|no need to|no need for that|no need for it|no need thanks|no good|is a no|big no|hard no
        |hard pass|no never|not ok|not okay|not yes|nein|nee|no danke|nein danke|nein nein|nope danke|nix da|ach nein
        |ne danke|nicht doch|no gracias|que no|claro que no|por supuesto que no|desde luego que no|seguro que no|nel
        |nanay|negativo|creo que no|yo creo que no|me parece que no|diria que no|yo diria que no|pues no|yo no|que va
        |no senor|non|non merci|nan|bien sur que non|mais non|ben non|non non|je crois que non|je pense que non
        |je dirais non|moi non|merci non|heavens no|aw no|oh hell no|nix|nichts davon|null interesse|null bedarf
        |nope thanks|do not bother|zero chance|zero interest|no bother thanks|not a single one|not even one
    """,
    Mark.BAD: """
        bad|terrible|awful|horrible|unacceptable|nonsense|bogus|fake|hate|dislike|decline|refuse|reject|object|oppose
        |impossible|rubbish|pass|unlikely|unwilling|uninterested|ridiculous|opposed|against it|against that|schlecht
        |unmoglich|ablehne|lehne ab|furchtbar|blod|quatsch|unsinn|dagegen|esta mal|imposible|rechazo|odio|mauvais
        |mauvaise|deteste|contre
    """,
    Mark.FALSE: """
        wrong|false|incorrect|untrue|inaccurate|mistaken|invalid|incorect|flase|untruth|mistake|erroneous|lie|fallacy
        |disagree|falsch|unwahr|inkorrekt|gelogen|falso|falsa|incorrecto|incorrecta|mentira|equivocado|faux|fausse
        |incorrecte|mensonge|inexact
    """,
    Mark.REFUSED: """
        not really|not at all|not exactly|not quite|not particularly|not especially|not for me|not today|not now
        |not right now|not at the moment|not at this time|not at this moment|not this time|not yet|not just yet
        |not tonight|not anymore|not any more|not ever|not once|not one bit|not in the slightest|not in the least
        |not a chance|not even close|not even|not even remotely|not a bit|not likely|not bloody likely|not so much
        |not much|not very much|not interested|not necessary|not needed|not required|not my thing|not my cup of tea
        |not a fan|not keen|not on your life|not in a million years|not on my watch|not by a long shot
        |not by any means|not in this lifetime|not that i know of|not that i know|not that i am aware of
        |not to my knowledge|not in my opinion|not for now|not happening|not going to happen
        |that is not going to happen|ain't happening|not the case|that is not the case|not so|that is not so
        |it is not so|i think not|i would think not|i guess not|i suppose not|guess not|hope not|i hope not
        |certainly not|i should think not|i do not think so|do not think so|i did not think so|i do not believe so
        |do not believe so|i would not say so|i would not say that|i would not think so|do not think that
        |i do not think that|i do not think that is|i do not think it is|i do not believe that|i do not believe it
        |i do not guess so|i do not suppose so|i do not agree|i do not want|do not want|i do not need|do not need
        |i do not like|do not like|i do not wish|do not wish|i do not care for|do not care for|i do not feel like
        |do not feel like|i do not plan|i do not intend|i would rather not|would rather not|rather not
        |i will rather not|i prefer not|prefer not|i would prefer not|i would prefer not to|prefer not to|better not
        |i had better not|best not|i will pass|i will pass on that|i will pass on it|i am going to pass|going to pass
        |i have to pass|have to pass|let us not|do not bother|do not do that|do not do it|do not worry about it
        |under no circumstances|by no means|in no way|no means|at no time|on no account|out of the question|fat chance
        |slim chance|over my dead body|when pigs fly|when hell freezes over|i beg to differ|beg to differ|count me out
        |leave me out|include me out|i am out|hardly|scarcely|far from it|anything but|nowhere near|i must decline
        |i decline|i refuse|i have to decline|i will decline|i respectfully decline|i disagree|i deny|denied|i deny it
        |i deny that|i reject that|rejected|declined|i object|i oppose|i doubt that|never|never ever|never in my life
        |nor do i|me neither|nothing like that|none of that|that is a lie|that is nonsense|no good|thumbs down
        |two thumbs down|no interest|i have no interest|i have no desire|i have no need|i have no intention
        |of no interest|there is no way|ain't no way|no freaking way|no fucking way|absolutely no way|no such thing
        |nothing of the sort|nothing of the kind|i can not accept|i can not agree|i can not allow|i can not do that
        |you are wrong|you are mistaken|you are incorrect|you have got it wrong|you got it wrong
        |that is where you are wrong|keep it|thanks but no|i am not interested|could not be further from the truth
        |nothing could be further from the truth|i do not buy it|i do not like it|i do not like that|i do not want it
        |i do not want to|i do not want that|i do not need it|i would not like|i would not like that
        |i would not like to|i would not want|i would hate|hate it|i hate it|nicht wirklich|eher nicht|lieber nicht
        |besser nicht|eigentlich nicht|gar nicht|uberhaupt nicht|ganz und gar nicht|keineswegs|keinesfalls
        |auf keinen fall|auf gar keinen fall|unter keinen umstanden|niemals|nie|nie im leben|nie und nimmer
        |nicht unbedingt|nicht so|nicht ganz|noch nicht|doch nicht|auch nicht|nicht heute|heute nicht|jetzt nicht
        |nicht jetzt|gerade nicht|im moment nicht|momentan nicht|derzeit nicht|zurzeit nicht|zur zeit nicht
        |aktuell nicht|vorerst nicht|nicht notig|nicht notwendig|nicht erforderlich|nicht interessiert|kein interesse
        |kein bedarf|keinen bedarf|keine lust|kein wunsch|bitte nicht|danke nicht|ich nicht|glaube nicht
        |ich glaube nicht|denke nicht|ich denke nicht|wohl kaum|kaum|bloss nicht|ja nicht|von wegen
        |kommt nicht in frage|kommt nicht infrage|ausgeschlossen|ich will nicht|will ich nicht|will nicht
        |ich mochte nicht|mochte ich nicht|mochte nicht|ich brauche das nicht|brauche ich nicht|brauch ich nicht
        |stimmt nicht|passt nicht|lass mal|lassen wir das|lassen sie mal|lieber doch nicht|interessiert mich nicht
        |mag ich nicht|ich mag nicht|nicht wahr|das war nichts|nichts fur mich|nichts da|ich lehne ab|lehne ich ab
        |abgelehnt|nicht einverstanden|muss nicht sein|muss ich nicht|nicht mein ding|para nada|en absoluto
        |de ninguna manera|de ningun modo|ni hablar|ni de broma|ni de cona|ni loco|ni loca|ni en suenos|jamas|nunca
        |nunca jamas|nunca mas|tampoco|mejor no|prefiero que no|preferiria que no|prefiero no|preferiria no|ahora no
        |ahora mismo no|por ahora no|de momento no|por el momento no|hoy no|todavia no|aun no|no me interesa
        |no me interesaria|no me gusta|no me gustaria|no quiero|no lo quiero|no quisiera|no necesito|no lo necesito
        |no hace falta|no es necesario|no es correcto|no es cierto|no es verdad|no es asi|eso no|no esta bien
        |no estoy de acuerdo|no estoy interesado|no estoy interesada|no acepto|no lo acepto|no autorizo|no consiento
        |no puedo|no mucho|no realmente|no tanto|no creo|no lo creo|no me parece|no me parece bien|no me apetece
        |no del todo|no exactamente|nada de eso|no precisamente|no deseo|no tengo interes|no me convence|no me va bien
        |no me viene bien|lo rechazo|paso de eso|absolutamente no|definitivamente no|claramente no|no por ahora
        |no ahora|no hoy|aqui no|va a ser que no|pas du tout|pas vraiment|pas tellement|pas trop|pas tout a fait
        |pas exactement|pas forcement|pas necessairement|pas encore|pas maintenant|pas aujourd'hui|pas pour moi
        |pas pour le moment|pas pour l'instant|pas en ce moment|pas question|hors de question|jamais|jamais de la vie
        |au grand jamais|surtout pas|en aucun cas|en aucune facon|aucunement|nullement|certainement pas|absolument pas
        |vraiment pas|plutot pas|pas specialement|pas particulierement|pas interesse|pas interessee
        |ca ne m'interesse pas|ca m'interesse pas|cela ne m'interesse pas|aucun interet|je ne veux pas|je veux pas
        |j'veux pas|je ne souhaite pas|je ne voudrais pas|je prefere pas|je ne prefere pas|je prefererais ne pas
        |je prefererais pas|je prefere ne pas|je ne crois pas|je crois pas|je ne pense pas|je pense pas|pas d'accord
        |je ne suis pas d'accord|je suis pas d'accord|je refuse|je n'accepte pas|je decline|moi non plus|non plus
        |pas besoin|je n'ai pas besoin|j'ai pas besoin|pas envie|je n'ai pas envie|j'ai pas envie|pas necessaire
        |ce n'est pas vrai|c'est pas vrai|pas la peine|ce n'est pas la peine|inutile|tu parles|que nenni|pas moi
        |pas ca|pas possible|not be necessary|will not be necessary|not be needed|you are not right
        |you are not correct|no way that is true|no way that is right|no way that is correct|not gonna happen
        |not what i asked for|not what i want|not what i wanted|not what i meant|not what i was looking for
        |not what i need|no lo es|no lo soy|never in a million years|not into it|not into that|not into this
        |not just now|eigentlich nein|you may not|you can not|you do not have my permission|you do not have my consent
        |i do not give permission|not as far as i know|not a single bit|not if i can help it|not what i had in mind
        |not how it is|not how it works|could not disagree more|i could not disagree more|leave it|drop it|vetoed
        |i will skip|forget about it|not what i said|i do not agree with you|i do not agree with your|not this moment
        |not at this point|not right this second|not at this stage|not this second|afraid not|i fear not
        |i am afraid not|fraid not|highly unlikely|very unlikely|go away|get lost|fuck off|piss off|bugger off|sod off
        |leave me alone|leave me be|stop bothering me|stop asking|screw you|too early|it is too early
        |it is too early for that|too early for that|too soon|it is too soon|too soon for that|too expensive
        |it is too expensive|that is too expensive|way too expensive|can not afford it|can not afford that
        |i can not afford it|i can not afford that|we can not afford it|we can not afford that|i am not willing
        |not willing|we are not willing|not willing to|rarely|seldom|hardly ever|almost never|practically never
        |it was not|that was not|there was not|he does not|she does not|he is not|she is not|he did not|she did not
        |he has not|she has not|he was not|she was not|i was not|we were not|they were not|he will not|she will not
        |none of us|none of them|none of those|none of these|i would rather die|i would rather not be
        |i would prefer to skip|brauch ich net|brauch ich ned|geht nicht|das geht nicht|geht leider nicht
        |das geht leider nicht|klappt nicht|klappt leider nicht|das klappt nicht|haben wir nicht|haben wir noch nicht
        |haben wir leider nicht|habe ich nicht|hab ich nicht|habe ich noch nicht|wir haben keine|wir haben keins
        |wir haben keinen|wir haben noch keine|wir haben noch keins|wir haben noch keinen|ich habe keine
        |ich habe keins|ich habe keinen|glaub nicht|ich glaub nicht|denk nicht|ich denk nicht|ich bin raus|bin raus
        |da bin ich raus|lass gut sein|lassen sie gut sein|gar nichts|zu teuer|zu fruh|supongo que no|imagino que no
        |me temo que no|no tenemos|no lo tenemos|no tengo|no lo tengo|no somos|demasiado caro|muy caro|on n'a pas
        |on a pas|on n'en a pas|nous n'avons pas|nous n'en avons pas|je n'ai pas|j'ai pas|j'en ai pas|je n'en ai pas
        |je n'en veux pas|j'en veux pas|trop cher|trop tot|usually no|usually not|mostly no|mostly not|generally not
        |we have no|i have no|there is no|there are no|we have got no|i have got no|they have no|thanks anyway
        |thank you anyway|thanks all the same|trotzdem danke|gracias de todos modos|merci quand meme|like hell
        |like hell i will|like hell i do|dream on|in your dreams|as if|not any time soon|not anytime soon|no time soon
        |not for all the money|not if you paid me|i would sooner not|would sooner not|skip it|skip that|let us skip
        |let us skip it|let us skip that|do not even think about it|would not dream of it|i would not dream of it
        |could not possibly|i could not possibly|is a problem|be a problem|have a problem with that
        |have a problem with it|a big problem|unnecessary|useless|pointless|a waste of time|waste of time|bullshit
        |my ass|no point|there is no point|what is the point|unnotig|uberflussig|innecesario|inutil|not one of them
    """,
    Mark.DONE: """
        that is all|that is all thanks|that will be all|that would be all|that is all for now|that is all for today
        |that is all i need|that is all i needed|that is all i wanted|that is all i want|that is everything
        |that is everything i need|that is everything i needed|that was all|that is it for now|that is it for today
        |that is it thanks|that will be it|that would be it|that will be everything|that is all i need for now
        |that is all i need today|that is all i need right now|that is all for me|that will do it|that does it
        |all i need|it is all|nothing|nothing else|nothing more|nothing further|nothing at all|none
        |nothing at the moment|nothing for now|nothing right now|nothing else for now|nothing else thanks
        |not anything else|i am good|i am all good|i am all set|i am set|all set|we are all set|i am good for now
        |i am fine|i am fine for now|i am good thanks|i am fine thanks|i am fine thank you|i am good thank you
        |i am done|we are done|all done|i have everything i need|i have all i need|i got everything i need
        |i have got everything i need|i have everything|i have what i need|i got what i need
        |i do not need anything else|i do not need anything|i do not need anything more|i do not need any more
        |i do not need any more help|i do not need any help|i do not need help|i am okay for now|i am ok for now
        |i am good now|das war alles|das war's|das wars|das ist alles|nichts|nichts mehr|nichts weiter|sonst nichts
        |ich bin versorgt|nada|nada mas|eso es todo|es todo|esta todo|ya esta|asi esta bien|rien|rien d'autre
        |rien du tout|rien de plus|c'est tout|ce sera tout|ca sera tout|c'est fini|we are good|we are all good
        |we are fine
    """,
}
"""Phrases by mark, separated by ``|``."""
