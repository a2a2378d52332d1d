"""Requests leave by one door: never to where they must not lead, never for long, telling nothing."""

import asyncio
import socket
from collections.abc import Sequence

import pytest

from bot.outbound import AddressRefused, NotReached, Outbound
from tests.mail_server import serving, trusting
from tests.receiver import LOOPBACK, receiver

BODY, HEADERS = b'{"a": 1}', {"Content-Type": "application/json"}


class Names:
    """Looks names up as it is told: each look-up of a name gives the next of its answers, then the last again."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self._answers = {name.replace("_", "."): list(found) for name, found in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        found = self._answers.get(host)
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found.pop(0) if len(found) > 1 else found[0]


async def test_what_is_sent_arrives_with_our_headers_alone() -> None:
    async with receiver() as taking:
        door = Outbound(allowed=LOOPBACK)
        answer = await door.post(taking.url, BODY, {**HEADERS, "webhook-id": "h-1"})
    assert answer.status == 204
    (delivery,) = taking.deliveries
    assert delivery.body == BODY
    names = {name.lower() for name in delivery.headers} - {"connection"}
    assert names == {"host", "user-agent", "content-type", "content-length", "webhook-id"}
    assert delivery.headers["User-Agent"] == "Handraiser"


async def test_nothing_reaches_this_machine_unless_it_is_named() -> None:
    async with receiver() as taking:
        for host in (
            "127.0.0.1",
            "localhost",
            "2130706433",
            "0x7f.1",
            "127.1",
            "0177.0.0.1",
            "[::ffff:127.0.0.1]",
            "0",
        ):
            with pytest.raises((AddressRefused, NotReached)):
                await Outbound().post(f"http://{host}:{taking.port}/hook", BODY, HEADERS)
    assert taking.deliveries == []


async def test_a_name_is_judged_by_where_it_leads() -> None:
    async with receiver() as taking:
        door = Outbound(resolve=Names(crm_test=[["127.0.0.1"]], six_test=[["::ffff:127.0.0.1", "64:ff9b::7f00:1"]]))
        for name in ("crm.test", "six.test"):
            with pytest.raises(AddressRefused, match=f"{name} leads to"):
                await door.post(f"http://{name}:{taking.port}/", BODY, HEADERS)
    assert taking.deliveries == []


async def test_a_name_that_changes_after_it_was_judged_leads_nowhere_else() -> None:
    """It is looked up once, and the connection goes to what was found then."""
    async with receiver() as taking:
        names = Names(rebind_test=[["192.0.2.1"], ["127.0.0.1"]], other_test=[["127.0.0.1"], ["10.0.0.1"]])
        with pytest.raises(AddressRefused):
            await Outbound(resolve=names).post(f"http://rebind.test:{taking.port}/", BODY, HEADERS)
        assert names.asked == ["rebind.test"]
        answer = await Outbound(resolve=names, allowed=LOOPBACK).post(
            f"http://other.test:{taking.port}/", BODY, HEADERS
        )
        assert answer.status == 204
        assert names.asked == ["rebind.test", "other.test"]
    assert len(taking.deliveries) == 1


async def test_of_several_addresses_only_public_ones_are_tried() -> None:
    async with receiver() as taking:
        door = Outbound(resolve=Names(two_test=[["10.0.0.1", "169.254.169.254", "127.0.0.1"]]), allowed=LOOPBACK)
        assert (await door.post(f"http://two.test:{taking.port}/", BODY, HEADERS)).status == 204


async def test_a_redirect_is_an_answer_and_not_followed() -> None:
    async with receiver() as other, receiver() as taking:
        taking.answers = [(302, {"Location": other.url}), (307, {"Location": "http://169.254.169.254/latest/"})]
        door = Outbound(allowed=LOOPBACK)
        assert (await door.post(taking.url, BODY, HEADERS)).status == 302
        assert (await door.post(taking.url, BODY, HEADERS)).status == 307
    assert other.deliveries == []


async def test_an_answer_without_end_is_left_unread() -> None:
    async with receiver() as taking:
        taking.body = b"x" * 50_000_000
        taking.answers = [(200, {})]
        assert (await Outbound(allowed=LOOPBACK).post(taking.url, BODY, HEADERS)).status == 200


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n"])
async def test_who_does_not_answer_is_left_after_the_time_limit(said: bytes) -> None:
    async def stay_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        await reader.read()
        writer.close()

    server = await asyncio.start_server(stay_silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(NotReached, match=r"127\.0\.0\.1 did not answer within 0\.2 seconds"):
            await Outbound(allowed=LOOPBACK, seconds=0.2).post(f"http://127.0.0.1:{port}/", BODY, HEADERS)


async def test_who_looks_names_up_slowly_is_left_after_the_time_limit() -> None:
    async def never(host: str, port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    with pytest.raises(NotReached, match=r"within 0\.1 seconds"):
        await Outbound(resolve=never, seconds=0.1).post("http://slow.test/", BODY, HEADERS)


async def test_nobody_there_is_said_with_the_host_alone() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(NotReached) as refused:
            await Outbound(allowed=LOOPBACK).post(f"http://127.0.0.1:{port}/secret-path?token=s3cr3t", BODY, HEADERS)
    assert "127.0.0.1 could not be reached" in str(refused.value)
    with pytest.raises(NotReached, match=r"the name nowhere\.test could not be looked up") as unknown:
        await Outbound(resolve=Names()).post("https://nowhere.test/secret-path", BODY, HEADERS)
    for error in (refused.value, unknown.value):
        assert "secret" not in str(error)
        assert error.__cause__ is None


async def test_a_certificate_that_nobody_vouches_for_is_not_believed() -> None:
    async with receiver(ssl_context=serving()) as taking:
        url = taking.url.replace("http:", "https:")
        with pytest.raises(NotReached, match="no valid certificate"):
            await Outbound(allowed=LOOPBACK).post(url, BODY, HEADERS)
        assert taking.deliveries == []
        assert (await Outbound(allowed=LOOPBACK, tls=trusting()).post(url, BODY, HEADERS)).status == 204


async def test_who_does_not_speak_http_is_no_reason_to_fall_over() -> None:
    async def gibberish(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.test ESMTP\r\n" + b"x" * 100_000)
        writer.close()

    server = await asyncio.start_server(gibberish, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(NotReached):
            await Outbound(allowed=LOOPBACK).post(f"http://127.0.0.1:{port}/", BODY, HEADERS)


@pytest.mark.parametrize(
    "address",
    ["ftp://example.com/", "file:///etc/passwd", "gopher://localhost:25/_MAIL", "//example.com", "example.com", "",
     "http://", "http:127.0.0.1/", "javascript:alert(1)", "https://user:password@example.com/", "http://[::1", "http://a:99999/"],
)  # fmt: skip
async def test_only_addresses_of_websites_can_be_reached(address: str) -> None:
    with pytest.raises(AddressRefused):
        await Outbound(resolve=Names()).post(address, BODY, HEADERS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Host", "internal"), ("Connection", "X-A"), ("Transfer-Encoding", "chunked"), ("Cookie", "a=b"),
        ("X-aws-ec2-metadata-token", "t"), ("Metadata-Flavor", "Google"), ("Metadata", "true"),
        ("X-Forwarded-For", "127.0.0.1"), ("Proxy-Authorization", "x"),
        ("webhook-id", "a\r\nX-Injected: b"), ("webhook-id\r\nX-Injected", "b"), ("webhook-id", "a\nb"),
    ],
)  # fmt: skip
async def test_headers_that_open_doors_cannot_be_set(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="header"):
        await Outbound(resolve=Names()).post("https://example.test/", BODY, {name: value})


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120.0), ("0", 0.0), ("999999", 3600.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("soon", None)],
)  # fmt: skip
async def test_how_long_to_wait_is_read_from_the_answer(said: str, seconds: float | None) -> None:
    async with receiver() as taking:
        taking.answers = [(429, {"Retry-After": said})]
        answer = await Outbound(allowed=LOOPBACK).post(taking.url, BODY, HEADERS)
    assert (answer.status, answer.retry_after) == (429, seconds)
