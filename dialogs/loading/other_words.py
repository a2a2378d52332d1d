"""Words that other tools and other people use for what a script calls otherwise."""

from collections.abc import Iterable, Mapping

from dialogs.spelling import did_you_mean

_OURS: Mapping[str, tuple[str, ...]] = {
    # Steps, and what stands in them.
    "alt_text": ("alt",),
    "alternative": ("alt",),
    "answer": ("say",),
    "button": ("choices",),
    "buttons": ("choices",),
    "condition": ("when",),
    "give": ("offer",),
    "goto": ("go",),
    "href": ("url",),
    "if": ("when",),
    "image": ("picture",),
    "img": ("picture",),
    "link": ("links", "url"),
    "message": ("say", "text", "tease"),
    "next": ("go",),
    "photo": ("picture",),
    "input": ("ask",),
    "quick_replies": ("choices",),
    "reply": ("say",),
    "send": ("offer", "say"),
    "target": ("go", "to"),
    "text": ("tease", "say", "label"),
    "title": ("label",),
    # Sections.
    "colors": ("look",),
    "colours": ("look",),
    "design": ("look",),
    "events": ("page_acts",),
    "popups": ("attract",),
    "question": ("ask",),
    "questions": ("faq",),
    "styles": ("look",),
    "teasers": ("attract",),
    "theme": ("look",),
    "triggers": ("attract",),
    # Teasers.
    "after": ("seen_for", "wait"),
    "click": ("did",),
    "delay": ("wait", "seen_for"),
    "event": ("did",),
    "exclude": ("not_on",),
    "exit": ("leaving",),
    "exit_intent": ("leaving",),
    "frequency": ("at_most",),
    "idle": ("idle_for",),
    "inactivity": ("idle_for",),
    "inactive": ("idle_for",),
    "lang": ("language",),
    "locale": ("language",),
    "path": ("pages",),
    "paths": ("pages",),
    "scroll_depth": ("scrolled",),
    "show_on": ("pages",),
    "source": ("utm_source",),
    "stop": ("until",),
    "time_on_page": ("seen_for",),
    "timezone": ("time_zone",),
    "url": ("pages",),
    "urls": ("pages",),
    # What ends a teaser.
    "answered": ("engaged",),
    "clicked": ("engaged",),
    "converted": ("engaged",),
    "dismissed": ("closed",),
    "seen": ("shown",),
    "talked": ("engaged",),
    # Looks.
    "background": ("surface",),
    "border_radius": ("radius",),
    "brand": ("accent",),
    "color": ("accent",),
    "colour": ("accent",),
    "corners": ("radius",),
    "font_family": ("font",),
    "primary": ("accent",),
    # Types of questions, and their options.
    "accept": ("types",),
    "boolean": ("yes_no",),
    "checkbox": ("choices", "yes_no"),
    "checkboxes": ("choices",),
    "dropdown": ("choice",),
    "extensions": ("types",),
    "formats": ("types",),
    "integer": ("number",),
    "limit": ("largest", "at_most"),
    "mail": ("email",),
    "max": ("largest",),
    "max_size": ("largest",),
    "maximum": ("max", "largest"),
    "minimum": ("min",),
    "radio": ("choice",),
    "select": ("choice",),
    "size": ("largest",),
    "stars": ("rating",),
    "string": ("text",),
    "tel": ("phone",),
    "telephone": ("phone",),
    "textarea": ("text",),
    "upload": ("file",),
}
_LANGUAGES: Mapping[str, str] = {
    "arabic": "ar", "deutsch": "de", "dutch": "nl", "eng": "en", "english": "en", "englisch": "en", "español": "es",
    "espanol": "es", "fra": "fr", "français": "fr", "francais": "fr", "fre": "fr", "french": "fr", "ger": "de",
    "german": "de", "deu": "de", "italian": "it", "italiano": "it", "nederlands": "nl", "portuguese": "pt",
    "português": "pt", "spa": "es", "spanish": "es",
}  # fmt: skip


def ours(word: str, known: Iterable[str]) -> str | None:
    """Our word for one of others', where it is among those that are known here."""
    candidates = _OURS.get(word.strip().lower().replace("-", "_").replace(" ", "_"), ())
    return next((one for one in candidates if one in set(known)), None)


def meant(word: str, known: Iterable[str]) -> str:
    """``', did you mean "alt"?'`` to end an error with: our word for one of others', or the known word nearest to a
    misspelt one; nothing when there is none."""
    names = tuple(dict.fromkeys(known))
    found = ours(word, names)
    return f', did you mean "{found}"?' if found else did_you_mean(word, names)


def language_called(name: str) -> str | None:
    """The short name (``de``) of a language that is named in full; None for what names none."""
    return _LANGUAGES.get(name.strip().lower())
