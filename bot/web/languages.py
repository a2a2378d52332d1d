"""Which language somebody is spoken to in: what their chat says, that of the conversation, or their browser's."""

from collections.abc import Sequence

from aiohttp import web

from bot.refusals import LANGUAGES
from dialogs.language.language_tags import nearest_language

_SPOKEN = web.RequestKey("language", str)


def spoken(language: object) -> str | None:
    """The language of the interface that a client names by its tag (BCP 47); None for what names none of them."""
    primary = language.partition("-")[0].lower() if isinstance(language, str) else ""
    return primary if primary in LANGUAGES else None


def speak(request: web.Request, language: object) -> None:
    """From here on it is known what language whoever asks speaks. What was known before goes first."""
    if (known := spoken(language)) is not None:
        request.setdefault(_SPOKEN, known)


def language_of(request: web.Request) -> str:
    """The language in which whoever asks is told that something is refused."""
    known = request.get(_SPOKEN)
    return known or preferred_language(request.headers.get("Accept-Language", ""), LANGUAGES)


def preferred_language(accepted: str, languages: Sequence[str]) -> str:
    """The first of the visitor's languages (an Accept-Language header, RFC 9110) that is spoken; else our first."""
    wanted = []
    for part in accepted[:500].split(","):
        tag, _, weight = part.partition(";q=")
        try:
            wanted.append((-float(weight or 1), tag))
        except ValueError:
            continue
    for _, tag in sorted(wanted, key=lambda one: one[0]):
        if (nearest := nearest_language(tag, languages)) is not None:
            return nearest
    return languages[0]
