"""How the Bot API refuses.

https://core.telegram.org/bots/api#making-requests
"""

from tests.telegram.chats import Json

_PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class Refusal(Exception):
    """``ok: false``, with the code, which is the HTTP status too, and the description."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = f"{_PREFIXES[code]}: {description}" if code in _PREFIXES else description
        self.parameters = parameters

    def body(self) -> Json:
        """The answer."""
        parameters = {"parameters": self.parameters} if self.parameters else {}
        return {"ok": False, "error_code": self.code, "description": self.description, **parameters}


class Malformed(Refusal):
    """A refusal with 400 that only a mistake in the caller can cause; it is noted as a violation."""

    def __init__(self, description: str) -> None:
        super().__init__(400, lowered(description))


def lowered(description: str) -> str:
    """As the server writes errors after the prefix: no capital, but for names in capitals."""
    if len(description) > 1 and (description[1] == "_" or description[1].isupper()):
        return description
    return description[:1].lower() + description[1:]


def too_many(seconds: int) -> Refusal:
    """Flood control."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
