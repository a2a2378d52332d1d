"""``users.*``. https://docs.slack.dev/reference/methods/users.info"""

from tests.slack.arguments import Refusal
from tests.slack.calling import page
from tests.slack.core import Core
from tests.slack.tokens import Token
from tests.slack.workspace import Json, Person


def _person(core: Core, identity: str) -> Person:
    person = core.workspace.people.get(identity)
    if person is None:
        raise Refusal("user_not_found")
    return person


def _with_email(token: Token) -> bool:
    return "users:read.email" in token.scopes


async def info(core: Core, arguments: Json, token: Token) -> Json:
    person, with_locale = _person(core, arguments["user"]), bool(arguments.get("include_locale"))
    return {"user": person.shown(with_email=_with_email(token), with_locale=with_locale)}


async def list_(core: Core, arguments: Json, token: Token) -> Json:
    found, metadata = page(
        [one.shown(with_email=_with_email(token)) for one in core.workspace.people.values()], arguments
    )
    return {"members": found, "cache_ts": 1498777272, "response_metadata": metadata}


async def lookup_by_email(core: Core, arguments: Json, token: Token) -> Json:
    wanted = arguments["email"].casefold()
    for person in core.workspace.people.values():
        if person.email is not None and person.email.casefold() == wanted and not person.deleted:
            return {"user": person.shown(with_email=True)}
    raise Refusal("users_not_found")


async def get_presence(core: Core, arguments: Json, token: Token) -> Json:
    return {"presence": _person(core, arguments["user"]).presence}
