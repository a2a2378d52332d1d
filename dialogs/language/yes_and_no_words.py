"""The words by which people say yes, no, or neither, in English, German, Spanish and French, each with its mark.

Phrases are written as they are compared: in lower case, without accents, contractions spelled out by the reader.
The languages are not kept apart: "ja" in an English chat is a yes all the same. Long, because it is one word list.
"""

from collections.abc import Mapping
from enum import IntEnum, auto


class Mark(IntEnum):
    """What a word or phrase does to the yes or no of the clause it stands in. The numbers mean nothing."""

    YES = auto()
    """Says yes by itself."""
    SURE = auto()
    """Says yes by itself, and turns to a firm no before a "not"."""
    NO = auto()
    """Says no by itself."""
    WANTED = auto()
    """A yes to doing something; contradicts a "no"."""
    TRUE = auto()
    """A yes to something being so; contradicts a "no"."""
    OKAY = auto()
    """A yes only where nothing else is said: "Okay, no thanks" is a no."""
    PLEASED = auto()
    """A yes that may also follow a no: "No, that's perfect"."""
    MILD = auto()
    """A yes, but not one to build a consent on."""
    SHORT = auto()
    """A yes where it is the whole clause: "I do"."""
    GOOD = auto()
    """A word of approval; counts only where every word of the clause is known."""
    RIGHT = auto()
    """The same for truth: "correct"."""
    BAD = auto()
    """A word of disapproval; counts like GOOD."""
    FALSE = auto()
    """The same for truth: "wrong"."""
    REFUSED = auto()
    """A no: "not really"."""
    DONE = auto()
    """A no to anything more, nothing else: "I'm good", "that's all"."""
    NOT = auto()
    """Turns round what stands with it."""
    UNSURE = auto()
    """Takes back whatever yes or no stands near it."""
    LATER = auto()
    """Takes back a yes, but not a no."""
    PLEASE = auto()
    """A yes only where it is all that is said."""
    OPENING = auto()
    """Stands before or after an answer without changing it."""
    YOU = auto()
    """Speaks of the one who asked: only what is said about truth counts beside it, not praise."""
    FUNCTION = auto()
    """A small word that an answer may be built with."""
    ASKING = auto()
    """Begins a question."""
    IDIOM = auto()
    """Holds a word that would mislead; says nothing."""
    OTHER = auto()
    """Any other word."""


