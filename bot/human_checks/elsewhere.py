"""Checks that somebody else makes: their script in the browser gives a token, their server says what it is worth."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from bot.human_checks.contract import Means

log = logging.getLogger(__name__)

_ANSWER_BYTES = 16 * 1024


class Elsewhere:
    """A check of another house, asked over the door to the outside."""

    kind: ClassVar[str]
    script: ClassVar[str]
    """Their script for the browser."""
    url: ClassVar[str]
    """Where they say what a token is worth."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def challenge(self, now: datetime) -> Mapping[str, Any]:
        """Their script, and whose site it is."""
        return {"kind": self.kind, "script": self.script, "site_key": self._means.site_key}

    async def verify(self, proof: str, address: str, now: datetime) -> bool:
        """Their word on a token; let through where they cannot be asked."""
        told = {"secret": self._means.secret, "response": proof, "sitekey": self._means.site_key}
        if "/" not in address:  # Not a network, which stands for a household.
            told["remoteip"] = address
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        try:
            answer = await self._means.door.post(
                self._means.url or self.url, urlencode(told).encode(), headers, read=_ANSWER_BYTES
            )
        except OSError as error:
            log.warning("%s could not be asked about a visitor, who is let through: %s", self.kind, error)
            return True
        try:
            said = json.loads(answer.body)
        except ValueError:
            said = None
        if answer.status != 200 or not isinstance(said, dict) or not isinstance(said.get("success"), bool):
            log.warning("%s did not answer as it should (%d); the visitor is let through", self.kind, answer.status)
            return True
        codes = said.get("error-codes")
        ours = [one for one in codes if one in _OUR_MISTAKES] if isinstance(codes, list) else []
        if ours:
            log.warning("%s refuses our keys (%s); visitors are let through", self.kind, ", ".join(ours))
            return True
        return bool(said["success"])


_OUR_MISTAKES = ("missing-input-secret", "invalid-input-secret", "sitekey-secret-mismatch", "bad-request")
"""Codes for what no visitor can help."""
