"""The shapes of what goes in and out of the chat API, as OpenAPI's components name them (JSON Schema, 2020-12)."""

from typing import Any

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """The component of this name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: list[str], **properties: Schema) -> Schema:
    return {"type": "object", "required": required, "properties": properties}


def text(description: str = "", **more: Any) -> Schema:
    """A string; ``more`` are further keywords."""
    return {"type": "string"} | ({"description": description} if description else {}) | more


_STATUS = text("What the conversation is doing", enum=["asking", "waiting", "talking", "stopped", "ended"])
_MESSAGES: Schema = {"type": "array", "items": {"$ref": "#/components/schemas/TranscriptMessage"}}
_PICTURE: Schema = {"type": ["string", "null"], "description": "Address; one that begins with / is on this server"}
_PERSONA = _object(["name"], name=text(), picture=_PICTURE)
_ANY: Schema = {"type": "object", "additionalProperties": True}
_TELLING: Schema = {
    "fields": {"description": "Answers that the page knows, by field", **_ANY},
    "data": {"description": "The page's own data, by the names of the script's page section", **_ANY},
    "identity": text("A token signed by the website's backend (JWT, HS256)", maxLength=4096),
    "start": text("A door of the script to begin at", maxLength=64),
    "proof": text("Answer to the challenge of a human_check error", maxLength=8192),
}
_PROBLEMS: Schema = {
    "type": "array",
    "description": "What the page told and was not taken",
    "items": {
        "type": "object",
        "required": ["code", "about", "message"],
        "properties": {"code": text(), "about": text("The field or name"), "message": text()},
    },
}
_BOUND: Schema = {"type": ["number", "string"], "description": "A number, or an ISO date or time"}
_OPTION = _object(["key", "label"], key=text(), label=text())
ID = text(minLength=1, maxLength=128)
FILE_BODIES: Schema = {
    "application/octet-stream": {"schema": text("The file as it is; any other type will do")},
    "multipart/form-data": {"schema": _object(["file"], id=ID, file=text(format="binary"))},
}
FILE_ERRORS = {
    "408": "It comes too slowly",
    "409": "No file is asked for",
    "413": "Too large; says the limit",
    "415": "Of a kind that is not taken; says what is",
    "507": "There is no room",
}
_FILE = _object(
    ["id", "name", "type", "size"],
    id=text("Goes into a message, as its file"),
    name=text("Made fit to be shown"),
    type=text("By its content"),
    size={"type": "integer", "description": "In bytes"},
)
_START: dict[str, Schema] = {
    "script": text("Name of the script; the first one if left out"),
    "language": text("BCP 47 tag", maxLength=35),
    "time_zone": text("IANA name", maxLength=64),
    "page": text("Address of the page the chat stands on"),
    "referrer": text("Address of the page before"),
    "visit": {"type": "boolean", "description": "Whether this is a new visit"},
    "touch": _object(
        [], page=text("Address of the page this visit began on"), referrer=text("Address of the page before")
    ),
    "acts": {"type": "array", "maxItems": 20, "items": {"$ref": "#/components/schemas/Act"}},
    **_TELLING,
}
SCHEMAS: Schema = {
    "DiallingCodes": _object(
        ["codes", "here"],
        codes={"type": "object", "additionalProperties": {"type": "integer"}, "description": "By ISO 3166-1 alpha-2"},
        here={"type": ["string", "null"], "description": "ISO 3166-1 alpha-2; null where the time zone says nothing"},
    ),
    "Start": _object([], **_START),
    "Tell": _object(["id"], id=text("Made by the client", minLength=1, maxLength=128), **_TELLING),
    "Heard": _object(
        ["ack", "messages", "status", "problems"],
        ack=_object(["id", "seq"], id=text(), seq={"type": "integer"}),
        messages=_MESSAGES,
        status=_STATUS,
        problems=_PROBLEMS,
    ),
    "Hello": _object(
        [],
        token={"type": ["string", "null"], "description": "Of an earlier welcome; null or left out to begin"},
        after={"type": "integer", "minimum": 0, "default": 0, "description": "The last number that is shown"},
        **_START,
    ),
    "Frame": _object(
        ["type"],
        type={"enum": ["hello", "say", "catch_up", "restart", "did", "tell", "ping"]},
        conversation=text("As the welcome named it; not with hello"),
        token=text("Of the welcome"),
        wait={"type": "number", "minimum": 0, "maximum": 30, "description": "Seconds to wait for something new"},
    )
    | {"additionalProperties": True},
    "Frames": _object(
        ["frames"],
        frames={
            "type": "array",
            "items": _object(["type"], type={"enum": ["welcome", "ack", "messages", "typing", "error", "pong"]})
            | {"additionalProperties": True},
        },
    ),
    "Act": _object(
        ["id", "act"],
        id=text("Made by the client, unique in the conversation", minLength=1, maxLength=128),
        act=text("One of the script's page_acts", minLength=1, maxLength=64),
    ),
    "Acknowledged": _object(["ack"], ack=_object(["id", "seq"], id=text(), seq={"type": "integer"})),
    "Launcher": _object(
        ["name", "title", "persona"],
        name=text(),
        title=text(),
        persona=_PERSONA,
        look={"type": "object", "description": "accent, on_accent, surface, text, radius, font"},
        attract=_object(
            ["acts", "teasers"],
            acts={"type": "array", "description": "What pages may report", "items": text()},
            teasers={"type": "array", "items": {"type": "object"}},
            close=text("What the button that closes a teaser is called"),
        ),
    ),
    "Teasers": {
        "type": "object",
        "description": "By teaser: shown, closed, engaged",
        "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
    "Message": _object(
        ["id"],
        id=text("Made by the client, unique in the conversation", minLength=1, maxLength=128),
        text=text("What the visitor typed, or the pressed button's label", maxLength=16384),
        choice=text("Key of the pressed button; several joined by commas", maxLength=4000),
        step=text("Step of the message whose button it was", maxLength=200),
        proof=_TELLING["proof"],
        file=text("Id of a file that was sent before; text may stand beside it", maxLength=128),
    ),
    "SentFile": _object(["file"], file=_FILE),
    "TranscriptMessage": _object(
        ["seq", "from", "at", "text"],
        seq={"type": "integer", "minimum": 1},
        **{"from": text(enum=["bot", "visitor", "rep"])},
        at=text(format="date-time"),
        text=text("Plain text"),
        id=text("The client's id of a visitor's message, our name for a person's"),
        revises={
            "type": "boolean",
            "const": True,
            "description": "The person's earlier message of this id has this text now; taken back if empty",
        },
        joined={"description": "The person who has come into the chat", **_PERSONA},
        choice=text("The button a visitor pressed"),
        file=_FILE | {"description": "What a visitor sent; the text names it, too"},
        step=text(),
        persona=_PERSONA,
        choices={"type": "array", "items": _OPTION},
        input={"$ref": "#/components/schemas/Input"},
        links={"type": "array", "items": _object(["label", "url"], label=text(), url=text())},
        picture=text(),
        language=text("The conversation goes on in this language from here"),
        progress={"type": "number", "minimum": 0, "maximum": 1, "description": "How far it has come"},
        card={"$ref": "#/components/schemas/Card"},
        happened={
            "type": "array",
            "description": "What the page may want to know of",
            "items": _object(["event", "detail"], event=text(enum=["lead", "stage", "handoff", "ended"]), detail=_ANY),
        },
    ),
    "Input": _object(
        ["kind"],
        kind=text(
            "How the question may be answered",
            enum=[
                "text",
                "email",
                "tel",
                "url",
                "number",
                "decimal",
                "date",
                "time",
                "datetime",
                "choice",
                "choices",
                "rating",
                "file",
            ],
        ),
        placeholder=text(),
        autocomplete=text("Token of HTML's autocomplete attribute"),
        minimum=_BOUND,
        maximum=_BOUND,
        step={"type": "number"},
        optional={"type": "boolean", "description": "Whether the visitor may skip, by the choice skip"},
        extra={"type": "object", "description": "What only this kind needs", "additionalProperties": True},
    ),
    "Card": _object(
        ["kind", "title"],
        kind=text("What was given; qr is a link for a phone", enum=["file", "link", "code", "event", "qr"]),
        title=text(),
        description=text(),
        url=text("The visitor's own link, secret"),
        code=text("Of a code: the code itself"),
        starts=text("Of an event", format="date-time"),
        ends=text("Of an event", format="date-time"),
        calendar_url=text("Of an event: a file for the calendar"),
        calendars={"type": "array", "items": _object(["label", "url"], label=text(), url=text())},
        place=text("Of an event"),
        size={"type": "integer", "description": "Of a qr: modules of each side"},
        path=text("Of a qr: path data of SVG"),
    ),
    "Welcome": _object(
        ["token", "conversation", "seq", "messages", "status", "script"],
        token=text("The visitor's secret; keep it"),
        conversation=text(),
        seq={"type": "integer"},
        messages=_MESSAGES,
        status=_STATUS,
        uploads=_object(
            ["largest", "in_talks", "accept"],
            largest={"type": "integer", "description": "Bytes of the largest file that is taken"},
            in_talks={"type": "boolean", "description": "Whether files are taken while a person talks"},
            accept=text("Their kinds, as HTML's accept attribute"),
        ),
        script=_object(
            ["name", "title", "language", "direction", "persona"],
            name=text(),
            title=text(),
            language=text("In which the conversation is held"),
            direction=text("In which that language is written", enum=["ltr", "rtl"]),
            persona=_PERSONA,
        ),
        begun={"type": "boolean", "const": True, "description": "The conversation began with this"},
        parts=text("For the widget: the parts of it that this conversation will need, .phone.upload"),
        problems=_PROBLEMS,
    ),
    "Said": _object(
        ["ack", "messages", "status"],
        ack=_object(["id", "seq"], id=text(), seq={"type": "integer"}),
        messages=_MESSAGES,
        status=_STATUS,
    ),
    "CaughtUp": _object(["messages", "seq", "status"], messages=_MESSAGES, seq={"type": "integer"}, status=_STATUS),
    "Scripts": _object(
        ["scripts"],
        scripts={
            "type": "array",
            "items": _object(
                ["name", "title", "description", "language", "languages"],
                name=text(),
                title=text(),
                description=text(),
                language=text("Of visitors whose language the script does not speak"),
                languages={"type": "array", "items": text()},
            ),
        },
    ),
    "Error": _object(
        ["error"],
        error=_object(
            ["code", "message"],
            code=text(),
            message=text(),
            retry_after={"type": "number", "description": "Seconds, where it may be tried again then"},
            challenge={"description": "Of human_check: what is to be proven; its kind says how", **_ANY},
        ),
    ),
}
