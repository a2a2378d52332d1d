"""Every refusal that Slack documents is worth another try, or says what to do about it."""

import json
import os
from pathlib import Path

import pytest

from bot.desk.contract import TryLater, Undeliverable
from bot.slack.refusals import (
    CHANNEL_GONE,
    LOCKED_OUT,
    POST_GONE,
    TOO_LATE,
    Refusal,
    SlackRefused,
    has_cure,
    judge,
    read_refusal,
)

OURS = {
    "invalid_arg_name", "invalid_arguments", "invalid_array_arg", "invalid_charset", "invalid_form_data",
    "invalid_json", "json_not_object", "invalid_post_type", "missing_post_type", "missing_charset",
    "superfluous_charset", "invalid_cursor", "invalid_limit", "limit_required", "invalid_ts_latest",
    "invalid_ts_oldest", "msg_too_long", "no_text", "too_many_attachments", "bad_timestamp", "invalid_name",
    "no_item_specified", "invalid_blocks", "deprecated_endpoint", "method_deprecated", "unknown_method",
}  # fmt: skip
"""What only we can put right."""
METHODS = {
    "auth.test", "chat.delete", "chat.getPermalink", "chat.postEphemeral", "chat.postMessage", "chat.update",
    "conversations.history", "conversations.info", "conversations.join", "conversations.list",
    "conversations.replies", "reactions.add", "team.info", "users.info", "users.list", "users.lookupByEmail",
    "views.open", "views.update",
}  # fmt: skip


def judged(error: str, method: str = "chat.postMessage", **more: str) -> TryLater | SlackRefused:
    return judge(Refusal(method=method, error=error, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("error", ["ratelimited", "fatal_error", "internal_error", "service_unavailable"])
def test_what_passes_is_tried_later(error: str) -> None:
    refused = judged(error)
    assert isinstance(refused, TryLater)
    assert error in str(refused) and refused.seconds is None


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("channel_not_found", "there is no channel #sales, or it is private and the bot is not in it"),
        ("not_in_channel", "the bot is not in #sales: type /invite @Handraiser in it"),
        ("is_archived", "#sales is archived: unarchive it, or name another channel"),
        ("token_revoked", "[slack] bot_token was revoked; install the app again"),
        ("account_inactive", "[slack] bot_token belongs to an app or person that was removed"),
        ("invalid_auth", "Slack does not know [slack] bot_token"),
        ("missing_scope", "the app lacks the scope chat:write; add it (OAuth & Permissions, Scopes), then reinstall"),
        ("invalid_blocks", "Slack refused chat.postMessage with invalid_blocks; this is a mistake of Handraiser's"),
        ("expired_trigger_id", "Slack allows 3 seconds; press again"),
    ],
)
def test_the_rest_says_what_to_do(error: str, told: str) -> None:
    refused = judged(error, channel="#sales", needed="chat:write")
    assert isinstance(refused, Undeliverable)
    assert told in str(refused) and error in str(refused)


def test_the_app_token_is_named_where_it_is_meant() -> None:
    assert "[slack] app_token" in str(judged("invalid_auth", "apps.connections.open"))


def test_a_name_with_braces_is_only_a_name() -> None:
    assert "#{bot}" in str(judged("is_archived", channel="#{bot}"))


def test_kinds_are_told_apart() -> None:
    def kinds(error: str) -> tuple[bool, bool, bool, bool]:
        refused = judged(error)
        assert isinstance(refused, SlackRefused)
        return refused.channel_is_gone, refused.post_is_gone, refused.is_too_late, refused.locks_out

    assert kinds("is_archived") == (True, False, False, False)
    assert kinds("message_not_found") == (False, True, False, False)
    assert kinds("expired_trigger_id") == (False, False, True, False)
    assert kinds("token_revoked") == (False, False, False, True)
    assert kinds("invalid_blocks") == (False, False, False, False)


@pytest.mark.parametrize("error", sorted(CHANNEL_GONE | LOCKED_OUT | POST_GONE | TOO_LATE))
def test_everything_that_is_sorted_has_a_cure(error: str) -> None:
    assert has_cure(error)


def test_slacks_own_hints_are_told_and_cut() -> None:
    answer = {
        "ok": False,
        "error": "invalid_blocks",
        "response_metadata": {"messages": ["[ERROR] too many", "x" * 999]},
    }
    told = str(judge(read_refusal("chat.update", answer)))
    assert "[ERROR] too many" in told and len(told) < 400


@pytest.mark.parametrize("answer", [{}, {"error": None}, {"error": ["x"], "needed": 5, "response_metadata": []}])
def test_an_answer_of_another_shape_is_read_all_the_same(answer: dict[str, object]) -> None:
    assert read_refusal("chat.update", answer) == Refusal(method="chat.update", error="no_reason_given")


@pytest.mark.skipif(
    "HANDRAISER_CORPORA" not in os.environ, reason="name Slack's tables of errors in HANDRAISER_CORPORA"
)
def test_every_documented_error_of_what_we_call() -> None:
    cases = json.loads((Path(os.environ["HANDRAISER_CORPORA"]) / "slack/web_api_examples.json").read_text())["cases"]
    documented = {
        error
        for case in cases
        if case["method"] in METHODS
        for response in case["responses"].values()
        for error in response.get("errors", ())
    }
    assert len(documented) > 40
    assert {error for error in documented if not has_cure(error)} <= OURS
