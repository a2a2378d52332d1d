"""Who the site says its visitor is: a token that its backend signs (JSON Web Token, RFC 7519, with HS256 of RFC 7518).

1. HS256 with our secret, and nothing else: what the token itself says about its algorithm chooses nothing.
2. ``sub``, ``aud``, ``iat`` and ``exp`` must be there. ``aud`` names the scripts it is meant for, so that a token for
   one is no token for another; it is good for a day at most.
3. What it says is bounded, and read like anything else that comes from outside.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jwt

from bot.channels.web import FrameError
from bot.ports import Clock
from dialogs.told import Identity

CODE = "bad_identity"
LASTS_MOST = 86_400
"""Longest time between ``iat`` and ``exp``, in seconds."""
LEEWAY = 60
"""Seconds by which the site's clock may differ from ours."""
TOKEN_MOST = 4096
_SUBJECT_MOST = 200
_DETAIL_MOST = 320
_FAR = 2**53


class Identities:
    """Reads the tokens of a site. ``secret`` is shared with its backend; without one, none are taken."""

    def __init__(self, secret: str | None, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def read(self, token: object, script: str) -> Identity:
        """Who it is. Raises ``FrameError`` that says what is wrong with the token."""
        if self._secret is None:
            raise FrameError(CODE, "This chat takes no signed identities: [web] identity_secret is not set.")
        if not isinstance(token, str) or not 0 < len(token) <= TOKEN_MOST or not token.isascii():
            raise FrameError(CODE, f"An identity is a signed token of at most {TOKEN_MOST:,} characters.")
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=["HS256"],
                audience=script,
                options={
                    "require": ["sub", "aud", "iat", "exp"],
                    # Looked at below, by the clock that everything here goes by.
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except jwt.InvalidTokenError as error:
            raise FrameError(CODE, _why(error, script)) from None
        _check_times(claims, self._clock())
        return _identity(claims)


def _why(error: jwt.InvalidTokenError, script: str) -> str:
    match error:
        case jwt.MissingRequiredClaimError():
            return f'The identity has no "{error.claim}".'
        case jwt.InvalidAudienceError():
            return f'The identity is not meant for this chat: its "aud" must name the script "{script}".'
        case jwt.InvalidAlgorithmError():
            return "The identity must be signed with HS256."
        case jwt.InvalidSignatureError():
            return "The identity is signed with another secret."
        case jwt.exceptions.InvalidSubjectError():
            return 'The "sub" of the identity must be a text.'
    return "The identity is no JSON Web Token."


def _check_times(claims: Mapping[str, Any], at: datetime) -> None:
    now = at.timestamp()
    issued, expires = _seconds(claims, "iat"), _seconds(claims, "exp")
    begins = _seconds(claims, "nbf") if "nbf" in claims else issued
    if expires <= now - LEEWAY:
        raise FrameError(CODE, "The identity has expired; sign a new one.")
    if max(issued, begins) > now + LEEWAY:
        raise FrameError(CODE, "The identity is not valid yet; is the clock of the website right?")
    if expires - issued > LASTS_MOST:
        raise FrameError(CODE, 'The identity is good for too long: from "iat" to "exp" a day at most.')


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _FAR:
        raise FrameError(CODE, f'The "{name}" of the identity must be seconds since 1970.')
    return float(value)


def _identity(claims: Mapping[str, Any]) -> Identity:
    subject = _line(claims, "sub", _SUBJECT_MOST)
    if subject is None:
        raise FrameError(CODE, 'The "sub" of the identity is empty.')
    verified = claims.get("email_verified", False)
    if not isinstance(verified, bool):
        raise FrameError(CODE, 'The "email_verified" of the identity must be true or false.')
    return Identity(
        subject=subject,
        email=_line(claims, "email", _DETAIL_MOST),
        email_verified=verified,
        name=_line(claims, "name", _DETAIL_MOST),
        phone=_line(claims, "phone", _DETAIL_MOST),
    )


def _line(claims: Mapping[str, Any], name: str, most: int) -> str | None:
    value = claims.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise FrameError(CODE, f'The "{name}" of the identity must be a text of one line, {most} characters at most.')
    return value.strip() or None
