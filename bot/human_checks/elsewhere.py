"""Checks that somebody else makes: their script in the browser gives a token, their server says what it is worth.

1. Their word decides, whatever the status of the answer: a visitor can make a request that is refused, and must not get
   in by that.
2. Where there is no word of theirs (no answer, none that can be read, an error of their own), people are let through.
   So they are where our secret is refused: no token can cause that.
3. That a token is of this site, fresh and not used before, is theirs to see: they know each token they gave.
"""

import json
import logging
import re
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address
from typing import Any, ClassVar
from urllib.parse import urlencode

from bot.human_checks.contract import Means

log = logging.getLogger(__name__)

_ANSWER_BYTES = 16 * 1024
_TOKEN = re.compile(r"[\x21-\x7e]+")
_SECRET_REFUSED = ("missing-input-secret", "invalid-input-secret")
"""Codes for what no visitor can cause."""
_OURS_TO_MEND = (
    "sitekey-secret-mismatch", "invalid-sitekey", "not-using-dummy-passcode", "bad-request", "missing-remoteip",
    "invalid-remoteip",
)  # fmt: skip
"""Codes that our settings may cause; but a token that somebody made up, or got with another key, may do so, too."""
_THEIR_TROUBLE = "internal-error"


class Elsewhere:
    """A check of another house, asked over the door to the outside."""

    kind: ClassVar[str]
    script: ClassVar[str]
    """Their script for the browser; with ``onload=``, which it calls when everything is there."""
    url: ClassVar[str]
    """Where they say what a token is worth."""
    sources: ClassVar[Mapping[str, str]]
    """What a page's Content-Security-Policy has to allow for it, by directive."""
    longest: ClassVar[int]
    """Of a token, in characters."""
    tries: ClassVar[int] = 1
    """How often they are asked where no answer comes."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def challenge(self, now: datetime) -> Mapping[str, Any]:
        """Their script, and whose site it is."""
        return {"kind": self.kind, "script": self.script, "site_key": self._means.site_key}

    async def verify(self, proof: str, address: str, now: datetime) -> bool:
        """Their word on a token; let through where they cannot be asked."""
        if len(proof) > self.longest or not _TOKEN.fullmatch(proof):
            return False  # None of theirs: nobody need be asked.
        told = {"secret": self._means.secret, "response": proof, **self.more()}
        if is_public(address):
            told["remoteip"] = address
        body = urlencode(told).encode()
        for _ in range(self.tries):
            said = await self._ask(body)
            if said is not None:
                return self._judge(said)
        return True

    def more(self) -> dict[str, str]:
        """What this house wants to be told beside secret, token and address."""
        return {}

    async def _ask(self, body: bytes) -> Mapping[str, Any] | None:
        """What they say; None where they say nothing of use."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        try:
            answer = await self._means.door.post(self._means.url or self.url, body, headers, read=_ANSWER_BYTES)
        except OSError as error:
            log.warning("%s could not be asked about a visitor, who is let through: %s", self.kind, error)
            return None
        try:
            said = json.loads(answer.body)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict) or not isinstance(said.get("success"), bool):
            log.warning("%s did not answer as it should (%d); the visitor is let through", self.kind, answer.status)
            return None
        if not said["success"] and _THEIR_TROUBLE in _codes(said):
            log.warning("%s had an error of its own; the visitor is let through", self.kind)
            return None
        return said

    def _judge(self, said: Mapping[str, Any]) -> bool:
        codes = _codes(said)
        if not said["success"] and (refused := [one for one in codes if one in _SECRET_REFUSED]):
            log.error("%s refuses our secret (%s); visitors are let through unchecked", self.kind, ", ".join(refused))
            return True
        if mend := [one for one in codes if one in _OURS_TO_MEND]:
            sentence = (
                "%s refused a visitor with %s; where that comes often, look at site_key and secret in [human_check]"
            )
            log.warning(sentence, self.kind, ", ".join(mend))
        return bool(said["success"])


def _codes(said: Mapping[str, Any]) -> list[str]:
    codes = said.get("error-codes")
    return [one for one in codes if isinstance(one, str)] if isinstance(codes, list) else []


def is_public(address: str) -> bool:
    """Whether this is the address of one machine in the public network: a house may be told no other (a household's
    network, a proxy of ours)."""
    try:
        return ip_address(address).is_global
    except ValueError:
        return False
