"""``auth.*``, ``apps.connections.open``, ``bots.info``, ``team.info``."""

from tests.slack.arguments import Refusal
from tests.slack.core import Core
from tests.slack.tokens import Token
from tests.slack.workspace import APP_ID, BOT_ID, BOT_PROFILE, BOT_USER, TEAM_ID, Json

TEAM_URL = "https://handraiser-tests.slack.com/"


async def auth_test(core: Core, arguments: Json, token: Token) -> Json:
    known: Json = {"team": "Handraiser tests", "team_id": TEAM_ID, "url": TEAM_URL}
    if token.kind == "app":
        return {"app_name": "Handraiser", "app_id": APP_ID}
    return known | {
        "user": core.workspace.people[BOT_USER].name,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


async def auth_revoke(core: Core, arguments: Json, token: Token) -> Json:
    if arguments.get("test"):
        return {"revoked": False}
    token.refused_with = "token_revoked"
    return {"revoked": True}


async def connections_open(core: Core, arguments: Json, token: Token) -> Json:
    return {"url": core.socket_mode.ticket()}


async def bots_info(core: Core, arguments: Json, token: Token) -> Json:
    if arguments.get("bot", BOT_ID) != BOT_ID:
        raise Refusal("bot_not_found")
    return {"bot": {**BOT_PROFILE, "user_id": BOT_USER}}


async def team_info(core: Core, arguments: Json, token: Token) -> Json:
    team: Json = {
        "id": TEAM_ID,
        "name": "Handraiser tests",
        "domain": "handraiser-tests",
        "email_domain": "",
        "url": TEAM_URL,
        "icon": {"image_34": "https://avatars.example/team.png", "image_default": True},
    }
    return {"team": team}
