"""The head of a script: its name, title, languages, personas and purposes."""

import re

from dialogs.loading.context import FIELD_NAME, Context, is_language
from dialogs.loading.cursor import Cursor, cursor_of, shortened
from dialogs.loading.nodes import Scalar
from dialogs.phrases import PHRASES
from dialogs.questions.base import LANGUAGES
from dialogs.script import PURPOSES, Persona

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


def read_title(cursor: Cursor) -> str:
    """The title, for people."""
    return (cursor.text("title") if cursor.need("title", "The CRM buyer's guide") else None) or ""


def read_languages(cursor: Cursor, context: Context) -> None:
    """The script's own language, and all it speaks."""
    own = cursor.text("language") or "en"
    spoken = dict.fromkeys((own, *cursor.texts("languages")))
    for language in spoken:
        key = "language" if language == own and cursor.has("language") else "languages"
        if not is_language(language):
            cursor.error(key, f'"{shortened(language)}" is no language; write "en", "de" or "pt-BR"')
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
    purposes = cursor.texts("purposes")
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
    for node in cursor.items("doors"):
        if isinstance(node, Scalar):
            if message := context.outline.why_not(node.text, None):
                context.report.error(node.place, message)
            doors[node.text] = None
        else:
            context.report.error(node.place, '"doors" is a list of names of steps, such as [pricing, demo]')
    return tuple(doors)


def read_picture(cursor: Cursor) -> str | None:
    """A picture: an https address, or the name of a file in the folder's ``pictures``."""
    picture = cursor.text("picture")
    if picture is None or _HTTPS.fullmatch(picture):
        return picture
    if _FILE_NAME.fullmatch(picture) and not picture.startswith("."):
        return picture
    shapes = 'write an https:// address, or the name of a file in the folder "pictures"'
    cursor.error("picture", f'"{shortened(picture)}" is no picture: {shapes}')
    return None
