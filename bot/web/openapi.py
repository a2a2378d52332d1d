"""The OpenAPI description of the chat API, served at ``/api/v1/openapi.json`` (OpenAPI 3.1).

Longer than other files, and ``document`` longer than other functions, because they are one document, in its own order.
"""

from importlib.metadata import version
from typing import Any

Schema = dict[str, Any]


def document(public_url: str) -> Schema:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Handraiser chat API",
            "version": version("handraiser"),
            "description": "Talk to a dialog script over plain HTTP, with the guarantees of the widget's socket: "
            "a message is answered after it is saved, a repeat (same id) is answered from the record, and "
            "nothing is missed that came after the last number you have.",
        },
        "servers": [{"url": public_url}],
        "paths": {
            "/api/v1/scripts": {
                "get": _operation("listScripts", "The chats that visitors can begin", {"200": _json("Scripts")}, None)
            },
            "/api/v1/dialling-codes": {
                "get": _operation(
                    "listDiallingCodes",
                    "Country codes of phone numbers, and the visitor's probable country",
                    {"200": _json("DiallingCodes")},
                    None,
                    parameters=[_query("time_zone", "IANA name", {"type": "string"})],
                )
            },
            "/api/v1/scripts/{script}/launcher": {
                "parameters": [_path("script")],
                "get": _operation(
                    "launcher",
                    "What a closed chat has to know: who speaks, how it looks, when it draws attention",
                    {"200": _json("Launcher"), "304": {"description": "Nothing new"}},
                    None,
                    parameters=[_query("language", "BCP 47 tag, or several with commas", {"type": "string"})],
                ),
            },
            "/api/v1/scripts/{script}/attract": {
                "parameters": [_path("script")],
                "post": _operation(
                    "countTeasers",
                    "Count what became of teasers; text/plain is read, too",
                    {"204": {"description": "Counted"}},
                    "Teasers",
                ),
            },
            "/api/v1/conversations/{conversation}/acts": {
                "parameters": [_path("conversation")],
                "post": _operation(
                    "did", "Report an act of the visitor's, once", {"200": _json("Acknowledged")}, "Act", secured="yes"
                ),
            },
            "/api/v1/hello": {
                "post": _operation(
                    "hello",
                    "Come in, as with the socket's first frame; may be sent as text/plain, which needs no preflight",
                    {"200": _json("Welcome"), "404": _json("Error", "Why not")},
                    "Hello",
                )
            },
            "/api/v1/frames": {
                "post": _operation(
                    "frame",
                    "Any frame of the socket, with its conversation and token; may be sent as text/plain",
                    {"200": _json("Frames")},
                    "Frame",
                )
            },
            "/api/v1/conversations": {
                "post": _operation(
                    "startConversation",
                    "Begin a conversation; with a token, come back to one",
                    {"201": _json("Welcome"), "200": _json("Welcome")},
                    "Start",
                    secured="optional",
                )
            },
            "/api/v1/conversations/{conversation}/messages": {
                "parameters": [_path("conversation")],
                "post": _operation(
                    "say", "Say something, or press a button", {"200": _json("Said")}, "Message", secured="yes"
                ),
                "get": _operation(
                    "catchUp",
                    "Everything after a message number",
                    {"200": _json("CaughtUp")},
                    None,
                    secured="yes",
                    parameters=[
                        _query("after", "The last number you have", {"type": "integer", "minimum": 0, "default": 0}),
                        _query(
                            "wait", "Seconds to wait for something new", {"type": "number", "minimum": 0, "maximum": 30}
                        ),
                    ],
                ),
            },
            "/api/v1/conversations/{conversation}/page": {
                "parameters": [{"name": "conversation", "in": "path", "required": True, "schema": {"type": "string"}}],
                "post": _operation(
                    "tell", "What the page around the chat knows", {"200": _json("Heard")}, "Tell", secured="yes"
                ),
            },
            "/api/v1/conversations/{conversation}/files": {
                "parameters": [_path("conversation")],
                "post": _operation(
                    "sendFile",
                    "Send a file, to be named in a message afterwards; a repeat (same id) is answered from the record",
                    {"201": _json("SentFile")} | {code: _json("Error", why) for code, why in _FILE_ERRORS.items()},
                    None,
                    secured="yes",
                    parameters=[
                        {**_query("id", "Made by the client, unique in the conversation", _ID), "required": True},
                        _query("name", "What the file is called", _text()),
                    ],
                )
                | {"requestBody": {"required": True, "content": _FILE_BODIES}},
            },
            "/api/v1/conversations/{conversation}/files/{file}": {
                "parameters": [_path("conversation"), _path("file")],
                "get": _operation(
                    "fetchFile",
                    "One's own file again, as a download",
                    {"200": {"description": "The file", "content": {"application/octet-stream": {"schema": _text()}}}},
                    None,
                    secured="yes",
                ),
            },
        },
        "components": {
            "securitySchemes": {"visitor": {"type": "http", "scheme": "bearer", "description": "The welcome's token."}},
            "schemas": _SCHEMAS,
        },
    }


