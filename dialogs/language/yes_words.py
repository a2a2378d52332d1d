"""The words by which people say yes, in four languages, each with its mark; see ``yes_and_no_words``."""

from collections.abc import Mapping

from dialogs.language.answer_marks import Mark

YES_WORDS: Mapping[Mark, str] = {
    Mark.YES: """
        yes|yeah|yep|yup|yea|ye|yah|yeh|ya|yess|yas|yass|yes sir|yessir|yes sirree|yes maam|yes ma'am|yeppers|yuppers
        |yeap|yupp|yepp|yse|yes indeed|uh huh|uhuh|uhhuh|mm hmm|mhm|mmhm|mmhmm|aye|aye aye|affirmative|affirm|roger
        |roger that|ten four|10 4|you bet|you betcha|betcha|you bet your life|you know it|heck yeah|oui oui|si si
        |ja ja|ja|jaa|jo|jap|jep|jup|jawohl|jawoll|jepp|joa|doch|aber ja|oh ja|na ja klar|ja klar|jau|si|sip|sipi
        |simon|sii|claro que si|que si|yo si|pues si|si senor|oui|ouais|ouai|ouaip|ui|mais oui|ben oui|oui bien sur
        |moi oui|yesh|yaas|yees|yesss|eys|jaja|ja ja ja|si si si|yes always|yesses|usually yes|mostly yes|often yes
        |generally yes
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
        |apparently so|without any doubt|beyond any doubt|defo|deffo|fosho|fo sho|fa sho|obvs|obvi|righto|right oh
        |righty ho|rightio|of corse|of cource|of cors|klaro|na logo|eh klar|sowieso|mit sicherheit|mit vergnugen
        |bien sur que oui|bien sur que si|of course yes|every single one|every one of them|every single time
        |each and every one
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
        |i agree with you|agree with you|i agree with your|agree with your|i agree with that|no harm in trying
        |no harm in it|no harm in that|no harm done|there is no harm in trying|no reason not to|no reason why not
        |i see no reason not to|i see no reason why not|see no reason why not|see no reason not to
        |there is no reason not to|i see no problem|i see no problem with that|see no problem|i see no issue
        |worth a try|worth a shot|worth a go|it is worth a try|it is worth a shot|let us try|let us try it
        |let us try that|i will give it a try|i will give it a go|let us give it a try|let us give it a go
        |i am willing|i am willing to|i am willing to try|i am willing to do that|we are willing|we are ready
        |we are interested|no worries go ahead|you have convinced me|i am convinced|you can not say no to that
        |spricht nichts dagegen|da spricht nichts dagegen|es spricht nichts dagegen|da sage ich nicht nein
        |da sag ich nicht nein|da kann ich nicht nein sagen|ich sage nicht nein|ich kann nicht nein sagen
        |keine schlechte idee|gar keine schlechte idee|schick ruber|schick mal ruber|schick ihn mir|schick sie mir
        |schicken sie ihn mir|schicken sie sie mir|klappt|das klappt|das geht|geht|das geht in ordnung|venga|venga va
        |orale|andale|dale nomas|me parece|no veo por que no|no puedo decir que no|no dire que no|no me puedo negar
        |no digo que no|je ne dis pas non|je dis pas non|je ne dirais pas non|je dirais pas non
        |je ne peux pas dire non|je peux pas dire non|je ne vois pas pourquoi pas|je ne vois pas d'inconvenient
        |aucune objection|allez|allez go|c'est parti|let's go baby|can not say no to that offer|can not resist
        |do not see a problem|do not see any problem|do not see any problems|i do not see a problem
        |i do not see any problem|i do not see any problem with that|i do not see a problem with that
        |not see a problem|not see any problem|not be a problem|is not a problem|not a problem for me
        |not be any problem|not be an issue|not an issue|not say no|never say no|never say no to that
        |not say no to that|not possibly say no|not really say no|can not really say no|could not say no
        |could not really say no|can not possibly say no|who could say no|who can say no|who would say no
        |who would say no to that|who could say no to that|how can i say no|how could i say no
        |how can i say no to that|how could i say no to that|how can one say no|not refuse|never refuse
        |not possibly refuse|not refuse that|can not refuse|could not refuse|who could refuse|how can i refuse
        |not resist|silly not to|stupid not to|crazy not to|foolish not to|be a fool not to|an idiot not to
        |rude not to|nicht ablehnen|pas refuser|no puedo negarme|no rechazar|start|let us start|let us begin|begin
        |let us start then|lass uns anfangen|fangen wir an|empecemos|commencons|could not possibly refuse
        |could not possibly say no|never say no to free stuff
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
        |you have that right|you have that correct|damn right|damn straight|too bloody right|bloody right
        |too damn right|darn right|darn tootin
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
        |i would not say no|would not say no|might as well|may as well|that seems to be right|i think that is right
        |i think yes|should be fine|should be ok|that should be fine|warum nicht|wieso nicht|warum eigentlich nicht
        |von mir aus|meinetwegen|wenn du willst|wenn sie wollen|denke schon|ich denke schon|glaube schon
        |ich glaube schon|ich glaube ja|ich denke ja|schon|nicht schlecht|wenn es sein muss|ich denke ja schon
        |ja schon|eigentlich schon|schatze schon|supongo|supongo que si|no esta mal|nada mal|no me importa|si quieres
        |si quiere|si usted quiere|imagino que si|pourquoi pas|pas mal|si vous voulez|si tu veux|je suppose
        |je suppose que oui|ca ne me derange pas|plutot oui|ca me derange pas|j'imagine|j'imagine que oui
        |si vous le dites|no big deal|if i must|if i have to|if i really must|wenn's sein muss|wenns sein muss
        |glaub schon|ich glaub schon|denk schon|ich denk schon|glaub ja|je crois|je crois bien|je pense|apparently
        |so it seems|it seems so|seems so|looks like it|it looks like it|it would seem so|as far as i know
        |why would i not|why would not i|why would not we|why would we not|why should i not|why should not i
        |why the hell not|why the heck not|why on earth not|why ever not|why not indeed|warum denn nicht
        |por que no entonces|pourquoi pas alors
    """,
    Mark.SHORT: """
        i do|we do|i am|we are|it is|that is|they are|i will|we will|it does|that does|they do|i have|we have|i did
        |we did|it was|i can|we can|i shall|it has|ich bin|bin ich|habe ich|hab ich|mochte ich gern|das ist es
        |das bin ich|sind wir|haben wir|lo soy|lo es|soy yo|lo haria|lo hare|je le suis|c'est le cas|i would|you can
        |you may|let us|you could|i would like to|i want to|i would love to|i do so|i do indeed|i would indeed
        |yo tambien|moi aussi|ich auch|me too|same here|same|i am sure|i am certain|i am positive|pretty sure
        |i am sure of it|i am sure of that|yes i am sure|that is so|it is so|that i do|that it is|so it is
        |right you are|i am certain of it|i am certain of that|i am in agreement|we are in agreement|i think i am
        |i think i do|i think it is|i believe it is|i believe i do|there is|there is one|there are|there are some
        |there was|he is|she is|he does|she does|he did|she did|it did|he has|she has|they have|they did|they were
        |they will|he will|she will|i did so|i have one|we have one|i have got one|we have got one|we have some
        |i have some|i already do|we already do|already do|already have|already have one|we already have
        |we already have one|i already have|i already have one|we already did|already did|already done|always|usually
        |we usually do|i usually do|wir haben|wir haben eins|wir haben einen|wir haben eine|wir haben schon
        |haben wir schon|habe ich schon|hab ich schon|ich habe|ich hab|ich kann|wir sind|wir sind es|sind wir schon
        |lo tenemos|tenemos|ya tenemos|ya lo tenemos|tengo|lo tengo|ya lo tengo|ya tengo|si tengo|si tenemos|somos
        |lo somos|on a|on en a|nous en avons|nous avons|j'ai|j'en ai|j'en ai un|j'en ai une|on en a un|on est
        |nous le sommes|on l'est|c'est fait
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
}
"""Phrases by mark, separated by ``|``."""
