"""Signatures of what Slack sends, right ones and wrong ones.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import time
from enum import Enum

SIGNATURE = "X-Slack-Signature"
TIMESTAMP = "X-Slack-Request-Timestamp"


class Signed(Enum):
    """How a request is signed."""

    RIGHTLY = "rightly"
    ABSENT = "absent"
    """Neither of the headers."""
    NO_SIGNATURE = "no signature"
    NO_TIMESTAMP = "no timestamp"
    OTHER_SECRET = "other secret"
    OTHER_BODY = "other body"
    """The signature of a body that differs by one byte."""
    OLD = "old"
    """Right, but of six minutes ago."""
    FUTURE = "future"
    """Right, but six minutes ahead."""
    JUNK_TIMESTAMP = "junk timestamp"
    HUGE_TIMESTAMP = "huge timestamp"
    JUNK_SIGNATURE = "junk signature"
    NOT_ASCII = "not ascii"
    EMPTY = "empty"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """``v0=`` and the HMAC-SHA256 of ``v0:timestamp:body``."""
    message = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def signed_headers(secret: str, body: bytes, how: Signed = Signed.RIGHTLY) -> dict[str, str]:
    """The two headers that prove where a request comes from, or fail to."""
    now = int(time.time())
    at = {
        Signed.OLD: str(now - 360),
        Signed.FUTURE: str(now + 360),
        Signed.JUNK_TIMESTAMP: "soon",
        Signed.HUGE_TIMESTAMP: "9" * 400,
        Signed.EMPTY: "",
    }.get(how, str(now))
    made = {
        Signed.OTHER_SECRET: signature(secret + "x", at, body),
        Signed.OTHER_BODY: signature(secret, at, body + b" "),
        Signed.JUNK_SIGNATURE: "v0=junk",
        Signed.NOT_ASCII: "v0=ünsigned",
        Signed.EMPTY: "",
    }.get(how, signature(secret, at, body))
    headers = {TIMESTAMP: at, SIGNATURE: made}
    if how in {Signed.ABSENT, Signed.NO_SIGNATURE}:
        del headers[SIGNATURE]
    if how in {Signed.ABSENT, Signed.NO_TIMESTAMP}:
        del headers[TIMESTAMP]
    return headers
