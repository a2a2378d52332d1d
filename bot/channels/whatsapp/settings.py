"""``[whatsapp]``: how we are known to Meta, how Meta proves itself, what may be sent after 24 hours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings.addresses import WebAddress
from bot.settings.kinds import Kind, ScriptName, Secret, text_of
from bot.settings.problems import shown
from bot.settings.reading import setting
from bot.settings.sections import read_adapter_section

NAME = "whatsapp"
API_URL = "https://graph.facebook.com/v23.0"


@dataclass(frozen=True, slots=True)
class Name(Kind[str]):
    """Letters, digits and a few signs, such as Meta's names and numbers for things."""

    pattern: str
    wanted: str

    def read(self, given: object) -> str:
        """The name."""
        name = text_of(given, self.wanted)
        if not re.fullmatch(self.pattern, name):
            raise ValueError(f"must be {self.wanted}, not {shown(name)}")
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatsAppSettings:
    """``[whatsapp]``."""

    token: str = setting(Secret(), "", example='"EAAG…"')
    phone_number_id: str = setting(
        Name("[0-9]{5,25}", "the Phone number ID, digits only (it is not the number itself)"), "", example='"1065…"'
    )
    app_secret: str = setting(Secret(), "", example='"…"')
    """What Meta signs its notifications with."""
    verify_token: str = setting(Secret(), "", example='"…"')
    """What Meta says when it looks whether the address of the webhook is ours."""
    api_url: str = setting(WebAddress(), API_URL, example='"https://graph.facebook.com/v23.0"')
    """With its version, without a slash at its end."""
    template: str | None = setting(Name("[a-z0-9_]{1,512}", "a template's name"), None, example='"come_back"')
    """What is sent to somebody who wrote more than 24 hours ago: with their first name, and one button."""
    template_language: str = setting(
        Name("[a-z]{2,3}(_[A-Z]{2})?", "a language such as en_US"), "en", example='"en_US"'
    )
    script: str | None = setting(ScriptName(), None, example='"welcome"')
    """The script of visitors whose link names none."""


_LACKING = {
    "token": "is missing; make one that does not expire: business.facebook.com, Settings, System users, Generate "
    "token, with whatsapp_business_messaging",
    "phone_number_id": "is missing; in your Meta app it stands under WhatsApp, API Setup",
    "app_secret": "is missing, and without it nobody can tell Meta's notifications from forged ones; in your Meta app "
    "it stands under App settings, Basic",
    "verify_token": "is missing; make one up (`openssl rand -hex 16`), and enter it in your Meta app as well",
}


def read_settings(section: Mapping[str, Any], path: Path | None = None) -> WhatsAppSettings:
    """The settings; ``path``: the file. Raises ``ConfigError`` with everything that is wrong or missing."""

    def lacking(settings: WhatsAppSettings) -> Mapping[str, str]:
        return {key: message for key, message in _LACKING.items() if not getattr(settings, key)}

    return read_adapter_section(NAME, WhatsAppSettings, section, path, lacking)
