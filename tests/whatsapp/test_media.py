"""Files up and down."""

import hashlib

from aiohttp import web

from tests.whatsapp.a_business import ABusiness
from tests.whatsapp.conftest import code, mistake
from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp


async def test_a_document_by_upload(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    _, answer = await business.upload("guide.pdf", b"%PDF guide", "application/pdf")
    body = {"id": answer["id"], "filename": "Guide.pdf", "caption": "For you"}
    await business.send(wanda.wa_id, "document", body)
    assert whatsapp.shown(wanda.sees[0]) == "[Guide.pdf]\nFor you"
    assert wanda.sees[0].file is not None and wanda.sees[0].file.data == b"%PDF guide"
    assert (await business.call("DELETE", answer["id"]))[1] == {"success": True}
    assert await code(business.call("GET", answer["id"])) == 100


async def test_a_document_by_link(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    async def guide(request: web.Request) -> web.Response:
        return web.Response(body=b"%PDF linked", content_type="application/pdf")

    await wanda.says("Hello")
    app = web.Application()
    app.router.add_get("/guide.pdf", guide)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    whatsapp.reaches("https://acme.example", f"http://127.0.0.1:{runner.addresses[0][1]}")
    await business.send(wanda.wa_id, "document", {"link": "https://acme.example/guide.pdf"})
    await business.send(wanda.wa_id, "document", {"link": "https://acme.example/gone.pdf"})
    await business.send(wanda.wa_id, "image", {"link": "https://acme.example/guide.pdf"})
    await runner.cleanup()
    assert [whatsapp.shown(one) for one in wanda.sees] == ["[guide.pdf]"]
    await whatsapp.settled()
    failed = [one["errors"][0]["code"] for one in business.statuses if one["status"] == "failed"]
    assert failed == [131052, 131053]


async def test_what_a_person_sends_is_downloaded_with_the_token_and_soon(
    whatsapp: WhatsApp, business: ABusiness, wanda: Person
) -> None:
    message = await wanda.sends_file("plan.pdf", b"%PDF plan")
    _, answer = await business.call("GET", message.body["id"])
    assert answer["sha256"] == hashlib.sha256(b"%PDF plan").hexdigest()
    headers = {"Authorization": f"Bearer {whatsapp.token}"}
    async with business.session.get(answer["url"], headers=headers) as response:
        assert await response.read() == b"%PDF plan" and response.content_type == "application/pdf"
    async with business.session.get(answer["url"]) as response:
        assert response.status == 401
    assert whatsapp.violations == ["a call without a token"]
    whatsapp.violations.clear()
    whatsapp.pass_(301)
    async with business.session.get(answer["url"], headers=headers) as response:
        assert response.status == 404
    assert (await business.call("GET", message.body["id"]))[0] == 200


async def test_what_is_refused(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    to = wanda.wa_id
    assert (await mistake(whatsapp, business.upload("x", b"x", "application/octet-stream")))[0] == 100
    assert (await mistake(whatsapp, business.upload("x", b"", "image/png")))[0] == 131053
    assert (await mistake(whatsapp, business.upload("x", b"x", "image/png", colour="red")))[0] == 100
    assert (await mistake(whatsapp, business.send(to, "image", {"caption": "x"})))[0] == 100
    assert (await mistake(whatsapp, business.send(to, "image", {"id": "99"})))[0] == 131009
    assert (await mistake(whatsapp, business.send(to, "image", {"link": "x.png"})))[0] == 100
    long = business.send(to, "image", {"id": "99", "caption": "x" * 1025})
    assert (await mistake(whatsapp, long))[0] == 100
