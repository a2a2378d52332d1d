"""A website's backend that signs who its visitor is, with nothing but the standard library (RFC 7515, RFC 7519)."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

SECRET = "0f5b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f"


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(now: datetime | None = None, **more: Any) -> dict[str, Any]:
    """What a token says; None leaves a claim out."""
    at = int((now or datetime.now(UTC)).timestamp())
    said = {"sub": "c-42", "aud": "welcome", "iat": at, "exp": at + 600, **more}
    return {name: value for name, value in said.items() if value is not None}


def signed(said: Any, secret: str = SECRET, header: Any = None) -> str:
    """The token."""
    parts = [encoded(json.dumps(one).encode()) for one in (header or {"alg": "HS256", "typ": "JWT"}, said)]
    head = ".".join(parts)
    return f"{head}.{encoded(hmac.new(secret.encode(), head.encode(), hashlib.sha256).digest())}"
