"""The head of a script: its name, title, languages, personas and purposes."""

import re

from dialogs.loading.context import FIELD_NAME, Context, is_language, no_language
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.nodes import Mapping, Scalar
from dialogs.loading.other_words import language_called, ours
from dialogs.phrases import PHRASES
from dialogs.questions.base import LANGUAGES
from dialogs.script import PURPOSES, Persona
from dialogs.spelling import nearest
from dialogs.texts import Text

ALT_MOST = 300
"""Characters of what a picture shows: a screen reader cannot pause in it. What is longer belongs into the text."""

_SCRIPT_NAME = re.compile(r"[a-z0-9-]{1,64}", re.ASCII)
_FILE_NAME = re.compile(r"[\w .,()+-]{1,200}")
_HTTPS = re.compile(r"https://[^\s/]+\S*")
_DEFAULT_NAME = "Assistant"


def read_name(cursor: Cursor) -> str:
    """The script's name, part of addresses."""
    name = cursor.text("dialog") if cursor.need("dialog", "crm-guide") else None
    if name is not None and not _SCRIPT_NAME.fullmatch(name):
        cursor.error("dialog", f'"{shortened(name)}" is no name for a script: use small letters, digits and hyphens')
    return name or ""


def read_title(cursor: Cursor, context: Context) -> Text:
    """The title, for people."""
    title = context.heading(cursor, "title") if cursor.need("title", "The CRM buyer's guide") else None
    return context.plain_text("") if title is None else title


def read_languages(cursor: Cursor, context: Context) -> None:
    """The script's own language, and all it speaks."""
    own = cursor.text("language")
    no_text = cursor.node("language") is not None and own is None
    context.languages_uncertain = no_text or isinstance(cursor.node("languages"), Mapping)
    own = own or "en"
    spoken = dict.fromkeys((own, *cursor.names("languages")))
    for language in spoken:
        key = "language" if language == own and cursor.has("language") else "languages"
        if not is_language(language):
            cursor.error(key, no_language(language))
            context.languages_uncertain = True
        elif language_called(language):
            context.report.warn(cursor.place_of(key), no_language(language))
        elif language.partition("-")[0] not in PHRASES["help"]:
            known = ", ".join(PHRASES["help"])
            message = f'the bot\'s own phrases exist in {known}; in "{language}" they are said in English'
            context.report.warn(cursor.place_of(key), message)
        elif language.partition("-")[0] not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            message = (
                f'answers are read in {known}; in "{language}" they are read as if they were in English: buttons help'
            )
            context.report.warn(cursor.place_of(key), message)
    context.language, context.languages = own, tuple(spoken)


def read_purposes(cursor: Cursor, context: Context) -> None:
    """Purposes of consent beside those that every script knows."""
    purposes = cursor.names("purposes")
    for purpose in purposes:
        if not FIELD_NAME.fullmatch(purpose):
            cursor.error("purposes", f'"{shortened(purpose)}" is no name for a purpose: use letters, digits and _')
    context.purposes = tuple(dict.fromkeys((*PURPOSES, *purposes)))


def read_personas(cursor: Cursor, context: Context) -> tuple[Persona, dict[str, Persona]]:
    """Who speaks, and the others who may."""
    node = cursor.node("persona")
    own = Persona(key="default", name=_DEFAULT_NAME)
    if isinstance(node, Scalar):
        own = Persona(key="default", name=node.text)
    elif (one := cursor.cursor("persona", "the persona")) is not None:
        own = _persona("default", one)
    others: dict[str, Persona] = {}
    section = cursor.cursor("personas", '"personas"')
    context.personas.uncertain = section is None and cursor.has("personas")
    for key, place, value in section.entries() if section else ():
        context.personas.declare(key, place, context.report)
        if (one := cursor_of(value, context.report, f'the persona "{shortened(key)}"')) is not None:
            others[key] = _persona(key, one)
    return own, others


def _persona(key: str, cursor: Cursor) -> Persona:
    name = cursor.text("name") if cursor.need("name", "Mia") else None
    picture = read_picture(cursor)
    cursor.finish()
    return Persona(key=key, name=name or _DEFAULT_NAME, picture=picture)


def read_doors(cursor: Cursor, context: Context) -> tuple[str, ...]:
    """The steps that a page may begin at; none of them within a sub-dialog."""
    doors: dict[str, None] = {}
    alone = cursor.node("doors")
    for node in [alone] if isinstance(alone, Scalar) else cursor.items("doors"):
        if isinstance(node, Scalar):
            if message := context.outline.why_not(node.text, None):
                context.report.error(node.place, message)
            doors[node.text] = None
        else:
            context.report.error(node.place, '"doors" is a list of names of steps, such as [pricing, demo]')
    return tuple(doors)


def read_picture(cursor: Cursor) -> str | None:
    """A picture: an https address, or the name of a file in the folder's ``pictures``."""
    node = cursor.node("picture")
    if isinstance(node, Mapping):
        message = 'a picture is named on one line, "picture: chart.png", and "alt: …" stands in the next'
        cursor.error("picture", message)
        return None
    picture = cursor.text("picture")
    if picture is None or _HTTPS.fullmatch(picture):
        return picture
    if _FILE_NAME.fullmatch(picture) and not picture.startswith("."):
        return picture
    shapes = 'write an https:// address, or the name of a file in the folder "pictures"'
    name = re.split(r"[/\\]", picture)[-1]
    if picture.lower().startswith("http://"):
        shapes = "it is shown in pages with https, so its address begins with https:// too"
    elif "://" not in picture and _FILE_NAME.fullmatch(name) and not name.startswith("."):
        shapes = f'write "{shortened(name)}" alone, and put the file into the folder "pictures" beside the script'
    cursor.error("picture", f'"{shortened(picture)}" is no picture: {shapes}')
    return None


def read_said_picture(cursor: Cursor, context: Context) -> tuple[str | None, Text | None]:
    """A picture that is part of the talk, and what it shows: whoever does not see it misses something without that."""
    picture, alt = read_picture(cursor), read_alt(cursor, context)
    if picture is not None and not cursor.has("alt"):
        cure = 'add "alt: …" with what it shows, or alt: "" if it only decorates'
        context.doubt(cursor.key_place("picture"), f"visitors who do not see this picture miss it; {cure}")
    return picture, alt


def read_alt(cursor: Cursor, context: Context) -> Text | None:
    """What the picture beside it shows; None where it only decorates (``alt: ""``)."""
    node = cursor.node("alt")
    if cursor.has("alt") and not cursor.has("picture"):
        if any(ours(key, ("picture",)) or nearest(key, ("picture",)) for key in cursor.mapping.entries):
            return None  # It is called otherwise, as is said of it.
        context.report.error(cursor.key_place("alt"), '"alt" says what a picture shows; it needs "picture"')
        return None
    if isinstance(node, Scalar) and not node.text.strip():
        return None
    if cursor.has("alt") and node is None:
        message = 'nothing is written after "alt:"; say what the picture shows, or write alt: "" if it only decorates'
        context.report.error(cursor.key_place("alt"), message)
        return None
    text = context.text(cursor, "alt")
    for one in text.by_language.values() if text is not None else ():
        if len("".join(one.pieces)) > ALT_MOST:
            cursor.error("alt", f"a picture's words are read in one breath: {ALT_MOST} characters at most")
    return text
