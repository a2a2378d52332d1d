"""What stands in a notification.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples
"""

from tests.whatsapp.core import Core
from tests.whatsapp.messages import Message, User
from tests.whatsapp.refusals import Json, Refusal


def envelope(core: Core, *values: Json) -> Json:
    """A notification of several changes."""
    return {
        "object": "whatsapp_business_account",
        "entry": [
            {"id": core.business_account_id, "changes": [{"value": value, "field": "messages"} for value in values]}
        ],
    }


def _value(core: Core) -> Json:
    metadata = {"display_phone_number": core.display_phone_number, "phone_number_id": core.phone_number_id}
    return {"messaging_product": "whatsapp", "metadata": metadata}


def written(core: Core, message: Message) -> Json:
    """A person's message."""
    body: Json = {
        **message.user.ids("from", "from_user_id"),
        "id": message.id,
        "timestamp": str(core.date()),
        "type": message.kind,
    }
    if message.answers is not None:
        body["context"] = {"from": core.display_phone_number, "id": message.answers}
    if message.referral:
        body["referral"] = message.referral
    if message.kind == "unsupported":
        body["errors"] = [Refusal(131051, "Message type is not currently supported").in_status()]
    else:
        body[message.kind] = message.body
    contacts = [] if message.kind == "system" else [message.user.contact()]
    return _value(core) | ({"contacts": contacts} if contacts else {}) | {"messages": [body]}


def status(core: Core, message: Message, what: str, failure: Refusal | None = None) -> Json:
    """What became of the business's message."""
    user: User = message.user
    body: Json = {"id": message.id, "status": what, "timestamp": str(core.date())}
    body |= user.ids("recipient_id", "recipient_user_id")
    if failure is not None:
        body["errors"] = [failure.in_status()]
    elif what in {"sent", "delivered"}:
        category = "utility" if message.kind == "template" else "service"
        body["conversation"] = {"id": f"c{user.wa_id}", "origin": {"type": category}}
        body["pricing"] = {"billable": message.kind == "template", "pricing_model": "PMP", "category": category}
    return _value(core) | {"statuses": [body]}