def _operation(
    name: str,
    summary: str,
    responses: Schema,
    body: str | None,
    *,
    secured: str = "no",
    parameters: list[Schema] | None = None,
) -> Schema:
    errors = (
        ["400", "403", "409", "429", "500", "503"]
        + (["404"] if secured != "no" else [])
        + (["408", "413", "415"] if body else [])
    )
    operation: Schema = {
        "operationId": name,
        "summary": summary,
        "responses": responses | {status: _json("Error", "Why not") for status in sorted(errors)},
    }
    if parameters:
        operation["parameters"] = parameters
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(body)}}}
    if secured != "no":
        operation["security"] = [{"visitor": []}] + ([{}] if secured == "optional" else [])
    return operation


def _json(schema: str, description: str = "Done") -> Schema:
    return {"description": description, "content": {"application/json": {"schema": _ref(schema)}}}


def _path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: list[str], **properties: Schema) -> Schema:
    return {"type": "object", "required": required, "properties": properties}


def _text(description: str = "", **more: Any) -> Schema:
    return {"type": "string"} | ({"description": description} if description else {}) | more


_STATUS = _text("What the conversation is doing", enum=["asking", "waiting", "talking", "stopped", "ended"])
_MESSAGES: Schema = {"type": "array", "items": {"$ref": "#/components/schemas/TranscriptMessage"}}
_PICTURE: Schema = {"type": ["string", "null"], "description": "Address; one that begins with / is on this server"}
_PERSONA = _object(["name"], name=_text(), picture=_PICTURE)
_ANY: Schema = {"type": "object", "additionalProperties": True}
_TELLING: Schema = {
    "fields": {"description": "Answers that the page knows, by field", **_ANY},
    "data": {"description": "The page's own data, by the names of the script's page section", **_ANY},
    "identity": _text("A token signed by the website's backend (JWT, HS256)", maxLength=4096),
    "start": _text("A door of the script to begin at", maxLength=64),
    "proof": _text("Answer to the challenge of a human_check error", maxLength=8192),
}
_PROBLEMS: Schema = {
    "type": "array",
    "description": "What the page told and was not taken",
    "items": {
        "type": "object",
        "required": ["code", "about", "message"],
        "properties": {"code": _text(), "about": _text("The field or name"), "message": _text()},
    },
}
_BOUND: Schema = {"type": ["number", "string"], "description": "A number, or an ISO date or time"}
_OPTION = _object(["key", "label"], key=_text(), label=_text())
_ID = _text(minLength=1, maxLength=128)
_FILE_BODIES: Schema = {
    "application/octet-stream": {"schema": _text("The file as it is; any other type will do")},
    "multipart/form-data": {"schema": _object(["file"], id=_ID, file=_text(format="binary"))},
}
_FILE_ERRORS = {
    "408": "It comes too slowly",
    "409": "No file is asked for",
    "413": "Too large; says the limit",
    "415": "Of a kind that is not taken; says what is",
    "507": "There is no room",
}
_FILE = _object(
    ["id", "name", "type", "size"],
    id=_text("Goes into a message, as its file"),
    name=_text("Made fit to be shown"),
    type=_text("By its content"),
    size={"type": "integer", "description": "In bytes"},
)
_START: dict[str, Schema] = {
    "script": _text("Name of the script; the first one if left out"),
    "language": _text("BCP 47 tag", maxLength=35),
    "time_zone": _text("IANA name", maxLength=64),
    "page": _text("Address of the page the chat stands on"),
    "referrer": _text("Address of the page before"),
    "visit": {"type": "boolean", "description": "Whether this is a new visit"},
    "touch": _object(
        [], page=_text("Address of the page this visit began on"), referrer=_text("Address of the page before")
    ),
    "acts": {"type": "array", "maxItems": 20, "items": {"$ref": "#/components/schemas/Act"}},
    **_TELLING,
}
_SCHEMAS: Schema = {
    "DiallingCodes": _object(
        ["codes", "here"],
        codes={"type": "object", "additionalProperties": {"type": "integer"}, "description": "By ISO 3166-1 alpha-2"},
        here={"type": ["string", "null"], "description": "ISO 3166-1 alpha-2; null where the time zone says nothing"},
    ),
    "Start": _object([], **_START),
    "Tell": _object(["id"], id=_text("Made by the client", minLength=1, maxLength=128), **_TELLING),
    "Heard": _object(
        ["ack", "messages", "status", "problems"],
        ack=_object(["id", "seq"], id=_text(), seq={"type": "integer"}),
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
        conversation=_text("As the welcome named it; not with hello"),
        token=_text("Of the welcome"),
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
        id=_text("Made by the client, unique in the conversation", minLength=1, maxLength=128),
        act=_text("One of the script's page_acts", minLength=1, maxLength=64),
    ),
    "Acknowledged": _object(["ack"], ack=_object(["id", "seq"], id=_text(), seq={"type": "integer"})),
    "Launcher": _object(
        ["name", "title", "persona"],
        name=_text(),
        title=_text(),
        persona=_PERSONA,
        look={"type": "object", "description": "accent, on_accent, surface, text, radius, font"},
        attract=_object(
            ["acts", "teasers"],
            acts={"type": "array", "description": "What pages may report", "items": _text()},
            teasers={"type": "array", "items": {"type": "object"}},
            close=_text("What the button that closes a teaser is called"),
        ),
    ),
    "Teasers": {
        "type": "object",
        "description": "By teaser: shown, closed, engaged",
        "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
    "Message": _object(
        ["id"],
        id=_text("Made by the client, unique in the conversation", minLength=1, maxLength=128),
        text=_text("What the visitor typed, or the pressed button's label", maxLength=16384),
        choice=_text("Key of the pressed button; several joined by commas", maxLength=4000),
        step=_text("Step of the message whose button it was", maxLength=200),
        proof=_TELLING["proof"],
        file=_text("Id of a file that was sent before; text may stand beside it", maxLength=128),
    ),
    "SentFile": _object(["file"], file=_FILE),
    "TranscriptMessage": _object(
        ["seq", "from", "at", "text"],
        seq={"type": "integer", "minimum": 1},
        **{"from": _text(enum=["bot", "visitor", "rep"])},
        at=_text(format="date-time"),
        text=_text("Plain text"),
        id=_text("The client's id of a visitor's message, our name for a person's"),
        revises={
            "type": "boolean",
            "const": True,
            "description": "The person's earlier message of this id has this text now; taken back if empty",
        },
        joined={"description": "The person who has come into the chat", **_PERSONA},
        choice=_text("The button a visitor pressed"),
        file=_FILE | {"description": "What a visitor sent; the text names it, too"},
        step=_text(),
        persona=_PERSONA,
        choices={"type": "array", "items": _OPTION},
        input={"$ref": "#/components/schemas/Input"},
        links={"type": "array", "items": _object(["label", "url"], label=_text(), url=_text())},
        picture=_text(),
        language=_text("The conversation goes on in this language from here"),
        progress={"type": "number", "minimum": 0, "maximum": 1, "description": "How far it has come"},
        card={"$ref": "#/components/schemas/Card"},
        happened={
            "type": "array",
            "description": "What the page may want to know of",
            "items": _object(["event", "detail"], event=_text(enum=["lead", "stage", "handoff", "ended"]), detail=_ANY),
        },
    ),
    "Input": _object(
        ["kind"],
        kind=_text(
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
        placeholder=_text(),
        autocomplete=_text("Token of HTML's autocomplete attribute"),
        minimum=_BOUND,
        maximum=_BOUND,
        step={"type": "number"},
        optional={"type": "boolean", "description": "Whether the visitor may skip, by the choice skip"},
        extra={"type": "object", "description": "What only this kind needs", "additionalProperties": True},
    ),
    "Card": _object(
        ["kind", "title"],
        kind=_text("What was given; qr is a link for a phone", enum=["file", "link", "code", "event", "qr"]),
        title=_text(),
        description=_text(),
        url=_text("The visitor's own link, secret"),
        code=_text("Of a code: the code itself"),
        starts=_text("Of an event", format="date-time"),
        ends=_text("Of an event", format="date-time"),
        calendar_url=_text("Of an event: a file for the calendar"),
        calendars={"type": "array", "items": _object(["label", "url"], label=_text(), url=_text())},
        place=_text("Of an event"),
        size={"type": "integer", "description": "Of a qr: modules of each side"},
        path=_text("Of a qr: path data of SVG"),
    ),
    "Welcome": _object(
        ["token", "conversation", "seq", "messages", "status", "script"],
        token=_text("The visitor's secret; keep it"),
        conversation=_text(),
        seq={"type": "integer"},
        messages=_MESSAGES,
        status=_STATUS,
        uploads=_object(
            ["largest", "in_talks", "accept"],
            largest={"type": "integer", "description": "Bytes of the largest file that is taken"},
            in_talks={"type": "boolean", "description": "Whether files are taken while a person talks"},
            accept=_text("Their kinds, as HTML's accept attribute"),
        ),
        script=_object(
            ["name", "title", "language", "direction", "persona"],
            name=_text(),
            title=_text(),
            language=_text("In which the conversation is held"),
            direction=_text("In which that language is written", enum=["ltr", "rtl"]),
            persona=_PERSONA,
        ),
        begun={"type": "boolean", "const": True, "description": "The conversation began with this"},
        parts=_text("For the widget: the parts of it that this conversation will need, .phone.upload"),
        problems=_PROBLEMS,
    ),
    "Said": _object(
        ["ack", "messages", "status"],
        ack=_object(["id", "seq"], id=_text(), seq={"type": "integer"}),
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
                name=_text(),
                title=_text(),
                description=_text(),
                language=_text("Of visitors whose language the script does not speak"),
                languages={"type": "array", "items": _text()},
            ),
        },
    ),
    "Error": _object(
        ["error"],
        error=_object(
            ["code", "message"],
            code=_text(),
            message=_text(),
            retry_after={"type": "number", "description": "Seconds, where it may be tried again then"},
            challenge={"description": "Of human_check: what is to be proven; its kind says how", **_ANY},
        ),
    ),
}