ANSWERS: Mapping[Mark, str] = {
    Mark.YES: """
        yes|yeah|yep|yup|yea|ye|yah|yeh|ya|yess|yas|yass|yes sir|yessir|yes sirree|yes maam|yes ma'am|yeppers|yuppers
        |yeap|yupp|yepp|yse|yes indeed|uh huh|uhuh|uhhuh|mm hmm|mhm|mmhm|mmhmm|aye|aye aye|affirmative|affirm|roger
        |roger that|ten four|10 4|you bet|you betcha|betcha|you bet your life|you know it|heck yeah|oui oui|si si
        |ja ja|ja|jaa|jo|jap|jep|jup|jawohl|jawoll|jepp|joa|doch|aber ja|oh ja|na ja klar|ja klar|jau|si|sip|sipi
        |simon|sii|claro que si|que si|yo si|pues si|si senor|oui|ouais|ouai|ouaip|ui|mais oui|ben oui|oui bien sur
        |moi oui|yesh|yaas|yees|yesss
    """,
    Mark.SURE: """
        sure|sure thing|for sure|shure|absolutely|absolutly|definitely|definately|definitly|certainly|of course
        |ofcourse|of coarse|off course|ofc|by all means|without a doubt|without doubt|no doubt|no doubt about it
        |there is no doubt|there is no doubt about it|not a doubt in my mind|there is no doubt in my mind|beyond doubt
        |undoubtedly|no question|no question about it|without question|without a question|most definitely
        |most certainly|most assuredly|surely|totally|indeed|indubitably|positively|naturally|obviously|undeniably
        |unquestionably|exactly|precisely|for certain|100 percent|one hundred percent|a hundred percent
        |hundred percent|100|very much so|but of course|why of course|why yes|completely|entirely|klar|na klar
        |klar doch|aber klar|naturlich|selbstverstandlich|sicher|na sicher|aber sicher|sicherlich|sicher doch|bestimmt
        |ganz bestimmt|gewiss|unbedingt|auf jeden fall|auf alle falle|absolut|definitiv|freilich|genau|ganz genau
        |allerdings|durchaus|logisch|logo|in der tat|ohne zweifel|zweifellos|aber gerne|sehr gerne|gerne|gern
        |sehr gern|aber gern|ja gerne|freut mich|claro|clarisimo|por supuesto|desde luego|seguro|ciertamente|sin duda
        |sin lugar a dudas|absolutamente|totalmente|exacto|exactamente|efectivamente|obvio|obviamente|naturalmente
        |definitivamente|con gusto|con mucho gusto|bien sur|bien entendu|evidemment|bien evidemment|certainement
        |absolument|tout a fait|exactement|carrement|sans aucun doute|sans doute aucun|volontiers|tres volontiers
        |avec plaisir|avec joie|naturellement|clairement|assurement|effectivement|en effet|grave|clearly|evidently
        |apparently so|without any doubt|beyond any doubt
    """,
    Mark.NO: """
        no|nope|nop|nah|nay|naw|noo|noe|nopes|nooo|no no|negative|negatory|no thanks|no thank you|no thx|no ty|no sir
        |no siree|no sirree|no maam|no ma'am|no way|no way jose|no chance|no can do|no deal|no dice|no go|hell no
        |heck no|no sale|nothing doing|nuh uh|nuhuh|uh uh|no please|oh no|god no|no not at all|no need
        |there is no need|no need to|no need for that|no need for it|no need thanks|no good|is a no|big no|hard no
        |hard pass|no never|not ok|not okay|not yes|nein|nee|no danke|nein danke|nein nein|nope danke|nix da|ach nein
        |ne danke|nicht doch|no gracias|que no|claro que no|por supuesto que no|desde luego que no|seguro que no|nel
        |nanay|negativo|creo que no|yo creo que no|me parece que no|diria que no|yo diria que no|pues no|yo no|que va
        |no senor|non|non merci|nan|bien sur que non|mais non|ben non|non non|je crois que non|je pense que non
        |je dirais non|moi non|merci non
    """,
    Mark.WANTED: """
        go ahead|please go ahead|go ahead please|go for it|go right ahead|do it|do so|do that|please do|please do so
        |do please|let us do it|let us do that|let us do this|let us go|let us go for it|let us go ahead
        |let us go with that|let us go with it|go with that|go with it|go on|carry on|proceed|please proceed|continue
        |make it so|bring it on|bring it|count me in|sign me up|i am in|i am down|i am up for it|i am up for that
        |i am game|i am all for it|i am for it|i am on board|on board|send it|send it over|send it to me
        |send it please|give it to me|i want it|i want that|i want this|i want them|i want one|i would like that
        |i would like it|i would like one|i would love that|i would love it|i would love to|i would love one|i need it
        |i need that|i need one|i would like this|you can do that|you can do it|that is what i want
        |this is what i want|it is what i want|what i want|exactly what i want|just what i want|that is what i need
        |that is the one|that one is it|i will take it|i will take that|i will take one|i will have it|i will do it
        |i will do that|will do|can do|i accept|i approve|i confirm|i consent|i do consent|i give my consent
        |i give consent|you have my consent|you have my permission|permission granted|i allow it|i allow that
        |i allow you|i agree|i do agree|agreed|we agree|agree|accept|accepted|approved|consent|confirm|confirmed|deal
        |it is a deal|you got it|you have got it|you have a deal|i am interested|i am very interested|interested
        |very interested|i would be interested|i would be interested in that|i am interested in that
        |i am interested in it|i would be happy to|i am happy to|happy to|i would be glad to|glad to
        |i would be delighted|with pleasure|my pleasure|gladly|love to|would love to|would love that|would love it
        |would like that|would like to|i am keen|i concur|i second that|i support that|i am with you|i am ready|ready
        |ready when you are|hit me|shoot|fire away|you read my mind|i thought you would never ask|sign me up please
        |book it|reserve it|buy it|please book it|let us book it|let us reserve it|let us get it|that will do
        |i am good to go|i would say so|i say so|i do think so|count on it|count on me|i can do that|i can do it
        |we can do that|i could do that|hook me up|no problem|no problem at all|not a problem|not a problem at all
        |no probs|no prob|np|i have no problem with that|i do not have a problem with that|no objection|no objections
        |i have no objection|i have no objections|i do not object|no objections here|i do not see why not
        |do not see why not|can not say no|can not say no to that|i could not agree more|could not agree more
        |can not wait|i can not wait|how could i refuse|i do want it|i do want that|i do want to|i do like it
        |do not hesitate|i do not doubt it|there is no problem|keep going|einverstanden|abgemacht|passt|passt so
        |passt schon|passt mir|passt gut|das passt|das passt mir|das passt gut|das passt so|das passt fur mich
        |das passt perfekt|alles klar|geht klar|geht in ordnung|in ordnung|das ist in ordnung|ist in ordnung
        |machen wir|mach das|machen sie das|mach ich|machen sie|mach mal|mach es|kann ich machen|mach nur
        |machen sie nur|nur zu|los|los geht's|auf geht's|leg los|legen sie los|ich will|ich will das|ich will es
        |ich mochte|ich mochte das|ich mochte es|das mochte ich|das will ich|will ich|mochte ich|wurde ich gerne
        |wurde ich gern|das wurde ich gerne|das wurde mich freuen|wurde mich freuen|sehr gut|bin dabei|ich bin dabei
        |dabei|ich stimme zu|stimme zu|zugestimmt|ich akzeptiere|akzeptiere|akzeptiert|ich bin einverstanden
        |bin einverstanden|das konnen sie|konnen sie|kannst du|konnt ihr|das kannst du|darfst du|durfen sie
        |das durfen sie|du darfst|sie durfen|kein problem|kein thema|keine einwande|nichts dagegen
        |ich habe nichts dagegen|ich bin bereit|ich habe interesse|habe interesse|interesse|interessiert mich
        |das interessiert mich|ich bin interessiert|bin interessiert|ich freue mich|ich hatte gerne|ich hatte gern
        |hatte ich gerne|hatte ich gern|immer her damit|her damit|schick es|schicken sie es|schicken sie es mir
        |schick mir das|schick es mir|bitte gerne|bitte schicken|ich brauche das|das brauche ich|bitte machen
        |bitte machen sie das|ja bitte|bitte sehr|bitte ja|sehr wohl|ich bestatige|bestatigt|bestatige ich|vale
        |ok vale|de acuerdo|dale|dale pues|adelante|siga|sigue|hecho|trato hecho|listo|hagamoslo|hazlo|hagalo|vamos
        |vamos alla|como no|por que no|cuenta conmigo|cuente conmigo|me apunto|apuntame|me interesa|me interesaria
        |estoy interesado|estoy interesada|estoy de acuerdo|acepto|lo acepto|confirmo|lo confirmo|confirmado|aceptado
        |autorizo|doy mi consentimiento|consiento|quiero|lo quiero|la quiero|si quiero|eso quiero|me gustaria
        |me encantaria|me gustaria mucho|me gustaria eso|no hay problema|sin problema|sin problemas|ningun problema
        |no hay inconveniente|sin inconveniente|mandalo|enviamelo|envialo|enviemelo|mandamelo|si por favor|creo que si
        |yo creo que si|diria que si|yo diria que si|la verdad es que si|me parece que si|a mi si|puedes|puede hacerlo
        |puedes hacerlo|d'accord|je suis d'accord|d'ac|dac|dacc|ok d'accord|ca marche|ca roule|ca me va|ca me convient
        |cela me convient|c'est bon|c'est ok|entendu|c'est entendu|marche conclu|allez y|vas y|allons y|on y va|faites
        |faites le|fais le|je veux bien|je le veux|je veux|j'aimerais bien|j'aimerais|je voudrais|je voudrais bien
        |j'accepte|je confirme|je consens|je suis partant|je suis partante|partant|partante|pourquoi pas moi
        |je suis interesse|je suis interessee|interessee|ca m'interesse|cela m'interesse|pas de probleme
        |pas de problemes|pas de souci|pas de soucis|sans probleme|aucun probleme|aucun souci|y a pas de souci
        |il n'y a pas de probleme|envoyez|envoyez le moi|envoyez le|envoyez la moi|envoie le moi|envoie
        |oui s'il vous plait|oui svp|je crois que oui|je pense que oui|je dirais oui|je dirais que oui|j'en suis
        |ca me ferait plaisir|confirme|accepte|reserve|book|purchase|buy|send|schedule|that is what i was looking for
        |what i was looking for|exactly what i was looking for|what i am looking for|pls do|plz do
        |that is what i wanted|what i need|what i am after|i give my permission|no argument|no arguments
        |no argument here|no arguments here|no complaints|no issue|no issues|can not argue with that|can not argue
        |what i meant|what i said|what i would like|sold|be my guest|feel free|granted|permitted|allowed|it is a go
        |a go|you have my blessing|that one please|this one please|it is allowed|done deal|i am all for that
        |i agree with you|agree with you|i agree with your|agree with your|i agree with that
    """,
    Mark.TRUE: """
        that is right|that is correct|that is true|that is it exactly|this is correct|this is right|it is correct
        |it is true|it is right|you are right|you are correct|you are absolutely right|you are exactly right
        |you are so right|you got that right|got it right|you have got it right|you are not wrong|not wrong|right on
        |spot on|that is spot on|on point|bingo|bang on|true that|too true|so true|very true|quite right|quite so
        |just so|sounds right|sounds correct|sounds about right|sounds accurate|looks right|looks correct
        |looks accurate|seems right|seems correct|seems accurate|seems true|checks out|that checks out
        |that is accurate|that is the case|that is a fact|it is a fact|it is the truth|that is the truth|the truth
        |fact|facts|i am quite sure|i am pretty sure|i am pretty sure it is|all correct|all right there
        |everything is correct|everything is right|amen|amen to that|word|you said it|i know|it sure is
        |it certainly is|it definitely is|sure is|sure do|sure am|sure would|sure does|it sure does|i sure do
        |i sure am|i certainly do|i definitely do|i really do|i absolutely do|i sure would|hit the nail on the head
        |stimmt|das stimmt|stimmt so|stimmt genau|das stimmt so|richtig|das ist richtig|ganz richtig|korrekt
        |das ist korrekt|so ist es|so ist das|das ist wahr|wahr|trifft zu|das trifft zu|ist so|das ist so|haargenau
        |da haben sie recht|da hast du recht|du hast recht|sie haben recht|correcto|es correcto|eso es correcto|asi es
        |eso es|es cierto|cierto|es verdad|verdad|verdadero|tienes razon|tiene razon|es asi|tal cual|en efecto
        |esta correcto|es exacto|c'est ca|c'est cela|c'est exact|c'est correct|c'est vrai|c'est juste|exact|vrai
        |c'est bien ca|correct|vous avez raison|tu as raison|c'est exactement ca|oui c'est ca|that is all correct
        |that is all right|all of that is correct|all of it is correct|you have it right|you have it correct
        |you have that right|you have that correct
    """,
    Mark.OKAY: """
        ok|okay|okey|oky|okie|okie dokie|okey dokey|okey dokie|okie doke|okok|ok ok|k|kk|kay|okk|oke|okidoki|alright
        |allright|all right|alrighty|aight|bueno|gut|na gut|also gut|okay gut|ok gut
    """,
    Mark.PLEASED: """
        great|perfect|excellent|wonderful|awesome|fantastic|amazing|brilliant|marvelous|marvellous|superb|splendid
        |fabulous|perfekt|prima|super|toll|klasse|wunderbar|hervorragend|ausgezeichnet|sounds good|sounds great
        |sounds perfect|sounds fine|sounds wonderful|sounds nice|sounds awesome|sounds excellent|sounds amazing
        |sounds fantastic|sounds lovely|sounds like a plan|sounds like fun|sounds like a good idea
        |sounds like a great idea|sounds like a good plan|sounds like a great plan|sounds delightful|sounds ok
        |sounds okay|sounds cool|sounds super|sounds terrific|sounds reasonable|sounds interesting|sounds alright
        |sound good|sound great|that sound good|that sound great|sounds like a deal|sounds delicious|sounds exciting
        |looks good|looks great|looks fine|looks perfect|lgtm|that works|this works|it works|works|works great
        |works fine|works well|works perfectly|works for me|that works for me|works for us|that will work
        |this will work|it will work|that should work|this should work|it should work|that could work|that would work
        |that would work for me|that can work|that will be great|that will be fine|that will be good
        |that will be perfect|that will be ok|that will be nice|that will be okay|that will be wonderful
        |that would be good|that would be great|that would be fine|that would be perfect|that would be nice
        |that would be lovely|that would be wonderful|that would be awesome|that would be excellent
        |that would be amazing|that would be fantastic|that would be helpful|that would be ideal|that would be ok
        |that would be okay|that would be cool|would be great|would be good|would be nice|would be perfect|fine by me
        |fine with me|ok with me|okay with me|good with me|ok by me|okay by me|good by me|cool with me|fine for me
        |good for me|great for me|ok for me|okay for me|perfect for me|i am fine with that|i am fine with it
        |i am good with that|i am good with it|i am ok with that|i am okay with that|i am ok with it|i am okay with it
        |i am happy with that|i am happy with it|i am cool with that|i am cool with it|i am good with this|suits me
        |that suits me|suits me fine|all good|it is all good|it is all right|good idea|great idea|good plan|great plan
        |nice idea|excellent idea|good choice|great choice|excellent choice|nice choice|perfect choice|love it
        |i love it|i love that|love that|like it|i like it|i like that|like that|i love the idea|i like the idea
        |i like that idea|i love that idea|i like this|i love this|thumbs up|two thumbs up|alles gut|klingt gut
        |klingt super|klingt toll|klingt prima|klingt perfekt|das klingt gut|das klingt super|das klingt toll
        |das klingt prima|hort sich gut an|hort sich super an|das hort sich gut an|das hort sich super an|gute idee
        |tolle idee|super idee|gefallt mir|das gefallt mir|finde ich gut|find ich gut|das finde ich gut|ware gut
        |ware super|ware toll|ware schon|ware prima|das ware gut|das ware super|das ware toll|das ware schon
        |das ware prima|das ware perfekt|das ware nett|gut so|ist gut|ist ok|ist okay|das ist ok|perfecto|esta bien
        |esta perfecto|muy bien|bien|me parece bien|me parece perfecto|me parece genial|suena bien|suena genial
        |suena perfecto|me gusta|me encanta|me gusta la idea|buena idea|genial|estupendo|excelente|fenomenal
        |eso estaria bien|estaria bien|estaria genial|seria genial|seria perfecto|eso seria genial|eso seria perfecto
        |me va bien|me viene bien|magnifico|fantastico|maravilloso|parfait|c'est parfait|tres bien|ca me plait
        |ca me parait bien|ca a l'air bien|bonne idee|excellente idee|ce serait bien|ce serait super|ce serait parfait
        |ce serait genial|c'est genial|c'est super|c'est bien|impeccable|nickel|top|ca ira|c'est tres bien
        |ca serait bien|ca serait super|cela serait parfait|i am okay with this|i am ok with this|i am fine with this
        |i am happy with this|i am okay with|very well|nice one|good enough|close enough|that is all good|good to go
        |that is good to go
    """,
    Mark.MILD: """
        why not|sure why not|ok why not|yeah why not|well why not|i guess so|i suppose so|i suppose|i guess|guess so
        |suppose so|i think so|think so|i believe so|believe so|i would think so|i would believe so|i would guess so
        |i imagine so|i reckon so|i reckon|i would imagine so|i assume so|not bad|not bad at all|not too bad
        |not half bad|that is not bad|not a bad idea|i do not mind|do not mind|i would not mind|would not mind
        |would not mind that|i do not mind at all|i do not mind if i do|do not mind if i do|would not hurt
        |it would not hurt|could not hurt|it could not hurt|can not hurt|can not complain|nothing against it
        |it will do|if you want|if you like|if you must|if you say so|if you insist|as you wish|as you like
        |i would not say no|would not say no|might as well|may as well|more or less|kind of|sort of
        |that seems to be right|i think that is right|i think yes|should be fine|should be ok|that should be fine
        |warum nicht|wieso nicht|warum eigentlich nicht|von mir aus|meinetwegen|wenn du willst|wenn sie wollen
        |denke schon|ich denke schon|glaube schon|ich glaube schon|ich glaube ja|ich denke ja|schon|nicht schlecht
        |wenn es sein muss|ich denke ja schon|ja schon|eigentlich schon|schatze schon|supongo|supongo que si
        |no esta mal|nada mal|no me importa|si quieres|si quiere|si usted quiere|imagino que si|pourquoi pas|pas mal
        |si vous voulez|si tu veux|je suppose|je suppose que oui|ca ne me derange pas|plutot oui|ca me derange pas
        |j'imagine|j'imagine que oui|si vous le dites|no big deal
    """,
    Mark.SHORT: """
        i do|we do|i am|we are|it is|that is|they are|i will|we will|it does|that does|they do|i have|we have|i did
        |we did|it was|i can|we can|i shall|it has|ich bin|bin ich|habe ich|hab ich|mochte ich gern|das ist es
        |das bin ich|sind wir|haben wir|lo soy|lo es|soy yo|lo haria|lo hare|je le suis|c'est le cas|i would|you can
        |you may|let us|you could|i would like to|i want to|i would love to|i do so|i do indeed|i would indeed
        |yo tambien|moi aussi|ich auch|me too|same here|same|i am sure|i am certain|i am positive|pretty sure
        |i am sure of it|i am sure of that|yes i am sure|that is so|it is so|that i do|that it is|so it is
        |right you are|i am certain of it|i am certain of that|i am in agreement|we are in agreement|i think i am
        |i think i do|i think it is|i believe it is|i believe i do
    """,
    Mark.GOOD: """
        good|fine|nice|cool|lovely|ideal|terrific|delightful|neat|sweet|stellar|outstanding|helpful|acceptable
        |reasonable|satisfactory|happy|like|love|liked|want|interested|interesting|work|works|suitable|suits|accept
        |approve|favor|favour|keen|okay|ok|alright|useful|perfectly|gr8|awsome|perfet|perfct|prefect|excelent|gefallt
        |gut|spitze|fein|schick|passend|willkommen|interessiert|interessant|will|mochte|wunsche|mag|wollen|freuen
        |brauche|passen|grossartig|top|bien|buena|buen|gusta|encanta|interesa|quisiera|gustaria|encantaria|parece bien
        |bon|bonne|genial|chouette|formidable|aime|plait|plairait|interesse|veux|voudrais|aimerais|envie|besoin
        |convient|marche|fonctionne|satisfied|pleased|content|suit|suits me
    """,
    Mark.RIGHT: """
        right|correct|true|accurate|agree|confirm|confirmed|agreed|valid|truth|corect|corrct|correctly|accurately
        |factual|rightly|legit|the case|richtig|korrekt|wahr|stimmen|recht|correcto|correcta|cierto|verdad|verdadero
        |razon|vrai|juste|exact|exacte|correcte|raison|in agreement|on the money|factually correct
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
        |not at this point|not right this second|not at this stage|not this second
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
"""Phrases that answer, separated by ``|``. A phrase under two marks counts under the first; longer ones go first."""

OPEN_ENDED = """
    absolutely|adelante|alles klar|auf jeden fall|avec plaisir|bien sur|by all means|certainly|claro|count me in
    |d'accord|de acuerdo|definitely|desde luego|einverstanden|for sure|gern|gerne|go ahead|i agree|in ordnung
    |kein problem|klar|na klar|naturlich|no hay problema|no problem|of course|ofcourse|pas de probleme|pas de souci
    |please do|please go ahead|por supuesto|sehr gerne|selbstverstandlich|sicher|sign me up|sure|sure thing|vale
    |volontiers
"""
"""Phrases that answer even where the sentence goes on in ways nobody can foresee: "Sure, I have two kids"."""

PLAIN_YES = """
    +1|claro|d'accord|ja|ja bitte|klar|ok|okay|oui|si|sure|true|vale|y|yeah|yep|yes|yes please|yes, please|yup
"""
"""Everyday answers that need no reading."""

PLAIN_NO = """
    -1|false|n|nah|nein|nein danke|no|no gracias|no thank you|no thanks|no, thanks|non|non merci|nope
"""
"""The same for no."""

YES_SIGNS = "👍👌✅✔☑🆗🙌💯🙆🤝🫡➕"
"""Pictures that say yes."""

NO_SIGNS = "👎❌🚫✋🖐🙅✖⛔🛑"
"""Pictures that say no."""

UNSURE_SIGNS = "🤷🤔😐🫤"
"""Pictures that say neither."""
