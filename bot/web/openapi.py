"""The OpenAPI description of the chat API, served at ``/api/v1/openapi.json`` (OpenAPI 3.1).

``document`` is longer than other functions, because it is one document, in its own order.
"""

from importlib.metadata import version

from bot.web.openapi_schemas import FILE_BODIES, FILE_ERRORS, ID, SCHEMAS, Schema, ref, text


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
                "get": _operation(
                    "listScripts",
                    "The chats that visitors can begin; titles in the language asked for, else by Accept-Language",
                    {"200": _json("Scripts")},
                    None,
                    parameters=[_query("language", "BCP 47 tag, or several with commas", {"type": "string"})],
                )
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
                    {"201": _json("SentFile")} | {code: _json("Error", why) for code, why in FILE_ERRORS.items()},
                    None,
                    secured="yes",
                    parameters=[
                        {**_query("id", "Made by the client, unique in the conversation", ID), "required": True},
                        _query("name", "What the file is called", text()),
                        _query("language", "In which it is told why a file is not taken: en, de, es …", text()),
                    ],
                )
                | {"requestBody": {"required": True, "content": FILE_BODIES}},
            },
            "/api/v1/conversations/{conversation}/files/{file}": {
                "parameters": [_path("conversation"), _path("file")],
                "get": _operation(
                    "fetchFile",
                    "One's own file again, as a download",
                    {"200": {"description": "The file", "content": {"application/octet-stream": {"schema": text()}}}},
                    None,
                    secured="yes",
                ),
            },
        },
        "components": {
            "securitySchemes": {"visitor": {"type": "http", "scheme": "bearer", "description": "The welcome's token."}},
            "schemas": SCHEMAS,
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
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": ref(body)}}}
    if secured != "no":
        operation["security"] = [{"visitor": []}] + ([{}] if secured == "optional" else [])
    return operation


def _json(schema: str, description: str = "Done") -> Schema:
    return {"description": description, "content": {"application/json": {"schema": ref(schema)}}}


def _path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
