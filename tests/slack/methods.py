"""The methods of the Web API that the stand-in knows, each with its scopes and arguments."""

from tests.slack import account, chat, conversations, files, users, views
from tests.slack.arguments import arguments
from tests.slack.calling import Handler, Method

CONTENT = "text blocks:list attachments:list parse link_names:flag as_user:flag"
LOOK = "username icon_url icon_emoji"
PAGE = "cursor limit:int"
HISTORY = f"channel! latest oldest inclusive:flag include_all_metadata:flag {PAGE}"


def _method(
    name: str, handler: Handler, takes: str = "", *scopes: str, takes_json: bool = True, token: str = "bot"
) -> Method:
    return Method(name=name, handler=handler, takes=arguments(takes), scopes=scopes, takes_json=takes_json, token=token)


_ALL = (
    _method("auth.test", account.auth_test, token="any"),
    _method("auth.revoke", account.auth_revoke, "test:flag", token="any"),
    _method("apps.connections.open", account.connections_open, "", "connections:write", token="app"),
    _method("bots.info", account.bots_info, "bot team_id", "users:read", takes_json=False),
    _method("team.info", account.team_info, "team domain", "team:read", takes_json=False),
    _method(
        "chat.postMessage",
        chat.post_message,
        f"channel! {CONTENT} {LOOK} thread_ts reply_broadcast:flag metadata:obj mrkdwn:flag "
        "unfurl_links:flag unfurl_media:flag",
        "chat:write",
    ),
    _method("chat.postEphemeral", chat.post_ephemeral, f"channel! user! {CONTENT} {LOOK} thread_ts", "chat:write"),
    _method(
        "chat.update",
        chat.update,
        f"channel! ts! {CONTENT} metadata:obj reply_broadcast:flag file_ids:list",
        "chat:write",
    ),
    _method("chat.delete", chat.delete, "channel! ts! as_user:flag", "chat:write"),
    _method("chat.getPermalink", chat.get_permalink, "channel! message_ts!", takes_json=False),
    _method(
        "conversations.list",
        conversations.list_,
        f"types exclude_archived:flag team_id {PAGE}",
        takes_json=False,
    ),
    _method(
        "conversations.info",
        conversations.info,
        "channel! include_locale:flag include_num_members:flag",
        takes_json=False,
    ),
    _method("conversations.history", conversations.history, HISTORY, takes_json=False),
    _method("conversations.replies", conversations.replies, f"ts! {HISTORY}", takes_json=False),
    _method("conversations.members", conversations.members, f"channel! {PAGE}", takes_json=False),
    _method(
        "conversations.open", conversations.open_, "channel users return_im:flag prevent_creation:flag", "im:write"
    ),
    _method("conversations.join", conversations.join, "channel!", "channels:join"),
    _method("users.info", users.info, "user! include_locale:flag", "users:read", takes_json=False),
    _method("users.list", users.list_, f"include_locale:flag team_id {PAGE}", "users:read", takes_json=False),
    _method("users.lookupByEmail", users.lookup_by_email, "email!", "users:read.email", takes_json=False),
    _method("users.getPresence", users.get_presence, "user!", "users:read", takes_json=False),
    _method("views.open", views.open_, "trigger_id! view!:obj"),
    _method("views.push", views.push, "trigger_id! view!:obj"),
    _method("views.update", views.update, "view_id external_id view!:obj hash"),
    _method("views.publish", views.publish, "user_id! view!:obj hash"),
    _method("reactions.add", conversations.add_reaction, "channel! name! timestamp!", "reactions:write"),
    _method("reactions.remove", conversations.remove_reaction, "channel! name! timestamp!", "reactions:write"),
    _method(
        "files.getUploadURLExternal",
        files.get_upload_url,
        "filename! length!:int alt_txt snippet_type",
        "files:write",
        takes_json=False,
    ),
    _method(
        "files.completeUploadExternal",
        files.complete_upload,
        "files!:list channel_id channels initial_comment thread_ts blocks:list",
        "files:write",
    ),
)

METHODS = {one.name: one for one in _ALL}
"""By name."""
