"""A file: a brief, a photo, a plan. Not read from words: it comes with the message (``VisitorSaid.file``)."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field

from dialogs.file_types import accepted, is_one_of, read_kind, read_size, size_in_words
from dialogs.questions.base import Accepted, Input, Options, Outcome, Reading, Rejected, phrase
from dialogs.values import Value

PARTS = ("id", "name", "type", "size")
"""Of a file as a value: the house's name for it, the name it was given, its type by content, its size in bytes."""
EVERYDAY = ("image", "document")
"""What is taken where a script does not say."""


def _listed(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


class FileOptions(Options):
    """What a script may say about a file."""

    types: Annotated[
        tuple[Annotated[str, AfterValidator(read_kind)], ...], BeforeValidator(_listed), Field(min_length=1)
    ] = EVERYDAY
    """Kinds that are taken: ``image``, ``pdf``, ``document``, ``spreadsheet``, ``audio``, ``video``, ``archive``, or
    endings such as ``.dwg``. One, or a list."""
    largest: Annotated[int, BeforeValidator(read_size)] | None = None
    """In bytes; in scripts with a unit, such as ``10 MB``. The server's own limit holds beside it."""


_PHRASES: Mapping[str, Mapping[str, str]] = {
    "not_a_file": {
        "en": "Please send it as a file here ({kinds}).",
        "de": "Bitte schicken Sie es hier als Datei ({kinds}).",
        "es": "Envíelo aquí como archivo, por favor ({kinds}).",
        "fr": "Envoyez-le ici sous forme de fichier, s'il vous plaît ({kinds}).",
        "pt": "Envie-o aqui como ficheiro, por favor ({kinds}).",
        "it": "Lo invii qui come file, per favore ({kinds}).",
        "nl": "Stuur het hier als bestand ({kinds}).",
        "ar": "يُرجى إرساله هنا كملف ({kinds}).",
    },
    "wrong_type": {
        "en": "I can't take that kind of file here. These work: {kinds}.",
        "de": "Diese Art von Datei kann ich hier nicht annehmen. Es gehen: {kinds}.",
        "es": "Aquí no puedo aceptar ese tipo de archivo. Sirven: {kinds}.",
        "fr": "Je ne peux pas accepter ce type de fichier ici. Voici ceux qui conviennent : {kinds}.",
        "pt": "Aqui não posso aceitar esse tipo de ficheiro. Servem: {kinds}.",
        "it": "Qui non posso accettare questo tipo di file. Vanno bene: {kinds}.",
        "nl": "Dit soort bestand kan ik hier niet aannemen. Wel: {kinds}.",
        "ar": "لا يمكنني قبول هذا النوع من الملفات هنا. المقبول: {kinds}.",
    },
    "too_large": {
        "en": "That file is {size}; {largest} is the most I can take.",
        "de": "Die Datei hat {size}; höchstens {largest} kann ich annehmen.",
        "es": "El archivo ocupa {size}; como máximo puedo aceptar {largest}.",
        "fr": "Ce fichier fait {size} ; je peux accepter {largest} au plus.",
        "pt": "Esse ficheiro tem {size}; no máximo posso aceitar {largest}.",
        "it": "Questo file è di {size}; al massimo posso accettare {largest}.",
        "nl": "Dit bestand is {size}; ik kan hoogstens {largest} aannemen.",
        "ar": "حجم هذا الملف {size}؛ أقصى ما يمكنني قبوله {largest}.",
    },
    "empty": {
        "en": "That file is empty. Could you send it again?",
        "de": "Die Datei ist leer. Schicken Sie sie noch einmal?",
        "es": "El archivo está vacío. ¿Puede enviarlo otra vez?",
        "fr": "Ce fichier est vide. Pouvez-vous le renvoyer ?",
        "pt": "Esse ficheiro está vazio. Pode enviá-lo de novo?",
        "it": "Questo file è vuoto. Può inviarlo di nuovo?",
        "nl": "Dit bestand is leeg. Kunt u het opnieuw sturen?",
        "ar": "هذا الملف فارغ. هل يمكنك إرساله مرة أخرى؟",
    },
    "image": {
        "en": "a picture",
        "de": "ein Bild",
        "es": "una imagen",
        "fr": "une image",
        "pt": "uma imagem",
        "it": "un'immagine",
        "nl": "een afbeelding",
        "ar": "صورة",
    },
    "pdf": {
        "en": "a PDF",
        "de": "ein PDF",
        "es": "un PDF",
        "fr": "un PDF",
        "pt": "um PDF",
        "it": "un PDF",
        "nl": "een PDF",
        "ar": "ملف PDF",
    },
    "document": {
        "en": "a document",
        "de": "ein Dokument",
        "es": "un documento",
        "fr": "un document",
        "pt": "um documento",
        "it": "un documento",
        "nl": "een document",
        "ar": "مستند",
    },
    "spreadsheet": {
        "en": "a spreadsheet",
        "de": "eine Tabelle",
        "es": "una hoja de cálculo",
        "fr": "un tableur",
        "pt": "uma folha de cálculo",
        "it": "un foglio di calcolo",
        "nl": "een rekenblad",
        "ar": "جدول بيانات",
    },
    "audio": {
        "en": "a recording",
        "de": "eine Aufnahme",
        "es": "una grabación",
        "fr": "un enregistrement",
        "pt": "uma gravação",
        "it": "una registrazione",
        "nl": "een opname",
        "ar": "تسجيل صوتي",
    },
    "video": {
        "en": "a video",
        "de": "ein Video",
        "es": "un vídeo",
        "fr": "une vidéo",
        "pt": "um vídeo",
        "it": "un video",
        "nl": "een video",
        "ar": "فيديو",
    },
    "archive": {
        "en": "an archive",
        "de": "ein Archiv",
        "es": "un archivo comprimido",
        "fr": "une archive",
        "pt": "um arquivo comprimido",
        "it": "un archivio",
        "nl": "een archief",
        "ar": "أرشيف",
    },
}


class FileQuestion:
    """Takes a file of the kinds that the script names."""

    name: ClassVar[str] = "file"
    comparable: ClassVar[str] = "text"
    options: ClassVar[type[Options]] = FileOptions

    def read(self, text: str, options: FileOptions, reading: Reading) -> Outcome:
        """Words are no file: what to send."""
        return _refused("not_a_file", options, reading.language)

    def check(self, value: Value, options: FileOptions, language: str) -> Outcome:
        """A file of one of the kinds, and not too large."""
        if not isinstance(value, dict) or sorted(value) != sorted(PARTS):
            return _refused("not_a_file", options, language)
        name, kind, size = value["name"], value["type"], value["size"]
        whole = isinstance(size, int) and isinstance(name, str) and isinstance(kind, str)
        if not whole or not isinstance(value["id"], str) or not value["id"]:
            return _refused("not_a_file", options, language)
        assert isinstance(size, int)
        if size <= 0:
            return _refused("empty", options, language)
        if options.largest is not None and size > options.largest:
            return _refused("too_large", options, language, size=size_in_words(size))
        if not is_one_of(options.types, str(name), str(kind)):
            return _refused("wrong_type", options, language)
        return Accepted(value)

    def input(self, options: FileOptions, language: str) -> Input:
        """A file chooser. ``maximum`` is the largest size in bytes, ``extra.accept`` the kinds as HTML names them."""
        extra: dict[str, Value] = {"accept": accepted(options.types), "kinds": kinds_in_words(options.types, language)}
        return Input(kind="file", maximum=options.largest, extra=extra)

    def show(self, value: Value, options: FileOptions, language: str) -> str:
        """Its name and size: "plan.pdf (1.2 MB)"."""
        if not isinstance(value, dict):
            return ""
        size = value.get("size")
        in_words = f" ({size_in_words(size)})" if isinstance(size, int) else ""
        return f"{value.get('name', '')}{in_words}"


def kinds_in_words(kinds: tuple[str, ...], language: str) -> str:
    """Kinds as people name them: "a picture, a PDF, .dwg"."""
    return ", ".join(kind if kind.startswith(".") else phrase(_PHRASES, kind, language) for kind in kinds)


def _refused(code: str, options: FileOptions, language: str, **facts: str) -> Rejected:
    largest = "" if options.largest is None else size_in_words(options.largest)
    kinds = kinds_in_words(options.types, language)
    return Rejected(phrase(_PHRASES, code, language, kinds=kinds, largest=largest, **facts), code)
