"""Pages and sources as a browser recognises them: patterns with ``*`` become regular expressions of JavaScript. Pure.

The browser compares a page as ``host/path?query``, and how a visit began as ``address referrer``, a space in between.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import quote

_SPECIAL = re.compile(r"[.+?^${}()|\[\]\\/-]")


def pages_expression(pages: Collection[str], not_on: Collection[str]) -> str:
    """Recognises a page that is one of ``pages`` (every page where these are none), and none of ``not_on``.

    A page is known by its path, or by host and path; a slash at its end makes no difference. "" recognises all.
    """
    inside = f"(?:{'|'.join(map(_page, pages))})$" if pages else ""
    outside = f"(?!(?:{'|'.join(map(_page, not_on))})$)" if not_on else ""
    return f"^{outside}{inside}" if pages or not_on else ""


def source_expression(source: Mapping[str, Iterable[str]]) -> str:
    """Recognises how a visit began, all of it; see ``dialogs.attracting.Audience``. "" recognises all."""
    found = "".join(f"(?=.*{one})" for one in _sources(source))
    return found and f"^{found}"


def _sources(source: Mapping[str, Iterable[str]]) -> list[str]:
    found = []
    for name, patterns in source.items():
        if name == "referrer":
            found.append(f" https?:\\/\\/(?:{_any(patterns, '[^/ ]*')})(?=[:\\/]|$)")
        elif name == "click_id":
            found.append(f"[?&](?:{'|'.join(patterns)})=[^& ]")
        else:
            parameter = "hr" if name == "campaign" else name
            coded = [quote(pattern, safe="*~") for pattern in patterns]
            found.append(f"[?&]{parameter}=(?:{_any(coded, '[^&# ]*')})(?=[&# ])")
    return found


def _page(pattern: str) -> str:
    where = "" if not pattern.startswith("/") else "[^/]*"
    bare = pattern if pattern == "/" else pattern.rstrip("/")
    tail = "" if "?" in pattern else "\\/?(?:\\?.*)?"
    return f"{where}{_any([bare], '.*')}{tail}"


def _any(patterns: Iterable[str], anything: str) -> str:
    return "|".join(anything.join(map(_plain, pattern.split("*"))) for pattern in patterns)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
