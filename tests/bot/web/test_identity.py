"""Tokens that a website signs: the right ones are taken, each wrong one is refused with its reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels.web import FrameError
from bot.web.identity import Identities
from dialogs.told import Identity
from tests.site import SECRET, claims, encoded, signed

NOW = datetime(2027, 1, 5, 10, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(hours=2), NOW - timedelta(hours=2)


def token(**more: Any) -> str:
    return signed(claims(NOW, **more))


def reading(given: object, secret: str | None = SECRET, script: str = "welcome") -> Identity:
    return Identities(secret, lambda: NOW).read(given, script)


def test_a_signed_token_says_who_it_is() -> None:
    given = token(email="ada@example.com", email_verified=True, name="Ada", phone="+4930123456", role="ignored")
    assert reading(given) == Identity(
        subject="c-42", email="ada@example.com", email_verified=True, name="Ada", phone="+4930123456"
    )
    assert reading(token()) == Identity(subject="c-42")


def test_one_token_may_be_meant_for_several_scripts() -> None:
    assert reading(token(aud=["welcome", "webinar"]), script="webinar").subject == "c-42"


def unsigned(algorithm: str) -> str:
    head, body, _ = signed(claims(NOW), header={"alg": algorithm, "typ": "JWT"}).split(".")
    return f"{head}.{body}."


def tampered() -> str:
    head, _, signature = token().split(".")
    return f"{head}.{encoded(b'{}')}.{signature}"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (unsigned("none"), "HS256"),
        (unsigned("None"), "HS256"),
        (unsigned(""), "HS256"),
        (signed(claims(NOW), header={"alg": "HS512"}), "HS256"),
        (signed(claims(NOW), header={"alg": "RS256"}), "HS256"),
        (signed(claims(NOW), header={"typ": "JWT"}), ""),
        (signed(claims(NOW), header={"alg": "HS256", "crit": ["exp"], "exp": 1}), ""),
        (signed(claims(NOW), secret="another secret of the very same length as the right"), "another secret"),
        (signed(claims(NOW), secret=""), "another secret"),
        (tampered(), "another secret"),
        (token(exp=None), '"exp"'),
        (token(iat=None), '"iat"'),
        (token(sub=None), '"sub"'),
        (token(aud=None), '"aud"'),
        (token(aud="webinar"), 'must name the script "welcome"'),
        (token(aud="welcome-2"), "must name"),
        (token(aud=[]), '"aud"'),
        (token(exp=int(EARLIER.timestamp())), "expired"),
        (token(iat=int(LATER.timestamp()), exp=int(LATER.timestamp()) + 9), "not valid yet"),
        (token(nbf=int(LATER.timestamp())), "not valid yet"),
        (token(exp=int(NOW.timestamp()) + 90_000), "a day at most"),
        (token(exp="tomorrow"), "seconds since 1970"),
        (token(exp=True), "seconds since 1970"),
        (token(exp=1e999), "seconds since 1970"),
        (token(iat=-1), "seconds since 1970"),
        (token(sub=42), "must be a text"),
        (token(sub="  "), "empty"),
        (token(sub="x" * 201), "200 characters"),
        (token(email=["ada@example.com"]), '"email"'),
        (token(name="Ada\nSent: yes"), "one line"),
        (token(email_verified="true"), "true or false"),
        (signed(["c-42"]), ""),
        ("", "signed token"),
        ("a.b.c", "no JSON Web Token"),
        ("x" * 5000, "4,096 characters"),
        ("é.é.é", "signed token"),
        (42, "signed token"),
        ({"sub": "c-42"}, "signed token"),
    ],
)
def test_anything_else_is_refused_with_its_reason(given: object, why: str) -> None:
    with pytest.raises(FrameError) as error:
        reading(given)
    assert error.value.code == "bad_identity"
    assert why in error.value.message
    assert SECRET not in error.value.message


def test_without_a_secret_nobody_is_taken_at_their_word() -> None:
    with pytest.raises(FrameError, match="identity_secret is not set"):
        reading(token(), secret=None)
