"""A code of which each is given once: a discount, a voucher, a key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel

from bot.magnets.options import Addresses, MagnetOptions, Path, Words, in_language
from bot.ports import Grant, Opened, RedirectAnswer


class CodeOptions(MagnetOptions):
    """Where the codes come from, and what to do with one."""

    codes: Path
    """Below the dialogs folder's ``files``: one code a line. Magnets that name the same file share its codes."""
    url: Addresses | None = None
    """Where the code is used."""
    instructions: Words | None = None


class CodeMagnet:
    """Gives one code of a pool."""

    kind: ClassVar[str] = "code"
    options: ClassVar[type[BaseModel]] = CodeOptions

    def pool(self, magnet: str, options: Mapping[str, Any]) -> str | None:
        """The file of the codes."""
        return CodeOptions.model_validate(options).codes

    def expires_at(self, options: Mapping[str, Any], given_at: datetime) -> datetime | None:
        """None: whether a code still counts is for the shop to say."""
        return None

    def card(self, grant: Grant) -> Mapping[str, Any]:
        """The code, what to do with it and where. Raises ``ValueError`` for a grant that took no code."""
        if not grant.code:
            raise ValueError(f'the grant of "{grant.magnet}" took no code from its pool')
        options = CodeOptions.model_validate(grant.options)
        card = {"kind": self.kind, "title": grant.title, "code": grant.code}
        if options.instructions is not None:
            card["description"] = in_language(options.instructions, grant.language)
        if options.url is not None:
            card["url"] = grant.link
        return card

    def open(self, grant: Grant, part: str) -> Opened | None:
        """The page where the code is used, if there is one."""
        url = CodeOptions.model_validate(grant.options).url
        if part or url is None:
            return None
        return RedirectAnswer(in_language(url, grant.language))
