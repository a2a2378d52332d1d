"""How Graph refuses.

https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
"""

from typing import Any

Json = dict[str, Any]

TITLES = {
    4: "Application request limit reached",
    33: "Parameter value is not valid",
    100: "Invalid parameter",
    190: "Access token has expired",
    130429: "Rate limit hit",
    131000: "Something went wrong",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131016: "Service unavailable",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131051: "Unsupported message type",
    131052: "Media download error",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132012: "Parameter format does not match format in the created template",
    132015: "Template is Paused",
}
DETAILS = {
    131026: "Message undeliverable.",
    131047: "Message failed to send because more than 24 hours have passed since the customer last replied "
    "to this number.",
    130429: "Message failed to send because there were too many messages sent from this phone number "
    "in a short period of time",
    131056: "Message failed to send because there were too many messages sent from this phone number "
    "to the same phone number in a short period of time",
}
_STATUS = {190: 401, 131000: 500, 131016: 500, 132001: 404}


class Refusal(Exception):
    """An error of Graph; build your handling on ``code``."""

    def __init__(
        self,
        code: int,
        details: str = "",
        *,
        status: int | None = None,
        message: str | None = None,
        subcode: int | None = None,
    ) -> None:
        self.code = code
        self.details = details or DETAILS.get(code, "")
        self.message = message or f"(#{code}) {TITLES.get(code, 'Error')}"
        super().__init__(f"{self.message} {self.details}".rstrip())
        self.status = status or _STATUS.get(code, 400)
        self.subcode = subcode

    def body(self) -> Json:
        """The answer."""
        error: Json = {"message": self.message, "type": "OAuthException", "code": self.code}
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error | {"fbtrace_id": "AXyzStandIn0trace"}}

    def in_status(self) -> Json:
        """The same as it stands in a ``failed`` status."""
        title = TITLES.get(self.code, "Error")
        href = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"
        return {
            "code": self.code,
            "title": title,
            "message": title,
            "error_data": {"details": self.details or title},
            "href": href,
        }


class Malformed(Refusal):
    """A refusal that only a mistake in the caller can cause; it is noted as a violation."""
