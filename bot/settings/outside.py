"""Sections about the outside world: where connections may lead, where leads are told by webhook and by e-mail.

What needs more than one setting to be right is looked at here, too.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from bot.settings.addresses import Host, Network, WebAddress
from bot.settings.kinds import Each, Kind, Line, Seconds, Secret, Whole, Word, text_of
from bot.settings.layers import Layer
from bot.settings.problems import ConfigProblem, shown
from bot.settings.reading import setting

WEBHOOK_EVENTS = (
    "lead.handed_off",
    "lead.changed",
    "lead.erased",
    "handoff.claimed",
    "handoff.released",
    "handoff.answered",
    "handoff.closed",
)
"""What webhooks tell of; docs/webhooks.md says when."""
_PREFIX = "whsec_"
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An e-mail address, and whose it is."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MailboxKind(Kind[Mailbox]):
    """``sales@example.com`` or ``Sales <sales@example.com>``."""

    def read(self, given: object) -> Mailbox:
        """The address, its domain in ASCII."""
        from email.utils import parseaddr

        from email_validator import EmailNotValidError, validate_email

        text = text_of(given, "an e-mail address such as sales@example.com")
        name, address = parseaddr(text) if text.endswith(">") else ("", text)
        try:
            found = validate_email(address, check_deliverability=False, globally_deliverable=False)
        except EmailNotValidError:
            raise ValueError(f"must be an e-mail address such as sales@example.com, not {shown(text)}") from None
        if found.ascii_email is None or not name.isprintable():
            raise ValueError("must be an e-mail address that every mail server can read, such as sales@example.com")
        return Mailbox(found.ascii_email, name.strip())


@dataclass(frozen=True, slots=True)
class WebhookAddress(Kind[str]):
    """Where webhooks go. Such addresses often are keys themselves."""

    is_secret = True

    def read(self, given: object) -> str:
        """The address, with whatever follows the host."""
        address = text_of(given, "an address such as https://crm.example.com/hooks/leads")
        head, _, _ = address.partition("#")
        WebAddress().read(head.partition("?")[0])
        if not address.isprintable() or " " in address:
            raise ValueError("must not hold blanks")
        return head

    def secrets_in(self, value: str) -> Sequence[str]:
        """What follows the host, where it is long enough to be a key."""
        parts = urlsplit(value)
        return tuple(one for one in (parts.path, parts.query) if len(one) >= 16)


@dataclass(frozen=True, slots=True)
class WebhookSecret(Secret):
    """A secret as Standard Webhooks has it: ``whsec_`` and 24 to 64 random bytes in base64."""

    def read(self, given: object) -> str:
        """The secret as it was written."""
        secret = read_webhook_secret(Secret.read(self, given))
        return _PREFIX + base64.b64encode(secret).decode()


def read_webhook_secret(text: str) -> bytes:
    """The bytes to sign with. Raises ``ValueError`` that says what would be right."""
    try:
        secret = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not 24 <= len(secret) <= 64:
        raise ValueError('must be "whsec_" and 24 to 64 random bytes in base64; `openssl rand -base64 32` makes some')
    return secret


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundSettings:
    """``[outbound]``: connections to other machines."""

    allow_private: tuple[IPv4Network | IPv6Network, ...] = setting(Each(Network()), (), example='["10.1.2.3/32"]')
    """Networks of one's own that may be reached, beside the public internet."""
    timeout_seconds: float = setting(Seconds(1, 25), 10.0, example="10.0")
    """How long one request or one mail may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """``[webhook]``: another program that is told of leads."""

    url: str | None = setting(WebhookAddress(), None, example='"https://crm.example.com/hooks/leads"')
    """None for no webhooks."""
    secret: str | None = setting(WebhookSecret(), None, example='"whsec_PzPsGvhoyb8xQUzP9oU3kMK2NlvFwxv4"')
    previous_secret: str | None = setting(WebhookSecret(), None, example='"whsec_PzPsGvhoyb8xQUzP9oU3kMK2NlvFwxv4"')
    """Signs as well, while the receiver changes over to the new one."""
    events: tuple[str, ...] = setting(Each(Word(WEBHOOK_EVENTS)), WEBHOOK_EVENTS, example='["lead.handed_off"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """``[email]``: people who are told of leads by mail, and the server that takes our mail."""

    host: str | None = setting(Host(), None, example='"smtp.example.com"')
    """None for no mail."""
    port: int | None = setting(Whole(1, 65535), None, example="587")
    """None for the usual one: 587 with starttls, 465 with tls, 25 with none."""
    username: str | None = setting(Line(), None, example='"bot@example.com"')
    password: str | None = setting(Secret(), None, example='"the mail account\'s password"')
    security: str = setting(Word(("starttls", "tls", "none")), "starttls", example='"starttls"')
    from_: Mailbox | None = setting(  # noqa: RUF009  # It makes a field.
        MailboxKind(), None, example='"Handraiser <bot@example.com>"'
    )
    to: tuple[Mailbox, ...] = setting(Each(MailboxKind(), 20), (), example='["sales@example.com"]')
    """Who is told of every lead that no route sends elsewhere."""

    @property
    def usual_port(self) -> int:
        """``port``, or the one that goes with the security."""
        return self.port or _PORTS[self.security]


def problems_outside(layers: Sequence[Layer], values: Mapping[str, Any]) -> Iterator[ConfigProblem]:
    """What is wrong between settings. ``values``: every section as it was read."""
    email: EmailSettings = values["email"]
    webhook: WebhookSettings = values["webhook"]
    outbound: OutboundSettings = values["outbound"]
    yield from _email_problems(layers, email)
    yield from _webhook_problems(layers, webhook, outbound)
    hosts = (("email", "host", email.host), ("webhook", "url", urlsplit(webhook.url or "").hostname))
    for section, key, host in hosts:
        if host and _is_within(host) and not _is_allowed(host, outbound):
            cure = f'if it is meant, say so: [outbound] allow_private = ["{_address_of(host)}"]'
            yield problem(layers, section, key, f"leads to this machine or its network; {cure}")


def _email_problems(layers: Sequence[Layer], email: EmailSettings) -> Iterator[ConfigProblem]:
    if email.host is None:
        for key in ("from", "to", "username", "password"):
            if is_given(layers, "email", key):
                yield problem(layers, "email", key, "needs the name of the mail server beside it: host")
                return
        return
    for key, value in (("from", email.from_), ("to", email.to)):
        if not value and not is_given(layers, "email", key):
            yield problem(layers, "email", "host", f"needs {key} beside it, such as {key} = {_MAIL_EXAMPLES[key]}")
    if (email.username is None) != (email.password is None):
        given, missing = ("username", "password") if email.password is None else ("password", "username")
        if not is_given(layers, "email", missing):
            yield problem(layers, "email", given, f"needs {missing} beside it")
    if email.security == "none" and email.password is not None:
        yield problem(layers, "email", "password", 'would be sent readable by all; use security = "starttls" or "tls"')


_MAIL_EXAMPLES = {"from": '"bot@example.com"', "to": '["sales@example.com"]'}


def _webhook_problems(
    layers: Sequence[Layer], webhook: WebhookSettings, outbound: OutboundSettings
) -> Iterator[ConfigProblem]:
    if webhook.url is None:
        if webhook.secret is not None and not is_given(layers, "webhook", "url"):
            yield problem(layers, "webhook", "secret", "needs the address that is told of leads beside it: url")
        return
    if webhook.secret is None and not is_given(layers, "webhook", "secret"):
        yield problem(layers, "webhook", "url", "needs a secret to sign with beside it: secret")
    if webhook.url.startswith("http:") and not outbound.allow_private:
        message = "must begin with https://; http:// is only for what [outbound] allow_private names"
        yield problem(layers, "webhook", "url", message)


def is_given(layers: Sequence[Layer], section: str, key: str) -> bool:
    """Whether a setting, or the file of one, was given."""
    return any(name in layer.table.get(section, {}) for layer in layers for name in (key, f"{key}_file"))


def problem(layers: Sequence[Layer], section: str, key: str, message: str) -> ConfigProblem:
    """A problem at the place where a setting stands."""
    for layer in layers:
        for name in (key, f"{key}_file"):
            if given := layer.table.get(section, {}).get(name):
                return given.problem(message)
    return ConfigProblem("", f"{section}.{key}", message)


def _is_within(host: str) -> bool:
    """Whether a host is, as it is written, no part of the public internet."""
    address = _address_of(host)
    try:
        return not ip_address(address.partition("/")[0]).is_global
    except ValueError:
        return False


def _is_allowed(host: str, outbound: OutboundSettings) -> bool:
    address = ip_address(_address_of(host))
    return any(address in network for network in outbound.allow_private)


def _address_of(host: str) -> str:
    return "127.0.0.1" if host.lower().rstrip(".") == "localhost" else host.strip("[]")
