"""A mail is handed to its server once, encrypted as it was said, and every no is told apart from a later."""

import asyncio
import ssl
from email.message import EmailMessage
from typing import Any

import pytest

from bot.outbound import AddressRefused, MailRefused, MailServer, NotReached, Outbound
from tests.mail_server import MailBox, mail_server, trusting
from tests.receiver import LOOPBACK


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "bot@example.com", "sales@example.com"
    message["Subject"] = "Grüße 😀"
    message.set_content("Hello\n")
    return message


async def send(box: MailBox, door: Outbound | None = None, **server: Any) -> None:
    server = {"security": "none"} | server
    door = door or Outbound(allowed=LOOPBACK, tls=trusting())
    await MailServer(host="127.0.0.1", port=box.port, **server).send(
        door, mail(), "bot@example.com", "sales@example.com"
    )


async def test_a_mail_arrives_as_it_was_written() -> None:
    async with mail_server() as box:
        await send(box)
    ((sender, recipients, taken),) = box.taken
    assert (sender, recipients) == ("bot@example.com", ["sales@example.com"])
    assert taken["Subject"] == "Grüße 😀"
    assert taken.get_content() == "Hello\r\n"


@pytest.mark.parametrize(("security", "options"), [("starttls", {"starttls": True}), ("tls", {"tls": True})])
async def test_it_travels_encrypted_and_the_server_knows_us(security: str, options: dict[str, bool]) -> None:
    async with mail_server(**options, login=security == "starttls") as box:
        more: dict[str, Any] = {"username": "bot", "password": box.password} if security == "starttls" else {}
        await send(box, security=security, **more)
        assert box.encrypted == [True]


@pytest.mark.parametrize(("security", "options"), [("starttls", {"starttls": True}), ("tls", {"tls": True})])
async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(security: str, options: dict[str, bool]) -> None:
    async with mail_server(**options) as box:
        with pytest.raises(NotReached, match=r"127\.0\.0\.1 has no valid certificate"):
            await send(box, Outbound(allowed=LOOPBACK, tls=ssl.create_default_context()), security=security)
        assert box.taken == []


async def test_a_server_that_does_not_encrypt_gets_no_mail() -> None:
    async with mail_server() as box:
        with pytest.raises(MailRefused, match="STARTTLS") as refused:
            await send(box, security="starttls")
        assert refused.value.for_good
        with pytest.raises(NotReached, match=r"see \[email\] security"):
            await send(box, security="tls")
        assert box.taken == []


async def test_a_wrong_password_is_said_and_not_shown() -> None:
    async with mail_server(starttls=True, login=True) as box:
        with pytest.raises(MailRefused, match="535") as refused:
            await send(box, security="starttls", username="bot", password="wrong-horse")
        assert refused.value.for_good
        assert "wrong-horse" not in str(refused.value)
        assert box.taken == []


@pytest.mark.parametrize(
    ("reply", "for_good"), [("450 Greylisted, come back", False), ("421 Too busy", False), ("550 No such user", True)]
)
@pytest.mark.parametrize("asked", ["recipient_reply", "data_reply"])
async def test_no_and_later_are_told_apart(asked: str, reply: str, for_good: bool) -> None:
    async with mail_server() as box:
        setattr(box, asked, reply)
        with pytest.raises(MailRefused) as refused:
            await send(box)
        assert refused.value.for_good is for_good
        assert reply in str(refused.value)
        assert box.taken == []


async def test_a_line_cut_after_the_mail_was_taken_is_no_success() -> None:
    async with mail_server() as box:
        box.drop_after_data = True
        with pytest.raises(NotReached, match="broke off"):
            await send(box)
        assert len(box.taken) == 1


async def test_a_server_that_says_nothing_is_left_after_the_time_limit() -> None:
    async def stay_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(stay_silent, "127.0.0.1", 0)
    box = MailBox()
    box.port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(NotReached, match=r"within 0\.2 seconds"):
            await send(box, Outbound(allowed=LOOPBACK, seconds=0.2))


async def test_nobody_there_and_this_machine() -> None:
    async with mail_server() as box:
        with pytest.raises(AddressRefused, match="allow_private"):
            await send(box, Outbound())
        assert box.taken == []
    with pytest.raises(NotReached, match="could not be reached"):
        await send(box)
