"""What the business sends, and each way it is refused."""

import pytest

from tests.whatsapp.a_business import ABusiness
from tests.whatsapp.conftest import code, mistake
from tests.whatsapp.people import Person
from tests.whatsapp.server import WhatsApp


async def test_a_text_within_the_window(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    status, answer = await business.says("+49 170 1234567", "Hello Wanda")
    assert status == 200
    assert answer["contacts"] == [{"input": "+49 170 1234567", "wa_id": "491701234567"}]
    (seen,) = wanda.sees
    assert (seen.text, seen.id) == ("Hello Wanda", answer["messages"][0]["id"])
    await whatsapp.settled()
    assert [one["status"] for one in business.statuses] == ["sent", "delivered"]


async def test_after_a_day_only_templates(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    whatsapp.pass_(24 * 3600 + 1)
    status, answer = await business.says(wanda.wa_id, "Still there?")
    assert status == 200
    await whatsapp.settled()
    (told,) = business.statuses
    assert (told["id"], told["status"]) == (answer["messages"][0]["id"], "failed")
    assert told["errors"][0]["code"] == 131047 and "24 hours" in told["errors"][0]["error_data"]["details"]
    assert wanda.sees == []
    whatsapp.refuses_at_once = True
    assert await code(business.says(wanda.wa_id, "Still there?")) == 131047
    whatsapp.template("follow_up", "Hi {{1}}, still interested?")
    parameters = [{"type": "text", "text": "Wanda"}]
    body = {
        "name": "follow_up",
        "language": {"code": "en_US"},
        "components": [{"type": "body", "parameters": parameters}],
    }
    status, answer = await business.send(wanda.wa_id, "template", body)
    assert status == 200 and answer["messages"][0]["message_status"] == "accepted"
    assert wanda.sees[0].text == "Hi Wanda, still interested?"


async def test_who_cannot_be_reached(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    whatsapp.refuses_at_once = True
    assert await code(business.says("491700000000", "x")) == 131026
    await wanda.says("Hello")
    await wanda.blocks_the_business()
    assert await code(business.says(wanda.wa_id, "x")) == 131026
    await wanda.unblocks()
    assert (await business.says(wanda.wa_id, "x"))[0] == 200


async def test_texts_and_parameters_that_are_refused(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    await wanda.says("Hello")
    to = wanda.wa_id
    assert await mistake(whatsapp, business.says(to, "x" * 4097)) == (
        100,
        "Param text['body'] must be at most 4096 characters long.",
    )
    assert (await mistake(whatsapp, business.says(to, " ")))[0] == 100
    assert (await mistake(whatsapp, business.send(to, "text", {}))) == (
        131008,
        "The parameter text['body'] is required.",
    )
    strange = business.send(to, "text", {"body": "x", "colour": "red"})
    assert await mistake(whatsapp, strange) == (100, 'Unexpected key "colour" on param "text".')
    assert (await mistake(whatsapp, business.send(to, "fax", {"body": "x"})))[0] == 100
    assert (await mistake(whatsapp, business.says("Wanda", "x")))[0] == 131009
    both = business.send(to, "text", {"body": "x"}, image={"link": "https://x.example/a.png"})
    assert (await mistake(whatsapp, both))[0] == 100
    nothing = business.send(to, "text", {"body": "x"}, context={"message_id": "wamid.none"})
    assert (await mistake(whatsapp, nothing))[0] == 131009
    assert wanda.sees == []


async def test_tokens_and_addresses_that_are_refused(whatsapp: WhatsApp, business: ABusiness) -> None:
    number = whatsapp.phone_number_id
    assert (await mistake(whatsapp, business.call("GET", number, token="EAAGwrong")))[0] == 190
    missing = business.call("POST", "999/messages", json={})
    assert (await mistake(whatsapp, missing))[0] == 100
    form = business.call("POST", f"{number}/messages", data={"to": "1"})
    assert (await mistake(whatsapp, form))[0] == 100
    async with business.session.get(f"{whatsapp.base_url}/v12.0/{number}") as response:
        assert response.status == 400 and (await response.json())["error"]["code"] == 2635
    whatsapp.violations.clear()
    whatsapp.revokes_the_token()
    status, answer = await business.call("GET", number)
    assert (status, answer["error"]["code"], answer["error"]["error_subcode"]) == (401, 190, 463)


async def test_the_number_says_who_it_is(business: ABusiness) -> None:
    status, answer = await business.call("GET", business.whatsapp.phone_number_id)
    assert status == 200 and answer["verified_name"] == "Acme" and answer["quality_rating"] == "GREEN"


async def test_marking_as_read_and_typing(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    message = await wanda.says("Hello")
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": message.id}
    path = f"{whatsapp.phone_number_id}/messages"
    status, answer = await business.call("POST", path, json=read | {"typing_indicator": {"type": "text"}})
    assert (status, answer) == (200, {"success": True})
    assert message.seen_by_business and wanda.typing == 1
    unknown = business.call("POST", path, json=read | {"message_id": "wamid.none"})
    assert (await mistake(whatsapp, unknown))[0] == 131009


async def test_a_reply_a_reaction_and_a_place(whatsapp: WhatsApp, business: ABusiness, wanda: Person) -> None:
    message = await wanda.says("Hello")
    await business.send(wanda.wa_id, "text", {"body": "Hi"}, context={"message_id": message.id})
    await business.send(wanda.wa_id, "reaction", {"message_id": message.id, "emoji": "👍"})
    await business.send(wanda.wa_id, "location", {"latitude": 52.5, "longitude": 13.4, "name": "Office"})
    assert wanda.sees[0].answers == message.id
    assert message.reactions == ["👍"]
    assert [one.kind for one in wanda.sees] == ["text", "location"]


@pytest.mark.parametrize("burst", [45])
async def test_too_many_to_one_person(whatsapp: WhatsApp, business: ABusiness, wanda: Person, burst: int) -> None:
    await wanda.says("Hello")
    whatsapp.rate_limits = True
    frozen = whatsapp.now()
    whatsapp.now = lambda: frozen  # type: ignore[method-assign]
    for _ in range(burst):
        assert (await business.says(wanda.wa_id, "x"))[0] == 200
    assert await code(business.says(wanda.wa_id, "x")) == 131056
    whatsapp.now = lambda: frozen + 6.5  # type: ignore[method-assign]
    assert (await business.says(wanda.wa_id, "x"))[0] == 200


async def test_too_many_in_all(whatsapp: WhatsApp, business: ABusiness) -> None:
    whatsapp.rate_limits = True
    frozen = whatsapp.now()
    whatsapp.now = lambda: frozen  # type: ignore[method-assign]
    people = [whatsapp.person(f"P{number}") for number in range(3)]
    for one in people:
        one.last_wrote = frozen
    answers = [await business.says(people[number % 3].wa_id, "x") for number in range(81)]
    assert [status for status, _ in answers] == [200] * 80 + [400]
    assert answers[-1][1]["error"]["code"] == 130429
