"""Keeps secrets out of what is written down: the known ones, and whatever looks like one."""

import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

HIDDEN = "***"
"""What stands in place of a secret."""
_SHORTEST = 4
"""Shorter secrets would blot out half of every line, and guard nothing."""
_VALUE = r"""(?:'[^']*'|"[^"]*"|[^\s,;]+)"""
_PATTERNS = (
    # A password in an address: scheme://user:password@host.
    (re.compile(r"([a-z][a-z0-9+.-]{1,30}://[^\s/?#@:]{0,100}):[^\s/?#]{1,300}@", re.IGNORECASE), rf"\1:{HIDDEN}@"),
    # Telegram's tokens, which stand in its addresses, and Slack's.
    (re.compile(r"\b(bot)?\d{6,12}:[A-Za-z0-9_-]{30,}"), HIDDEN),
    (re.compile(r"\bx(?:ox[abeprs]|app)-[A-Za-z0-9-]{6,}"), HIDDEN),
    # Headers.
    (re.compile(r"\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    (
        re.compile(
            r"\b((?:set-)?cookie|authorization|x-[a-z-]{0,40}(?:signature|token)[a-z-]{0,40})(['\"]?\s{0,4}[:=]\s{0,4})"
            + _VALUE,
            re.IGNORECASE,
        ),
        rf"\1\2{HIDDEN}",
    ),
    # Parameters and paths of addresses: links of ours are keys to what they open.
    (
        re.compile(
            r"([?&;][a-z_]{0,40}(?:token|secret|key|password|signature|sig|hash|code|state)=)[^\s&;#\"']+",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?<=/)(?=[A-Za-z_-]*\d)(?=[a-z0-9_-]*[A-Z])(?=[A-Z0-9_-]*[a-z])[A-Za-z0-9_-]{20,}"), HIDDEN),
    (re.compile(r"(?<=/)[0-9a-f]{32,}\b", re.IGNORECASE), HIDDEN),
)


class Redaction:
    """Replaces secrets in texts; the known ones wherever and however encoded they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {
            form for secret in secrets for form in (secret, quote(secret, safe=""), quote_plus(secret), quote(secret))
        }
        longest_first = sorted((form for form in known if len(form) >= _SHORTEST), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text
