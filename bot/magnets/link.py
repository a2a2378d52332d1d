"""A link to a page elsewhere: a price list, a calculator, a recording, a calendar to book in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel

from bot.magnets.options import Addresses, MagnetOptions, in_language
from bot.ports import Grant, Opened, RedirectAnswer


class LinkOptions(MagnetOptions):
    """Where it leads."""

    url: Addresses


class LinkMagnet:
    """Leads to another page by way of a personal link, so that following it is noticed."""

    kind: ClassVar[str] = "link"
    options: ClassVar[type[BaseModel]] = LinkOptions

    def pool(self, magnet: str, options: Mapping[str, Any]) -> str | None:
        """None: everybody may follow it."""
        return None

    def expires_at(self, options: Mapping[str, Any], given_at: datetime) -> datetime | None:
        """None: the page behind it is public anyway."""
        return None

    def card(self, grant: Grant) -> Mapping[str, Any]:
        """Title and personal link."""
        return {"kind": self.kind, "title": grant.title, "url": grant.link}

    def open(self, grant: Grant, part: str) -> Opened | None:
        """The page in the visitor's language."""
        if part:
            return None
        return RedirectAnswer(in_language(LinkOptions.model_validate(grant.options).url, grant.language))
