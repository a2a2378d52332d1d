"""``python -m bot.web.widget`` (``make widget``): makes the files that browsers get, in ``bot/web/static``, of these.

The sources are readable files of one room each, with comments. What is served has neither comments nor long names, and
is a few files rather than many. It is kept beside the sources' history, so that a server needs no tools to run; a test
says when it is not what the sources say.

A new part is one new file here, ``NAME.js``: it is served as ``/widget-NAME.js``. Its looks may stand in ``NAME.css``;
``"css:NAME.css"`` in a script becomes the text of that file.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import ascii_letters, ascii_uppercase

import minify

from bot.web.widget.declaring import check_order

SOURCES = Path(__file__).parent
SERVED = SOURCES.parent / "static"

LANGUAGES = ("en", "de", "es", "fr", "pt", "it", "nl", "ar")
"""Languages the chat's own words exist in: ``words/LANGUAGE.js``."""

LAUNCHER = ("beginning", "loading", "chat")
"""All that a page waits for until its bubble is opened: ``/widget.js``, in one closure."""
CORE = ("drawing", "faces", "hearing", "memory", "transcript", "answers", "composer", "panel")
"""What shows the first message, after the words of one language: ``/widget-core-LANGUAGE.js``. Each follows what it is
made of; beyond that, those that are alike are neighbours, which makes the whole smaller. So it is below."""
TALK = (
    *("link", "outgoing", "talk", "connection", "person"),
    *("scrolling", "fields", "missing", "inputs", "cards"),
)
"""What keeps the conversation going, loaded once the first message is shown: ``/widget-talk.js``."""

ALONE_WITH: Mapping[str, Sequence[str]] = {"attract": ("notes", "acts"), "page": ("check",)}
"""What parts bring along: what pages report stands with what it may be the moment of, a check with what asks for it."""

LOOKED_UP = frozenset(
    ("connecting", "offline", "unavailable", "sending", "waiting", "sent", "failed", "download", "openLink", "join")
)
"""Words that rooms look up by what something is (``words[state]``): they keep their names."""
_WORD = re.compile(r"^  (\w+):", re.MULTILINE)
_STYLES = re.compile(r'"css:([a-z-]+\.css)"')
_VARIABLE = re.compile(r"(?<=--)(?!handraiser-)[a-z-]+")
_CONSTANT = re.compile(r'^( *const ([A-Z_]+) = ([\d_. *]+|/.*/\w*|"[^"\n]*");\n)', re.MULTILINE)
_VERSION = "build:version"


def build() -> Mapping[str, str]:
    """The served scripts by file name. They name each other with a version that changes with any of them."""
    parts = {f"widget-core-{language}.js": _join(f"words/{language}", *CORE) for language in LANGUAGES}
    parts |= {f"widget-words-{language}.js": _join(f"words/{language}") for language in LANGUAGES}
    parts["widget-talk.js"] = _join(*TALK)
    bundled = {*LAUNCHER, *CORE, *TALK, *(one for others in ALONE_WITH.values() for one in others)}
    alone = sorted(path.stem for path in SOURCES.glob("*.js") if path.stem not in bundled)
    parts |= {f"widget-{name}.js": _join(*ALONE_WITH.get(name, ()), name) for name in alone}
    version = hashlib.sha256("\0".join(parts.values()).encode()).hexdigest()[:10]
    launcher = _small(f'(()=>{{"use strict";{_read(*LAUNCHER)}}})()').replace(_VERSION, version)
    return {"widget.js": launcher, **parts}


def weigh(script: str) -> int:
    """Bytes of a script as they travel."""
    return len(gzip.compress(script.encode(), 9, mtime=0))


def _join(*names: str) -> str:
    return _small(_read(*names))


def _read(*names: str) -> str:
    scripts = "\n".join(_room(name) for name in names)
    # They say for their readers what a browser need not hear: what is strict runs the same without saying so.
    for needless in ('"use strict";', "window."):
        scripts = scripts.replace(f"\n{needless}", "\n")
    return _STYLES.sub(lambda found: _styles(found[1]), scripts)


def _room(name: str) -> str:
    script = _without_constants((SOURCES / f"{name}.js").read_text("utf-8"))
    short = _short_words()
    if name.startswith("words/"):
        return _WORD.sub(lambda found: f"  {short[found[1]]}:", script)
    return re.sub(r"\bwords\.(\w+)", lambda found: f"words.{short.get(found[1], found[1])}", script)


@cache
def _short_words() -> Mapping[str, str]:
    """What the chat's own words are called in what is served: a letter each, by the order in which they stand."""
    letters = iter(ascii_letters)
    names = _WORD.findall((SOURCES / "words" / "en.js").read_text("utf-8"))
    return {name: name if name in LOOKED_UP else next(letters) for name in names}


def _without_constants(script: str) -> str:
    """A script with the numbers, texts and patterns themselves where it says their names, which weigh more."""
    for line, name, value in _CONSTANT.findall(script):
        itself = f"({value})".replace("\\", "\\\\")
        script = re.sub(rf"\b{name}\b", itself, script.replace(line, ""))
    return script


def _small(script: str) -> str:
    small = str(minify.string("application/javascript", script))
    check_order(small)
    return small


def _styles(name: str) -> str:
    css = minify.string("text/css", (SOURCES / name).read_text("utf-8"))
    short = _short_variables()
    return json.dumps(_VARIABLE.sub(lambda found: short.get(found[0], found[0]), css), ensure_ascii=False)


@cache
def _short_variables() -> Mapping[str, str]:
    """What variables that the style sheets set for themselves are called in what is served: a letter each.

    Those that pages set, and scripts, keep their names. A page that sets some on everything hardly calls them so.
    """
    sheets = "".join(path.read_text("utf-8") for path in sorted(SOURCES.glob("*.css")))
    names = dict.fromkeys(re.findall(rf"{_VARIABLE.pattern}(?=:)", sheets))
    return dict(zip(names, ascii_uppercase, strict=False))


def main(names: Sequence[str] = ()) -> None:
    """Write what is served, and say what it weighs."""
    made = build()
    for path in SERVED.glob("widget*.js"):
        if path.name not in made:
            path.unlink()
    for name, script in made.items():
        (SERVED / name).write_text(script, "utf-8")
        print(f"{weigh(script):7,} {name}")


if __name__ == "__main__":
    main()
