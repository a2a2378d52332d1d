"""What visitors are told when something is refused, in every language of the chat's interface.

A refusal travels as a ``Wording``: which sentence, and the facts in it. It becomes words at the exits, where the
visitor's language is known. Sentences for programmers (a frame that cannot be read) are in English alone.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dialogs.questions.base import phrase
from dialogs.questions.file import kinds_in_words

LANGUAGES = ("en", "de", "es", "fr", "pt", "it", "nl", "ar")
"""Of the chat's interface."""


class Wording(NamedTuple):
    """One of the sentences below, with its facts."""

    key: str
    facts: Mapping[str, Any]

    def said(self, language: str) -> str:
        """The sentence in a language; in English where it is none of ``LANGUAGES``."""
        facts = {
            name: kinds_in_words(value, language) if isinstance(value, tuple) else value
            for name, value in self.facts.items()
        }
        return phrase(SENTENCES, self.key, language, **facts)


def wording(key: str, **facts: Any) -> Wording:
    """The sentence ``key``; a tuple among the facts is one of kinds of files. Raises ``KeyError`` for none."""
    assert key in SENTENCES, key
    return Wording(key, facts)


SENTENCES: Mapping[str, Mapping[str, str]] = {
    "too_many_talks": {
        "en": "Too many conversations were begun from here. Please try again later.",
        "de": "Von hier wurden zu viele Unterhaltungen begonnen. Bitte versuchen Sie es später noch einmal.",
        "es": "Se han iniciado demasiadas conversaciones desde aquí. Inténtelo más tarde, por favor.",
        "fr": "Trop de conversations ont été commencées d'ici. Veuillez réessayer plus tard.",
        "pt": "Foram iniciadas demasiadas conversas a partir daqui. Tente de novo mais tarde, por favor.",
        "it": "Da qui sono state iniziate troppe conversazioni. Riprovi più tardi, per favore.",
        "nl": "Er zijn vanaf hier te veel gesprekken begonnen. Probeer het later opnieuw.",
        "ar": "بدأت محادثات كثيرة جدًا من هنا. يُرجى المحاولة لاحقًا.",
    },
    "too_fast": {
        "en": "That was a little fast. Please wait {seconds} seconds.",
        "de": "Das ging etwas schnell. Bitte warten Sie {seconds} Sekunden.",
        "es": "Ha ido un poco rápido. Espere {seconds} segundos, por favor.",
        "fr": "C'était un peu rapide. Veuillez patienter {seconds} secondes.",
        "pt": "Foi um pouco rápido. Aguarde {seconds} segundos, por favor.",
        "it": "È stato un po' troppo veloce. Attenda {seconds} secondi, per favore.",
        "nl": "Dat ging wat snel. Wacht {seconds} seconden.",
        "ar": "كان ذلك سريعًا بعض الشيء. يُرجى الانتظار {seconds} ثانية.",
    },
    "unknown_conversation": {
        "en": "There is no such conversation, or it is not yours.",
        "de": "Diese Unterhaltung gibt es nicht, oder es ist nicht Ihre.",
        "es": "Esa conversación no existe, o no es la suya.",
        "fr": "Cette conversation n'existe pas, ou ce n'est pas la vôtre.",
        "pt": "Essa conversa não existe, ou não é a sua.",
        "it": "Questa conversazione non esiste, o non è la sua.",
        "nl": "Dit gesprek bestaat niet, of het is niet van u.",
        "ar": "هذه المحادثة غير موجودة، أو أنها ليست محادثتك.",
    },
    "unknown_script": {
        "en": "There is no chat of this name.",
        "de": "Einen Chat dieses Namens gibt es nicht.",
        "es": "No hay ningún chat con ese nombre.",
        "fr": "Il n'y a pas de chat de ce nom.",
        "pt": "Não há nenhum chat com esse nome.",
        "it": "Non c'è nessuna chat con questo nome.",
        "nl": "Er is geen chat met deze naam.",
        "ar": "لا توجد دردشة بهذا الاسم.",
    },
    "not_saved": {
        "en": "It could not be saved just now. Please send it again.",
        "de": "Das ließ sich gerade nicht speichern. Bitte senden Sie es noch einmal.",
        "es": "No se ha podido guardar ahora mismo. Envíelo otra vez, por favor.",
        "fr": "Cela n'a pas pu être enregistré à l'instant. Veuillez le renvoyer.",
        "pt": "Não foi possível guardar neste momento. Envie de novo, por favor.",
        "it": "Non è stato possibile salvarlo ora. Lo invii di nuovo, per favore.",
        "nl": "Het kon nu niet worden opgeslagen. Verstuur het opnieuw.",
        "ar": "تعذّر الحفظ الآن. يُرجى الإرسال مرة أخرى.",
    },
    "internal": {
        "en": "Something went wrong on our side (error {mark}).",
        "de": "Bei uns ist etwas schiefgegangen (Fehler {mark}).",
        "es": "Algo ha fallado por nuestra parte (error {mark}).",
        "fr": "Quelque chose s'est mal passé de notre côté (erreur {mark}).",
        "pt": "Algo correu mal do nosso lado (erro {mark}).",
        "it": "Qualcosa è andato storto da parte nostra (errore {mark}).",
        "nl": "Er ging bij ons iets mis (fout {mark}).",
        "ar": "حدث خطأ من جانبنا (الخطأ {mark}).",
    },
    "prove_begin": {
        "en": "Many chats were begun from here. One moment, please.",
        "de": "Von hier wurden viele Chats begonnen. Einen Moment, bitte.",
        "es": "Se han iniciado muchos chats desde aquí. Un momento, por favor.",
        "fr": "Beaucoup de chats ont été commencés d'ici. Un instant, s'il vous plaît.",
        "pt": "Foram iniciados muitos chats a partir daqui. Um momento, por favor.",
        "it": "Da qui sono state iniziate molte chat. Un momento, per favore.",
        "nl": "Er zijn vanaf hier veel chats begonnen. Een ogenblik.",
        "ar": "بدأت دردشات كثيرة من هنا. لحظة من فضلك.",
    },
    "prove_person": {
        "en": "One moment, please: we make sure that you are a person.",
        "de": "Einen Moment, bitte: Wir prüfen, ob Sie ein Mensch sind.",
        "es": "Un momento, por favor: comprobamos que es usted una persona.",
        "fr": "Un instant, s'il vous plaît : nous vérifions que vous êtes une personne.",
        "pt": "Um momento, por favor: verificamos se é uma pessoa.",
        "it": "Un momento, per favore: verifichiamo che lei sia una persona.",
        "nl": "Een ogenblik: we gaan na of u een mens bent.",
        "ar": "لحظة من فضلك: نتأكد من أنك إنسان.",
    },
    "prove_again": {
        "en": "That could not be confirmed. Please try once more.",
        "de": "Das ließ sich nicht bestätigen. Bitte versuchen Sie es noch einmal.",
        "es": "No se ha podido confirmar. Inténtelo otra vez, por favor.",
        "fr": "Cela n'a pas pu être confirmé. Veuillez réessayer.",
        "pt": "Não foi possível confirmar. Tente mais uma vez, por favor.",
        "it": "Non è stato possibile confermarlo. Riprovi, per favore.",
        "nl": "Dat kon niet worden bevestigd. Probeer het nog eens.",
        "ar": "تعذّر التأكيد. يُرجى المحاولة مرة أخرى.",
    },
    "no_file_wanted": {
        "en": "No file is asked for at the moment.",
        "de": "Im Moment wird keine Datei erbeten.",
        "es": "En este momento no se pide ningún archivo.",
        "fr": "Aucun fichier n'est demandé pour le moment.",
        "pt": "Neste momento não é pedido nenhum ficheiro.",
        "it": "Al momento non è richiesto alcun file.",
        "nl": "Er wordt nu niet om een bestand gevraagd.",
        "ar": "لا يُطلب أي ملف في الوقت الحالي.",
    },
    "unknown_file": {
        "en": "There is no such file here; please send it again.",
        "de": "Diese Datei ist nicht hier; bitte senden Sie sie noch einmal.",
        "es": "Ese archivo no está aquí; envíelo otra vez, por favor.",
        "fr": "Ce fichier n'est pas ici ; veuillez le renvoyer.",
        "pt": "Esse ficheiro não está aqui; envie-o de novo, por favor.",
        "it": "Questo file non è qui; lo invii di nuovo, per favore.",
        "nl": "Dit bestand is hier niet; verstuur het opnieuw.",
        "ar": "هذا الملف غير موجود هنا؛ يُرجى إرساله مرة أخرى.",
    },
    "too_slow": {
        "en": "The file did not come in time.",
        "de": "Die Datei ist nicht rechtzeitig angekommen.",
        "es": "El archivo no ha llegado a tiempo.",
        "fr": "Le fichier n'est pas arrivé à temps.",
        "pt": "O ficheiro não chegou a tempo.",
        "it": "Il file non è arrivato in tempo.",
        "nl": "Het bestand is niet op tijd aangekomen.",
        "ar": "لم يصل الملف في الوقت المناسب.",
    },
    "half_a_file": {
        "en": "Only a part of the file came. Please send it again.",
        "de": "Nur ein Teil der Datei ist angekommen. Bitte senden Sie sie noch einmal.",
        "es": "Solo ha llegado una parte del archivo. Envíelo otra vez, por favor.",
        "fr": "Seule une partie du fichier est arrivée. Veuillez le renvoyer.",
        "pt": "Só chegou uma parte do ficheiro. Envie-o de novo, por favor.",
        "it": "È arrivata solo una parte del file. Lo invii di nuovo, per favore.",
        "nl": "Maar een deel van het bestand is aangekomen. Verstuur het opnieuw.",
        "ar": "وصل جزء من الملف فقط. يُرجى إرساله مرة أخرى.",
    },
    "empty_file": {
        "en": "The file is empty.",
        "de": "Die Datei ist leer.",
        "es": "El archivo está vacío.",
        "fr": "Le fichier est vide.",
        "pt": "O ficheiro está vazio.",
        "it": "Il file è vuoto.",
        "nl": "Het bestand is leeg.",
        "ar": "الملف فارغ.",
    },
    "too_large": {
        "en": "The file is larger than {largest}, the most that is taken.",
        "de": "Die Datei ist größer als {largest}; mehr wird nicht angenommen.",
        "es": "El archivo supera {largest}, el máximo que se acepta.",
        "fr": "Le fichier dépasse {largest}, le maximum accepté.",
        "pt": "O ficheiro tem mais de {largest}, o máximo que é aceite.",
        "it": "Il file supera {largest}, il massimo accettato.",
        "nl": "Het bestand is groter dan {largest}; meer wordt niet aangenomen.",
        "ar": "الملف أكبر من {largest}، وهو الحد الأقصى المقبول.",
    },
    "wrong_type": {
        "en": "By its content this is {found}. These are taken: {kinds}.",
        "de": "Ihrem Inhalt nach ist diese Datei {found}. Angenommen werden: {kinds}.",
        "es": "Por su contenido, este archivo es {found}. Se aceptan: {kinds}.",
        "fr": "D'après son contenu, ce fichier est {found}. Sont acceptés : {kinds}.",
        "pt": "Pelo conteúdo, este ficheiro é {found}. São aceites: {kinds}.",
        "it": "Dal contenuto, questo file è {found}. Sono accettati: {kinds}.",
        "nl": "Aan de inhoud te zien is dit {found}. Aangenomen worden: {kinds}.",
        "ar": "بحسب محتواه، هذا الملف هو {found}. الأنواع المقبولة: {kinds}.",
    },
    "one_after_another": {
        "en": "Too many files at once. Please send one after the other.",
        "de": "Zu viele Dateien auf einmal. Bitte senden Sie eine nach der anderen.",
        "es": "Demasiados archivos a la vez. Envíelos de uno en uno, por favor.",
        "fr": "Trop de fichiers à la fois. Veuillez les envoyer l'un après l'autre.",
        "pt": "Demasiados ficheiros ao mesmo tempo. Envie um de cada vez, por favor.",
        "it": "Troppi file insieme. Li invii uno alla volta, per favore.",
        "nl": "Te veel bestanden tegelijk. Verstuur ze één voor één.",
        "ar": "ملفات كثيرة دفعة واحدة. يُرجى إرسالها واحدًا تلو الآخر.",
    },
    "files_in_conversation": {
        "en": "A conversation takes {most} files at most, and these are here.",
        "de": "Eine Unterhaltung fasst höchstens {most} Dateien, und so viele sind es schon.",
        "es": "Una conversación admite {most} archivos como máximo, y ya están todos.",
        "fr": "Une conversation accepte {most} fichiers au plus, et ils y sont déjà.",
        "pt": "Uma conversa aceita no máximo {most} ficheiros, e já cá estão.",
        "it": "Una conversazione accetta al massimo {most} file, e ci sono già tutti.",
        "nl": "In een gesprek passen hoogstens {most} bestanden, en die zijn er al.",
        "ar": "تتسع المحادثة لـ {most} من الملفات كحد أقصى، وقد بلغت هذا العدد.",
    },
    "a_day": {
        "en": "More than {most} a day are not taken from one person. Please try again tomorrow.",
        "de": "Mehr als {most} am Tag werden von einer Person nicht angenommen. Bitte versuchen Sie es morgen wieder.",
        "es": "No se aceptan más de {most} al día de una persona. Inténtelo mañana, por favor.",
        "fr": "Pas plus de {most} par jour ne sont acceptés d'une personne. Veuillez réessayer demain.",
        "pt": "Não se aceitam mais de {most} por dia de uma pessoa. Tente de novo amanhã, por favor.",
        "it": "Da una persona non si accettano più di {most} al giorno. Riprovi domani, per favore.",
        "nl": "Van één persoon wordt niet meer dan {most} per dag aangenomen. Probeer het morgen opnieuw.",
        "ar": "لا يُقبل من شخص واحد أكثر من {most} في اليوم. يُرجى المحاولة غدًا.",
    },
    "no_room": {
        "en": "There is no room for more files at the moment.",
        "de": "Im Moment ist kein Platz für weitere Dateien.",
        "es": "En este momento no hay sitio para más archivos.",
        "fr": "Il n'y a plus de place pour d'autres fichiers pour le moment.",
        "pt": "Neste momento não há espaço para mais ficheiros.",
        "it": "Al momento non c'è spazio per altri file.",
        "nl": "Er is op dit moment geen ruimte voor meer bestanden.",
        "ar": "لا توجد مساحة لملفات أخرى في الوقت الحالي.",
    },
    "file_withheld": {
        "en": "This file is withheld, for safety.",
        "de": "Diese Datei wird zur Sicherheit zurückgehalten.",
        "es": "Este archivo está retenido por seguridad.",
        "fr": "Ce fichier est retenu par sécurité.",
        "pt": "Este ficheiro está retido por segurança.",
        "it": "Questo file è trattenuto per sicurezza.",
        "nl": "Dit bestand wordt uit veiligheid achtergehouden.",
        "ar": "هذا الملف محجوز لأسباب تتعلق بالسلامة.",
    },
    "file_missing": {
        "en": "This file is not here at the moment; we have been told.",
        "de": "Diese Datei ist im Moment nicht hier; wir wissen Bescheid.",
        "es": "Este archivo no está aquí en este momento; ya nos han avisado.",
        "fr": "Ce fichier n'est pas ici pour le moment ; nous en sommes avertis.",
        "pt": "Este ficheiro não está aqui neste momento; já fomos avisados.",
        "it": "Questo file al momento non è qui; siamo stati avvisati.",
        "nl": "Dit bestand is hier op dit moment niet; we weten ervan.",
        "ar": "هذا الملف غير متوفر حاليًا؛ وقد أُبلغنا بذلك.",
    },
    "link_unknown": {
        "en": "This link is not known here, or its time is over.",
        "de": "Dieser Link ist hier nicht bekannt oder nicht mehr gültig.",
        "es": "Este enlace no se conoce aquí, o ha caducado.",
        "fr": "Ce lien n'est pas connu ici, ou il a expiré.",
        "pt": "Este link não é conhecido aqui, ou já expirou.",
        "it": "Questo link non è noto qui, o è scaduto.",
        "nl": "Deze link is hier niet bekend, of niet meer geldig.",
        "ar": "هذا الرابط غير معروف هنا، أو انتهت صلاحيته.",
    },
    "link_expired": {
        "en": "This link has expired; ask for a new one in the chat.",
        "de": "Dieser Link ist abgelaufen; bitten Sie im Chat um einen neuen.",
        "es": "Este enlace ha caducado; pida uno nuevo en el chat.",
        "fr": "Ce lien a expiré ; demandez-en un nouveau dans le chat.",
        "pt": "Este link expirou; peça um novo no chat.",
        "it": "Questo link è scaduto; ne chieda uno nuovo nella chat.",
        "nl": "Deze link is verlopen; vraag in de chat om een nieuwe.",
        "ar": "انتهت صلاحية هذا الرابط؛ اطلب رابطًا جديدًا في الدردشة.",
    },
    "no_such_link": {
        "en": "There is no such link; perhaps a letter is wrong.",
        "de": "Diesen Link gibt es nicht; vielleicht stimmt ein Buchstabe nicht.",
        "es": "Ese enlace no existe; quizá haya una letra equivocada.",
        "fr": "Ce lien n'existe pas ; peut-être une lettre est-elle fausse.",
        "pt": "Esse link não existe; talvez haja uma letra errada.",
        "it": "Questo link non esiste; forse c'è una lettera sbagliata.",
        "nl": "Deze link bestaat niet; misschien klopt er een letter niet.",
        "ar": "لا يوجد رابط كهذا؛ ربما هناك حرف خاطئ.",
    },
    "too_many_links": {
        "en": "Too many links were tried; please wait a little.",
        "de": "Es wurden zu viele Links versucht; bitte warten Sie etwas.",
        "es": "Se han probado demasiados enlaces; espere un poco, por favor.",
        "fr": "Trop de liens ont été essayés ; veuillez patienter un peu.",
        "pt": "Foram experimentados demasiados links; aguarde um pouco, por favor.",
        "it": "Sono stati provati troppi link; attenda un momento, per favore.",
        "nl": "Er zijn te veel links geprobeerd; wacht even.",
        "ar": "جُرّبت روابط كثيرة جدًا؛ يُرجى الانتظار قليلًا.",
    },
    "page_unknown": {
        "en": "There is no such page here.",
        "de": "Diese Seite gibt es hier nicht.",
        "es": "Esa página no existe aquí.",
        "fr": "Cette page n'existe pas ici.",
        "pt": "Essa página não existe aqui.",
        "it": "Questa pagina qui non esiste.",
        "nl": "Deze pagina bestaat hier niet.",
        "ar": "لا توجد صفحة كهذه هنا.",
    },
    "needs_scripts": {
        "en": "This chat needs JavaScript.",
        "de": "Dieser Chat braucht JavaScript.",
        "es": "Este chat necesita JavaScript.",
        "fr": "Ce chat a besoin de JavaScript.",
        "pt": "Este chat precisa de JavaScript.",
        "it": "Questa chat ha bisogno di JavaScript.",
        "nl": "Deze chat heeft JavaScript nodig.",
        "ar": "تحتاج هذه الدردشة إلى JavaScript.",
    },
    "to_the_start": {
        "en": "Back to the start",
        "de": "Zurück zum Anfang",
        "es": "Volver al inicio",
        "fr": "Retour au début",
        "pt": "Voltar ao início",
        "it": "Torna all'inizio",
        "nl": "Terug naar het begin",
        "ar": "العودة إلى البداية",
    },
    "error": {
        "en": "Error {status}",
        "de": "Fehler {status}",
        "es": "Error {status}",
        "fr": "Erreur {status}",
        "pt": "Erro {status}",
        "it": "Errore {status}",
        "nl": "Fout {status}",
        "ar": "الخطأ {status}",
    },
}
